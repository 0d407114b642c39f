//! Values that hold other values: objects, lists, free maps.

use std::borrow::Cow;

use crate::ids;
use crate::model::decode::scalar::wrong;
use crate::model::decode::{Decoder, Object, empty, is_spaces};
use crate::model::numberlike::is_null;
use crate::model::values::{Name, Text, Val, has_placeholder};
use crate::model::{Found, ShapeFault, ShapeFaultKind};
use crate::place::Span;
use crate::shape::{Choice, Field, Kind, Shape};
use crate::source::{Kind as NodeKind, NodeId, Style};

impl<'t> Decoder<'t> {
    /// An object.
    pub fn object(&mut self, object: &Object, key: &str) -> Option<Object> {
        let (field, node) = self.slot(object, key)?;
        let Kind::One(shape) = field.kind else { return None };
        let null =
            matches!(&self.tree.node(node).kind, NodeKind::Scalar { text, style: Style::Plain } if is_null(text));
        if null { None } else { self.object_at(node, shape, false) }
    }

    /// A list of objects. A blank entry is an object without fields.
    pub fn objects(&mut self, object: &Object, key: &str) -> Vec<Object> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        let Kind::One(shape) = kind else { return Vec::new() };
        each(&nodes, |node| self.object_at(node, shape, false))
    }

    /// Matches the fields of a map to `shape`.
    pub(super) fn object_at(&mut self, node: NodeId, shape: &'static Shape, top: bool) -> Option<Object> {
        let tree = self.tree;
        let span = tree.span(node);
        let mut object = empty(shape, span);
        match &tree.node(node).kind {
            NodeKind::Blank => {}
            // Null and blank texts are as if absent.
            NodeKind::Scalar { .. } if self.is_blank(node) => {}
            NodeKind::Map(fields) => {
                let places = fields.iter().map(|(key, _)| tree.text(*key).and_then(|word| shape.place(word)));
                let places: Vec<Option<usize>> = places.collect();
                // Where each stands must be known for what is said of names that nothing knows.
                for ((key, _), at) in fields.iter().zip(&places) {
                    if let Some(at) = at {
                        object.slots[*at].there.get_or_insert(tree.span(*key));
                    }
                }
                let mut before = None;
                for ((key, value), at) in fields.iter().zip(places) {
                    if !self.cut_by_comma(before, *key, *value) {
                        self.match_field(&mut object, at, *key, *value);
                        let text = at.filter(|at| matches!(shape.fields[*at].kind, Kind::Text));
                        before = text.map(|_| *value);
                    }
                }
            }
            other => {
                let found = if matches!(other, NodeKind::List(_)) { Found::List } else { Found::Value };
                self.wrong_object(span, shape, found, tree.text(node));
                return None;
            }
        }
        self.require(&object, top);
        Some(object)
    }

    fn wrong_object(&mut self, span: Span, shape: &'static Shape, found: Found, text: Option<&str>) {
        if text.is_some_and(has_placeholder) {
            self.fault(span, ShapeFaultKind::Placeholder);
        } else {
            self.fault(span, wrong(object_kind(shape), found));
        }
    }

    /// K014: a word without value right after a text and a comma belongs to that text.
    fn cut_by_comma(&mut self, text: Option<NodeId>, key: NodeId, value: NodeId) -> bool {
        let Some(text) = text else { return false };
        let (kept, lost) = (self.tree.span(text), self.tree.span(key));
        let plain = matches!(self.tree.node(text).kind, NodeKind::Scalar { style: Style::Plain, .. });
        if !plain || !matches!(self.tree.node(value).kind, NodeKind::Blank) {
            return false;
        }
        // A further comma cuts further words from the same text.
        if let Some(ShapeFault { span, kind: ShapeFaultKind::CutByComma { kept: first }, .. }) = self.faults.last_mut()
            && *first == kept
        {
            span.end = lost.end;
            return true;
        }
        let between = self.source.get(kept.end as usize..lost.start as usize).map(str::trim);
        if between == Some(",") {
            self.fault(lost, ShapeFaultKind::CutByComma { kept });
        }
        between == Some(",")
    }

    /// Matches a field to the one at `at` of the shape.
    fn match_field(&mut self, object: &mut Object, at: Option<usize>, key: NodeId, value: NodeId) {
        let span = self.tree.span(key);
        if matches!(self.tree.node(key).kind, NodeKind::List(_) | NodeKind::Map(_)) {
            return; // K007 speaks of it.
        }
        let word = self.tree.text(key).unwrap_or_default();
        let Some(at) = at else { return self.unknown_field(object, word.to_owned(), span) };
        let (field, slot) = (&object.shape.fields[at], &mut object.slots[at]);
        if slot.value.is_some() {
            // The tree reports the same name twice; here the two have different names.
            let first = slot.key;
            if self.source.get(first.range()) != self.source.get(span.range()) {
                self.fault(span, ShapeFaultKind::TwiceNamed { key: field.key, first });
            }
            return;
        }
        (slot.value, slot.key) = (Some(value), span);
        if field.key != word {
            self.fault(span, ShapeFaultKind::Spelling { found: word.to_owned(), want: field.key.to_owned() });
        }
    }

    fn unknown_field(&mut self, object: &mut Object, word: String, span: Span) {
        let stands = |field: &Field| object.slots[object.shape.place(field.key)?].there;
        let near = self.near.of(object.shape, &word, |field| stands(field).is_some());
        let there = near.and_then(stands);
        if let Some(near) = near.filter(|near| !object.meant.contains(&near.key)) {
            object.meant.push(near.key);
        }
        self.fault(span, ShapeFaultKind::UnknownField { word, shape: object.shape, near, there });
    }

    pub(super) fn require(&mut self, object: &Object, top: bool) {
        if top && self.part {
            return;
        }
        for (field, slot) in object.shape.fields.iter().zip(&object.slots).filter(|(field, _)| field.required) {
            let meant = || object.meant.contains(&field.key);
            if slot.value.map_or_else(|| !meant(), |value| self.is_blank(value)) {
                let span = slot.value.map_or_else(|| self.handle(object), |_| slot.key);
                self.fault(span, ShapeFaultKind::MissingField { field, shape: object.shape, top });
            }
        }
    }

    /// What people know an object by: its id, title, name or first field.
    fn handle(&self, object: &Object) -> Span {
        let known = ["id", "title", "name", "what"].iter().find_map(|key| {
            let at = object.shape.fields.iter().position(|field| field.key == *key)?;
            object.slots[at].value.filter(|value| !self.is_blank(*value)).map(|value| self.tree.span(value))
        });
        let first = object.slots.iter().filter(|slot| slot.value.is_some()).map(|slot| slot.key).min();
        known.or(first).unwrap_or(Span::at(object.span.start as usize))
    }

    /// The entries of a list. One value, or the fields of one entry, in place of a list is K103; it
    /// is read as a list of one, so that nothing else is said of it.
    pub(super) fn entries(&mut self, object: &Object, key: &str) -> Option<(&'static Kind, Cow<'t, [NodeId]>)> {
        let (field, node) = self.slot(object, key)?;
        let Kind::List(inner) = field.kind else { return None };
        let tree = self.tree;
        let span = tree.span(node);
        match &tree.node(node).kind {
            NodeKind::List(children) => Some((inner, Cow::Borrowed(children))),
            NodeKind::Scalar { text, style } if is_spaces(text) || (*style == Style::Plain && is_null(text)) => None,
            NodeKind::Scalar { text, .. } if has_placeholder(text) => {
                self.fault(span, ShapeFaultKind::Placeholder);
                None
            }
            NodeKind::Map(fields) => {
                self.fault(span, wrong(&field.kind, Found::Fields));
                let known = |key: &NodeId| matches!(inner, Kind::One(shape) if tree.text(*key).is_some_and(|key| shape.understood(key).is_some()));
                fields.iter().any(|(key, _)| known(key)).then(|| (inner, Cow::Owned(vec![node])))
            }
            _ => {
                self.fault(span, wrong(&field.kind, Found::Value));
                Some((inner, Cow::Owned(vec![node])))
            }
        }
    }

    /// The entries of a free map: each name as written, with its text.
    pub fn map(&mut self, object: &Object, key: &str) -> Vec<(Name, Option<Text>)> {
        let Some((field, node)) = self.slot(object, key) else { return Vec::new() };
        let Kind::Map(target, inner) = field.kind else { return Vec::new() };
        let nodes = self.map_entries(node, &field.kind);
        let mut entries = Vec::with_capacity(nodes.len());
        let mut before = None;
        for (name, value) in nodes.iter().copied() {
            if self.cut_by_comma(before, name, value) {
                continue;
            }
            before = Some(value);
            let (word, span) = (self.tree.text(name).unwrap_or_default(), self.tree.span(name));
            let well_formed = target.is_none() || ids::is_name(word);
            let name = Name { text: self.words(word), span, well_formed };
            let text = match inner {
                Kind::TextOrNumber => self.text_or_number(value, inner),
                _ => self.text_at(value, inner),
            };
            entries.push((name, text));
        }
        entries
    }

    /// The names under `rules` with their levels, where a known one is written.
    pub fn levels(&mut self, object: &Object, key: &str) -> Vec<(Val<String>, Option<Val<&'static Choice>>)> {
        let Some((field, node)) = self.slot(object, key) else { return Vec::new() };
        let Kind::Map(_, inner) = field.kind else { return Vec::new() };
        let Kind::Choice(choices) = inner else { return Vec::new() };
        let mut levels = Vec::new();
        for (name, value) in self.map_entries(node, &field.kind).iter().copied() {
            let (code, span) = (self.tree.text(name).unwrap_or_default().to_owned(), self.tree.span(name));
            let level = self.choice_at(value, choices, inner);
            levels.push((Val { value: code, span }, level));
        }
        levels
    }

    pub(super) fn map_entries(&mut self, node: NodeId, want: &'static Kind) -> &'t [(NodeId, NodeId)] {
        let tree = self.tree;
        let span = tree.span(node);
        match &tree.node(node).kind {
            NodeKind::Map(fields) => fields,
            NodeKind::Scalar { text, style } if *style == Style::Plain && is_null(text) => &[],
            NodeKind::Scalar { text, .. } if has_placeholder(text) => {
                self.fault(span, ShapeFaultKind::Placeholder);
                &[]
            }
            other => {
                let found = if matches!(other, NodeKind::List(_)) { Found::List } else { Found::Value };
                self.fault(span, wrong(want, found));
                &[]
            }
        }
    }
}

/// What `read` makes of each node: a list with room for them all and no more.
pub(super) fn each<T>(nodes: &[NodeId], read: impl FnMut(NodeId) -> Option<T>) -> Vec<T> {
    let mut list = Vec::with_capacity(nodes.len());
    list.extend(nodes.iter().copied().filter_map(read));
    list
}

/// The kind that stands for an object of `shape` in a message.
fn object_kind(_shape: &'static Shape) -> &'static Kind {
    const OBJECT: &Kind = &Kind::One(&crate::shape::ANY_OBJECT);
    OBJECT
}
