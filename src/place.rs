//! Places in files: bytes inside one file, and which file.

/// Bytes `start..end` of one file; the end is exclusive. Files are at most 1 MiB, so 32 bits do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: offset(start), end: offset(end.max(start)) }
    }

    /// An empty span at one offset.
    pub fn at(start: usize) -> Span {
        Span::new(start, start)
    }

    /// As a range that slices the text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True when no byte lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// True when `other` lies inside this span (touching ends count).
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Which file of a [`City`](crate::city::City) a place lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A span in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

impl FileId {
    /// The place of `span` in this file.
    pub fn at(self, span: Span) -> Place {
        Place { file: self, span }
    }
}

/// A line and column for people: both from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, counting Unicode scalar values; a BOM counts for none.
    pub column: u32,
}

/// Where the lines of a text begin. A line ends at LF or CRLF.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the line starts of `text`.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| offset(at + 1)));
        LineIndex { starts }
    }

    /// The line (from 1) that holds `at`.
    pub fn line(&self, at: u32) -> u32 {
        offset(self.starts.partition_point(|start| *start <= at))
    }

    /// The bytes of line `line` (from 1) of `text`, without its line end.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let Some(start) = self.starts.get(line.saturating_sub(1) as usize) else {
            return Span::at(text.len());
        };
        let start = *start as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |next| *next as usize);
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + line.len())
    }

    /// The line and column of byte `at` of `text`.
    pub fn position(&self, text: &str, at: u32) -> Position {
        let line = self.line(at);
        let start = self.starts[line as usize - 1] as usize;
        let mut end = (at as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text[start.min(end)..end].trim_start_matches('\u{feff}');
        Position { line, column: offset(before.chars().count() + 1) }
    }

    /// How many lines there are, an empty one after the last line end included.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}
