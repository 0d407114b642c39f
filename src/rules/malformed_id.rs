//! K106: what should be an id does not have the form of one.

use crate::city::City;
use crate::city::names::nearest;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::{LinkFaultKind, Wanted};
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Place};
use crate::rules::{Check, Judged, Rule, fields};
use crate::say;
use crate::shape::{Kind, Target};

pub(super) static RULE: Rule = Rule {
    code: "K106",
    name: "malformed-id",
    level: Level::Error,
    page: include_str!("malformed_id.md"),
    check: Check::Both(check, check_names),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::MalformedId { text, want } = &fault.kind {
            let what = fields::holds(want);
            out.push(fields::held(finding(id.at(fault.span), text, &what, want), id, fault));
        }
    }
}

/// Names that are neither an id nor the name of anything.
fn check_names(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for fault in &judged.links.faults {
        let LinkFaultKind::Malformed { text, wanted, known } = &fault.kind else { continue };
        let what = Say::from(wanted.name());
        let mut finding = finding(fault.place, text, &what, kind(*wanted));
        let near = nearest(text, known.iter().flat_map(|(id, title)| [id.as_str(), title.as_str()]));
        let near = near.and_then(|near| known.iter().find(|(id, title)| id == near || title == near));
        finding = finding.nearest(near.cloned().into_iter().collect());
        if let Some(holder) = fault.holder {
            finding = finding.related(holder, say!("この目標の中にあります", "it stands in this goal"));
        }
        out.push(finding);
    }
}

fn finding(place: Place, text: &str, what: &Say, want: &Kind) -> Finding {
    let form = fields::form(want);
    let (ja, en) = (&form.ja, &form.en);
    let (what_ja, what_en) = (&what.ja, &what.en);
    Finding::new(
        &RULE,
        place,
        say!("「{text}」は、{what_ja}の書き方ではありません", "\"{text}\" does not have the form of {what_en}"),
    )
    .label(form.clone())
    .why(say!(
        "番号や記号は、決まった形のものだけを結び付けられます。このままでは何も指していません。",
        "Only ids of a set form can be joined to what they name. As it stands, it names nothing."
    ))
    .help(say!("{ja}。", "It is like this: {en}."))
}

/// How a name of this sort is written.
fn kind(wanted: Wanted) -> &'static Kind {
    match wanted {
        Wanted::Goal => &Kind::GoalId,
        _ => &Kind::Ref(Target::Unit),
    }
}
