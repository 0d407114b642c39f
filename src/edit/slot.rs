//! Where a value stands: behind the name of a field, or behind a dash.

use crate::source::{Kind, NodeId, Style, Tree};

/// The place of one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// The column of the name or dash.
    pub(super) column: usize,
    /// The byte behind the colon or dash.
    pub(super) after: usize,
    /// The end of what stands on that line, or in quotes or brackets from there on.
    pub(super) head_end: usize,
    /// The lines of the value below: from the first to the end of the last.
    pub(super) below: (usize, usize),
}

/// The text of a file by lines.
pub(super) struct Lines<'a>(pub(super) &'a str);

impl Lines<'_> {
    /// Where the line of a byte begins.
    pub(super) fn start(&self, at: usize) -> usize {
        let before = self.0.as_bytes().get(..at).unwrap_or_default();
        before.iter().rposition(|byte| *byte == b'\n').map_or_else(|| self.first(), |at| at + 1)
    }

    /// How many blanks a byte's line begins with.
    fn indentation(&self, at: usize) -> usize {
        let line = self.0.get(self.start(at)..).unwrap_or_default();
        line.len() - line.trim_start_matches(' ').len()
    }

    /// The end of a text whose last word ends before `at`: lines of blanks that are longer than its
    /// indentation still belong to it.
    fn with_blanks(&self, at: usize, indentation: usize) -> usize {
        let (mut end, mut next) = (at, at);
        for line in self.0.get(at..).unwrap_or_default().split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            if !words.bytes().all(|byte| byte == b' ') {
                break;
            }
            next += line.len();
            if words.len() > indentation {
                end = next;
            }
        }
        end
    }

    /// The byte after the line end of a byte's line, or the end of the file.
    pub(super) fn end(&self, at: usize) -> usize {
        let rest = self.0.as_bytes().get(at..).unwrap_or_default();
        rest.iter().position(|byte| *byte == b'\n').map_or(self.0.len(), |end| at + end + 1)
    }

    /// Behind a byte order mark.
    fn first(&self) -> usize {
        if self.0.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// The end of the lines of a list or map: those of blanks belong to the long text it ends with.
    pub(super) fn end_of(&self, tree: &Tree<'_>, node: NodeId) -> usize {
        let end = self.end(last_byte(tree, node));
        let mut last = node;
        loop {
            last = match &tree.node(last).kind {
                Kind::List(entries) if !entries.is_empty() => entries[entries.len() - 1],
                Kind::Map(fields) if !fields.is_empty() => fields[fields.len() - 1].1,
                Kind::Scalar { style: Style::Literal | Style::Folded, .. } if !tree.span(last).is_empty() => {
                    return self.with_blanks(end, self.indentation(tree.span(last).range().start));
                }
                _ => return end,
            };
        }
    }

    pub(super) fn column(&self, at: usize) -> usize {
        at - self.start(at)
    }

    /// The first byte from `at` on that is no blank, on the same line.
    fn word(&self, at: usize) -> usize {
        let rest = self.0.get(at..).unwrap_or_default();
        at + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
    }

    /// The dash of the first entry that begins at or after `from`, below remarks and blank lines.
    pub(super) fn dash(&self, mut from: usize, to: usize) -> Option<usize> {
        while from <= to {
            let word = self.word(from);
            let rest = self.0.get(word..)?;
            if let Some(behind) = rest.strip_prefix('-') {
                return (behind.is_empty() || behind.starts_with([' ', '\n', '\r', '\t'])).then_some(word);
            }
            let skipped = rest.starts_with('#') || rest.starts_with(['\n', '\r']);
            let end = self.end(word);
            if !skipped || end <= from {
                return None;
            }
            from = end;
        }
        None
    }

    /// The place of the value `node` behind a name or dash at `mark`, whose sign ends at `after`.
    pub(super) fn slot(&self, tree: &Tree<'_>, node: NodeId, mark: usize, after: usize) -> Slot {
        let span = tree.span(node).range();
        let column = self.column(mark);
        let inline = |end: usize| Slot { column, after, head_end: end, below: (self.end(end), self.end(end)) };
        let starts_here = self.start(span.start) == self.start(mark);
        match &tree.node(node).kind {
            Kind::Blank => inline(after),
            Kind::Scalar { style: Style::Literal | Style::Folded, .. } => {
                let header = self.word(after);
                let rest = self.0.get(header..).unwrap_or_default();
                let len = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
                let first = self.end(header);
                let last = if span.is_empty() { first } else { self.end(span.end) };
                let last = self.with_blanks(last.max(first), self.indentation(span.start));
                Slot { column, after, head_end: header + len, below: (first, last) }
            }
            Kind::List(_) | Kind::Map(_) if !is_flow(tree, node) => {
                let first = if starts_here { mark } else { self.end(after) };
                Slot { column, after, head_end: after, below: (first, self.end_of(tree, node)) }
            }
            _ => inline(span.end),
        }
    }
}

/// True for a list or map in brackets: it begins before its first child does.
pub(super) fn is_flow(tree: &Tree<'_>, node: NodeId) -> bool {
    let first = match &tree.node(node).kind {
        Kind::List(entries) => entries.first(),
        Kind::Map(fields) => fields.first().map(|(key, _)| key),
        Kind::Blank | Kind::Scalar { .. } => return false,
    };
    first.is_none_or(|first| tree.span(*first).start != tree.span(node).start)
}

/// The last byte that belongs to a value, so that its line is the last one.
fn last_byte(tree: &Tree<'_>, node: NodeId) -> usize {
    let span = tree.span(node).range();
    if span.is_empty() { span.start } else { span.end - 1 }
}
