//! `coverage --format xlsx`: a workbook to print and to hand round; a copy, and it says so. Every
//! text is written as a text, so that none can act as a formula; equal input gives equal bytes.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use crate::city::YearItem;
use crate::coverage::{CellState, LeafState, Row};
use crate::error::Error;
use crate::lang::Lang;
use crate::model::{Scope, Text};
use crate::packet::{Provenance, words};
use crate::report::coverage_gaps::{gaps, open_parts, path_and_line, title};
use crate::report::coverage_json::View;
use crate::report::coverage_table::By;
use crate::say;
use crate::ui::harmless;

/// A3.
const PAPER: u8 = 8;
/// Widths of the first three columns and of the last, in characters.
const SIDE: [f64; 4] = [9.0, 44.0, 12.0, 14.0];
/// Characters across a page of A3.
const ACROSS: f64 = 205.0;
/// A cell holds so many UTF-16 units, and a remark on it a few less.
const MOST: usize = 32_000;
const FONT: &str = "Yu Gothic";

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

/// The text as a cell can hold it.
fn held(text: &str) -> String {
    let safe = harmless(text);
    let mut units = 0;
    let end = safe.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MOST
    });
    end.map_or(safe.clone(), |(at, _)| format!("{}…", &safe[..at]))
}

/// The symbol of a cell. Paper and workbooks can show what terminals cannot.
fn symbol(state: CellState, lang: Lang) -> &'static str {
    match state {
        CellState::Answered => "○",
        CellState::Partial => "△",
        CellState::Missing => "×",
        CellState::Declined => "―",
        CellState::Unreadable => lang.pick("読", "?"),
        CellState::NotRequired => "",
    }
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10)
}

fn boxed() -> Format {
    base()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x80_80_80))
        .set_align(FormatAlign::VerticalCenter)
}

fn head() -> Format {
    boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE7_E6_E6))
}

/// Colour only repeats what the symbol says.
fn cell(state: CellState) -> Format {
    let cell = boxed().set_align(FormatAlign::Center);
    match state {
        CellState::Missing => cell.set_background_color(Color::RGB(0xF8_CB_AD)).set_bold(),
        CellState::Partial => cell.set_background_color(Color::RGB(0xFF_E6_99)),
        CellState::Unreadable => cell.set_background_color(Color::RGB(0xD9_D2_E9)),
        CellState::Declined => cell.set_font_color(Color::RGB(0x59_59_59)),
        CellState::Answered | CellState::NotRequired => cell,
    }
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

    /// The first sheet: items down, departments across.
    fn table(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, view) = (self.lang, self.source.view);
        self.begin(sheet, lang.pick("対応表", "Table"), &heading(self.source, lang))?;
        self.text(sheet, 0, lang.pick(
            "○ 記載あり　△ 一部記載　× 未記載　― 非該当（理由は注記）　読 読取不可　空白 求めなし",
            "○ answered   △ partial   × missing   ― declined (the remark tells why)   ? unreadable   blank: not required",
        ), &base())?;
        self.row += 1;
        self.text(sheet, 0, &self.counts(), &base().set_bold())?;
        self.row += 1;
        let width = self.department_width();
        self.heads(sheet, &lang.pick(["番号", "項目", "求め"], ["id", "item", "asked of"]), &SIDE)?;
        let tall = head().set_rotation(270);
        let mut longest = 2;
        for (column, index) in (3..).zip(&view.departments) {
            let name = held(view.year.departments[*index].name());
            longest = longest.max(name.chars().count());
            self.text(sheet, column, &name, &tall)?;
            sheet.set_column_width(column, width)?;
        }
        let last = self.last_column();
        self.text(sheet, last, lang.pick("全体", "all"), &head())?;
        sheet.set_column_width(last, SIDE[3])?;
        sheet.set_row_height(self.row, 16.0 * longest.min(20) as f64)?;
        sheet.set_repeat_rows(self.row, self.row)?;
        sheet.set_freeze_panes(self.row + 1, 3)?;
        self.row += 1;
        let mut section = None;
        for index in &view.items {
            let entry = &view.year.items[*index];
            let number = entry.item.id.value.item.section;
            if section != Some(number) {
                section = Some(number);
                self.section(sheet, entry)?;
            }
            if self.source.by == By::Item || entry.item.clauses.is_empty() {
                let scopes: Vec<Scope> = entry.leaves.clone().map(|leaf| view.year.leaves[leaf].scope).collect();
                let names = [entry.item.id.value.to_string(), entry.item.title(), asked(&scopes, lang)];
                self.line(sheet, names, &view.coverage.items[*index], entry.leaves.clone())?;
                continue;
            }
            for leaf in entry.leaves.clone() {
                let facts = &view.year.leaves[leaf];
                let names = [facts.id.to_string(), view.year.words(leaf), asked(&[facts.scope], lang)];
                self.line(sheet, names, &view.coverage.leaves[leaf], leaf..leaf + 1)?;
            }
        }
        Ok(())
    }

    fn last_column(&self) -> u16 {
        // More departments than a sheet has columns are refused when they are written.
        u16::try_from(3 + self.source.view.departments.len()).unwrap_or(u16::MAX)
    }

    /// So wide that the departments fill a page, within reason: fitting a page only ever shrinks.
    fn department_width(&self) -> f64 {
        let room = ACROSS - SIDE.iter().sum::<f64>();
        (room / self.source.view.departments.len().max(1) as f64).clamp(3.5, 11.0)
    }

    fn counts(&self) -> String {
        let summary = self.source.view.summary();
        let (required, answered, percent) = (summary.required, summary.answered, summary.percent());
        let (missing, partial) = (summary.missing, summary.partial);
        let (declined, unreadable) = (summary.declined, summary.unreadable);
        self.lang.pick(
            format!("求められた {required} のうち {answered} に記載（{percent}％）　未記載 {missing}、一部記載 {partial}、読取不可 {unreadable}、非該当 {declined}"),
            format!("{answered} of {required} required are answered ({percent}%): missing {missing}, partial {partial}, unreadable {unreadable}, declined {declined}"),
        )
    }

    fn section(&mut self, sheet: &mut Worksheet, entry: &YearItem<'_>) -> Result<(), XlsxError> {
        let part = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        let title = format!("{} {}", part(&entry.section.mark), part(&entry.section.heading));
        let band = base().set_bold().set_background_color(Color::RGB(0xDD_EB_F7));
        for column in 0..=self.last_column() {
            self.text(sheet, column, if column == 0 { title.trim() } else { "" }, &band)?;
        }
        self.row += 1;
        Ok(())
    }

    fn line(
        &mut self,
        sheet: &mut Worksheet,
        names: [String; 3],
        row: &Row,
        leaves: std::ops::Range<usize>,
    ) -> Result<(), XlsxError> {
        let view = self.source.view;
        for (column, name) in (0..).zip(&names) {
            self.text(sheet, column, name, &boxed().set_text_wrap())?;
        }
        for (column, index) in (3..).zip(&view.departments) {
            let state = row.cells[*index].state;
            self.text(sheet, column, symbol(state, self.lang), &cell(state))?;
            let reasons = self.reasons(*index, leaves.clone());
            if !reasons.is_empty() {
                let note = Note::new(held(&reasons)).set_author("kpolicy").add_author_prefix(false);
                sheet.insert_note(self.row, column, &note.set_width(260).set_height(120))?;
            }
        }
        let nobody = row.state == LeafState::Uncovered && row.cells.iter().any(|cell| cell.must);
        let all = boxed().set_align(FormatAlign::Center).set_text_wrap();
        let all = if nobody { all.set_bold().set_font_color(Color::RGB(0xC0_00_00)) } else { all };
        self.text(sheet, self.last_column(), row.state.name().get(self.lang), &all)?;
        let lines = names[1].chars().count().div_ceil(21).max(1);
        sheet.set_row_height(self.row, 16.0 * lines.min(20) as f64 + 2.0)?;
        self.row += 1;
        Ok(())
    }

    /// Why a department declined, leaf by leaf, and who acts instead.
    fn reasons(&self, department: usize, leaves: std::ops::Range<usize>) -> String {
        let (view, lang) = (self.source.view, self.lang);
        let Some(plan) = view.year.departments[department].plan else { return String::new() };
        let mut told: Vec<(usize, String)> = Vec::new();
        for leaf in leaves {
            let cell = &view.coverage.leaves[leaf].cells[department];
            let Some(entry) = cell.decline.filter(|_| cell.state == CellState::Declined) else { continue };
            let id = view.year.leaves[leaf].id.to_string();
            match told.iter_mut().find(|(known, _)| *known == entry) {
                Some((_, ids)) => ids.push_str(&format!("{}{id}", lang.pick("、", ", "))),
                None => told.push((entry, id)),
            }
        }
        let line = |(entry, ids): &(usize, String)| {
            let decline = &plan.not_applicable[*entry];
            let reason = decline.reason.as_ref().map(|reason| reason.joined()).unwrap_or_default();
            let handler = decline.handled_by.as_ref().and_then(|name| view.year.names.unit_of(name));
            let handler = handler.map(|unit| view.year.names.unit_title(unit));
            let handler = handler.map_or(String::new(), |name| {
                lang.pick(format!("（担当する部: {name}）"), format!(" (handled by {name})"))
            });
            format!("{ids} {}: {reason}{handler}", CellState::Declined.name().get(lang))
        };
        told.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The second sheet: who must write what, and where.
    fn gaps(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, view) = (self.lang, self.source.view);
        let gaps = gaps(view);
        self.begin(sheet, lang.pick("応えのない所", "Gaps"), lang.pick("応えのない所", "Gaps"))?;
        let none = view.uncovered(&view.summary(), lang);
        let none = lang.pick(format!("どの部も応えていない項目: {none}"), format!("Items that nobody answers: {none}"));
        self.text(sheet, 0, &none, &base())?;
        self.row += 1;
        let heads = lang.pick(
            ["状態", "部", "項目", "応えていない部分", "書く所"],
            ["state", "department", "item", "open part", "place"],
        );
        self.heads(sheet, &heads, &[12.0, 20.0, 44.0, 80.0, 44.0])?;
        self.freeze(sheet)?;
        for gap in gaps {
            let parts = open_parts(view, &gap).join("\n");
            let department = view.year.departments[gap.department].name();
            let place = path_and_line(view, gap.department, gap.leaves[0]);
            let cells = [gap.state.name().get(lang), department, &title(view, &gap, lang), &parts, &place];
            for (column, text) in (0..).zip(cells) {
                let format = if column == 0 { cell(gap.state) } else { boxed().set_text_wrap() };
                self.text(sheet, column, text, &format)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    /// The third sheet: the memo's own words.
    fn memo(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, view) = (self.lang, self.source.view);
        let title = view.year.docs.policy.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
        self.begin(sheet, lang.pick("基本方針の本文", "Wording"), title)?;
        let heads =
            lang.pick(["番号", "項目", "本文", "求め", "部分"], ["id", "item", "wording", "asked of", "clauses"]);
        self.heads(sheet, &heads, &[9.0, 36.0, 90.0, 16.0, 60.0])?;
        self.freeze(sheet)?;
        for index in &view.items {
            let entry = &view.year.items[*index];
            let scopes: Vec<Scope> = entry.leaves.clone().map(|leaf| view.year.leaves[leaf].scope).collect();
            let clauses = entry.leaves.clone().filter(|leaf| view.year.leaves[*leaf].clause.is_some());
            let clauses: Vec<String> = clauses
                .map(|leaf| {
                    let facts = &view.year.leaves[leaf];
                    format!("{} {}（{}）", facts.id, view.year.words(leaf), asked(&[facts.scope], lang))
                })
                .collect();
            let wording = entry.item.text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
            let id = entry.item.id.value.to_string();
            let cells = [id, entry.item.title(), wording, asked(&scopes, lang), clauses.join("\n")];
            for (column, text) in (0..).zip(&cells) {
                self.text(sheet, column, text, &boxed().set_text_wrap().set_align(FormatAlign::Top))?;
            }
            self.row += 1;
        }
        Ok(())
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
