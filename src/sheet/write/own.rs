//! The sheets that people do not see: what can be chosen, and the plan the workbook was made of.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Writer;
use super::style::held;
use crate::shape::{Kind, Shape, Target};
use crate::sheet::words::Wanted;
use crate::sheet::{MARK, OWN_SHEET, VERSION, letters};

/// Letters of the kept plan in one cell.
const PIECE: usize = 30_000;

impl Writer<'_> {
    /// The name of the sheet of lists.
    fn list_name(&self) -> &'static str {
        self.lang.pick("_一覧", "_lists")
    }

    /// The cells that hold what can be chosen.
    pub(super) fn range(&self, wanted: Wanted) -> Option<String> {
        let at = self.words.offers.iter().position(|offer| offer.of == wanted);
        let count = match (at, wanted) {
            (Some(at), _) => self.words.offers[at].entries.len(),
            (None, _) => 0,
        };
        let letters = letters(at?);
        (count > 0).then(|| format!("='{}'!${letters}$2:${letters}${}", self.list_name(), count + 1))
    }

    /// The list of the entries of `shape`: goals by id, else what their first field offers.
    pub(super) fn parent_range(&self, shape: &Shape) -> Option<String> {
        let first = shape.fields.first()?;
        match first.kind {
            Kind::GoalId => self.range(Wanted::Name(Target::OwnGoal)),
            kind => self.range(Wanted::of(&kind)?),
        }
    }

    /// Writes what can be chosen, a column a list.
    pub(super) fn lists(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.list_name())?.set_hidden(true).protect();
        for (column, offer) in (0..).zip(&self.words.offers) {
            sheet.write_string(0, column, held(&format!("{:?}", Named(&offer.of))))?;
            for (row, entry) in (1..).zip(&offer.entries) {
                sheet.write_string(row, column, held(&entry.label))?;
            }
        }
        Ok(())
    }

    /// Writes whose plan it is, and the plan itself.
    pub(super) fn own(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(OWN_SHEET)?.set_very_hidden(true).protect();
        let year = self.source.year;
        let city = year.settings().city.as_ref().map(|city| city.value.clone()).unwrap_or_default();
        let (number, department) = (year.year.to_string(), year.departments[self.source.department].id().to_owned());
        let words = self.lang.pick(
            "取り込むときに、どこを書き換えたかを知るための写しです。消さないでください。",
            "A copy that tells what was changed when this is imported. Please keep it.",
        );
        let facts = [(MARK, VERSION), ("city", &city), ("year", &number), ("department", &department), ("note", words)];
        let mut row = 0;
        for (name, value) in facts {
            sheet.write_string(row, 0, name)?;
            sheet.write_string(row, 1, value)?;
            row += 1;
        }
        let hex: String = self.source.text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let mut rest = hex.as_str();
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(rest.len().min(PIECE));
            sheet.write_string(row, 0, "plan")?;
            sheet.write_string(row, 1, piece)?;
            (row, rest) = (row + 1, more);
        }
        Ok(())
    }
}

/// What a list is for, in a word.
struct Named<'w>(&'w Wanted);

impl std::fmt::Debug for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Wanted::Choice(choices) => f.write_str(choices.first().map_or("", |choice| choice.id)),
            Wanted::Bool => f.write_str("true"),
            Wanted::Cite => f.write_str("cites"),
            Wanted::Name(target) => write!(f, "{target:?}"),
        }
    }
}
