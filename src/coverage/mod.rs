//! What "covered" means (CONTRACT 2): a pure function of a year and its links.
//!
//! A cell says how one department's plan stands to one leaf. It speaks of what is written, never
//! of what is done: a sentence in a plan is not a deed.

mod decline;
mod evidence;
mod handed_over;
mod indexes;
mod references;
mod spoken;
mod state;
mod summary;

use std::sync::Arc;

use crate::city::year::Year;
use crate::links::Links;

pub use decline::DeclineFault;
pub(crate) use evidence::{Told, is_measured, is_reviewed, is_stale, told, with_plan};
pub(crate) use handed_over::{HandedOver, newcomers};
pub use indexes::Indexes;
pub use references::{GoalUse, ReferenceUse, reference_uses};
pub(crate) use spoken::SpokenOf;
pub use summary::Summary;

/// How a department stands to a leaf or an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// 記載あり
    Answered,
    /// 一部記載
    Partial,
    /// 未記載
    Missing,
    /// 非該当
    Declined,
    /// 求めなし
    NotRequired,
    /// 読取不可
    Unreadable,
}

impl CellState {
    /// The word in machine formats.
    pub fn id(self) -> &'static str {
        match self {
            CellState::Answered => "answered",
            CellState::Partial => "partial",
            CellState::Missing => "missing",
            CellState::Declined => "declined",
            CellState::NotRequired => "not_required",
            CellState::Unreadable => "unreadable",
        }
    }

    /// The words people see.
    pub fn name(self) -> crate::lang::Bi {
        use crate::lang::bi;
        match self {
            CellState::Answered => bi("記載あり", "answered"),
            CellState::Partial => bi("一部記載", "partial"),
            CellState::Missing => bi("未記載", "missing"),
            CellState::Declined => bi("非該当", "declined"),
            CellState::NotRequired => bi("求めなし", "not required"),
            CellState::Unreadable => bi("読取不可", "unreadable"),
        }
    }

    /// The mark in tables: a kanji is two columns wide on every terminal.
    pub fn mark(self) -> &'static str {
        match self {
            CellState::Answered => "有",
            CellState::Partial => "半",
            CellState::Missing => "未",
            CellState::Declined => "非",
            CellState::NotRequired => "",
            CellState::Unreadable => "読",
        }
    }
}

/// How all departments together stand to a leaf or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafState {
    /// Everyone who must answer does.
    Covered,
    /// Some do.
    Partial,
    /// Nobody does.
    Uncovered,
    /// Could be covered by reading plans that cannot be read.
    Unreadable,
    /// A standing instruction.
    Standing,
}

impl LeafState {
    /// The word in machine formats.
    pub fn id(self) -> &'static str {
        match self {
            LeafState::Covered => "covered",
            LeafState::Partial => "partial",
            LeafState::Uncovered => "uncovered",
            LeafState::Unreadable => "unreadable",
            LeafState::Standing => "standing",
        }
    }

    /// The words people see.
    pub fn name(self) -> crate::lang::Bi {
        use crate::lang::bi;
        match self {
            LeafState::Covered => bi("そろっている", "covered"),
            LeafState::Partial => bi("一部", "partial"),
            LeafState::Uncovered => bi("どの部も応えていない", "uncovered"),
            LeafState::Unreadable => bi("読取不可", "unreadable"),
            LeafState::Standing => bi("発生時対応", "standing instruction"),
        }
    }
}

/// One department and one leaf or item.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// How it stands.
    pub state: CellState,
    /// True when the department must answer.
    pub must: bool,
    /// Goals that cite the item or one of its clauses, by index.
    pub goals: Indexes,
    /// Responses that do, by index.
    pub responses: Indexes,
    /// The decline that speaks of it, by index into `not_applicable`.
    pub decline: Option<usize>,
    /// Why that decline does not hold, where the cell is still open.
    pub decline_fault: Option<DeclineFault>,
    /// True when only answers older than an amendment stand in the way of a full one.
    pub stale: bool,
    /// True when a value that is still （記入） is in the way.
    pub placeholder: bool,
}

/// The cells of a leaf or an item.
#[derive(Debug, Clone)]
pub struct Row {
    /// One cell for each department of the year. An item without clauses shares those of its leaf.
    pub cells: Arc<[Cell]>,
    /// How they stand together.
    pub state: LeafState,
}

/// The coverage of a year.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// One row for each leaf of the year.
    pub leaves: Vec<Row>,
    /// One row for each item.
    pub items: Vec<Row>,
    /// The counts.
    pub summary: Summary,
}

impl Coverage {
    /// Judges every leaf for every department.
    pub fn new(year: &Year<'_>, links: &Links) -> Coverage {
        let mut leaves = evidence::cells(year, links);
        decline::apply(year, links, &mut leaves);
        let leaves: Vec<Row> = leaves
            .into_iter()
            .enumerate()
            .map(|(leaf, cells)| Row { state: state::of_leaf(year, leaf, &cells), cells: cells.into() })
            .collect();
        let items: Vec<Row> = (0..year.items.len()).map(|item| state::of_item(year, item, &leaves)).collect();
        let summary = Summary::new(year, &leaves, &items);
        Coverage { leaves, items, summary }
    }
}
