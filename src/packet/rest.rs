//! The lists of a plan: review, information, reform, viewpoints, handover, follow-ups.

use crate::model::{Plan, Text};
use crate::packet::goals::texts;
use crate::packet::refs::{Ctx, words};
use crate::packet::{
    Day, FollowUpFacts, HandoverFacts, InformationFacts, PlanFacts, ReformFacts, RequestFacts, ReviewFacts,
    SignerFacts, ViewpointFacts,
};

fn day(day: &Option<crate::model::Val<crate::date::Date>>) -> Option<Day> {
    day.as_ref().map(|day| Day(day.value))
}

fn from_plan<T>(ctx: &Ctx<'_>, list: impl Fn(&Plan) -> Vec<T>) -> Vec<T> {
    ctx.plan().map(list).unwrap_or_default()
}

pub(crate) fn plan_facts(ctx: &Ctx<'_>) -> PlanFacts {
    let department = ctx.dept();
    let plan = ctx.plan();
    let signer = |signer: &crate::model::Signer| SignerFacts {
        post: words(&signer.post),
        name: words(&signer.name),
        since: day(&signer.since),
        until: day(&signer.until),
    };
    let status = |plan: &Plan| {
        plan.status.as_ref().map(|status| match status.value {
            crate::model::Status::Draft => "draft",
            crate::model::Status::Submitted => "submitted",
            crate::model::Status::Settled => "settled",
        })
    };
    // A plan that cannot be read as a whole may still say that it is an example.
    let parts = department.file.and_then(|file| ctx.year.city.file(file).plan());
    PlanFacts {
        path: department.file.map(|file| ctx.year.city.file(file).path.clone()),
        state: department.state.id(),
        status: plan.and_then(status),
        example: parts.is_some_and(|plan| plan.example),
        written: plan.and_then(|plan| day(&plan.written)),
        submitted: plan.and_then(|plan| day(&plan.submitted)),
        signers: plan.map(|plan| plan.signers.iter().map(signer).collect()).unwrap_or_default(),
    }
}

pub(crate) fn requests(ctx: &Ctx<'_>) -> Vec<RequestFacts> {
    from_plan(ctx, |plan| {
        let entry = |it: &crate::model::Request| Some(RequestFacts { what: words(&it.what)?, by: day(&it.by) });
        plan.requests.iter().filter_map(entry).collect()
    })
}

pub(crate) fn review(ctx: &Ctx<'_>) -> Vec<ReviewFacts> {
    from_plan(ctx, |plan| {
        let entry = |it: &crate::model::ReviewEntry| {
            let mut subjects: Vec<String> = it.items.iter().map(|subject| ctx.subject(&subject.value)).collect();
            subjects.extend(ctx.goal_refs(&it.goals));
            let (status, analysis, remaining) = (words(&it.status), words(&it.analysis), words(&it.remaining));
            ReviewFacts { subjects, status, analysis, remaining }
        };
        plan.review.iter().map(entry).collect()
    })
}

pub(crate) fn information(ctx: &Ctx<'_>) -> Vec<InformationFacts> {
    from_plan(ctx, |plan| {
        let entry = |it: &crate::model::Information| InformationFacts {
            source: words(&it.source),
            date: day(&it.date),
            finding: words(&it.finding),
            goals: ctx.goal_refs(&it.goals),
        };
        plan.information.iter().map(entry).collect()
    })
}

pub(crate) fn reform(ctx: &Ctx<'_>) -> Vec<ReformFacts> {
    from_plan(ctx, |plan| {
        let entry = |it: &crate::model::Reform| ReformFacts {
            what: words(&it.what),
            before: words(&it.before),
            after: words(&it.after),
            stops: words(&it.stops),
            goals: ctx.goal_refs(&it.goals),
        };
        plan.reform.iter().map(entry).collect()
    })
}

/// Each viewpoint of the memo, with the words of each goal or none.
pub(crate) fn viewpoints(ctx: &Ctx<'_>) -> Vec<ViewpointFacts> {
    let Some(plan) = ctx.plan() else { return Vec::new() };
    let one = |(index, (_, label)): (usize, &(String, String))| {
        let goal = |(goal, links): (&crate::model::Goal, &crate::links::GoalLinks)| {
            let entry = links.viewpoints.iter().position(|found| *found == Some(index));
            let text = entry.and_then(|entry| words(&goal.viewpoints[entry].1));
            (goal.id().to_owned(), goal.name().to_owned(), text)
        };
        ViewpointFacts {
            label: label.clone(),
            goals: plan.goals.iter().zip(&ctx.plan_links().goals).map(goal).collect(),
        }
    };
    ctx.year.names.viewpoints.entries().iter().enumerate().map(one).collect()
}

pub(crate) fn handover(ctx: &Ctx<'_>) -> Vec<HandoverFacts> {
    from_plan(ctx, |plan| {
        let entry = |it: &crate::model::HandoverRecord| HandoverFacts {
            post: words(&it.post),
            predecessor: words(&it.predecessor),
            successor: words(&it.successor),
            notified: day(&it.notified),
            completed: day(&it.completed),
            not_needed: words(&it.not_needed),
            open_matters: texts(&it.open_matters),
        };
        plan.handover.iter().map(entry).collect()
    })
}

pub(crate) fn follow_ups(ctx: &Ctx<'_>) -> Vec<FollowUpFacts> {
    from_plan(ctx, |plan| {
        let entry = |it: &crate::model::FollowUp| FollowUpFacts {
            id: it.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default(),
            what: words(&it.what).unwrap_or_default(),
            division: it.division.as_ref().map(|name| ctx.division_named(&name.text)),
            by: day(&it.by),
            done_on: day(&it.done_on),
        };
        plan.follow_ups.iter().map(entry).collect()
    })
}

/// The mission, as one sentence: its lines joined.
pub(crate) fn mission(ctx: &Ctx<'_>) -> Option<String> {
    let text = ctx.plan()?.mission.as_ref().and_then(Text::says)?;
    Some(text.lines().map(str::trim).collect())
}
