//! K209: an answer that is the policy's own wording. It says what is asked, not what will be done.
//!
//! Texts are compared as runs of characters (shingles) after NFKC, letters and digits only, so that
//! punctuation and width make no difference; the work is linear in the texts.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use crate::city::year::Year;
use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Target;
use crate::model::{Level, Text};
use crate::rules::{Check, Judged, Rule, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K209",
    name: "copied-policy-text",
    level: Level::Warning,
    page: include_str!("copied_policy_text.md"),
    check: Check::Year(check),
};

/// Characters of a run; shorter runs are shared by any two Japanese texts.
const RUN: usize = 5;
/// Answers shorter than this are too short to tell.
const SHORTEST: usize = 20;

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (index, _, plan) in with_plan(judged.year) {
        let links = &judged.links.plans[index];
        for (response, cites) in plan.responses.iter().zip(&links.responses) {
            answer(judged, index, &response.text, cites, out);
        }
        for (goal, links) in plan.goals.iter().zip(&links.goals) {
            answer(judged, index, &goal.outcome, &links.cites, out);
        }
    }
}

fn answer(judged: &Judged<'_>, department: usize, text: &Option<Text>, cites: &[Target], out: &mut Vec<Finding>) {
    let year = judged.year;
    let Some(text) = text.as_ref().filter(|text| text.says().is_some()) else { return };
    let letters = letters(&text.value);
    if letters.len() < SHORTEST {
        return;
    }
    let mut items: Vec<usize> = cites.iter().map(|target| target.item(year)).collect();
    items.dedup();
    let Some(item) = items.into_iter().find(|item| is_copied(&letters, year, *item)) else { return };
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

/// True when four fifths of an answer's runs stand in the item's wording.
fn is_copied(letters: &[char], year: &Year<'_>, item: usize) -> bool {
    let Some(text) = &year.items[item].item.text else { return false };
    let asked = self::letters(&text.value);
    let known: HashSet<&[char]> = asked.windows(RUN).collect();
    let runs = letters.windows(RUN);
    let all = runs.len();
    let shared = runs.filter(|run| known.contains(run)).count();
    shared * 5 >= all * 4
}

fn letters(text: &str) -> Vec<char> {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}
