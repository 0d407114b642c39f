//! The data dictionary: every field of every file, once.
//!
//! The decoder, the JSON Schemas, `explain FIELD` and the line scan all read these tables, so
//! that what one accepts the others do too. A new field is a line here and a line where the model
//! decodes it.

mod goal;
mod organization;
mod plan;
mod policy;
mod settings;

use std::sync::LazyLock;

use crate::lang::Bi;
use crate::source::Vocabulary;

pub(crate) use goal::{MEASURE_KIND, PROGRESS_STATE};
pub(crate) use organization::PLAN_DUTY;
pub use organization::{INTERVIEWS, ORGANIZATION, REFERENCES};
pub use plan::PLAN;
pub use policy::POLICY;
pub(crate) use policy::{ANSWERED_BY, SCOPE};
pub use settings::SETTINGS;

/// An object: a set of fields.
#[derive(Debug)]
pub struct Shape {
    /// What an object of this shape is called.
    pub title: Bi,
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name in the file.
    pub key: &'static str,
    /// The Japanese label, understood in place of the name (K212).
    pub label: &'static str,
    /// What it is for.
    pub about: Bi,
    /// What it holds.
    pub kind: Kind,
    /// True where a missing value is K102.
    pub required: bool,
}

/// What a field or list entry holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text. A plain number, boolean or null is K107.
    Text,
    /// A text or a number: the city's own columns.
    TextOrNumber,
    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?`
    Number,
    /// A whole number from 0 to 9999.
    Count,
    /// `true` or `false`.
    Bool,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A day and time, `YYYY-MM-DDTHH:MM`.
    DateTime,
    /// A day of every year, `MM-DD`.
    MonthDay,
    /// An item's own id, `1-6`.
    ItemId,
    /// A clause's own id, `1-6-a`.
    ClauseId,
    /// An item or clause of this or another year.
    Cite,
    /// What a review speaks of: an item, a clause, or last year's goal.
    Subject,
    /// A goal's or follow-up's own id, `G1`.
    GoalId,
    /// A name of one's own: department, division, reference, ….
    Name,
    /// A name that must exist elsewhere.
    Ref(Target),
    /// One of a few words.
    Choice(&'static [Choice]),
    /// A list.
    List(&'static Kind),
    /// An object.
    One(&'static Shape),
    /// An object whose keys are names that must exist elsewhere, or free words, with one kind of value.
    Map(Option<Target>, &'static Kind),
}

/// What a name must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A department.
    Department,
    /// A department or `department/division`.
    Unit,
    /// A division of the plan's own department.
    OwnDivision,
    /// A registered plan or guideline.
    Reference,
    /// A node of the reference named beside it.
    Node,
    /// A viewpoint of the policy.
    Viewpoint,
    /// An interviewer.
    Interviewer,
    /// A reporting period of the settings.
    Period,
    /// A rating of the settings.
    Rating,
    /// A measure of the goal, by its name.
    Measure,
    /// A rule's code, `K405`.
    Rule,
    /// A goal of the same plan.
    OwnGoal,
    /// A goal of an earlier year, `2024:G3`.
    PastGoal,
    /// A goal of another department, `seisaku:G2`.
    OthersGoal,
}

/// One of the words a field allows.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The word in the file.
    pub id: &'static str,
    /// Japanese labels, understood in its place (K212); the first is the one shown.
    pub ja: &'static [&'static str],
    /// English name.
    pub en: &'static str,
}

impl Choice {
    /// The name to show.
    pub fn name(&self) -> Bi {
        Bi { ja: self.ja[0], en: self.en }
    }
}

/// An optional field.
const fn field(key: &'static str, label: &'static str, kind: Kind, about: Bi) -> Field {
    Field { key, label, about, kind, required: false }
}

impl Field {
    /// The same field, required.
    const fn required(mut self) -> Field {
        self.required = true;
        self
    }
}

impl Shape {
    /// The field with this name.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The field with this name or Japanese label.
    pub fn understood(&self, word: &str) -> Option<&'static Field> {
        self.fields.get(self.place(word)?)
    }

    /// Where the field with this name or Japanese label stands among the fields.
    pub fn place(&self, word: &str) -> Option<usize> {
        let name = self.fields.iter().position(|field| field.key == word);
        name.or_else(|| self.fields.iter().position(|field| field.label == word))
    }

    /// The field whose name or Japanese label is most like a word that is neither.
    pub fn nearest(&self, word: &str) -> Option<&'static Field> {
        let words = || self.fields.iter().flat_map(|field| [field.key, field.label]);
        let index = crate::nearest::Words::new(words()).nearest(word)?;
        self.understood(words().nth(index)?)
    }
}

/// Which field an unknown one was meant to be, for many of them in one file.
#[derive(Debug, Default)]
pub struct NearestFields {
    /// The words of each shape that was asked for.
    shapes: std::collections::HashMap<*const Shape, crate::nearest::Words>,
}

impl NearestFields {
    /// The same as [`Shape::nearest`], where `there` says which fields are there already: one of
    /// these where the word can hardly be another, else the nearest that is not there.
    pub fn of(
        &mut self,
        shape: &'static Shape,
        word: &str,
        there: impl Fn(&'static Field) -> bool,
    ) -> Option<&'static Field> {
        let words = || shape.fields.iter().flat_map(|field| [field.key, field.label]);
        let known = self.shapes.entry(shape).or_insert_with(|| crate::nearest::Words::new(words()));
        let first = words().nth(known.nearest(word)?)?;
        let field = shape.understood(first)?;
        if !there(field) || crate::nearest::distance(&crate::nearest::fold(word), first) <= 1 {
            return Some(field);
        }
        // Each field has two words.
        let absent = |index: usize| shape.fields.get(index / 2).is_some_and(|field| !there(field));
        shape.understood(words().nth(known.nearest_of(word, absent)?)?)
    }
}

/// Stands for any object in a message about a wrong type.
pub static ANY_OBJECT: Shape = Shape { title: crate::lang::bi("欄のまとまり", "fields"), fields: &[] };

/// The kinds of file, each with its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `policy/kpolicy.yaml`
    Settings,
    /// `policy/<year>/policy.yaml`
    Policy,
    /// `policy/<year>/references.yaml`
    References,
    /// `policy/<year>/organization.yaml`
    Organization,
    /// `policy/<year>/interviews.yaml`
    Interviews,
    /// `departments/<year>/<dept>.yaml`
    Plan,
}

impl FileKind {
    /// All kinds.
    pub const ALL: [FileKind; 6] = [
        FileKind::Settings,
        FileKind::Policy,
        FileKind::References,
        FileKind::Organization,
        FileKind::Interviews,
        FileKind::Plan,
    ];

    /// The shape of the file's root.
    pub fn shape(self) -> &'static Shape {
        match self {
            FileKind::Settings => &SETTINGS,
            FileKind::Policy => &POLICY,
            FileKind::References => &REFERENCES,
            FileKind::Organization => &ORGANIZATION,
            FileKind::Interviews => &INTERVIEWS,
            FileKind::Plan => &PLAN,
        }
    }

    /// The name of its schema: `schemas/<name>.schema.json`.
    pub fn schema_name(self) -> &'static str {
        match self {
            FileKind::Settings => "settings",
            FileKind::Policy => "policy",
            FileKind::References => "references",
            FileKind::Organization => "organization",
            FileKind::Interviews => "interviews",
            FileKind::Plan => "plan",
        }
    }

    /// The field names that the line scan may trust in such a file.
    pub fn vocabulary(self) -> &'static Vocabulary {
        static ALL: LazyLock<Vec<Vocabulary>> =
            LazyLock::new(|| FileKind::ALL.iter().map(|kind| vocabulary(kind.shape())).collect());
        let index = FileKind::ALL.iter().position(|kind| *kind == self).unwrap_or(0);
        &ALL[index]
    }
}

fn vocabulary(root: &'static Shape) -> Vocabulary {
    let mut words = Vocabulary::default();
    for field in root.fields {
        words.top.extend([field.key, field.label]);
    }
    collect(root, &mut words);
    for list in [&mut words.keys, &mut words.lists, &mut words.ids, &mut words.top] {
        list.sort_unstable();
        list.dedup();
    }
    words
}

fn collect(shape: &'static Shape, words: &mut Vocabulary) {
    for field in shape.fields {
        words.keys.extend([field.key, field.label]);
        let mut kind = &field.kind;
        if let Kind::List(inner) = kind {
            words.lists.extend([field.key, field.label]);
            if !matches!(inner, Kind::Text | Kind::TextOrNumber | Kind::One(_)) {
                words.ids.extend([field.key, field.label]);
            }
            kind = inner;
        }
        if let Kind::Map(_, inner) = kind {
            kind = inner;
        }
        if let Kind::One(inner) = kind {
            collect(inner, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// YAML 1.1 reads these as booleans; they are never names of fields (CONTRACT 1).
    const BOOLEANS: [&str; 6] = ["no", "yes", "on", "off", "y", "n"];

    #[test]
    fn names_are_unique_and_described() {
        for kind in FileKind::ALL {
            walk(kind.shape());
        }
    }

    fn walk(shape: &'static Shape) {
        for (at, field) in shape.fields.iter().enumerate() {
            assert!(!BOOLEANS.contains(&field.key), "{}", field.key);
            assert!(
                !field.label.is_empty() && !field.about.ja.is_empty() && !field.about.en.is_empty(),
                "{}",
                field.key
            );
            for other in &shape.fields[..at] {
                assert!(other.key != field.key && other.label != field.label, "{} in {}", field.key, shape.title.en);
            }
            match &field.kind {
                Kind::One(inner) | Kind::List(Kind::One(inner)) => walk(inner),
                _ => {}
            }
        }
    }
}
