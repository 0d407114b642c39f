//! A sheet with one entry a row. Rows may be added, deleted and sorted: each carries its own name.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::cell::note;
use super::style::{date, head, height, held, hidden, input, needed, whole};
use super::{Spot, Writer};
use crate::shape::Kind;
use crate::sheet::data::{Data, Path, path_word};
use crate::sheet::layout::{Column, Part, entries};
use crate::sheet::{HEAD_ROW, KEY_ROW, sheet_mark};

/// Rows to write new entries in, bordered; what is below is free to be written in as well.
const FREE: u32 = 8;
/// The last row (from 0) that offers lists.
const LAST: u32 = 499;
/// How wide the columns of goals are.
const PARENT: f64 = 20.0;
/// How wide a sentence is at least, and a page that is not shrunk.
const SENTENCE: f64 = 36.0;
const PAGE: f64 = 136.0;

impl Writer<'_> {
    pub(super) fn table(&mut self, sheet: &mut Worksheet, part: &Part, name: &str) -> Result<(), XlsxError> {
        self.begin(sheet, part, name, 1)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_column_width(0, 6)?.set_column_hidden(0)?;
        sheet.write_string_with_format(KEY_ROW, 0, sheet_mark(false, &part.keys), &hidden())?;
        sheet.write_blank(HEAD_ROW, 0, &head())?;
        sheet.set_row_hidden(KEY_ROW)?;
        let words = self.lang.pick(
            "行は足したり、並べ替えたりできます。消した行は、取り込むときに確かめます。",
            "Rows may be added and sorted; rows that are gone are asked about when this is imported.",
        );
        self.guide(sheet, 1, 1, &format!("{}　{words}", part.about.get(self.lang)))?;
        let parents = self.parents(sheet, part)?;
        let widths = widths(part);
        for (at, (column, wide)) in (parents..).zip(part.columns.iter().zip(&widths)) {
            self.head(sheet, at, column)?;
            sheet.set_column_width(at, *wide)?;
        }
        sheet.set_freeze_panes(HEAD_ROW + 1, parents.max(1))?;
        sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
        let mut row = HEAD_ROW + 1;
        for (path, entry) in entries(self.source.plan, &part.keys) {
            self.row(sheet, (part, name, &widths), row, (&path, entry))?;
            row += 1;
        }
        // The hidden words are sorted with their rows.
        let last = parents + u16::try_from(part.columns.len()).unwrap_or(u16::MAX - parents) - 1;
        sheet.autofilter(HEAD_ROW, 0, row + FREE - 1, last)?;
        for row in row..row + FREE {
            sheet.set_row_height(row, 21)?;
            for at in 1..parents {
                sheet.write_blank(row, at, &input())?;
            }
            for (at, column) in (parents..).zip(&part.columns) {
                sheet.write_blank(row, at, &self.blank(column))?;
            }
        }
        Ok(())
    }

    /// The columns that tell which goal a row belongs to; returns the column after them.
    fn parents(&mut self, sheet: &mut Worksheet, part: &Part) -> Result<u16, XlsxError> {
        let mut at = 1;
        for (level, (label, shape)) in part.parents.iter().enumerate() {
            sheet.write_string_with_format(KEY_ROW, at, format!("^{level}"), &hidden())?;
            let name = match (shape.fields.first(), level) {
                // Within a goal, an entry is known by its first field: 時期.
                (Some(field), 1..) => self.lang.pick(field.label.to_owned(), field.key.replace('_', " ")),
                _ => label.get(self.lang).to_owned(),
            };
            sheet.write_string_with_format(HEAD_ROW, at, name, &needed())?;
            sheet.set_column_width(at, PARENT)?;
            sheet.set_column_format(at, &below(&input()))?;
            if let Some(range) = self.parent_range(shape) {
                sheet.add_data_validation(HEAD_ROW + 1, at, LAST, at, &self.validation(range)?)?;
            }
            at += 1;
        }
        Ok(at)
    }

    fn head(&mut self, sheet: &mut Worksheet, at: u16, column: &Column) -> Result<(), XlsxError> {
        sheet.write_string_with_format(KEY_ROW, at, column.key(), &hidden())?;
        sheet.write_string_with_format(HEAD_ROW, at, held(&self.words.name_of(column)), &head())?;
        if column.slot.unwrap_or(0) == 0 {
            note(sheet, HEAD_ROW, at, column.about.get(self.lang))?;
        }
        sheet.set_column_format(at, &below(&self.blank(column)))?;
        self.choices(sheet, column, (HEAD_ROW + 1, LAST), at)
    }

    fn row(
        &mut self,
        sheet: &mut Worksheet,
        (part, name, widths): (&Part, &str, &[f64]),
        row: u32,
        (path, entry): (&Path, &Data),
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, path_word(path), &hidden())?;
        let (mut at, mut texts) = (1, Vec::new());
        for (level, (_, shape)) in part.parents.iter().enumerate() {
            let above = path.get(..(level + 1) * 2).unwrap_or_default();
            let parent = self.source.plan.at(above);
            let words = parent.map(|parent| self.words.parent(shape, parent, above)).unwrap_or_default();
            sheet.write_string_with_format(row, at, held(&words), &input())?;
            texts.push((words, PARENT));
            at += 1;
        }
        self.places.push((entry.span, Spot { sheet: name.to_owned(), row, column: 1 }));
        for (column, wide) in part.columns.iter().zip(widths) {
            let spot = Spot { sheet: name.to_owned(), row, column: at };
            texts.push((self.cell(sheet, &spot, column, Some(entry))?, *wide));
            at += 1;
        }
        sheet.set_row_height(row, height(texts.iter().map(|(text, wide)| (text.as_str(), *wide)), 1))?;
        Ok(())
    }

    fn blank(&self, column: &Column) -> Format {
        match column.kind {
            Kind::Number => whole(),
            Kind::Date => date(self.lang, false),
            _ => input(),
        }
    }
}

/// The same cell where nothing is drawn yet.
fn below(format: &Format) -> Format {
    use rust_xlsxwriter::{Color, FormatBorder};
    format.clone().set_border(FormatBorder::None).set_background_color(Color::White)
}

/// How wide the columns are: sentences get the room that a page has left.
fn widths(part: &Part) -> Vec<f64> {
    let long = |column: &Column| width(column) == SENTENCE;
    let rest: f64 = part.columns.iter().filter(|column| !long(column)).map(width).sum();
    let count = part.columns.iter().filter(|column| long(column)).count().max(1);
    let room = (PAGE - PARENT * part.parents.len() as f64 - rest) / count as f64;
    let wide = room.clamp(SENTENCE - 6.0, 72.0);
    part.columns.iter().map(|column| if long(column) { wide } else { width(column) }).collect()
}

/// How wide a column is at least, in characters.
fn width(column: &Column) -> f64 {
    let short = column.path.last().is_some_and(|key| key == "unit");
    match column.kind {
        Kind::Text | Kind::TextOrNumber if short => 9.0,
        // Words beside a number are few.
        Kind::Text | Kind::TextOrNumber if column.path.len() > 1 => 18.0,
        Kind::Text | Kind::TextOrNumber => SENTENCE,
        Kind::Date => 11.0,
        Kind::Number | Kind::Count | Kind::GoalId => 10.0,
        Kind::Choice(_) | Kind::Bool => 11.0,
        _ => 18.0,
    }
}
