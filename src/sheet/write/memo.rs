//! The basic policy's words beside the plan: what each item asks, and whether this plan answers it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::{head, height, held, quiet, title, told};
use super::{PAPER, Writer};
use crate::coverage::CellState;
use crate::packet::words::scope;

const WIDTHS: [f64; 5] = [8.0, 26.0, 70.0, 18.0, 12.0];

impl Writer<'_> {
    pub(super) fn memo(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, year) = (self.lang, self.source.year);
        sheet.set_name(lang.pick("基本方針", "policy"))?.set_landscape().set_paper_size(PAPER);
        sheet.set_print_fit_to_pages(1, 0).protect();
        let words = year.docs.policy.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
        sheet.write_string_with_format(0, 0, held(words), &title())?;
        sheet.set_row_height(0, 26)?;
        let told_once = lang.pick(
            "基本方針の本文です。読むためのもので、取り込みません。",
            "The memo's own words, to read; nothing is imported from here.",
        );
        sheet.write_string_with_format(1, 0, told_once, &quiet())?;
        let heads =
            lang.pick(["番号", "項目", "本文", "求め", "この部"], ["id", "item", "wording", "asked of", "this plan"]);
        for (column, (words, width)) in (0..).zip(heads.iter().zip(WIDTHS)) {
            sheet.write_string_with_format(2, column, *words, &head())?;
            sheet.set_column_width(column, width)?;
        }
        sheet.set_freeze_panes(3, 2)?.set_repeat_rows(2, 2)?;
        let mut row = 3;
        for item in &year.items {
            let text = item.item.text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
            let clauses = item.leaves.clone().filter(|leaf| year.leaves[*leaf].clause.is_some());
            let clauses: Vec<usize> = clauses.collect();
            let whole = clauses.is_empty().then(|| item.leaves.clone().next()).flatten();
            let id = item.item.id.value.to_string();
            self.line(sheet, row, [&id, &item.item.title(), &text], whole)?;
            row += 1;
            for leaf in clauses {
                self.line(sheet, row, [&year.leaves[leaf].id.to_string(), "", &year.words(leaf)], Some(leaf))?;
                row += 1;
            }
        }
        Ok(())
    }

    fn line(&self, sheet: &mut Worksheet, row: u32, words: [&str; 3], leaf: Option<usize>) -> Result<(), XlsxError> {
        for (column, text) in (0..).zip(words) {
            sheet.write_string_with_format(row, column, held(text), &told())?;
        }
        let texts = words.into_iter().zip(WIDTHS);
        sheet.set_row_height(row, height(texts, 1))?;
        let (asked, state) = match leaf {
            Some(leaf) => {
                let state = self.source.coverage.leaves[leaf].cells[self.source.department].state;
                let state = if state == CellState::NotRequired { "" } else { state.name().get(self.lang) };
                (scope(self.source.year.leaves[leaf].scope.id()).get(self.lang), state)
            }
            None => ("", ""),
        };
        sheet.write_string_with_format(row, 3, asked, &told())?;
        sheet.write_string_with_format(row, 4, state, &told())?;
        Ok(())
    }
}
