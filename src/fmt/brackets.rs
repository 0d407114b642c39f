//! `[…]` and `{…}`: which become lines, which stay, and where the remark behind them goes.

use crate::fmt::writer::Writer;
use crate::place::Span;
use crate::source::{Kind, NodeId};

impl Writer<'_, '_> {
    /// Brackets that stay: empty ones, and those of which a remark allows a finding.
    pub(super) fn flow_as_written(&mut self, span: Span) {
        let slice = self.slice(span);
        let empty = if slice.starts_with('[') { "[]" } else { "{}" };
        let remarks = self.next_remark(span.range().end).is_some();
        let inner = slice.get(1..slice.len().saturating_sub(1)).unwrap_or_default();
        let words = if remarks || inner.trim().is_empty() { empty } else { slice };
        self.push(words);
        let level = self.level();
        self.remarks(span.range().end, level);
        (self.at, self.at_line_start) = (span.range().end, false);
    }

    pub(super) fn is_empty(&self, node: NodeId) -> bool {
        match &self.tree.node(node).kind {
            Kind::Map(fields) => fields.is_empty(),
            Kind::List(entries) => entries.is_empty(),
            Kind::Blank | Kind::Scalar { .. } => false,
        }
    }

    /// True for brackets on one line of which a remark allows a finding.
    pub(super) fn stays(&self, node: NodeId) -> bool {
        let span = self.tree.span(node);
        let behind = self.behind_brackets(span);
        let behind = behind.and_then(|(start, end)| self.text.get(start..end));
        self.flow == 0
            && self.is_flow(node)
            && !self.slice(span).contains('\n')
            && (self.allowed || behind.is_some_and(|remark| remark.contains("kpolicy: allow")))
    }

    /// The remark behind brackets that open and close on one line.
    fn behind_brackets(&self, span: Span) -> Option<(usize, usize)> {
        let (start, end) = self.comments.get(self.remark).copied()?;
        let between = self.text.get(span.range().end..start)?;
        let same_line = between.chars().all(|c| matches!(c, ' ' | '\t' | ','));
        (same_line && !self.slice(span).contains('\n')).then_some((start, end))
    }

    /// A remark behind brackets speaks of the line where they stand.
    pub(super) fn remark_of_the_line(&mut self, span: Span) {
        let Some((start, end)) = self.behind_brackets(span) else { return };
        self.remark += 1;
        let before = self.text.get(self.line_start(start)..start).unwrap_or_default();
        let words = self.text.get(start..end).unwrap_or_default().trim_end();
        self.behind(words, before, self.level().out);
    }

    /// Where the first entry inside brackets begins; none for a list or map without brackets.
    pub(super) fn first_entry(&self, node: NodeId) -> Option<usize> {
        let start = self.tree.span(node).range().start;
        let (sign, first) = match &self.tree.node(node).kind {
            Kind::Map(fields) => ('{', fields.first().map(|(key, _)| *key)),
            Kind::List(entries) => ('[', entries.first().copied()),
            Kind::Blank | Kind::Scalar { .. } => return None,
        };
        let bracket = self.text.get(start..).is_some_and(|rest| rest.starts_with(sign));
        let first = first.map_or(start + 1, |first| self.tree.span(first).range().start);
        // A list of lists begins at its first entry's bracket.
        (bracket && first > start).then_some(first)
    }

    pub(super) fn is_flow(&self, node: NodeId) -> bool {
        self.first_entry(node).is_some()
    }
}
