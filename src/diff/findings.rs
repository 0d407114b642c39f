//! Findings that came, went and stayed, told apart by their keys.

use std::collections::HashSet;

use crate::city::City;
use crate::finding::Finding;
use crate::fingerprint::{Fingerprint, fingerprints};
use crate::lang::Say;
use crate::model::Level;

/// A finding in a few words.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its key.
    pub fingerprint: Fingerprint,
    /// `K301`
    pub code: &'static str,
    /// Its level.
    pub level: Level,
    /// Where: path and line; for one that is gone, in the version before.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: Say,
    /// The department it is about, by id.
    pub department: Option<String>,
}

/// The findings of two versions.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Those that came.
    pub new: Vec<Note>,
    /// Those that went.
    pub gone: Vec<Note>,
    /// Those that were there before and still are.
    pub remaining: Vec<Note>,
}

/// Compares the findings of two cities.
pub(super) fn compare((old, before): (&City, &[Finding]), (new, after): (&City, &[Finding])) -> Findings {
    let (was, is) = (notes(old, before), notes(new, after));
    let keys = |notes: &[Note]| -> HashSet<Fingerprint> { notes.iter().map(|note| note.fingerprint.clone()).collect() };
    let (olds, news) = (keys(&was), keys(&is));
    let (remaining, new) = is.into_iter().partition(|note| olds.contains(&note.fingerprint));
    let gone = was.into_iter().filter(|note| !news.contains(&note.fingerprint)).collect();
    Findings { new, gone, remaining }
}

fn notes(city: &City, findings: &[Finding]) -> Vec<Note> {
    let all: Vec<&Finding> = findings.iter().collect();
    let note = |(finding, fingerprint): (&Finding, Fingerprint)| Note {
        fingerprint,
        code: finding.rule.code,
        level: finding.level,
        path: city.file(finding.place.file).path.clone(),
        line: city.position(finding.place).line,
        message: finding.message.clone(),
        department: finding.department.clone(),
    };
    findings.iter().zip(fingerprints(city, &all)).map(note).collect()
}
