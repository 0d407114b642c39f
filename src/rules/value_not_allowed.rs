//! K108: a word that the field does not allow.

use crate::city::City;
use crate::city::names::nearest;
use crate::finding::Finding;
use crate::ids::unwrap_quotes;
use crate::links::LinkFaultKind;
use crate::model::{Level, ShapeFault, ShapeFaultKind};
use crate::place::FileId;
use crate::rules::{Check, Judged, Rule, fields};
use crate::say;
use crate::shape::Choice;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K108",
    name: "value-not-allowed",
    level: Level::Error,
    page: include_str!("value_not_allowed.md"),
    check: Check::Both(check, check_ways),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::NotAllowed { text, choices } = &fault.kind {
            let finding = fields::without_memo(finding(id, fault, text, choices), fault, text);
            out.push(fields::held(finding, id, fault));
        }
    }
}

fn finding(id: FileId, fault: &ShapeFault, text: &str, choices: &'static [Choice]) -> Finding {
    let (key, label) = fault.field.map_or(("", ""), |field| (field.key, field.label));
    let words = fields::choices(choices);
    let (ja, en) = (words.ja, words.en);
    let finding = Finding::new(
        &RULE,
        id.at(fault.span),
        say!("{key}（{label}）に「{text}」とは書けません", "{key} cannot be \"{text}\""),
    )
    .label(say!("決まった言葉のうち一つを書きます", "one of a few words is wanted"))
    .why(say!(
        "決まった言葉でないと、この欄は書かれていないのと同じに扱われます。",
        "With any other word, the field counts as not written."
    ))
    .help(say!("次の言葉から選んで書いてください: {ja}", "Write one of these: {en}"));
    let all = choices.iter().flat_map(|choice| choice.ja.iter().copied().chain([choice.id]));
    let near = nearest(text, all).and_then(|near| choices.iter().find(|c| c.id == near || c.ja.contains(&near)));
    let Some(near) = near else { return finding };
    let (word, title) = (near.id, near.name().ja);
    let edit = Edit { span: fault.span, text: word.to_owned() };
    let wrapped = unwrap_quotes(text).is_some_and(|inner| inner == word || near.ja.contains(&inner));
    let finding = finding
        .label(say!("{word}（{title}）のことですか", "did you mean {word}?"))
        .nearest(vec![(word.to_owned(), title.to_owned())]);
    let title = say!("{word} に直す", "write {word}");
    if wrapped { finding.fix(title, vec![edit]) } else { finding.unsafe_fix(title, vec![edit]) }
}

/// `every_goal` is answered by a citation, a goal or a viewpoint.
fn check_ways(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for fault in &judged.links.faults {
        let LinkFaultKind::WayNotAllowed { id, way } = &fault.kind else { continue };
        out.push(
            Finding::new(
                &RULE,
                fault.place,
                say!(
                    "項目 {id} は全ての目標に求めるため、応え方を「{way}」にできません",
                    "item {id} asks every goal, so it cannot be answered by \"{way}\""
                ),
            )
            .label(say!("全ての目標には使えません", "not for every goal"))
            .why(say!(
                "「{way}」は部の計画全体で応えるもので、目標の一つ一つが応えたかを見分けられません。",
                "\"{way}\" is answered by the plan as a whole: it cannot tell which goals answer."
            ))
            .help(say!(
                "answered_by を citation（目標又は部の方針）、goal（目標）、viewpoint（視点）のいずれかにするか、scope を every_department（全ての部）にしてください。",
                "Set answered_by to citation, goal or viewpoint, or set scope to every_department."
            )),
        );
    }
}
