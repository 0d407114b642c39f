//! Names of a year: which ids there are, and which other words mean them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::city::YearDocs;
use crate::ids;
use crate::model::Name;

pub use crate::nearest::{distance, fold, nearest};

/// A department, or one of its divisions, by index into the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// Index of the department.
    pub department: usize,
    /// Index of the division within it.
    pub division: Option<usize>,
}

/// What a written name turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved<T> {
    /// The exact id.
    Exact(T),
    /// A name, short name or other spelling of it; the exact id is beside it (K212).
    Spelled(T, String),
    /// The id inside quotes or brackets (K004).
    Wrapped(T, String),
    /// More than one thing has this name.
    Ambiguous(Vec<String>),
    /// Nothing has it.
    Unknown,
}

impl<T> Resolved<T> {
    /// What was found, however it was spelled.
    pub fn found(self) -> Option<T> {
        match self {
            Resolved::Exact(value) | Resolved::Spelled(value, _) | Resolved::Wrapped(value, _) => Some(value),
            Resolved::Ambiguous(_) | Resolved::Unknown => None,
        }
    }
}

/// One kind of thing that has ids and names.
#[derive(Debug, Default)]
pub struct Table {
    ids: HashMap<String, usize>,
    words: HashMap<String, Vec<usize>>,
    order: Vec<(String, String)>,
    known: OnceLock<Known>,
}

/// Ids and titles, shared by all who found that a name is none of them.
pub type Known = Arc<[(String, String)]>;

/// More things of one name are not told apart.
const MANY: usize = 40;

impl Table {
    fn add(&mut self, id: &str, words: &[Option<&str>]) {
        let index = self.order.len();
        self.ids.entry(id.to_owned()).or_insert(index);
        let title = words.iter().flatten().next().copied().unwrap_or(id);
        for word in words.iter().flatten() {
            let entries = self.words.entry(fold(word)).or_default();
            // Words are added thing by thing.
            if entries.last() != Some(&index) {
                entries.push(index);
            }
        }
        self.order.push((id.to_owned(), title.to_owned()));
    }

    /// Ids and titles, in file order.
    pub fn entries(&self) -> &[(String, String)] {
        &self.order
    }

    /// The same, to be kept.
    pub fn known(&self) -> Known {
        self.known.get_or_init(|| self.order.as_slice().into()).clone()
    }

    /// Resolves a written name.
    pub fn resolve(&self, text: &str) -> Resolved<usize> {
        if let Some(index) = self.ids.get(text) {
            return Resolved::Exact(*index);
        }
        if let Some(index) = ids::unwrap_quotes(text).and_then(|inner| self.ids.get(inner)) {
            return Resolved::Wrapped(*index, self.order[*index].0.clone());
        }
        let folded = fold(text);
        if let Some(index) = self.ids.get(&folded.to_ascii_lowercase()) {
            return Resolved::Spelled(*index, self.order[*index].0.clone());
        }
        match self.words.get(&folded).map(Vec::as_slice) {
            Some([index]) => Resolved::Spelled(*index, self.order[*index].0.clone()),
            Some(many) => {
                Resolved::Ambiguous(many.iter().take(MANY).map(|index| self.order[*index].0.clone()).collect())
            }
            None => match ids::unwrap_quotes(text).and_then(|inner| self.resolve(inner).found()) {
                Some(index) => Resolved::Wrapped(index, self.order[index].0.clone()),
                None => Resolved::Unknown,
            },
        }
    }
}

/// All names of a year.
#[derive(Debug, Default)]
pub struct Names {
    /// Departments.
    pub departments: Table,
    /// Divisions of each department.
    pub divisions: Vec<Table>,
    /// Registered plans.
    pub references: Table,
    /// Nodes of each registered plan.
    pub nodes: Vec<Table>,
    /// Viewpoints.
    pub viewpoints: Table,
    /// Interviewers.
    pub interviewers: Table,
    /// Divisions of all departments, by name.
    anywhere: HashMap<String, Vec<Unit>>,
}

impl Names {
    /// Gathers the names of a year.
    pub fn new(docs: YearDocs<'_>) -> Names {
        let mut names = Names::default();
        for department in &docs.organization.departments {
            let (name, short) = (&department.name, &department.short);
            names.departments.add(&department.id.value, &[value(name), value(short)]);
            let mut divisions = Table::default();
            for division in &department.divisions {
                divisions.add(&division.id.value, &[value(&division.name)]);
            }
            let owner = names.divisions.len();
            for (index, division) in department.divisions.iter().enumerate() {
                let Some(name) = value(&division.name) else { continue };
                names.anywhere.entry(fold(name)).or_default().push(Unit { department: owner, division: Some(index) });
            }
            names.divisions.push(divisions);
        }
        for reference in &docs.references.references {
            names.references.add(&reference.id.value, &[value(&reference.title), value(&reference.short)]);
            let mut nodes = Table::default();
            for node in &reference.nodes {
                nodes.add(&node.id.value, &[value(&node.title)]);
            }
            names.nodes.push(nodes);
        }
        for viewpoint in &docs.policy.viewpoints {
            let label = value(&viewpoint.label);
            let bare = label.map(|label| label.trim_end_matches("の視点"));
            names.viewpoints.add(&viewpoint.id.value, &[label, bare]);
        }
        for interviewer in &docs.organization.interviewers {
            names.interviewers.add(&interviewer.id.value, &[value(&interviewer.title)]);
        }
        names
    }

    /// Resolves a department.
    pub fn department(&self, text: &str) -> Resolved<usize> {
        self.departments.resolve(text)
    }

    /// Resolves `department`, `department/division`, or the name of either.
    pub fn unit(&self, text: &str) -> Resolved<Unit> {
        if let Some((department, division)) = text.split_once(['/', '／']) {
            return self.divided(text, department.trim(), division.trim());
        }
        match self.departments.resolve(text) {
            Resolved::Exact(department) => Resolved::Exact(Unit { department, division: None }),
            Resolved::Spelled(department, want) => Resolved::Spelled(Unit { department, division: None }, want),
            Resolved::Wrapped(department, want) => Resolved::Wrapped(Unit { department, division: None }, want),
            Resolved::Ambiguous(all) => Resolved::Ambiguous(all),
            Resolved::Unknown => self.division_anywhere(text),
        }
    }

    fn divided(&self, text: &str, department: &str, division: &str) -> Resolved<Unit> {
        let Some(found) = self.departments.resolve(department).found() else { return Resolved::Unknown };
        let Some(inner) = self.divisions[found].resolve(division).found() else { return Resolved::Unknown };
        let unit = Unit { department: found, division: Some(inner) };
        let want = self.unit_id(unit);
        if want == text { Resolved::Exact(unit) } else { Resolved::Spelled(unit, want) }
    }

    fn division_anywhere(&self, text: &str) -> Resolved<Unit> {
        let folded = fold(ids::unwrap_quotes(text).unwrap_or(text));
        match self.anywhere.get(&folded).map_or(&[][..], Vec::as_slice) {
            [] => Resolved::Unknown,
            [unit] => Resolved::Spelled(*unit, self.unit_id(*unit)),
            many => Resolved::Ambiguous(many.iter().take(MANY).map(|unit| self.unit_id(*unit)).collect()),
        }
    }

    /// Resolves a division of one department.
    pub fn division(&self, department: usize, text: &str) -> Resolved<usize> {
        let table = &self.divisions[department];
        if let Some((owner, division)) = text.split_once(['/', '／']) {
            let own = self.departments.resolve(owner).found() == Some(department);
            return match table.resolve(division).found() {
                Some(index) if own => Resolved::Spelled(index, table.order[index].0.clone()),
                _ => Resolved::Unknown,
            };
        }
        table.resolve(text)
    }

    /// `department` or `department/division`.
    pub fn unit_id(&self, unit: Unit) -> String {
        let department = &self.departments.order[unit.department].0;
        match unit.division {
            Some(division) => format!("{department}/{}", self.divisions[unit.department].order[division].0),
            None => department.clone(),
        }
    }

    /// The name people use: the division's, or the department's.
    pub fn unit_title(&self, unit: Unit) -> String {
        let department = &self.departments.order[unit.department].1;
        match unit.division {
            Some(division) => format!("{department}{}", self.divisions[unit.department].order[division].1),
            None => department.clone(),
        }
    }

    /// The department that a name is about, if it can be told.
    pub fn unit_of(&self, name: &Name) -> Option<Unit> {
        self.unit(&name.text).found()
    }
}

fn value(text: &Option<crate::model::Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}
