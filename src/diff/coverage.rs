//! Cells that changed their state, and which of them are lost.

use std::collections::BTreeMap;

use crate::city::year::Year;
use crate::coverage::{CellState, Coverage};
use crate::ids::LeafId;

/// A cell whose state changed.
#[derive(Debug, Clone)]
pub struct CellChange {
    /// The item or clause.
    pub leaf: LeafId,
    /// The item's short title.
    pub title: String,
    /// How it stood; none where there was no such item or department.
    pub before: Option<CellState>,
    /// How it stands; none where there no longer is.
    pub after: Option<CellState>,
    /// True for what the ratchet stops: an answer, or part of one, that is there no more.
    pub lost: bool,
}

struct Fact {
    state: CellState,
    title: String,
    withdrawn: bool,
}

/// The cells of every department, by its id, that differ between two years.
pub(super) fn cells(
    before: Option<(&Year<'_>, &Coverage)>,
    after: Option<(&Year<'_>, &Coverage)>,
) -> BTreeMap<String, Vec<CellChange>> {
    let (old, new) = (facts(before), facts(after));
    let mut changed: BTreeMap<String, Vec<CellChange>> = BTreeMap::new();
    let gone = old.iter().filter(|(key, _)| !new.contains_key(*key));
    for (key, fact) in new.iter().chain(gone) {
        let [was, is] = [old.get(key), new.get(key)];
        let [then, now] = [was, is].map(|fact| fact.map(|fact| fact.state));
        if then == now {
            continue;
        }
        let lost = is_lost(then, now) && !is.is_some_and(|fact| fact.withdrawn);
        let change = CellChange { leaf: key.1, title: fact.title.clone(), before: then, after: now, lost };
        changed.entry(key.0.clone()).or_default().push(change);
    }
    for cells in changed.values_mut() {
        cells.sort_by_key(|cell| cell.leaf);
    }
    changed
}

fn facts(side: Option<(&Year<'_>, &Coverage)>) -> BTreeMap<(String, LeafId), Fact> {
    let mut facts = BTreeMap::new();
    let Some((year, coverage)) = side else { return facts };
    for (leaf, row) in year.leaves.iter().zip(&coverage.leaves) {
        for (department, cell) in year.departments.iter().zip(row.cells.iter()) {
            let title = year.items[leaf.item].item.title();
            let fact = Fact { state: cell.state, title, withdrawn: leaf.withdrawn };
            facts.insert((department.id().to_owned(), leaf.id), fact);
        }
    }
    facts
}

/// A valid decline is as good as an answer: nothing is open. What cannot be read answers nothing.
fn is_lost(before: Option<CellState>, after: Option<CellState>) -> bool {
    let worth = |state: Option<CellState>| match state {
        Some(CellState::Answered) => 3,
        Some(CellState::Declined) => 2,
        Some(CellState::Partial) => 1,
        _ => 0,
    };
    match (before, after) {
        (Some(CellState::Answered), Some(CellState::Declined)) => false,
        // Nobody asked for the decline, or nobody asks any more.
        (Some(CellState::Declined), Some(CellState::NotRequired) | None) => false,
        (Some(CellState::Declined), Some(CellState::Partial)) => false,
        _ => worth(after) < worth(before),
    }
}
