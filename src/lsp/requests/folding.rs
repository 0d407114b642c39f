//! Folding: fields, entries and long texts of more than one line.

use lsp_types::{FoldingRange, FoldingRangeKind};

use crate::lsp::outline::{Part, outline};
use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnBuffer;
use crate::lsp::session::{Here, Session};

pub(super) fn answer(session: &Session, params: OnBuffer) -> Result<Option<Vec<FoldingRange>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let Some(kind) = here.kind() else { return Ok(None) };
    let mut ranges = Vec::new();
    for part in outline(&here.document.text, kind) {
        gather(&here, &part, &mut ranges);
    }
    ranges.sort_by_key(|range| (range.start_line, std::cmp::Reverse(range.end_line)));
    // Two that begin on one line cannot be told apart; the larger one counts.
    ranges.dedup_by_key(|range| range.start_line);
    Ok(Some(ranges))
}

fn gather(here: &Here<'_>, part: &Part, ranges: &mut Vec<FoldingRange>) {
    let range = here.range(part.span);
    if range.end.line > range.start.line {
        ranges.push(FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        });
    }
    part.parts.iter().for_each(|part| gather(here, part, ranges));
}
