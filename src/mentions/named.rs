//! A written name taken apart: what it names, and how it reads once one of these has another id.

use crate::date::FiscalYear;
use crate::ids::LeafId;
use crate::mentions::Thing;

/// One word of a written name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The id that is meant.
    pub id: String,
    /// As written: the id, another spelling of it, or a title.
    pub written: String,
    /// True for a title, which stays right when the id changes.
    pub by_title: bool,
}

impl Part {
    /// The word after `old` became `new`.
    fn renamed(&self, hit: bool, new: &str) -> String {
        if hit && !self.by_title { new.to_owned() } else { self.written.clone() }
    }
}

/// A written name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// An item or clause: `1-6`, `1-6-a`, `2024:1-6`.
    Leaf {
        /// The year in front of it, as a prefix of the text.
        year: Option<FiscalYear>,
        /// The item or clause.
        leaf: LeafId,
    },
    /// `somu` or `somu/bosai`.
    Unit {
        /// The department; none where a division is named by its title alone.
        department: Option<Part>,
        /// The division.
        division: Option<Part>,
        /// The ids of both.
        ids: (String, Option<String>),
    },
    /// A division of a department that the place itself gives.
    Division {
        /// The department.
        department: String,
        /// The division.
        division: Part,
    },
    /// A registered plan.
    Reference(Part),
    /// A part of the registered plan that the place itself gives.
    Node {
        /// The registered plan.
        reference: String,
        /// The part.
        node: Part,
    },
    /// A viewpoint.
    Viewpoint(Part),
    /// An interviewer.
    Interviewer(Part),
    /// A goal: `G3`, `seisaku:G2`, `2024:G3`, `2024:somu:G3`.
    Goal {
        /// The year in front of it.
        year: Option<FiscalYear>,
        /// True where the department is written, too.
        spelled: bool,
        /// The department whose goal it is.
        department: String,
        /// The goal's own id.
        goal: String,
        /// The department of the plan where this stands.
        own: String,
    },
}

impl Named {
    /// What is named, the most exact thing first.
    pub fn things(&self) -> Vec<Thing> {
        match self {
            Named::Leaf { leaf, .. } => match leaf.clause {
                Some(_) => vec![Thing::Clause(*leaf), Thing::Item(leaf.item)],
                None => vec![Thing::Item(leaf.item)],
            },
            Named::Unit { ids: (department, division), .. } => {
                let inner = division.iter().map(|id| Thing::Division(department.clone(), id.clone()));
                inner.chain([Thing::Department(department.clone())]).collect()
            }
            Named::Division { department, division } => vec![Thing::Division(department.clone(), division.id.clone())],
            Named::Reference(part) => vec![Thing::Reference(part.id.clone())],
            Named::Node { reference, node } => vec![Thing::Node(reference.clone(), node.id.clone())],
            Named::Viewpoint(part) => vec![Thing::Viewpoint(part.id.clone())],
            Named::Interviewer(part) => vec![Thing::Interviewer(part.id.clone())],
            Named::Goal { department, goal, spelled, .. } => {
                let mut things = vec![Thing::Goal(department.clone(), goal.clone())];
                things.extend(spelled.then(|| Thing::Department(department.clone())));
                things
            }
        }
    }

    /// What to write instead once `old` has the id of `new`, where the place is about `old` (`here`)
    /// and where the plan in which it stands belongs to `old` (`own`); the same text where nothing
    /// changes.
    pub fn renamed(&self, old: &Thing, new: &Thing, here: bool, own: bool) -> Option<String> {
        let hit = |thing: Thing| here && thing == *old;
        let id = new.own_id();
        match (self, old, new) {
            (Named::Leaf { year, leaf }, Thing::Item(from), Thing::Item(to)) if here && leaf.item == *from => {
                Some(with_year(*year, LeafId { item: *to, ..*leaf }))
            }
            (Named::Leaf { year, leaf }, Thing::Clause(from), Thing::Clause(to)) if here && leaf == from => {
                Some(with_year(*year, *to))
            }
            (Named::Unit { department: outer, division, ids }, ..) => {
                let owner = hit(Thing::Department(ids.0.clone()));
                let inner = ids.1.clone().is_some_and(|inner| hit(Thing::Division(ids.0.clone(), inner)));
                let words = outer.iter().map(|part| part.renamed(owner, &id));
                let words: Vec<String> = words.chain(division.iter().map(|part| part.renamed(inner, &id))).collect();
                let changes = (owner && outer.as_ref().is_some_and(|part| !part.by_title))
                    || (inner && division.as_ref().is_some_and(|part| !part.by_title));
                changes.then(|| words.join("/"))
            }
            (Named::Division { department, division: part }, ..) => {
                one(part, hit(Thing::Division(department.clone(), part.id.clone())), &id)
            }
            (Named::Reference(part), ..) => one(part, hit(Thing::Reference(part.id.clone())), &id),
            (Named::Node { reference, node }, ..) => {
                one(node, hit(Thing::Node(reference.clone(), node.id.clone())), &id)
            }
            (Named::Viewpoint(part), ..) => one(part, hit(Thing::Viewpoint(part.id.clone())), &id),
            (Named::Interviewer(part), ..) => one(part, hit(Thing::Interviewer(part.id.clone())), &id),
            (Named::Goal { .. }, ..) => self.goal_renamed(old, new, here, own),
            (Named::Leaf { .. }, ..) => None,
        }
    }

    /// A goal without a department is one of the plan's own department. Where only one of the two
    /// years gets the new id, the department must be written; where both have one id again, not.
    fn goal_renamed(&self, old: &Thing, new: &Thing, here: bool, own: bool) -> Option<String> {
        let Named::Goal { year, spelled, department, goal, own: holder } = self else { return None };
        let moved = |id: &str, yes: bool| match (old, new) {
            (Thing::Department(from), Thing::Department(to)) if yes && id == from => to.clone(),
            _ => id.to_owned(),
        };
        let (owner, keeper) = (moved(department, here), moved(holder, own));
        let number = match (old, new) {
            (Thing::Goal(of, from), Thing::Goal(_, to)) if here && of == department && from == goal => to,
            _ => goal,
        };
        let was_apart = department != holder;
        let spell = match (owner == keeper, year) {
            (true, Some(_)) => *spelled && !was_apart,
            (true, None) => *spelled,
            (false, _) => true,
        };
        if owner == *department && number == goal && spell == *spelled {
            return None;
        }
        let owner = if spell { format!("{owner}:") } else { String::new() };
        Some(with_year(*year, format!("{owner}{number}")))
    }
}

fn one(part: &Part, hit: bool, new: &str) -> Option<String> {
    (hit && !part.by_title).then(|| new.to_owned())
}

fn with_year(year: Option<FiscalYear>, id: impl std::fmt::Display) -> String {
    match year {
        Some(year) => format!("{year}:{id}"),
        None => id.to_string(),
    }
}
