//! K212: understood, but not written in the exact form.

use std::collections::BTreeSet;

use crate::city::City;
use crate::finding::Finding;
use crate::links::LinkFaultKind;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Place};
use crate::rules::{Check, Judged, Rule, rule};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K212",
    name: "other-spelling",
    level: Level::Warning,
    page: include_str!("other_spelling.md"),
    check: Check::Both(check, check_names),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::Spelling { found, want } = &fault.kind {
            out.push(finding(id.at(fault.span), found, want));
        }
    }
    if city.settings_file == Some(id) {
        for (code, _) in &city.settings().levels {
            if let Some(rule) = rule(&code.value).filter(|rule| rule.code != code.value) {
                out.push(finding(id.at(code.span), &code.value, rule.code));
            }
        }
    }
}

fn check_names(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let mut done: BTreeSet<Place> = BTreeSet::new();
    for fault in &judged.links.faults {
        if let LinkFaultKind::Spelling { found, want } = &fault.kind
            && done.insert(fault.place)
        {
            out.push(finding(fault.place, found, want));
        }
    }
}

fn finding(place: Place, found: &str, want: &str) -> Finding {
    Finding::new(
        &RULE,
        place,
        say!("「{found}」は、決まった書き方では {want} です", "the exact form of \"{found}\" is {want}"),
    )
    .label(say!("{want} と書きます", "write {want}"))
    .why(say!(
        "意味は分かるので数えますが、書き方がそろっていないと、検索や変更の比較で見落とします。",
        "It is understood and counted, but searches and comparisons miss what is written in several ways."
    ))
    .help(say!("{want} と書いてください。", "Write {want}."))
    .fix(say!("{want} に直す", "write {want}"), vec![Edit { span: place.span, text: want.to_owned() }])
}
