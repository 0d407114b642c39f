//! Budget projects that begin after the day that the city calls early (item 3-8).

use crate::model::{Budget, Goal};
use crate::packet::Question;
use crate::packet::questions::{QuestionKind, about};
use crate::packet::refs::{Ctx, number, short, words};
use crate::say;

/// The latest first.
pub(super) fn find(ctx: &Ctx<'_>) -> Vec<Question> {
    let (Some(plan), Some(until)) = (ctx.plan(), ctx.year.early_start_until()) else { return Vec::new() };
    let mut late: Vec<(&Goal, &Budget, crate::date::Date)> = Vec::new();
    for goal in &plan.goals {
        for entry in &goal.budget {
            if let Some(start) = entry.start.as_ref().filter(|start| start.value > until) {
                late.push((goal, entry, start.value));
            }
        }
    }
    late.sort_by_key(|(.., start)| std::cmp::Reverse(*start));
    let question = |(goal, entry, start): (&Goal, &Budget, crate::date::Date)| {
        let begun = start <= ctx.year.day;
        let (start, until, id) = (ctx.day(start), ctx.day(until), goal.id());
        let project = words(&entry.project).unwrap_or_default();
        let amount = entry.thousand_yen.as_ref().map(|value| number(value.value)).unwrap_or_default();
        let reason = match words(&entry.late_reason).map(|reason| short(&reason, 48)) {
            Some(why) => say!(
                "{id}の予算事業「{project}」（{amount}千円）の開始は{start}で、早期着手の目安（{until}）より後です。理由は「{why}」とあります。",
                "The budget project {project} of {id} ({amount} thousand yen) begins on {start}, after {until}. The reason given: {why}."
            ),
            None => say!(
                "{id}の予算事業「{project}」（{amount}千円）の開始は{start}で、早期着手の目安（{until}）より後です。理由の記載がありません。",
                "The budget project {project} of {id} ({amount} thousand yen) begins on {start}, after {until}, with no reason given."
            ),
        };
        let ask = if begun {
            say!(
                "{start}に始まりましたか。年度内に終わりますか。",
                "Did it begin on {start}, and will it be finished within the year?"
            )
        } else {
            say!(
                "{start}より前にできる準備は何ですか。年度内に終わりますか。",
                "What can be prepared before {start}, and will it be finished within the year?"
            )
        };
        about(ctx, QuestionKind::LateStart, goal, reason, ask, entry.span)
    };
    late.into_iter().map(question).collect()
}
