//! Names of fields that are not there yet.

use lsp_types::CompletionItemKind;

use super::{Candidate, Place, values};
use crate::lsp::cursor::siblings;
use crate::lsp::requests::about;
use crate::shape::{Field, Kind, Shape, Target};

/// The fields of an object that it does not have yet, in the order in which they are written.
pub(super) fn of(place: &Place<'_, '_>, shape: &'static Shape) -> Vec<Candidate> {
    let there = there(place);
    let is_there = |field: &&Field| there.iter().any(|name| name == field.key || name == field.label);
    shape.fields.iter().filter(|field| !is_there(field)).map(|field| candidate(place, field)).collect()
}

/// The names of the fields beside the cursor.
fn there(place: &Place<'_, '_>) -> Vec<String> {
    let beside = siblings(&place.here.document.text, place.cursor);
    beside.into_iter().filter(|field| field.span.start != place.cursor.word.start).map(|field| field.name).collect()
}

/// Ids that stand where names of fields do, such as viewpoints.
pub(super) fn named(place: &Place<'_, '_>, target: Target) -> Vec<Candidate> {
    let there = there(place);
    let names = values::targets(place, target).into_iter().filter(|candidate| !there.contains(&candidate.id));
    names.map(|candidate| with_colon(place, candidate)).collect()
}

fn with_colon(place: &Place<'_, '_>, candidate: Candidate) -> Candidate {
    let text = if has_colon(place) { candidate.id.clone() } else { format!("{}: ", candidate.id) };
    candidate.text(text)
}

/// True where the name under the cursor has its colon already.
fn has_colon(place: &Place<'_, '_>) -> bool {
    let rest = place.here.document.text.get(place.cursor.word.end as usize..).unwrap_or_default();
    rest.trim_start_matches(['"', '\'']).starts_with([':', '：'])
}

fn candidate(place: &Place<'_, '_>, field: &'static Field) -> Candidate {
    let text =
        if has_colon(place) || place.cursor.flow { bare(place, field) } else { written(field, place.cursor.column) };
    Candidate::new(field.key, field.label, CompletionItemKind::PROPERTY)
        .about(about::about_field(field, place.here.lang))
        .text(text)
}

fn bare(place: &Place<'_, '_>, field: &Field) -> String {
    if has_colon(place) { field.key.to_owned() } else { format!("{}: ", field.key) }
}

/// A field as far as it can be written for the clerk: with the sign of a long text, or the first dash
/// of its list.
pub(super) fn written(field: &Field, column: usize) -> String {
    let (key, deeper) = (field.key, " ".repeat(column + 2));
    match &field.kind {
        Kind::List(inner) => match inner {
            Kind::One(shape) => format!("{key}:\n{deeper}- {}", first(shape)),
            _ => format!("{key}:\n{deeper}- "),
        },
        Kind::One(shape) => format!("{key}:\n{deeper}{}", first(shape)),
        Kind::Map(..) => format!("{key}:\n{deeper}"),
        Kind::Text if LONG.contains(&key) => format!("{key}: |-\n{deeper}"),
        _ => format!("{key}: "),
    }
}

/// Fields whose text runs over several lines.
pub(super) const LONG: [&str; 3] = ["mission", "direction", "text"];

fn first(shape: &Shape) -> String {
    match shape.fields.first() {
        Some(Field { key, kind: Kind::List(_) | Kind::One(_) | Kind::Map(..), .. }) => format!("{key}:"),
        Some(field) => format!("{}: ", field.key),
        None => String::new(),
    }
}
