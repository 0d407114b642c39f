//! The way nearly every plan is written, read without the parser, in a tenth of its time: block style,
//! one line a value or a `|-` text, short names.
//!
//! It gives the tree that the parser gives, to the byte, or nothing: whatever is written in another
//! way, could be read in two ways or may be at fault is left to the parser, which also finds the words
//! for it. Nor has a text that it takes any slip of which the line scan would tell, so that nobody need
//! scan it. Where this reader is not sure, it must say nothing.

mod usual;

use std::borrow::Cow;

use usual::{WIDE, has_usual_characters, has_wide_sign, is_usual_name, may_be_field};

use crate::place::Span;
use crate::source::{Kind, Node, NodeId, Style, Tree};

/// Levels, fields of one map and remarks in a row, beyond which the parser reads.
const MOST: usize = 32;

/// The tree of a text in plain block style; none of any other text.
pub fn read_plain(text: &str) -> Option<Tree<'_>> {
    if !has_usual_characters(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader { text, next: 0, ahead: None, remarks: 0, tree: Tree::default() };
    let first = reader.peek()??;
    reader.tree.nodes.reserve(text.len() / 24);
    reader.tree.root = Some(reader.map(0, 0).filter(|_| first.column == 0)?);
    reader.peek()?.is_none().then_some(reader.tree)
}

/// A line with words.
#[derive(Clone, Copy)]
struct Line {
    /// Its first sign; in a list the one after the dash.
    start: usize,
    /// Where its words end.
    end: usize,
    /// Where the line ends.
    stop: usize,
    column: usize,
}

struct Reader<'a> {
    text: &'a str,
    /// The line after `ahead`.
    next: usize,
    /// The line that was looked at and not taken.
    ahead: Option<Line>,
    /// Remarks since the last line with words.
    remarks: usize,
    tree: Tree<'a>,
}

impl<'a> Reader<'a> {
    /// The next line with words, and the remarks before it.
    fn peek(&mut self) -> Option<Option<Line>> {
        while self.ahead.is_none() && self.next < self.text.len() {
            let (at, stop) = (self.next, self.line_end(self.next));
            let column = self.blanks(at, stop);
            let start = at + column;
            self.next = stop + 1;
            match self.text.as_bytes()[start..stop] {
                [] => {}
                [b'#', ..] => self.remark(start, stop)?,
                [b'-', b'-', ..] | [b'.', ..] | [b'%', ..] if column == 0 => return None,
                _ => {
                    let end = start + self.text[start..stop].trim_end_matches(' ').len();
                    self.ahead = Some(Line { start, end, stop, column });
                    self.remarks = 0;
                }
            }
        }
        Some(self.ahead)
    }

    fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |length| at + length)
    }

    /// How many spaces there are from a byte on.
    fn blanks(&self, at: usize, end: usize) -> usize {
        self.text.as_bytes()[at..end].iter().take_while(|byte| **byte == b' ').count()
    }

    fn remark(&mut self, start: usize, stop: usize) -> Option<()> {
        self.remarks += 1;
        self.tree.comments.push((Span::new(start, stop), Cow::Borrowed(&self.text[start + 1..stop])));
        (self.remarks < MOST).then_some(())
    }

    fn add(&mut self, start: usize, end: usize, kind: Kind<'a>) -> NodeId {
        let id = NodeId(Span::at(self.tree.nodes.len()).start);
        self.tree.nodes.push(Node { span: Span::new(start, end), kind });
        id
    }

    /// Gives a container its children, and the place from the first to the last of them.
    fn close(&mut self, id: NodeId, first: NodeId, last: NodeId, kind: Kind<'a>) -> NodeId {
        let span = Span { start: self.tree.span(first).start, end: self.tree.span(last).end };
        self.tree.nodes[id.0 as usize] = Node { span, kind };
        id
    }

    /// The fields at a column.
    fn map(&mut self, column: usize, depth: usize) -> Option<NodeId> {
        let id = self.add(0, 0, Kind::Blank);
        let mut fields: Vec<(NodeId, NodeId)> = Vec::with_capacity(4);
        while let Some(line) = self.peek()?.filter(|line| line.column >= column) {
            if line.column > column || fields.len() == MOST || depth == MOST {
                return None;
            }
            self.ahead = None;
            let length = self.name(line)?;
            let name = &self.text[line.start..line.start + length];
            if !is_usual_name(name) || fields.iter().any(|(key, _)| self.tree.text(*key) == Some(name)) {
                return None;
            }
            let plain = Kind::Scalar { text: Cow::Borrowed(name), style: Style::Plain };
            let key = self.add(line.start, line.start + length, plain);
            fields.push((key, self.value(line, line.start + length + 1, depth)?));
        }
        let ((first, _), (_, last)) = (*fields.first()?, *fields.last()?);
        Some(self.close(id, first, last, Kind::Map(fields)))
    }

    /// The length of the name that a line begins with, where a colon and a space follow it.
    fn name(&self, line: Line) -> Option<usize> {
        let bytes = &self.text.as_bytes()[line.start..line.end];
        let letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
        let length = bytes.iter().take_while(|byte| letter(byte) || matches!(byte, b'_' | b'-' | b'.')).count();
        let colon = matches!(bytes[length..], [b':'] | [b':', b' ', ..]);
        (colon && length <= 200 && bytes.first().is_some_and(letter)).then_some(length)
    }

    /// What follows a field's colon, on its line or below.
    fn value(&mut self, line: Line, at: usize, depth: usize) -> Option<NodeId> {
        let start = at + self.blanks(at, line.end);
        let rest = &self.text.as_bytes()[start..line.end];
        if let [b'#', ..] = rest {
            if self.text[start..line.stop].ends_with(WIDE) {
                return None;
            }
            self.remark(start, line.stop)?;
        } else if !rest.is_empty() {
            return self.scalar(Line { start, ..line });
        }
        let below = self.peek()??;
        let dash = self.is_dash(below);
        match below.column.cmp(&line.column) {
            std::cmp::Ordering::Greater if !dash => self.map(below.column, depth + 1),
            std::cmp::Ordering::Greater | std::cmp::Ordering::Equal if dash => self.list(below.column, depth + 1),
            _ => None,
        }
    }

    fn is_dash(&self, line: Line) -> bool {
        matches!(self.text.as_bytes()[line.start..line.end], [b'-'] | [b'-', b' ', ..])
    }

    /// The entries at a column.
    fn list(&mut self, column: usize, depth: usize) -> Option<NodeId> {
        let id = self.add(0, 0, Kind::Blank);
        let mut entries = Vec::with_capacity(4);
        while let Some(line) = self.peek()?.filter(|line| line.column >= column) {
            if line.column > column || depth == MOST {
                return None;
            }
            // In a list at its field's own column the next field ends it.
            if !self.is_dash(line) {
                break;
            }
            self.ahead = None;
            let start = line.start + 1 + self.blanks(line.start + 1, line.end);
            let entry = Line { start, column: column + start - line.start, ..line };
            entries.push(if self.name(entry).is_some() {
                self.ahead = Some(entry);
                self.map(entry.column, depth + 1)?
            } else if may_be_field(&self.text[start..line.stop]) {
                return None;
            } else {
                self.scalar(Line { column, ..entry })?
            });
        }
        let (first, last) = (*entries.first()?, *entries.last()?);
        Some(self.close(id, first, last, Kind::List(entries)))
    }

    /// A value from `line.start` on; the line's column is that of the field or dash before it.
    fn scalar(&mut self, line: Line) -> Option<NodeId> {
        let rest = &self.text[line.start..line.end];
        match rest.as_bytes() {
            b"|" | b"|-" => self.block(line.column, rest == "|-"),
            [quote @ (b'"' | b'\''), ..] => self.quoted(line, *quote),
            [b'-', b'0'..=b'9', ..] => self.plain(line),
            [b'(' | b'_' | b'+' | b'~' | b'/', ..] => self.plain(line),
            [first, ..] if first.is_ascii_alphanumeric() || *first >= 0x80 => self.plain(line),
            _ => None,
        }
    }

    fn plain(&mut self, line: Line) -> Option<NodeId> {
        let bytes = &self.text.as_bytes()[line.start..line.end];
        let mut end = bytes.len();
        for at in memchr::memchr2_iter(b':', b'#', bytes) {
            if bytes[at] == b':' && matches!(bytes.get(at + 1), None | Some(b' ')) {
                return None;
            }
            if bytes[at] == b'#' && bytes.get(at.wrapping_sub(1)) == Some(&b' ') {
                end = at;
                break;
            }
        }
        let text = self.text[line.start..line.start + end].trim_end_matches(' ');
        if has_wide_sign(text) {
            return None;
        }
        if end < bytes.len() {
            self.remark(line.start + end, line.stop)?;
        }
        let kind = Kind::Scalar { text: Cow::Borrowed(text), style: Style::Plain };
        Some(self.add(line.start, line.start + text.len(), kind))
    }

    /// A text in quotes without any escape.
    fn quoted(&mut self, line: Line, quote: u8) -> Option<NodeId> {
        let bytes = &self.text.as_bytes()[line.start..line.end];
        let length = bytes[1..].iter().position(|byte| *byte == quote || *byte == b'\\')?;
        let end = line.start + length + 2;
        let rest = &self.text[end..line.end];
        let after = rest.trim_start_matches(' ');
        if bytes[length + 1] != quote || (!after.is_empty() && (after.len() == rest.len() || !after.starts_with('#'))) {
            return None;
        }
        if !after.is_empty() {
            self.remark(line.end - after.len(), line.stop)?;
        }
        let text = Cow::Borrowed(&self.text[line.start + 1..end - 1]);
        Some(self.add(line.start, end, Kind::Scalar { text, style: Style::Quoted }))
    }

    /// A `|` text: the lines that are further in than `column`.
    fn block(&mut self, column: usize, strip: bool) -> Option<NodeId> {
        let mut place: Option<(usize, usize)> = None;
        let (mut indent, mut text, mut blank) = (0, Cow::Borrowed(""), 0);
        let mut at = self.next;
        while at < self.text.len() {
            let stop = self.line_end(at);
            let lead = self.blanks(at, stop);
            if at == stop {
                // Blank lines before the first words tell nothing of their indentation.
                place?;
                blank += 1;
                at += 1;
                continue;
            }
            if at + lead == stop {
                return None;
            }
            match place {
                None => {
                    indent = Some(lead).filter(|lead| *lead > column)?;
                    text = Cow::Borrowed(&self.text[at + lead..stop]);
                }
                Some(_) if lead < indent => {
                    if lead > column {
                        return None;
                    }
                    break;
                }
                Some(_) => {
                    let text = text.to_mut();
                    text.extend(std::iter::repeat_n('\n', blank + 1));
                    text.push_str(&self.text[at + indent..stop]);
                }
            }
            blank = 0;
            place = Some((place.map_or(at + lead, |(start, _)| start), stop));
            at = stop + 1;
        }
        let (start, stop) = place?;
        self.next = at.min(self.text.len());
        if !strip {
            // Readers do not agree on a text without a line end after its last words.
            if stop == self.text.len() {
                return None;
            }
            text.to_mut().push('\n');
        }
        let end = start + self.text[start..stop].trim_end_matches(' ').len();
        Some(self.add(start, end, Kind::Scalar { text, style: Style::Literal }))
    }
}

#[cfg(test)]
mod tests;
