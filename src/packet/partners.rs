//! 庁内連携 as a two-way check: what each side names, and whether the other side answers (K411).

use crate::links::{Side, is_met};
use crate::model::{Goal, Plan};
use crate::packet::PartnerCheck;
use crate::packet::refs::Ctx;

/// One entry for each department that we name or that names us, in the organization's order.
pub(crate) fn partners(ctx: &Ctx<'_>) -> Vec<PartnerCheck> {
    let Some(plan) = ctx.plan() else { return Vec::new() };
    let others = ctx.links.counterparts(ctx.year, ctx.index).into_iter();
    others.filter_map(|other| check(ctx, plan, other)).collect()
}

/// What we and another department, an index into the organization, say of each other.
fn check(ctx: &Ctx<'_>, plan: &Plan, other: usize) -> Option<PartnerCheck> {
    let year = ctx.year;
    let ours = ctx.links.side(year, ctx.index, other);
    let judged = year.judged(other);
    let theirs = judged.map(|index| ctx.links.side(year, index, ctx.dept().index)).unwrap_or_default();
    let silent = |side: &Side<'_>| side.names.is_empty() && side.supports.is_empty();
    if silent(&ours) && silent(&theirs) {
        return None;
    }
    let known = judged.is_some_and(|index| year.departments[index].plan.is_some());
    let unmet = |own: &Side<'_>, back: &Side<'_>| -> Vec<String> {
        owned(own.names.iter().copied().filter(|goal| known && !is_met(goal, back)))
    };
    let (unmet_ours, unmet_theirs) = (unmet(&ours, &theirs), unmet(&theirs, &ours));
    let goal = unmet_ours.first().and_then(|id| plan.goals.iter().find(|goal| goal.id() == id));
    let span = goal.map_or_else(|| plan.place_for("supports"), Goal::handle);
    Some(PartnerCheck {
        department: year.docs.organization.departments[other].title().to_owned(),
        ours: owned(ours.names.into_iter()),
        we_support: owned(ours.supports.into_iter()),
        theirs: owned(theirs.names.into_iter()),
        they_support: owned(theirs.supports.into_iter()),
        known,
        unmet_ours,
        unmet_theirs,
        place: if known { ctx.location(span) } else { None },
    })
}

fn owned<'s>(ids: impl Iterator<Item = &'s str>) -> Vec<String> {
    ids.map(str::to_owned).collect()
}
