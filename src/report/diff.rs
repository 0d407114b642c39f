//! A change as a unified diff.

use similar::TextDiff;

use crate::report::told::inert;
use crate::ui::{Tone, harmless, paint};

/// The difference between two texts of one file. What a line says acts on no terminal or runner.
pub fn unified(path: &str, before: &str, after: &str, color: bool) -> String {
    let path = harmless(path);
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(2).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    text.lines().map(|line| painted(&inert(line.trim_end_matches('\r')), color) + "\n").collect()
}

fn painted(line: &str, color: bool) -> String {
    match line.chars().next() {
        Some('+') => paint(color, Tone::Good, line),
        Some('-') => paint(color, Tone::Error, line),
        Some('@') => paint(color, Tone::Quiet, line),
        _ => line.to_owned(),
    }
}
