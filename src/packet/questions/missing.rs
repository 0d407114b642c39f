//! What the department must answer and does not, or only half.

use crate::city::year::PlanState;
use crate::coverage::{CellState, HandedOver, SpokenOf, Told, is_measured, is_reviewed, newcomers, told};
use crate::lang::Say;
use crate::model::{AnsweredBy, Plan, Text};
use crate::packet::items::fault_words;
use crate::packet::questions::about_item;
use crate::packet::refs::{Ctx, directive, listed};
use crate::packet::{ItemRef, Location, Question};
use crate::place::Span;
use crate::say;

/// One question an item, missing ones first.
pub(super) fn find(ctx: &Ctx<'_>) -> Vec<Question> {
    // Without a plan to look at there is one question; the memo's own words give the others.
    match ctx.dept().state {
        PlanState::Missing => return vec![no_plan(ctx)],
        PlanState::Unreadable => return vec![unreadable(ctx)],
        PlanState::Ok | PlanState::Draft => {}
    }
    let mut found = Vec::new();
    for state in [CellState::Missing, CellState::Partial] {
        for item in 0..ctx.year.items.len() {
            let mut leaves: Vec<usize> = ctx.year.items[item].leaves.clone().collect();
            leaves.retain(|leaf| ctx.cell(*leaf).must && ctx.cell(*leaf).state == state);
            if !leaves.is_empty() {
                found.push(question(ctx, item, &leaves));
            }
        }
    }
    found
}

fn no_plan(ctx: &Ctx<'_>) -> Question {
    let required = (0..ctx.year.leaves.len()).filter(|leaf| ctx.cell(*leaf).must).count();
    let reason = say!(
        "運営方針・組織目標が提出されていません。求められている{required}か所の全てが未記載です。",
        "No plan has been handed in: all {required} required places are missing."
    );
    let ask = say!(
        "いつまでに提出しますか。提出を妨げていることは何ですか。",
        "By when will it be handed in, and what stands in the way?"
    );
    about_item(ctx, Vec::new(), reason, ask, None)
}

fn unreadable(ctx: &Ctx<'_>) -> Question {
    let unread = |leaf: &usize| ctx.cell(*leaf).must && ctx.cell(*leaf).state == CellState::Unreadable;
    let count = (0..ctx.year.leaves.len()).filter(unread).count();
    let reason = say!(
        "計画のファイルを読み取れないため、{count}か所の記載を確かめられません（未記載とは限りません）。",
        "The plan's file cannot be read, so {count} places could not be looked at (they need not be missing)."
    );
    let ask = say!(
        "ファイルはいつ直りますか。それまで、基本方針の項目には口頭でどう応えますか。",
        "When will the file be mended? Until then, how do you answer the memo's items in words?"
    );
    about_item(ctx, Vec::new(), reason, ask, Some(Span::at(0)))
}

fn question(ctx: &Ctx<'_>, item: usize, leaves: &[usize]) -> Question {
    let short = ctx.year.items[item].item.title();
    let refs: Vec<ItemRef> = leaves.iter().map(|leaf| ctx.leaf_ref(*leaf)).collect();
    let first = leaves[0];
    let words = directive(&ctx.year.words(first), 60);
    let lack = match leaves {
        [leaf] => lack(ctx, *leaf),
        many => {
            let all: Vec<String> = many.iter().map(|leaf| lack(ctx, *leaf).get(ctx.lang).to_owned()).collect();
            let mut once = all.clone();
            once.dedup();
            Say::same(once.join(ctx.lang.pick("。", "; ")))
        }
    };
    let (ja, en) = (&lack.ja, &lack.en);
    let reason = if ctx.year.leaves[first].answered_by == AnsweredBy::Citation
        || ctx.year.leaves[first].answered_by == AnsweredBy::Goal
    {
        say!("「{short}」: {ja}。基本方針は「{words}」と求めています。", "{short}: {en}. The memo says {words}.")
    } else {
        say!("「{short}」: {ja}。", "{short}: {en}.")
    };
    about_item(ctx, refs, reason, ask(ctx, first), place_span(ctx, first))
}

fn ask(ctx: &Ctx<'_>, leaf: usize) -> Say {
    match ctx.year.leaves[leaf].answered_by {
        AnsweredBy::Citation if ctx.cell(leaf).stale => {
            say!("改まった文言を踏まえ、何を変えますか。", "What changes with the new wording?")
        }
        AnsweredBy::Citation => {
            say!("誰が、何を、いつまでに行いますか。", "Who does what, and by when?")
        }
        AnsweredBy::Goal => say!(
            "どの課が、何を目標に、いつまでに取り組みますか。",
            "Which division takes it on, with which goal, and by when?"
        ),
        AnsweredBy::Viewpoint => {
            say!("その取組で減らせる電気、燃料、紙は何ですか。", "Which power, fuel or paper can that work save?")
        }
        AnsweredBy::Plan => say!("今年度、何を成果とする部ですか。", "What will the department achieve this year?"),
        AnsweredBy::Review => say!(
            "昨年度はどこまでできて、何が残り、それはなぜですか。",
            "How far did last year go, what remains, and why?"
        ),
        AnsweredBy::Information => {
            say!("誰から何を聞き、計画のどこを変えましたか。", "Whom did you ask, and what did it change in the plan?")
        }
        AnsweredBy::Reform => say!("今年度、やめる仕事は何ですか。", "Which work will stop this year?"),
        AnsweredBy::Interview => say!("いつ提出しますか。", "When will it be handed in?"),
        AnsweredBy::Handover => {
            say!("引継ぎで残っていることは何ですか。", "What is still open from the handover?")
        }
    }
}

/// What a leaf lacks, as a clause without full stop.
pub(in crate::packet) fn lack(ctx: &Ctx<'_>, leaf: usize) -> Say {
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
pub(in crate::packet) fn place(ctx: &Ctx<'_>, leaf: usize) -> Option<Location> {
    place_span(ctx, leaf).and_then(|span| ctx.location(span))
}

fn place_span(ctx: &Ctx<'_>, leaf: usize) -> Option<Span> {
    let plan = ctx.plan()?;
    let cell = ctx.cell(leaf);
    if let Some(decline) = cell.decline.and_then(|index| plan.not_applicable.get(index)) {
        return Some(decline.span);
    }
    if cell.stale
        && let Some(goal) = cell.goals.first().and_then(|index| plan.goals.get(*index))
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
