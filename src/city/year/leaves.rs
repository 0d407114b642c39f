//! Items and leaves of a year's policy, with everything a clause inherits from its item.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::city::year::Year;
use crate::date::Date;
use crate::ids::LeafId;
use crate::model::{AnsweredBy, Clause, Duty, Item, Scope, Section};
use crate::place::Span;

/// An item with its place in the year.
pub struct YearItem<'a> {
    /// The section.
    pub section: &'a Section,
    /// The item.
    pub item: &'a Item,
    /// Its leaves.
    pub leaves: Range<usize>,
}

/// A clause, or an item without clauses.
pub struct Leaf<'a> {
    /// Its id.
    pub id: LeafId,
    /// Index of its item.
    pub item: usize,
    /// The clause, unless the item is the leaf.
    pub clause: Option<&'a Clause>,
    /// Who must answer.
    pub scope: Scope,
    /// How.
    pub answered_by: AnsweredBy,
    /// Which viewpoint, by index.
    pub viewpoint: Option<usize>,
    /// Who must answer where one suffices, by index into `departments`.
    pub leads: Vec<usize>,
    /// True where a department that is no lead may decline.
    pub may_decline: bool,
    /// Since when its wording, or its item's, is new.
    pub amended: Option<Date>,
    /// True when it was withdrawn.
    pub withdrawn: bool,
    /// Its own place in the policy.
    pub span: Span,
}

/// Where a leaf is: for lookups by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeafLocation {
    /// A whole item, by index.
    Item(usize),
    /// A leaf that is a clause, by index.
    Clause(usize),
}

impl<'a> Year<'a> {
    pub(super) fn number_leaves(&mut self) {
        for section in &self.docs.policy.sections {
            for item in &section.items {
                let (index, first) = (self.items.len(), self.leaves.len());
                let leads = self.leads(&item.duty);
                if item.clauses.is_empty() {
                    let leaf = self.leaf(index, item, None, &leads);
                    self.leaves.push(leaf);
                }
                for clause in &item.clauses {
                    let leaf = self.leaf(index, item, Some(clause), &leads);
                    self.leaves.push(leaf);
                }
                self.items.push(YearItem { section, item, leaves: first..self.leaves.len() });
            }
        }
    }

    /// Notes where the first item and clause of each id are; a clause counts in its own item only.
    pub(super) fn place_leaves(&mut self) {
        for (index, item) in self.items.iter().enumerate() {
            let id = item.item.id.value;
            let place = LeafLocation::Item(index);
            if *self.places.entry(LeafId { clause: None, ..id }).or_insert(place) != place {
                continue;
            }
            for leaf in item.leaves.clone() {
                let own = self.leaves[leaf].id;
                if own.item == id.item && own.clause.is_some() {
                    self.places.entry(own).or_insert(LeafLocation::Clause(leaf));
                }
            }
        }
    }

    /// The judged departments that lead, each once.
    fn leads(&self, duty: &Duty) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let leads = duty.lead.iter().filter_map(|name| self.judged(self.names.unit_of(name)?.department));
        leads.filter(|lead| seen.insert(*lead)).collect()
    }

    fn leaf(&self, index: usize, item: &'a Item, clause: Option<&'a Clause>, inherited: &[usize]) -> Leaf<'a> {
        let own = clause.map_or(&item.duty, |clause| &clause.duty);
        let duties = [own, &item.duty];
        let scope = first(duties, |duty| duty.scope.as_ref()).map_or(Scope::EveryDepartment, |scope| scope.value);
        let answered_by = first(duties, |duty| duty.answered_by.as_ref()).map_or(AnsweredBy::Citation, |way| way.value);
        let viewpoint = first(duties, |duty| duty.viewpoint.as_ref());
        let inherits = clause.is_none() || own.lead.is_empty();
        let leads = if inherits { inherited.to_vec() } else { self.leads(own) };
        let may_decline = first(duties, |duty| duty.may_decline.as_ref());
        let since =
            |duty: &Duty| duty.amended.as_ref().and_then(|amended| amended.since.as_ref()).map(|since| since.value);
        Leaf {
            id: clause.map_or(item.id.value, |clause| clause.id.value),
            item: index,
            clause,
            scope,
            answered_by,
            viewpoint: viewpoint.and_then(|name| self.names.viewpoints.resolve(&name.text).found()),
            leads,
            may_decline: may_decline.map_or(scope == Scope::AnyDepartment, |may| may.value),
            amended: duties.into_iter().filter_map(since).max(),
            withdrawn: duties.iter().any(|duty| duty.withdrawn.is_some()),
            span: clause.map_or(item.id.span, |clause| clause.id.span),
        }
    }
}

fn first<'d, T>(duties: [&'d Duty; 2], get: impl Fn(&'d Duty) -> Option<&'d T>) -> Option<&'d T> {
    duties.into_iter().find_map(get)
}
