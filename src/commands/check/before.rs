//! What was there before the change, so that only what the change brings is counted.

use std::collections::BTreeSet;

use crate::baseline::{Side, brought};
use crate::city::{City, Year};
use crate::commands::context::Context;
use crate::date::FiscalYear;
use crate::error::Error;
use crate::finding::Finding;
use crate::model::Level;
use crate::rules::{Change, Judgement, judge, judge_change};
use crate::say;
use crate::ui::Ui;

/// The city before the change.
pub(super) struct Before {
    /// As it was.
    pub(super) city: City,
    /// As it was on the other sides of a merge: their findings are not brought by it either.
    pub(super) merged: Vec<City>,
    /// Files of the work tree that git does not hold.
    pub(super) outside: BTreeSet<String>,
}

impl Before {
    /// Judges the city after the change, the rules on the change among the others.
    pub(super) fn judge<'c>(&'c self, context: &'c Context, years: &'c [FiscalYear]) -> Result<Judgement<'c>, Error> {
        self.judge_since(&self.city, context, years)
    }

    fn judge_since<'c>(
        &'c self,
        before: &'c City,
        context: &'c Context,
        years: &'c [FiscalYear],
    ) -> Result<Judgement<'c>, Error> {
        let change = Change { before, after: &context.city, years, outside: &self.outside };
        judge_change(&change, context.day, context.asked.is_some())
    }

    /// For each finding: true when the change brings it.
    pub(super) fn brought(&self, context: &Context, judgement: &Judgement<'_>) -> Result<Vec<bool>, Error> {
        let mut new = since(&self.city, context, &judgement.findings)?;
        let years: Vec<FiscalYear> = judgement.years.iter().map(|year| year.number).collect();
        for other in &self.merged {
            let told = self.judge_since(other, context, &years)?;
            let brought = since(other, context, &told.findings)?;
            let mut left: Vec<_> = told.findings.iter().zip(brought).filter(|(_, new)| *new).collect();
            for (finding, new) in judgement.findings.iter().zip(&mut new).filter(|(_, new)| **new) {
                let same = |other: &Finding| other.place == finding.place && other.rule.code == finding.rule.code;
                let at = left.iter().position(|(other, _)| same(other));
                *new = at.map(|at| left.swap_remove(at)).is_some();
            }
        }
        Ok(new)
    }
}

/// For each finding: true when it came after `before`.
fn since(before: &City, context: &Context, findings: &[Finding]) -> Result<Vec<bool>, Error> {
    let can_be_judged = |year: &FiscalYear| Year::new(before, *year, context.day).is_ok();
    let asked = before.years.keys().copied().filter(|year| context.asked.is_none_or(|asked| asked == *year));
    let years: Vec<FiscalYear> = asked.filter(can_be_judged).collect();
    let was = judge(before, &years, context.day, context.asked.is_some())?;
    let was = Side { city: before, findings: &was.findings };
    Ok(brought(&was, &Side { city: &context.city, findings }))
}

/// One line on the findings that were there before.
pub(super) fn say_what_was_there(ui: &mut Ui<'_>, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let count = findings.len();
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    let were = if count == 1 { "1 finding that was".to_owned() } else { format!("{count} findings that were") };
    let words = say!(
        "この変更より前からある指摘 {count}件（要修正 {errors}）は数えていません（kpolicy check で表示）。",
        "Not counted: {were} there before this change, {errors} of the level error (kpolicy check shows them)."
    );
    ui.note(words.get(ui.lang));
}
