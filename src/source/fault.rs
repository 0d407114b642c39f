//! What can be wrong with a file's bytes and YAML, as facts; the words are in `rules/`.

use crate::place::Span;
use crate::source::Encoding;

/// Replaces the bytes of `span` by `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// One fault at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in the file as it stands.
    pub span: Span,
    /// What.
    pub kind: FaultKind,
    /// The fix, where one is certain; empty otherwise.
    pub edits: Vec<Edit>,
    /// The fix that is probably meant, where none is certain.
    pub likely: Vec<Edit>,
}

/// The kinds of fault, one rule each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// K001: not UTF-8.
    NotUtf8 {
        /// The encoding it probably is.
        guess: Option<Encoding>,
        /// The first line with bytes that are not UTF-8, from 1.
        line: usize,
    },
    /// K002: not YAML.
    Syntax(Syntax),
    /// K003: a merge left its marker.
    ConflictMarker,
    /// K004: a full-width sign where YAML or an id needs ASCII.
    FullWidth {
        /// As written.
        found: String,
        /// What it must be.
        want: &'static str,
        /// Where it stands.
        at: FullWidthAt,
    },
    /// K005: a tab in the indentation.
    Tab,
    /// K006: a character nobody can see.
    Invisible {
        /// The character.
        char: char,
        /// True where it stands for an indentation or the space after a sign.
        as_space: bool,
    },
    /// K007: outside the portable subset of YAML.
    Unsupported(Unsupported),
    /// K008: more than 1 MiB.
    TooLarge {
        /// The file's size.
        bytes: usize,
    },
    /// K008: more than 64 levels.
    TooDeep,
    /// K010: the same field twice.
    DuplicateKey {
        /// The field.
        key: String,
        /// Where it stands first.
        first: Span,
    },
}

/// Where a full-width sign stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FullWidthAt {
    /// After a known field name.
    Key(String),
    /// The first character of a comment.
    Comment,
    /// The bullet of a list.
    Bullet,
    /// Inside `[…]` or `{…}`; `found` holds every such sign of the line.
    List,
    /// The `|-` that opens a block text.
    Header,
}

/// What stopped the parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    /// A quote that is opened here is never closed.
    UnclosedQuote(char),
    /// A bracket that is opened here is never closed.
    UnclosedBracket(char),
    /// A quote or bracket that is never closed and opens nothing: before the name of a field, or alone.
    StraySign(char),
    /// `: ` inside a text that is not quoted.
    ColonInText,
    /// No space after the colon of a field.
    NoSpaceAfterColon(String),
    /// No space after the dash of a list entry.
    NoSpaceAfterDash,
    /// A text that begins with a sign YAML keeps for itself.
    SpecialStart(char),
    /// Words after a closed quote.
    AfterQuote,
    /// A text in quotes whose later lines begin too far to the left.
    QuoteOverLines(char),
    /// A second field follows on the line of the first; its name.
    TwoFields(String),
    /// Lines of a block text that do not begin deeper than its field; the columns they need.
    BlockText(usize),
    /// A line that is neither a field nor a list entry.
    NoColon,
    /// The indentation fits no line above; the columns that would fit, if known.
    Indentation(Option<usize>),
}

/// YAML that other readers take differently, or that plans have no use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsupported {
    /// `&name`
    Anchor,
    /// `*name`
    Alias,
    /// `!name`
    Tag,
    /// `%YAML`
    Directive,
    /// `? key`
    ExplicitKey,
    /// A list or a map as a key.
    ComplexKey,
    /// A second document after `---`.
    SecondDocument,
}

impl Fault {
    /// A fault without a fix.
    pub fn new(span: Span, kind: FaultKind) -> Fault {
        Fault::mended(span, kind, Vec::new())
    }

    /// A fault that replacing `span` by `text` mends for certain.
    pub fn replace(span: Span, text: impl Into<String>, kind: FaultKind) -> Fault {
        Fault::mended(span, kind, vec![Edit { span, text: text.into() }])
    }

    /// A fault that these edits mend for certain.
    pub fn mended(span: Span, kind: FaultKind, edits: Vec<Edit>) -> Fault {
        Fault { span, kind, edits, likely: Vec::new() }
    }
}

impl FaultKind {
    /// True for what makes a file unreadable although it may parse.
    pub fn is_fatal(&self) -> bool {
        match self {
            FaultKind::NotUtf8 { .. }
            | FaultKind::Syntax(_)
            | FaultKind::ConflictMarker
            | FaultKind::Unsupported(_)
            | FaultKind::TooLarge { .. }
            | FaultKind::TooDeep
            | FaultKind::DuplicateKey { .. } => true,
            FaultKind::FullWidth { .. } | FaultKind::Tab | FaultKind::Invisible { .. } => false,
        }
    }

    /// True for K003 to K006, which explain a syntax error beside them.
    pub fn is_line_slip(&self) -> bool {
        matches!(
            self,
            FaultKind::ConflictMarker | FaultKind::FullWidth { .. } | FaultKind::Tab | FaultKind::Invisible { .. }
        )
    }

    /// True for white space of the wrong kind.
    pub fn is_space(&self) -> bool {
        matches!(self, FaultKind::Tab | FaultKind::Invisible { as_space: true, .. })
    }

    /// True for characters that are only taken away.
    pub fn is_removable(&self) -> bool {
        matches!(self, FaultKind::Invisible { as_space: false, .. })
    }
}
