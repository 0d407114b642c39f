//! Fixes: text edits at places, tried in memory first.
//!
//! A round takes every fix that does not overlap an earlier one; what overlapped is retried in the
//! next round, at most ten times. Faults of form go first: what a file says can only be mended once
//! it is read. A fix stays when its result can be trusted (see `trust.rs`); the others are held back,
//! each with its reason. A file in another encoding is a case of its own (see `convert.rs`).

mod convert;
mod held;
mod round;
mod trust;

use std::collections::BTreeMap;

use crate::city::City;
use crate::error::Error;
use crate::finding::Finding;
use crate::source::Encoding;
use crate::store::Snapshot;

pub use held::{HeldBack, Reason};
use round::{Refused, Round};

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
    /// What it was in, where it was not UTF-8.
    pub converted: Option<Converted>,
    /// Codes of the fixes applied, with how often.
    pub applied: BTreeMap<&'static str, usize>,
}

/// A file that was in another encoding.
#[derive(Debug, Clone)]
pub struct Converted {
    /// The encoding.
    pub from: Encoding,
    /// The bytes as they were.
    pub bytes: Vec<u8>,
}

impl FixedFile {
    /// The bytes of the file when it was read.
    pub fn bytes_before(&self) -> &[u8] {
        self.converted.as_ref().map_or(self.before.as_bytes(), |converted| &converted.bytes)
    }
}

/// What fixing did to a city.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Files that change, by path.
    pub files: Vec<FixedFile>,
    /// Fixes that were not applied, by path and line, each with its reason.
    pub held: Vec<HeldBack>,
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

/// A city and what is wrong with it.
struct State {
    city: City,
    findings: Vec<Finding>,
}

impl State {
    fn read(snapshot: &Snapshot, choice: &Choice<'_>) -> Result<State, Error> {
        let city = City::load(snapshot);
        let findings = (choice.judge)(&city)?;
        Ok(State { city, findings })
    }

    /// The findings that may be fixed.
    fn wanted<'s>(&'s self, choice: &Choice<'_>) -> Vec<&'s Finding> {
        self.findings.iter().filter(|finding| (choice.wanted)(&self.city, finding)).collect()
    }
}

/// The files as they are so far.
struct Work {
    snapshot: Snapshot,
    changed: BTreeMap<String, FixedFile>,
}

impl Work {
    /// Puts a new text in place of a file's `before`.
    fn put(&mut self, path: &str, before: &str, after: &str) -> &mut FixedFile {
        self.snapshot.overlay(path, after.as_bytes().to_vec());
        let file = self.changed.entry(path.to_owned()).or_insert_with(|| FixedFile {
            path: path.to_owned(),
            before: before.to_owned(),
            after: String::new(),
            converted: None,
            applied: BTreeMap::new(),
        });
        after.clone_into(&mut file.after);
        file
    }
}

/// Tries the fixes of a snapshot, in memory.
pub fn fix(snapshot: &Snapshot, choice: &Choice<'_>) -> Result<Outcome, Error> {
    let mut work = Work { snapshot: snapshot.clone(), changed: BTreeMap::new() };
    let mut state = State::read(&work.snapshot, choice)?;
    let mut held = Vec::new();
    if choice.all {
        held = convert::run(&mut work, &state, choice);
        if !work.changed.is_empty() {
            state = State::read(&work.snapshot, choice)?;
        }
    }
    let mut refused = Refused::default();
    for _ in 0..ROUNDS {
        let round = Round::new(&state, choice, &refused);
        if round.is_empty() {
            break;
        }
        let done = round.run(&work.snapshot)?;
        for trial in &done.kept {
            let before = &state.city.file(trial.file).text;
            let file = work.put(&state.city.file(trial.file).path, before, &trial.after);
            for finding in &trial.fixes {
                *file.applied.entry(finding.rule.code).or_default() += 1;
            }
        }
        refused.note(&state.city, &done);
        state = match done.after {
            Some(after) => after,
            None => continue,
        };
    }
    held.extend(refused.into_held());
    held.extend(Round::new(&state, choice, &Refused::default()).given_up(&held));
    convert::take_back(&mut work, &mut held);
    held.sort();
    let unsafe_left = if choice.all { 0 } else { likely(&state, choice) };
    let files = work.changed.into_values().filter(|file| file.converted.is_some() || file.before != file.after);
    Ok(Outcome { files: files.collect(), held, unsafe_left })
}

/// How many fixes a person should look at.
fn likely(state: &State, choice: &Choice<'_>) -> usize {
    let wanted = state.wanted(choice);
    let edits = wanted.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| !fix.safe)).count();
    edits + convert::candidates(state, &wanted).count()
}
