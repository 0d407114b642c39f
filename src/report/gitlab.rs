//! `check --format gitlab`: GitLab's Code Quality report, a list with one key a finding that stays
//! while lines move, so that a merge request shows what it adds and what it mends.

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::fingerprint::{Fingerprint, fingerprints};
use crate::model::Level;
use crate::report::checked::Checked;
use crate::report::escape;
use crate::report::region::ends;
use crate::report::told::told;

/// The whole list; an empty one says that all is well.
pub fn write(checked: &Checked<'_>) -> String {
    let keys = fingerprints(checked.city, checked.findings);
    let issues: Vec<Value> =
        checked.findings.iter().zip(&keys).map(|(finding, key)| issue(checked, finding, key)).collect();
    escape::json(&issues)
}

fn issue(checked: &Checked<'_>, finding: &Finding, key: &Fingerprint) -> Value {
    let (start, end) = ends(checked.city, finding.place);
    json!({
        "type": "issue",
        "description": told(finding, checked.lang),
        "check_name": format!("{} {}", finding.rule.code, finding.rule.name),
        "fingerprint": key.as_str(),
        "severity": severity(finding),
        "location": {
            "path": checked.ci_path(finding.place.file),
            "lines": {"begin": start.line, "end": end.line},
        },
    })
}

/// A plan that cannot be read at all weighs more than one slip in it.
fn severity(finding: &Finding) -> &'static str {
    match finding.level {
        Level::Error if finding.rule.is_fixed() => "critical",
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Info | Level::Off => "info",
    }
}
