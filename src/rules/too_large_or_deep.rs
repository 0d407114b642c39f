//! K008: a file larger than 1 MiB or nested deeper than 64 levels.

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::FileId;
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{FaultKind, MAX_BYTES, MAX_DEPTH};

pub(super) static RULE: Rule = Rule {
    code: "K008",
    name: "too-large-or-deep",
    level: Level::Error,
    page: include_str!("too_large_or_deep.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let reading = Reading::new(city, id);
    let kib = MAX_BYTES / 1024;
    for fault in &city.file(id).faults {
        let (message, label, help) = match fault.kind {
            FaultKind::TooLarge { .. } => (
                say!(
                    "ファイルが大きすぎます（{kib} KBまで読みます）",
                    "the file is too large (up to {kib} KiB are read)"
                ),
                say!("{kib} KB以下にしてください", "at most {kib} KiB"),
                say!(
                    "別の資料や表を貼り付けていないかを確かめ、計画の内容だけを残してください。",
                    "See whether another document was pasted in, and keep only the plan itself."
                ),
            ),
            FaultKind::TooDeep => (
                say!("欄の中の欄が {MAX_DEPTH}段を超えています", "fields are nested deeper than {MAX_DEPTH} levels"),
                say!("ここから先は読みません", "not read from here on"),
                say!(
                    "かっこや字下げが続いている所を消し、記入例と同じ形に書き直してください。",
                    "Delete the run of brackets or indentation here and write it the way the example does."
                ),
            ),
            _ => continue,
        };
        let finding = Finding::new(&RULE, id.at(fault.span), message)
            .label(label)
            .why(say!(
                "計画は最も長いものでも 100 KB、10段ほどです。これを超えるものは、別の物が紛れたとみなして読みません。",
                "The longest plan has some 100 KiB and 10 levels. Anything beyond is taken for something else and not read."
            ))
            .help(reading.with_still_read(help));
        out.push(finding);
    }
}
