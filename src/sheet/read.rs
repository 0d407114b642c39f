//! Workbook → cells. The file comes from anywhere, so it is counted before it is unpacked, read cell
//! by cell, and whatever it holds is only text, numbers and days afterwards.

use std::io::{Cursor, Read};
use std::panic::catch_unwind;

use calamine::{Data as CellData, DataRef, ExcelDateTime, Reader, Xlsx};

use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::say;
use crate::sheet::letters;
use crate::sheet::{MARK, OWN_SHEET, VERSION};

/// Bytes of a workbook, and what it may unpack to.
pub const MAX_BYTES: usize = 16 << 20;
const MAX_UNPACKED: u64 = 64 << 20;
/// Cells with something in them, in the whole workbook.
const MAX_CELLS: usize = 300_000;
/// Parts of the package, and sheets.
const MAX_PARTS: usize = 2_000;
const MAX_SHEETS: usize = 100;

/// A workbook that `export plan` made, as it came back.
#[derive(Debug, Default)]
pub struct Book {
    /// The city whose plan it is.
    pub city: String,
    /// The year.
    pub year: Option<FiscalYear>,
    /// The department.
    pub department: String,
    /// The plan of which it was made.
    pub plan: String,
    /// The other sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name, as people see it.
    pub name: String,
    /// The cells with something in them, by row and column.
    pub cells: std::collections::BTreeMap<(u32, u32), Cell>,
    /// Cells made one: first and last, by row and column.
    pub merged: Vec<((u32, u32), (u32, u32))>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number, and whether it is shown with ％.
    Number(f64, bool),
    /// A day.
    Day(Date),
    /// A day that is none, or one with a time of day.
    Moment,
    /// True or false.
    Bool(bool),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula without a value.
    Unworked,
}

impl Sheet {
    /// The text of a hidden cell.
    pub fn word(&self, row: u32, column: u32) -> Option<&str> {
        match self.cells.get(&(row, column)) {
            Some(Cell::Text(text)) => Some(text.as_str()),
            _ => None,
        }
    }
}

/// `C5`.
pub fn name_of(row: u32, column: u32) -> String {
    format!("{}{}", letters(column as usize), u64::from(row) + 1)
}

/// Reads a workbook.
///
/// # Errors
/// When the file is no workbook of a plan, or not one that can be read safely.
pub fn read(bytes: &[u8]) -> Result<Book, Error> {
    kind_of(bytes)?;
    let unpacked = catch_unwind(|| unpacked(bytes)).unwrap_or(Err(Unread::Broken));
    unpacked.map_err(Unread::error)?;
    // The reader is not ours: whatever it stumbles over, the plan is left as it is.
    let book = catch_unwind(|| cells(bytes)).unwrap_or(Err(Unread::Broken));
    own(book.map_err(Unread::error)?)
}

/// Why a file was not read.
enum Unread {
    Broken,
    Large,
    Macros,
    NoWorkbook,
}

impl Unread {
    fn error(self) -> Error {
        let save = say!(
            "Excel で開き、「名前を付けて保存」で「Excel ブック（*.xlsx）」にしてから取り込んでください。",
            "Open it in Excel, save it as an Excel workbook (*.xlsx), and import that."
        );
        match self {
            Unread::Broken => {
                Error::environment(say!("表を読み取れません。ファイルが壊れています。", "the workbook is damaged."))
                    .hint(save)
            }
            Unread::Large => Error::environment(say!(
                "表が大きすぎるため、読み取りません。",
                "the workbook is too large to be read."
            ))
            .hint(say!(
                "kpolicy export plan で書き出し直した表に、書いた内容を写してください。",
                "Export the plan anew and copy what was written into it."
            )),
            Unread::Macros => {
                Error::environment(say!("マクロを含む表は取り込みません。", "a workbook with macros is not imported."))
                    .hint(save)
            }
            Unread::NoWorkbook => {
                Error::environment(say!("これは Excel の表ではありません。", "this is no Excel workbook.")).hint(save)
            }
        }
    }
}

/// Tells files that are something else by what they begin with.
fn kind_of(bytes: &[u8]) -> Result<(), Error> {
    let save = say!(
        "Excel で開き、「名前を付けて保存」で「Excel ブック（*.xlsx）」にしてから取り込んでください。",
        "Open it in Excel, save it as an Excel workbook (*.xlsx), and import that."
    );
    if bytes.is_empty() {
        return Err(Error::environment(say!("表が空です（0バイト）。", "the workbook is empty (0 bytes).")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return if bytes.len() > MAX_BYTES { Err(Unread::Large.error()) } else { Ok(()) };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Error::environment(say!(
            "これは古い形式（.xls）の表か、パスワードの付いた表です。",
            "this is an old workbook (.xls) or one with a password."
        ))
        .hint(save));
    }
    Err(Error::environment(say!(
        "これは Excel の表（.xlsx）ではありません。CSV や YAML は取り込めません。",
        "this is no Excel workbook (.xlsx); CSV and YAML cannot be imported."
    ))
    .hint(say!(
        "kpolicy export plan で書き出した表に書き、.xlsx のまま保存してください。",
        "Fill in what kpolicy export plan writes, and save it as .xlsx."
    )))
}

/// Counts what the file unpacks to, and looks what is in it.
fn unpacked(bytes: &[u8]) -> Result<(), Unread> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::Broken)?;
    if zip.len() > MAX_PARTS {
        return Err(Unread::Large);
    }
    let (mut left, mut workbook) = (MAX_UNPACKED, false);
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| Unread::Broken)?;
        let name = part.name().map_err(|_| Unread::Broken)?.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") {
            return Err(Unread::Macros);
        }
        workbook |= name == "xl/workbook.xml";
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| Unread::Broken)?;
        left = left.checked_sub(read).ok_or(Unread::Large)?;
    }
    if workbook { Ok(()) } else { Err(Unread::NoWorkbook) }
}

fn cells(bytes: &[u8]) -> Result<Vec<Sheet>, Unread> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unread::Broken)?;
    let names: Vec<String> = book.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    if names.len() > MAX_SHEETS {
        return Err(Unread::Large);
    }
    let mut left = MAX_CELLS;
    let mut sheets = Vec::new();
    for name in names {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        // Pictures of charts and the like are sheets without cells.
        if let Ok(mut reader) = book.worksheet_cells_reader(&name) {
            while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|_| Unread::Broken)? {
                let cell = match (cell(&found.value), found.formula.is_some()) {
                    (Some(cell), _) => cell,
                    (None, true) => Cell::Unworked,
                    (None, false) => continue,
                };
                left = left.checked_sub(1).ok_or(Unread::Large)?;
                sheet.cells.insert(found.pos, cell);
            }
        }
        percents(&mut book, &name, &mut sheet)?;
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheet.merged = merged.into_iter().map(|area| (area.start, area.end)).collect();
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Marks the numbers that are shown with ％: `70%` is kept as 0.7.
fn percents(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, sheet: &mut Sheet) -> Result<(), Unread> {
    let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(()) };
    while let Some((row, column, style)) = reader.next_style_id().map_err(|_| Unread::Broken)? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let percent = format.is_some_and(|format| format.format_code.contains('%'));
        if let Some(Cell::Number(_, shown)) = sheet.cells.get_mut(&(row, column)).filter(|_| percent) {
            *shown = true;
        }
    }
    Ok(())
}

fn cell(value: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        (!text.is_empty()).then_some(Cell::Text(text))
    };
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Cell::Number(*number as f64, false)),
        DataRef::Float(number) => Some(Cell::Number(*number, false)),
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::Bool(value) => Some(Cell::Bool(*value)),
        DataRef::DateTime(moment) if moment.is_datetime() => Some(day(moment)),
        DataRef::DateTime(_) | DataRef::DurationIso(_) => Some(Cell::Moment),
        DataRef::DateTimeIso(words) => {
            let day = words.strip_suffix("T00:00:00").or(words.strip_suffix("T00:00:00Z")).unwrap_or(words);
            Some(Date::parse_iso(day).map_or(Cell::Moment, Cell::Day))
        }
        DataRef::Error(error) => Some(Cell::Error(CellData::Error(error.clone()).to_string())),
    }
}

fn day(moment: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    match Date::new(year, month, day) {
        Some(date) if (hour, minute, second) == (0, 0, 0) => Cell::Day(date),
        _ => Cell::Moment,
    }
}

/// Finds the sheet that tells whose plan it is.
fn own(mut sheets: Vec<Sheet>) -> Result<Book, Error> {
    let foreign = || {
        Error::environment(say!(
            "kpolicy export plan で書き出した表ではありません。",
            "this workbook was not made by kpolicy export plan."
        ))
        .hint(say!(
            "kpolicy export plan 部 -o ファイル.xlsx で書き出した表に書いてください。シートだけを別のファイルに写したものは取り込めません。",
            "Fill in what kpolicy export plan DEPT -o FILE.xlsx writes. Sheets copied to another file cannot be imported."
        ))
    };
    let at = sheets.iter().position(|sheet| sheet.name == OWN_SHEET || sheet.word(0, 0) == Some(MARK));
    let own = sheets.swap_remove(at.ok_or_else(foreign)?);
    if own.word(0, 0) != Some(MARK) {
        return Err(foreign());
    }
    if own.word(0, 1) != Some(VERSION) {
        return Err(Error::environment(say!(
            "この表は、別の版の kpolicy で書き出したものです。",
            "this workbook was made by another version of kpolicy."
        ))
        .hint(say!(
            "書き出し直した表に、書いた内容を写してください。",
            "Export the plan anew and copy what was written into it."
        )));
    }
    let mut book = Book { sheets, ..Book::default() };
    let (mut hex, mut row) = (String::new(), 1);
    while let Some(name) = own.word(row, 0) {
        let value = own.word(row, 1).unwrap_or_default();
        match name {
            "city" => book.city = value.to_owned(),
            "year" => book.year = FiscalYear::parse_folder(value),
            "department" => book.department = value.to_owned(),
            "plan" => hex.push_str(value),
            _ => {}
        }
        row += 1;
    }
    book.plan = from_hex(&hex).ok_or_else(foreign)?;
    Ok(book)
}

fn from_hex(hex: &str) -> Option<String> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(high)? * 16 + digit(low)?),
            _ => None,
        })
        .collect();
    String::from_utf8(bytes?).ok()
}
