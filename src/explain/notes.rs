//! The notes: why a field is there, the memo's words, and the rules that look at it.

use std::sync::LazyLock;

use crate::explain::Entry;

/// A note on a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// The field: `plan.goals.measures`.
    pub path: &'static str,
    /// What the meaning in the tables leaves out, in Japanese.
    pub more_ja: &'static str,
    /// The same in English.
    pub more_en: &'static str,
    /// Why, in Japanese.
    pub ja: &'static str,
    /// Why, in English.
    pub en: &'static str,
    /// The item of the basic policy of fiscal year 2025, and its words.
    pub memo: Option<(&'static str, &'static str)>,
    /// Codes of rules.
    pub rules: Vec<&'static str>,
}

/// All notes.
pub fn notes() -> &'static [Note] {
    static ALL: LazyLock<Vec<Note>> = LazyLock::new(|| parse(include_str!("notes.txt")));
    &ALL
}

fn parse(text: &'static str) -> Vec<Note> {
    let mut all: Vec<Note> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with(';')) {
        let Some((name, words)) = line.split_once("  ") else {
            all.push(Note { path: line, ..Note::default() });
            continue;
        };
        let Some(note) = all.last_mut() else { continue };
        match name {
            "more_ja" => note.more_ja = words,
            "more_en" => note.more_en = words,
            "ja" => note.ja = words,
            "en" => note.en = words,
            "memo" => note.memo = words.split_once(' '),
            "rules" => note.rules = words.split(' ').collect(),
            _ => {}
        }
    }
    all
}

/// The note of a field, else of what holds it.
pub fn note(entry: &Entry) -> Option<&'static Note> {
    let path = entry.full_path();
    let mut path = path.as_str();
    loop {
        if let Some(note) = notes().iter().find(|note| note.path == path) {
            return Some(note);
        }
        path = path.rsplit_once('.')?.0;
    }
}
