//! Writing into a file at a place: new values in block style, every other character kept.
//!
//! [`Value`] says what is to be written, `compose` gives its lines, and [`Editor`] finds where they
//! go and hands out [`crate::source::Edit`]s. Nothing here knows what a plan is; in which order
//! fields stand is told by the caller.

mod compose;
mod editor;
mod scalar;
mod slot;

pub use compose::document;
pub use editor::{Editor, Refused};

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text: plain where every reader takes it for a text, else quoted; one with line breaks
    /// gets lines of its own.
    Text(String),
    /// A long text: lines of its own below `|-`, however short it is.
    Prose(String),
    /// A number, date, boolean, id or word of a fixed list, written as it is.
    Word(String),
    /// A list, one entry a line or block.
    List(Vec<Noted>),
    /// Fields, in the order in which they are written.
    Map(Vec<(String, Noted)>),
}

/// A value with its remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Lines of remarks above the field or entry, without `#`.
    pub above: Vec<String>,
    /// What is written.
    pub value: Value,
    /// A remark on the line of the field or entry, without `#`.
    pub remark: Option<String>,
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    /// A text on lines of its own.
    pub fn prose(text: impl Into<String>) -> Value {
        Value::Prose(text.into())
    }

    /// A number, date, boolean, id or word of a fixed list.
    pub fn word(word: impl Into<String>) -> Value {
        Value::Word(word.into())
    }

    /// A list.
    pub fn list<T: Into<Noted>>(entries: impl IntoIterator<Item = T>) -> Value {
        Value::List(entries.into_iter().map(Into::into).collect())
    }

    /// Fields in their order.
    pub fn map<K: Into<String>, T: Into<Noted>>(fields: impl IntoIterator<Item = (K, T)>) -> Value {
        Value::Map(fields.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// The value with a remark on its line.
    #[must_use]
    pub fn remark(self, words: impl Into<String>) -> Noted {
        Noted { remark: Some(words.into()), ..self.into() }
    }

    /// The value with lines of remarks above it.
    #[must_use]
    pub fn below<T: Into<String>>(self, lines: impl IntoIterator<Item = T>) -> Noted {
        Noted { above: lines.into_iter().map(Into::into).collect(), ..self.into() }
    }
}

impl From<Value> for Noted {
    fn from(value: Value) -> Noted {
        Noted { above: Vec::new(), value, remark: None }
    }
}
