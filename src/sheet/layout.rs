//! Which sheets a plan's workbook has and which columns they have: told by the tables of `shape`, so
//! that a new field has its place without a line here.
//!
//! The plan itself and shapes of many fields are forms (one field a row), other lists of entries are
//! tables (one entry a row). Fields within a field are columns of their own; a list of ids has a
//! column for each id, a list of texts is one cell with a line each.

use crate::lang::{Bi, Lang};
use crate::shape::{Field, Kind, PLAN, Shape, Target};
use crate::sheet::data::{Data, DataKind, Path, path_word};

/// A shape with more fields than this is easier to fill in as a form.
const FORM: usize = 10;
/// Free columns beside the ids that a list has, and the fewest there are.
const SPARE: usize = 1;
const FEWEST: usize = 2;
/// Free rows for columns of the city's own.
const OWN: usize = 2;

/// One sheet.
#[derive(Debug)]
pub struct Part {
    /// The names of the lists that lead to its entries; empty for the plan itself.
    pub keys: Vec<&'static str>,
    /// What an entry is made of.
    pub shape: &'static Shape,
    /// Its name.
    pub label: Label,
    /// What it is for.
    pub about: Bi,
    /// True for a form, false for a table.
    pub form: bool,
    /// The lists that its entries lie in, outermost first, each with its shape.
    pub parents: Vec<(Label, &'static Shape)>,
    /// The fields of an entry.
    pub columns: Vec<Column>,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    ja: String,
    en: String,
}

impl Label {
    fn of(field: &Field) -> Label {
        Label { ja: field.label.to_owned(), en: field.key.replace('_', " ") }
    }

    fn within(&self, outer: Option<&Label>) -> Label {
        match outer {
            Some(outer) => {
                Label { ja: format!("{}：{}", outer.ja, self.ja), en: format!("{}: {}", outer.en, self.en) }
            }
            None => self.clone(),
        }
    }

    /// The name in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }
}

/// One cell of an entry.
#[derive(Debug, Clone)]
pub struct Column {
    /// The field, from the entry on.
    pub path: Path,
    /// Which of a list's values it holds; the last step of nothing else is a position.
    pub slot: Option<usize>,
    /// What it holds: of a list, what a value of it is.
    pub kind: Kind,
    /// True where a cell holds all texts of a list, a line each.
    pub lines: bool,
    /// True where the name is typed beside the value.
    pub named: bool,
    /// True where something must be written.
    pub required: bool,
    /// Its name.
    pub label: Label,
    /// What it is for.
    pub about: Bi,
}

impl Column {
    /// The word in the hidden cells that tells which field it is.
    pub fn key(&self) -> String {
        let word = path_word(&self.path);
        match self.slot {
            Some(slot) if self.named => format!("{word}/+{slot}"),
            Some(slot) => format!("{word}/{slot}"),
            None => word,
        }
    }

    /// What stands there in an entry; of a list of texts, the list.
    pub fn value<'d>(&self, entry: &'d Data) -> Option<&'d Data> {
        let value = entry.at(&self.path)?;
        match self.slot {
            Some(_) if self.named => None,
            Some(slot) => value.entries().get(slot),
            None => Some(value),
        }
    }
}

/// The sheets of a plan, the goals before what else there is.
pub fn parts(plan: &Data, viewpoints: &[String]) -> Vec<Part> {
    let mut parts = Vec::new();
    let root = Part {
        keys: Vec::new(),
        shape: &PLAN,
        label: Label { ja: "基本".to_owned(), en: "plan".to_owned() },
        about: PLAN.title,
        form: true,
        parents: Vec::new(),
        columns: Vec::new(),
    };
    walk(plan, viewpoints, root, &mut parts);
    parts
}

/// Adds a part and those of the lists within it.
fn walk(plan: &Data, viewpoints: &[String], mut part: Part, parts: &mut Vec<Part>) {
    let entries: Vec<&Data> = entries(plan, &part.keys).into_iter().map(|(_, entry)| entry).collect();
    let mut inner = Vec::new();
    let mut builder = Builder { viewpoints, columns: Vec::new() };
    builder.fields(part.shape, &[], None, &entries, &mut inner);
    part.columns = builder.columns;
    // What is filled in field by field comes first: it is what the other sheets speak of.
    inner.sort_by_key(|(_, _, shape)| shape.fields.len() <= FORM);
    let mut below = Vec::new();
    for (keys, field, shape) in inner {
        let mut parents = part.parents.clone();
        if !part.keys.is_empty() {
            parents.push((part.label.clone(), part.shape));
        }
        let keys: Vec<&'static str> = part.keys.iter().copied().chain(keys).collect();
        let (label, form) = (Label::of(field), shape.fields.len() > FORM);
        below.push(Part { keys, shape, label, about: field.about, form, parents, columns: Vec::new() });
    }
    parts.push(part);
    for part in below {
        walk(plan, viewpoints, part, parts);
    }
}

/// A list within an entry: the names that lead to it, its field, the shape of its entries.
type Inner = (Vec<&'static str>, &'static Field, &'static Shape);

struct Builder<'v> {
    viewpoints: &'v [String],
    columns: Vec<Column>,
}

impl Builder<'_> {
    fn fields(
        &mut self,
        shape: &'static Shape,
        path: &[&'static str],
        outer: Option<&Label>,
        entries: &[&Data],
        inner: &mut Vec<Inner>,
    ) {
        for field in shape.fields {
            let below: Vec<&'static str> = path.iter().copied().chain([field.key]).collect();
            let label = Label::of(field).within(outer);
            let values: Vec<&Data> = entries.iter().filter_map(|entry| entry.at(&below)).collect();
            match field.kind {
                Kind::One(shape) => self.fields(shape, &below, Some(&label), entries, inner),
                Kind::List(Kind::One(shape)) => inner.push((below, field, shape)),
                Kind::List(Kind::Text) => self.add(field, &below, label, Kind::Text, None).lines = true,
                Kind::List(kind) => {
                    let most = values.iter().map(|value| value.entries().len()).max().unwrap_or_default();
                    for slot in 0..(most + SPARE).max(FEWEST) {
                        self.add(field, &below, numbered(&label, slot), *kind, Some(slot));
                    }
                }
                Kind::Map(target, kind) => self.map(field, &below, &label, (target, kind), &values),
                kind => {
                    self.add(field, &below, label, kind, None).required = field.required;
                }
            }
        }
    }

    /// A column for each name that is known or there, and free ones where names are free.
    fn map(
        &mut self,
        field: &'static Field,
        path: &[&'static str],
        label: &Label,
        (target, kind): (Option<Target>, &'static Kind),
        values: &[&Data],
    ) {
        let mut names: Vec<String> = if target.is_some() { self.viewpoints.to_vec() } else { Vec::new() };
        for value in values {
            let DataKind::Map(fields) = &value.kind else { continue };
            for (name, _) in fields {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
        for name in names {
            let own = Label { ja: name.clone(), en: name.clone() }.within(Some(label));
            self.add(field, path, own, *kind, None).path.push(name);
        }
        for slot in 0..if target.is_none() { OWN } else { 0 } {
            self.add(field, path, label.clone(), *kind, Some(slot)).named = true;
        }
    }

    fn add(
        &mut self,
        field: &'static Field,
        path: &[&'static str],
        label: Label,
        kind: Kind,
        slot: Option<usize>,
    ) -> &mut Column {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        let at = self.columns.len();
        let (lines, named, required) = (false, false, false);
        self.columns.push(Column { path, slot, kind, lines, named, required, label, about: field.about });
        &mut self.columns[at]
    }
}

fn numbered(label: &Label, slot: usize) -> Label {
    let number = slot + 1;
    let ja = crate::date::city_digits(u32::try_from(number).unwrap_or(u32::MAX));
    Label { ja: format!("{}{ja}", label.ja), en: format!("{} {number}", label.en) }
}

/// The entries of a part with their paths, in file order.
pub fn entries<'d, S: AsRef<str>>(plan: &'d Data, keys: &[S]) -> Vec<(Path, &'d Data)> {
    let mut found = vec![(Path::new(), plan)];
    for key in keys {
        let mut below = Vec::new();
        for (path, entry) in found {
            let list = entry.at(&[key]).map_or(&[][..], Data::entries);
            for (index, inner) in list.iter().enumerate() {
                let step = [key.as_ref().to_owned(), index.to_string()];
                below.push((path.iter().cloned().chain(step).collect(), inner));
            }
        }
        found = below;
    }
    found
}
