//! Rows that were added: whose they are, and whether the file has them by now.

use super::cells::{is_empty, read, read_list};
use super::field::{is_given, is_name};
use super::rows::{Got, Row};
use super::{Added, Merger, below, list, one, push, put, word};
use crate::say;
use crate::shape::{Kind, Target};
use crate::sheet::data::{Data, DataKind, Path};
use crate::sheet::layout::{Column, Part};
use crate::sheet::read::{Cell, Sheet};

/// Where an added entry goes.
enum Home {
    /// Into an entry of the file.
    There(Path),
    /// Into another added entry, by its number, or into an entry within that one.
    Added(usize, Path),
}

impl Merger<'_> {
    /// Takes a row that was not exported.
    pub(super) fn new_entry(&mut self, sheet: &Sheet, part: &Part, row: &Row<'_>) {
        let Some(last) = part.keys.last() else { return };
        let own = row.cells.iter().filter(|(key, _)| !key.starts_with('^'));
        let written = own.filter(|(_, got)| got.cell.is_some_and(|cell| !is_empty(cell)));
        if written.count() == 0 {
            return;
        }
        if row.cells.values().any(|got| got.cell.is_some() && self.is_skipped(sheet, &got.spot)) {
            return;
        }
        let Some(home) = self.home(part, row) else { return };
        if let Home::There(path) = &home
            && let Some(there) = self.same_id(part, row, &below(path, &[(*last).to_owned()]))
        {
            // It was imported before, or written into the file meanwhile.
            if self.aligned.is_known(&there) {
                let words = say!(
                    "この番号は、ほかの行が使っています。別の番号を書いてください",
                    "another row has this id; type another one"
                );
                let spot = row.cells.get("id").map_or_else(|| row.spot.clone(), |got| got.spot.clone());
                return self.problem(spot, words);
            }
            self.aligned.take(&there);
            return self.fields(sheet, part, row, None, Some(&there));
        }
        let before = self.merge.problems.len();
        let Some(data) = self.entry(part, row) else { return };
        if self.merge.problems.len() > before {
            return;
        }
        match home {
            Home::Added(at, within) => {
                if let Some(parent) = self.merge.added.get_mut(at) {
                    push(&mut parent.data, &below(&within, &[(*last).to_owned()]), data);
                }
            }
            Home::There(path) => {
                let list = below(&path, &[(*last).to_owned()]);
                if !self.is_there(&list, &data) {
                    let words = self.say(&Kind::One(part.shape), &data);
                    let spot = row.spot.clone();
                    self.merge.added.push(Added { spot, list, shape: part.shape, data, words });
                }
            }
        }
    }

    /// The entry that an added row belongs to.
    fn home(&mut self, part: &Part, row: &Row<'_>) -> Option<Home> {
        let mut home = Home::There(Path::new());
        for (level, (label, shape)) in part.parents.iter().enumerate() {
            let key = part.keys.get(level).copied().unwrap_or_default();
            let first = shape.fields.first()?;
            let got = row.cells.get(format!("^{level}").as_str());
            let spot = got.map_or_else(|| row.spot.clone(), |got| got.spot.clone());
            let name = label.get(self.lang).to_owned();
            let typed = got.map(|got| read(self.words, &parent_kind(&first.kind), got, None));
            let typed = match typed.unwrap_or(Ok(None)) {
                Ok(typed) => typed,
                Err(words) => {
                    self.problem(spot, words);
                    return None;
                }
            };
            let Some(found) = self.inner(&home, key, (first.key, &first.kind), typed.as_deref()) else {
                let words = match typed {
                    Some(typed) => say!(
                        "「{name}」に「{typed}」がありません。先に「{name}」のシートに書いてください",
                        "there is no {typed} on sheet {name}; write it there first"
                    ),
                    None => say!("どの「{name}」のことかを選んでください", "choose which {name} this belongs to"),
                };
                self.problem(spot, words);
                return None;
            };
            home = found;
        }
        Some(home)
    }

    /// The entry of a list whose first field says what was typed; the only one where nothing was.
    fn inner(&self, home: &Home, key: &str, (id, kind): (&str, &Kind), typed: Option<&str>) -> Option<Home> {
        let means = |entry: &Data| match (entry.text_at(&[id]), typed) {
            (Some(text), Some(typed)) => {
                text == typed || self.words.read(kind, text, None).is_ok_and(|read| read == typed)
            }
            (_, None) => true,
            (None, Some(_)) => false,
        };
        let path = match home {
            Home::There(path) => path,
            // Within an added entry there are only the entries that were added to it.
            Home::Added(added, within) => {
                let list = below(within, &[key.to_owned()]);
                let there = self.merge.added.get(*added)?.data.at(&list).map_or(&[][..], Data::entries);
                let mut found = (0..there.len()).filter(|index| means(&there[*index]));
                let first = found.next()?;
                let one = typed.is_some() || found.next().is_none();
                return one.then(|| Home::Added(*added, below(&list, &[first.to_string()])));
            }
        };
        let list = below(path, &[key.to_owned()]);
        let there = self.now.at(&list).map_or(&[][..], Data::entries);
        let found: Vec<usize> = (0..there.len()).filter(|index| means(&there[*index])).collect();
        let fresh = self.merge.added.iter().enumerate().filter(|(_, added)| added.list == list && means(&added.data));
        let fresh: Vec<usize> = fresh.map(|(index, _)| index).collect();
        match (found.as_slice(), fresh.as_slice(), typed) {
            ([one], [], _) | ([one, ..], _, Some(_)) => Some(Home::There(below(&list, &[one.to_string()]))),
            ([], [one], _) | ([], [one, ..], Some(_)) => Some(Home::Added(*one, Path::new())),
            _ => None,
        }
    }

    /// The entry of the file with the id that a row has.
    fn same_id(&self, part: &Part, row: &Row<'_>, list: &Path) -> Option<Path> {
        let first = part.shape.fields.first().filter(|field| matches!(field.kind, Kind::GoalId))?;
        let typed = read(self.words, &first.kind, row.cells.get(first.key)?, None).ok().flatten()?;
        let there = self.now.at(list)?.entries();
        let at = there.iter().position(|entry| entry.text_at(&[first.key]) == Some(typed.as_str()))?;
        Some(below(list, &[at.to_string()]))
    }

    /// True where the file has this very entry, and no other row is it.
    fn is_there(&mut self, list: &Path, data: &Data) -> bool {
        let there = self.now.at(list).map_or(&[][..], Data::entries);
        let mut paths = (0..there.len()).map(|at| (at, below(list, &[at.to_string()])));
        let found = paths.find(|(at, path)| !self.aligned.is_known(path) && there[*at].same(data));
        if let Some((_, path)) = &found {
            self.aligned.take(path);
        }
        found.is_some()
    }

    /// The fields of an added row.
    fn entry(&mut self, part: &Part, row: &Row<'_>) -> Option<Data> {
        let mut data = Data { kind: DataKind::Map(Vec::new()), ..Data::default() };
        let mut at = 0;
        while let Some(column) = part.columns.get(at) {
            let group: Vec<&Column> =
                part.columns.iter().skip(at).take_while(|other| other.path == column.path).collect();
            at += group.len();
            let cells: Vec<&Got<'_>> = group.iter().filter_map(|column| row.cells.get(column.key().as_str())).collect();
            if is_given(column) || cells.is_empty() {
                continue;
            }
            if column.named {
                self.named_values(column, &cells, &mut data);
            } else if column.slot.is_some() || column.lines {
                match read_list(self.words, &column.kind, column.lines, &cells) {
                    Ok(values) if values.is_empty() => {}
                    Ok(values) => put(&mut data, &column.path, list(values)),
                    Err(wrong) => wrong.into_iter().for_each(|(spot, words)| self.problem(spot, words)),
                }
            } else {
                let owner = match column.kind {
                    Kind::Ref(Target::Node) => data.text_at(&["id"]).map(str::to_owned),
                    _ => None,
                };
                match read(self.words, &column.kind, cells[0], owner.as_deref()) {
                    Ok(Some(text)) => put(&mut data, &column.path, one(text)),
                    Ok(None) => {}
                    Err(words) => self.problem(cells[0].spot.clone(), words),
                }
            }
        }
        let id = part.shape.fields.first().filter(|field| matches!(field.kind, Kind::GoalId) && field.required);
        if let Some(id) = id.filter(|id| data.at(&[id.key]).is_none()) {
            let spot = row.cells.get(id.key).map_or_else(|| row.spot.clone(), |got| got.spot.clone());
            let free = self.free_id(part);
            self.problem(
                spot,
                say!("番号がありません。{free} のように書いてください", "there is no id; type one such as {free}"),
            );
            return None;
        }
        Some(data)
    }

    fn named_values(&mut self, column: &Column, cells: &[&Got<'_>], data: &mut Data) {
        for got in cells {
            let name = match got.name {
                Some(Cell::Text(text)) if !text.starts_with(['（', '(']) && is_name(text.trim()) => text.trim(),
                _ => continue,
            };
            if let Ok(Some(text)) = read(self.words, &column.kind, got, None) {
                put(data, &below(&column.path, &[name.to_owned()]), one(text));
            }
        }
    }

    /// The first id that no goal has.
    fn free_id(&self, part: &Part) -> String {
        let keys: Path = part.keys.iter().map(|key| (*key).to_owned()).collect();
        let there = self.now.at(&keys).map_or(&[][..], Data::entries).iter();
        let added = self.merge.added.iter().filter(|added| word(&added.list) == word(&keys)).map(|added| &added.data);
        let used: Vec<&str> = there.chain(added).filter_map(|entry| entry.text_at(&["id"])).collect();
        let letter = used.last().map_or("G", |id| id.trim_end_matches(|c: char| c.is_ascii_digit()));
        let free = (1..1000).map(|number| format!("{letter}{number}")).find(|id| !used.contains(&id.as_str()));
        free.unwrap_or_else(|| "G1".to_owned())
    }
}

/// What the column of a goal offers: the goal's id as others name it.
pub(super) fn parent_kind(kind: &Kind) -> Kind {
    match kind {
        Kind::GoalId => Kind::Ref(Target::OwnGoal),
        kind => *kind,
    }
}
