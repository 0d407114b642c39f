//! The only join of citations to items, and of names to what they name.
//!
//! Everything that rules, coverage, packets and the editor know of "who answers what" comes from
//! here; what could not be joined is listed as a [`LinkFault`].

mod fault;
mod names;
mod partners;
mod plan;

use std::collections::BTreeSet;

use crate::city::names::Unit;
use crate::city::year::{LeafLocation, Year};
use crate::place::Place;

pub use fault::{LinkFault, LinkFaultKind, Wanted};
pub use partners::{Side, is_met};

/// True for an unknown name where the file that should tell it could not be read.
fn is_untold(year: &Year<'_>, fault: &LinkFault) -> bool {
    let (LinkFaultKind::Unknown { wanted, .. } | LinkFaultKind::Malformed { wanted, .. }) = &fault.kind else {
        return false;
    };
    let file = match wanted {
        Wanted::Reference | Wanted::Node => year.files.references,
        Wanted::Period | Wanted::Rating => year.city.settings_file,
        _ => None,
    };
    file.is_some_and(|file| !year.city.file(file).is_readable())
}

/// The joined references of a year.
pub struct Links {
    /// One entry for each department of [`Year::departments`].
    pub plans: Vec<PlanLinks>,
    /// One entry for each slot of the interviews.
    pub meetings: Vec<Meeting>,
    /// What could not be joined, or only with a remark.
    pub faults: Vec<LinkFault>,
    /// For each department of the organization, whose plans (by index into the year's departments)
    /// speak of it as partner or support its goals.
    spoken_of: Vec<Vec<usize>>,
}

/// Who meets whom in one slot of the interviews; all by index into the organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The department.
    pub department: Option<usize>,
    /// Its division, where the slot is one of a division with its own interviewer.
    pub division: Option<usize>,
    /// Who interviews by the organization.
    pub regular: Option<usize>,
    /// Who interviews in this slot: a substitute, or the regular one.
    pub interviewer: Option<usize>,
}

impl Meeting {
    /// The department or division that is interviewed.
    pub fn unit(&self) -> Option<Unit> {
        self.department.map(|department| Unit { department, division: self.division })
    }
}

/// What one plan refers to.
#[derive(Debug, Clone, Default)]
pub struct PlanLinks {
    /// For each goal.
    pub goals: Vec<GoalLinks>,
    /// For each goal of others that is supported, whose it is (an index into the organization).
    pub supports: Vec<Option<usize>>,
    /// For each response, what it cites.
    pub responses: Vec<Vec<Target>>,
    /// For each entry under `not_applicable`.
    pub declines: Vec<DeclineLinks>,
}

impl PlanLinks {
    /// Departments of the organization that it names as partners or whose goals it supports.
    fn speaks_of(&self) -> BTreeSet<usize> {
        let partners = self.goals.iter().flat_map(|goal| &goal.partners).map(|partner| partner.department);
        partners.chain(self.supports.iter().copied().flatten()).collect()
    }
}

/// What one goal refers to.
#[derive(Debug, Clone, Default)]
pub struct GoalLinks {
    /// What it cites.
    pub cites: Vec<Target>,
    /// Its viewpoints, by index; as many as `viewpoints` has entries.
    pub viewpoints: Vec<Option<usize>>,
    /// Its partners.
    pub partners: Vec<Unit>,
    /// Its division, by index into the department's.
    pub division: Option<usize>,
    /// The plans it rests on, by index into the register; as many as `references` has entries.
    pub references: Vec<Option<usize>>,
    /// The parts of those plans, by index into the plan's; as many as `references` has entries.
    pub nodes: Vec<Option<usize>>,
}

/// What one decline refers to.
#[derive(Debug, Clone)]
pub struct DeclineLinks {
    /// The items and clauses declined.
    pub items: Vec<Target>,
    /// Who acts instead.
    pub handler: Handler,
}

/// Who acts instead of a department that declines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handler {
    /// Nobody is named.
    None,
    /// A name that means nothing.
    Unknown,
    /// A unit of the organization.
    Unit(Unit),
}

/// A citation that was joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The item or clause.
    pub location: LeafLocation,
    /// Where it is cited.
    pub place: Place,
}

impl Target {
    /// True when the citation speaks of the leaf: of itself, or of its item.
    pub fn meets(&self, year: &Year<'_>, leaf: usize) -> bool {
        match self.location {
            LeafLocation::Item(item) => year.leaves[leaf].item == item,
            LeafLocation::Clause(clause) => clause == leaf,
        }
    }

    /// The leaves that the citation speaks of.
    pub fn leaves(&self, year: &Year<'_>) -> std::ops::Range<usize> {
        match self.location {
            LeafLocation::Item(item) => year.items[item].leaves.clone(),
            LeafLocation::Clause(clause) => clause..clause + 1,
        }
    }

    /// The item it belongs to.
    pub fn item(&self, year: &Year<'_>) -> usize {
        match self.location {
            LeafLocation::Item(item) => item,
            LeafLocation::Clause(clause) => year.leaves[clause].item,
        }
    }
}

impl Links {
    /// Joins all references of a year.
    pub fn new(year: &Year<'_>) -> Links {
        let mut faults = Vec::new();
        let meetings = names::policy_side(year, &mut faults);
        let mut shared = plan::Shared::new(year);
        let plans: Vec<PlanLinks> =
            (0..year.departments.len()).map(|index| plan::link(year, index, &mut shared, &mut faults)).collect();
        plan::unlisted(year, &mut shared, &mut faults);
        faults.retain(|fault| !is_untold(year, fault));
        faults.sort_by_key(|fault| fault.place);
        let mut spoken_of = vec![Vec::new(); year.docs.organization.departments.len()];
        for (own, plan) in plans.iter().enumerate() {
            for other in plan.speaks_of() {
                if let Some(by) = spoken_of.get_mut(other) {
                    by.push(own);
                }
            }
        }
        Links { plans, meetings, faults, spoken_of }
    }
}
