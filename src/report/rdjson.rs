//! `check --format rdjson`: for reviewdog, which comments in Gitea, Forgejo, GitLab and GitHub.
//! Columns are bytes of UTF-8 from 1; ends are exclusive.

use serde_json::{Value, json};

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::Place;
use crate::report::checked::Checked;
use crate::report::escape;
use crate::report::region::{as_one, byte_ends, fix};
use crate::report::told::{inert, told};

/// The whole result.
pub fn write(checked: &Checked<'_>) -> String {
    let diagnostics: Vec<Value> = checked.findings.iter().map(|finding| diagnostic(checked, finding)).collect();
    escape::json(&json!({"source": {"name": "kpolicy"}, "diagnostics": diagnostics}))
}

fn diagnostic(checked: &Checked<'_>, finding: &Finding) -> Value {
    let severity = match finding.level {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Info | Level::Off => "INFO",
    };
    let related = finding.related.iter().map(|related| {
        json!({"message": inert(related.message.get(checked.lang)), "location": location(checked, related.place)})
    });
    json!({
        "message": told(finding, checked.lang),
        "location": location(checked, finding.place),
        "severity": severity,
        "code": {"value": finding.rule.code},
        "suggestions": suggestion(checked.city, finding).into_iter().collect::<Vec<Value>>(),
        "related_locations": related.collect::<Vec<Value>>(),
    })
}

/// A fix as one edit: a reader takes several for so many choices.
fn suggestion(city: &City, finding: &Finding) -> Option<Value> {
    let (place, text) = as_one(city, finding, fix(city, finding)?)?;
    Some(json!({"range": range(city, place), "text": text}))
}

fn location(checked: &Checked<'_>, place: Place) -> Value {
    json!({"path": checked.ci_path(place.file), "range": range(checked.city, place)})
}

fn range(city: &City, place: Place) -> Value {
    let (start, end) = byte_ends(city, place);
    json!({
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    })
}
