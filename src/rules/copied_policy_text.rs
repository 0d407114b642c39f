//! K209: an answer that is the policy's own wording. It says what is asked, not what will be done.
//!
//! See [`shingles`](crate::rules::shingles) for how texts are compared; the work is linear in them.

use crate::city::year::Year;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, Text};
use crate::place::Place;
use crate::rules::{Check, Judged, Rule, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K209",
    name: "copied-policy-text",
    level: Level::Warning,
    page: include_str!("copied_policy_text.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let copies = judged.said().iter().filter_map(|said| Some((said, said.copied?)));
    out.extend(copies.map(|(said, item)| finding(judged.year, said.place, item)));
}

fn finding(year: &Year<'_>, place: Place, item: usize) -> Finding {
    let id = year.items[item].item.id.value;
    let wording = year.items[item].item.text.as_ref().map(Text::joined).unwrap_or_default();
    Finding::new(
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
    )
}
