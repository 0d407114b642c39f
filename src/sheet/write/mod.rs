//! Plan → workbook. Every text is written as a text, so that none can act as a formula; equal input
//! gives equal bytes. What holds the workbook together is locked without a password, what is to be
//! filled in is not.

pub(in crate::sheet) mod cell;
mod form;
mod front;
mod memo;
mod own;
pub(in crate::sheet) mod style;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError};

use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::error::Error;
use crate::lang::Lang;
use crate::place::Span;
use crate::say;
use crate::sheet::data::Data;
use crate::sheet::layout::{Part, parts};
use crate::sheet::words::Words;
use style::{held, quiet, title};

/// A4.
const PAPER: u8 = 9;

/// What a workbook is made of.
pub struct Source<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Who answers what.
    pub coverage: &'a Coverage,
    /// The department, by index into those of the year.
    pub department: usize,
    /// The plan's text; it stays in the workbook.
    pub text: &'a str,
    /// The plan's values.
    pub plan: &'a Data,
    /// What is still to be written or mended, as `check` tells it.
    pub todo: Vec<Todo>,
}

/// One thing to write or mend.
pub struct Todo {
    /// True for what a draft may lack until it is handed in.
    pub unfinished: bool,
    /// What it is about.
    pub heading: String,
    /// What to write.
    pub detail: String,
    /// Where it stands in the file.
    pub span: Span,
}

/// The workbook's bytes.
///
/// # Errors
/// When a sheet cannot hold the plan.
pub fn write(source: &Source<'_>, lang: Lang) -> Result<Vec<u8>, Error> {
    book(source, lang).map_err(|error| {
        Error::environment(say!("計画を表計算のファイルにできません: {error}", "cannot make the workbook: {error}"))
            .hint(say!(
                "一つの欄に値が多すぎるか、文が長すぎます。この計画は YAML のまま書いてください。",
                "A field has too many values or too long a text. Keep writing this plan as YAML."
            ))
    })
}

fn book(source: &Source<'_>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = source.year.day;
    let made = ExcelDateTime::from_ymd(day.year, day.month, day.day)?;
    let unit = source.year.departments[source.department].unit;
    let index = source.year.departments[source.department].index;
    let viewpoints: Vec<String> =
        source.year.docs.policy.viewpoints.iter().map(|viewpoint| viewpoint.id.value.clone()).collect();
    let words = Words::new(source.year, index, source.plan, lang);
    let mut writer = Writer { source, lang, words, long: false, places: Vec::new() };
    book.set_properties(&DocProperties::new().set_title(writer.heading(unit.title())).set_creation_datetime(&made));
    book.add_worksheet();
    for part in parts(source.plan, &viewpoints) {
        let sheet = book.add_worksheet();
        let name = sheet_name(part.label.get(lang));
        writer.long = part.form;
        if part.form { writer.form(sheet, &part, &name)? } else { writer.table(sheet, &part, &name)? }
    }
    writer.memo(book.add_worksheet())?;
    writer.lists(book.add_worksheet())?;
    writer.own(book.add_worksheet())?;
    writer.front(book.worksheet_from_index(0)?)?;
    book.save_to_buffer()
}

/// A sheet's name: what Excel takes for one.
fn sheet_name(label: &str) -> String {
    label.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(31).collect()
}

struct Writer<'s> {
    source: &'s Source<'s>,
    lang: Lang,
    words: Words<'s>,
    /// True on forms, where a day has room.
    long: bool,
    /// Where each value of the plan went.
    places: Vec<(Span, Spot)>,
}

/// A cell of the workbook.
#[derive(Debug, Clone)]
struct Spot {
    sheet: String,
    row: u32,
    column: u16,
}

impl Writer<'_> {
    fn heading(&self, department: &str) -> String {
        let year = self.source.year;
        let city = year.settings().city.as_ref().map(|city| city.value.as_str()).unwrap_or_default();
        let (ja, number) = (year.year.ja(), year.year);
        let title = self.lang.pick(
            format!("{ja}　{department}の運営方針・組織目標"),
            format!("Fiscal year {number}: plan of {department}"),
        );
        held(format!("{city}　{title}").trim_start_matches('　'))
    }

    fn department(&self) -> &str {
        self.source.year.departments[self.source.department].name()
    }

    /// Title, guidance and print set-up of a sheet of the plan.
    fn begin(&self, sheet: &mut Worksheet, part: &Part, name: &str, first: u16) -> Result<(), XlsxError> {
        let lang = self.lang;
        sheet.set_name(name)?.set_paper_size(PAPER).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        let department = held(self.department());
        sheet.set_footer(format!("&L&9{}　&A&R&9&P / &N", department.replace('&', "&&")));
        let year = lang.pick(self.source.year.year.ja(), self.source.year.year.to_string());
        sheet.write_string_with_format(0, first, held(&format!("{name}　（{department}　{year}）")), &title())?;
        sheet.set_row_height(0, 26)?;
        sheet.write_string_with_format(1, first, part.about.get(lang), &quiet())?;
        let options = ProtectionOptions {
            insert_rows: !part.form,
            delete_rows: !part.form,
            sort: !part.form,
            use_autofilter: true,
            format_rows: true,
            format_columns: true,
            ..ProtectionOptions::default()
        };
        sheet.protect_with_options(&options);
        Ok(())
    }
}
