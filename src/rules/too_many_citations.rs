//! K213: one goal or response that says it answers more items than words can answer.

use crate::city::City;
use crate::finding::Finding;
use crate::ids::Cite;
use crate::lang::{Bi, bi};
use crate::model::{Level, Val};
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K213",
    name: "too-many-citations",
    level: Level::Warning,
    page: include_str!("too_many_citations.md"),
    check: Check::File(check),
};

/// Most citations of a response where the city's `max_cites` says nothing (CONTRACT 1.2).
const RESPONSE: u16 = 3;
/// Most citations of a goal.
const GOAL: u16 = 6;

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let Some(plan) = city.file(id).plan() else { return };
    let settings = city.settings();
    let most = settings.max_goal_cites.unwrap_or(GOAL);
    for goal in &plan.goals {
        out.extend(over(id, bi("この目標", "this goal"), &goal.cites, most, Some(goal.handle())));
    }
    let most = settings.max_response_cites.unwrap_or(RESPONSE);
    for response in &plan.responses {
        out.extend(over(id, bi("この部の方針", "this response"), &response.cites, most, None));
    }
}

/// One finding at the first citation over the limit. The same item twice is K202 and counts once.
fn over(id: FileId, who: Bi, cites: &[Val<Cite>], most: u16, holder: Option<Span>) -> Option<Finding> {
    let mut distinct: Vec<&Val<Cite>> = Vec::new();
    for cite in cites {
        // A list far over the limit is told by its first entries: no need to compare all of it.
        if distinct.len() <= usize::from(most) && !distinct.iter().any(|other| other.value == cite.value) {
            distinct.push(cite);
        }
    }
    let first = distinct.get(usize::from(most))?;
    let (ja, en) = (who.ja, who.en);
    let finding = Finding::new(
        &RULE,
        id.at(first.span),
        say!("{ja}の応える項目が、{most}つを超えています", "{en} cites more than {most} items"),
    )
    .label(say!("ここから多すぎます", "too many from here on"))
    .why(say!(
        "一つでいくつもの項目に応えると、どの項目に何をするのかが、面談で読み取れません。",
        "With so many items in one place nobody can tell at the interview what is done for which."
    ))
    .help(say!(
        "本当に応える項目だけを残すか、内容を項目ごとに分けて書いてください。\n{most}つまでという目安は、policy/kpolicy.yaml の max_cites で変えられます。",
        "Keep the items that it really answers, or write one entry for each matter.\nThe limit of {most} is set by max_cites in policy/kpolicy.yaml."
    ));
    Some(match holder {
        Some(holder) => finding.related(id.at(holder), say!("この目標の応える項目です", "cited by this goal")),
        None => finding,
    })
}
