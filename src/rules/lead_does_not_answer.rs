//! K307: a lead of an item that one department suffices for does not answer it.

use crate::finding::Finding;
use crate::model::Level;
use crate::rules::{Check, Judged, Rule, unanswered};

pub(super) static RULE: Rule = Rule {
    code: "K307",
    name: "lead-does-not-answer",
    level: Level::Error,
    page: include_str!("lead_does_not_answer.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    unanswered::push(judged, &RULE, true, out);
}
