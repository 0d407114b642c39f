//! A finding's key that stays the same while lines move: two runs, or two versions of a city, can
//! tell which findings are new and which are gone.
//!
//! The key holds the rule, the path, the department, the item, the goal around the place, and the
//! text of the value there. It holds no line, and no words for people: those change with the
//! language, the day and what else is lacking. Only a lack of a field (K1) is told by its message,
//! since such findings share one place.

use std::collections::HashMap;
use std::fmt;

use sha2::{Digest, Sha256};

use crate::city::{City, CityFile};
use crate::finding::Finding;
use crate::place::Span;

/// The key of a finding: 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of one finding by itself; findings that are alike in all that the key holds share it.
pub fn fingerprint(city: &City, finding: &Finding) -> Fingerprint {
    hash(&parts(city, finding), 0)
}

/// The keys of the findings of one run, in their order. Of findings that are alike, the second
/// has a key of its own, the third another one: where one more comes, one key is new.
pub fn fingerprints(city: &City, findings: &[&Finding]) -> Vec<Fingerprint> {
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    let numbered = findings.iter().map(|finding| {
        let parts = parts(city, finding);
        let ordinal = seen.entry(parts.clone()).or_default();
        let key = hash(&parts, *ordinal);
        *ordinal += 1;
        key
    });
    numbered.collect()
}

fn parts(city: &City, finding: &Finding) -> Vec<String> {
    let file = city.file(finding.place.file);
    let span = finding.place.span;
    let mut parts = vec![
        finding.rule.code.to_owned(),
        file.path.clone(),
        finding.department.clone().unwrap_or_default(),
        finding.item.clone().unwrap_or_default(),
        goal_around(file, span).to_owned(),
        value_at(city, finding, file),
    ];
    if finding.rule.family() == 1 {
        parts.push(finding.message.en.clone().into_owned());
    }
    parts
}

/// The id of the goal that holds a place.
fn goal_around(file: &CityFile, span: Span) -> &str {
    let goals = file.plan().map_or(&[][..], |plan| &plan.goals);
    // Goals lie in the order of the file.
    let next = goals.partition_point(|goal| goal.span.start <= span.start);
    let goal = next.checked_sub(1).and_then(|index| goals.get(index));
    goal.filter(|goal| goal.span.holds(span)).map_or("", |goal| goal.id())
}

/// The text at the place, spaces and layout aside. A finding on what is not there stands at the
/// nearest heading; which one that is says nothing of the finding.
fn value_at(city: &City, finding: &Finding, file: &CityFile) -> String {
    let span = finding.place.span;
    let heading = file.plan().is_some_and(|plan| plan.keys.iter().any(|(_, key)| *key == span));
    if heading {
        return String::new();
    }
    city.text(finding.place).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hash(parts: &[String], ordinal: usize) -> Fingerprint {
    let mut hasher = Sha256::new();
    for part in parts {
        // The length keeps two parts from being taken for two others.
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update((ordinal as u64).to_be_bytes());
    let digest = hasher.finalize();
    Fingerprint(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}
