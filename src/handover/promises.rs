//! What was promised to whom.

use crate::handover::{Promise, PromisedTo};
use crate::lang::Lang;
use crate::packet::refs::Ctx;
use crate::packet::{PartnerCheck, front, goals, partners, rest};
use crate::say;

/// To the interviewers first, then to citizens, other departments, partners outside.
pub(super) fn promises(ctx: &Ctx<'_>) -> Vec<Promise> {
    let mut all = to_interviewers(ctx);
    all.extend(to_citizens(ctx));
    for check in partners::partners(ctx) {
        all.extend(to_department(&check, ctx.lang));
    }
    all.extend(outside(ctx));
    all
}

fn promise(to: PromisedTo, name: Option<String>, what: String, goals: Vec<String>) -> Promise {
    Promise { to, name, what, goals, by: None, done_on: None, agreed: None }
}

fn to_interviewers(ctx: &Ctx<'_>) -> Vec<Promise> {
    let mut titles: Vec<String> = front::interviews(ctx).into_iter().filter_map(|slot| slot.interviewer).collect();
    titles.dedup();
    let name = (!titles.is_empty()).then(|| titles.join(ctx.lang.pick("、", ", ")));
    let entry = |it: crate::packet::FollowUpFacts| Promise {
        by: it.by,
        done_on: it.done_on,
        ..promise(PromisedTo::Interviewer, name.clone(), format!("{} {}", it.id, it.what).trim().to_owned(), Vec::new())
    };
    rest::follow_ups(ctx).into_iter().map(entry).collect()
}

fn to_citizens(ctx: &Ctx<'_>) -> Vec<Promise> {
    let entry = |goal: crate::packet::GoalFacts| {
        Some(promise(PromisedTo::Citizens, None, goal.outcome.filter(|text| !text.is_empty())?, vec![goal.id]))
    };
    goals::goals(ctx).into_iter().filter_map(entry).collect()
}

fn to_department(check: &PartnerCheck, lang: Lang) -> Option<Promise> {
    let mut what = Vec::new();
    let list = |ids: &[String]| ids.join(lang.pick("、", ", "));
    if !check.ours.is_empty() {
        let goals = list(&check.ours);
        what.push(say!("目標 {goals} を共に進める", "work together on {goals}").get(lang).to_owned());
    }
    if !check.we_support.is_empty() {
        let goals = list(&check.we_support);
        what.push(say!("相手の目標 {goals} に協力する", "support their {goals}").get(lang).to_owned());
    }
    // What only they write was not promised by us, but they count on it.
    if !check.unmet_theirs.is_empty() {
        let goals = list(&check.unmet_theirs);
        what.push(
            say!("相手の目標 {goals} で連携先とされている", "named as partner in their {goals}").get(lang).to_owned(),
        );
    }
    let agreed = check.known.then_some(check.unmet_ours.is_empty() && check.unmet_theirs.is_empty());
    let words = what.join(lang.pick("。", "; "));
    let name = Some(check.department.clone());
    (!words.is_empty()).then(|| Promise { agreed, ..promise(PromisedTo::Department, name, words, check.ours.clone()) })
}

/// Partners outside, each once, with the goals that name it.
fn outside(ctx: &Ctx<'_>) -> Vec<Promise> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for goal in goals::goals(ctx) {
        for partner in goal.outside_partners {
            match found.iter_mut().find(|(name, _)| *name == partner) {
                Some((_, goals)) => goals.push(goal.id.clone()),
                None => found.push((partner, vec![goal.id.clone()])),
            }
        }
    }
    let entry = |(name, goals): (String, Vec<String>)| {
        let list = goals.join(ctx.lang.pick("、", ", "));
        let what = say!("目標 {list} を共に進める", "work together on {list}");
        promise(PromisedTo::Outside, Some(name), what.get(ctx.lang).to_owned(), goals)
    };
    found.into_iter().map(entry).collect()
}
