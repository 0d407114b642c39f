//! Goals of which nobody has written how far they are, though the day for it has passed.

use crate::packet::questions::QuestionKind;
use crate::packet::refs::{Ctx, listed};
use crate::packet::{OverdueFacts, Question};
use crate::say;

/// One question, about the period that was due last: who knows it knows the earlier ones.
pub(super) fn find(ctx: &Ctx<'_>, overdue: &[OverdueFacts]) -> Vec<Question> {
    let Some(last) = overdue.iter().max_by_key(|entry| entry.due) else { return Vec::new() };
    let goals: Vec<String> =
        overdue.iter().filter(|entry| entry.due == last.due).map(|entry| entry.goal.clone()).collect();
    let (period, due) = (&last.period, ctx.day(last.due.0));
    let all = ctx.plan().is_some_and(|plan| plan.goals.len() == goals.len() && goals.len() > 1);
    let (count, names) = (goals.len(), listed(&goals, ctx.lang));
    let reason = if all {
        say!(
            "{count}つの目標のどれにも、{period}の進み具合の記載がありません（期限 {due}）。",
            "None of the {count} goals has an entry on its progress for {period} (due {due})."
        )
    } else {
        say!(
            "{names}に、{period}の進み具合の記載がありません（期限 {due}）。",
            "There is no entry on the progress of {names} for {period} (due {due})."
        )
    };
    let ask = say!(
        "今の実績値はいくつですか。目標値に届く見込みはどうですか。",
        "What are the actuals now? Will the targets be reached?"
    );
    let first = ctx.plan().and_then(|plan| plan.goals.iter().find(|goal| goal.id() == goals[0]));
    vec![Question {
        kind: QuestionKind::NoProgress,
        items: Vec::new(),
        goals,
        reason: ctx.say(reason),
        ask: ctx.say(ask),
        place: first.and_then(|goal| ctx.location(goal.handle())),
    }]
}
