//! Three to five questions, each with its reason: first what is missing, then whose progress nobody
//! has written down, what was not reached, what two departments say differently, what begins late, what cannot be measured. Where
//! nothing is wrong, the plan's hardest commitments are asked about.

mod commitment;
mod late;
pub(super) mod missing;
mod no_progress;
mod partner;
mod unmet;
mod weak;

use crate::lang::Say;
use crate::model::Goal;
use crate::packet::refs::Ctx;
use crate::packet::{ItemRef, OverdueFacts, PartnerCheck, Question, QuestionKind};
use crate::place::Span;

/// Most questions on page one.
const MOST: usize = 5;
/// As many as there shall be where little or nothing is wrong.
const ENOUGH: usize = 4;

/// The questions in the order in which they are asked.
pub(super) fn questions(ctx: &Ctx<'_>, partners: &[PartnerCheck], overdue: &[OverdueFacts]) -> Vec<Question> {
    let groups = [
        missing::find(ctx),
        no_progress::find(ctx, overdue),
        unmet::find(ctx),
        partner::find(ctx, partners),
        late::find(ctx),
        weak::find(ctx),
    ];
    let mut chosen = choose(groups);
    if chosen.len() < ENOUGH {
        let asked: Vec<String> = chosen.iter().flat_map(|question| question.goals.clone()).collect();
        let more = commitment::find(ctx, &asked);
        chosen.extend(more.into_iter().take(ENOUGH - chosen.len()));
    }
    chosen
}

/// All goals not reached or behind, however many.
pub(super) fn unmet(ctx: &Ctx<'_>) -> Vec<Question> {
    unmet::find(ctx)
}

/// At most three that are missing and two of each other kind; what is left over fills up.
fn choose(groups: [Vec<Question>; 6]) -> Vec<Question> {
    let (mut chosen, mut left) = (Vec::new(), Vec::new());
    for (order, group) in groups.into_iter().enumerate() {
        let most = if order == 0 { 3 } else { 2 };
        for (at, question) in group.into_iter().enumerate() {
            let list = if at < most && chosen.len() < MOST { &mut chosen } else { &mut left };
            list.push(question);
        }
    }
    let room = MOST.saturating_sub(chosen.len());
    // What only makes a measure weaker does not push a department to five questions.
    left.retain(|question| question.kind < QuestionKind::LateStart);
    chosen.extend(left.into_iter().take(room));
    chosen.sort_by_key(|question| question.kind);
    chosen
}

/// A question about goals.
fn about(ctx: &Ctx<'_>, kind: QuestionKind, goal: &Goal, reason: Say, ask: Say, span: Span) -> Question {
    Question {
        kind,
        items: ctx.cite_refs(&goal.cites).into_iter().take(3).collect(),
        goals: vec![goal.id().to_owned()],
        reason: ctx.say(reason),
        ask: ctx.say(ask),
        place: ctx.location(span),
    }
}

/// A question about an item.
fn about_item(ctx: &Ctx<'_>, items: Vec<ItemRef>, reason: Say, ask: Say, span: Option<Span>) -> Question {
    Question {
        kind: QuestionKind::Missing,
        items,
        goals: Vec::new(),
        reason: ctx.say(reason),
        ask: ctx.say(ask),
        place: span.and_then(|span| ctx.location(span)),
    }
}
