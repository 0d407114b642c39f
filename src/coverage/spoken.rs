//! What the reviews of a plan speak of.

use std::collections::HashSet;

use crate::city::year::Year;
use crate::date::FiscalYear;
use crate::ids::{GoalRef, ItemId, LeafId};
use crate::model::{Goal, ReviewEntry, Subject};

/// What review entries of a department speak of. An entry speaks of a goal by its id, by the goal
/// it continues, or by an item it cites.
pub(crate) struct SpokenOf<'p> {
    year: FiscalYear,
    department: &'p str,
    /// Goals named as this year's.
    goals: HashSet<FullGoal<'p>>,
    /// Goals named among items, of any year.
    subjects: HashSet<FullGoal<'p>>,
    /// Items and clauses, with their year.
    cites: HashSet<(FiscalYear, LeafId)>,
    /// Items of which anything is spoken.
    items: HashSet<(FiscalYear, ItemId)>,
}

/// Year, department and id of a goal.
type FullGoal<'p> = (FiscalYear, &'p str, &'p str);

impl<'p> SpokenOf<'p> {
    pub(crate) fn new(
        year: &Year<'_>,
        department: &'p str,
        entries: impl Iterator<Item = &'p ReviewEntry>,
    ) -> SpokenOf<'p> {
        let (goals, subjects, cites, items) = Default::default();
        let mut spoken = SpokenOf { year: year.year, department, goals, subjects, cites, items };
        for entry in entries {
            for goal in &entry.goals {
                let goal = spoken.full(&goal.value);
                spoken.goals.insert(goal);
            }
            for subject in &entry.items {
                match &subject.value {
                    Subject::Goal(goal) => {
                        let goal = spoken.full(goal);
                        spoken.subjects.insert(goal);
                    }
                    Subject::Cite(cite) => {
                        let year = cite.year.unwrap_or(year.year);
                        spoken.cites.insert((year, cite.leaf));
                        spoken.items.insert((year, cite.leaf.item));
                    }
                }
            }
        }
        spoken
    }

    /// A goal without year or department is this year's, and this department's.
    fn full<'g>(&self, goal: &'g GoalRef) -> FullGoal<'g>
    where
        'p: 'g,
    {
        (goal.year.unwrap_or(self.year), goal.department.as_deref().unwrap_or(self.department), &goal.goal)
    }

    /// True where an entry speaks of one of the department's goals.
    pub(crate) fn holds(&self, goal: &Goal) -> bool {
        let own = (self.year, self.department, goal.id());
        self.goals.contains(&own)
            || self.subjects.contains(&own)
            || goal.continues.as_ref().is_some_and(|past| self.subjects.contains(&self.full(&past.value)))
            || goal.cites.iter().any(|cite| self.cites(cite.value.year.unwrap_or(self.year), cite.value.leaf))
    }

    /// An item and its clauses count for each other; two clauses of an item are two things.
    fn cites(&self, year: FiscalYear, leaf: LeafId) -> bool {
        let whole = LeafId { clause: None, ..leaf };
        self.cites.contains(&(year, leaf))
            || self.cites.contains(&(year, whole))
            || (leaf.clause.is_none() && self.items.contains(&(year, leaf.item)))
    }
}
