//! Written names of a year looked up; what cannot be looked up is taken by its form.

use std::sync::Arc;

use crate::city::names::{Names, Resolved, Table, fold};
use crate::city::year::Year;
use crate::city::{City, YearFiles};
use crate::date::FiscalYear;
use crate::ids;
use crate::mentions::{Named, Part};
use crate::place::FileId;

/// The names of one year.
pub(super) struct Lookup {
    pub(super) year: FiscalYear,
    names: Arc<Names>,
}

impl Lookup {
    /// Of a year whose policy or organization cannot be read, only exact ids are known as such.
    pub(super) fn new(city: &City, year: FiscalYear) -> Lookup {
        let built = Year::new(city, year, year.first_day()).ok().flatten();
        Lookup { year, names: built.map(|year| year.names).unwrap_or_default() }
    }

    pub(super) fn reference(&self, text: &str) -> Option<Part> {
        part(&self.names.references, text)
    }

    pub(super) fn viewpoint(&self, text: &str) -> Option<Part> {
        part(&self.names.viewpoints, text)
    }

    pub(super) fn interviewer(&self, text: &str) -> Option<Part> {
        part(&self.names.interviewers, text)
    }

    pub(super) fn department(&self, text: &str) -> Option<Part> {
        part(&self.names.departments, text)
    }

    /// A part of the registered plan with this id.
    pub(super) fn node(&self, reference: &str, text: &str) -> Option<Part> {
        part(self.inner(&self.names.references, &self.names.nodes, reference), text)
    }

    /// A division of the department with this id.
    pub(super) fn division(&self, department: &str, text: &str) -> Option<Named> {
        let table = self.inner(&self.names.departments, &self.names.divisions, department);
        if let Some((owner, division)) = text.split_once(['/', '／']) {
            let outer = self.department(owner.trim()).filter(|outer| outer.id == department)?;
            let inner = part(table, division.trim())?;
            let ids = (department.to_owned(), Some(inner.id.clone()));
            return Some(Named::Unit { department: Some(outer), division: Some(inner), ids });
        }
        Some(Named::Division { department: department.to_owned(), division: part(table, text)? })
    }

    /// A department, a department and its division, or a division by its title.
    pub(super) fn unit(&self, text: &str) -> Option<Named> {
        if let Some((owner, division)) = text.split_once(['/', '／']) {
            let outer = self.department(owner.trim())?;
            let table = self.inner(&self.names.departments, &self.names.divisions, &outer.id);
            let inner = part(table, division.trim())?;
            let ids = (outer.id.clone(), Some(inner.id.clone()));
            return Some(Named::Unit { department: Some(outer), division: Some(inner), ids });
        }
        if let Some(outer) = self.department(text) {
            let ids = (outer.id.clone(), None);
            return Some(Named::Unit { department: Some(outer), division: None, ids });
        }
        let unit = self.names.unit(text).found()?;
        let (owner, _) = self.names.departments.entries().get(unit.department)?;
        let (id, _) = self.names.divisions.get(unit.department)?.entries().get(unit.division?)?;
        let inner = Part { id: id.clone(), written: text.to_owned(), by_title: true };
        Some(Named::Unit { department: None, division: Some(inner), ids: (owner.clone(), Some(id.clone())) })
    }

    /// True where the year has this department, or department and division.
    pub(super) fn has_unit(&self, text: &str) -> bool {
        self.names.unit(text).found().is_some()
    }

    fn inner<'n>(&self, owners: &'n Table, tables: &'n [Table], owner: &str) -> &'n Table {
        static NONE: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::default);
        let index = owners.entries().iter().position(|(id, _)| id == owner);
        index.and_then(|index| tables.get(index)).unwrap_or(&NONE)
    }
}

/// What a word means in a table; a word of the form of an id that is not there means itself.
fn part(table: &Table, text: &str) -> Option<Part> {
    let index = match table.resolve(text) {
        Resolved::Exact(index) | Resolved::Spelled(index, _) | Resolved::Wrapped(index, _) => index,
        Resolved::Unknown if ids::is_name(text) => {
            return Some(Part { id: text.to_owned(), written: text.to_owned(), by_title: false });
        }
        Resolved::Ambiguous(_) | Resolved::Unknown => return None,
    };
    let (id, _) = table.entries().get(index)?;
    let bare = ids::unwrap_quotes(text).unwrap_or(text);
    let by_title = fold(bare).to_ascii_lowercase() != *id;
    Some(Part { id: id.clone(), written: text.to_owned(), by_title })
}

/// The files of a year, those that are not used (K205) among them.
pub(super) fn files_of(files: &YearFiles) -> Vec<FileId> {
    let mut all: Vec<FileId> = files.policy_files().collect();
    all.extend(files.plans.values().copied());
    all.extend(files.doubles.iter().map(|(later, _)| *later));
    all.sort_unstable();
    all
}
