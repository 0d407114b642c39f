//! Cells ↔ plan: what a filled-in workbook adds, what it would replace, what it leaves open.
//!
//! Three versions meet: the plan as it was exported, the workbook as it came back, and the plan as it
//! is now. A cell counts as written only where it differs from what was exported.

mod align;
mod cells;
mod entry;
mod field;
mod rows;

use std::collections::HashSet;

use crate::lang::{Lang, Say};
use crate::say;
use crate::shape::{Kind, PLAN, Shape};
use crate::sheet::data::{Data, DataKind, Path, path_word, read_path};
use crate::sheet::layout::{Part, entries, parts};
use crate::sheet::read::{Book, Sheet};
use crate::sheet::words::Words;
use align::Aligned;
use rows::{Row, filled, head_of, is_merged, sheet_of};

pub use rows::Spot;

/// What a workbook means for a plan.
#[derive(Debug, Default)]
pub struct Merge {
    /// Fields of entries that are there.
    pub changes: Vec<Change>,
    /// Entries that are not there yet.
    pub added: Vec<Added>,
    /// Entries whose rows are gone.
    pub gone: Vec<Gone>,
    /// What cannot be decided.
    pub problems: Vec<Problem>,
}

/// A field that gets another value.
#[derive(Debug)]
pub struct Change {
    /// Where it was typed.
    pub spot: Spot,
    /// The field's name.
    pub label: String,
    /// Its path in the plan as it is now.
    pub path: Path,
    /// What stands there now.
    pub before: Data,
    /// What is to stand there; of what only adds to a list, the values that are added.
    pub after: Data,
    /// What becomes of the words that stand there.
    pub effect: Effect,
    /// Both as people see them.
    pub words: (String, String),
    /// True where the plan changed too since it was exported.
    pub moved: bool,
}

/// What becomes of the words that stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing stood there.
    Fills,
    /// They stay; the list grows.
    Extends,
    /// Others stand there.
    Replaces,
    /// The cell was cleared.
    Clears,
}

/// An entry that is not there yet.
#[derive(Debug)]
pub struct Added {
    /// Where it was typed.
    pub spot: Spot,
    /// The list's path in the plan as it is now.
    pub list: Path,
    /// What an entry of it is made of.
    pub shape: &'static Shape,
    /// The entry.
    pub data: Data,
    /// Its words as people see them.
    pub words: String,
}

/// An entry whose row is gone.
#[derive(Debug)]
pub struct Gone {
    /// The sheet it stood on.
    pub sheet: String,
    /// Its path in the plan as it is now.
    pub path: Path,
    /// Its words.
    pub data: Data,
}

/// Something that cannot be decided.
#[derive(Debug)]
pub struct Problem {
    /// Where.
    pub spot: Spot,
    /// What stands over or beside the cell: the name of its field.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub words: Say,
}

/// Compares a workbook with the plan as it is now; `base` is the plan as it was exported.
pub fn merge(book: &Book, base: &Data, now: &Data, words: &Words<'_>, viewpoints: &[String], lang: Lang) -> Merge {
    let aligned = Aligned::new(base, now, &PLAN);
    let mut merger = Merger { base, now, words, lang, aligned, merge: Merge::default() };
    for part in parts(base, viewpoints) {
        merger.part(book, &part);
    }
    merger.merge
}

struct Merger<'m> {
    base: &'m Data,
    now: &'m Data,
    words: &'m Words<'m>,
    lang: Lang,
    aligned: Aligned,
    merge: Merge,
}

impl Merger<'_> {
    fn part(&mut self, book: &Book, part: &Part) {
        let exported = entries(self.base, &part.keys);
        let Some(sheet) = sheet_of(&book.sheets, part) else {
            if exported.iter().any(|(_, entry)| !entry.is_blank()) {
                let name = part.label.get(self.lang).to_owned();
                let words = say!(
                    "シートがありません。消した場合は、kpolicy export plan で書き出し直してください",
                    "the sheet is missing; export the plan anew if it was deleted"
                );
                self.problem(Spot { sheet: name, at: None }, words);
            }
            return;
        };
        let before = self.merge.problems.len();
        self.rows(sheet, part, &exported);
        for problem in self.merge.problems.iter_mut().skip(before) {
            problem.field = head_of(sheet, part, &problem.spot);
        }
    }

    fn rows(&mut self, sheet: &Sheet, part: &Part, exported: &[(Path, &Data)]) {
        let filled = filled(sheet, part);
        for spot in filled.merged {
            let words = say!(
                "セルが結合されています。結合を解いてから取り込んでください（ここは取り込んでいません）",
                "cells are merged here; unmerge them first (nothing was read here)"
            );
            self.problem(spot, words);
        }
        for spot in filled.stray {
            let words = say!(
                "計画の欄ではない所に書かれています。見出しのある列か、うすい黄色のセルに移してください",
                "this belongs to no field; move it below a head or into a pale yellow cell"
            );
            self.problem(spot, words);
        }
        let mut seen = HashSet::new();
        for row in &filled.rows {
            match row.key.map(read_path).filter(|path| self.is_entry(part, path)) {
                Some(path) => {
                    self.known(sheet, part, row, &path);
                    seen.insert(path);
                }
                None => self.new_entry(sheet, part, row),
            }
        }
        for (path, entry) in exported {
            let there = self.aligned.now(path).and_then(|now| Some((now, self.now.at(now)?)));
            let Some((now, data)) = there.filter(|_| !seen.contains(path) && !entry.is_blank()) else { continue };
            let gone = Gone { sheet: sheet.name.clone(), path: now.clone(), data: data.clone() };
            self.merge.gone.push(gone);
        }
    }

    /// True for the path of an exported entry of this part.
    fn is_entry(&self, part: &Part, path: &Path) -> bool {
        let names: Vec<&str> = path.iter().step_by(2).map(String::as_str).collect();
        // Lists within fields within entries take more steps than two; the tables have none.
        names == part.keys && self.base.at(path).is_some()
    }

    /// Compares the row of an entry that was exported.
    fn known(&mut self, sheet: &Sheet, part: &Part, row: &Row<'_>, path: &Path) {
        let base = self.base.at(path).cloned().unwrap_or_default();
        self.check_parents(part, row, path);
        let now = self.aligned.now(path).cloned();
        self.fields(sheet, part, row, Some(&base), now.as_ref());
    }

    /// A row belongs to the goal under which it stands in the file.
    fn check_parents(&mut self, part: &Part, row: &Row<'_>, path: &Path) {
        for (level, (_, shape)) in part.parents.iter().enumerate() {
            let above = path.get(..(level + 1) * 2).unwrap_or_default().to_vec();
            let (Some(got), Some(parent)) = (row.cells.get(format!("^{level}").as_str()), self.base.at(&above)) else {
                continue;
            };
            let label = self.words.parent(shape, parent, &above);
            let shown = crate::sheet::write::cell::Shown::Text(label.clone());
            if cells::untouched(&shown, got.cell) {
                continue;
            }
            let kind = shape.fields.first().map_or(Kind::Text, |field| entry::parent_kind(&field.kind));
            let id = shape.fields.first().and_then(|field| parent.text_at(&[field.key]));
            let typed = cells::read(self.words, &kind, got, None).ok().flatten();
            if typed.is_none() || typed.as_deref() != id {
                let words = say!(
                    "この行は「{label}」のものです。別の所へ移すには、下の空いた行に書き写し、この行を消してください",
                    "this row belongs to {label}; to move it, write it again in a free row below and delete this one"
                );
                self.problem(got.spot.clone(), words);
            }
        }
    }

    /// The words of a value as people see them.
    fn say(&self, kind: &Kind, data: &Data) -> String {
        let mut found = Vec::new();
        self.gather(kind, data, &mut found);
        found.join(self.lang.pick("、", ", "))
    }

    fn gather(&self, kind: &Kind, data: &Data, found: &mut Vec<String>) {
        match (kind, &data.kind) {
            (Kind::List(inner), DataKind::List(entries)) => {
                entries.iter().for_each(|entry| self.gather(inner, entry, found));
            }
            (Kind::One(shape), DataKind::Map(fields)) => {
                for (field, (_, value)) in fields.iter().filter_map(|entry| Some((shape.field(&entry.0)?, entry))) {
                    self.gather(&field.kind, value, found);
                }
            }
            (Kind::Map(_, inner), DataKind::Map(fields)) => {
                fields.iter().for_each(|(_, value)| self.gather(inner, value, found));
            }
            (kind, DataKind::One(text)) => found.push(self.words.shown(kind, text, None)),
            _ => {}
        }
    }

    fn problem(&mut self, spot: Spot, words: Say) {
        self.merge.problems.push(Problem { spot, field: None, words });
    }

    /// True where a cell cannot be taken for what it shows.
    fn is_skipped(&self, sheet: &Sheet, spot: &Spot) -> bool {
        is_merged(sheet, spot)
    }
}

/// Adds an entry to the list at a path.
fn push(data: &mut Data, path: &[String], entry: Data) {
    let mut entries = data.at(path).map(|list| list.entries().to_vec()).unwrap_or_default();
    entries.push(entry);
    put(data, path, Data { kind: DataKind::List(entries), ..Data::default() });
}

/// Puts a value below others, making the fields on the way.
fn put(data: &mut Data, path: &[String], value: Data) {
    let Some((first, rest)) = path.split_first() else {
        *data = value;
        return;
    };
    if let DataKind::List(entries) = &mut data.kind {
        let entry = first.parse::<usize>().ok().and_then(|index| entries.get_mut(index));
        return entry.map_or((), |entry| put(entry, rest, value));
    }
    if !matches!(data.kind, DataKind::Map(_)) {
        data.kind = DataKind::Map(Vec::new());
    }
    let DataKind::Map(fields) = &mut data.kind else { return };
    let at = match fields.iter().position(|(name, _)| name == first) {
        Some(at) => at,
        None => {
            fields.push((first.clone(), Data::default()));
            fields.len() - 1
        }
    };
    put(&mut fields[at].1, rest, value);
}

/// A text as a value without a place.
fn one(text: impl Into<String>) -> Data {
    Data { kind: DataKind::One(text.into()), ..Data::default() }
}

/// Texts as a list without places.
fn list(texts: Vec<String>) -> Data {
    Data { kind: DataKind::List(texts.into_iter().map(one).collect()), ..Data::default() }
}

/// The path of a field of an entry.
fn below(entry: &[String], field: &[String]) -> Path {
    entry.iter().chain(field).cloned().collect()
}

/// A path in a word, for comparing.
fn word(path: &[String]) -> String {
    path_word(path)
}
