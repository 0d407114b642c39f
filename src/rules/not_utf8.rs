//! K001: a file in another encoding than UTF-8, or damaged.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::place::FileId;
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{Encoding, FaultKind};

pub(super) static RULE: Rule = Rule {
    code: "K001",
    name: "not-utf8",
    level: Level::Error,
    page: include_str!("not_utf8.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let reading = Reading::new(city, id);
    for fault in &city.file(id).faults {
        let FaultKind::NotUtf8 { guess, line } = fault.kind else { continue };
        let message = match guess.map(Encoding::name) {
            Some(name) => {
                say!("文字コードが UTF-8 ではなく、{name} のようです", "the file is not UTF-8; it looks like {name}")
            }
            None => say!(
                "{line}行目に、UTF-8 の文字として読めない所があります",
                "line {line} holds bytes that are not UTF-8"
            ),
        };
        let mut finding = Finding::new(&RULE, id.at(fault.span), message)
            .label(say!("UTF-8 で保存し直してください", "save it as UTF-8"))
            .why(say!(
                "別の文字コードのままでは、ほかの職員の画面で文字が化け、点検もできません。",
                "In another encoding the words are garbled on other machines, and nothing can be checked."
            ))
            .help(reading.with_still_read(help(guess)));
        if guess.is_some() {
            finding = finding.look("kpolicy check --fix --unsafe-fixes --diff");
        }
        out.push(finding);
    }
}

fn help(guess: Option<Encoding>) -> Say {
    let Some(name) = guess.map(Encoding::name) else {
        return say!(
            "その行を開いて文字を打ち直し、UTF-8 で保存してください。\n直せないときは、前に保存したものに戻してください。",
            "Open that line, type the words again and save as UTF-8.\nIf that is impossible, go back to the last good version."
        );
    };
    say!(
        "VS Code では、右下の文字コードの名前を押し、「エンコード付きで再度開く」で {name} を選びます。\n文字が正しく見えたら、同じ所の「エンコード付きで保存」で UTF-8 を選びます。\nメモ帳では「名前を付けて保存」で文字コードを UTF-8 にします。",
        "In VS Code press the encoding at the lower right, choose \"Reopen with Encoding\" and {name}.\nOnce the words look right, choose \"Save with Encoding\" and UTF-8.\nIn Notepad use \"Save as\" with encoding UTF-8."
    )
}
