//! From text to what is set: characters cleaned, each with its shape and width.

use std::collections::BTreeSet;

use unicode_normalization::char::{canonical_combining_class, compose};

use super::font::{Fonts, Glyph, Wanted};
use super::kinsoku::{self, Side};
use crate::report::is_harmless;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Size in points.
    pub(super) size: f32,
    /// Weight.
    pub(super) bold: bool,
    /// Red, green, blue.
    pub(super) ink: [u8; 3],
}

/// What is put on paper for a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// Its shape in a font.
    Glyph(Glyph),
    /// A small digit, raised or lowered.
    Small(Glyph, f32),
    /// An empty box, or one with a tick; and a blank that is copied as the character.
    Square(Glyph, bool),
    /// A triangle with a mark; and a blank.
    Caution(Glyph),
}

/// A character as it is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// The character.
    pub(super) text: char,
    /// The mark after it that chooses a variant.
    pub(super) mark: Option<char>,
    /// What is drawn.
    pub(super) shape: Shape,
    /// How.
    pub(super) style: Style,
    /// How far the next one is, in points.
    pub(super) width: f32,
    /// How far its shape is moved: an opening bracket without its blank half.
    pub(super) shift: f32,
}

/// How much smaller a raised or lowered digit is.
pub(super) const SMALL: f32 = 0.62;

impl Unit {
    /// The blank half of a full-width bracket or stop that may still be dropped.
    pub(super) fn blank(&self, side: Side) -> f32 {
        let wide = matches!(self.shape, Shape::Glyph(glyph) if glyph.advance > 0.9);
        let whole = self.width > self.style.size * 0.9;
        if wide && whole && kinsoku::blank_side(self.text) == Some(side) { self.style.size / 2.0 } else { 0.0 }
    }

    /// True for a blank that may vanish at the end of a line.
    pub(super) fn is_space(&self) -> bool {
        matches!(self.text, ' ' | '\u{3000}')
    }

    /// True for half-width letters, digits and signs: words that are not stretched.
    pub(super) fn is_half(&self) -> bool {
        self.width <= self.style.size * 0.75 && !self.is_space() && kinsoku::blank_side(self.text).is_none()
    }
}

/// Without what cannot be seen or turns the direction of text; marks joined to their letters.
///
/// Only marks are joined, for full normalisation would turn characters of names into others.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => out.push('\n'),
            '\u{FE0E}' | '\u{FE0F}' | '\u{AD}' => {}
            '\t' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => out.push(' '),
            c if canonical_combining_class(c) != 0 => match out.pop() {
                Some(letter) => match compose(letter, c) {
                    Some(joined) => out.push(joined),
                    None => out.extend([letter, c]),
                },
                None => out.push(c),
            },
            c if is_harmless(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Sets texts one after the other on one endless line. Characters that no font has are put into
/// `absent`.
pub(super) fn units(fonts: &Fonts, spans: &[(&str, Style)], absent: &mut BTreeSet<Wanted>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (text, style) in spans {
        let text = clean(text);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let mark = chars.next_if(|next| matches!(next, '\u{E0100}'..='\u{E01EF}'));
            match shape(fonts, (c, mark), style.bold) {
                Some(shape) => units.push(Unit { text: c, mark, shape, style: *style, width: 0.0, shift: 0.0 }),
                None => {
                    absent.insert((c, mark));
                }
            }
        }
    }
    for unit in &mut units {
        unit.width = natural(unit);
    }
    squeeze(&mut units);
    units
}

/// True when there is a way to put a character on paper.
pub(super) fn can_be_set(fonts: &Fonts, wanted: Wanted) -> bool {
    shape(fonts, wanted, false).is_some()
}

fn shape(fonts: &Fonts, wanted: Wanted, bold: bool) -> Option<Shape> {
    if let Some(glyph) = fonts.glyph(wanted, bold) {
        return Some(Shape::Glyph(glyph));
    }
    let as_if = |c: char| fonts.glyph((c, None), bold);
    let (c, mark) = wanted;
    if mark.is_some() {
        return None;
    }
    match c {
        '\u{2080}'..='\u{2089}' => as_if(digit(c, 0x2080)).map(|glyph| Shape::Small(glyph, 0.12)),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => as_if(digit(c, 0x2070)).map(|glyph| Shape::Small(glyph, -0.34)),
        '\u{2011}' => as_if('-').map(Shape::Glyph),
        '\u{A0}' | '\n' => as_if(' ').map(Shape::Glyph),
        '\u{2610}' => as_if(' ').map(|blank| Shape::Square(blank, false)),
        '\u{2611}' | '\u{2705}' => as_if(' ').map(|blank| Shape::Square(blank, true)),
        '\u{26A0}' => as_if(' ').map(Shape::Caution),
        _ => None,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or('0')
}

fn natural(unit: &Unit) -> f32 {
    unit.style.size
        * match unit.shape {
            Shape::Glyph(glyph) => glyph.advance,
            Shape::Small(glyph, _) => glyph.advance * SMALL,
            Shape::Square(..) | Shape::Caution(_) => 1.0,
        }
}

/// 約物: where brackets and stops meet, blank halves between them are dropped but one.
fn squeeze(units: &mut [Unit]) {
    for at in 1..units.len() {
        let (before, here) = (units[at - 1], units[at]);
        let (left, right) = (here.blank(Side::Left), before.blank(Side::Right));
        let closes = kinsoku::blank_side(here.text) == Some(Side::Right);
        if right > 0.0 && (left > 0.0 || closes) {
            units[at - 1].width -= right;
        } else if left > 0.0 && kinsoku::blank_side(before.text) == Some(Side::Left) {
            units[at].width -= left;
            units[at].shift -= left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_join_and_what_is_invisible_goes() {
        assert_eq!(clean("か\u{3099}は\u{309A}\u{202E}a\u{200B}b\tc\r\n"), "がぱab c\n");
        assert_eq!(clean("\u{FA19}"), "\u{FA19}", "the letter of a name stays that letter");
    }

    #[test]
    fn every_character_is_set_or_told() {
        let fonts = Fonts::embedded();
        let style = Style { size: 10.0, bold: false, ink: [0; 3] };
        let mut absent = BTreeSet::new();
        let set = units(&fonts, &[("CO₂☐⚠10³𠮷葛\u{E0100}", style)], &mut absent);
        assert_eq!(set.len(), 8);
        assert_eq!(absent, BTreeSet::from([('𠮷', None), ('葛', Some('\u{E0100}'))]));
    }

    #[test]
    fn brackets_and_stops_share_a_blank() {
        let fonts = Fonts::embedded();
        let style = Style { size: 10.0, bold: false, ink: [0; 3] };
        let width = |text| units(&fonts, &[(text, style)], &mut BTreeSet::new()).iter().map(|it| it.width).sum::<f32>();
        assert_eq!(width("あ」。"), 25.0);
        assert_eq!(width("」「"), 15.0);
        assert_eq!(width("「（"), 15.0);
        assert_eq!(width("、（"), 15.0);
        assert_eq!(width("あ、い"), 30.0);
    }
}
