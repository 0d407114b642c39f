//! Papers as PDF, without any other program or font: A4, tagged, PDF/A-2a and PDF/UA-1.
//!
//! ```text
//! font      which character has which shape        chars   text cleaned, characters with widths
//! kinsoku   where a line may end                   wrap    lines of a width
//! flow      lines and rows as pieces               block · table · front   blocks as pieces
//! paginate  pieces onto pages                      tags · draw · emit      pages as a file
//! ```
//!
//! Text is only ever drawn character by character, so nothing in a plan can act as markup. The same
//! blocks give the same bytes.

mod block;
mod chars;
mod draw;
mod emit;
mod flow;
mod font;
mod front;
mod kinsoku;
mod mark;
mod paginate;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod wrap;

use std::collections::BTreeSet;

pub use font::{Fonts, Wanted, family};

use crate::date::Date;
use crate::report::pages::{Document, Running};
use chars::Style;
use flow::{Flow, GREY, mm};
use mark::{MM, Mark};
use paginate::{Page, paginate, total};

/// A sheet of A4 and its margins.
const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const TOP: f32 = 17.0 * MM;
const SIDE: f32 = 15.0 * MM;
const BOTTOM: f32 = 16.0 * MM;
/// What is left for text.
const AREA: (f32, f32) = (WIDTH - 2.0 * SIDE, HEIGHT - TOP - BOTTOM);

/// How small page one may be set so that it stays one page.
const SCALES: [f32; 7] = [1.0, 0.96, 0.93, 0.9, 0.87, 0.84, 0.81];

/// Letters smaller than this cannot be read.
const SMALLEST: f32 = 5.0;

/// A finished file.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No font has these characters; each with the mark that chooses a variant.
    Absent(Vec<Wanted>),
    /// The file would break the standards it promises to keep.
    Standard(String),
}

/// The characters of a text that no font has.
pub fn absent(fonts: &Fonts, text: &str) -> BTreeSet<Wanted> {
    let text = chars::clean(text);
    let mut chars = text.chars().filter(|c| *c != '\n').peekable();
    let mut absent = BTreeSet::new();
    while let Some(c) = chars.next() {
        let wanted = (c, chars.next_if(|next| matches!(next, '\u{E0100}'..='\u{E01EF}')));
        if !chars::can_be_set(fonts, wanted) {
            absent.insert(wanted);
        }
    }
    absent
}

/// Writes a paper. The date is the one the file says it was made on.
pub fn write(document: &Document, fonts: &Fonts, date: Date) -> Result<Pdf, Fault> {
    let (flow, pages) = lay_out(document, fonts);
    if !flow.absent.is_empty() {
        return Err(Fault::Absent(flow.absent.into_iter().collect()));
    }
    let language = document.lang.pick("ja-JP", "en");
    let about = emit::About { title: chars::clean(&document.title), language, date };
    let bytes = emit::emit(&pages, flow.tags, fonts, about).map_err(Fault::Standard)?;
    Ok(Pdf { bytes, pages: pages.len() })
}

/// All pages, and what is known once they are laid out.
fn lay_out<'f>(document: &Document, fonts: &'f Fonts) -> (Flow<'f>, Vec<Page>) {
    let japanese = document.lang == crate::lang::Lang::Ja;
    let mut flow = front(document, fonts, japanese);
    let mut pages = paginate(std::mem::take(&mut flow.pieces), AREA.1);
    (flow.scale, flow.blank, flow.names) = (body_scale(document, fonts, japanese), 0.0, mm(29.0));
    flow.blocks(&document.body);
    pages.extend(paginate(std::mem::take(&mut flow.pieces), AREA.1));
    furnish(&mut flow, &mut pages, &document.running);
    (flow, pages)
}

/// How large the body is set: as it is wanted on so many pages, where that can be read; else as usual.
fn body_scale(document: &Document, fonts: &Fonts, japanese: bool) -> f32 {
    let Some(most) = document.body_pages else { return 1.0 };
    let fits = |scale: &f32| {
        let mut flow = Flow::new(fonts, AREA, *scale, japanese);
        flow.names = mm(29.0);
        flow.blocks(&document.body);
        paginate(std::mem::take(&mut flow.pieces), AREA.1).len() <= most
    };
    SCALES.into_iter().find(fits).unwrap_or(1.0)
}

/// Page one, as large as it fits on one page; what is left is room for notes.
fn front<'f>(document: &Document, fonts: &'f Fonts, japanese: bool) -> Flow<'f> {
    let set = |scale: f32, notes: f32| {
        let mut flow = Flow::new(fonts, AREA, scale, japanese);
        (flow.notes_height, flow.names) = (notes, mm(35.0));
        flow.blocks(&document.front);
        flow
    };
    let whole = total(&set(1.0, 0.0).pieces);
    // Half the size takes a quarter of the page: what is far too large need not be tried.
    for scale in SCALES.into_iter().filter(|scale| scale * scale * whole < AREA.1 * 1.1) {
        let high = if scale < 1.0 { total(&set(scale, 0.0).pieces) } else { whole };
        let room = AREA.1 - high;
        if room >= 0.0 {
            return set(scale, mm(front::NOTES) + room - 0.5);
        }
    }
    set(SCALES[2], 0.0)
}

/// What every page says at its top and bottom.
fn furnish(flow: &mut Flow<'_>, pages: &mut [Page], running: &Running) {
    let style = |bold: bool| Style { size: 8.0, bold, ink: GREY };
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let number = index + 1;
        let number =
            if flow.japanese { format!("ページ {number} / {count}") } else { format!("page {number} / {count}") };
        let (top, bottom) = (-mm(6.0), AREA.1 + mm(7.0));
        for (left, right, y, bold) in
            [(&running.left, &running.right, top, true), (&running.foot, &number, bottom, false)]
        {
            let room = one_line(flow, right, style(bold), AREA.0 * 0.6, |width| AREA.0 - width, y, page);
            one_line(flow, left, style(false), room - mm(4.0), |_| 0.0, y, page);
        }
    }
}

/// Prints a text on one line, smaller where it is long, and says where it begins. Page one has the
/// title as a heading, so of one that is longer still the beginning will do.
fn one_line(
    flow: &mut Flow<'_>,
    text: &str,
    style: Style,
    room: f32,
    begin: impl Fn(f32) -> f32,
    y: f32,
    page: &mut Page,
) -> f32 {
    let set = |flow: &mut Flow<'_>, size: f32, width: f32| {
        flow.lines(&[(text, Style { size, ..style })], width, 1.0, None, false).into_iter().next()
    };
    let wide = set(flow, style.size, f32::MAX).map_or(0.0, |set| set.line.width);
    let size = if wide > room { (style.size * room / wide).max(SMALLEST) } else { style.size };
    let Some(set) = set(flow, size, room) else { return AREA.0 };
    let x = begin(set.line.width);
    page.marks.push(Mark::Text { x, y, line: set.line, node: None });
    x
}
