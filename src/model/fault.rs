//! What can be wrong with the shape of a file, as facts; the words are in `rules/`.

use crate::place::Span;
use crate::shape::{Choice, Field, Kind, Shape};

/// One fault of shape at one place.
#[derive(Debug, Clone)]
pub struct ShapeFault {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ShapeFaultKind,
    /// The field whose value it is; for an unknown or missing field, the one that holds the object.
    pub field: Option<&'static Field>,
    /// The nearest thing that people know by name: the goal's id and title.
    pub holder: Option<Span>,
}

/// The kinds of fault.
#[derive(Debug, Clone)]
pub enum ShapeFaultKind {
    /// K101: no such field.
    UnknownField {
        /// As written.
        word: String,
        /// Where it was looked for.
        shape: &'static Shape,
        /// The field that was probably meant.
        near: Option<&'static Field>,
        /// Where that field stands already, beside this one.
        there: Option<Span>,
    },
    /// K102: a required field is absent or blank.
    MissingField {
        /// The field.
        field: &'static Field,
        /// The object it belongs to.
        shape: &'static Shape,
        /// True in the root of the file.
        top: bool,
    },
    /// K103: another type.
    WrongType {
        /// What the field holds.
        want: &'static Kind,
        /// What is there.
        found: Found,
        /// What was surely meant, as it should be written.
        instead: Option<String>,
    },
    /// K104: （記入） is still there.
    Placeholder,
    /// K104: a comment still says （確認）.
    Unconfirmed,
    /// K105: not an ISO date or time.
    Date {
        /// As written.
        text: String,
        /// The ISO form, where it is understood.
        read: Option<String>,
        /// `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `MM-DD`.
        form: &'static str,
    },
    /// K106: not such an id.
    MalformedId {
        /// As written.
        text: String,
        /// What kind of id it should be.
        want: &'static Kind,
    },
    /// K107: read differently by YAML readers.
    NumberLike {
        /// As written.
        text: String,
        /// What the field holds.
        want: &'static Kind,
        /// What to write instead, where that can be told.
        instead: Option<String>,
    },
    /// K108: not one of the allowed words.
    NotAllowed {
        /// As written.
        text: String,
        /// The allowed words.
        choices: &'static [Choice],
    },
    /// K212: understood, but written another way.
    Spelling {
        /// As written.
        found: String,
        /// The exact form.
        want: String,
    },
    /// K004: quotes or brackets around an id or date.
    Wrapped {
        /// As written.
        found: String,
        /// The exact form.
        want: String,
    },
    /// K009: ` #` cut the text before it; the span is what was lost.
    CutByHash {
        /// The text that is left.
        kept: Span,
    },
    /// K013: Japanese over several lines, which are joined by spaces.
    Folded,
    /// K014: a comma inside `{…}` cut the text before it; the span is what was lost.
    CutByComma {
        /// The text that is left.
        kept: Span,
    },
    /// K010: the same field under its name and its label.
    TwiceNamed {
        /// The field.
        key: &'static str,
        /// Where it stands first.
        first: Span,
    },
}

/// What stands where another type is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// One value.
    Value,
    /// A list.
    List,
    /// Fields.
    Fields,
}
