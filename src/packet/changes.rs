//! What changed: since the plan was handed in, and since last year.

use crate::date::FiscalYear;
use crate::diff;
use crate::ids::GoalRef;
use crate::model::{Actual, Goal, Measure};
use crate::packet::goals::{actual_of, period_label};
use crate::packet::refs::{Ctx, amount, value_words, words};
use crate::packet::{Day, GoalResult, GoalTurn, Inputs, LastYearFacts, MeasureResult, SubmissionFacts};
use crate::store::git::CommitNote;

/// The plan as it was handed in last.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The commit that did so.
    pub commit: CommitNote,
    /// The plan's text in it; none where it is the one at hand.
    pub text: Option<String>,
}

/// What differs from the plan as it was handed in; nothing where it cannot be read now.
pub fn since_submission(inputs: Inputs<'_>, submission: &Submission) -> Option<SubmissionFacts> {
    let Inputs { year, department, .. } = inputs;
    let file = year.departments[department].file.map(|file| year.city.file(file)).filter(|file| file.is_readable())?;
    let changes = submission.text.as_ref().map(|text| diff::plans(text, &file.text)).unwrap_or_default();
    Some(SubmissionFacts {
        commit: submission.commit.id.clone(),
        date: Day(submission.commit.date),
        subject: submission.commit.subject.clone(),
        changes: changes.into_iter().map(Into::into).collect(),
    })
}

/// Last year's goals and what became of them; nothing where that plan is not in the folder.
pub(super) fn since_last_year(ctx: &Ctx<'_>) -> Option<LastYearFacts> {
    let plan = ctx.plan()?;
    let last = FiscalYear(ctx.year.year.0.checked_sub(1)?);
    let unit = ctx.dept().unit;
    let own = std::iter::once(ctx.dept().id()).chain(unit.predecessors.iter().map(|name| name.text.as_str()));
    // A department may name itself, too.
    let mut seen = std::collections::BTreeSet::new();
    let own = own.filter(|id| seen.insert(*id));
    let past: Vec<(&str, &crate::model::Plan)> = own.filter_map(|id| Some((id, ctx.plan_of(last, id)?))).collect();
    if past.is_empty() && !plan.goals.iter().any(|goal| carried(ctx, goal).is_some()) {
        return None;
    }
    let named = |goal: &Goal| (goal.id().to_owned(), goal.name().to_owned());
    let mut goals: Vec<GoalTurn> = Vec::new();
    for goal in &plan.goals {
        let before = carried(ctx, goal);
        let words = before.map(named).or_else(|| Some((ctx.goal_ref(&goal.continues.as_ref()?.value), String::new())));
        let result = before.and_then(|before| result(ctx, before));
        goals.push(GoalTurn { before: words, result, after: Some(named(goal)) });
    }
    let kept = |id: &str, old: &Goal| {
        let same = |past: &GoalRef| {
            past.year == Some(last)
                && past.goal == old.id()
                && past.department.as_deref().unwrap_or_else(|| ctx.dept().id()) == id
        };
        plan.goals.iter().any(|goal| goal.continues.as_ref().is_some_and(|past| same(&past.value)))
    };
    for (id, past) in past {
        for old in past.goals.iter().filter(|old| !kept(id, old)) {
            goals.push(GoalTurn { before: Some(named(old)), result: result(ctx, old), after: None });
        }
    }
    // Carried on first, then what ended, then what is new.
    goals.sort_by_key(|turn| (turn.before.is_none(), turn.after.is_none()));
    Some(LastYearFacts { fiscal_year: last.0, goals })
}

/// The goal of an earlier year that a goal carries on, where that plan is in the folder.
pub(super) fn carried<'a>(ctx: &Ctx<'a>, goal: &Goal) -> Option<&'a Goal> {
    let past = &goal.continues.as_ref()?.value;
    let owner = past.department.as_deref().unwrap_or_else(|| ctx.dept().id());
    ctx.plan_of(past.year?, owner)?.goals.iter().find(|other| past.goal == other.id())
}

/// What a goal had reached by its last entry.
pub(super) fn result(ctx: &Ctx<'_>, goal: &Goal) -> Option<GoalResult> {
    let entry = goal.told_by(ctx.year.day).pop()?;
    let measures: Vec<MeasureResult> = goal.measures.iter().map(|it| measure(goal, it, &entry.actuals)).collect();
    let state = entry.state.as_ref().map(|state| state.value.id);
    let missed = state.is_some_and(|state| matches!(state, "partly" | "unmet" | "stopped"));
    Some(GoalResult {
        period: entry.period.as_ref().map(|name| period_label(ctx, name)),
        as_of: entry.as_of.as_ref().map(|day| Day(day.value)),
        state,
        short: missed || measures.iter().any(|measure| measure.short),
        measures,
        reason: words(&entry.reason),
    })
}

fn measure(goal: &Goal, measure: &Measure, actuals: &[Actual]) -> MeasureResult {
    let (actual, unit) = (actual_of(goal, measure, actuals), measure.unit.as_ref());
    MeasureResult {
        name: words(&measure.name).unwrap_or_default(),
        target: amount(measure.target.as_ref(), unit),
        actual: actual.and_then(|it| value_words(it.value.as_ref(), it.state.as_ref(), unit)),
        short: actual.is_some_and(|it| falls_short(measure, it)),
    }
}

/// True where an actual does not reach its target.
pub(crate) fn falls_short(measure: &Measure, actual: &Actual) -> bool {
    let target = measure.target.as_ref().and_then(|target| target.value.as_ref());
    let (Some(reached), Some(wanted)) = (&actual.value, target) else { return false };
    let (reached, wanted) = (reached.value, wanted.value);
    match measure.direction() {
        "lower" => reached > wanted,
        "same" => (reached - wanted).abs() > f64::EPSILON,
        _ => reached < wanted,
    }
}
