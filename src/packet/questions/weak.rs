//! Goals that cannot be measured well: no measure, no baseline, only output measures, a target not
//! beyond the baseline.

use crate::coverage::is_measured;
use crate::lang::Say;
use crate::model::{Goal, Measure, Point};
use crate::packet::Question;
use crate::packet::questions::{QuestionKind, about};
use crate::packet::refs::{Ctx, amount, listed, words};
use crate::place::Span;
use crate::say;

/// No measure first, then targets that ask nothing, then lacks of baseline, then outputs only.
pub(super) fn find(ctx: &Ctx<'_>) -> Vec<Question> {
    let Some(plan) = ctx.plan() else { return Vec::new() };
    let mut found: Vec<(u8, Question)> = Vec::new();
    for goal in &plan.goals {
        if let Some((rank, reason, ask, span)) = weakness(ctx, goal) {
            found.push((rank, about(ctx, QuestionKind::WeakMeasure, goal, reason, ask, span)));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, question)| question).collect()
}

fn weakness(ctx: &Ctx<'_>, goal: &Goal) -> Option<(u8, Say, Say, Span)> {
    let (id, title) = (goal.id(), goal.name());
    if !is_measured(goal) {
        let reason = say!("{id}「{title}」に指標がありません。", "{id} {title} has no measure.");
        let ask = say!(
            "年度末に、何がどうなっていれば達成と言えますか。",
            "What must have changed by the end of the year for it to count as reached?"
        );
        return Some((0, reason, ask, goal.handle()));
    }
    if let Some(measure) = goal.measures.iter().find(|measure| is_flat(measure)) {
        return Some(flat(goal, measure));
    }
    let no_baseline = |measure: &&Measure| measure.is_told() && !measure.baseline.as_ref().is_some_and(Point::is_told);
    if let Some(measure) = goal.measures.iter().find(no_baseline) {
        let name = words(&measure.name).unwrap_or_default();
        let target = amount(measure.target.as_ref(), measure.unit.as_ref()).unwrap_or_default();
        let reason = say!(
            "{id}の指標「{name}」は、目標値（{target}）はありますが、現状値がありません。",
            "The measure {name} of {id} has a target ({target}) but no baseline."
        );
        let ask = say!("今の値はいくつで、いつ分かりますか。", "What is the value now, or when will it be known?");
        return Some((2, reason, ask, measure.span));
    }
    let output = |measure: &Measure| measure.kind.as_ref().is_some_and(|kind| kind.value.id == "output");
    if !goal.measures.is_empty() && goal.measures.iter().all(output) {
        let names: Vec<String> = goal.measures.iter().filter_map(|measure| words(&measure.name)).take(2).collect();
        let names = listed(&names, ctx.lang);
        let reason = say!(
            "{id}「{title}」の指標は活動指標（{names}）だけです。",
            "{id} {title} has output measures only ({names})."
        );
        let ask = say!(
            "それで市民にとって何がどれだけ変わったかは、何で測りますか。",
            "How will you measure what changes for citizens?"
        );
        return Some((3, reason, ask, goal.handle()));
    }
    None
}

fn flat(goal: &Goal, measure: &Measure) -> (u8, Say, Say, Span) {
    let id = goal.id();
    let name = words(&measure.name).unwrap_or_default();
    let words = |point: &Option<Point>| amount(point.as_ref(), measure.unit.as_ref()).unwrap_or_default();
    let (baseline, target) = (words(&measure.baseline), words(&measure.target));
    let reason = say!(
        "{id}の指標「{name}」の目標値（{target}）は、現状値（{baseline}）より良くなっていません。",
        "The target of {name} in {id} ({target}) is no better than the baseline ({baseline})."
    );
    let ask =
        say!("現状より良くする目標にできない事情は何ですか。", "What keeps the target from being better than today?");
    (1, reason, ask, measure.span)
}

/// True when the target is no better than the baseline (K408); what shall stay the same is no lack.
fn is_flat(measure: &Measure) -> bool {
    measure.direction() != "same" && measure.not_beyond().is_some()
}
