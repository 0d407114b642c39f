//! K303: a goal has no words for a viewpoint that every goal must answer.

use std::collections::BTreeSet;

use crate::city::year::Department;
use crate::coverage::{Told, told, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::GoalLinks;
use crate::model::{AnsweredBy, Goal, Level};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K303",
    name: "missing-viewpoint",
    level: Level::Error,
    page: include_str!("missing_viewpoint.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        let mut seen = BTreeSet::new();
        for leaf in gaps::open(judged, department, AnsweredBy::Viewpoint) {
            let Some(viewpoint) = judged.year.leaves[leaf].viewpoint else { continue };
            let cell = &judged.coverage.leaves[leaf].cells[department];
            if gaps::declined_in_vain(cell) || !seen.insert(viewpoint) {
                continue;
            }
            for (goal, links) in plan.goals.iter().zip(&judged.links.plans[department].goals) {
                if is_silent(judged, department, goal, links, viewpoint) {
                    out.extend(finding(judged, dept, goal, leaf, viewpoint));
                }
            }
        }
    }
}

/// True when a goal says nothing on a viewpoint, and no other finding says so already: a name that
/// is not known (K204) is most likely this viewpoint misspelt.
fn is_silent(judged: &Judged<'_>, department: usize, goal: &Goal, links: &GoalLinks, viewpoint: usize) -> bool {
    if gaps::slip_after(judged, department, goal.viewpoints_key) || links.viewpoints.contains(&None) {
        return false;
    }
    let entry = links.viewpoints.iter().position(|index| *index == Some(viewpoint));
    entry.and_then(|entry| goal.viewpoints.get(entry)).is_none_or(|(_, text)| told(text) == Told::No)
}

fn finding(judged: &Judged<'_>, dept: &Department<'_>, goal: &Goal, leaf: usize, viewpoint: usize) -> Option<Finding> {
    let year = judged.year;
    let viewpoint = year.docs.policy.viewpoints.get(viewpoint)?;
    let (id, name) = (&viewpoint.id.value, dept.name());
    let label = viewpoint.label.as_ref().map_or(id.as_str(), |label| label.value.as_str());
    let Say { ja, en } = gaps::goal_name(goal);
    let item = year.leaves[leaf].item;
    let heading = say!("{ja}", "{en}");
    Some(
        Finding::new(
            &RULE,
            dept.at(goal.handle())?,
            say!("{ja}に、{label}がありません", "{en} has no words for the viewpoint {id}"),
        )
        .label(say!("viewpoints に {id}: を書いてください", "write {id}: under viewpoints"))
        .why(say!(
            "全ての目標に、{label}からの説明が求められています。",
            "Every goal must be explained from this viewpoint."
        ))
        .help(say!(
            "この目標に次の２行を書き、「何を、どれだけ」を続けてください（書く場所は kpolicy new {name} --missing で作れます）。\nviewpoints:\n  {id}: ",
            "Add these two lines to the goal, and go on with what is done and how much (kpolicy new {name} --missing adds them).\nviewpoints:\n  {id}: "
        ))
        .quoting(year.leaf_place(leaf), Say::same(words::printed_item(year, item)), year.words(leaf))
        .of(dept.id())
        .todo(heading, say!("{label}がありません", "no words for the viewpoint {id}")),
    )
}
