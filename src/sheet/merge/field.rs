//! The fields of one entry: each as it was exported, as it was typed, and as it is now.

use super::cells::{read, read_list, untouched};
use super::rows::{Got, Row};
use super::{Change, Effect, Merger, below, list, one};
use crate::model::has_placeholder;
use crate::say;
use crate::shape::{Kind, PLAN, Target};
use crate::sheet::data::{Data, DataKind, Path, kind_at};
use crate::sheet::layout::{Column, Part};
use crate::sheet::read::{Cell, Sheet};
use crate::sheet::write::cell::shown;

impl Merger<'_> {
    /// Compares all fields of an entry; without `now`, the entry is gone from the file.
    pub(super) fn fields(
        &mut self,
        sheet: &Sheet,
        part: &Part,
        row: &Row<'_>,
        base: Option<&Data>,
        now: Option<&Path>,
    ) {
        let mut at = 0;
        while let Some(column) = part.columns.get(at) {
            let same = part.columns.iter().skip(at).take_while(|other| other.path == column.path);
            let group: Vec<&Column> = same.collect();
            at += group.len();
            let cells: Vec<(&Column, &Got<'_>)> =
                group.iter().filter_map(|column| Some((*column, row.cells.get(column.key().as_str())?))).collect();
            if cells.is_empty() || cells.iter().any(|(_, got)| self.is_skipped(sheet, &got.spot)) {
                continue;
            }
            if column.named {
                self.named(&cells, now);
            } else if column.slot.is_some() || column.lines {
                self.list(&cells, base, now);
            } else {
                self.single(cells[0], row, base, now);
            }
        }
    }

    fn single(&mut self, (column, got): (&Column, &Got<'_>), row: &Row<'_>, base: Option<&Data>, now: Option<&Path>) {
        let value = base.and_then(|base| column.value(base));
        let exported = self.owner(column, base, None);
        let show = |text: &str| self.words.shown(&column.kind, text, exported.as_deref());
        if untouched(&shown(column, value, show), got.cell) || is_given(column) {
            return;
        }
        let owner = self.owner(column, base, Some(row));
        let typed = match read(self.words, &column.kind, got, owner.as_deref()) {
            Ok(typed) => typed,
            Err(words) => return self.problem(got.spot.clone(), words),
        };
        let same = |text: Option<&str>, owner: Option<&str>| match (text, &typed) {
            (None, None) => true,
            (Some(text), Some(typed)) => self.means(&column.kind, text, typed, owner),
            _ => false,
        };
        if same(value.and_then(Data::text), exported.as_deref()) {
            return;
        }
        let Some(now) = now else { return self.vanished(got) };
        let path = below(now, &column.path);
        let present = self.now.at(&path).cloned().unwrap_or_default();
        if same(present.text(), owner.as_deref()) && !matches!(present.kind, DataKind::Odd) {
            return;
        }
        let after = typed.map_or_else(Data::default, one);
        let moved = value.and_then(Data::text) != present.text();
        self.change((column, got), path, present, after, moved);
    }

    /// Notes what becomes of a field.
    fn change(&mut self, (column, got): (&Column, &Got<'_>), path: Path, before: Data, after: Data, moved: bool) {
        let placeholder = match &before.kind {
            DataKind::One(text) => has_placeholder(text),
            DataKind::List(entries) => entries.iter().all(|entry| entry.text().is_some_and(has_placeholder)),
            _ => false,
        };
        let effect = match (before.is_blank() || placeholder, after.is_blank()) {
            (true, true) if !placeholder => return,
            (_, true) => Effect::Clears,
            (true, false) => Effect::Fills,
            (false, false) => Effect::Replaces,
        };
        let spot = got.spot.clone();
        let label = self.words.name_of(column);
        let words = (self.say(&self.kind_of(&path), &before), self.say(&self.kind_of(&path), &after));
        self.merge.changes.push(Change { spot, label, path, before, after, effect, words, moved });
    }

    fn list(&mut self, cells: &[(&Column, &Got<'_>)], base: Option<&Data>, now: Option<&Path>) {
        let (column, first) = cells[0];
        let whole = base.and_then(|base| base.at(&column.path));
        if whole.is_some_and(|whole| matches!(whole.kind, DataKind::Odd | DataKind::One(_))) {
            return;
        }
        let untouched = cells.iter().all(|(column, got)| {
            let value = base.and_then(|base| column.value(base));
            untouched(&shown(column, value, |text| self.words.shown(&column.kind, text, None)), got.cell)
        });
        if untouched {
            return;
        }
        let gots: Vec<&Got<'_>> = cells.iter().map(|(_, got)| *got).collect();
        let typed = match read_list(self.words, &column.kind, column.lines, &gots) {
            Ok(typed) => typed,
            Err(wrong) => return wrong.into_iter().for_each(|(spot, words)| self.problem(spot, words)),
        };
        let exported = self.canonical(whole, &column.kind);
        let (added, removed) = (minus(&typed, &exported), minus(&exported, &typed));
        if added.is_empty() && removed.is_empty() {
            return;
        }
        let Some(now) = now else { return self.vanished(first) };
        let path = below(now, &column.path);
        let before = self.now.at(&path).cloned().unwrap_or_default();
        let present = self.canonical(Some(&before), &column.kind);
        let (added, removed) = (minus(&added, &present), minus(&removed, &minus(&removed, &present)));
        if added.is_empty() && removed.is_empty() {
            return;
        }
        let moved = exported != present;
        let placeholder = present.iter().all(|text| has_placeholder(text));
        if removed.is_empty() && !placeholder {
            let (column, got) = self.cell_of(cells, &added);
            let (spot, label) = (got.spot.clone(), column.label.get(self.lang).to_owned());
            let (after, effect) = (list(added), Effect::Extends);
            let words = (String::new(), self.say(&self.kind_of(&path), &after));
            self.merge.changes.push(Change { spot, label, path, before, after, effect, words, moved });
            return;
        }
        let after = if moved { [minus(&present, &removed), added].concat() } else { typed };
        let after = if after.is_empty() { Data::default() } else { list(after) };
        self.change((column, first), path, before, after, moved);
    }

    /// Free fields: a name and a value.
    fn named(&mut self, cells: &[(&Column, &Got<'_>)], now: Option<&Path>) {
        for (column, got) in cells {
            let default = |text: &str| text.starts_with('（') || text.starts_with('(');
            let name = match got.name {
                Some(Cell::Text(text)) if !default(text.trim()) => text.trim().to_owned(),
                _ => String::new(),
            };
            let typed = match read(self.words, &column.kind, got, None) {
                Ok(Some(typed)) => typed,
                Ok(None) => continue,
                Err(words) => {
                    self.problem(got.spot.clone(), words);
                    continue;
                }
            };
            if name.is_empty() {
                let words =
                    say!("左のセルに欄の名前を書いてください", "type the name of the field in the cell before it");
                self.problem(got.spot.clone(), words);
                continue;
            }
            if !is_name(&name) {
                let words = say!(
                    "欄の名前「{name}」に使えない記号があります。文字と数字だけで書いてください",
                    "the name {name} holds a sign that names cannot have; use letters and digits"
                );
                self.problem(got.spot.clone(), words);
                continue;
            }
            let Some(now) = now else { return self.vanished(got) };
            let path = below(&below(now, &column.path), &[name]);
            let before = self.now.at(&path).cloned().unwrap_or_default();
            if before.text() != Some(typed.as_str()) {
                self.change((column, got), path, before, one(typed), false);
            }
        }
    }

    fn vanished(&mut self, got: &Got<'_>) {
        let words = say!(
            "この行のもとの記載は、表を書き出した後にファイルから消えています。下の空いた行に書いてください",
            "what this row was made of is gone from the file since; write it in a free row below"
        );
        self.problem(got.spot.clone(), words);
    }

    /// The reference named beside a part of one: in the row, else as it was exported.
    fn owner(&self, column: &Column, base: Option<&Data>, row: Option<&Row<'_>>) -> Option<String> {
        let Kind::Ref(Target::Node) = column.kind else { return None };
        let kind = Kind::Ref(Target::Reference);
        let typed = row.and_then(|row| row.cells.get("id"));
        let typed = typed.and_then(|got| read(self.words, &kind, got, None).ok().flatten());
        typed.or_else(|| base.and_then(|base| base.text_at(&["id"])).map(str::to_owned))
    }

    /// True when a text of the file means what was typed.
    fn means(&self, kind: &Kind, text: &str, typed: &str, owner: Option<&str>) -> bool {
        match kind {
            Kind::Text | Kind::TextOrNumber => text.trim_end() == typed.trim_end(),
            _ => text == typed || self.words.read(kind, text, owner).is_ok_and(|read| read == typed),
        }
    }

    /// What the tables say of a path.
    fn kind_of(&self, path: &Path) -> Kind {
        kind_at(&PLAN, path).unwrap_or(Kind::Text)
    }

    /// The cell in which the first added value stands.
    fn cell_of<'c, 'g>(&self, cells: &[(&'c Column, &'g Got<'g>)], added: &[String]) -> (&'c Column, &'g Got<'g>) {
        let holds = |(column, got): &&(&'c Column, &'g Got<'g>)| {
            let typed = read(self.words, &column.kind, got, None).ok().flatten();
            typed.is_some_and(|typed| added.first().is_some_and(|first| *first == typed))
        };
        cells.iter().find(holds).copied().unwrap_or(cells[0])
    }

    /// The values of a list as they are read.
    fn canonical(&self, list: Option<&Data>, kind: &Kind) -> Vec<String> {
        let texts = list.map_or(&[][..], Data::entries).iter().filter_map(Data::text);
        texts.map(|text| self.words.read(kind, text, None).unwrap_or_else(|_| text.to_owned())).collect()
    }
}

/// The values of a list that others do not hold, each as often as it is there.
fn minus(all: &[String], without: &[String]) -> Vec<String> {
    let mut without: Vec<&String> = without.iter().collect();
    let mut left = Vec::new();
    for text in all {
        match without.iter().position(|other| *other == text) {
            Some(at) => drop(without.swap_remove(at)),
            None => left.push(text.clone()),
        }
    }
    left
}

/// True for what the file's own place says.
pub(super) fn is_given(column: &Column) -> bool {
    matches!(column.kind, Kind::Ref(Target::Department)) || column.path == ["fiscal_year"]
}

/// True for a name that every reader takes for one as it is.
pub(super) fn is_name(name: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '（' | '）' | '・' | 'ー');
    name.chars().all(letter) && !crate::model::is_number_like(name)
}
