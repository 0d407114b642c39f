//! What is asked of one department, and is not written yet.

use crate::city::year::Year;
use crate::coverage::{Cell, CellState, Coverage, Told, told};
use crate::ids::LeafId;
use crate::model::{AnsweredBy, Scope, has_placeholder};

/// An item, and those of its leaves that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) item: usize,
    pub(super) leaves: Vec<usize>,
}

/// What a department owes, by the way in which it is answered.
#[derive(Debug, Default)]
pub(super) struct Owed {
    /// Answered by a goal or a response.
    pub(super) responses: Vec<Asked>,
    /// Answered by a goal.
    pub(super) goals: Vec<Asked>,
    /// Cited by each goal.
    pub(super) every_goal: Vec<Asked>,
    /// Answered by no department yet, and by this one only if it likes: may be declined.
    pub(super) may_decline: Vec<Asked>,
    /// Viewpoints of each goal, by index; of all leaves, also those that are answered.
    pub(super) viewpoints: Vec<usize>,
    /// True where each goal is to be reviewed, whether it is or not.
    pub(super) review: bool,
    /// True where a review is lacking.
    pub(super) review_open: bool,
    pub(super) information: bool,
    pub(super) reform: bool,
    /// True where the policy asks for handovers, whoever came.
    pub(super) handover: bool,
}

impl Owed {
    pub(super) fn new(year: &Year<'_>, coverage: &Coverage, department: usize) -> Owed {
        let mut owed = Owed::default();
        let plan = year.departments[department].plan;
        // A decline that only lacks its words is one; one without any reason does not count.
        let declined = |cell: &Cell| {
            let entry = cell.decline.and_then(|index| plan?.not_applicable.get(index));
            entry.is_some_and(|entry| told(&entry.reason) != Told::No)
        };
        for (index, leaf) in year.leaves.iter().enumerate().filter(|(_, leaf)| !leaf.withdrawn) {
            // An item that is still to be written itself asks nothing yet.
            if year.items[leaf.item].item.text.as_ref().is_some_and(|text| has_placeholder(&text.value)) {
                continue;
            }
            let cell = &coverage.leaves[index].cells[department];
            owed.review |= leaf.answered_by == AnsweredBy::Review && cell.must;
            owed.handover |= leaf.answered_by == AnsweredBy::Handover;
            if leaf.answered_by == AnsweredBy::Viewpoint {
                owed.viewpoints.extend(leaf.viewpoint.filter(|viewpoint| !owed.viewpoints.contains(viewpoint)));
            }
            let optional = leaf.may_decline && !cell.must && leaf.scope != Scope::Standing;
            if optional && cell.state == CellState::NotRequired && cell.decline.is_none() {
                add(&mut owed.may_decline, leaf.item, index);
            }
            if is_open(cell) && !declined(cell) {
                owed.note(year, index);
            }
        }
        owed
    }

    /// Takes out of what may be declined what is answered.
    pub(super) fn keep_from_declining(&mut self, year: &Year<'_>, answered: impl Iterator<Item = LeafId>) {
        let answered: Vec<LeafId> = answered.collect();
        let is_free = |leaf: &usize| {
            let own = year.leaves[*leaf].id;
            !answered.iter().any(|id| *id == own || (id.clause.is_none() && id.item == own.item))
        };
        self.may_decline.iter_mut().for_each(|asked| asked.leaves.retain(is_free));
        self.may_decline.retain(|asked| !asked.leaves.is_empty());
    }

    fn note(&mut self, year: &Year<'_>, index: usize) {
        let leaf = &year.leaves[index];
        match leaf.answered_by {
            AnsweredBy::Citation | AnsweredBy::Goal if leaf.scope == Scope::EveryGoal => {
                add(&mut self.every_goal, leaf.item, index);
            }
            AnsweredBy::Citation => add(&mut self.responses, leaf.item, index),
            AnsweredBy::Goal => add(&mut self.goals, leaf.item, index),
            AnsweredBy::Review => self.review_open = true,
            AnsweredBy::Information => self.information = true,
            AnsweredBy::Reform => self.reform = true,
            AnsweredBy::Viewpoint | AnsweredBy::Plan | AnsweredBy::Interview | AnsweredBy::Handover => {}
        }
    }
}

/// True where something is lacking, and not even a （記入） says so.
fn is_open(cell: &Cell) -> bool {
    let every = cell.state == CellState::Missing || cell.state == CellState::Partial;
    cell.must && every && !cell.placeholder
}

fn add(list: &mut Vec<Asked>, item: usize, leaf: usize) {
    match list.last_mut() {
        Some(last) if last.item == item => last.leaves.push(leaf),
        _ => list.push(Asked { item, leaves: vec![leaf] }),
    }
}
