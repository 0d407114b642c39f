//! Walks the tree and writes its lines; values and names are slices of the file.

use crate::fmt::block_text;
use crate::fmt::lines::{Line, join};
use crate::fmt::remarks::Level;
use crate::place::Span;
use crate::source::{Kind, NodeId, Style, Tree};

/// What is written so far, and how far the file is used up.
pub(super) struct Writer<'t, 'a> {
    pub(super) text: &'t str,
    pub(super) tree: &'t Tree<'a>,
    /// Where the lines begin.
    pub(super) starts: Vec<usize>,
    /// Places of all remarks, and the first one not yet written.
    pub(super) comments: Vec<(usize, usize)>,
    pub(super) remark: usize,
    /// The byte up to which everything is written, and whether a line begins there.
    pub(super) at: usize,
    pub(super) at_line_start: bool,
    pub(super) lines: Vec<Line>,
    /// Lists and maps around the present place, outermost first.
    open: Vec<Level>,
    /// Those that ended since the last entry began, innermost first.
    pub(super) closed: Vec<Level>,
    /// Brackets around the present place.
    pub(super) flow: usize,
    /// True after a block text, until the next entry.
    pub(super) after_text: bool,
    /// True where a remark above the present line allows a finding on it.
    pub(super) allowed: bool,
    /// A text was cut by a comma (K014).
    cut: bool,
    /// The last line gets no line end: it would become part of a text.
    open_end: bool,
}

/// The tidy text; none for a file in which a comma cuts a text (K014).
pub(super) fn write(text: &str, tree: &Tree<'_>) -> Option<String> {
    let comments = tree.comments().map(|(span, _)| (span.start as usize, span.end as usize)).collect();
    let mut writer = Writer {
        text,
        tree,
        starts: std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect(),
        comments,
        remark: 0,
        at: 0,
        at_line_start: true,
        lines: Vec::new(),
        open: Vec::new(),
        closed: Vec::new(),
        flow: 0,
        after_text: false,
        allowed: false,
        cut: false,
        open_end: false,
    };
    writer.document();
    (!writer.cut).then(|| join(&writer.lines, !writer.open_end))
}

impl<'t> Writer<'t, '_> {
    fn document(&mut self) {
        let top = Level { column: Some(0), out: 0, begun: false };
        if let Some(root) = self.tree.root() {
            self.marker("---", self.first_byte(root), top);
            match &self.tree.node(root).kind {
                Kind::Map(_) | Kind::List(_) if self.is_empty(root) || self.stays(root) => {
                    let span = self.tree.span(root);
                    self.start_line(span.range().start, top);
                    self.flow_as_written(span);
                }
                Kind::Map(_) | Kind::List(_) => self.container(root, 0, false),
                Kind::Blank | Kind::Scalar { .. } => {}
            }
        }
        let end = self.text.len();
        self.marker("...", end, top);
        self.remarks(end, top);
    }

    /// The line that opens or ends a document, if one stands before byte `to`.
    fn marker(&mut self, sign: &str, to: usize, top: Level) {
        let mut at = self.at;
        for line in self.text.get(self.at..to).unwrap_or_default().split_inclusive('\n') {
            if line.starts_with(sign) && at == self.line_start(at) {
                self.start_line(at, top);
                self.push(sign);
                self.at = at + sign.len();
                return;
            }
            at += line.len();
        }
    }

    /// Begins a line for what stands at byte `at`, after the remarks and the blank line before it.
    fn start_line(&mut self, at: usize, level: Level) {
        self.allowed = false;
        self.remarks(at, level);
        let line_start = self.line_start(at);
        if level.begun || self.flow == 0 {
            self.blank_line(line_start.max(self.at));
        }
        self.lines.push(Line { indent: level.out, ..Line::default() });
        self.closed.clear();
        (self.after_text, self.at_line_start) = (false, false);
        if let Some(level) = self.open.last_mut() {
            level.begun = true;
        }
    }

    pub(super) fn push(&mut self, words: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.words.push_str(words);
        }
    }

    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The next byte after blanks and remarks.
    fn next_word(&self) -> usize {
        let mut at = self.at;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let word = rest.trim_start();
            at += rest.len() - word.len();
            if !word.starts_with('#') {
                return at;
            }
            at += word.find('\n').unwrap_or(word.len());
        }
    }

    pub(super) fn level(&self) -> Level {
        self.open.last().copied().unwrap_or(Level { column: Some(0), out: 0, begun: true })
    }

    /// Writes a list or map, its first entry on the present line if `inline`.
    fn container(&mut self, node: NodeId, out: usize, inline: bool) {
        let (tree, span, flow) = (self.tree, self.tree.span(node), self.is_flow(node));
        if flow {
            self.remark_of_the_line(span);
            self.flow += 1;
            self.at = span.range().start + 1;
        }
        let list = matches!(tree.node(node).kind, Kind::List(_));
        let first = if list && self.flow == 0 { self.next_word() } else { self.first_byte(node) };
        let column = (self.flow == 0).then(|| first - self.line_start(first));
        self.open.push(Level { column, out, begun: inline });
        match &tree.node(node).kind {
            Kind::Map(fields) => {
                for (index, (key, value)) in fields.iter().enumerate() {
                    self.field(*key, *value, inline && index == 0);
                }
            }
            Kind::List(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    self.entry(*entry, inline && index == 0);
                }
            }
            Kind::Blank | Kind::Scalar { .. } => {}
        }
        if flow {
            let level = self.level();
            self.remarks(span.range().end, level);
            (self.at, self.at_line_start) = (span.range().end, false);
            self.flow -= 1;
        }
        let level = self.open.pop();
        self.closed.extend(level.filter(|level| level.column.is_some()));
    }

    fn field(&mut self, key: NodeId, value: NodeId, inline: bool) {
        let span = self.tree.span(key);
        if !inline {
            self.start_line(span.range().start, self.level());
        }
        let name = self.slice(span);
        self.push(name);
        self.at = span.range().end;
        let colon = self.next_word();
        if !self.text.get(colon..).is_some_and(|rest| rest.starts_with(':')) {
            self.cut = true;
            return;
        }
        self.push(":");
        self.at = colon + 1;
        self.value(value, true);
    }

    fn entry(&mut self, entry: NodeId, inline: bool) {
        let start = if self.flow > 0 { self.first_byte(entry) } else { self.next_word() };
        if !inline {
            self.start_line(start, self.level());
        }
        self.push("-");
        self.at = if self.flow > 0 { start } else { start + 1 };
        self.value(entry, false);
    }

    /// Writes a value behind the colon or dash on the present line.
    fn value(&mut self, node: NodeId, after_colon: bool) {
        let (tree, span) = (self.tree, self.tree.span(node));
        let out = self.level().out + 2;
        match &tree.node(node).kind {
            Kind::Blank => {}
            Kind::Scalar { style: Style::Literal | Style::Folded, .. } => self.block_text(out),
            Kind::Scalar { .. } => {
                self.begin_value(span.range().start, out);
                self.scalar(span, out);
            }
            Kind::Map(_) | Kind::List(_) if self.is_empty(node) || self.stays(node) => {
                self.begin_value(span.range().start, out);
                self.flow_as_written(span);
            }
            Kind::Map(_) | Kind::List(_) => {
                // The first entry follows a dash on its line, unless a remark stands between them.
                let first = self.first_entry(node).unwrap_or_else(|| self.next_word());
                let inline = !after_colon && self.next_remark(first).is_none();
                if inline {
                    self.push(" ");
                }
                self.container(node, out, inline);
            }
        }
    }

    /// A value stands on the line of its name, unless a remark stands between them.
    fn begin_value(&mut self, start: usize, out: usize) {
        if self.next_remark(start).is_none() {
            self.push(" ");
            return;
        }
        let column = (self.flow == 0).then(|| start - self.line_start(start));
        self.start_line(start, Level { column, out, begun: false });
    }

    /// A plain or quoted text; over several lines, each keeps its line.
    fn scalar(&mut self, span: Span, out: usize) {
        let slice = self.slice(span);
        for (index, line) in slice.split('\n').enumerate() {
            let words = if index == 0 { line } else { line.trim_start_matches([' ', '\t']) };
            // Behind a \ a blank is a character of the text.
            let short = words.trim_end_matches([' ', '\t']);
            let words = if short.ends_with('\\') { words } else { short };
            if index == 0 {
                self.push(words);
            } else {
                self.lines.push(Line { indent: out, words: words.to_owned(), ..Line::default() });
            }
        }
        (self.at, self.at_line_start) = (span.range().end, false);
    }

    fn block_text(&mut self, out: usize) {
        let start = self.next_word();
        self.begin_value(start, out);
        let rest = self.text.get(start..).unwrap_or_default();
        let header = rest.split([' ', '\t', '\n']).next().unwrap_or_default();
        self.push(header);
        self.at = start + header.len();
        let line_end = rest.find('\n').map_or(self.text.len(), |end| start + end);
        let level = self.level();
        self.remarks(line_end, level);
        let parent = level.column.unwrap_or_default();
        let body = block_text::body(self.text, line_end + 1, header, parent);
        let digit = header.chars().find_map(|c| c.to_digit(10));
        let indent = digit.map_or(out, |digit| level.out + digit as usize);
        let lines = body.lines.iter().map(|line| Line { indent, words: (*line).to_owned(), remark: None, full: true });
        self.lines.extend(lines);
        (self.at, self.at_line_start, self.after_text) = (body.end.min(self.text.len()), true, true);
        self.open_end = self.at == self.text.len() && !self.text.ends_with('\n') && !header.contains('-');
    }

    /// Where a value, or its first name, begins.
    fn first_byte(&self, node: NodeId) -> usize {
        self.tree.span(node).range().start
    }
}
