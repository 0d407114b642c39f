//! What a change does to a file.

use std::collections::BTreeMap;

use crate::city::{City, CityFile};
use crate::diff::{FieldChange, Value, fields};
use crate::source::Readable;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It differs.
    Changed,
    /// It differs, and cannot be read as a whole, before or now.
    Unreadable,
    /// It is the same.
    Same,
}

/// A file that differs.
#[derive(Debug, Clone)]
pub struct FileDiff {
    /// Its path.
    pub path: String,
    /// What became of it.
    pub fate: Fate,
    /// Every field that differs.
    pub changes: Vec<FieldChange>,
}

/// The files of both cities by path.
pub(super) fn pairs<'a>(before: &'a City, after: &'a City) -> BTreeMap<&'a str, [Option<&'a CityFile>; 2]> {
    let mut pairs: BTreeMap<&str, [Option<&CityFile>; 2]> = BTreeMap::new();
    for (side, city) in [before, after].into_iter().enumerate() {
        for file in &city.files {
            pairs.entry(&file.path).or_default()[side] = Some(file);
        }
    }
    pairs
}

/// What differs between two files of one path; nothing where they say the same.
pub(super) fn file_diff(path: &str, [before, after]: [Option<&CityFile>; 2]) -> Option<FileDiff> {
    let fate = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => Fate::Added,
        (Some(_), None) => Fate::Removed,
        (Some(old), Some(new)) if same(old, new) => return None,
        (Some(old), Some(new)) if old.is_readable() && new.is_readable() => Fate::Changed,
        _ => Fate::Unreadable,
    };
    let value = |file: Option<&CityFile>| match file.map(|file| (file.role.kind, &file.text)) {
        Some((Some(kind), text)) => Value::read(kind, text),
        _ => Value::Fields(Vec::new()),
    };
    // A file that came or went is told as a whole; parts of one that cannot be read would look lost.
    let changes = match fate {
        Fate::Unreadable => Vec::new(),
        _ => fields::compare(&value(before), &value(after)),
    };
    let layout = fate == Fate::Changed && changes.is_empty();
    (!layout).then(|| FileDiff { path: path.to_owned(), fate, changes })
}

fn same(old: &CityFile, new: &CityFile) -> bool {
    let broken =
        |file: &CityFile| file.refused.is_some() || file.io_error.is_some() || file.readable == Readable::Nothing;
    old.text == new.text && !broken(old) && !broken(new) && old.role == new.role
}
