//! Writing into a plan that was begun: a field or entry is found by what it is, however its name is
//! spelled, and no character that stands there is changed.

use crate::edit::{Editor, Noted, Value};
use crate::lang::Say;
use crate::shape::{Kind as Wanted, PLAN, Shape};
use crate::source::{Kind, NodeId};

/// A field of the plan, or of an entry of one of its lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The fields' values.
    pub(super) map: NodeId,
    /// Their shape.
    pub(super) shape: &'static Shape,
}

/// What was written, and what could not be.
pub(super) struct Writer<'a> {
    editor: Editor<'a>,
    text: &'a str,
    /// Lists that begin: their fields, names and entries.
    begun: Vec<(Spot, String, Vec<Noted>, Vec<Say>)>,
    pub(super) written: Vec<Say>,
    pub(super) left: Vec<Say>,
}

impl<'a> Writer<'a> {
    /// None for a text that does not parse, or holds no fields.
    pub(super) fn open(text: &'a str) -> Option<(Writer<'a>, Spot)> {
        let editor = Editor::open(text)?;
        let root = editor.tree().root()?;
        matches!(editor.tree().node(root).kind, Kind::Map(_)).then_some(())?;
        let spot = Spot { map: root, shape: &PLAN };
        Some((Writer { editor, text, begun: Vec::new(), written: Vec::new(), left: Vec::new() }, spot))
    }

    /// The value of a field, by its name or label.
    fn value(&self, spot: Spot, key: &str) -> Option<NodeId> {
        let Kind::Map(fields) = &self.editor.tree().node(spot.map).kind else { return None };
        let named = |name: NodeId| self.editor.tree().text(name).and_then(|word| spot.shape.understood(word));
        fields.iter().find(|(name, _)| named(*name).is_some_and(|field| field.key == key)).map(|(_, value)| *value)
    }

    /// The fields of one entry of a list.
    pub(super) fn entry(&self, spot: Spot, key: &str, index: usize) -> Option<Spot> {
        let Wanted::List(Wanted::One(shape)) = spot.shape.field(key)?.kind else { return None };
        let Kind::List(entries) = &self.editor.tree().node(self.value(spot, key)?).kind else { return None };
        let map = *entries.get(index)?;
        matches!(self.editor.tree().node(map).kind, Kind::Map(_)).then_some(Spot { map, shape })
    }

    /// The fields that a field holds.
    pub(super) fn object(&self, spot: Spot, key: &str) -> Option<Spot> {
        let Wanted::One(shape) = spot.shape.field(key)?.kind else { return None };
        let map = self.value(spot, key)?;
        matches!(self.editor.tree().node(map).kind, Kind::Map(_)).then_some(Spot { map, shape })
    }

    /// Writes a field that is not there, or says nothing.
    pub(super) fn field(&mut self, spot: Spot, key: &str, value: impl Into<Noted>, what: Say) {
        let done = self.set(spot, key, &value.into());
        self.note(done, what);
    }

    fn set(&mut self, spot: Spot, key: &str, value: &Noted) -> bool {
        let names: Vec<&str> = spot.shape.fields.iter().flat_map(|field| [field.key, field.label]).collect();
        let there = self.value(spot, key);
        let open = there.is_none_or(|node| matches!(self.editor.tree().node(node).kind, Kind::Blank));
        let name = there.and_then(|_| self.name(spot, key)).unwrap_or_else(|| key.to_owned());
        open && !self.is_bracketed(spot.map) && self.editor.set(spot.map, &name, value, &names).is_ok()
    }

    /// Writes an entry at the end of a list, which begins with it where it is not there.
    pub(super) fn push(&mut self, spot: Spot, key: &str, entry: impl Into<Noted>, what: Say) {
        let entry = entry.into();
        let list = self.value(spot, key).filter(|node| !matches!(self.editor.tree().node(*node).kind, Kind::Blank));
        let Some(list) = list else { return self.begin(spot, key, entry, what) };
        let done = !self.is_bracketed(list) && self.editor.push(list, &entry).is_ok();
        self.note(done, what);
    }

    /// The entries of a list that is not there are written together.
    fn begin(&mut self, spot: Spot, key: &str, entry: Noted, what: Say) {
        let begun = self.begun.iter_mut().find(|(other, name, ..)| other.map == spot.map && name == key);
        match begun {
            Some((.., entries, words)) => {
                entries.push(entry);
                words.push(what);
            }
            None => self.begun.push((spot, key.to_owned(), vec![entry], vec![what])),
        }
    }

    /// Writes a field with a free name into the fields that `key` holds, or begins them.
    pub(super) fn named(&mut self, spot: Spot, key: &str, (name, value): (String, Noted), what: Say) {
        let Some(map) = self.value(spot, key) else {
            return self.field(spot, key, Value::map([(name, value)]), what);
        };
        let open = match &self.editor.tree().node(map).kind {
            Kind::Blank => self.editor.replace(map, &Value::map([(name, value)])).is_ok(),
            Kind::Map(_) if !self.is_bracketed(map) => {
                let blank = self.editor.tree().get(map, &name);
                let blank = blank.is_none_or(|node| matches!(self.editor.tree().node(node).kind, Kind::Blank));
                blank && self.editor.set(map, &name, &value, &[]).is_ok()
            }
            _ => false,
        };
        self.note(open, what);
    }

    /// The field's name as it is spelled in the file.
    fn name(&self, spot: Spot, key: &str) -> Option<String> {
        let Kind::Map(fields) = &self.editor.tree().node(spot.map).kind else { return None };
        let mut names = fields.iter().filter_map(|(name, _)| self.editor.tree().text(*name));
        names.find(|word| spot.shape.understood(word).is_some_and(|field| field.key == key)).map(str::to_owned)
    }

    /// Inside brackets nothing can be added without writing all of them anew.
    fn is_bracketed(&self, node: NodeId) -> bool {
        let start = self.editor.tree().span(node).range().start;
        self.text.get(start..).is_some_and(|rest| rest.starts_with(['[', '{']))
    }

    fn note(&mut self, done: bool, what: Say) {
        if done { self.written.push(what) } else { self.left.push(what) }
    }

    /// The text with all that was written; none where anything of it would not stand as it stood.
    pub(super) fn finish(mut self) -> Option<(String, Vec<Say>, Vec<Say>)> {
        for (spot, key, entries, words) in std::mem::take(&mut self.begun) {
            let done = self.set(spot, &key, &Value::List(entries).into());
            words.into_iter().for_each(|what| self.note(done, what));
        }
        let Writer { editor, text, written, left, .. } = self;
        let mut after = text.to_owned();
        for edit in editor.edits().into_iter().rev() {
            after.replace_range(edit.span.range(), &edit.text);
        }
        (holds_all_lines(text, &after) && Editor::open(&after).is_some()).then_some((after, written, left))
    }
}

/// True when every line stands in the new text, in order.
fn holds_all_lines(before: &str, after: &str) -> bool {
    let mut lines = after.lines();
    before.lines().all(|line| lines.any(|other| other == line))
}
