//! Positions of the protocol: lines from 0, columns in the units that client and server agreed on.
//!
//! Unlike the rest of the program, the protocol also ends a line at a lone CR, so that this index is
//! the editor's own. A text may be one line of a megabyte with a finding at every other byte: columns
//! are counted from the nearest mark.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::place::Span;

/// The unit of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units: what every client can.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those that a client offers; UTF-16 where it offers none.
    pub fn agree(offered: &[PositionEncodingKind]) -> Encoding {
        let best = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
        best.into_iter().find(|encoding| offered.contains(&encoding.kind())).unwrap_or_default()
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// Units of a text.
    pub fn units(self, text: &str) -> usize {
        self.units_of(text.as_bytes())
    }

    /// Units of the characters that begin among these bytes of a text.
    fn units_of(self, bytes: &[u8]) -> usize {
        let starts = || bytes.iter().filter(|byte| **byte & 0xc0 != 0x80);
        match self {
            Encoding::Utf8 => bytes.len(),
            Encoding::Utf16 => starts().map(|byte| if *byte >= 0xf0 { 2 } else { 1 }).sum(),
            Encoding::Utf32 => starts().count(),
        }
    }
}

/// Bytes between two marks.
const STRIDE: usize = 128;

/// Where the lines of a text begin, and how many units come before each `STRIDE`th byte.
#[derive(Debug, Clone)]
pub struct Lines {
    encoding: Encoding,
    starts: Vec<usize>,
    marks: Vec<usize>,
}

impl Lines {
    /// The lines of a text.
    pub fn new(text: &str, encoding: Encoding) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 2);
        let mut units = 0;
        for stretch in bytes.chunks(STRIDE) {
            marks.push(units);
            units += encoding.units_of(stretch);
        }
        marks.push(units);
        Lines { encoding, starts, marks }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds a byte.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The bytes of a line, without its end.
    pub fn span(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(text.len());
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let words = text.get(start..end).unwrap_or_default();
        let bare = words.strip_suffix("\r\n").or_else(|| words.strip_suffix(['\n', '\r'])).unwrap_or(words);
        Span::new(start, start + bare.len())
    }

    /// The byte at a position; past the end of a line is its end, past the last line the text's end.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return text.len();
        }
        let span = self.span(text, line);
        let words = text.get(span.range()).unwrap_or_default();
        let mut left = position.character as usize;
        let mut bytes = 0;
        for c in words.chars() {
            let units = self.encoding.units(c.encode_utf8(&mut [0; 4]));
            // Inside a character is before it.
            if left < units {
                break;
            }
            left -= units;
            bytes += c.len_utf8();
        }
        span.start as usize + bytes
    }

    /// The position of a byte.
    pub fn position(&self, text: &str, at: usize) -> Position {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.line(at);
        let span = self.span(text, line);
        let start = span.start as usize;
        let character = self.units_before(text, at.min(span.end as usize)) - self.units_before(text, start);
        Position { line: number(line), character: number(character) }
    }

    /// The range of some bytes.
    pub fn range(&self, text: &str, span: Span) -> Range {
        let (start, end) = (span.start as usize, span.end as usize);
        Range { start: self.position(text, start), end: self.position(text, end) }
    }

    fn units_before(&self, text: &str, at: usize) -> usize {
        let mark = at / STRIDE;
        let rest = text.as_bytes().get(mark * STRIDE..at).unwrap_or_default();
        self.marks.get(mark).copied().unwrap_or_default() + self.encoding.units_of(rest)
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 𠮷 is two UTF-16 units, 葛 has a variation selector, が is two characters, the family is joined.
    const TEXT: &str = "\u{feff}id: 𠮷野\r\n葛\u{e0100}飾\rか\u{3099}x\n👨\u{200d}👩\u{200d}👧 家\n\n";

    #[test]
    fn columns_are_those_of_a_count_from_the_line_start() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(TEXT, encoding);
            assert_eq!(lines.count(), 6);
            for (at, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                let before = TEXT[..at].replace("\r\n", "\n").replace('\r', "\n");
                let line = before.matches('\n').count();
                let words = before.rsplit('\n').next().unwrap_or_default();
                // Between CR and LF nobody can stand.
                let inside = TEXT[..at].ends_with('\r') && TEXT[at..].starts_with('\n');
                if inside {
                    continue;
                }
                let units = match encoding {
                    Encoding::Utf8 => words.len(),
                    Encoding::Utf16 => words.encode_utf16().count(),
                    Encoding::Utf32 => words.chars().count(),
                };
                let position = lines.position(TEXT, at);
                assert_eq!((position.line as usize, position.character as usize), (line, units), "{at}");
                assert_eq!(lines.offset(TEXT, position), at);
            }
        }
    }

    #[test]
    fn positions_that_are_nowhere_are_the_nearest_before() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        let at = |line, character| lines.offset(TEXT, Position { line, character });
        assert_eq!(&TEXT[..at(0, 6)], "\u{feff}id: ", "inside 𠮷");
        assert_eq!(&TEXT[..at(0, 99)], "\u{feff}id: 𠮷野", "past the end of the line");
        assert_eq!(at(99, 0), TEXT.len());
        let one = "市".repeat(1000) + "\n" + &"a𠮷".repeat(1000);
        let lines = Lines::new(&one, Encoding::Utf16);
        assert_eq!(lines.position(&one, 3003 - 2 + 5 * 700).character, 3 * 700);
    }

    #[test]
    fn the_first_that_both_can() {
        let kinds =
            |names: &[&'static str]| names.iter().map(|name| PositionEncodingKind::new(name)).collect::<Vec<_>>();
        assert_eq!(Encoding::agree(&kinds(&["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(Encoding::agree(&kinds(&["utf-32"])), Encoding::Utf32);
        assert_eq!(Encoding::agree(&kinds(&["ebcdic"])), Encoding::Utf16);
        assert_eq!(Encoding::agree(&[]), Encoding::Utf16);
    }
}
