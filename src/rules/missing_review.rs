//! K401: goals of which no review entry says where things stand and why.

use crate::city::year::Department;
use crate::coverage::{SpokenOf, is_reviewed, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Goal, Level, Plan, ReviewEntry};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K401",
    name: "missing-review",
    level: Level::Error,
    page: include_str!("missing_review.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        let Some(leaf) = gaps::open(judged, department, AnsweredBy::Review).first().copied() else { continue };
        let id = dept.id();
        let spoken = SpokenFor {
            reviewed: SpokenOf::new(judged.year, id, plan.review.iter().filter(|entry| is_reviewed(entry))),
            unfinished: SpokenOf::new(judged.year, id, unfinished(judged, department, plan)),
            all: gaps::slip_after(judged, department, plan.key("review"))
                || unfinished(judged, department, plan).any(|entry| entry.items.is_empty() && entry.goals.is_empty()),
        };
        let silent = |goal: &&Goal| !spoken.holds(judged, department, plan, goal);
        let goals: Vec<&Goal> = plan.goals.iter().filter(silent).collect();
        if !goals.is_empty() {
            out.extend(finding(judged, dept, plan, leaf, &goals));
        }
    }
}

/// The goals that an entry speaks of, or of which a slip that another finding names hides that one does.
struct SpokenFor<'p> {
    reviewed: SpokenOf<'p>,
    unfinished: SpokenOf<'p>,
    /// A slip hides the entries, or an unfinished one does not yet say what it speaks of.
    all: bool,
}

impl SpokenFor<'_> {
    fn holds(&self, judged: &Judged<'_>, department: usize, plan: &Plan, goal: &Goal) -> bool {
        self.all
            || self.reviewed.holds(goal)
            || self.unfinished.holds(goal)
            || (!plan.review.is_empty() && gaps::slip_after(judged, department, goal.cites_key))
    }
}

/// The entries that still say （記入）.
fn unfinished<'p>(judged: &Judged<'_>, department: usize, plan: &'p Plan) -> impl Iterator<Item = &'p ReviewEntry> {
    plan.review.iter().filter(move |entry| gaps::placeholder_in(judged, department, entry.span))
}

fn finding(judged: &Judged<'_>, dept: &Department<'_>, plan: &Plan, leaf: usize, goals: &[&Goal]) -> Option<Finding> {
    let year = judged.year;
    let names: Vec<Say> = goals.iter().map(|goal| gaps::goal_name(goal)).collect();
    let ja = names.iter().map(|name| name.ja.trim_end()).collect::<Vec<_>>().join("、");
    let gap = if ja.ends_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    let en = names.iter().map(|name| name.en.as_ref()).collect::<Vec<_>>().join(", ");
    let first = goals.first()?;
    let id = first.cites.first().map_or_else(|| "1-1".to_owned(), |cite| cite.value.to_string());
    let (item, name) = (year.leaves[leaf].item, dept.name());
    let mut finding = Finding::new(
        &RULE,
        dept.at(plan.key("review").unwrap_or_else(|| first.handle()))?,
        say!("{ja}{gap}について、現状の検証・分析がありません", "no review says where {en} stands"),
    )
    .label(say!("検証・分析を書いてください", "write a review"))
    .why(say!(
        "現在までの対応状況を検証・分析して目標を定めるとされています。",
        "Goals are to be set after looking at what was done so far."
    ))
    .help(say!(
        "review に次のように書き足してください（書く場所は kpolicy new {name} --missing で作れます）。\n- items:\n    - {id}\n  status: どこまでできているか\n  analysis: なぜそうなったか",
        "Add this under review (kpolicy new {name} --missing makes a place for it):\n- items:\n    - {id}\n  status: how far it is\n  analysis: why it came so"
    ))
    .quoting(year.leaf_place(leaf), Say::same(words::printed_item(year, item)), year.words(leaf))
    .of(dept.id())
    .todo(say!("検証・分析", "review"), say!("{ja}{gap}について、ありません", "none for {en}"));
    for (goal, name) in goals.iter().zip(names).take(1) {
        finding = finding.related(dept.at(goal.handle())?, name);
    }
    Some(finding)
}
