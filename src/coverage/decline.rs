//! Declines (非該当): whether they hold. All evidence is known before any decline is looked at, so
//! that chains and circles of delegation do not hold.

use std::collections::BTreeSet;

use crate::city::year::Year;
use crate::coverage::evidence::{Told, told};
use crate::coverage::{Cell, CellState};
use crate::links::{Handler, Links};
use crate::model::Scope;

/// Why a decline does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclineFault {
    /// No reason is given.
    NoReason,
    /// K305: this item may not be declined.
    NotAllowed,
    /// K308: the department named does not answer.
    Unheld,
    /// K203: the department named does not exist.
    UnknownHandler,
}

pub(super) fn apply(year: &Year<'_>, links: &Links, leaves: &mut [Vec<Cell>]) {
    let evidence: Vec<Vec<CellState>> =
        leaves.iter().map(|cells| cells.iter().map(|cell| cell.state).collect()).collect();
    for (department, plan_links) in links.plans.iter().enumerate() {
        let Some(plan) = year.departments[department].plan else { continue };
        for (index, decline) in plan_links.declines.iter().enumerate() {
            let reason = told(&plan.not_applicable[index].reason);
            let declined: BTreeSet<usize> = decline.items.iter().flat_map(|target| target.leaves(year)).collect();
            for leaf in declined {
                let fault = check(year, leaf, department, reason, decline.handler, &evidence[leaf]);
                mark(&mut leaves[leaf][department], year.leaves[leaf].scope, index, fault);
            }
        }
    }
}

fn mark(cell: &mut Cell, scope: Scope, index: usize, fault: Option<DeclineFault>) {
    // The first decline that holds counts; where none does, the first of all.
    let held = cell.decline.is_some() && (cell.decline_fault.is_none() || fault.is_some());
    if scope == Scope::Standing || held {
        return;
    }
    cell.decline = Some(index);
    cell.decline_fault = fault;
    if fault.is_none() && !matches!(cell.state, CellState::Answered | CellState::Unreadable) {
        cell.state = CellState::Declined;
    }
}

fn check(
    year: &Year<'_>,
    leaf: usize,
    department: usize,
    reason: Told,
    handler: Handler,
    states: &[CellState],
) -> Option<DeclineFault> {
    let facts = &year.leaves[leaf];
    let lead = facts.scope == Scope::AnyDepartment && facts.leads.contains(&department);
    if !facts.may_decline || lead {
        return Some(DeclineFault::NotAllowed);
    }
    let handled = match handler {
        Handler::None => None,
        Handler::Unknown => Some(DeclineFault::UnknownHandler),
        Handler::Unit(unit) => {
            let other = year.judged(unit.department);
            let holds = other.is_some_and(|other| {
                other != department && matches!(states[other], CellState::Answered | CellState::Unreadable)
            });
            (!holds).then_some(DeclineFault::Unheld)
        }
    };
    match reason {
        Told::Yes => handled,
        Told::Placeholder | Told::No => Some(DeclineFault::NoReason),
    }
}
