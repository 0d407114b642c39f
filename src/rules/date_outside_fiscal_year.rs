//! K501: a step, a start or a report dated outside the plan's fiscal year.

use crate::city::year::{Department, Year};
use crate::coverage::with_plan;
use crate::date::{Date, MonthDay};
use crate::finding::Finding;
use crate::lang::{Bi, Say, bi};
use crate::model::{Goal, Level, Val};
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K501",
    name: "date-outside-fiscal-year",
    level: Level::Warning,
    page: include_str!("date_outside_fiscal_year.md"),
    check: Check::Year(check),
};

const BY: Bi = bi("取組の期限（by）", "the day of a step (by)");
const START: Bi = bi("予算事業の着手日（start）", "the start of a budget project (start)");
const AS_OF: Bi = bi("進み具合の時点（as_of）", "the day of a progress entry (as_of)");

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (_, dept, plan) in with_plan(year) {
        for goal in &plan.goals {
            let by = goal.actions.iter().filter_map(|action| Some((BY, action.by.as_ref()?)));
            let start = goal.budget.iter().filter_map(|entry| Some((START, entry.start.as_ref()?)));
            let as_of = goal.progress.iter().filter_map(|entry| Some((AS_OF, entry.as_of.as_ref()?)));
            for (field, date) in by.chain(start).chain(as_of) {
                if !year.year.holds(date.value) {
                    out.extend(finding(year, dept, goal, field, date));
                }
            }
        }
    }
}

fn finding(year: &Year<'_>, dept: &Department<'_>, goal: &Goal, field: Bi, date: &Val<Date>) -> Option<Finding> {
    let place = dept.at(date.span)?;
    let (fiscal, ja_year) = (year.year, year.year.ja());
    let (first, last) = (fiscal.first_day(), fiscal.last_day());
    let (field_ja, field_en, said, day) = (field.ja, field.en, date.value.long_ja(), date.value);
    let Say { ja, en } = gaps::goal_name(goal);
    // Most often the year of a copied plan was not changed.
    let meant = fiscal.on(MonthDay { month: day.month, day: day.day });
    Some(
        Finding::new(
            &RULE,
            place,
            say!(
                "{ja}の{field_ja}が{said}で、{ja_year}の外にあります",
                "{field_en} of {en} is {day}, outside fiscal year {fiscal}"
            ),
        )
        .label(say!("{first} から {last} までの日を書いてください", "a day from {first} to {last}"))
        .why(say!(
            "年度の外の日付は、前の年度の計画を写したまま直し忘れたものかもしれません。この年度の進行管理に使えません。",
            "A day outside the year may have been left over from a copied plan, and cannot be watched in this year."
        ))
        .help(say!(
            "この年度の日付に直してください。{meant} のことであれば、そのまま書き換えます。年度をまたぐ取組は、この年度に終える所までの日付を書きます。",
            "Write a day of this year; perhaps {meant} is meant. For a step that goes on into another year, write the day on which this year's part ends."
        ))
        .related(place.file.at(goal.handle()), Say::same(goal.name()))
        .of(dept.id())
        .unsafe_fix(say!("{meant} に直す", "write {meant}"), vec![Edit { span: date.span, text: meant.to_string() }]),
    )
}
