//! The old id in texts and remarks: nobody can tell what is meant there, so people are shown where.

use std::collections::BTreeMap;

use crate::city::City;
use crate::mentions::{Mention, Thing};
use crate::place::{FileId, Place, Span};
use crate::rename::Rename;

/// Words that look like the old id in the files of the years, besides the places that name something.
pub(super) fn words(city: &City, rename: &Rename, mentions: &[Mention]) -> Vec<Place> {
    let mut known: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for mention in mentions {
        known.entry(mention.place.file).or_default().push(mention.place.span);
    }
    let mut found = Vec::new();
    let word = rename.old.own_id();
    for id in city.file_ids() {
        let file = city.file(id);
        // A goal's number means something in its department's plan only.
        let alien = matches!(rename.old, Thing::Goal(..)) && file.role.department.as_deref() != rename.old.department();
        if alien || !file.role.year.is_some_and(|year| rename.hits(year)) {
            continue;
        }
        let known = known.get(&id).map(Vec::as_slice).unwrap_or_default();
        for (at, _) in file.text.match_indices(&word) {
            let span = Span::new(at, at + word.len());
            if !known.iter().any(|place| place.holds(span)) && stands_alone(&file.text, span) {
                found.push(id.at(span));
            }
        }
    }
    found
}

/// True where no letter, digit or hyphen goes on before or behind, and no path.
fn stands_alone(text: &str, span: Span) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ':');
    let (before, behind) = (text.get(..span.start as usize), text.get(span.end as usize..));
    let before = before.and_then(|text| text.chars().next_back());
    let behind = behind.and_then(|text| text.chars().next());
    !before.is_some_and(joins) && !behind.is_some_and(|c| joins(c) && !matches!(c, '.' | ':' | '/'))
}
