//! K012: two paths that some computers take for one.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K012",
    name: "clashing-file-names",
    level: Level::Error,
    page: include_str!("clashing_file_names.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    // All files are compared at once, when the first one has its turn.
    if city.file_ids().next() != Some(id) {
        return;
    }
    let mut seen: BTreeMap<String, FileId> = BTreeMap::new();
    // A file in its proper place comes first, so that the other one is reported.
    let mut order: Vec<FileId> = city.file_ids().collect();
    order.sort_by_key(|id| {
        (city.file(*id).role.misplaced.is_some(), city.file(*id).path.chars().any(char::is_uppercase))
    });
    for id in order {
        let first = *seen.entry(folded(&city.file(id).path)).or_insert(id);
        if first != id {
            out.push(finding(city, id, first));
        }
    }
}

/// The path as Windows and macOS compare it.
fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase().nfc().collect()
}

fn finding(city: &City, id: FileId, first: FileId) -> Finding {
    let (path, other) = (&city.file(id).path, &city.file(first).path);
    let case = path.to_lowercase() == other.to_lowercase();
    let message = if case {
        say!("「{other}」と、大文字・小文字だけが違う名前です", "differs from {other} only in capitals")
    } else {
        say!(
            "「{other}」と、見た目の同じ名前です（濁点などの持ち方だけが違います）",
            "looks the same as {other}; only the way its accents are stored differs"
        )
    };
    Finding::new(&RULE, id.at(Span::at(0)), message)
        .label(say!("名前を変えるか、要らない方を消してください", "rename it, or remove one of the two"))
        .why(say!(
            "Windows や Mac では同じ名前と扱われ、一方がもう一方に上書きされて失われます。",
            "Windows and macOS take them for one file, and one of the two is overwritten and lost."
        ))
        .help(say!(
            "中身を見比べて、要る方だけを残してください。両方要るときは、{path} を別の名前に変えます。",
            "Compare the two and keep the one that is needed. If both are, give {path} another name."
        ))
        .related(first.at(Span::at(0)), say!("もう一方のファイルです", "the other file"))
}
