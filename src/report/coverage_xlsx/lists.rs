//! The second and the third sheet: the gaps, and the memo's words.

use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::style::{base, boxed, cell};
use super::{Writer, asked};
use crate::model::Scope;
use crate::report::coverage_gaps::{gaps, open_parts, path_and_line, title};

/// Widths of the columns of the second and the third sheet.
const GAPS: [f64; 5] = [12.0, 20.0, 44.0, 80.0, 44.0];
const MEMO: [f64; 5] = [9.0, 36.0, 90.0, 16.0, 60.0];

impl Writer<'_> {
    /// The second sheet: who must write what, and where.
    pub(super) fn gaps(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
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
        self.heads(sheet, &heads, &GAPS)?;
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
            self.high(sheet, cells.into_iter(), &GAPS)?;
            self.row += 1;
        }
        Ok(())
    }

    /// The third sheet: the memo's own words.
    pub(super) fn memo(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (lang, view) = (self.lang, self.source.view);
        let title = view.year.docs.policy.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
        self.begin(sheet, lang.pick("基本方針の本文", "Wording"), title)?;
        let heads =
            lang.pick(["番号", "項目", "本文", "求め", "部分"], ["id", "item", "wording", "asked of", "clauses"]);
        self.heads(sheet, &heads, &MEMO)?;
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
            let wording = entry.item.text.as_ref().map(|text| text.value.to_string()).unwrap_or_default();
            let id = entry.item.id.value.to_string();
            let cells = [id, entry.item.title(), wording, asked(&scopes, lang), clauses.join("\n")];
            for (column, text) in (0..).zip(&cells) {
                self.text(sheet, column, text, &boxed().set_text_wrap().set_align(FormatAlign::Top))?;
            }
            self.high(sheet, cells.iter().map(String::as_str), &MEMO)?;
            self.row += 1;
        }
        Ok(())
    }
}
