//! Inlay hints: the title behind a bare id.

use lsp_types::{InlayHint, InlayHintLabel};

use crate::lsp::meaning::{Meaning, goal, meaning};
use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnRange;
use crate::lsp::session::{Here, Session};
use crate::lsp::site::Known;

/// Lines looked at for one request: more than any screen shows.
const LINES: usize = 500;

pub(super) fn answer(session: &Session, params: OnRange) -> Result<Option<Vec<InlayHint>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let Some(known) = here.known() else { return Ok(None) };
    let (first, last) = (params.range.start.line as usize, params.range.end.line as usize);
    let lines = first..(last + 1).min(first + LINES).min(here.document.lines.count());
    Ok(Some(lines.filter_map(|line| hint(&here, &known, line)).collect()))
}

fn hint(here: &Here<'_>, known: &Known<'_>, line: usize) -> Option<InlayHint> {
    let text = &here.document.text;
    let span = here.document.lines.span(text, line);
    let words = text.get(span.range())?;
    // An id on its own line or behind its field; what is in brackets has no room for titles.
    let bare = words.split(" #").next()?.trim_end();
    let last = bare.rsplit([' ', ':']).next()?;
    let id = !last.is_empty() && !bare.ends_with([']', '}']) && last.is_ascii();
    let end = span.start as usize + bare.len();
    let (named, word) = id.then(|| meaning(here, Some(known), end - 1)).flatten()?;
    let own = matches!(named, Meaning::Goal(..)) && bare.trim_start_matches([' ', '-']).starts_with("id:");
    let label = title(known, named, here).filter(|_| !own)?;
    (word.end as usize == end && !text.get(word.range())?.contains(label.as_str())).then(|| InlayHint {
        position: here.document.lines.position(text, end),
        label: InlayHintLabel::String(label),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    })
}

fn title(known: &Known<'_>, named: Meaning, here: &Here<'_>) -> Option<String> {
    use crate::city::LeafLocation;
    let year = &known.year;
    // Where a thing gets its id, its title stands beside it anyway.
    if named.place(known, None).is_some_and(|place| place.file == here.id && !matches!(named, Meaning::Goal(..))) {
        return None;
    }
    match named {
        Meaning::Leaf(number, location) if number == year.year => Some(match location {
            LeafLocation::Item(item) => year.items.get(item)?.item.title(),
            LeafLocation::Clause(leaf) => year.words(leaf).chars().take(20).collect(),
        }),
        Meaning::Unit(unit) => Some(year.names.unit_title(unit)),
        Meaning::Reference(index, node) => Some(match node {
            Some(node) => year.names.nodes.get(index)?.entries().get(node)?.1.clone(),
            None => year.names.references.entries().get(index)?.1.clone(),
        }),
        Meaning::Interviewer(index) => Some(year.names.interviewers.entries().get(index)?.1.clone()),
        Meaning::Goal(file, index) => Some(goal(year.city, file, index)?.name().to_owned()),
        _ => None,
    }
    .filter(|title| !title.is_empty())
}
