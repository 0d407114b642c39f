//! A whole new entry, where a list is open and no dash stands there yet.

use lsp_types::CompletionItemKind;

use super::fields::LONG;
use super::goals::next_goal;
use super::{Candidate, Place, values};
use crate::shape::{Field, Kind, Shape, Target};

/// Entries of a list, with their dash.
pub(super) fn of(place: &Place<'_, '_>, inner: &'static Kind) -> Vec<Candidate> {
    let column = match place.is_beside_name() {
        // Behind the name: the list goes below it.
        true => place.cursor.field().map_or(0, |(_, span)| column_of(place, span.start as usize)) + 2,
        false => place.cursor.column,
    };
    let before = if place.is_beside_name() { format!("\n{}- ", " ".repeat(column)) } else { "- ".to_owned() };
    if let Kind::One(shape) = inner {
        return vec![entry(place, shape, column, &before)];
    }
    let values = values::of(place, inner).into_iter();
    values
        .map(|candidate| {
            let text = format!("{before}{}", candidate.text);
            candidate.text(text)
        })
        .collect()
}

fn column_of(place: &Place<'_, '_>, at: usize) -> usize {
    let before = place.here.document.text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start_matches('\u{feff}').chars().count()
}

/// The fields that an entry should have, each to be filled in.
fn entry(place: &Place<'_, '_>, shape: &'static Shape, column: usize, before: &str) -> Candidate {
    let snippets = place.here.session.client.snippets;
    let deeper = " ".repeat(column + 2);
    let mut text = before.to_owned();
    let fields = wanted(shape).into_iter().filter(|field| can_be_filled(place, field));
    for (at, field) in fields.enumerate() {
        if at > 0 {
            text.push_str(&format!("\n{deeper}"));
        }
        text.push_str(&line(place, field, at + 1, &deeper, snippets));
    }
    let title = place.here.lang.pick("を加えます", " (new entry)");
    let mut candidate =
        Candidate::new("-", format!("{}{title}", shape.title.get(place.here.lang)), CompletionItemKind::SNIPPET);
    candidate.snippet = snippets;
    candidate.text(text)
}

/// What an entry must have; of a goal also what every goal is asked for.
fn wanted(shape: &'static Shape) -> Vec<&'static Field> {
    const GOAL: [&str; 6] = ["id", "title", "outcome", "cites", "division", "issue"];
    let goal = shape.field("outcome").is_some() && shape.field("cites").is_some();
    let simple = |field: &&Field| !matches!(field.kind, Kind::One(_) | Kind::Map(..) | Kind::List(Kind::One(_)));
    let must = |field: &&Field| field.required || (goal && GOAL.contains(&field.key));
    let fields: Vec<&Field> = shape.fields.iter().filter(simple).filter(must).collect();
    if fields.len() > 1 { fields } else { shape.fields.iter().filter(simple).take(3).collect() }
}

/// False for the division of a department that has none.
fn can_be_filled(place: &Place<'_, '_>, field: &Field) -> bool {
    !matches!(field.kind, Kind::Ref(Target::OwnDivision))
        || place.known.is_none()
        || !values::targets(place, Target::OwnDivision).is_empty()
}

fn line(place: &Place<'_, '_>, field: &Field, stop: usize, deeper: &str, snippets: bool) -> String {
    let blank = |words: &str| if snippets { format!("${{{stop}:{words}}}") } else { words.to_owned() };
    let value = match &field.kind {
        Kind::GoalId => blank(&next_goal(&place.here.document.text)),
        Kind::List(_) => format!("\n{deeper}  - {}", blank("（記入）")),
        Kind::Text if LONG.contains(&field.key) => format!(" |-\n{deeper}  {}", blank("（記入）")),
        _ => blank("（記入）"),
    };
    match &field.kind {
        Kind::List(_) => format!("{}:{value}", field.key),
        Kind::Text if LONG.contains(&field.key) => format!("{}:{value}", field.key),
        _ => format!("{}: {value}", field.key),
    }
}
