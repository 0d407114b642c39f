//! What lacks of the entries on progress.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::packet::refs::Ctx;
use crate::packet::{Day, OverdueFacts};
use crate::place::Place;
use crate::rules::{Judged, lacking_in};

/// Entries that lack though their day has passed, by period. What the city has switched off or a
/// remark silences is not asked for here either, so only what the rules told is taken.
pub(super) fn overdue(ctx: &Ctx<'_>, findings: &[Finding]) -> Vec<OverdueFacts> {
    let told: BTreeSet<Place> =
        findings.iter().filter(|finding| finding.rule.code == "K507").map(|finding| finding.place).collect();
    if told.is_empty() {
        return Vec::new();
    }
    let judged = Judged::new(ctx.year, ctx.links, ctx.coverage);
    let lacking = lacking_in(&judged, ctx.index).into_iter();
    let shown = lacking.filter(|entry| ctx.dept().at(entry.goal.handle()).is_some_and(|place| told.contains(&place)));
    let facts = shown.map(|entry| OverdueFacts {
        goal: entry.goal.id().to_owned(),
        period: entry.period.title().to_owned(),
        due: Day(entry.due),
    });
    facts.collect()
}
