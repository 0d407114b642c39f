//! The line scan: slips of a Japanese keyboard, an Excel paste or a merge, seen before the parser
//! turns them into something else.
//!
//! It follows just enough YAML to know which lines are inside a block text, a quoted text or the
//! later lines of a plain text, where full-width signs are words and must be left alone.

mod fields;
mod lines;
mod values;
mod words;

use crate::place::Span;
use crate::source::chars::{closing, leading};
use crate::source::{Fault, FaultKind, FullWidthAt};

pub use words::{Vocabulary, Widths};

/// A quote or bracket whose partner is not on its line.
#[derive(Debug, Clone, Copy)]
pub struct Unclosed {
    /// Where it is opened.
    pub start: usize,
    /// Where the words of its line end.
    pub line_end: usize,
    /// `"`, `'`, `[` or `{`; the text may have a full-width bracket.
    pub sign: char,
    /// True where a field of the level above follows: the partner was forgotten for certain.
    pub forgotten: bool,
}

/// What the scan saw.
#[derive(Debug, Default)]
pub struct Scan {
    /// K003 to K006.
    pub faults: Vec<Fault>,
    /// Quotes and brackets that run over several lines, or to the end of the file.
    pub unclosed: Vec<Unclosed>,
    /// Lines of structure, not of block or quoted texts.
    pub structure: Vec<Span>,
    /// Lines that look like a field or list entry, but whose mended indentation makes them words
    /// of the line above: the widths are not the ones that were meant.
    pub doubts: usize,
}

/// Scans every line of `text`.
pub fn scan(text: &str, words: &Vocabulary, widths: Widths) -> Scan {
    let mut scanner = Scanner {
        words,
        widths,
        out: Scan::default(),
        inside: Inside::Structure,
        lists: Vec::new(),
        opened: None,
        plain: None,
        merge: false,
        returns: None,
    };
    let mut at = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    while at < text.len() {
        // YAML ends a line at a lone CR too, so the scan does; editors mostly do not show it.
        let rest = &text[at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let length = rest[..length].find('\r').unwrap_or(length);
        scanner.line(at, &rest[..length]);
        at += length + scanner.line_end(at + length, &rest[length..]);
    }
    scanner.out.faults.sort_by_key(|fault| fault.span);
    scanner.out
}

#[derive(Clone, Copy)]
enum Inside {
    Structure,
    /// In a block text: its parent's column, and the column of its own words once known.
    Block(usize, Option<usize>),
    /// In a text that this quote will close, and its parent's column.
    Quote(char, usize),
    /// In a flow value: open brackets, and whether it lists ids.
    Flow(i32, bool),
}

struct Scanner<'a> {
    words: &'a Vocabulary,
    widths: Widths,
    out: Scan,
    inside: Inside,
    /// Columns of the bullets of all open lists.
    lists: Vec<usize>,
    /// The column of a field that opened a list on the line above.
    opened: Option<usize>,
    /// The column that lines must exceed to continue the plain text above.
    plain: Option<usize>,
    merge: bool,
    /// The fault of the first lone CR; an old editor writes one at the end of every line.
    returns: Option<usize>,
}

impl Scanner<'_> {
    fn line(&mut self, at: usize, line: &str) {
        if self.marker(at, line) {
            return;
        }
        self.invisible(at, line);
        match self.inside {
            Inside::Block(parent, words) => {
                if self.block_line(at, line, parent, words) {
                    return;
                }
                self.inside = Inside::Structure;
            }
            Inside::Quote(quote, parent) => {
                if !self.above(line, parent) {
                    if closing(line, 0, quote).is_some() {
                        self.inside = Inside::Structure;
                    }
                    return;
                }
                self.forget();
            }
            Inside::Flow(depth, ids) => {
                if self.flow_line(at, line, depth, ids) {
                    return;
                }
                self.inside = Inside::Structure;
            }
            Inside::Structure => {}
        }
        self.structure(at, line);
    }

    /// True for a field that cannot lie inside a value of the column `parent`.
    fn above(&self, line: &str, parent: usize) -> bool {
        let lead = leading(line);
        self.widths.columns(lead) <= parent && self.looks_like_structure(&line[lead.len()..])
    }

    /// The quote or bracket that is open was never closed.
    fn forget(&mut self) {
        self.inside = Inside::Structure;
        if let Some(open) = self.out.unclosed.last_mut() {
            open.forgotten = true;
        }
    }

    fn full_width(&mut self, span: Span, found: &str, want: &'static str, at: FullWidthAt) {
        self.sign(span, found.to_owned(), want.trim_end(), want.to_owned(), at);
    }

    fn sign(&mut self, span: Span, found: String, want: &'static str, text: String, at: FullWidthAt) {
        self.out.faults.push(Fault::replace(span, text, FaultKind::FullWidth { found, want, at }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Edit, apply};

    fn words() -> Vocabulary {
        Vocabulary {
            keys: vec!["cites", "goals", "id", "text", "title", "目標名"],
            lists: vec!["cites", "goals"],
            ids: vec!["cites"],
            top: vec!["goals"],
        }
    }

    fn mended(text: &str, widths: Widths) -> (String, usize) {
        let seen = scan(text, &words(), widths);
        let edits: Vec<Edit> = seen.faults.iter().flat_map(|fault| fault.edits.iter().cloned()).collect();
        (apply(text, &edits).text.into_owned(), seen.doubts)
    }

    #[test]
    fn slips_are_mended() {
        for (typed, meant) in [
            ("goals：\n  －id：G1\n    目標名　：窓口\n", "goals:\n  - id: G1\n    目標名: 窓口\n"),
            ("goals:\n  - cites:\n      ・1-1\n  －　id: G2\n", "goals:\n  - cites:\n      - 1-1\n  - id: G2\n"),
            ("cites: ［1-1、\n  1-2］\n", "cites: [1-1, \n  1-2]\n"),
            ("text: |-\n  一\n\t二\n　　三\n　\nid: G1\n", "text: |-\n  一\n  二\n  三\n\nid: G1\n"),
            ("＃ 注\rid:　G1　\n", "# 注\nid: G1\n"),
            ("text: 一\n　　二\n", "text: 一\n    二\n"),
        ] {
            assert_eq!(mended(typed, Widths::LIKELY[0]).0, meant);
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        for text in [
            "text: |-\n  title：窓口\n  ＃一\n  ・二\n  　三\nid: G1\n",
            "text: 一\n  title：二\n  ・三\n",
            "text: \"一\n  title：二\"\nid: G1\n",
            "title: ・一、「二」：三　四＃\n",
            "title: {text: 一、二}\n",
            "注：一\n",
        ] {
            assert_eq!(mended(text, Widths::LIKELY[0]), (text.to_owned(), 0));
        }
    }

    #[test]
    fn a_width_that_makes_words_of_a_bullet_is_doubted() {
        let text = "cites:\n  - 1-1\n　　- 1-2\n";
        assert_eq!(mended(text, Widths { tab: 2, wide: 2 }).1, 1);
        assert_eq!(mended(text, Widths { tab: 2, wide: 1 }), ("cites:\n  - 1-1\n  - 1-2\n".to_owned(), 0));
    }

    #[test]
    fn markers_need_their_partners() {
        let count = |text: &str| scan(text, &words(), Widths::LIKELY[0]).faults.len();
        assert_eq!(count("=======\n"), 0);
        assert_eq!(count("<<<<<<< a\n=======\n>>>>>>> b\n=======\n"), 3);
        assert_eq!(count("text: |-\n  <<<<<<< a\n"), 0);
    }

    #[test]
    fn forgotten_partners_are_told_by_the_next_field() {
        let open = |text: &str| scan(text, &words(), Widths::LIKELY[0]).unclosed.first().map(|open| open.forgotten);
        assert_eq!(open("title: \"一\nid: G1\n"), Some(true));
        assert_eq!(open("cites: [1-1,\nid: G1\n"), Some(true));
        assert_eq!(open("title: \"一\n  二\"\nid: G1\n"), Some(false));
        assert_eq!(open("title: \"一\"\nid: G1\n"), None);
    }
}
