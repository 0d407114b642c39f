//! Open buffers: their text as the client has it, edit by edit.

use std::path::PathBuf;

use lsp_types::Range;
use serde::Deserialize;

use crate::lsp::encoding::{Encoding, Lines};
use crate::place::Span;

/// An open buffer.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its address, as the client writes it.
    pub uri: String,
    /// Its version, as the client counts.
    pub version: i32,
    /// Its text.
    pub text: String,
    /// Where its lines begin.
    pub lines: Lines,
    /// The city's folder and the path below it, where it lies in one.
    pub home: Option<(PathBuf, String)>,
    encoding: Encoding,
}

/// A part of the text exchanged, or the whole of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    /// What is replaced; all where there is none.
    #[serde(default)]
    pub range: Option<Range>,
    /// The new text.
    pub text: String,
}

impl Document {
    /// A buffer that was just opened.
    pub fn new(uri: String, version: i32, text: String, encoding: Encoding) -> Document {
        let lines = Lines::new(&text, encoding);
        Document { uri, version, text, lines, home: None, encoding }
    }

    /// Takes edits, each made in the text that the one before left.
    pub fn apply(&mut self, changes: Vec<Change>, version: i32) {
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let ends = [range.start, range.end].map(|position| self.lines.offset(&self.text, position));
                    let span = Span::new(ends[0].min(ends[1]), ends[0].max(ends[1]));
                    self.text.replace_range(span.range(), &change.text);
                }
            }
            self.lines = Lines::new(&self.text, self.encoding);
        }
        self.version = version;
    }
}
