//! Occurrences of ids: for everything that has an id, where it is defined and every place that
//! names it, with the bytes of each.
//!
//! The files are walked by the tables of `shape`, so that a new field that names something is found
//! without a line here. A place may name more than one thing: `somu/bosai` a department and a
//! division, `1-6-a` a clause and its item. Renaming, and an editor's "go to" and "find all", ask
//! here.

mod lookup;
mod named;
mod walk;

use std::fmt;

use crate::city::City;
use crate::date::FiscalYear;
use crate::ids::{ItemId, LeafId};
use crate::lang::{Bi, bi};
use crate::place::Place;

pub use named::{Named, Part};
pub use walk::mentions;

/// Something that has an id within a fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// An item of the policy.
    Item(ItemId),
    /// A clause; its id holds its item's.
    Clause(LeafId),
    /// A department.
    Department(String),
    /// A department's division.
    Division(String, String),
    /// A registered plan.
    Reference(String),
    /// A registered plan's part.
    Node(String, String),
    /// A viewpoint.
    Viewpoint(String),
    /// An interviewer.
    Interviewer(String),
    /// A department's goal.
    Goal(String, String),
}

impl Thing {
    /// What it is called.
    pub fn kind(&self) -> Bi {
        match self {
            Thing::Item(_) => bi("項目", "item"),
            Thing::Clause(_) => bi("部分", "clause"),
            Thing::Department(_) => bi("部", "department"),
            Thing::Division(..) => bi("課", "division"),
            Thing::Reference(_) => bi("計画・指針", "registered plan"),
            Thing::Node(..) => bi("計画の区分", "part of a registered plan"),
            Thing::Viewpoint(_) => bi("視点", "viewpoint"),
            Thing::Interviewer(_) => bi("面談者", "interviewer"),
            Thing::Goal(..) => bi("目標", "goal"),
        }
    }

    /// Its id without what it belongs to: `bosai` of `somu/bosai`.
    pub fn own_id(&self) -> String {
        match self {
            Thing::Division(_, id) | Thing::Node(_, id) | Thing::Goal(_, id) => id.clone(),
            other => other.to_string(),
        }
    }

    /// The department it belongs to, if it belongs to one.
    pub fn department(&self) -> Option<&str> {
        match self {
            Thing::Division(department, _) | Thing::Goal(department, _) => Some(department),
            _ => None,
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Thing::Item(id) => id.fmt(f),
            Thing::Clause(id) => id.fmt(f),
            Thing::Department(id) | Thing::Reference(id) | Thing::Viewpoint(id) | Thing::Interviewer(id) => id.fmt(f),
            Thing::Division(owner, id) | Thing::Node(owner, id) => write!(f, "{owner}/{id}"),
            Thing::Goal(owner, id) => write!(f, "{owner}:{id}"),
        }
    }
}

/// Whether a place gives a thing its id, or names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Here it gets its id.
    Definition,
    /// Here it is named.
    Use,
}

/// One place that names something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of the value, without quotes around it.
    pub place: Place,
    /// The year of the file.
    pub file_year: FiscalYear,
    /// The year of what is named: another one for `2024:G3` and for predecessors.
    pub year: FiscalYear,
    /// Definition or use.
    pub role: Role,
    /// What is written, taken apart.
    pub named: Named,
}

impl Mention {
    /// True when it names the thing of that year, alone or among others.
    pub fn names(&self, year: FiscalYear, thing: &Thing) -> bool {
        self.year == year && self.named.things().contains(thing)
    }
}

/// Every place that names the thing of a year, in file order; the definition among them.
pub fn occurrences(city: &City, year: FiscalYear, thing: &Thing) -> Vec<Mention> {
    let mut found = mentions(city);
    found.retain(|mention| mention.names(year, thing));
    found
}

/// Where a thing of a year gets its id: of two definitions, the first.
pub fn definition(city: &City, year: FiscalYear, thing: &Thing) -> Option<Place> {
    let found = occurrences(city, year, thing);
    found.iter().find(|mention| mention.role == Role::Definition).map(|mention| mention.place)
}
