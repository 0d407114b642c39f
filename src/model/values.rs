//! Values with places.

use crate::place::Span;

/// Words of a file. Most stand in it as they are read: these share the file's text. Others, which
/// quotes or line ends change or which were mended in memory, are a text of their own.
pub type Words = arcstr::Substr;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Val<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Span,
}

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text after YAML's unescaping.
    pub value: Words,
    /// Its bytes in the file.
    pub span: Span,
}

impl Text {
    /// What the text says; nothing for a placeholder or for words such as 特になし.
    pub fn says(&self) -> Option<&str> {
        (!has_placeholder(&self.value) && !blank_to_people(&self.value)).then_some(self.value.as_str())
    }

    /// The lines joined as print does: no space is added between them.
    pub fn joined(&self) -> String {
        self.value.lines().collect()
    }
}

/// A name as written, resolved later against ids, names and short names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: Words,
    /// Its bytes in the file.
    pub span: Span,
    /// True when it has the form of an id.
    pub well_formed: bool,
}

/// True where （記入） marks a value as still to be written.
pub fn has_placeholder(text: &str) -> bool {
    // Nearly no text has it, so the words are looked for by a byte that few letters share with 記.
    let bytes = text.as_bytes();
    let is_word = |at: usize| bytes.get(..=at).is_some_and(|head| head.ends_with("記".as_bytes()));
    memchr::memchr_iter(LAST_OF_WRITE, bytes).any(is_word) && (text.contains("（記入）") || text.contains("(記入)"))
}

/// The last byte of 記.
const LAST_OF_WRITE: u8 = 0x98;

/// True for a value that is （記入） and nothing else.
pub fn is_placeholder(text: &str) -> bool {
    matches!(text, "（記入）" | "(記入)")
}

/// True for whole values that say nothing: 特になし, なし, 検討中.
pub fn blank_to_people(text: &str) -> bool {
    let bare = text.trim().trim_end_matches('。');
    matches!(bare, "" | "特になし" | "とくになし" | "なし" | "無し" | "検討中")
}
