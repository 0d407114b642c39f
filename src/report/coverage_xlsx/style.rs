//! How cells look, and what they can hold.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::coverage::CellState;
use crate::lang::Lang;
use crate::ui::harmless;

/// A cell holds so many UTF-16 units, and a remark on it a few less.
const MOST: usize = 32_000;
const FONT: &str = "Yu Gothic";

/// The text as a cell can hold it.
pub(super) fn held(text: &str) -> String {
    let safe = harmless(text);
    let mut units = 0;
    let end = safe.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MOST
    });
    end.map_or(safe.clone(), |(at, _)| format!("{}…", &safe[..at]))
}

/// The symbol of a cell. Paper and workbooks can show what terminals cannot.
pub(super) fn symbol(state: CellState, lang: Lang) -> &'static str {
    match state {
        CellState::Answered => "○",
        CellState::Partial => "△",
        CellState::Missing => "×",
        CellState::Declined => "―",
        CellState::Unreadable => lang.pick("読", "?"),
        CellState::NotRequired => "",
    }
}

pub(super) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10)
}

pub(super) fn boxed() -> Format {
    base()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x80_80_80))
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn head() -> Format {
    boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE7_E6_E6))
}

/// Colour only repeats what the symbol says.
pub(super) fn cell(state: CellState) -> Format {
    let cell = boxed().set_align(FormatAlign::Center);
    match state {
        CellState::Missing => cell.set_background_color(Color::RGB(0xF8_CB_AD)).set_bold(),
        CellState::Partial => cell.set_background_color(Color::RGB(0xFF_E6_99)),
        CellState::Unreadable => cell.set_background_color(Color::RGB(0xD9_D2_E9)),
        CellState::Declined => cell.set_font_color(Color::RGB(0x59_59_59)),
        CellState::Answered | CellState::NotRequired => cell,
    }
}
