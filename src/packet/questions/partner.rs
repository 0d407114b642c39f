//! Two departments that do not say the same: one names the other as partner, the other does not.

use crate::packet::questions::QuestionKind;
use crate::packet::refs::{Ctx, listed};
use crate::packet::{PartnerCheck, Question};
use crate::say;

pub(super) fn find(ctx: &Ctx<'_>, partners: &[PartnerCheck]) -> Vec<Question> {
    let mut found = Vec::new();
    for check in partners {
        if !check.unmet_ours.is_empty() {
            found.push(question(ctx, check, true));
        }
        if !check.unmet_theirs.is_empty() {
            found.push(question(ctx, check, false));
        }
    }
    found
}

/// `ours`: we name them and they do not; else the reverse.
fn question(ctx: &Ctx<'_>, check: &PartnerCheck, ours: bool) -> Question {
    let (own, other) = (ctx.dept().name(), check.department.as_str());
    let goals = if ours { &check.unmet_ours } else { &check.unmet_theirs };
    let titled = listed(&titles(ctx, other, goals, ours), ctx.lang);
    let (reason, ask) = if ours {
        (
            say!(
                "{own}は{titled}で{other}と連携すると書いていますが、{other}の計画にありません。",
                "{own} names {other} as partner in {titled}, but {other}'s plan does not say so."
            ),
            say!(
                "{other}に何を、いつまでに頼みますか。{other}とは話が付いていますか。",
                "What will you ask of {other}, by when, and has {other} agreed?"
            ),
        )
    } else {
        (
            say!(
                "{other}は{titled}で{own}と連携すると書いていますが、{own}の計画にありません。",
                "{other} names {own} as partner in {titled}, but {own}'s plan does not say so."
            ),
            say!(
                "{own}は何を引き受けますか。引き受けないなら、{other}に伝えましたか。",
                "What does {own} take on? If nothing, has {other} been told?"
            ),
        )
    };
    let place = check.place.clone().filter(|_| ours).or_else(|| {
        let plan = ctx.plan()?;
        ctx.location(plan.place_for("supports"))
    });
    Question {
        kind: QuestionKind::Contradiction,
        items: Vec::new(),
        goals: if ours { goals.clone() } else { Vec::new() },
        reason: ctx.say(reason),
        ask: ctx.say(ask),
        place,
    }
}

fn titles(ctx: &Ctx<'_>, other: &str, goals: &[String], ours: bool) -> Vec<String> {
    let plan = if ours {
        ctx.plan()
    } else {
        ctx.year.departments.iter().find(|department| department.name() == other).and_then(|it| it.plan)
    };
    let title = |id: &String| {
        let goal = plan.and_then(|plan| plan.goals.iter().find(|goal| goal.id() == id));
        match goal.map(crate::model::Goal::name).filter(|name| !name.is_empty()) {
            Some(name) => format!("{id}「{name}」"),
            None => id.clone(),
        }
    };
    goals.iter().map(title).collect()
}
