//! Lines as the layout sees them: dashes, a field's name, and what follows.

use crate::lsp::cursor::Step;
use crate::place::Span;

/// One line as the layout sees it.
pub(in crate::lsp) struct Line<'t> {
    /// Its first byte.
    pub(in crate::lsp) start: usize,
    /// Its text, without its end.
    pub(in crate::lsp) text: &'t str,
}

impl<'t> Line<'t> {
    /// True without a word, or with a remark only.
    pub(in crate::lsp) fn is_blank(&self) -> bool {
        let words = self.text.trim_start();
        words.is_empty() || words.starts_with('#')
    }

    /// Its dashes and its field's name, each with its column; what follows the last one begins at
    /// the column (and byte) that comes last.
    pub(in crate::lsp) fn signs(&self) -> (Vec<(usize, Step)>, usize) {
        let mut signs = Vec::new();
        let mut at = self.text.len() - self.text.trim_start_matches([' ', '\u{feff}']).len();
        loop {
            let rest = &self.text[at..];
            let dash = rest.starts_with('-') && rest[1..].chars().next().is_none_or(|c| c == ' ');
            if !dash {
                break;
            }
            let start = self.start + at;
            signs.push((self.column(at), Step::Entry(Span::new(start, start + 1))));
            let after = &rest[1..];
            at += 1 + after.len() - after.trim_start_matches(' ').len();
        }
        if let Some((name, length)) = field_name(&self.text[at..]) {
            let start = self.start + at;
            signs.push((self.column(at), Step::Field(name.to_owned(), Span::new(start, start + name.len()))));
            let after = &self.text[at + length..];
            at += length + after.len() - after.trim_start_matches(' ').len();
        }
        (signs, at)
    }

    pub(super) fn column(&self, at: usize) -> usize {
        self.text[..at].chars().filter(|c| *c != '\u{feff}').count()
    }
}

/// The name before a colon at the beginning of a text, and the length with its colon.
pub(super) fn field_name(text: &str) -> Option<(&str, usize)> {
    let (name, after) = text.split_once([':', '：'])?;
    let length = text.len() - after.len();
    let colon = &text[name.len()..length];
    let bare = name.trim_matches(['"', '\'']);
    let plain = !bare.is_empty() && !name.contains(['#', '[', '{', ',', ' ', '　', '、', '。']);
    // `2024:G3` is a value; a full-width colon needs no space to be meant as one.
    let ends = colon == "：" || after.is_empty() || after.starts_with([' ', '\t', '　']);
    (plain && ends && !bare.bytes().all(|byte| byte.is_ascii_digit())).then_some((bare, length))
}

/// The lines that begin up to a byte.
pub(in crate::lsp) fn lines_until(text: &str, at: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        lines.push(Line { start, text: line.trim_end_matches(['\n', '\r']) });
        start += line.len();
    }
    if start <= at && (text.is_empty() || text.ends_with('\n')) {
        lines.push(Line { start, text: "" });
    }
    lines
}

/// True for `|-` and its like.
pub(in crate::lsp) fn opens_text(value: &str) -> bool {
    let header = value.split(" #").next().unwrap_or_default().trim_end();
    header.starts_with(['|', '>']) && header.len() <= 3
}

/// Where a remark begins on a line.
pub(super) fn remark(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '#') if before == ' ' => return Some(at),
            _ => {}
        }
        before = c;
    }
    None
}

/// Where the value that begins at a byte of a line ends.
pub(in crate::lsp) fn word_end(line: &str, start: usize) -> usize {
    let end = remark(line).filter(|remark| *remark >= start).unwrap_or(line.len());
    start + line[start..end].trim_end().len()
}
