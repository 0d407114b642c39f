//! The text of a PDF, line by line in the order in which it is drawn, so that a reading stands
//! between the word it reads and what follows, as in text copied from a viewer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::spacing::is_japanese;

/// Why a PDF gives no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// Pictures only; so many pages.
    Scanned(usize),
    /// So many characters of which the file does not say what they are.
    Unmapped(usize),
    /// Set from top to bottom.
    Vertical,
    /// A password is needed.
    Locked,
    /// No PDF, or one that nobody can read to its end.
    Broken,
}

/// No memo has more pages.
const MOST_PAGES: usize = 300;

/// No memo has more characters.
const MOST_GLYPHS: usize = 500_000;

/// The text of a PDF.
///
/// # Errors
/// When it holds no text that can be told for certain.
pub fn text(bytes: Vec<u8>) -> Result<String, NoText> {
    // A library for so wide a format meets files that nobody thought of.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(NoText::Broken))
}

fn read(bytes: Vec<u8>) -> Result<String, NoText> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => NoText::Locked,
        LoadPdfError::Invalid => NoText::Broken,
    })?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(NoText::Broken);
    }
    let cache = InterpreterCache::new();
    let mut page_text = Page::default();
    for page in pages.iter() {
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut page_text);
        page_text.end_page();
    }
    match page_text {
        Page { glyphs, .. } if glyphs > MOST_GLYPHS => Err(NoText::Broken),
        Page { glyphs: 0, .. } => Err(NoText::Scanned(pages.len())),
        Page { vertical, glyphs, .. } if vertical * 2 > glyphs => Err(NoText::Vertical),
        Page { unmapped, .. } if unmapped > 0 => Err(NoText::Unmapped(unmapped)),
        Page { text, .. } => Ok(text),
    }
}

/// Collects characters, and page by page puts them into lines.
#[derive(Default)]
struct Page {
    text: String,
    /// Those of the present page, in the order in which they are drawn.
    drawn: Vec<Drawn>,
    glyphs: usize,
    unmapped: usize,
    vertical: usize,
}

/// A character on a page; up is more.
struct Drawn {
    text: String,
    at: Point,
    size: f64,
}

/// Readings are set in half the size of their words; larger small print is no reading.
const READING: f64 = 0.65;

impl Page {
    fn end_page(&mut self) {
        let drawn = std::mem::take(&mut self.drawn);
        let mut sizes: Vec<f64> = drawn.iter().map(|glyph| glyph.size).collect();
        sizes.sort_by(f64::total_cmp);
        let Some(usual) = sizes.get(sizes.len() / 2).copied() else { return };
        let is_reading = |glyph: &Drawn| {
            glyph.size <= usual * READING && glyph.text.chars().all(|c| ('ぁ'..='ヿ').contains(&c) && c != '・')
        };
        let (readings, words): (Vec<Drawn>, Vec<Drawn>) = drawn.into_iter().partition(is_reading);
        let mut after: Vec<(usize, String)> = Vec::new();
        for reading in &readings {
            let base = words.iter().rposition(|word| is_below(word, reading));
            match (after.last_mut(), base) {
                (Some((last, kana)), Some(base)) if base == *last || base == *last + 1 => {
                    kana.push_str(&reading.text);
                    *last = base;
                }
                (_, Some(base)) => after.push((base, reading.text.clone())),
                // A reading of nothing: a line of its own, for the reader to see.
                (_, None) => after.push((words.len().saturating_sub(1), reading.text.clone())),
            }
        }
        self.lines(&words, &after);
        self.text.push('\n');
    }

    /// Writes the words line by line; a reading stands on a line behind what it reads.
    fn lines(&mut self, words: &[Drawn], readings: &[(usize, String)]) {
        let pitch = pitch(words);
        let mut before: Option<&Drawn> = None;
        for (at, word) in words.iter().enumerate() {
            if let Some(before) = before {
                self.text.push_str(between(before, word));
                if is_new_line(before, word) && before.at.y - word.at.y > pitch * APART {
                    self.text.push('\n');
                }
            }
            self.text.push_str(&word.text);
            before = Some(word);
            for (_, kana) in readings.iter().filter(|(base, _)| *base == at) {
                self.text.push_str(&format!("\n{kana}\n"));
                before = before.filter(|_| words.get(at + 1).is_some_and(|next| !is_new_line(word, next)));
            }
        }
    }
}

/// More than so many times the usual distance of lines leaves an empty line.
const APART: f64 = 1.6;

/// The usual distance of the lines of a page.
fn pitch(words: &[Drawn]) -> f64 {
    let new = words.windows(2).filter(|two| is_new_line(&two[0], &two[1]));
    let mut steps: Vec<f64> = new.map(|two| two[0].at.y - two[1].at.y).filter(|step| *step > 0.0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// True where a reading stands over this character.
fn is_below(word: &Drawn, reading: &Drawn) -> bool {
    let (up, middle) = (reading.at.y - word.at.y, reading.at.x + reading.size * 0.5);
    let over = (word.size * 0.3..word.size * 1.6).contains(&up);
    over && (word.at.x - word.size * 0.1..word.at.x + word.size * 1.1).contains(&middle)
}

fn is_new_line(before: &Drawn, next: &Drawn) -> bool {
    let larger = next.size.max(before.size);
    (next.at.y - before.at.y).abs() > larger * 0.4 || next.at.x < before.at.x - larger * 0.5
}

/// What stands between two characters: a line end, a space where one is left free, nothing.
fn between(before: &Drawn, next: &Drawn) -> &'static str {
    if is_new_line(before, next) {
        return "\n";
    }
    let wide = before.text.chars().next_back().is_some_and(is_japanese);
    let free = next.at.x - before.at.x - before.size * if wide { 1.0 } else { 0.55 };
    let spaced = |word: &Drawn| word.text.trim().is_empty();
    if free > before.size * 0.6 && !spaced(before) && !spaced(next) { " " } else { "" }
}

impl Device<'_> for Page {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.glyphs += 1;
            if self.glyphs > MOST_GLYPHS {
                return;
            }
            self.vertical += usize::from(run.writing_mode() == WritingMode::Vertical);
            let place = props.transform * glyph.transform();
            let [_, _, c, d, _, _] = place.as_coeffs();
            // Outlines are drawn in thousandths of the size.
            let size = c.hypot(d) * 1000.0;
            let at = place * Point::ZERO;
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.drawn.push(Drawn { text: c.to_string(), at, size }),
                Some(BfString::String(text)) => self.drawn.push(Drawn { text, at, size }),
                None => self.unmapped += 1,
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
