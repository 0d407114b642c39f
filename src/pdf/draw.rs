//! A line of text on a page: runs of one font, and the few shapes that are drawn.

use krilla::geom::{PathBuilder, Point};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};

use super::chars::{SMALL, Shape, Style, Unit};
use super::emit::{fill, stroke};
use super::font::Fonts;
use super::mark::Ink;
use super::tags::{NodeId, Tags};
use super::wrap::Line;

/// Draws lines that are read as one, each with the place where its baseline begins. Without a node
/// they are decoration.
pub(super) fn lines<'l>(
    surface: &mut Surface<'_>,
    lines: impl Iterator<Item = ((f32, f32), &'l Line)>,
    node: Option<NodeId>,
    fonts: &Fonts,
    tags: &mut Tags,
) {
    let tag = match node {
        Some(_) => ContentTag::Span(SpanTag::empty()),
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
    };
    let printed = surface.start_tagged(tag);
    let mut open: Option<Run<'_>> = None;
    for (at, line) in lines {
        for units in line.units.chunk_by(|a, b| Look::of(&a.0) == Look::of(&b.0)) {
            let Some((first, x)) = units.first() else { continue };
            let look = Look::of(first);
            // What is decoration stands anywhere on the page.
            let goes_on = node.is_some() && open.as_ref().is_some_and(|run| run.look == look);
            if !goes_on && let Some(done) = open.replace(Run::new(look, (at.0 + x, at.1))) {
                done.draw(surface, fonts);
            }
            if let Some(run) = &mut open {
                run.add(at, units);
            }
        }
    }
    if let Some(run) = open {
        run.draw(surface, fonts);
    }
    surface.end_tagged();
    if let Some(node) = node {
        tags.printed(node, printed);
    }
}

/// What text has in common that is drawn in one go.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    face: usize,
    size: f32,
    ink: Ink,
    /// How far below the line it stands.
    lower: f32,
}

impl Look {
    fn of(unit: &Unit) -> Look {
        let Style { size, ink, .. } = unit.style;
        let (face, size, lower) = match unit.shape {
            Shape::Glyph(glyph) => (glyph.face, size, 0.0),
            Shape::Small(glyph, lower) => (glyph.face, size * SMALL, size * lower),
            Shape::Square(blank, _) | Shape::Caution(blank) => (blank.face, size, 0.0),
        };
        Look { face, size, ink, lower }
    }
}

/// Lines of one look: each by itself would set colour and font again.
struct Run<'l> {
    look: Look,
    start: (f32, f32),
    /// Where the next character would stand.
    pen: f32,
    glyphs: Vec<KrillaGlyph>,
    text: String,
    shapes: Vec<((f32, f32), &'l Unit)>,
}

impl<'l> Run<'l> {
    fn new(look: Look, start: (f32, f32)) -> Run<'l> {
        Run { look, start, pen: start.0, glyphs: Vec::new(), text: String::new(), shapes: Vec::new() }
    }

    /// Adds units of this look, of a line that begins at `at`.
    fn add(&mut self, at: (f32, f32), units: &'l [(Unit, f32)]) {
        let size = self.look.size;
        let down = (self.start.1 - at.1) / size;
        if let (Some((_, x)), Some(last)) = (units.first(), self.glyphs.last_mut()) {
            last.x_advance += (at.0 + x - self.pen) / size;
            self.pen = at.0 + x;
        }
        for (unit, x) in units {
            let (Shape::Glyph(glyph) | Shape::Small(glyph, _) | Shape::Square(glyph, _) | Shape::Caution(glyph)) =
                unit.shape;
            let from = self.text.len();
            self.text.push(unit.text);
            self.text.extend(unit.mark);
            let (id, range) = (GlyphId::new(glyph.id), from..self.text.len());
            self.glyphs.push(KrillaGlyph::new(id, unit.width / size, unit.shift / size, down, 0.0, range, None));
            self.pen += unit.width;
            if !matches!(unit.shape, Shape::Glyph(_) | Shape::Small(..)) {
                self.shapes.push(((at.0 + x, at.1), unit));
            }
        }
    }

    fn draw(self, surface: &mut Surface<'_>, fonts: &Fonts) {
        let Some(font) = fonts.font(self.look.face) else { return };
        surface.set_stroke(None);
        surface.set_fill(Some(fill(self.look.ink)));
        let start = Point::from_xy(self.start.0, self.start.1 + self.look.lower);
        surface.draw_glyphs(start, &self.glyphs, font, &self.text, self.look.size, false);
        for (at, unit) in self.shapes {
            shape(surface, at, unit);
        }
    }
}

/// A box to tick, or a triangle with a mark; nothing for a character of a font.
fn shape(surface: &mut Surface<'_>, at: (f32, f32), unit: &Unit) {
    let size = unit.style.size;
    let point = |x: f32, y: f32| (at.0 + x * size, at.1 - y * size);
    let mut path = PathBuilder::new();
    let mut stroke_through = |points: &[(f32, f32)], closed: bool| {
        for (index, (x, y)) in points.iter().enumerate() {
            let (x, y) = point(*x, *y);
            if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        if closed {
            path.close();
        }
    };
    match unit.shape {
        Shape::Glyph(_) | Shape::Small(..) => return,
        Shape::Square(_, ticked) => {
            stroke_through(&[(0.14, 0.02), (0.86, 0.02), (0.86, 0.74), (0.14, 0.74)], true);
            if ticked {
                stroke_through(&[(0.28, 0.4), (0.46, 0.2), (0.74, 0.62)], false);
            }
        }
        Shape::Caution(_) => {
            stroke_through(&[(0.06, -0.02), (0.94, -0.02), (0.5, 0.78)], true);
            stroke_through(&[(0.5, 0.54), (0.5, 0.24)], false);
            stroke_through(&[(0.5, 0.16), (0.5, 0.09)], false);
        }
    }
    surface.set_fill(None);
    surface.set_stroke(Some(stroke(size * 0.07, unit.style.ink, false)));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}
