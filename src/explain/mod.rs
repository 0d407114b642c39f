//! What a field is for: its meaning, why the city asks for it, how it is written, which rules look
//! at it, and an example.
//!
//! Meaning and form come from the tables of `shape`; why and which rules from `notes.txt`, where a
//! field without a note takes that of what holds it; examples are cut out of one whole city
//! (`example/`) that is checked clean, so that none can grow stale.

mod example;
mod find;
mod form;
mod notes;
mod page;

use crate::shape::{Field, FileKind, Kind, Shape};

pub use example::{FILES, cut};
pub use find::{Found, find, path_of};
pub use form::common_rules;
pub use notes::{Note, note, notes};
pub use page::page;

/// A field with the way to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The kind of file it stands in.
    pub kind: FileKind,
    /// The fields from the top of the file to this one.
    pub way: Vec<&'static Field>,
}

impl Entry {
    /// The field itself.
    pub fn field(&self) -> &'static Field {
        self.way[self.way.len() - 1]
    }

    /// `goals.measures.baseline`
    pub fn path(&self) -> String {
        self.way.iter().map(|field| field.key).collect::<Vec<_>>().join(".")
    }

    /// `plan.goals.measures.baseline`
    pub fn full_path(&self) -> String {
        format!("{}.{}", self.kind.schema_name(), self.path())
    }

    /// `組織目標 > 指標 > 現状値`
    pub fn labels(&self) -> String {
        self.way.iter().map(|field| field.label).collect::<Vec<_>>().join(" > ")
    }
}

/// Every field of every file, in the order in which they are written.
pub fn entries() -> Vec<Entry> {
    let mut all = Vec::new();
    for kind in FileKind::ALL {
        walk(kind, kind.shape(), &mut Vec::new(), &mut all);
    }
    all
}

fn walk(kind: FileKind, shape: &'static Shape, way: &mut Vec<&'static Field>, all: &mut Vec<Entry>) {
    for field in shape.fields {
        way.push(field);
        all.push(Entry { kind, way: way.clone() });
        if let Kind::One(inner) | Kind::List(Kind::One(inner)) = &field.kind {
            walk(kind, inner, way, all);
        }
        way.pop();
    }
}

/// What the file is called.
pub fn file_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Settings => "policy/kpolicy.yaml",
        FileKind::Policy => "policy/2025/policy.yaml",
        FileKind::References => "policy/2025/references.yaml",
        FileKind::Organization => "policy/2025/organization.yaml",
        FileKind::Interviews => "policy/2025/interviews.yaml",
        FileKind::Plan => "departments/2025/kensetsu-kankyo.yaml",
    }
}
