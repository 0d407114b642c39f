//! The outline of a buffer, told from its lines: fields, the entries of lists by their ids and titles.
//!
//! It must hold while half a line is typed, so nothing here parses; lines inside long texts count for
//! nothing, and a line whose indentation fits nowhere belongs to what stands above it.

use crate::lsp::cursor::{Holder, Line, Step, lines_until, opens_text, word_end};
use crate::place::Span;
use crate::shape::{Field, FileKind, Kind, Shape};

/// A part of a buffer.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The column of its first sign.
    column: usize,
    /// Its field, as written; none for the entry of a list.
    pub(super) field: Option<String>,
    /// The same, where the dictionary knows it.
    pub(super) known: Option<&'static Field>,
    /// The place of its name or dash.
    pub(super) sign: Span,
    /// From its sign to the end of its last line.
    pub(super) span: Span,
    /// What it holds, where the dictionary knows.
    holder: Option<Holder>,
    /// The fields of an entry that stand on lines of their own, with their values.
    pub(super) values: Vec<(String, String, Span)>,
    /// What lies inside.
    pub(super) parts: Vec<Part>,
}

impl Part {
    /// The shape of an entry or an object.
    pub(super) fn shape(&self) -> Option<&'static Shape> {
        match self.holder? {
            Holder::Shape(shape) => Some(shape),
            Holder::Value(Kind::One(shape)) => Some(shape),
            Holder::Value(_) => None,
        }
    }

    /// The value of one of these fields, and its place.
    pub(super) fn value(&self, keys: &[&str]) -> Option<(&str, Span)> {
        keys.iter().find_map(|key| {
            let found = self.values.iter().find(|(name, value, _)| name == key && !value.is_empty())?;
            Some((found.1.as_str(), found.2))
        })
    }
}

/// The parts of a buffer.
pub(super) fn outline(text: &str, kind: FileKind) -> Vec<Part> {
    let mut builder = Builder { text, open: Vec::new(), done: Vec::new(), end: 0, long: None, kind };
    for line in lines_until(text, text.len()) {
        builder.take(&line);
    }
    builder.close(0, false);
    builder.done
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Part>,
    done: Vec<Part>,
    /// The end of the last line with words.
    end: usize,
    /// The column of the field whose long text is going on.
    long: Option<usize>,
    kind: FileKind,
}

impl Builder<'_> {
    fn take(&mut self, line: &Line<'_>) {
        let indent = line.text.len() - line.text.trim_start_matches([' ', '\u{feff}']).len();
        let words = line.text.trim();
        let inside = self.long.is_some_and(|column| words.is_empty() || indent > column);
        if inside || line.is_blank() {
            if inside && !words.is_empty() {
                self.end = line.start + line.text.trim_end().len();
            }
            return;
        }
        self.long = None;
        let (signs, content) = line.signs();
        for (column, step) in &signs {
            self.close(*column, matches!(step, Step::Entry(_)));
            self.sign(*column, step, line, content);
        }
        self.end = line.start + line.text.trim_end().len();
    }

    fn sign(&mut self, column: usize, step: &Step, line: &Line<'_>, content: usize) {
        let shape = match self.open.last() {
            Some(part) => part.shape(),
            None => Some(self.kind.shape()),
        };
        let known = match step {
            Step::Field(name, _) => shape.and_then(|shape| shape.understood(name)),
            Step::Entry(_) => None,
        };
        let holder = match self.open.last() {
            Some(part) => part.holder.and_then(|holder| holder.step(step)),
            None => Holder::Shape(self.kind.shape()).step(step),
        };
        let value = line.text.get(content..word_end(line.text, content.min(line.text.len()))).unwrap_or_default();
        let (field, sign, is_text) = match step {
            Step::Field(name, span) => (Some(name.clone()), *span, opens_text(value)),
            Step::Entry(span) => (None, *span, false),
        };
        if let Some(name) = &field {
            let at = line.start + content;
            if let Some(entry) = self.open.last_mut().filter(|part| part.field.is_none()) {
                entry.values.push((name.clone(), value.to_owned(), Span::new(at, at + value.len())));
            }
            if is_text {
                self.long = Some(column);
            }
        }
        let span = Span::at(sign.start as usize);
        self.open.push(Part { column, field, known, sign, span, holder, values: Vec::new(), parts: Vec::new() });
    }

    /// Closes what does not hold a sign at a column; a list may stand at the column of its field.
    fn close(&mut self, column: usize, dash: bool) {
        while let Some(part) = self.open.last() {
            let holds = part.column < column || (dash && part.column == column && part.field.is_some());
            if holds {
                return;
            }
            let Some(mut part) = self.open.pop() else { return };
            let end = self.end.max(part.sign.end as usize).min(self.text.len());
            part.span = Span::new(part.sign.start as usize, end);
            match self.open.last_mut() {
                Some(holder) => holder.parts.push(part),
                None => self.done.push(part),
            }
        }
    }
}
