//! What a leaf lacks, in words, and where to write it.

use crate::coverage::{CellState, DeclineFault, HandedOver, SpokenOf, Told, is_measured, is_reviewed, newcomers, told};
use crate::lang::Say;
use crate::model::{AnsweredBy, Plan, Text};
use crate::packet::Location;
use crate::packet::refs::{Ctx, listed};
use crate::place::Span;
use crate::say;

/// What a leaf lacks, as a clause without full stop.
pub(super) fn lack(ctx: &Ctx<'_>, leaf: usize) -> Say {
    let (facts, cell) = (&ctx.year.leaves[leaf], ctx.cell(leaf));
    if cell.state == CellState::Unreadable {
        return say!("計画を読み取れません", "the plan cannot be read");
    }
    let Some(plan) = ctx.plan() else { return say!("計画がありません", "there is no plan") };
    if let Some(fault) = cell.decline_fault {
        let why = fault_words(fault);
        let (ja, en) = (why.ja, why.en);
        return say!("非該当とありますが、{ja}", "declined, but {en}");
    }
    if cell.stale {
        let since = facts.amended.map(|since| ctx.day(since)).unwrap_or_default();
        return say!(
            "項目の文言が{since}に改まった後、見直されていません",
            "not looked at again since the wording changed on {since}"
        );
    }
    lack_of_way(ctx, plan, leaf)
}

fn lack_of_way(ctx: &Ctx<'_>, plan: &Plan, leaf: usize) -> Say {
    let facts = &ctx.year.leaves[leaf];
    let partial = ctx.cell(leaf).state == CellState::Partial;
    match facts.answered_by {
        AnsweredBy::Citation => {
            say!("応える目標も部の方針もありません", "neither a goal nor a response answers it")
        }
        AnsweredBy::Goal if partial => {
            say!("部の方針の言葉だけで、応える目標がありません", "only words answer it, no goal does")
        }
        AnsweredBy::Goal => say!("応える目標がありません", "no goal answers it"),
        AnsweredBy::Viewpoint => {
            let without = without_viewpoint(ctx, plan, facts.viewpoint);
            let label = facts.viewpoint.map(|index| ctx.year.names.viewpoints.entries()[index].1.clone());
            let (goals, label) = (listed(&without, ctx.lang), label.unwrap_or_default());
            say!("目標 {goals} に{label}の記載がありません", "no words on {label} in {goals}")
        }
        AnsweredBy::Plan if !plan.goals.iter().any(is_measured) => {
            say!("指標（又は指標がない理由）のある目標がありません", "no goal has a measure or a reason for none")
        }
        AnsweredBy::Plan => say!("運営方針の記載がありません", "the direction is missing"),
        AnsweredBy::Review => {
            let goals = listed(&unreviewed(ctx, plan), ctx.lang);
            say!("目標 {goals} の検証・分析がありません", "no review of {goals}")
        }
        AnsweredBy::Information if partial => {
            say!("情報収集に、出どころか分かったことが欠けています", "information lacks its source or its finding")
        }
        AnsweredBy::Information => say!("情報収集の記載がありません", "no information was gathered"),
        AnsweredBy::Reform if partial => {
            say!("業務改革に、改める前か後の姿が欠けています", "a reform lacks its before or its after")
        }
        AnsweredBy::Reform => say!("業務改革の記載がありません", "no reform is described"),
        AnsweredBy::Interview => say!("計画が下書きのままです", "the plan is still a draft"),
        AnsweredBy::Handover => {
            let posts = listed(&not_handed_over(ctx, plan), ctx.lang);
            say!("{posts}の事務引継ぎの完了が記録されていません", "no completed handover for {posts}")
        }
    }
}

fn ids<'p>(goals: impl Iterator<Item = &'p crate::model::Goal>) -> Vec<String> {
    goals.map(|goal| goal.id().to_owned()).collect()
}

fn without_viewpoint(ctx: &Ctx<'_>, plan: &Plan, viewpoint: Option<usize>) -> Vec<String> {
    let silent = |(goal, links): &(&crate::model::Goal, &crate::links::GoalLinks)| {
        let entry = links.viewpoints.iter().position(|index| index.is_some() && *index == viewpoint);
        entry.is_none_or(|entry| told(&goal.viewpoints[entry].1) != Told::Yes)
    };
    ids(plan.goals.iter().zip(&ctx.plan_links().goals).filter(silent).map(|(goal, _)| goal))
}

fn unreviewed(ctx: &Ctx<'_>, plan: &Plan) -> Vec<String> {
    let reviewed = plan.review.iter().filter(|entry| is_reviewed(entry));
    let spoken = SpokenOf::new(ctx.year, ctx.dept().id(), reviewed);
    ids(plan.goals.iter().filter(|goal| !spoken.holds(goal)))
}

fn not_handed_over(ctx: &Ctx<'_>, plan: &Plan) -> Vec<String> {
    let complete = HandedOver::new(plan);
    let post = |signer: &crate::model::Signer| signer.post.as_ref().and_then(Text::says).unwrap_or_default().to_owned();
    newcomers(ctx.year, plan).filter(|signer| !complete.holds(signer)).map(post).collect()
}

/// Where the department would write.
pub(super) fn place(ctx: &Ctx<'_>, leaf: usize) -> Option<Location> {
    place_span(ctx, leaf).and_then(|span| ctx.location(span))
}

pub(super) fn place_span(ctx: &Ctx<'_>, leaf: usize) -> Option<Span> {
    let plan = ctx.plan()?;
    let cell = ctx.cell(leaf);
    if let Some(decline) = cell.decline.and_then(|index| plan.not_applicable.get(index)) {
        return Some(decline.span);
    }
    if cell.stale
        && let Some(goal) = cell.goals.iter().next().and_then(|index| plan.goals.get(index))
    {
        return Some(goal.handle());
    }
    Some(match ctx.year.leaves[leaf].answered_by {
        AnsweredBy::Citation => plan.place_for("responses"),
        AnsweredBy::Goal => plan.place_for("goals"),
        AnsweredBy::Viewpoint => {
            let first = without_viewpoint(ctx, plan, ctx.year.leaves[leaf].viewpoint).into_iter().next();
            let goal = first.and_then(|id| plan.goals.iter().find(|goal| goal.id() == id));
            goal.map_or_else(|| plan.place_for("goals"), crate::model::Goal::handle)
        }
        AnsweredBy::Plan => plan.place_for("direction"),
        AnsweredBy::Review => plan.place_for("review"),
        AnsweredBy::Information => plan.place_for("information"),
        AnsweredBy::Reform => plan.place_for("reform"),
        AnsweredBy::Interview => plan.place_for("status"),
        AnsweredBy::Handover => plan.place_for("handover"),
    })
}

/// Why a decline does not hold.
pub(super) fn fault_words(fault: DeclineFault) -> Say {
    match fault {
        DeclineFault::NoReason => say!("理由がありません", "no reason is given"),
        DeclineFault::NotAllowed => {
            say!("この部が応えることを求められている項目です", "this department is asked to answer it")
        }
        DeclineFault::Unheld => {
            say!("担当するとされた部にも記載がありません", "the department named does not answer it either")
        }
        DeclineFault::UnknownHandler => {
            say!("担当するとされた部の名称が見当たりません", "the department named does not exist")
        }
    }
}
