//! Remarks (`# …`) between values: which stand alone, and how deep each belongs.

use crate::fmt::lines::{Behind, Line};
use crate::fmt::writer::Writer;
use unicode_width::UnicodeWidthStr;

/// A list or map that is being written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// The column where its entries begin in the file; none inside `[…]` and `{…}`.
    pub(super) column: Option<usize>,
    /// The column where they begin in the tidy text.
    pub(super) out: usize,
    /// True once an entry has been written.
    pub(super) begun: bool,
}

impl Writer<'_, '_> {
    /// Writes the remarks before byte `to`, where something of `next` follows.
    pub(super) fn remarks(&mut self, to: usize, next: Level) {
        while let Some((start, end)) = self.next_remark(to) {
            self.remark += 1;
            let words = self.text.get(start..end).unwrap_or_default().trim_end();
            let line_start = self.line_start(start);
            let before = self.text.get(line_start..start).unwrap_or_default();
            if before.trim().is_empty() {
                self.blank_line(line_start);
                let indent = self.depth(before.len(), next);
                self.allowed |= words.contains("kpolicy: allow");
                self.lines.push(Line { indent, words: words.to_owned(), remark: None, full: true });
            } else {
                self.behind(words, before, next.out);
            }
            (self.at, self.at_line_start) = (end, false);
        }
    }

    /// The next remark, if it begins before byte `to`.
    pub(super) fn next_remark(&self, to: usize) -> Option<(usize, usize)> {
        self.comments.get(self.remark).copied().filter(|(start, _)| *start < to)
    }

    /// Puts a remark behind the present line; below it, where one stands there already.
    pub(super) fn behind(&mut self, words: &str, before: &str, out: usize) {
        let gap = before.len() - before.trim_end_matches([' ', '\t']).len();
        match self.lines.last_mut().filter(|line| !line.full && line.remark.is_none()) {
            Some(line) => line.remark = Some(Behind { text: words.to_owned(), column: before.width(), gap }),
            None => self.lines.push(Line { indent: out, words: words.to_owned(), remark: None, full: true }),
        }
    }

    /// How deep a remark belongs that stands alone at `column`: with what follows, or with the
    /// list or map that ended before it.
    fn depth(&self, column: usize, next: Level) -> usize {
        if self.flow > 0 || next.column == Some(column) {
            return next.out;
        }
        let entered = self.closed.is_empty() && !next.begun;
        let inner = self.closed.first().or(Some(&next).filter(|_| !entered));
        // Deeper than everything: it speaks of the last value. Below a block text it would become text.
        if let Some(inner) = inner.filter(|inner| !self.after_text && inner.column.is_some_and(|at| column >= at + 2)) {
            return inner.out + 2;
        }
        let fits = |level: &&Level| level.out > next.out && level.column.is_some_and(|at| at <= column);
        self.closed.iter().find(fits).map_or(next.out, |level| level.out)
    }

    /// Writes one blank line where the file has some before byte `to`, which begins a line.
    pub(super) fn blank_line(&mut self, to: usize) {
        let gap = self.text.get(self.at..to).unwrap_or_default();
        let whole = gap.rfind('\n').and_then(|end| gap.get(..end)).unwrap_or_default();
        // The first stretch is the rest of a line that has words, unless a line began here.
        let skip = usize::from(!self.at_line_start);
        let blank = gap.contains('\n') && whole.split('\n').skip(skip).any(|line| line.trim().is_empty());
        if blank && self.lines.last().is_some_and(|line| !line.words.is_empty()) {
            self.lines.push(Line { full: true, ..Line::default() });
        }
    }

    /// Where the line of byte `at` begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| *start <= at);
        next.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default()
    }
}
