//! Which findings a change brings: those that were not there before it, or weigh more than they
//! did. A finding counts in whatever file it appears: who drops a goal answers for the other
//! department that still names it.

use std::collections::{BTreeMap, HashMap};

use crate::city::City;
use crate::finding::Finding;
use crate::fingerprint::{Fingerprint, fingerprints_as};
use crate::model::Level;

/// Two files are one that was renamed when they share this much of their lines, in hundredths.
const ALIKE: usize = 50;

/// A city and its findings.
pub struct Side<'a> {
    /// The city.
    pub city: &'a City,
    /// All its findings.
    pub findings: &'a [Finding],
}

/// For each finding of `after`, in order: true when the change brings it.
pub fn brought(before: &Side<'_>, after: &Side<'_>) -> Vec<bool> {
    let old: HashMap<Fingerprint, Level> =
        keys(before, &renamed(before.city, after.city)).into_iter().zip(before.findings.iter().map(level)).collect();
    let new = keys(after, &BTreeMap::new()).into_iter().zip(after.findings.iter().map(level));
    new.map(|(key, level)| old.get(&key).is_none_or(|was| level > *was)).collect()
}

fn level(finding: &Finding) -> Level {
    finding.level
}

fn keys(side: &Side<'_>, renamed: &BTreeMap<String, String>) -> Vec<Fingerprint> {
    fingerprints_as(side.city, &side.findings.iter().collect::<Vec<_>>(), renamed)
}

/// Files that have another name now: a finding in them is the same finding still.
fn renamed(before: &City, after: &City) -> BTreeMap<String, String> {
    let mut gone: Vec<_> = before.files.iter().filter(|file| after.find(&file.path).is_none()).collect();
    let mut renamed = BTreeMap::new();
    for file in after.files.iter().filter(|file| before.find(&file.path).is_none()) {
        let same_kind = gone.iter().enumerate().filter(|(_, old)| old.role.kind == file.role.kind);
        let nearest = same_kind.map(|(index, old)| (likeness(&old.text, &file.text), index)).max();
        if let Some((likeness, index)) = nearest
            && likeness >= ALIKE
        {
            renamed.insert(gone.remove(index).path.clone(), file.path.clone());
        }
    }
    renamed
}

/// The share of lines that two texts have in common, in hundredths.
fn likeness(one: &str, other: &str) -> usize {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for line in one.lines() {
        *lines.entry(line).or_default() += 1;
    }
    let all = one.lines().count() + other.lines().count();
    let common = other.lines().filter(|line| match lines.get_mut(line) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    });
    (common.count() * 200).checked_div(all).unwrap_or(0)
}
