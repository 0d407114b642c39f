//! A line of text on a page: runs of one font, and the few shapes that are drawn.

use krilla::geom::{PathBuilder, Point};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};

use super::chars::{SMALL, Shape, Unit};
use super::emit::{fill, stroke};
use super::font::Fonts;
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
    for (at, line) in lines {
        for run in line.units.chunk_by(|a, b| same_run(&a.0, &b.0)) {
            glyphs(surface, at, run, fonts);
            for (unit, x) in run {
                shape(surface, (at.0 + x, at.1), unit);
            }
        }
    }
    surface.end_tagged();
    if let Some(node) = node {
        tags.printed(node, printed);
    }
}

fn same_run(a: &Unit, b: &Unit) -> bool {
    let same = match (a.shape, b.shape) {
        (Shape::Glyph(a), Shape::Glyph(b)) => a.face == b.face,
        (Shape::Small(a, by), Shape::Small(b, other)) => a.face == b.face && by == other,
        _ => false,
    };
    same && a.style == b.style
}

fn glyphs(surface: &mut Surface<'_>, at: (f32, f32), run: &[(Unit, f32)], fonts: &Fonts) {
    let Some((first, x)) = run.first() else { return };
    let (face, size, lower) = match first.shape {
        Shape::Glyph(glyph) => (glyph.face, first.style.size, 0.0),
        Shape::Small(glyph, lower) => (glyph.face, first.style.size * SMALL, first.style.size * lower),
        Shape::Square(blank, _) | Shape::Caution(blank) => (blank.face, first.style.size, 0.0),
    };
    let Some(font) = fonts.font(face) else { return };
    let mut text = String::new();
    let mut list = Vec::with_capacity(run.len());
    for (unit, _) in run {
        let (Shape::Glyph(glyph) | Shape::Small(glyph, _) | Shape::Square(glyph, _) | Shape::Caution(glyph)) =
            unit.shape;
        let from = text.len();
        text.push(unit.text);
        text.extend(unit.mark);
        let id = GlyphId::new(glyph.id);
        let (advance, shift) = (unit.width / size, unit.shift / size);
        list.push(KrillaGlyph::new(id, advance, shift, 0.0, 0.0, from..text.len(), None));
    }
    surface.set_stroke(None);
    surface.set_fill(Some(fill(first.style.ink)));
    surface.draw_glyphs(Point::from_xy(at.0 + x, at.1 + lower), &list, font, &text, size, false);
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
