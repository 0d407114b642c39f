//! One cell: what it shows, what can be chosen in it, and the memo's words beside it.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, Formula, Note, Worksheet, XlsxError,
};

use super::style::{count, date, held, input, locked, number, remark, whole};
use super::{Spot, Writer};
use crate::date::Date;
use crate::model::is_canonical_number;
use crate::shape::{Kind, Target};
use crate::sheet::data::{Data, DataKind};
use crate::sheet::layout::Column;
use crate::sheet::words::Wanted;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sheet) enum Shown {
    Nothing,
    Text(String),
    Number(f64),
    Day(Date),
    /// Something that only the file can change.
    Odd,
}

impl Writer<'_> {
    /// What a cell shows for a value.
    pub(super) fn shown(&self, column: &Column, value: Option<&Data>, owner: Option<&str>) -> Shown {
        shown(column, value, |text| self.words.shown(&column.kind, text, owner))
    }

    /// Writes a cell of an entry; returns what it shows.
    pub(super) fn cell(
        &mut self,
        sheet: &mut Worksheet,
        spot: &Spot,
        column: &Column,
        entry: Option<&Data>,
    ) -> Result<String, XlsxError> {
        let value = entry.and_then(|entry| column.value(entry));
        let owner = match column.kind {
            Kind::Ref(Target::Node) => entry.and_then(|entry| entry.text_at(&["id"])),
            _ => None,
        };
        let (row, at) = (spot.row, spot.column);
        let shown = self.shown(column, value, owner);
        let words = if let Shown::Text(text) = &shown { held(text) } else { String::new() };
        match shown {
            Shown::Nothing => sheet.write_blank(row, at, &self.format(column, None))?,
            Shown::Text(_) => sheet.write_string_with_format(row, at, &words, &input())?,
            Shown::Number(value) => {
                sheet.write_number_with_format(row, at, value, &self.format(column, Some(value)))?
            }
            Shown::Day(day) => {
                let day = ExcelDateTime::from_ymd(day.year, day.month, day.day)?;
                sheet.write_datetime_with_format(row, at, &day, &date(self.lang, self.long))?
            }
            Shown::Odd => sheet.write_string_with_format(row, at, self.odd(), &locked())?,
        };
        if let Some(value) = value.filter(|value| !value.span.is_empty()) {
            self.places.push((value.span, spot.clone()));
        }
        if matches!(column.kind, Kind::Cite | Kind::Subject)
            && let Some(words) = value.and_then(Data::text).and_then(|id| self.words.wording(id))
        {
            note(sheet, row, at, &words)?;
        }
        Ok(words)
    }

    fn odd(&self) -> &'static str {
        self.lang.pick("（ここでは直せません。ファイルを直してください）", "(mend this in the file)")
    }

    fn format(&self, column: &Column, value: Option<f64>) -> Format {
        match column.kind {
            Kind::Number if value.is_none_or(|value| value.fract() == 0.0) => whole(),
            Kind::Number => number(),
            Kind::Count => count(),
            Kind::Date => date(self.lang, self.long),
            _ => input(),
        }
    }

    /// The list of a column, for the rows from `first` to `last`.
    pub(super) fn choices(
        &self,
        sheet: &mut Worksheet,
        column: &Column,
        rows: (u32, u32),
        at: u16,
    ) -> Result<(), XlsxError> {
        let Some(wanted) = Wanted::of(&column.kind) else { return Ok(()) };
        if let Some(range) = self.range(wanted) {
            sheet.add_data_validation(rows.0, at, rows.1, at, &self.validation(range)?)?;
        }
        Ok(())
    }

    pub(super) fn validation(&self, range: String) -> Result<DataValidation, XlsxError> {
        let lang = self.lang;
        DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(lang.pick("一覧にない値", "Not in the list"))?
            .set_error_message(lang.pick(
                "一覧にない値です。番号や名称の一部だけでも、取り込むときに読み取れることがあります。",
                "This is not in the list. An id alone is understood when the sheet is imported.",
            ))
    }
}

/// What a cell shows for a value; `named` turns an id into what people see.
pub(in crate::sheet) fn shown(column: &Column, value: Option<&Data>, named: impl Fn(&str) -> String) -> Shown {
    let Some(value) = value else { return Shown::Nothing };
    match &value.kind {
        DataKind::Blank => Shown::Nothing,
        DataKind::List(entries) if column.lines => {
            let texts: Option<Vec<&str>> =
                entries.iter().map(|entry| entry.text().or(Some("").filter(|_| entry.is_blank()))).collect();
            match texts {
                Some(texts) if texts.is_empty() => Shown::Nothing,
                Some(texts) => Shown::Text(texts.join("\n")),
                None => Shown::Odd,
            }
        }
        DataKind::One(text) => match column.kind {
            Kind::Number | Kind::Count => match text.parse::<f64>() {
                // Only what comes back as it was written.
                Ok(number) if is_canonical_number(text) && number.to_string() == *text => Shown::Number(number),
                _ => Shown::Text(text.clone()),
            },
            Kind::Date => match Date::parse_iso(text) {
                // Older days are other days in other programs.
                Some(day) if day.year >= 1901 => Shown::Day(day),
                _ => Shown::Text(text.clone()),
            },
            _ => Shown::Text(named(text)),
        },
        _ => Shown::Odd,
    }
}

/// A remark on a cell, as large as its words.
pub(super) fn note(sheet: &mut Worksheet, row: u32, column: u16, words: &str) -> Result<(), XlsxError> {
    let words = remark(words);
    let lines: usize = words.lines().map(|line| line.chars().count() / 24 + 1).sum();
    let height = u32::try_from(lines * 17 + 12).unwrap_or(400).clamp(40, 400);
    let note = Note::new(words).set_author("kpolicy").add_author_prefix(false).set_font_size(9);
    sheet.insert_note(row, column, &note.set_width(320).set_height(height)).map(|_| ())
}
