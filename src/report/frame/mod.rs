//! A finding as people see it on a terminal: what, where, why, what to type.
//!
//! The finding is given to miette's protocol ([`miette::Diagnostic`], [`miette::SourceCode`]) and
//! drawn by our own [`miette::ReportHandler`]: miette's drawings put English words between the
//! parts and use characters whose width differs between consoles. A source is a slice of lines
//! with a known first line, so that a file is never scanned again for each finding.

mod draw;
mod shown;

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::place::{Place, Span};
use crate::report::wrap::{cut, pad, wrap};
use crate::ui::{Tone, harmless, paint};

use draw::fitted;
use shown::{Shown, lines};

/// What stands below a finding: a heading and its words.
pub(super) fn advice(finding: &Finding, lang: Lang) -> Vec<(&'static str, String)> {
    let mut help = vec![(lang.pick("理由", "why"), finding.why.get(lang).to_owned())];
    help.push((lang.pick("直し方", "fix"), finding.help.get(lang).to_owned()));
    let near: Vec<String> = finding.nearest.iter().map(|(id, title)| format!("{id}  {}", cut(title, 44))).collect();
    help.push((lang.pick("近いもの", "nearest"), near.join("\n")));
    help.push((lang.pick("確かめる", "look"), finding.look.clone().unwrap_or_default()));
    help.retain(|(_, text)| !text.is_empty());
    help
}

/// Draws a finding with its heading and its reasons.
pub fn whole(city: &City, finding: &Finding, lang: Lang, columns: usize, color: bool) -> String {
    let shown = Shown::new(city, finding, lang);
    let tone = match finding.level {
        Level::Error => Tone::Error,
        Level::Warning => Tone::Warning,
        Level::Info | Level::Off => Tone::Info,
    };
    let heading = paint(color, tone, &format!("{} [{}]", finding.level.name().get(lang), finding.rule.code));
    let columns = columns.clamp(40, 100);
    let said = said(&shown, lang, columns);
    let (what, help) = said.split_at(heading_lines(&shown, columns).len());
    let mut text = format!("{heading} ");
    what.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text.push_str(&fitted(&shown, columns, color, said.len()));
    help.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text
}

/// The lines of what is wrong; those after the first are set under its first word.
fn heading_lines(shown: &Shown, columns: usize) -> Vec<String> {
    let lines = wrap(&harmless(&shown.message), columns.saturating_sub(HEADING)).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { line } else { format!("{}{line}", " ".repeat(HEADING)) }).collect()
}

/// Columns of `要修正 [K001] `.
const HEADING: usize = 14;

/// All words of a finding but those in its drawing: what is wrong, then why and what to type.
fn said(shown: &Shown, lang: Lang, columns: usize) -> Vec<String> {
    let indent = lang.pick(10, 9);
    let mut said = heading_lines(shown, columns);
    for (heading, words) in &shown.help {
        for (at, line) in wrap(&harmless(words), columns - indent).iter().enumerate() {
            let head = if at == 0 { pad(heading, indent) } else { " ".repeat(indent) };
            said.push(format!("{head}{line}"));
        }
    }
    said
}

/// The span of a finding within its first line, for formats that underline by themselves.
pub fn first_line(city: &City, place: Place) -> Span {
    let (_, span) = lines(city, place);
    Span::new(span.offset(), span.offset() + span.len())
}
