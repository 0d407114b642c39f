//! Tables, and names with their values.

use std::rc::Rc;

use krilla::tagging::{TableHeaderScope, Tag};

use super::flow::{Flow, LINE, Pane, RED, Set, TIGHT, mm};
use super::mark::{Head, Ink, Keep};
use super::tags::NodeId;
use crate::report::pages::{Cell, Table, Tone};

const SIZE: f32 = 9.5;
/// A word may not make a column wider than this part of the table.
const MOST: f32 = 0.4;
/// Columns wider than this part of the table are not looked at, and give up to the rest of them.
const WIDE: f32 = 0.3;
const SPARED: f32 = 0.7;
/// Tables lower than this part of a page stay whole.
const SMALL: f32 = 0.12;
/// Heads of columns; names beside values.
const HEAD: Ink = [232, 232, 232];
const NAME: Ink = [244, 244, 244];
const YELLOW: Ink = [255, 233, 168];

/// Fill, letters and weight that a tone asks for.
pub(super) fn look(tone: Tone) -> (Option<Ink>, Option<Ink>, bool) {
    match tone {
        Tone::Plain => (None, None, false),
        Tone::Gap => (Some(RED), Some([255, 255, 255]), true),
        Tone::Half => (Some(YELLOW), None, true),
        Tone::Quiet => (None, Some([68, 68, 68]), false),
    }
}

impl Flow<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let node = self.tag(None, Tag::Table);
        if let Some(caption) = &table.caption {
            let caption_node = self.tag(Some(node), Tag::Caption);
            let lines = self.lines(&[(caption, self.style(SIZE, true))], self.width, TIGHT, Some(caption_node), false);
            self.paragraph(lines, mm(1.5));
            self.keep_last();
        }
        let columns = self.columns(table);
        let first = self.pieces.len();
        let head = self.head(table, &columns, node);
        let body = self.tag(Some(node), Tag::TBody);
        for row in &table.rows {
            let tr = self.tag(Some(body), Tag::TR);
            let mut cells = Vec::new();
            for (index, (cell, (x, width))) in row.iter().zip(&columns).enumerate() {
                let td = self.cell_node(tr, index == 0);
                cells.push(self.cell(cell, *x, *width, td));
            }
            self.row(cells, 0.0, Keep::Alone, Some(&head));
        }
        // A small table stays whole; of a large one no single row is left behind.
        let small = super::paginate::total(&self.pieces[first..]) < self.height * SMALL;
        let last_two = self.pieces.len().saturating_sub(2).max(first);
        self.keep(if small { first } else { last_two }, Keep::Group);
        self.gap(mm(3.0));
    }

    fn keep_last(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.keep = Keep::Next;
        }
    }

    /// Where columns begin, and how wide they are: as the table asks, but wide enough for dates and
    /// words where other columns can give.
    fn columns(&mut self, table: &Table) -> Vec<(f32, f32)> {
        let whole: f32 = table.head.iter().map(|(_, part)| f32::from(*part)).sum();
        let asked: Vec<f32> =
            table.head.iter().map(|(_, part)| self.width * f32::from(*part) / whole.max(1.0)).collect();
        let (plain, bold) = (self.style(SIZE, false), self.style(SIZE, true));
        let mut least = Vec::new();
        for (index, (name, _)) in table.head.iter().enumerate() {
            // Wide columns hold sentences, which break anywhere; looking at them all would take long.
            if asked[index] > self.width * WIDE {
                least.push(asked[index] * SPARED);
                continue;
            }
            let mut width = self.widest(name, bold);
            for cell in table.rows.iter().filter_map(|row| row.get(index)) {
                width = width.max(self.widest(&cell.text, plain));
            }
            least.push((width + 2.0 * mm(1.6) + 0.5).min(self.width * MOST));
        }
        let mut x = 0.0;
        let place = |width: f32| {
            x += width;
            (x - width, width)
        };
        shared(&asked, &least).into_iter().map(place).collect()
    }

    fn head(&mut self, table: &Table, columns: &[(f32, f32)], node: NodeId) -> Rc<Head> {
        let thead = self.tag(Some(node), Tag::THead);
        let tr = self.tag(Some(thead), Tag::TR);
        let mut cells = Vec::new();
        for ((name, _), (x, width)) in table.head.iter().zip(columns) {
            let th = self.tag(Some(tr), Tag::TH(TableHeaderScope::Column));
            let lines = self.padded(name, self.style(SIZE, true), *width, Some(th));
            cells.push(Pane { fill: Some(HEAD), ..framed(*x, *width, lines) });
        }
        self.row(cells, mm(1.5), Keep::Next, None);
        let piece = self.pieces.last();
        Rc::new(Head {
            height: piece.map_or(0.0, |piece| piece.height),
            marks: piece.map(|piece| piece.marks.clone()).unwrap_or_default(),
        })
    }

    fn cell_node(&mut self, tr: NodeId, is_head: bool) -> NodeId {
        if is_head { self.tag(Some(tr), Tag::TH(TableHeaderScope::Row)) } else { self.tag(Some(tr), Tag::TD) }
    }

    fn cell(&mut self, cell: &Cell, x: f32, width: f32, node: NodeId) -> Pane {
        let (fill, ink, bold) = look(cell.tone);
        let mut style = self.style(SIZE, bold);
        style.ink = ink.unwrap_or(style.ink);
        let lines = self.padded(&cell.text, style, width, Some(node));
        Pane { fill, ..framed(x, width, lines) }
    }

    fn padded(&mut self, text: &str, style: super::chars::Style, width: f32, node: Option<NodeId>) -> Vec<Set> {
        self.lines(&[(text, style)], width - 2.0 * mm(1.6), TIGHT, node, false)
    }

    /// Names and values.
    pub(super) fn fields(&mut self, fields: &[(String, String)]) {
        let name = self.names;
        let node = self.tag(None, Tag::Table);
        let first = self.pieces.len();
        for (index, (label, value)) in fields.iter().enumerate() {
            let tr = self.tag(Some(node), Tag::TR);
            let th = self.tag(Some(tr), Tag::TH(TableHeaderScope::Row));
            let label = self.padded(label, self.style(SIZE, true), name, Some(th));
            let td = self.tag(Some(tr), Tag::TD);
            let value = self.padded(value, self.style(SIZE, false), self.width - name, Some(td));
            let label = Pane { fill: Some(NAME), ..framed(0.0, name, label) };
            let before = if index == 0 { mm(1.0) * self.scale } else { 0.0 };
            self.row(vec![label, framed(name, self.width - name, value)], before, Keep::Alone, None);
        }
        if self.pieces.len() > first {
            self.gap(mm(2.0));
        }
    }
}

/// Widths of columns: what is asked, but at least `least` where the others can spare it.
fn shared(asked: &[f32], least: &[f32]) -> Vec<f32> {
    let pairs = || asked.iter().zip(least);
    let lacking: f32 = pairs().map(|(asked, least)| (least - asked).max(0.0)).sum();
    let spare: f32 = pairs().map(|(asked, least)| (asked - least).max(0.0)).sum();
    if lacking <= 0.0 || lacking > spare {
        return asked.to_vec();
    }
    let width = |(asked, least): (&f32, &f32)| {
        if least >= asked { *least } else { asked - (asked - least) * lacking / spare }
    };
    pairs().map(width).collect()
}

fn framed(x: f32, width: f32, lines: Vec<Set>) -> Pane {
    Pane { x, width, lines, frame: Some((0.5, LINE)), pad: (mm(1.6), mm(0.8)), ..Pane::default() }
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn columns_give_what_others_lack() {
        assert_eq!(shared(&[50.0, 50.0], &[40.0, 20.0]), [50.0, 50.0]);
        assert_eq!(shared(&[50.0, 30.0, 20.0], &[60.0, 20.0, 10.0]), [60.0, 25.0, 15.0]);
        assert_eq!(shared(&[50.0, 50.0], &[90.0, 40.0]), [50.0, 50.0], "nobody can spare that much");
    }
}
