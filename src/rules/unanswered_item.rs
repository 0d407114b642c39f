//! K301: a department does not answer an item that it must answer.

use crate::finding::Finding;
use crate::model::Level;
use crate::rules::{Check, Judged, Rule, unanswered};

pub(super) static RULE: Rule = Rule {
    code: "K301",
    name: "unanswered-item",
    level: Level::Error,
    page: include_str!("unanswered_item.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    unanswered::push(judged, &RULE, false, out);
}
