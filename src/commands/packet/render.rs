//! A paper in one format, for every command that makes papers.

use super::fonts;
use crate::date::Date;
use crate::error::Error;
use crate::packet::{Day, Provenance};
use crate::pdf::{self, Fault};
use crate::report::pages::Document;
use crate::report::{packet_html, packet_markdown};
use crate::say;

/// Why there is no paper.
pub(in crate::commands) enum Failure {
    Absent(Vec<pdf::Wanted>),
    Other(Error),
}

/// The bytes of a paper as Markdown, HTML or PDF, and how many pages a PDF has.
pub(in crate::commands) fn render(
    document: &Document,
    format: &str,
    fonts: Option<&fonts::Set>,
    date: Date,
) -> Result<(Vec<u8>, Option<usize>), Failure> {
    match format {
        "markdown" => Ok((packet_markdown::document(document).into_bytes(), None)),
        "html" => Ok((packet_html::document(document).into_bytes(), None)),
        _ => {
            let Some(set) = fonts else { return Err(Failure::Absent(Vec::new())) };
            let made = pdf::write(document, &set.fonts, date).map_err(failure)?;
            Ok((made.bytes, Some(made.pages)))
        }
    }
}

fn failure(fault: Fault) -> Failure {
    match fault {
        Fault::Absent(characters) => Failure::Absent(characters),
        Fault::Standard(detail) => Failure::Other(
            Error::environment(say!(
                "PDF を作れません: 保存用と読み上げ用の規格（PDF/A、PDF/UA）に合いません（{detail}）。",
                "cannot write PDF: it would break PDF/A or PDF/UA ({detail})."
            ))
            .hint(say!("--format html なら、このままでも作れます。", "--format html works as it is.")),
        ),
    }
}

/// The date that a PDF says it was made on: its commit's, else the day of judgement.
pub(in crate::commands) fn date(provenance: &Provenance, day: Day) -> Date {
    match provenance {
        Provenance::Commit { date, .. } | Provenance::Revision { date, .. } => date.0,
        Provenance::NotInGit => day.0,
    }
}

/// The ending of a file.
pub(in crate::commands) fn ending(format: &str) -> &str {
    match format {
        "markdown" => "md",
        other => other,
    }
}
