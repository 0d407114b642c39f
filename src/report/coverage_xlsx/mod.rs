//! `coverage --format xlsx`: a workbook to print and to hand round; a copy, and it says so. Every
//! text is written as a text, so that none can act as a formula; equal input gives equal bytes.

mod lists;
mod style;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::error::Error;
use crate::lang::Lang;
use crate::model::Scope;
use crate::packet::{Provenance, words};
use crate::report::coverage_json::View;
use crate::report::coverage_table::By;
use crate::report::wrap::width;
use crate::say;
use style::{base, head, held};

/// A3.
const PAPER: u8 = 8;
/// Points of the highest row there can be.
const HIGHEST: f64 = 409.0;

/// What the workbook is made of.
pub struct Source<'a> {
    /// What to show.
    pub view: &'a View<'a>,
    /// What a row of the first sheet is.
    pub by: By,
    /// Where the contents come from.
    pub provenance: &'a Provenance,
    /// True to open it at the list of gaps.
    pub gaps: bool,
}

/// The workbook's bytes.
pub fn write(source: &Source<'_>, lang: Lang) -> Result<Vec<u8>, Error> {
    book(source, lang).map_err(|error| {
        Error::environment(say!("対応表を表計算のファイルにできません: {error}", "cannot make the workbook: {error}"))
            .hint(say!(
                "kpolicy coverage --format csv -o ファイル.csv なら書き出せます。",
                "Try: kpolicy coverage --format csv -o FILE.csv"
            ))
    })
}

fn book(source: &Source<'_>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = source.view.year.day;
    let made = ExcelDateTime::from_ymd(day.year, day.month, day.day)?;
    book.set_properties(&DocProperties::new().set_title(heading(source, lang)).set_creation_datetime(&made));
    let mut writer = Writer { source, lang, row: 0 };
    writer.table(book.add_worksheet())?;
    writer.gaps(book.add_worksheet())?;
    writer.memo(book.add_worksheet())?;
    if source.gaps {
        book.worksheet_from_index(1)?.set_active(true);
    }
    book.save_to_buffer()
}

fn heading(source: &Source<'_>, lang: Lang) -> String {
    let year = source.view.year;
    let city = year.settings().city.as_ref().map(|city| city.value.as_str()).unwrap_or_default();
    let (ja, number) = (year.year.ja(), year.year);
    let title = lang.pick(format!("{ja}　項目と部の対応表"), format!("Fiscal year {number}: items by department"));
    held(format!("{city}　{title}").trim())
}

struct Writer<'s> {
    source: &'s Source<'s>,
    lang: Lang,
    /// The row to write next.
    row: u32,
}

impl<'s> Writer<'s> {
    fn text(&self, sheet: &mut Worksheet, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        sheet.write_string_with_format(self.row, column, held(text), format).map(|_| ())
    }

    /// Title and stamp of every sheet, and how it is printed.
    fn begin(&mut self, sheet: &mut Worksheet, name: &str, title: &str) -> Result<(), XlsxError> {
        let lang = self.lang;
        sheet.set_name(name)?.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
        sheet.set_footer(format!("&L{}&R&P / &N", lang.pick("写し（正本は YAML）", "Copy (the YAML files count)")));
        self.row = 0;
        self.text(sheet, 0, title, &base().set_bold().set_font_size(14))?;
        self.row = 1;
        self.text(sheet, 0, &self.stamp(), &base())?;
        self.row = 2;
        Ok(())
    }

    /// A copy, of which version, as of which day.
    fn stamp(&self) -> String {
        let lang = self.lang;
        let date = |date: crate::date::Date| lang.pick(date.long_ja(), date.to_string());
        let short = |commit: &str| commit.chars().take(10).collect::<String>();
        let version = match &self.source.provenance {
            Provenance::NotInGit => lang.pick("git 管理外".to_owned(), "not kept in git".to_owned()),
            Provenance::Revision { commit, date: day, .. } => lang.pick(
                format!("版 {}（{}）", short(commit), date(day.0)),
                format!("version {} ({})", short(commit), date(day.0)),
            ),
            Provenance::Commit { commit, date: day, changed } => {
                let dirty = if changed.is_empty() {
                    ""
                } else {
                    lang.pick("　未コミットの変更あり", ", with uncommitted changes")
                };
                let (commit, day) = (short(commit), date(day.0));
                lang.pick(format!("版 {commit}（{day}）{dirty}"), format!("version {commit} ({day}){dirty}"))
            }
        };
        let day = date(self.source.view.year.day);
        lang.pick(
            format!("写し（正本は YAML）　{version}　{day}現在。ここで書き換えても計画は変わりません。"),
            format!("Copy (the YAML files count). {version}, as of {day}. Changes made here change no plan."),
        )
    }

    fn heads(&self, sheet: &mut Worksheet, heads: &[&str], widths: &[f64]) -> Result<(), XlsxError> {
        for (column, (head_text, width)) in (0..).zip(heads.iter().zip(widths)) {
            self.text(sheet, column, head_text, &head())?;
            sheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// Makes the row as high as its texts need; not every program does so by itself.
    fn high<'t>(
        &self,
        sheet: &mut Worksheet,
        texts: impl Iterator<Item = &'t str>,
        widths: &[f64],
    ) -> Result<(), XlsxError> {
        let lines = |text: &str, across: f64| -> f64 {
            // A full-width character takes a little less than two units, a line break may leave one free.
            let line = |line: &str| (width(line) as f64 / (across - 2.0)).ceil().max(1.0);
            text.lines().map(line).sum()
        };
        let most = texts.zip(widths).map(|(text, across)| lines(text, *across)).fold(1.0, f64::max);
        sheet.set_row_height(self.row, (14.5 * most + 3.0).min(HIGHEST)).map(|_| ())
    }

    /// The row of heads stays in sight and on every page.
    fn freeze(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_repeat_rows(self.row, self.row)?;
        self.row += 1;
        sheet.set_freeze_panes(self.row, 0).map(|_| ())
    }
}

/// Who is asked, each once.
fn asked(scopes: &[Scope], lang: Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    for scope in scopes {
        let name = words::scope(scope.id()).get(lang);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(lang.pick("、", ", "))
}
