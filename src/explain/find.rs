//! Which field a person means: by its path, the end of its path, its name or its Japanese label.

use crate::explain::{Entry, entries};
use crate::nearest::{Words, fold};
use crate::shape::Field;

/// What a word turned out to be.
#[derive(Debug)]
pub enum Found {
    /// One field.
    One(Entry),
    /// Several; each stands somewhere else.
    Many(Vec<Entry>),
    /// None; the one that is most like it, if any is.
    None(Option<String>),
}

/// Finds a field: `goals.measures.baseline`, `baseline`, `現状値`, `plan.goals`, `組織目標.番号`.
pub fn find(word: &str) -> Found {
    let folded = fold(word);
    let parts: Vec<&str> = folded.split(['.', '>', '/']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Found::None(None);
    }
    let all = entries();
    let named = |entry: &&Entry| {
        parts.len() > 1 && entry.kind.schema_name().eq_ignore_ascii_case(parts[0]) && same(&entry.way, &parts[1..])
    };
    let whole = |entry: &&Entry| parts.len() > 1 && same(&entry.way, &parts);
    for exact in [&named as &dyn Fn(&&Entry) -> bool, &whole] {
        let mut hits = all.iter().filter(exact);
        if let (Some(one), None) = (hits.next(), hits.next()) {
            return Found::One(one.clone());
        }
    }
    let ends = |entry: &Entry| {
        let from = entry.way.len().checked_sub(parts.len());
        from.is_some_and(|from| same(&entry.way[from..], &parts))
    };
    let mut hits: Vec<Entry> = all.iter().filter(|entry| ends(entry)).cloned().collect();
    match hits.len() {
        0 => Found::None(near(&folded, &all)),
        1 => Found::One(hits.swap_remove(0)),
        _ => Found::Many(hits),
    }
}

/// What to type for a field, and for this one only.
pub fn path_of(entry: &Entry) -> String {
    let path = entry.path();
    match find(&path) {
        Found::One(found) if found.full_path() == entry.full_path() => path,
        _ => entry.full_path(),
    }
}

fn same(way: &[&'static Field], parts: &[&str]) -> bool {
    let is =
        |(field, part): (&&'static Field, &&str)| field.key.eq_ignore_ascii_case(part) || fold(field.label) == **part;
    way.len() == parts.len() && way.iter().zip(parts).all(is)
}

fn near(word: &str, all: &[Entry]) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for entry in all {
        words.extend([entry.field().key.to_owned(), entry.field().label.to_owned()]);
        if entry.way.len() > 1 {
            words.push(entry.path());
        }
    }
    let index = Words::new(words.iter().map(String::as_str)).nearest(word)?;
    words.into_iter().nth(index)
}
