//! K409: a budget project without a day on which it begins, or one that begins late (item 3-8).

use crate::city::year::{Department, Year};
use crate::coverage::{Told, told, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Budget, Goal, Level, Text};
use crate::place::{Place, Span};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K409",
    name: "late-or-missing-budget-start",
    level: Level::Warning,
    page: include_str!("late_or_missing_budget_start.md"),
    check: Check::Year(check),
};

/// The words by which the item of the memo is known that asks for an early start.
const EARLY: &str = "早期着手";

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (department, dept, plan) in with_plan(year) {
        for goal in &plan.goals {
            for entry in &goal.budget {
                if !gaps::slip_in(judged, department, entry.span, &["start", "late_reason"]) {
                    out.extend(finding(year, dept, goal, entry));
                }
            }
        }
    }
}

fn finding(year: &Year<'_>, dept: &Department<'_>, goal: &Goal, entry: &Budget) -> Option<Finding> {
    let project = entry.project.as_ref().and_then(Text::says).unwrap_or("―");
    let Say { ja, en } = gaps::goal_name(goal);
    let until = year.early_start_until();
    let finding = match &entry.start {
        None => {
            let example = until.unwrap_or_else(|| year.year.first_day().plus_days(44));
            let span = entry.project.as_ref().map_or(Span::at(entry.span.start as usize), |project| project.span);
            Finding::new(
                &RULE,
                dept.at(span)?,
                say!(
                    "{ja}の予算事業「{project}」に、着手日がありません",
                    "the budget project \"{project}\" of {en} has no day on which it begins"
                ),
            )
            .label(say!("着手日（start）を書いてください", "write start"))
            .help(say!(
                "この事業に、着手する日を start: {example} のように書き足してください。",
                "Add the day on which it begins, such as start: {example}"
            ))
        }
        // K501 speaks of a day outside the year.
        Some(start) if !year.year.holds(start.value) => return None,
        Some(start) => {
            let until = until.filter(|until| start.value > *until)?;
            if told(&entry.late_reason) != Told::No {
                return None;
            }
            let (from, limit) = (words::day(year, start.value), words::day(year, until));
            let (from_ja, limit_ja, from_en, limit_en) = (from.ja, limit.ja, from.en, limit.en);
            Finding::new(
                &RULE,
                dept.at(start.span)?,
                say!(
                    "{ja}の予算事業「{project}」の着手日（{from_ja}）は、早期着手の期限（{limit_ja}）より後で、理由がありません",
                    "the budget project \"{project}\" of {en} begins on {from_en}, after {limit_en}, and no reason is given"
                ),
            )
            .label(say!("{limit_ja}より後です", "after {limit_en}"))
            .help(say!(
                "早められるときは着手日を改め、早められないときは late_reason: にその理由を書いてください。\n例: late_reason: 工事が児童のいない夏休みに限られるため",
                "Move the start forward, or give the reason under late_reason:, such as: the work is possible in the summer holidays only."
            ))
        }
    };
    let place = dept.at(goal.handle())?;
    Some(with_memo(year, finding, until_place(year)).related(place, Say::same(goal.name())).of(dept.id()))
}

/// Where the city's settings say until when a start is early.
fn until_place(year: &Year<'_>) -> Option<Place> {
    let span = year.settings().early_start_by.as_ref()?.span;
    year.city.settings_file.map(|file| file.at(span))
}

/// Quotes the memo's item on an early start, where this year's memo has one.
fn with_memo(year: &Year<'_>, finding: Finding, settings: Option<Place>) -> Finding {
    let finding = match settings {
        Some(place) => {
            finding.related(place, say!("早期着手の期限は、ここで決められています", "what counts as early is set here"))
        }
        None => finding,
    };
    let leaf = (0..year.leaves.len()).find(|leaf| year.words(*leaf).contains(EARLY));
    let Some(leaf) = leaf.filter(|leaf| year.leaves.get(*leaf).is_some_and(|leaf| !leaf.withdrawn)) else {
        return finding.why(say!(
            "着手が遅れた事業は、年度内に終わらないおそれがあります。",
            "A project that begins late may not end within the year."
        ));
    };
    let item = year.leaves.get(leaf).map_or(0, |leaf| leaf.item);
    let id = year.leaves.get(leaf).map(|leaf| leaf.id.to_string()).unwrap_or_default();
    finding
        .why(say!(
            "基本方針は、当初予算に計上した事業に早期着手し、適時適切に進行管理を行うことを求めています。",
            "The basic policy asks for an early start of all budget projects, and for watching them closely."
        ))
        .quoting(year.leaf_place(leaf), Say::same(words::printed_item(year, item)), year.words(leaf))
        .look(format!("kpolicy show {id}"))
}
