//! 庁内連携 as a two-way check: what each side names, and whether the other side answers (K411).

use std::collections::BTreeMap;

use crate::coverage::with_plan;
use crate::model::{Goal, Plan};
use crate::packet::PartnerCheck;
use crate::packet::refs::Ctx;

/// One entry for each department that we name or that names us, in the organization's order.
pub(super) fn partners(ctx: &Ctx<'_>) -> Vec<PartnerCheck> {
    let Some(plan) = ctx.plan() else { return Vec::new() };
    let own = ctx.dept().index;
    let mut checks: BTreeMap<usize, PartnerCheck> = BTreeMap::new();
    for (goal, links) in plan.goals.iter().zip(&ctx.plan_links().goals) {
        for partner in links.partners.iter().filter(|partner| partner.department != own) {
            push(&mut entry(ctx, &mut checks, partner.department).ours, goal.id());
        }
    }
    supported(ctx, plan, None, &mut |department, goal| {
        push(&mut entry(ctx, &mut checks, department).we_support, goal);
    });
    for (index, department, other) in with_plan(ctx.year).filter(|(index, ..)| *index != ctx.index) {
        for (goal, links) in other.goals.iter().zip(&ctx.links.plans[index].goals) {
            if links.partners.iter().any(|partner| partner.department == own) {
                push(&mut entry(ctx, &mut checks, department.index).theirs, goal.id());
            }
        }
        supported(ctx, other, Some(own), &mut |_, goal| {
            push(&mut entry(ctx, &mut checks, department.index).they_support, goal);
        });
    }
    checks.into_values().map(|check| settle(ctx, plan, check)).collect()
}

fn push(goals: &mut Vec<String>, id: &str) {
    if !goals.iter().any(|other| other == id) {
        goals.push(id.to_owned());
    }
}

fn entry<'c>(ctx: &Ctx<'_>, checks: &'c mut BTreeMap<usize, PartnerCheck>, department: usize) -> &'c mut PartnerCheck {
    let organization = &ctx.year.docs.organization.departments;
    checks.entry(department).or_insert_with(|| PartnerCheck {
        department: organization[department].title().to_owned(),
        ours: Vec::new(),
        we_support: Vec::new(),
        theirs: Vec::new(),
        they_support: Vec::new(),
        known: ctx.year.judged(department).is_some_and(|index| ctx.year.departments[index].plan.is_some()),
        unmet_ours: Vec::new(),
        unmet_theirs: Vec::new(),
        place: None,
    })
}

/// The goals under `supports`, of all departments or of one.
fn supported(ctx: &Ctx<'_>, plan: &Plan, of: Option<usize>, each: &mut dyn FnMut(usize, &str)) {
    for goal in &plan.supports {
        let department = goal.value.department.as_ref().and_then(|id| ctx.year.names.department(id).found());
        if let Some(department) = department.filter(|department| of.is_none_or(|of| of == *department)) {
            each(department, &goal.value.goal);
        }
    }
}

fn settle(ctx: &Ctx<'_>, plan: &Plan, mut check: PartnerCheck) -> PartnerCheck {
    if !check.known {
        return check;
    }
    let open = |goals: &[String], back: &[String], supported: &[String]| -> Vec<String> {
        let unmet = |goal: &&String| back.is_empty() && !supported.contains(goal);
        goals.iter().filter(unmet).cloned().collect()
    };
    check.unmet_ours = open(&check.ours, &check.theirs, &check.they_support);
    check.unmet_theirs = open(&check.theirs, &check.ours, &check.we_support);
    let goal = check.unmet_ours.first().and_then(|id| plan.goals.iter().find(|goal| goal.id() == id));
    let span = goal.map_or_else(|| plan.place_for("supports"), Goal::handle);
    check.place = ctx.location(span);
    check
}
