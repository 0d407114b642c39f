//! A finding told in one text, for formats that have room for one message.

use crate::finding::Finding;
use crate::lang::Lang;
use crate::report::frame::advice;
use crate::ui::{harmless, without_commands};

/// What is wrong, what belongs there, why, and what to type; a line each.
pub(super) fn told(finding: &Finding, lang: Lang) -> String {
    let mut lines = vec![finding.message.get(lang).to_owned()];
    lines.extend(Some(finding.label.get(lang).to_owned()).filter(|label| !label.is_empty()));
    let entry = |(heading, words): (&str, String)| format!("{heading}: {}", words.trim_end().replace('\n', "\n  "));
    lines.extend(advice(finding, lang).into_iter().map(entry));
    inert(&lines.join("\n"))
}

/// What is wrong, in one line.
pub(super) fn message(finding: &Finding, lang: Lang) -> String {
    inert(finding.message.get(lang)).replace('\n', " ")
}

/// Text in which nothing acts on a terminal or a runner.
pub(super) fn inert(text: &str) -> String {
    without_commands(&harmless(text))
}
