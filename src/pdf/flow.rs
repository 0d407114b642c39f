//! Builds pieces: lines of text, and rows of cells side by side.

use std::collections::BTreeSet;
use std::rc::Rc;

use krilla::tagging::{Tag, TagKind};

use super::chars::{Style, Unit, units};
use super::font::{Fonts, Wanted};
use super::mark::{Area, Head, Ink, Keep, MM, Mark, Piece};
use super::tags::{NodeId, Tags};
use super::wrap::{Line, widest, wrap};

/// Black on paper.
pub(super) const BLACK: Ink = [17, 17, 17];
/// Lines around cells.
pub(super) const LINE: Ink = [119, 119, 119];
/// Texts of less weight.
pub(super) const GREY: Ink = [51, 51, 51];
/// What must not be overlooked.
pub(super) const RED: Ink = [176, 0, 32];

/// How high a line is: over lines of a paragraph, over lines in a cell.
pub(super) const LOOSE: f32 = 1.55;
pub(super) const TIGHT: f32 = 1.42;

/// A line with its height, and where it stands in the reading order.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub(super) line: Line,
    pub(super) height: f32,
    pub(super) size: f32,
    pub(super) node: Option<NodeId>,
}

/// A cell: text in an area that may be filled and framed.
#[derive(Debug, Clone, Default)]
pub(super) struct Pane {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) lines: Vec<Set>,
    pub(super) fill: Option<Ink>,
    pub(super) frame: Option<(f32, Ink)>,
    pub(super) dashed: bool,
    /// A thick line at its left.
    pub(super) bar: Option<(f32, Ink)>,
    pub(super) centred: bool,
    /// Blank inside, left and right, above and below.
    pub(super) pad: (f32, f32),
    /// As high as this even if its text is not.
    pub(super) at_least: f32,
}

/// Where pieces are gathered.
pub(super) struct Flow<'f> {
    pub(super) fonts: &'f Fonts,
    pub(super) width: f32,
    /// As high as a page, for what has to be divided.
    pub(super) height: f32,
    /// All sizes are multiplied by this.
    pub(super) scale: f32,
    pub(super) japanese: bool,
    pub(super) pieces: Vec<Piece>,
    /// Blank that the next piece keeps from the last one.
    pub(super) blank: f32,
    /// How wide names beside values are.
    pub(super) names: f32,
    /// How high the box for notes is to be.
    pub(super) notes_height: f32,
    pub(super) tags: Tags,
    pub(super) absent: BTreeSet<Wanted>,
}

impl<'f> Flow<'f> {
    pub(super) fn new(fonts: &'f Fonts, area: (f32, f32), scale: f32, japanese: bool) -> Flow<'f> {
        let (width, height) = area;
        let (pieces, tags, absent) = (Vec::new(), Tags::default(), BTreeSet::new());
        Flow {
            fonts,
            width,
            height,
            scale,
            japanese,
            pieces,
            blank: 0.0,
            names: mm(29.0),
            notes_height: 0.0,
            tags,
            absent,
        }
    }

    /// A style; sizes grow and shrink with the page.
    pub(super) fn style(&self, size: f32, bold: bool) -> Style {
        Style { size: size * self.scale, bold, ink: BLACK }
    }

    pub(super) fn tag(&mut self, parent: Option<NodeId>, tag: impl Into<TagKind>) -> NodeId {
        self.tags.add(parent, tag)
    }

    /// A paragraph's place in the reading order.
    pub(super) fn p(&mut self, parent: Option<NodeId>) -> Option<NodeId> {
        Some(self.tags.add(parent, Tag::P))
    }

    fn units(&mut self, spans: &[(&str, Style)]) -> Vec<Unit> {
        units(self.fonts, spans, &mut self.absent)
    }

    /// How wide a text has to be so that no word or number is broken.
    pub(super) fn widest(&mut self, words: &str, style: Style) -> f32 {
        let all = self.units(&[(words, style)]);
        all.split(|unit| unit.text == '\n').map(widest).fold(0.0, f32::max)
    }

    /// Breaks texts that follow one another into lines; lines stay lines.
    pub(super) fn lines(
        &mut self,
        spans: &[(&str, Style)],
        width: f32,
        leading: f32,
        node: Option<NodeId>,
        justify: bool,
    ) -> Vec<Set> {
        let size = spans.iter().map(|(_, style)| style.size).fold(0.0, f32::max);
        let all = self.units(spans);
        let mut lines = Vec::new();
        for part in all.split(|unit| unit.text == '\n') {
            lines.extend(wrap(part, width, justify && self.japanese));
        }
        lines.into_iter().map(|line| Set { line, height: size * leading, size, node }).collect()
    }

    /// A paragraph that may go on over the page, two lines together at its ends.
    pub(super) fn paragraph(&mut self, lines: Vec<Set>, before: f32) {
        let count = lines.len();
        for (at, set) in lines.into_iter().enumerate() {
            let keep = if at + 1 < count && (at == 0 || at + 2 == count) { Keep::Group } else { Keep::Alone };
            let height = set.height;
            let marks = vec![text(set, 0.0, 0.0)];
            let before = if at == 0 { before } else { 0.0 };
            self.push(Piece { before, height, marks, keep, head: None, stop: None });
        }
    }

    /// Cells side by side; divided only where they are higher than a page.
    pub(super) fn row(&mut self, cells: Vec<Pane>, before: f32, keep: Keep, head: Option<&Rc<Head>>) {
        let most = self.height - head.map_or(0.0, |head| head.height);
        let mut rest = cells;
        let mut before = before;
        loop {
            let (now, later) = divide(rest, most);
            let height = now.iter().map(Pane::height).fold(0.0, f32::max);
            let marks = now.into_iter().flat_map(|cell| cell.marks(height)).collect();
            self.push(Piece { before, height, marks, keep, head: head.cloned(), stop: None });
            match later {
                Some(later) => rest = later,
                None => return,
            }
            before = 0.0;
        }
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, piece: Piece) {
        let before = piece.before.max(std::mem::take(&mut self.blank));
        self.pieces.push(Piece { before, ..piece });
    }

    /// Blank below the last piece.
    pub(super) fn gap(&mut self, blank: f32) {
        self.blank = blank * self.scale;
    }

    /// Ties the pieces from `first` on to one another, but the last to nothing.
    pub(super) fn keep(&mut self, first: usize, keep: Keep) {
        let last = self.pieces.len().saturating_sub(1);
        for piece in self.pieces.iter_mut().take(last).skip(first) {
            piece.keep = piece.keep.max(keep);
        }
    }
}

/// The lines that fit into a height, and the cells of the next piece if there are more.
fn divide(mut cells: Vec<Pane>, most: f32) -> (Vec<Pane>, Option<Vec<Pane>>) {
    if cells.iter().all(|cell| cell.height() <= most) {
        return (cells, None);
    }
    let mut more = false;
    let mut later = Vec::new();
    for cell in &mut cells {
        let mut room = most - 2.0 * cell.pad.1;
        let fits = |set: &&Set| {
            room -= set.height;
            room >= 0.0
        };
        let count = cell.lines.iter().take_while(fits).count().max(1).min(cell.lines.len());
        let lines = cell.lines.split_off(count);
        more |= !lines.is_empty();
        cell.at_least = cell.at_least.min(most);
        later.push(Pane { lines, at_least: 0.0, ..cell.clone() });
    }
    (cells, more.then_some(later))
}

impl Pane {
    pub(super) fn height(&self) -> f32 {
        let lines: f32 = self.lines.iter().map(|set| set.height).sum();
        (lines + 2.0 * self.pad.1).max(self.at_least)
    }

    fn marks(self, height: f32) -> Vec<Mark> {
        let area = Area { x: self.x, y: 0.0, width: self.width, height };
        let mut marks = Vec::new();
        marks.extend(self.fill.map(|ink| Mark::Fill(area, ink)));
        marks.extend(self.frame.map(|(width, ink)| Mark::Frame { area, width, ink, dashed: self.dashed }));
        marks.extend(self.bar.map(|(width, ink)| Mark::Fill(Area { width, ..area }, ink)));
        let mut y = self.pad.1;
        for set in self.lines {
            let high = set.height;
            let blank = if self.centred { (self.width - 2.0 * self.pad.0 - set.line.width) / 2.0 } else { 0.0 };
            marks.push(text(set, self.x + self.pad.0 + blank.max(0.0), y));
            y += high;
        }
        marks
    }
}

/// A line as a mark, its top at `y`.
pub(super) fn text(set: Set, x: f32, y: f32) -> Mark {
    // The letters of the font stand from 0.12 below the baseline to 0.88 above it.
    let baseline = y + (set.height - set.size) / 2.0 + set.size * 0.88;
    Mark::Text { x, y: baseline, line: set.line, node: set.node }
}

/// Millimetres as points.
pub(super) fn mm(value: f32) -> f32 {
    value * MM
}
