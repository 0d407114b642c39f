//! The first sheet: items down, departments across.

use rust_xlsxwriter::{Color, FormatAlign, Note, Worksheet, XlsxError};

use super::style::{base, boxed, cell, head, held, symbol};
use super::{HIGHEST, Writer, asked, heading};
use crate::city::YearItem;
use crate::coverage::{CellState, Row};
use crate::model::{Scope, Text};
use crate::report::coverage_table::{By, is_unanswered, last};

/// Widths of the first three columns and of the last, in characters.
const SIDE: [f64; 4] = [9.0, 42.0, 18.0, 12.0];
/// Characters across a page of A3.
const ACROSS: f64 = 205.0;

impl Writer<'_> {
    /// The first sheet: items down, departments across.
    pub(super) fn table(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, view) = (self.lang, self.source.view);
        self.begin(sheet, lang.pick("対応表", "Table"), &heading(self.source, lang))?;
        self.text(sheet, 0, lang.pick(
            "○ 記載あり　△ 一部記載　× 未記載　― 非該当（理由は注記）　読 読取不可　空白 求めなし",
            "○ answered   △ partial   × missing   ― declined (the remark tells why)   ? unreadable   blank: not required",
        ), &base())?;
        self.row += 1;
        self.text(sheet, 0, &self.counts(), &base().set_bold())?;
        self.row += 1;
        self.head(sheet)?;
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

    /// The row of heads: names of departments stand upright, so that their columns can be narrow.
    fn head(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, view) = (self.lang, self.source.view);
        let wide = self.department_width();
        self.heads(sheet, &lang.pick(["番号", "項目", "求め"], ["id", "item", "asked of"]), &SIDE)?;
        let tall = boxed().set_bold().set_align(FormatAlign::Center).set_rotation(270);
        let tall = tall.set_background_color(Color::RGB(0xE7_E6_E6));
        let mut longest = 2;
        for (column, index) in (3..).zip(&view.departments) {
            let name = held(view.year.departments[*index].name());
            longest = longest.max(name.chars().count());
            self.text(sheet, column, &name, &tall)?;
            sheet.set_column_width(column, wide)?;
        }
        let all = self.last_column();
        self.text(sheet, all, lang.pick("全体", "all"), &head())?;
        sheet.set_column_width(all, SIDE[3])?;
        sheet.set_row_height(self.row, (15.0 * longest as f64 + 4.0).min(HIGHEST))?;
        sheet.set_repeat_rows(self.row, self.row)?;
        sheet.set_freeze_panes(self.row + 1, 3)?;
        self.row += 1;
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
        let nobody = is_unanswered(row);
        let all = boxed().set_align(FormatAlign::Center).set_text_wrap();
        let all = if nobody { all.set_bold().set_font_color(Color::RGB(0xC0_00_00)) } else { all };
        let scopes: Vec<Scope> = leaves.map(|leaf| view.year.leaves[leaf].scope).collect();
        self.text(sheet, self.last_column(), &last(view, row, &scopes, self.lang), &all)?;
        self.high(sheet, names.iter().map(String::as_str), &SIDE)?;
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
}
