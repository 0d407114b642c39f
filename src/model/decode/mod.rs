//! The decoder: from nodes to values, by the tables of `shape`.
//!
//! An object's fields are matched to its table once ([`Decoder::object`]); each getter then reads
//! one field, reports what does not fit its kind, and returns what could be understood. The getters
//! are sorted by what they read: single values, days, ids, and what holds other values.

mod container;
mod id;
mod moment;
mod scalar;

use std::cell::Cell;

use arcstr::ArcStr;

use crate::model::numberlike::is_null;
use crate::model::{ShapeFault, ShapeFaultKind, Words};
use crate::place::Span;
use crate::shape::{Field, NearestFields, Shape};
use crate::source::{Kind as NodeKind, NodeId, Style, Tree};

/// Decodes one tree and gathers its faults.
pub struct Decoder<'t> {
    tree: &'t Tree<'t>,
    source: &'t ArcStr,
    /// One block of a file that does not parse as a whole: other fields are unknown, not missing.
    part: bool,
    holder: Option<Span>,
    /// The field read last, for the words of its faults.
    field: Option<&'static Field>,
    faults: Vec<ShapeFault>,
    near: NearestFields,
}

/// An object whose fields were matched to its shape.
pub struct Object {
    /// The object's place.
    pub span: Span,
    shape: &'static Shape,
    /// One for each field of the shape.
    slots: Vec<Slot>,
    /// Where the field asked for last stands in the shape: fields are mostly asked for in its order.
    last: Cell<usize>,
    /// The fields that were probably meant by names that mean nothing.
    meant: Vec<&'static str>,
}

/// A field of an object.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// Its value, once it was matched.
    value: Option<NodeId>,
    /// The place of its name.
    key: Span,
    /// Where its name stands, also where it was not matched yet.
    there: Option<Span>,
}

impl Object {
    fn position(&self, key: &str) -> Option<usize> {
        let fields = self.shape.fields;
        let mut from = (self.last.get()..fields.len()).chain(0..self.last.get());
        let at = from.find(|at| fields[*at].key == key)?;
        self.last.set(at);
        Some(at)
    }

    /// The place of a field's name, where the field is there.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        let at = self.position(key)?;
        self.slots[at].value.map(|_| self.slots[at].key)
    }
}

impl<'t> Decoder<'t> {
    /// A decoder of `tree`, which was read from `source`.
    pub fn new(tree: &'t Tree<'t>, source: &'t ArcStr, part: bool) -> Decoder<'t> {
        Decoder { tree, source, part, holder: None, field: None, faults: Vec::new(), near: NearestFields::default() }
    }

    /// The root object.
    pub fn root(&mut self, shape: &'static Shape) -> Object {
        match self.tree.root() {
            Some(root) if !matches!(self.tree.node(root).kind, NodeKind::Blank) => {
                self.object_at(root, shape, true).unwrap_or_else(|| empty(shape, self.tree.span(root)))
            }
            _ => {
                let object = empty(shape, Span::at(0));
                self.require(&object, true);
                object
            }
        }
    }

    /// The faults found, in file order, with those of comments.
    pub fn finish(mut self) -> Vec<ShapeFault> {
        for (span, text) in self.tree.comments() {
            if text.contains("（確認）") {
                self.faults.push(ShapeFault { span, kind: ShapeFaultKind::Unconfirmed, field: None, holder: None });
            }
        }
        // What is left of a text that a comma cut may look like a number.
        let cut = self.faults.iter().filter_map(|fault| match fault.kind {
            ShapeFaultKind::CutByComma { kept } => Some(kept),
            _ => None,
        });
        let cut: Vec<Span> = cut.collect();
        self.faults.retain(|fault| !cut.contains(&fault.span));
        self.faults.sort_by_key(|fault| fault.span);
        self.faults
    }

    /// Marks what people know the following faults by, until [`Decoder::release`].
    pub fn hold(&mut self, span: Option<Span>) {
        self.holder = span;
    }

    /// Ends a [`Decoder::hold`].
    pub fn release(&mut self) {
        self.holder = None;
    }

    fn fault(&mut self, span: Span, kind: ShapeFaultKind) {
        // One slip is one finding: what is read in spite of a wrong type is not reported again.
        let before = self.faults.last();
        if before.is_some_and(|fault| fault.span == span && matches!(fault.kind, ShapeFaultKind::WrongType { .. })) {
            return;
        }
        self.faults.push(ShapeFault { span, kind, field: self.field, holder: self.holder });
    }

    /// The field and its node, unless absent or blank.
    fn slot(&mut self, object: &Object, key: &str) -> Option<(&'static Field, NodeId)> {
        let at = object.position(key);
        debug_assert!(at.is_some(), "no field {key} in {}", object.shape.title.en);
        let value = object.slots[at?].value?;
        let blank = match &self.tree.node(value).kind {
            // `~` in a text is K107 although it is as if absent.
            NodeKind::Scalar { text, .. } => is_spaces(text),
            NodeKind::Blank => true,
            _ => false,
        };
        self.field = object.shape.fields.get(at?);
        (!blank).then_some((self.field?, value))
    }

    /// Words as they stand in the source, or on their own.
    fn words(&self, text: &str) -> Words {
        self.source.try_substr_from(text).unwrap_or_else(|| Words::from(text))
    }

    fn is_blank(&self, node: NodeId) -> bool {
        match &self.tree.node(node).kind {
            NodeKind::Blank => true,
            NodeKind::Scalar { text, style } => is_spaces(text) || (*style == Style::Plain && is_null(text)),
            NodeKind::List(children) => children.is_empty(),
            NodeKind::Map(_) => false,
        }
    }
}

/// True for a text in which nothing is written.
fn is_spaces(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn empty(shape: &'static Shape, span: Span) -> Object {
    Object { span, shape, slots: vec![Slot::default(); shape.fields.len()], last: Cell::new(0), meant: Vec::new() }
}
