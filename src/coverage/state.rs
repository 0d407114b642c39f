//! How the cells of a leaf, and the leaves of an item, stand together.

use crate::city::year::Year;
use crate::coverage::{Cell, CellState, Indexes, LeafState, Row};
use crate::model::Scope;

pub(super) fn of_leaf(year: &Year<'_>, leaf: usize, cells: &[Cell]) -> LeafState {
    let leaf = &year.leaves[leaf];
    if leaf.scope == Scope::Standing {
        return LeafState::Standing;
    }
    let covered = |count_unreadable: bool| {
        let full = |cell: &Cell| {
            cell.state == CellState::Answered || (count_unreadable && cell.state == CellState::Unreadable)
        };
        // A must-cell that is declined is no gap; a lead cannot decline.
        let met = |cell: &&Cell| full(cell) || cell.state == CellState::Declined;
        let must = || cells.iter().filter(|cell| cell.must);
        // Nobody must: withdrawn, a handover where nobody came, or a lead that K203 did not find.
        must().next().is_none() || (cells.iter().any(full) && must().all(|cell| met(&cell)))
    };
    if covered(false) {
        LeafState::Covered
    } else if covered(true) {
        LeafState::Unreadable
    } else if cells.iter().any(|cell| matches!(cell.state, CellState::Answered | CellState::Partial)) {
        LeafState::Partial
    } else {
        LeafState::Uncovered
    }
}

pub(super) fn of_item(year: &Year<'_>, item: usize, leaves: &[Row]) -> Row {
    let range = year.items[item].leaves.clone();
    if year.items[item].item.clauses.is_empty() {
        return leaves[range.start].clone();
    }
    let rows = &leaves[range];
    let cells = (0..year.departments.len()).map(|department| item_cell(rows, department)).collect();
    Row { cells, state: item_state(rows) }
}

fn item_state(rows: &[Row]) -> LeafState {
    let asked: Vec<LeafState> =
        rows.iter().map(|row| row.state).filter(|state| *state != LeafState::Standing).collect();
    let all = |state: LeafState| asked.iter().all(|other| *other == state);
    if asked.is_empty() {
        LeafState::Standing
    } else if all(LeafState::Covered) {
        LeafState::Covered
    } else if all(LeafState::Uncovered) {
        LeafState::Uncovered
    } else if asked.iter().all(|state| matches!(state, LeafState::Covered | LeafState::Unreadable)) {
        LeafState::Unreadable
    } else {
        LeafState::Partial
    }
}

fn item_cell(rows: &[Row], department: usize) -> Cell {
    let cells: Vec<&Cell> = rows.iter().map(|row| &row.cells[department]).collect();
    let counted: Vec<CellState> = cells
        .iter()
        .map(|cell| cell.state)
        .filter(|state| !matches!(state, CellState::NotRequired | CellState::Declined))
        .collect();
    let all = |state: CellState| counted.iter().all(|other| *other == state);
    let state = if counted.is_empty() {
        let declined = cells.iter().any(|cell| cell.state == CellState::Declined);
        if declined { CellState::Declined } else { CellState::NotRequired }
    } else if counted.contains(&CellState::Unreadable) {
        CellState::Unreadable
    } else if all(CellState::Answered) {
        CellState::Answered
    } else if all(CellState::Missing) {
        CellState::Missing
    } else {
        CellState::Partial
    };
    let union = |get: fn(&Cell) -> &Indexes| cells.iter().flat_map(|cell| get(cell).iter()).collect();
    Cell {
        state,
        must: cells.iter().any(|cell| cell.must),
        goals: union(|cell| &cell.goals),
        responses: union(|cell| &cell.responses),
        decline: cells.iter().find_map(|cell| cell.decline),
        decline_fault: cells.iter().find_map(|cell| cell.decline_fault),
        stale: cells.iter().any(|cell| cell.stale),
        placeholder: cells.iter().any(|cell| cell.placeholder),
    }
}
