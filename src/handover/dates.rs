//! The days ahead, in order.

use crate::handover::{DateAhead, DateKind, GoalState};
use crate::packet::refs::Ctx;
use crate::packet::{Day, front, rest};
use crate::say;

/// Every day from the day of judgement on that the plan or the city's settings name.
pub(super) fn ahead(ctx: &Ctx<'_>, goals: &[GoalState]) -> Vec<DateAhead> {
    let mut dates = Vec::new();
    let mut push = |day: Option<Day>, kind: DateKind, goal: Option<&str>, what: String| {
        if let Some(day) = day.filter(|day| day.0 >= ctx.year.day) {
            dates.push(DateAhead { day, kind, goal: goal.map(str::to_owned), what });
        }
    };
    for slot in front::interviews(ctx).into_iter().filter(|slot| slot.held.is_none()) {
        let who = [slot.division, slot.interviewer].into_iter().flatten().collect::<Vec<_>>().join(" ");
        push(slot.day, DateKind::Interview, None, who);
    }
    for entry in rest::follow_ups(ctx).into_iter().filter(|entry| entry.done_on.is_none()) {
        push(entry.by, DateKind::FollowUp, None, format!("{} {}", entry.id, entry.what).trim().to_owned());
    }
    for entry in rest::requests(ctx) {
        push(entry.by, DateKind::Request, None, entry.what);
    }
    for period in &ctx.year.settings().periods {
        let (due, label) = (period.due_in(ctx.year.year).map(Day), period.title());
        push(due, DateKind::Progress, None, label.to_owned());
    }
    for GoalState { goal, .. } in goals {
        let id = Some(goal.id.as_str());
        for action in &goal.actions {
            push(action.by, DateKind::Action, id, action.what.clone());
        }
        for budget in &goal.budget {
            push(budget.start, DateKind::Budget, id, budget.project.clone());
        }
        for measure in goal.measures.iter().filter(|measure| measure.target.is_some()) {
            let by = measure.target_by.or(Some(Day(ctx.year.year.last_day())));
            let target = measure.target.clone().unwrap_or_default();
            let name = &measure.name;
            push(by, DateKind::Target, id, say!("{name} {target}", "{name} {target}").get(ctx.lang).to_owned());
        }
    }
    dates.sort_by_key(|date| (date.day, date.kind));
    dates
}
