//! Where new values go in a file that was read whole, and what is taken out.

use std::collections::BTreeMap;

use super::compose::{self, Written};
use super::slot::{Lines, Slot, is_flow};
use super::{Noted, Value};
use crate::place::Span;
use crate::source::{Edit, Kind, NodeId, Tree, apply, parse};

/// Why a value was not written: its surroundings are in a form that this tool does not write into
/// (brackets with a remark inside, an entry that begins on the next line).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The byte of the value that is in the way.
    pub at: usize,
}

/// Collects what is to be written into one file.
///
/// Places are those of the text as it was opened, whatever was already asked for. What goes to the
/// same place stands there in the order in which it was asked for, what lies deeper first.
#[derive(Debug)]
pub struct Editor<'a> {
    text: &'a str,
    tree: Tree<'a>,
    /// Container of each value, and the name of a field.
    parents: BTreeMap<NodeId, (NodeId, Option<NodeId>)>,
    asked: Vec<Asked>,
}

/// An edit, with the column of what it inserts.
#[derive(Debug)]
struct Asked {
    span: Span,
    text: String,
    column: usize,
}

impl<'a> Editor<'a> {
    /// Opens a text; none where it does not parse as it stands.
    pub fn open(text: &'a str) -> Option<Editor<'a>> {
        let whole = apply(text, &[]);
        let parsed = parse(text, 0, &whole);
        if !parsed.is_whole() || !parsed.faults.is_empty() {
            return None;
        }
        let mut editor = Editor { text, tree: parsed.tree, parents: BTreeMap::new(), asked: Vec::new() };
        if let Some(root) = editor.tree.root() {
            editor.note_parents(root);
        }
        Some(editor)
    }

    fn note_parents(&mut self, node: NodeId) {
        let children: Vec<(NodeId, Option<NodeId>)> = match &self.tree.node(node).kind {
            Kind::List(entries) => entries.iter().map(|entry| (*entry, None)).collect(),
            Kind::Map(fields) => fields.iter().map(|(key, value)| (*value, Some(*key))).collect(),
            Kind::Blank | Kind::Scalar { .. } => return,
        };
        for (child, key) in children {
            self.parents.insert(child, (node, key));
            self.note_parents(child);
        }
    }

    /// The values as they stand in the file.
    pub fn tree(&self) -> &Tree<'a> {
        &self.tree
    }

    /// Writes a value in place of the one that stands there.
    ///
    /// # Errors
    /// When the value stands where this tool does not write.
    pub fn replace(&mut self, node: NodeId, value: &Value) -> Result<(), Refused> {
        let slot = self.slot(node)?;
        self.put(slot, value);
        Ok(())
    }

    /// Writes a field of `map`: in place of the value that it has, else at the place that `order`, the
    /// names of all fields in their order, gives it.
    ///
    /// # Errors
    /// When the map stands where this tool does not write.
    pub fn set(&mut self, map: NodeId, key: &str, value: &Noted, order: &[&str]) -> Result<(), Refused> {
        if let Some(old) = self.tree.get(map, key) {
            return self.replace(old, &value.value);
        }
        let at = self.tree.span(map).range().start;
        let Kind::Map(fields) = &self.tree.node(map).kind else { return Err(Refused { at }) };
        if is_flow(&self.tree, map) {
            return self.rewrite(map, |fields| {
                if let Value::Map(fields) = fields {
                    fields.push((key.to_owned(), value.clone()));
                }
            });
        }
        let rank = |name: &str| order.iter().position(|other| *other == name).unwrap_or(usize::MAX);
        let earlier = fields.iter().rfind(|(name, _)| rank(self.tree.text(*name).unwrap_or_default()) <= rank(key));
        let Some((first, _)) = fields.first() else { return Err(Refused { at }) };
        let start = self.tree.span(*first).range().start;
        let column = self.lines().column(start);
        let mut lines = Vec::new();
        match earlier {
            Some((name, value_node)) => {
                let place = self.below(*name, *value_node);
                compose::field(key, value, column, &mut lines);
                self.insert(place, column, lines);
            }
            None => {
                compose::field(key, value, column, &mut lines);
                let text = lines.join("\n").trim_start().to_owned();
                self.ask(Span::at(start), format!("{text}\n{}", " ".repeat(column)), column);
            }
        }
        Ok(())
    }

    /// Adds an entry at the end of a list, or in place of a blank value.
    ///
    /// # Errors
    /// When the list stands where this tool does not write, or is no list.
    pub fn push(&mut self, list: NodeId, entry: &Noted) -> Result<(), Refused> {
        let at = self.tree.span(list).range().start;
        let last = match &self.tree.node(list).kind {
            Kind::List(entries) if !entries.is_empty() => entries.last().copied(),
            Kind::List(_) | Kind::Blank => None,
            _ => return Err(Refused { at }),
        };
        self.add_behind(list, last, entry)
    }

    /// Adds an entry behind another one of a list, or before the first where none is given.
    ///
    /// # Errors
    /// When the list stands where this tool does not write, or is no list.
    pub fn push_behind(&mut self, list: NodeId, behind: Option<NodeId>, entry: &Noted) -> Result<(), Refused> {
        let first = match &self.tree.node(list).kind {
            Kind::List(entries) if !is_flow(&self.tree, list) => entries.first().copied(),
            _ => None,
        };
        match (first, behind) {
            (Some(_), Some(behind)) => self.add_behind(list, Some(behind), entry),
            (Some(first), None) => {
                let slot = self.slot(first)?;
                let mut lines = Vec::new();
                compose::entry(entry, slot.column, &mut lines);
                let start = self.lines().start(slot.after - 1);
                self.ask(Span::at(start), format!("{}\n", lines.join("\n")), slot.column);
                Ok(())
            }
            (None, _) => self.push(list, entry),
        }
    }

    fn add_behind(&mut self, list: NodeId, last: Option<NodeId>, entry: &Noted) -> Result<(), Refused> {
        let Some(last) = last else {
            let slot = self.slot(list)?;
            let mut lines = Vec::new();
            compose::entry(entry, slot.column + 2, &mut lines);
            self.replace_lines(slot, Written { head: String::new(), below: lines }, slot.column + 2);
            return Ok(());
        };
        if is_flow(&self.tree, list) {
            return self.rewrite(list, |entries| {
                if let Value::List(entries) = entries {
                    entries.push(entry.clone());
                }
            });
        }
        let slot = self.slot(last)?;
        let place = slot.below.1;
        let mut lines = Vec::new();
        compose::entry(entry, slot.column, &mut lines);
        self.insert(place, slot.column, lines);
        Ok(())
    }

    /// Takes out a field or an entry with its lines; a list or map that would be left empty goes too.
    ///
    /// # Errors
    /// When it stands in brackets, or it is all that the file holds.
    pub fn remove(&mut self, node: NodeId) -> Result<(), Refused> {
        let at = self.tree.span(node).range().start;
        let Some((parent, key)) = self.parents.get(&node).copied() else { return Err(Refused { at }) };
        let siblings = match &self.tree.node(parent).kind {
            Kind::List(entries) => entries.len(),
            _ => self.tree.field_count(parent),
        };
        if siblings == 1 {
            return self.remove(parent);
        }
        if is_flow(&self.tree, parent) {
            return Err(Refused { at });
        }
        let slot = self.slot(node)?;
        let mark = match key {
            Some(key) => self.tree.span(key).range().start,
            None => slot.after - 1,
        };
        let line = self.lines().start(mark);
        let end = slot.below.1;
        if self.text.get(line..mark).is_some_and(|before| before.trim().is_empty()) {
            self.ask(Span::new(line, end), String::new(), slot.column);
            return Ok(());
        }
        // The first field of an entry: the next one moves up behind the dash.
        let rest = self.text.get(end..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        if rest.trim_start_matches(' ').starts_with('#') {
            return Err(Refused { at });
        }
        self.ask(Span::new(mark, end + blanks), String::new(), slot.column);
        Ok(())
    }

    /// The edits, none of which overlaps another.
    pub fn edits(mut self) -> Vec<Edit> {
        self.asked.sort_by_key(|asked| (asked.span.start, asked.span.end, std::cmp::Reverse(asked.column)));
        let crlf = self.text.contains("\r\n");
        let mut unended = !self.text.is_empty() && !self.text.ends_with('\n');
        let mut edits = Vec::new();
        for Asked { span, mut text, .. } in self.asked {
            if unended && span.range().start == self.text.len() {
                text.insert(0, '\n');
                unended = false;
            }
            edits.push(Edit { span, text: if crlf { text.replace('\n', "\r\n") } else { text } });
        }
        edits
    }

    fn lines(&self) -> Lines<'a> {
        Lines(self.text)
    }

    /// The end of the last line of a field.
    fn below(&self, key: NodeId, value: NodeId) -> usize {
        let after = self.tree.span(key).range().end + 1;
        let start = self.tree.span(key).range().start;
        self.lines().slot(&self.tree, value, start, after).below.1
    }

    fn slot(&self, node: NodeId) -> Result<Slot, Refused> {
        let at = self.tree.span(node).range().start;
        let refused = Refused { at };
        let (parent, key) = self.parents.get(&node).copied().ok_or(refused)?;
        let lines = self.lines();
        if is_flow(&self.tree, parent) {
            return Err(refused);
        }
        if let Some(key) = key {
            let span = self.tree.span(key).range();
            let behind = self.text.get(span.end..).and_then(|rest| rest.find(':')).ok_or(refused)?;
            return Ok(lines.slot(&self.tree, node, span.start, span.end + behind + 1));
        }
        let Kind::List(entries) = &self.tree.node(parent).kind else { return Err(refused) };
        let before = entries.iter().take_while(|entry| **entry != node).last();
        let from = match before {
            Some(before) => self.slot(*before)?.below.1,
            None => {
                let (_, key) = self.parents.get(&parent).copied().ok_or(refused)?;
                lines.end(self.tree.span(key.ok_or(refused)?).range().end)
            }
        };
        let dash = lines.dash(from, at).ok_or(refused)?;
        let inner = lines.slot(&self.tree, node, dash, dash + 1);
        // A map or list behind the dash: its lines are those of the entry.
        Ok(match &self.tree.node(node).kind {
            Kind::Map(_) | Kind::List(_) if !is_flow(&self.tree, node) => {
                let (own, end) = (lines.start(dash), lines.end_of(&self.tree, node));
                let end = self.last_line(node).unwrap_or(end);
                Slot { below: (own, end), ..inner }
            }
            _ => inner,
        })
    }

    /// The end of the last line of a map's last field.
    fn last_line(&self, node: NodeId) -> Option<usize> {
        let Kind::Map(fields) = &self.tree.node(node).kind else { return None };
        fields.last().map(|(key, value)| self.below(*key, *value))
    }

    fn put(&mut self, slot: Slot, value: &Value) {
        let written = compose::value(value, slot.column);
        self.replace_lines(slot, written, slot.column + 2);
    }

    /// Writes behind a name or dash, and below it.
    fn replace_lines(&mut self, slot: Slot, written: Written, column: usize) {
        let head = if written.head.is_empty() { String::new() } else { format!(" {}", written.head) };
        self.ask(Span::new(slot.after, slot.head_end), head, column);
        let (from, to) = slot.below;
        if from < to || !written.below.is_empty() {
            let text = written.below.iter().map(|line| format!("{line}\n")).collect();
            self.ask(Span::new(from, to), text, column);
        }
    }

    /// Writes a container in brackets anew in block style, changed by `change`.
    fn rewrite(&mut self, node: NodeId, change: impl FnOnce(&mut Value)) -> Result<(), Refused> {
        let span = self.tree.span(node);
        let inside = |comment: Span| span.start < comment.start && comment.start < span.end;
        if self.tree.comments().any(|(comment, _)| inside(comment)) {
            return Err(Refused { at: span.range().start });
        }
        let mut value = self.value(node);
        change(&mut value);
        let slot = self.slot(node)?;
        self.put(slot, &value);
        Ok(())
    }

    /// A value as it stands, spelled as it is spelled.
    fn value(&self, node: NodeId) -> Value {
        match &self.tree.node(node).kind {
            Kind::Blank => Value::word(""),
            Kind::Scalar { .. } => Value::word(self.text.get(self.tree.span(node).range()).unwrap_or_default()),
            Kind::List(entries) => Value::list(entries.iter().map(|entry| self.value(*entry))),
            Kind::Map(fields) => Value::map(fields.iter().map(|(key, value)| {
                let key = self.text.get(self.tree.span(*key).range()).unwrap_or_default();
                (key, self.value(*value))
            })),
        }
    }

    fn insert(&mut self, at: usize, column: usize, lines: Vec<String>) {
        let text = lines.iter().map(|line| format!("{line}\n")).collect();
        self.ask(Span::at(at), text, column);
    }

    fn ask(&mut self, span: Span, text: String, column: usize) {
        self.asked.push(Asked { span, text, column });
    }
}
