//! How cells look, and what they can hold.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::lang::Lang;
use crate::report::wrap::width;
use crate::ui::harmless;

/// A cell holds so many UTF-16 units.
const MOST: usize = 32_000;
/// A remark on a cell: longer ones are not read.
const REMARK: usize = 2_000;

/// The text as a cell can hold it.
pub(in crate::sheet) fn held(text: &str) -> String {
    cut(&harmless(&text.replace("\r\n", "\n")), MOST)
}

pub(super) fn remark(text: &str) -> String {
    cut(&harmless(text), REMARK)
}

fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text.to_owned(), |(at, _)| format!("{}…", &text[..at]))
}

pub(super) fn base() -> Format {
    Format::new().set_font_name("Yu Gothic").set_font_size(10).set_align(FormatAlign::Top)
}

pub(super) fn title() -> Format {
    base().set_bold().set_font_size(14).set_align(FormatAlign::VerticalCenter)
}

pub(super) fn quiet() -> Format {
    base().set_font_size(9).set_font_color(Color::RGB(0x59_59_59)).set_align(FormatAlign::VerticalCenter)
}

fn boxed() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xA6_A6_A6)).set_text_wrap()
}

/// A head: it tells what stands there and is not written into.
pub(super) fn head() -> Format {
    boxed().set_bold().set_background_color(Color::RGB(0xDD_EB_F7)).set_align(FormatAlign::VerticalCenter)
}

/// The head of what must be written.
pub(super) fn needed() -> Format {
    head().set_background_color(Color::RGB(0xBD_D7_EE))
}

/// The band above the fields of one entry.
pub(super) fn band() -> Format {
    base()
        .set_bold()
        .set_font_size(11)
        .set_background_color(Color::RGB(0x1F_4E_79))
        .set_font_color(Color::White)
        .set_align(FormatAlign::VerticalCenter)
}

/// Words beside a field: what it is for.
pub(super) fn told() -> Format {
    boxed().set_font_size(9).set_font_color(Color::RGB(0x40_40_40))
}

/// A cell to write in.
pub(super) fn input() -> Format {
    boxed().set_background_color(Color::RGB(0xFF_FD_EB)).set_unlocked().set_num_format("@")
}

pub(super) fn number() -> Format {
    input().set_num_format("#,##0.###############").set_align(FormatAlign::Right)
}

/// Whole numbers keep no point behind them.
pub(super) fn whole() -> Format {
    input().set_num_format("#,##0").set_align(FormatAlign::Right)
}

pub(super) fn count() -> Format {
    input().set_num_format("0").set_align(FormatAlign::Left)
}

/// A day; in tables as short as it can be.
pub(super) fn date(lang: Lang, long: bool) -> Format {
    let format = match (lang, long) {
        (Lang::Ja, true) => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        (Lang::Ja, false) => "yyyy/m/d",
        (Lang::En, _) => "yyyy-mm-dd",
    };
    input().set_num_format(format).set_align(FormatAlign::Left)
}

/// A cell that only the file itself can change.
pub(super) fn locked() -> Format {
    boxed().set_background_color(Color::RGB(0xF2_F2_F2)).set_font_color(Color::RGB(0x59_59_59))
}

/// A hidden word: free to be sorted and deleted with its row.
pub(super) fn hidden() -> Format {
    Format::new().set_font_size(8).set_font_color(Color::RGB(0xA6_A6_A6)).set_unlocked().set_num_format("@")
}

/// Points of a line, and of the highest row there can be.
const LINE: f64 = 16.0;
const HIGHEST: f64 = 409.0;

/// The height of a row for its texts in columns so wide: not every program finds it by itself.
pub(super) fn height<'t>(texts: impl Iterator<Item = (&'t str, f64)>, least: usize) -> f64 {
    let lines = |(text, across): (&str, f64)| -> usize {
        let wide = (across * 0.95).max(2.0);
        text.split('\n').map(|line| ((width(line) as f64 / wide).ceil() as usize).max(1)).sum()
    };
    let most = texts.map(lines).max().unwrap_or(1).max(least);
    (LINE * most as f64 + 4.0).min(HIGHEST)
}
