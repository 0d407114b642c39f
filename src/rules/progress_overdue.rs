//! K507: the day is past on which an entry on the progress of a goal was due.

use crate::city::year::{Department, Year};
use crate::coverage::with_plan;
use crate::date::Date;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Goal, Level, Period};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K507",
    name: "progress-overdue",
    level: Level::Warning,
    page: include_str!("progress_overdue.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let lacking = lacking(judged);
    out.extend(lacking.iter().filter_map(|entry| {
        finding(judged.year, &judged.year.departments[entry.department], entry.goal, entry.period, entry.due)
    }));
}

/// An entry on progress whose day has passed and that nobody has written.
pub(crate) struct Lacking<'a> {
    /// Index into the year's departments.
    pub(crate) department: usize,
    /// The goal.
    pub(crate) goal: &'a Goal,
    /// The period of the entry.
    pub(crate) period: &'a Period,
    /// The day on which it was due.
    pub(crate) due: Date,
}

/// The entries that lack, by period and department.
pub(crate) fn lacking<'a>(judged: &Judged<'a>) -> Vec<Lacking<'a>> {
    let mut lacking = Vec::new();
    for (period, due) in past(judged.year) {
        for (department, _, plan) in with_plan(judged.year) {
            lacking.extend(open(judged, (period, due), department, &plan.goals));
        }
    }
    lacking
}

/// The entries that lack in one department, by period.
pub(crate) fn lacking_in<'a>(judged: &Judged<'a>, department: usize) -> Vec<Lacking<'a>> {
    let Some(plan) = judged.year.departments[department].plan else { return Vec::new() };
    past(judged.year).flat_map(|past| open(judged, past, department, &plan.goals)).collect()
}

/// The periods whose entries are due by now, and when they were.
fn past<'a>(year: &Year<'a>) -> impl Iterator<Item = (&'a Period, Date)> {
    let (number, today) = (year.year, year.day);
    let due = move |period: &'a Period| Some((period, period.due_in(number).filter(|due| *due < today)?));
    year.settings().periods.iter().filter_map(due)
}

fn open<'a>(
    judged: &Judged<'a>,
    (period, due): (&'a Period, Date),
    department: usize,
    goals: &'a [Goal],
) -> Vec<Lacking<'a>> {
    let open = goals.iter().filter(|goal| !is_entered(judged, department, goal, period));
    open.map(|goal| Lacking { department, goal, period, due }).collect()
}

/// True where an entry of the period is there, or one whose period is not known yet: K102, K104 or
/// K204 speaks of that one.
fn is_entered(judged: &Judged<'_>, department: usize, goal: &Goal, period: &Period) -> bool {
    let periods = &judged.year.settings().periods;
    let is = |period: &Period, text: &str| period.id.value == text || period.title() == text;
    let entered = goal.progress.iter().any(|entry| match &entry.period {
        Some(name) => is(period, &name.text) || !periods.iter().any(|known| is(known, &name.text)),
        None => true,
    });
    entered || gaps::slip_in(judged, department, goal.span, &["progress", "period"])
}

fn finding(year: &Year<'_>, dept: &Department<'_>, goal: &Goal, period: &Period, due: Date) -> Option<Finding> {
    let place = dept.at(goal.handle())?;
    let (label, id) = (period.title(), &period.id.value);
    let as_of = period.as_of_in(year.year).unwrap_or(due);
    let Say { ja: due_ja, en: due_en } = words::day(year, due);
    let Say { ja, en } = gaps::goal_name(goal);
    let finding = Finding::new(
        &RULE,
        place,
        say!("{ja}に、{label}の進み具合の記載がありません", "{en} has no entry on its progress for {id}"),
    )
    .label(say!("期限は{due_ja}でした", "it was due on {due_en}"))
    .why(say!(
        "遅れに早く気付けば、年度内に手を打てます。",
        "What is seen early can still be mended within the year."
    ))
    .help(say!(
        "この目標に次のように書き足してください。遅れているときは、reason: に理由も書きます。\nprogress:\n  - period: {id}\n    as_of: {as_of}\n    state: on_track",
        "Add this to the goal; where it is behind, give the reason under reason: as well.\nprogress:\n  - period: {id}\n    as_of: {as_of}\n    state: on_track"
    ))
    .related(place.file.at(goal.handle()), Say::same(goal.name()))
    .of(dept.id());
    let set = year.city.settings_file.zip(period.due.as_ref());
    Some(match set {
        Some((file, day)) => {
            finding.related(file.at(day.span), say!("期限は、ここで決められています", "the day is set here"))
        }
        None => finding,
    })
}
