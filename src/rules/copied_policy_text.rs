//! K209: an answer that is the policy's own wording. It says what is asked, not what will be done.
//!
//! See [`shingles`](crate::rules::shingles) for how texts are compared; the work is linear in them.

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Target;
use crate::model::{Level, Text};
use crate::rules::asked::Asked;
use crate::rules::{Check, Judged, Rule, shingles, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K209",
    name: "copied-policy-text",
    level: Level::Warning,
    page: include_str!("copied_policy_text.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let asked = Asked::new(judged.year);
    for (index, _, plan) in with_plan(judged.year) {
        let links = &judged.links.plans[index];
        for (response, cites) in plan.responses.iter().zip(&links.responses) {
            answer(judged, &asked, index, (&response.text, cites), out);
        }
        for (goal, links) in plan.goals.iter().zip(&links.goals) {
            answer(judged, &asked, index, (&goal.outcome, &links.cites), out);
        }
    }
}

fn answer(
    judged: &Judged<'_>,
    asked: &Asked<'_, '_>,
    department: usize,
    (text, cites): (&Option<Text>, &[Target]),
    out: &mut Vec<Finding>,
) {
    let year = judged.year;
    let Some(text) = text.as_ref().filter(|text| text.says().is_some()) else { return };
    let Some(item) = asked.copied(&shingles::letters(&text.value), cites) else { return };
    let Some(place) = year.departments[department].at(text.span) else { return };
    let id = year.items[item].item.id.value;
    let wording = year.items[item].item.text.as_ref().map(Text::joined).unwrap_or_default();
    let finding = Finding::new(
        &RULE,
        place,
        say!("項目 {id} の文言が、ほぼそのまま書かれています", "this is nearly the wording of item {id} itself"),
    )
    .label(say!("誰が何をするかに書き直してください", "say who does what instead"))
    .why(say!(
        "求められていることの写しでは、部として何をするかが面談で伝わりません。",
        "A copy of what is asked does not tell the interview what the department will do."
    ))
    .help(say!(
        "どの課が、何を、どのくらいの頻度や数で行うかを書いてください。",
        "Write which division does what, how often or how much."
    ))
    .quoting(
        year.policy_file.at(year.items[item].item.id.span),
        Say::same(words::printed_item(year, item)),
        wording,
    );
    out.push(finding);
}
