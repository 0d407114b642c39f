//! The counts, over the cells of leaves that departments must answer.

use crate::city::year::Year;
use crate::coverage::{CellState, LeafState, Row};

/// The counts of a year, or of one department.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// answered + partial + missing + unreadable
    pub required: usize,
    /// 記載あり
    pub answered: usize,
    /// 一部記載
    pub partial: usize,
    /// 未記載
    pub missing: usize,
    /// 非該当, not among `required`
    pub declined: usize,
    /// 読取不可
    pub unreadable: usize,
    /// Items that nobody answers, by index.
    pub uncovered_items: Vec<usize>,
}

impl Summary {
    pub(super) fn new(year: &Year<'_>, leaves: &[Row], items: &[Row]) -> Summary {
        let departments: Vec<usize> = (0..year.departments.len()).collect();
        Summary::of(year, leaves, items, &departments, 0..year.items.len())
    }

    /// The counts of some departments and items.
    pub fn of(
        year: &Year<'_>,
        leaves: &[Row],
        items: &[Row],
        departments: &[usize],
        shown: impl Iterator<Item = usize> + Clone,
    ) -> Summary {
        let mut summary = Summary::default();
        for leaf in shown.clone().flat_map(|item| year.items[item].leaves.clone()) {
            let cells = departments.iter().map(|department| &leaves[leaf].cells[*department]);
            cells.filter(|cell| cell.must).for_each(|cell| summary.count(cell.state));
        }
        summary.uncovered_items = shown.filter(|item| items[*item].state == LeafState::Uncovered).collect();
        summary
    }

    /// The counts of one department.
    pub fn of_department(leaves: &[Row], department: usize) -> Summary {
        let mut summary = Summary::default();
        for cell in leaves.iter().map(|row| &row.cells[department]).filter(|cell| cell.must) {
            summary.count(cell.state);
        }
        summary
    }

    fn count(&mut self, state: CellState) {
        match state {
            CellState::Answered => self.answered += 1,
            CellState::Partial => self.partial += 1,
            CellState::Missing => self.missing += 1,
            CellState::Unreadable => self.unreadable += 1,
            CellState::Declined => self.declined += 1,
            CellState::NotRequired => {}
        }
        self.required = self.answered + self.partial + self.missing + self.unreadable;
    }

    /// Tenths of a per cent, cut and never rounded up; 1000 when nothing is required.
    pub fn tenths(&self) -> usize {
        (self.answered * 1000).checked_div(self.required).unwrap_or(1000)
    }

    /// The percentage with one decimal: `97.1`.
    pub fn percent(&self) -> String {
        format!("{}.{}", self.tenths() / 10, self.tenths() % 10)
    }
}
