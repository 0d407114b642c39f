//! Places and fixes as machines count them: both ends, in characters or in bytes of the line.

use crate::city::City;
use crate::finding::{Finding, Fix};
use crate::place::{Place, Position, Span};

/// Both ends, columns in Unicode scalar values; the end is exclusive.
pub(super) fn ends(city: &City, place: Place) -> (Position, Position) {
    let file = city.file(place.file);
    let position = |at| file.lines().position(&file.text, at);
    (position(place.span.start), position(place.span.end))
}

/// The same, columns in bytes of UTF-8. A byte order mark counts for none, as everywhere.
pub(super) fn byte_ends(city: &City, place: Place) -> (Position, Position) {
    let file = city.file(place.file);
    let position = |at: u32| {
        let line = file.lines().line(at);
        let start = file.lines().line_span(&file.text, line).start;
        let before = file.text.get(start as usize..at as usize).unwrap_or_default();
        let bytes = before.trim_start_matches('\u{feff}').len();
        Position { line, column: u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(1) }
    };
    (position(place.span.start), position(place.span.end))
}

/// The fix of a finding, where lines and columns can tell it: they cannot name a byte order mark.
pub(super) fn fix<'f>(city: &City, finding: &'f Finding) -> Option<&'f Fix> {
    let fix = finding.fix.as_ref()?;
    let told = |span: Span| {
        let (start, end) = ends(city, finding.place.file.at(span));
        span.is_empty() || start != end
    };
    (!fix.edits.is_empty() && fix.edits.iter().all(|edit| told(edit.span))).then_some(fix)
}

/// All edits of a fix as one: what they span, and what shall stand there.
pub(super) fn as_one(city: &City, finding: &Finding, fix: &Fix) -> Option<(Place, String)> {
    let source = &city.file(finding.place.file).text;
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let whole = edits.iter().map(|edit| edit.span).reduce(Span::join)?;
    let (mut text, mut at) = (String::new(), whole.start as usize);
    for edit in edits {
        // None where two edits overlap.
        text.push_str(source.get(at..edit.span.start as usize)?);
        text.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    Some((finding.place.file.at(whole), text))
}
