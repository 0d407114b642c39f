//! Pages as a PDF file: krilla writes it, and checks PDF/A-2a and PDF/UA-1.

use std::collections::BTreeMap;

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::{Document, SerializeSettings};

use super::draw;
use super::font::Fonts;
use super::mark::{Area, Ink, Mark};
use super::paginate::Page;
use super::tags::{NodeId, Tags};
use super::wrap::Line;
use super::{BOTTOM, HEIGHT, SIDE, TOP, WIDTH};
use crate::date::Date;

/// What a file says of itself.
pub(super) struct About {
    pub(super) title: String,
    pub(super) language: &'static str,
    pub(super) date: Date,
}

/// Writes the file.
pub(super) fn emit(pages: &[Page], mut tags: Tags, fonts: &Fonts, about: About) -> Result<Vec<u8>, String> {
    let standard = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration: standard, ..SerializeSettings::default() });
    let anchors = anchors(pages);
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("A4")?;
    for content in pages {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        decorate(&mut surface, &content.marks);
        let texts: Vec<((f32, f32), &Line, Option<NodeId>)> = content.marks.iter().filter_map(text).collect();
        for read_as_one in texts.chunk_by(|one, next| one.2 == next.2) {
            let node = read_as_one.first().and_then(|first| first.2);
            let lines = read_as_one.iter().map(|(at, line, _)| (*at, *line));
            draw::lines(&mut surface, lines, node, fonts, &mut tags);
        }
        surface.finish();
        for mark in &content.marks {
            let Mark::Link { area, anchor, text, node } = mark else { continue };
            if let (Some(to), Some(area)) = (anchors.get(anchor.as_str()), rect(*area)) {
                let target = Target::Destination(to.clone().into());
                let link = Annotation::new_link(LinkAnnotation::new(area, target), Some(text.clone()));
                let printed = page.add_tagged_annotation(link);
                tags.printed(*node, printed);
            }
        }
        page.finish();
    }
    document.set_outline(outline(pages));
    document.set_tag_tree(tags.tree());
    document.set_metadata(metadata(about));
    document.finish().map_err(|error| format!("{error:?}"))
}

fn metadata(about: About) -> Metadata {
    let Date { year, month, day } = about.date;
    let date =
        DateTime::new(year).month(month).day(day).hour(0).minute(0).second(0).utc_offset_hour(9).utc_offset_minute(0);
    let made_by = format!("kpolicy {}", env!("CARGO_PKG_VERSION"));
    Metadata::new()
        .title(about.title)
        .language(about.language.to_owned())
        .creator(made_by.clone())
        .producer(made_by)
        .creation_date(date)
}

/// Where on which page each anchor is.
fn anchors(pages: &[Page]) -> BTreeMap<&str, XyzDestination> {
    let mut all = BTreeMap::new();
    for (page, y, stop) in stops(pages) {
        if let Some(anchor) = &stop.anchor {
            all.entry(anchor.as_str()).or_insert_with(|| place(page, y));
        }
    }
    all
}

fn stops(pages: &[Page]) -> impl Iterator<Item = (usize, f32, &super::mark::Stop)> {
    pages.iter().enumerate().flat_map(|(page, content)| content.stops.iter().map(move |(y, stop)| (page, *y, stop)))
}

fn place(page: usize, y: f32) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(SIDE, (TOP + y - 6.0).max(0.0)))
}

/// Bookmarks: headings below headings.
fn outline(pages: &[Page]) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    for (page, y, stop) in stops(pages) {
        close(&mut open, &mut outline, stop.level);
        let text = super::chars::clean(&stop.text);
        open.push((stop.level, OutlineNode::new(text, place(page, y)).with_open(stop.level < 2)));
    }
    close(&mut open, &mut outline, 0);
    outline
}

/// Hangs every open bookmark of this level or a lower one under the one before it.
fn close(open: &mut Vec<(u8, OutlineNode)>, outline: &mut Outline, level: u8) {
    while let Some((_, done)) = open.pop_if(|(last, _)| *last >= level) {
        match open.last_mut() {
            Some((_, above)) => above.push_child(done),
            None => outline.push_child(done),
        }
    }
}

/// A line of text, where its baseline begins, and what it belongs to.
fn text(mark: &Mark) -> Option<((f32, f32), &Line, Option<NodeId>)> {
    match mark {
        Mark::Text { x, y, line, node } => Some(((hundredth(SIDE + x), hundredth(TOP + y)), line, *node)),
        _ => None,
    }
}

/// Areas and frames of a page, each look in one go: a frame of its own for every cell would be most
/// of the file. Texts stand over them.
fn decorate(surface: &mut Surface<'_>, marks: &[Mark]) {
    let mut fills: Vec<(Ink, PathBuilder)> = Vec::new();
    let mut frames: Vec<((f32, Ink, bool), PathBuilder)> = Vec::new();
    for mark in marks {
        match mark {
            Mark::Fill(area, ink) => add(&mut fills, *ink, *area),
            Mark::Frame { area, width, ink, dashed } => add(&mut frames, (*width, *ink, *dashed), *area),
            Mark::Text { .. } | Mark::Link { .. } => {}
        }
    }
    if fills.is_empty() && frames.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_stroke(None);
    for (ink, path) in fills {
        surface.set_fill(Some(fill(ink)));
        path.finish().iter().for_each(|path| surface.draw_path(path));
    }
    surface.set_fill(None);
    for ((width, ink, dashed), path) in frames {
        surface.set_stroke(Some(stroke(width, ink, dashed)));
        path.finish().iter().for_each(|path| surface.draw_path(path));
    }
    surface.set_stroke(None);
    surface.end_tagged();
}

/// Adds an area to those of the same look.
fn add<L: PartialEq>(all: &mut Vec<(L, PathBuilder)>, look: L, area: Area) {
    let Some(rect) = rect(area) else { return };
    let at = all.iter().position(|(other, _)| *other == look).unwrap_or_else(|| {
        all.push((look, PathBuilder::new()));
        all.len() - 1
    });
    all[at].1.push_rect(rect);
}

pub(super) fn fill(ink: Ink) -> Fill {
    Fill { paint: rgb::Color::new(ink[0], ink[1], ink[2]).into(), ..Fill::default() }
}

pub(super) fn stroke(width: f32, ink: Ink, dashed: bool) -> Stroke {
    let dash = dashed.then(|| StrokeDash { array: vec![3.0, 2.0], offset: 0.0 });
    Stroke { paint: rgb::Color::new(ink[0], ink[1], ink[2]).into(), width, dash, ..Stroke::default() }
}

/// An area of the sheet; none where it has no extent.
fn rect(area: Area) -> Option<Rect> {
    let bottom = (TOP + area.y + area.height).min(HEIGHT - BOTTOM / 4.0);
    let [left, top, right, bottom] = [SIDE + area.x, TOP + area.y, SIDE + area.x + area.width, bottom].map(hundredth);
    Rect::from_ltrb(left, top, right, bottom)
}

/// Places finer than nobody sees, in fewer digits.
fn hundredth(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
