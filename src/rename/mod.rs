//! Another id for something, in every place that names it.
//!
//! The change is made in memory: edits at the places that [`mentions`] finds, and plans moved to
//! their department's new file name. It is refused where a file cannot be read as a whole, where
//! the new city names anything else than the old one, or where it has an error that was not there.

mod ask;
mod past;
mod prose;
mod trial;

use std::collections::BTreeMap;

use crate::city::City;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::mentions::{Mention, Thing, mentions};
use crate::place::{FileId, Place};
use crate::source::{Edit, apply};
use crate::store::{Content, Entry, Snapshot};

pub use ask::ask;

/// What shall have another id, and in which years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The years.
    pub years: Vec<FiscalYear>,
    /// The thing as it is.
    pub old: Thing,
    /// The same with its new id.
    pub new: Thing,
}

/// One file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Path below the root.
    pub path: String,
    /// Where it goes, for a plan whose department has another id.
    pub to: Option<String>,
    /// The text as it was.
    pub before: String,
    /// The text as it shall be.
    pub after: String,
    /// Places edited.
    pub count: usize,
}

/// A rename that was tried in memory and may be written.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Files that change, by path.
    pub files: Vec<Renamed>,
    /// Words in texts and remarks that look like the old id; they are left to people.
    pub left: Vec<Place>,
    /// The year before keeps the old id, so that the department now names it as its predecessor.
    pub link: Option<past::Link>,
}

impl Outcome {
    /// Places edited in all files.
    pub fn count(&self) -> usize {
        self.files.iter().map(|file| file.count).sum()
    }

    /// The files as they shall be.
    pub fn applied(&self, snapshot: &Snapshot) -> Snapshot {
        let mut after = Snapshot::default();
        for (path, entry) in snapshot.entries() {
            match self.files.iter().find(|file| file.path == path) {
                Some(file) => {
                    let content = Content::Bytes(file.after.clone().into_bytes());
                    after.insert(file.to.clone().unwrap_or_else(|| path.to_owned()), Entry::File(content));
                }
                None => after.insert(path, entry.clone()),
            }
        }
        after
    }
}

impl Rename {
    /// True for a year in which the id changes.
    fn hits(&self, year: FiscalYear) -> bool {
        self.years.contains(&year)
    }

    /// What a place says afterwards, if that is something else. A year without a folder is nobody's.
    fn at(&self, city: &City, mention: &Mention) -> Option<String> {
        if !city.years.contains_key(&mention.year) || !is_open(city, mention.file_year, self) {
            return None;
        }
        let (here, own) = (self.hits(mention.year), self.hits(mention.file_year));
        mention.named.renamed(&self.old, &self.new, here, own)
    }
}

/// A closed year is only touched where it was asked for.
fn is_open(city: &City, year: FiscalYear, rename: &Rename) -> bool {
    rename.hits(year) || !is_closed(city, year)
}

/// True once a year's policy says that it is closed.
fn is_closed(city: &City, year: FiscalYear) -> bool {
    let policy = city.years.get(&year).and_then(|files| files.policy);
    policy.and_then(|id| city.file(id).policy()).is_some_and(|policy| policy.closed)
}

/// Tries a rename in memory.
pub fn rename(snapshot: &Snapshot, city: &City, rename: &Rename, day: Date) -> Result<Outcome, Error> {
    let found = mentions(city);
    trial::readable(city, rename)?;
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for mention in &found {
        if let Some(text) = rename.at(city, mention) {
            edits.entry(mention.place.file).or_default().push(Edit { span: mention.place.span, text });
        }
    }
    let left = prose::words(city, rename, &found);
    let link = past::link(city, rename)?;
    if let Some(link) = &link {
        edits.entry(link.file).or_default().extend(link.edits.iter().cloned());
    }
    let mut outcome = Outcome { files: Vec::new(), left, link };
    for id in city.file_ids() {
        let (file, to) = (city.file(id), moved(city, id, rename));
        let mut edits = edits.remove(&id).unwrap_or_default();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        if edits.is_empty() && to.is_none() {
            continue;
        }
        let after = apply(&file.text, &edits).text.into_owned();
        let (path, before) = (file.path.clone(), file.text.to_string());
        outcome.files.push(Renamed { path, to, before, after, count: edits.len() });
    }
    trial::check(snapshot, city, &found, rename, &outcome, day)?;
    Ok(outcome)
}

/// The new path of a plan whose department gets another id.
fn moved(city: &City, id: FileId, rename: &Rename) -> Option<String> {
    let (Thing::Department(old), Thing::Department(new)) = (&rename.old, &rename.new) else { return None };
    let file = city.file(id);
    let own = file.role.department.as_ref() == Some(old);
    if !own || !file.role.year.is_some_and(|year| rename.hits(year)) {
        return None;
    }
    let (folder, name) = file.path.rsplit_once('/')?;
    let ending = name.strip_prefix(old.as_str())?;
    Some(format!("{folder}/{new}{ending}"))
}
