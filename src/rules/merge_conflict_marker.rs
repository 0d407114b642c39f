//! K003: two versions of the same lines, left side by side by a merge.

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::{FileId, Span};
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::FaultKind;

pub(super) static RULE: Rule = Rule {
    code: "K003",
    name: "merge-conflict-marker",
    level: Level::Error,
    page: include_str!("merge_conflict_marker.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    let reading = Reading::new(city, id);
    let markers = file.faults.iter().filter(|fault| fault.kind == FaultKind::ConflictMarker);
    let mut group: Vec<(Span, &str)> = Vec::new();
    for marker in markers {
        let sign = file.text.get(marker.span.range()).and_then(|line| line.get(..7)).unwrap_or_default();
        if sign.starts_with('<') && !group.is_empty() {
            out.push(finding(&reading, id, &std::mem::take(&mut group)));
        }
        group.push((marker.span, sign));
        if sign.starts_with('>') {
            out.push(finding(&reading, id, &std::mem::take(&mut group)));
        }
    }
    if !group.is_empty() {
        out.push(finding(&reading, id, &group));
    }
}

/// One finding for one clash: its first marker, with the others as places beside it.
fn finding(reading: &Reading<'_>, id: FileId, group: &[(Span, &str)]) -> Finding {
    let (first, sign) = group.first().copied().unwrap_or_default();
    let help = say!(
        "どちらの内容を残すかを相手と決め、要らない方と、「<<<<<<<」「=======」「>>>>>>>」の行を消してください。",
        "Decide with the other person which version stays; delete the other one and the lines <<<<<<<, ======= and >>>>>>>."
    );
    let mut finding = Finding::new(
        &RULE,
        id.at(first),
        say!(
            "二人の変更がぶつかった印「{sign}」が残っています",
            "a mark of two clashing changes, {sign}, was left here"
        ),
    )
    .label(say!("印の行は残せません", "this line must go"))
    .why(say!(
        "同じ所を別々に直した二つの内容が並んでいて、どちらが正しいかは人にしか決められません。",
        "Two versions of the same lines stand side by side; only people can tell which one is right."
    ))
    .help(reading.with_still_read(help));
    for (span, sign) in group.iter().skip(1) {
        let message = match sign.chars().next() {
            Some('=') => say!("ここから、もう一方の内容です", "the other version begins here"),
            Some('|') => say!("ここから、元の内容です", "the version before both begins here"),
            _ => say!("ここまでが、ぶつかった所です", "the clash ends here"),
        };
        finding = finding.related(id.at(*span), message);
    }
    finding
}
