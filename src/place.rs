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

/// Where the lines of a text begin and end. A line ends at LF or CRLF.
///
/// A file may be one line of a megabyte with a finding at every other byte, so nothing here walks
/// along a line: columns are counted from the nearest mark.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Where the words of each line end.
    ends: Vec<u32>,
    /// Characters that begin before each [`STRIDE`]th byte.
    marks: Vec<u32>,
    /// Lines (from 0) that begin with byte order marks, and how many.
    boms: Vec<(u32, u32)>,
}

/// Bytes between two marks of a [`LineIndex`].
const STRIDE: usize = 64;

impl LineIndex {
    /// Finds the line starts of `text`.
    pub fn new(text: &str) -> LineIndex {
        let mut index = LineIndex { starts: Vec::new(), ends: Vec::new(), marks: Vec::new(), boms: Vec::new() };
        let mut at = 0;
        for stop in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let words = text[at..stop].trim_end_matches('\r');
            let boms = words.chars().take_while(|c| *c == '\u{feff}').count();
            if boms > 0 {
                index.boms.push((offset(index.starts.len()), offset(boms)));
            }
            index.starts.push(offset(at));
            index.ends.push(offset(at + words.len()));
            at = stop + 1;
        }
        let mut count = 0;
        for stretch in text.as_bytes().chunks(STRIDE) {
            index.marks.push(count);
            count += offset(characters(stretch));
        }
        index.marks.push(count);
        index
    }

    /// The line (from 1) that holds `at`.
    pub fn line(&self, at: u32) -> u32 {
        offset(self.starts.partition_point(|start| *start <= at))
    }

    /// The bytes of line `line` (from 1), without its line end.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let index = line.saturating_sub(1) as usize;
        match (self.starts.get(index), self.ends.get(index)) {
            (Some(start), Some(end)) => Span { start: *start, end: *end },
            _ => Span::at(text.len()),
        }
    }

    /// Where line `line` (from 1) begins, and where the next one does.
    pub fn whole_line(&self, text: &str, line: u32) -> Span {
        let index = line.saturating_sub(1) as usize;
        let at = |index: usize| self.starts.get(index).map_or(text.len(), |start| *start as usize);
        Span::new(at(index), at(index + 1))
    }

    /// The line and column of byte `at` of `text`.
    pub fn position(&self, text: &str, at: u32) -> Position {
        let line = self.line(at);
        let start = self.starts[line as usize - 1] as usize;
        let mut end = (at as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.characters_before(text, end.max(start)) - self.characters_before(text, start);
        let boms = self.boms.binary_search_by_key(&(line - 1), |(line, _)| *line).map_or(0, |index| self.boms[index].1);
        Position { line, column: before.saturating_sub(boms) + 1 }
    }

    /// How many characters begin before byte `at` of `text`.
    fn characters_before(&self, text: &str, at: usize) -> u32 {
        let mark = at / STRIDE;
        let rest = text.as_bytes().get(mark * STRIDE..at).unwrap_or_default();
        self.marks.get(mark).copied().unwrap_or_default() + offset(characters(rest))
    }

    /// How many lines there are, an empty one after the last line end included.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// How many characters begin among these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_a_count_from_the_line_start() {
        let long = "市a".repeat(100);
        let text = format!("\u{feff}\u{feff}id: 市\r\n\r\r\n{long}\r\n\u{feff}x\r");
        let lines = LineIndex::new(&text);
        assert_eq!(lines.count(), 4);
        for at in 0..=text.len() {
            let whole = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let start = text[..whole].rfind('\n').map_or(0, |at| at + 1);
            let line = text[..whole].matches('\n').count() + 1;
            let column = text[start..whole].trim_start_matches('\u{feff}').chars().count() + 1;
            let position = lines.position(&text, Span::at(at).start);
            assert_eq!((position.line as usize, position.column as usize), (line, column), "{at}");
        }
        let words = |line: u32| &text[lines.line_span(&text, line).range()];
        assert_eq!(
            (words(1), words(2), words(3), words(4)),
            ("\u{feff}\u{feff}id: 市", "", long.as_str(), "\u{feff}x")
        );
        assert_eq!(&text[lines.whole_line(&text, 2).range()], "\r\r\n");
        assert_eq!(lines.whole_line(&text, 4).end as usize, text.len());
    }
}
