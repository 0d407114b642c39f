//! What the department must answer and does not, or only half.

use crate::city::year::PlanState;
use crate::coverage::CellState;
use crate::lang::Say;
use crate::model::AnsweredBy;
use crate::packet::lack::{lack, place_span};
use crate::packet::questions::about_item;
use crate::packet::refs::{Ctx, directive};
use crate::packet::{ItemRef, Question};
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
