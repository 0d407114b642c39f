//! A sheet with one field a row: the plan itself, and goals one after another, each on a page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::{band, count, head, height, held, hidden, input, needed, quiet, told};
use super::{Spot, Writer};
use crate::shape::{Kind, Target};
use crate::sheet::data::{Data, Path, path_word};
use crate::sheet::layout::{Column, Part, entries};
use crate::sheet::{HEAD_ROW, KEY_ROW, sheet_mark};

/// Widths of the columns: two hidden ones, names, values, explanations.
const WIDTHS: [f64; 5] = [6.0, 6.0, 20.0, 60.0, 30.0];
/// Free forms behind the entries.
const FREE: usize = 2;

impl Writer<'_> {
    pub(super) fn form(&mut self, sheet: &mut Worksheet, part: &Part, name: &str) -> Result<(), XlsxError> {
        self.begin(sheet, part, name, 2)?;
        sheet.set_print_scale(84);
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        sheet.set_column_hidden(0)?.set_column_hidden(1)?;
        sheet.write_string_with_format(KEY_ROW, 0, sheet_mark(true, &part.keys), &hidden())?;
        sheet.set_row_hidden(KEY_ROW)?;
        let heads = self.lang.pick(["欄", "書くこと", "説明"], ["field", "value", "what it is for"]);
        for (column, words) in (2..).zip(heads) {
            sheet.write_string_with_format(HEAD_ROW, column, words, &head())?;
        }
        sheet.set_freeze_panes(HEAD_ROW + 1, 3)?;
        sheet.set_repeat_rows(0, HEAD_ROW)?;
        let found = entries(self.source.plan, &part.keys);
        let many = !part.keys.is_empty();
        let mut row = HEAD_ROW + 1;
        let mut breaks = Vec::new();
        let free = if many { FREE } else { 0 };
        let filled: Vec<(Path, Option<&Data>)> = found.into_iter().map(|(path, entry)| (path, Some(entry))).collect();
        let blank = (0..free).map(|index| {
            let last = *part.keys.last().unwrap_or(&"");
            (vec![last.to_owned(), format!("+{index}")], None)
        });
        for (path, entry) in filled.into_iter().chain(blank) {
            if many {
                if row > HEAD_ROW + 1 {
                    breaks.push(row);
                }
                let words = self.band(part, entry);
                sheet.write_string_with_format(row, 2, words, &band())?;
                sheet.write_blank(row, 3, &band())?;
                sheet.write_blank(row, 4, &band())?;
                sheet.set_row_height(row, 20)?;
                row += 1;
            }
            let key = if entry.is_some() { path_word(&path) } else { path.join("/") };
            if let Some(entry) = entry.filter(|_| many) {
                let spot = Spot { sheet: name.to_owned(), row, column: 3 };
                self.places.push((entry.span, spot));
            }
            for column in &part.columns {
                self.field(sheet, name, row, (&key, column), entry)?;
                row += 1;
            }
        }
        if breaks.len() < 1000 {
            sheet.set_page_breaks(&breaks)?;
        }
        Ok(())
    }

    /// The words above an entry's fields.
    fn band(&self, part: &Part, entry: Option<&Data>) -> String {
        let label = part.label.get(self.lang);
        let Some(entry) = entry else {
            return self.lang.pick(
                format!("{label}（新しく書くとき。書かなければ空けておきます）"),
                format!("{label} (a new one; leave it blank if there is none)"),
            );
        };
        let word = |key: &str| entry.text_at(&[key]).unwrap_or_default();
        held(format!("{} {}", word("id"), word("title")).trim())
    }

    fn field(
        &mut self,
        sheet: &mut Worksheet,
        name: &str,
        row: u32,
        (key, column): (&str, &Column),
        entry: Option<&Data>,
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, key, &hidden())?;
        sheet.write_string_with_format(row, 1, column.key(), &hidden())?;
        if column.named {
            let wanted = self.lang.pick("（欄の名前）", "(name of the field)");
            sheet.write_string_with_format(row, 2, wanted, &input())?;
        } else {
            let format = if column.required { needed() } else { head() };
            sheet.write_string_with_format(row, 2, self.label(column), &format)?;
        }
        let spot = Spot { sheet: name.to_owned(), row, column: 3 };
        let mut shown = String::new();
        if self.is_given(column) {
            // Folder and file name decide; here it can only go wrong.
            let value = entry.and_then(|entry| column.value(entry)).and_then(Data::text);
            let shown = value.map(|text| self.words.shown(&column.kind, text, None)).unwrap_or_default();
            sheet.write_string_with_format(row, 3, held(&shown), &count().set_locked())?;
        } else {
            shown = self.cell(sheet, &spot, column, entry)?;
            self.choices(sheet, column, (row, row), 3)?;
        }
        // A list's explanation once.
        let about = if column.slot.is_some_and(|slot| slot > 0) { "" } else { column.about.get(self.lang) };
        sheet.write_string_with_format(row, 4, about, &told())?;
        // Room to write where sentences are asked for.
        let least = if matches!(column.kind, Kind::Text) { 2 } else { 1 };
        let texts = [(shown.as_str(), WIDTHS[3]), (about, WIDTHS[4])];
        sheet.set_row_height(row, height(texts.into_iter(), least))?;
        Ok(())
    }

    /// The name of a field, a required one marked.
    fn label(&self, column: &Column) -> String {
        let mut label = self.words.name_of(column);
        if column.required {
            label.push_str(self.lang.pick("（必須）", " (required)"));
        }
        held(&label)
    }

    /// True for what the file's own place says.
    fn is_given(&self, column: &Column) -> bool {
        matches!(column.kind, Kind::Ref(Target::Department)) || column.path == ["fiscal_year"]
    }

    pub(super) fn guide(&self, sheet: &mut Worksheet, row: u32, column: u16, words: &str) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, column, held(words), &quiet()).map(|_| ())
    }
}
