//! One round: the fixes that are tried together, and which of them can be trusted.

use std::collections::{BTreeMap, BTreeSet};

use crate::city::City;
use crate::error::Error;
use crate::finding::Finding;
use crate::fix::trust::{self, Shape};
use crate::fix::{Choice, HeldBack, Reason, State};
use crate::place::{FileId, Span};
use crate::source::{Edit, Readable, apply};
use crate::store::Snapshot;

/// Where a fix is: path, place of its finding, code.
type Key = (String, Span, &'static str);

/// Fixes held back, until their file changes.
#[derive(Default)]
pub(super) struct Refused(BTreeMap<Key, HeldBack>);

/// The fixes of one round, by file; those of a file do not overlap.
pub(super) struct Round<'s> {
    state: &'s State,
    choice: &'s Choice<'s>,
    files: BTreeMap<FileId, Vec<&'s Finding>>,
}

/// One file with some of its fixes.
pub(super) struct Trial<'s> {
    pub(super) file: FileId,
    pub(super) fixes: Vec<&'s Finding>,
    pub(super) after: String,
    /// What is read at last, because the name above it was mended: places in `after`.
    pub(super) opened: Vec<Span>,
}

/// What a round came to.
pub(super) struct Done<'s> {
    pub(super) kept: Vec<Trial<'s>>,
    held: Vec<(&'s Finding, Reason)>,
    /// The city with what was kept, if anything was.
    pub(super) after: Option<State>,
}

/// Judgements of a whole city that one round may cost; what is not settled then is held back.
const MOST_TRIALS: usize = 100;

impl<'s> Round<'s> {
    /// The fixes whose turn it is: those of files that cannot be read, if there are any, else of
    /// all files; in each file those of form, if there are any, else all.
    pub(super) fn new(state: &'s State, choice: &'s Choice<'s>, refused: &Refused) -> Round<'s> {
        let mut files: BTreeMap<FileId, Vec<&Finding>> = BTreeMap::new();
        for finding in state.wanted(choice) {
            let fixable = finding.fix.as_ref().is_some_and(|fix| (fix.safe || choice.all) && !fix.edits.is_empty());
            if fixable && !refused.0.contains_key(&key(&state.city, finding)) {
                files.entry(finding.place.file).or_default().push(finding);
            }
        }
        let broken = |id: &FileId| state.city.file(*id).readable != Readable::Whole;
        if files.keys().any(broken) {
            files.retain(|id, _| broken(id));
        }
        for fixes in files.values_mut() {
            if fixes.iter().any(|finding| finding.rule.family() == 0) {
                fixes.retain(|finding| finding.rule.family() == 0);
            }
            let mut taken = Vec::new();
            fixes.retain(|finding| is_free(finding, &mut taken));
        }
        Round { state, choice, files }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What is still to be done after the last round, but for what was held back for a reason.
    pub(super) fn given_up(&self, held: &[HeldBack]) -> Vec<HeldBack> {
        let known: BTreeSet<_> = held.iter().map(|held| (held.path.as_str(), held.line, held.code)).collect();
        let left = self.files.values().flatten().map(|finding| hold(&self.state.city, finding, Reason::Overlaps));
        left.filter(|left| !known.contains(&(left.path.as_str(), left.line, left.code))).collect()
    }

    /// Tries the fixes: first the text of each file alone, then the whole city.
    pub(super) fn run(&self, work: &Snapshot) -> Result<Done<'s>, Error> {
        let mut done = Done { kept: Vec::new(), held: Vec::new(), after: None };
        let mut trials = Vec::new();
        for (file, fixes) in &self.files {
            let mut kept = Vec::new();
            settle(fixes, &mut kept, &mut done.held, &mut |fixes| Ok(self.trial(*file, fixes).err()))?;
            trials.extend(self.trial(*file, &kept).ok());
        }
        let mut court = Court { round: self, work, after: None, left: MOST_TRIALS };
        let (mut kept, mut failed) = (Vec::new(), Vec::new());
        let all: Vec<usize> = (0..trials.len()).collect();
        settle(&all, &mut kept, &mut failed, &mut |some| {
            court.judge(&some.iter().filter_map(|index| trials.get(*index)).collect::<Vec<_>>())
        })?;
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for (index, trial) in trials.into_iter().enumerate() {
            if kept.contains(&index) { good.push(trial) } else { bad.push(trial) }
        }
        for trial in bad {
            let mut fixes = Vec::new();
            settle(&trial.fixes, &mut fixes, &mut done.held, &mut |fixes| match self.trial(trial.file, fixes) {
                Ok(part) => court.judge(&good.iter().chain([&part]).collect::<Vec<_>>()),
                Err(reason) => Ok(Some(reason)),
            })?;
            good.extend(self.trial(trial.file, &fixes).ok());
        }
        done.after = court.after.filter(|_| !good.is_empty());
        done.kept = good;
        Ok(done)
    }

    /// The text of a file after some fixes, if nothing but what they name differs in it.
    fn trial(&self, file: FileId, fixes: &[&'s Finding]) -> Result<Trial<'s>, Reason> {
        let before = &self.state.city.file(file).text;
        let edits = edits(fixes);
        let repaired = apply(before, &edits);
        if fixes.is_empty() || repaired.text == *before {
            return Err(Reason::StillThere);
        }
        let (shape, opened) = trust::compare(before, &repaired, &edits);
        // A sign of form can hide others, so that the file read as it stands is not what it says.
        let form = fixes.iter().all(|finding| finding.rule.family() == 0);
        match shape {
            Shape::Same | Shape::WasBroken => {}
            Shape::Different if form => {}
            Shape::Different => return Err(Reason::ChangesElse),
            Shape::Unreadable => return Err(Reason::Unreadable),
        }
        Ok(Trial { file, fixes: fixes.to_vec(), after: repaired.text.into_owned(), opened })
    }
}

/// Judges the city as it would be.
struct Court<'a, 's> {
    round: &'a Round<'s>,
    work: &'a Snapshot,
    /// The city of the last trial that could be trusted.
    after: Option<State>,
    left: usize,
}

impl Court<'_, '_> {
    /// Why these trials cannot be trusted together, if so.
    fn judge(&mut self, trials: &[&Trial<'_>]) -> Result<Option<Reason>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(Some(Reason::Overlaps)) };
        self.left = left;
        let mut tried = self.work.clone();
        for trial in trials {
            tried.overlay(self.round.state.city.file(trial.file).path.as_str(), trial.after.clone().into_bytes());
        }
        let after = State::read(&tried, self.round.choice)?;
        let reason = trust::doubt(self.round.state, &after, trials);
        if reason.is_none() {
            self.after = Some(after);
        }
        Ok(reason)
    }
}

/// Says why some units cannot be trusted together, if so.
type Doubt<'d, T> = &'d mut dyn FnMut(&[T]) -> Result<Option<Reason>, Error>;

/// Sorts `units` into those that can be trusted together with `kept`, and the others with the
/// reason: all at once, else by halves.
fn settle<T: Copy>(
    units: &[T],
    kept: &mut Vec<T>,
    held: &mut Vec<(T, Reason)>,
    doubt: Doubt<'_, T>,
) -> Result<(), Error> {
    if units.is_empty() {
        return Ok(());
    }
    let tried = [kept.as_slice(), units].concat();
    match (doubt(&tried)?, units) {
        (None, _) => *kept = tried,
        (Some(reason), [one]) => held.push((*one, reason)),
        (Some(_), many) => {
            let (first, rest) = many.split_at(many.len() / 2);
            settle(first, kept, held, doubt)?;
            settle(rest, kept, held, doubt)?;
        }
    }
    Ok(())
}

impl Refused {
    /// Notes what a round held back; what is known of a file that changed is forgotten.
    pub(super) fn note(&mut self, city: &City, done: &Done<'_>) {
        let changed: BTreeSet<&str> = done.kept.iter().map(|trial| city.file(trial.file).path.as_str()).collect();
        self.0.retain(|(path, ..), _| !changed.contains(path.as_str()));
        for (finding, reason) in &done.held {
            let key = key(city, finding);
            if !changed.contains(key.0.as_str()) {
                self.0.insert(key, hold(city, finding, *reason));
            }
        }
    }

    pub(super) fn into_held(self) -> impl Iterator<Item = HeldBack> {
        self.0.into_values()
    }
}

fn key(city: &City, finding: &Finding) -> Key {
    (city.file(finding.place.file).path.clone(), finding.place.span, finding.rule.code)
}

fn hold(city: &City, finding: &Finding, reason: Reason) -> HeldBack {
    let file = city.file(finding.place.file);
    let line = file.lines().line(finding.place.span.start);
    HeldBack { path: file.path.clone(), line: Some(line), code: Some(finding.rule.code), reason }
}

/// True when no edit of a fix touches those taken; then its own are taken.
fn is_free(finding: &Finding, taken: &mut Vec<Span>) -> bool {
    let spans: Vec<Span> = edits(&[finding]).iter().map(|edit| edit.span).collect();
    let free = spans.iter().all(|span| taken.iter().all(|other| span.end < other.start || other.end < span.start));
    if free {
        taken.extend(spans);
    }
    free
}

fn edits(fixes: &[&Finding]) -> Vec<Edit> {
    fixes.iter().flat_map(|finding| finding.fix.iter().flat_map(|fix| fix.edits.clone())).collect()
}
