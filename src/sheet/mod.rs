//! A department's plan as a workbook to fill in, and what a filled-in workbook changes.
//!
//! ```text
//! data    the plan as plain values, by the tables of `shape`
//! layout  which sheets and columns there are, by the same tables
//! words   ids as people see them, and what people typed as the file wants it
//! write   plan → workbook: each cell knows by hidden words which field it is
//! read    workbook → cells; the file is a stranger's, so nothing in it is trusted
//! merge   cells ↔ plan: what is new, what would be replaced, what cannot be decided
//! change  all of that as edits at places, tried in memory first
//! ```
//!
//! A workbook carries the plan of which it was made, so that a cell nobody touched changes nothing,
//! even where the plan went on meanwhile.

pub mod change;
pub mod data;
pub mod layout;
pub mod merge;
pub mod read;
pub mod words;
pub mod write;

/// The first word of a workbook's own sheet, and the version of what is hidden in it.
pub const MARK: &str = "kpolicy-plan";
/// See [`MARK`].
pub const VERSION: &str = "1";
/// The sheet that carries the plan.
pub const OWN_SHEET: &str = "_kpolicy";
/// The row (from 0) of the hidden words that tell which field a column is.
pub const KEY_ROW: u32 = 2;
/// The row of the heads; what is filled in stands below.
pub const HEAD_ROW: u32 = 3;

/// What the first hidden cell of a sheet says: `form:goals`, `table:goals.measures`.
pub fn sheet_mark(form: bool, keys: &[&str]) -> String {
    format!("{}:{}", if form { "form" } else { "table" }, keys.join("."))
}

/// The letters of a column, from 0.
pub fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters
}
