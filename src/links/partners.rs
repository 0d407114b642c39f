//! 庁内連携 from both sides: what one department says of working with another (K411, packets).

use std::collections::BTreeSet;

use crate::city::year::Year;
use crate::links::Links;

/// What the plan of one department says of another department.
#[derive(Debug, Clone, Default)]
pub struct Side<'y> {
    /// Its goals that name the other as partner, by id; an empty id where a goal has none.
    pub names: Vec<&'y str>,
    /// Goals of the other that it lists under `supports`, by id.
    pub supports: Vec<&'y str>,
}

impl Links {
    /// The departments of the organization that a judged department speaks of, or that speak of it.
    pub fn counterparts(&self, year: &Year<'_>, own: usize) -> BTreeSet<usize> {
        let Some((department, plan)) = year.departments.get(own).zip(self.plans.get(own)) else {
            return BTreeSet::new();
        };
        let by = self.spoken_of.get(department.index).into_iter().flatten();
        let mut all = plan.speaks_of();
        all.extend(by.filter_map(|index| year.departments.get(*index)).map(|other| other.index));
        all
    }

    /// What the plan of a judged department (an index into the year's) says of a department of the
    /// organization; nothing where there is no plan to look at.
    pub fn side<'y>(&self, year: &'y Year<'_>, own: usize, other: usize) -> Side<'y> {
        let Some((department, plan)) = year.departments.get(own).and_then(|own| Some((own, own.plan?))) else {
            return Side::default();
        };
        if department.index == other {
            return Side::default();
        }
        let mut side = Side::default();
        for (goal, links) in plan.goals.iter().zip(&self.plans[own].goals) {
            if links.partners.iter().any(|partner| partner.department == other) {
                push(&mut side.names, goal.id());
            }
        }
        for (goal, owner) in plan.supports.iter().zip(&self.plans[own].supports) {
            if *owner == Some(other) {
                push(&mut side.supports, &goal.value.goal);
            }
        }
        side
    }
}

/// True when the partner answers a goal that names it: a goal of the partner names us as well, or it
/// lists the goal under `supports`.
pub fn is_met(goal: &str, partner: &Side<'_>) -> bool {
    !partner.names.is_empty() || partner.supports.contains(&goal)
}

fn push<'y>(ids: &mut Vec<&'y str>, id: &'y str) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}
