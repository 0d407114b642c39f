//! Fixes: text edits at places, tried in memory first.
//!
//! A round takes every fix that does not overlap an earlier one; what overlapped is retried in the
//! next round, at most ten times. A file is only changed when the result can be trusted (see
//! `trust.rs`); otherwise it is left alone and its fixes are counted as held back.

mod trust;

use std::collections::BTreeMap;

use crate::city::City;
use crate::error::Error;
use crate::finding::Finding;
use crate::place::{FileId, Span};
use crate::source::{Edit, apply};
use crate::store::{Content, Entry, Snapshot};

/// Rounds after which overlapping fixes are given up.
const ROUNDS: usize = 10;

/// What fixing did to one file.
#[derive(Debug, Clone)]
pub struct FixedFile {
    /// Path below the root.
    pub path: String,
    /// The text as it was.
    pub before: String,
    /// The text as it shall be.
    pub after: String,
    /// Codes of the fixes applied, with how often.
    pub applied: BTreeMap<&'static str, usize>,
}

/// What fixing did to a city.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Files that change, by path.
    pub files: Vec<FixedFile>,
    /// Fixes that could not be trusted: path and how many.
    pub held: BTreeMap<String, usize>,
    /// Fixes that only `--unsafe-fixes` applies.
    pub unsafe_left: usize,
}

impl Outcome {
    /// How many fixes were applied.
    pub fn applied(&self) -> usize {
        self.files.iter().flat_map(|file| file.applied.values()).sum()
    }
}

/// Which fixes to apply, and how to judge the result.
pub struct Choice<'f> {
    /// True to apply fixes that a person should look at, too.
    pub all: bool,
    /// True for findings that may be fixed.
    pub wanted: &'f dyn Fn(&City, &Finding) -> bool,
    /// Judges a city.
    pub judge: &'f dyn Fn(&City) -> Result<Vec<Finding>, Error>,
}

/// Tries the fixes of a snapshot, in memory.
pub fn fix(snapshot: &Snapshot, choice: &Choice<'_>) -> Result<Outcome, Error> {
    let mut work = snapshot.clone();
    let mut changed: BTreeMap<String, FixedFile> = BTreeMap::new();
    let mut outcome = Outcome::default();
    for _ in 0..ROUNDS {
        let city = City::load(&work);
        let findings = (choice.judge)(&city)?;
        let wanted: Vec<&Finding> = findings.iter().filter(|finding| (choice.wanted)(&city, finding)).collect();
        outcome.held.clear();
        outcome.unsafe_left = wanted.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| !fix.safe)).count();
        let mut progress = false;
        for (id, fixes) in by_file(&city, &wanted, choice.all) {
            let round = Round { city: &city, work: &work, id, judge: choice.judge };
            let (after, applied) = round.best(&fixes)?;
            let path = city.file(id).path.clone();
            if applied.len() < fixes.len() {
                outcome.held.insert(path.clone(), fixes.len() - applied.len());
            }
            if applied.is_empty() {
                continue;
            }
            progress = true;
            let before = city.file(id).text.clone();
            work.overlay(path.clone(), after.clone().into_bytes());
            let entry = changed.entry(path.clone()).or_insert_with(|| FixedFile {
                path,
                before,
                after: String::new(),
                applied: BTreeMap::new(),
            });
            entry.after = after;
            for finding in applied {
                *entry.applied.entry(finding.rule.code).or_default() += 1;
            }
        }
        if !progress {
            break;
        }
    }
    outcome.files = changed.into_values().filter(|file| file.before != file.after).collect();
    Ok(outcome)
}

/// The fixes of each file that do not overlap an earlier one.
fn by_file<'f>(city: &City, findings: &[&'f Finding], all: bool) -> BTreeMap<FileId, Vec<&'f Finding>> {
    let mut files: BTreeMap<FileId, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let fixable = finding.fix.as_ref().is_some_and(|fix| (fix.safe || all) && !fix.edits.is_empty());
        if fixable && !city.file(finding.place.file).text.is_empty() {
            files.entry(finding.place.file).or_default().push(finding);
        }
    }
    for fixes in files.values_mut() {
        let mut taken: Vec<Span> = Vec::new();
        fixes.retain(|finding| {
            let spans: Vec<Span> = edits(&[finding]).iter().map(|edit| edit.span).collect();
            let apart = |span: &Span| taken.iter().all(|other| span.end < other.start || other.end < span.start);
            let free = spans.iter().all(apart);
            if free {
                taken.extend(spans);
            }
            free
        });
    }
    files
}

fn edits(fixes: &[&Finding]) -> Vec<Edit> {
    fixes.iter().flat_map(|finding| finding.fix.iter().flat_map(|fix| fix.edits.clone())).collect()
}

/// One file in one round.
struct Round<'a> {
    city: &'a City,
    work: &'a Snapshot,
    id: FileId,
    judge: &'a dyn Fn(&City) -> Result<Vec<Finding>, Error>,
}

impl Round<'_> {
    /// The text after as many fixes as can be trusted, and those fixes: all of them, else those
    /// that can be trusted alone, else the first of these.
    fn best<'f>(&self, fixes: &[&'f Finding]) -> Result<(String, Vec<&'f Finding>), Error> {
        if let Some(text) = self.attempt(fixes)? {
            return Ok((text, fixes.to_vec()));
        }
        let mut alone = Vec::new();
        for finding in fixes {
            if self.attempt(&[finding])?.is_some() {
                alone.push(*finding);
            }
        }
        if let Some(text) = self.attempt(&alone)? {
            return Ok((text, alone));
        }
        let first: Vec<&Finding> = alone.into_iter().take(1).collect();
        Ok((self.attempt(&first)?.unwrap_or_default(), first))
    }

    /// The text after some fixes, if it can be trusted.
    fn attempt(&self, fixes: &[&Finding]) -> Result<Option<String>, Error> {
        let before = &self.city.file(self.id).text;
        let edits = edits(fixes);
        let after = apply(before, &edits).text.into_owned();
        if fixes.is_empty() || after == *before {
            return Ok(None);
        }
        let trusted = match trust::compare(before, &after, &edits) {
            trust::Verdict::Same => true,
            trust::Verdict::Different => false,
            trust::Verdict::WasBroken => self.mends(fixes, &after)?,
        };
        Ok(trusted.then_some(after))
    }

    /// A file that did not parse: it does now, the fixed findings are gone, no error is new.
    fn mends(&self, fixes: &[&Finding], after: &str) -> Result<bool, Error> {
        let path = &self.city.file(self.id).path;
        let mut tried = self.work.clone();
        tried.insert(path.clone(), Entry::File(Content::Bytes(after.as_bytes().to_vec())));
        trust::mends(&City::load(&tried), path, fixes, self.judge)
    }
}
