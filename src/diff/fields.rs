//! Two values compared field by field: every text that differs ends up in one [`FieldChange`].

use std::collections::{HashMap, HashSet};

use crate::diff::pair::pair;
use crate::diff::value::{Key, Value};
use crate::shape::Field;

/// One step on the way to a value.
#[derive(Debug, Clone)]
pub struct Step {
    /// The name of the field.
    pub name: String,
    /// The field, where it is known.
    pub field: Option<&'static Field>,
    /// In a list: what tells the entry from the others, else its number.
    pub entry: Option<String>,
}

/// What a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One value became another; either may be absent.
    Value,
    /// Members of a plain list went and came; the others stayed.
    Members,
    /// A whole entry of a list came.
    Added,
    /// A whole entry of a list went.
    Dropped,
}

/// One difference.
#[derive(Debug, Clone)]
pub struct FieldChange {
    /// The way to it.
    pub path: Vec<Step>,
    /// What it is.
    pub what: What,
    /// The old value, the members that went, or the texts of the entry that went.
    pub before: Vec<String>,
    /// The same, new.
    pub after: Vec<String>,
    /// The unit, for the value of a measure.
    pub unit: Option<String>,
    /// The title of the entry that it belongs to, or of the one that came or went.
    pub title: Option<String>,
}

impl FieldChange {
    /// `goals[G2].measures[待ち時間].target.value`
    pub fn path_text(&self) -> String {
        let step = |step: &Step| match &step.entry {
            Some(entry) => format!("{}[{entry}]", step.name),
            None => step.name.clone(),
        };
        self.path.iter().map(step).collect::<Vec<_>>().join(".")
    }

    /// The names of the fields on the way, without entries.
    pub fn names(&self) -> Vec<&str> {
        self.path.iter().map(|step| step.name.as_str()).collect()
    }

    /// The goal it belongs to.
    pub fn goal(&self) -> Option<&str> {
        self.path.first().filter(|step| step.name == "goals").and_then(|step| step.entry.as_deref())
    }
}

/// Every difference between two files.
pub(super) fn compare(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut walk = Walk::default();
    walk.values(before, after);
    walk.found
}

#[derive(Default)]
struct Walk {
    path: Vec<Step>,
    unit: Option<String>,
    title: Option<String>,
    found: Vec<FieldChange>,
}

impl Walk {
    fn values(&mut self, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        match (before, after) {
            (Value::Fields(old), Value::Fields(new)) => self.fields(before, old, after, new),
            (Value::Blank, Value::Fields(new)) => self.fields(before, &[], after, new),
            (Value::Fields(old), Value::Blank) => self.fields(before, old, after, &[]),
            (Value::List(old), Value::List(new)) => self.lists(old, new),
            (Value::Blank, Value::List(new)) => self.lists(&[], new),
            (Value::List(old), Value::Blank) => self.lists(old, &[]),
            _ => self.push(What::Value, texts(before), texts(after)),
        }
    }

    fn fields(&mut self, before: &Value, old: &[(Key, Value)], after: &Value, new: &[(Key, Value)]) {
        let outer = (self.unit.clone(), self.title.clone());
        if let Some(unit) = after.text("unit").or(before.text("unit")) {
            self.unit = Some(unit.to_owned());
        }
        if let Some(title) = after.text("title").or(before.text("title")) {
            self.title = Some(title.to_owned());
        }
        let (olds, news) = (first_of_each(old), first_of_each(new));
        let mut done: HashSet<&str> = HashSet::new();
        for (key, _) in new.iter().chain(old) {
            if !done.insert(&key.name) {
                continue;
            }
            self.path.push(Step { name: key.name.clone(), field: key.field, entry: None });
            let [before, after] = [&olds, &news].map(|fields| fields.get(key.name.as_str()).copied());
            let blank = Value::Blank;
            self.values(before.unwrap_or(&blank), after.unwrap_or(&blank));
            self.path.pop();
        }
        (self.unit, self.title) = outer;
    }

    fn lists(&mut self, old: &[Value], new: &[Value]) {
        let objects = |list: &[Value]| list.iter().any(|value| matches!(value, Value::Fields(_)));
        if !objects(old) && !objects(new) {
            let (went, came) = members(old, new);
            if !(went.is_empty() && came.is_empty()) {
                self.push(What::Members, went, came);
            }
            return;
        }
        for (before, after) in pair(old, new) {
            let shown = after.or(before);
            let entry = shown.map(|(index, value)| name(value).unwrap_or_else(|| (index + 1).to_string()));
            if let Some(step) = self.path.last_mut() {
                step.entry = entry;
            }
            let outer = self.title.clone();
            if before.is_none() || after.is_none() {
                self.title =
                    shown.and_then(|(_, value)| value.text("title").or(value.text("short"))).map(str::to_owned);
            }
            match (before, after) {
                (Some((_, before)), Some((_, after))) => self.values(before, after),
                (Some((_, before)), None) => self.push(What::Dropped, texts(before), Vec::new()),
                (None, Some((_, after))) => self.push(What::Added, Vec::new(), texts(after)),
                (None, None) => {}
            }
            self.title = outer;
            if let Some(step) = self.path.last_mut() {
                step.entry = None;
            }
        }
    }

    fn push(&mut self, what: What, before: Vec<String>, after: Vec<String>) {
        let value = self.path.last().is_some_and(|step| step.name == "value");
        let unit = self.unit.clone().filter(|_| value);
        self.found.push(FieldChange { path: self.path.clone(), what, before, after, unit, title: self.title.clone() });
    }
}

/// Of two fields of one name the first counts (K010).
fn first_of_each(fields: &[(Key, Value)]) -> HashMap<&str, &Value> {
    let mut first = HashMap::new();
    for (key, value) in fields {
        first.entry(key.name.as_str()).or_insert(value);
    }
    first
}

fn texts(value: &Value) -> Vec<String> {
    value.texts().into_iter().map(str::to_owned).collect()
}

/// What a plain list lost and gained; its order says nothing.
fn members(old: &[Value], new: &[Value]) -> (Vec<String>, Vec<String>) {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().flat_map(Value::texts).collect(), new.iter().flat_map(Value::texts).collect());
    for text in &new {
        *counts.entry(text).or_default() += 1;
    }
    let mut went = Vec::new();
    for text in old {
        let count = counts.entry(text).or_default();
        *count -= 1;
        if *count < 0 {
            went.push(text.to_owned());
        }
    }
    let came = new.into_iter().filter(|text| {
        let count = counts.entry(text).or_default();
        *count -= 1;
        *count >= 0
    });
    (went, came.map(str::to_owned).collect())
}

/// What tells an entry from the others, for people: its id, name or first words.
pub(super) fn name(value: &Value) -> Option<String> {
    const NAMES: [&str; 13] = [
        "id",
        "number",
        "name",
        "what",
        "project",
        "period",
        "measure",
        "post",
        "source",
        "cites",
        "items",
        "goals",
        "department",
    ];
    let joined = |name: &str| {
        let texts = value.get(name).map(Value::texts).unwrap_or_default();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    NAMES.iter().find_map(|name| joined(name))
}
