//! K106: what should be an id does not have the form of one.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::LinkFaultKind;
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
            let what = match want {
                Kind::Ref(Target::PastGoal) => say!("前年度の目標の番号", "the id of an earlier year's goal"),
                Kind::Ref(Target::OthersGoal) => say!("他の部の目標の番号", "the id of another department's goal"),
                Kind::Ref(Target::OwnGoal) => say!("目標の番号", "the id of a goal"),
                want => fields::holds(want),
            };
            let (ja, en) = (what.ja, what.en);
            let message = say!("「{text}」は、{ja}の書き方ではありません", "\"{text}\" is not written like {en}");
            out.push(fields::held(finding(id.at(fault.span), message, fields::form(want)), id, fault));
        }
    }
}

/// Names that are neither an id nor the name of anything.
fn check_names(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let mut names = fields::NearNames::default();
    for fault in &judged.links.faults {
        let LinkFaultKind::Malformed { text, wanted, known } = &fault.kind else { continue };
        let what = wanted.name();
        let (ja, en) = (what.ja, what.en);
        let message = say!(
            "「{text}」は、{ja}の名称でも記号でもありません",
            "\"{text}\" is neither the name nor the id of any {en}"
        );
        let form = if wanted.is_unit() {
            say!(
                "部や課は、名称（総務部、防災課）か記号（somu、somu/bosai）で書きます",
                "a department or division is written by its name, or its id like somu or somu/bosai"
            )
        } else {
            fields::form(&Kind::Name)
        };
        let mut finding = finding(fault.place, message, form);
        let near = names.of(known, text);
        finding = finding.nearest(near.cloned().into_iter().collect());
        if let Some(holder) = fault.holder {
            finding = finding.related(holder, say!("この目標の中にあります", "it stands in this goal"));
        }
        out.push(finding);
    }
}

fn finding(place: Place, message: Say, form: Say) -> Finding {
    let (ja, en) = (form.ja.clone(), form.en.clone());
    Finding::new(&RULE, place, message)
        .label(form)
        .why(say!(
            "番号や記号は、決まった形のものだけを結び付けられます。このままでは何も指していません。",
            "Only ids of a set form can be joined to what they name. As it stands, it names nothing."
        ))
        .help(say!("次の形に書き直してください。{ja}。", "Write it in this form: {en}."))
}
