//! What may stand at a cursor, by the data dictionary.

use crate::lsp::cursor::{Cursor, Step, Typing};
use crate::shape::{FileKind, Kind, Shape, Target};

/// What a field or value at a cursor may be.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// A field of this shape.
    Field(&'static Shape),
    /// A name that must exist elsewhere, used as the name of a field.
    Named(Target),
    /// A value of this kind.
    Value(&'static Kind),
}

impl Cursor {
    /// What may stand here in a file of a kind.
    pub fn wanted(&self, kind: FileKind) -> Option<Wanted> {
        let mut kind = Holder::Shape(kind.shape());
        for step in &self.path {
            kind = kind.step(step)?;
        }
        match (kind, self.typing) {
            (Holder::Shape(shape), Typing::Name) => Some(Wanted::Field(shape)),
            (Holder::Value(Kind::One(shape)), Typing::Name) => Some(Wanted::Field(shape)),
            (Holder::Value(Kind::Map(Some(target), _)), Typing::Name) => Some(Wanted::Named(*target)),
            // A list on the line of its field has no dash yet.
            (Holder::Value(kind), _) => Some(Wanted::Value(kind)),
            (Holder::Shape(_), Typing::Value) => None,
        }
    }
}

/// What a step leads to.
#[derive(Debug, Clone, Copy)]
pub(in crate::lsp) enum Holder {
    /// An object.
    Shape(&'static Shape),
    /// A value.
    Value(&'static Kind),
}

impl Holder {
    /// What a step leads to, from here.
    pub(in crate::lsp) fn step(self, step: &Step) -> Option<Holder> {
        match (self, step) {
            (Holder::Shape(shape), Step::Field(name, _)) => {
                shape.understood(name).map(|field| Holder::Value(&field.kind))
            }
            (Holder::Value(Kind::One(shape)), _) => Holder::Shape(shape).step(step),
            (Holder::Value(Kind::Map(_, inner)), Step::Field(..)) => Some(Holder::Value(inner)),
            (Holder::Value(Kind::List(inner)), Step::Entry(_)) => Some(Holder::Value(inner)),
            _ => None,
        }
    }
}
