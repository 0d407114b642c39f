//! A run that could not be done, where JSON was asked for: a document that nobody can take for a result.

use serde_json::json;

use crate::report::escape;

/// `{"schema_version": 1, "error": {"message": …, "hints": […]}}` of what is told on stderr.
pub fn json(told: &str) -> String {
    let mut lines = told.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines.next().unwrap_or_default();
    let hints: Vec<&str> = lines.collect();
    escape::json(&json!({ "schema_version": 1, "error": { "message": message, "hints": hints } }))
}
