//! What is still open, the most binding first.

use crate::handover::records::Matters;
use crate::handover::{OpenMatter, Source};
use crate::packet::refs::Ctx;
use crate::packet::{Day, rest};

/// Matters of the record, what interviews asked for, decisions wanted, what the review leaves.
pub(super) fn open(ctx: &Ctx<'_>, of_records: Matters) -> Vec<OpenMatter> {
    let overdue = |by: Option<Day>| by.is_some_and(|by| by.0 < ctx.year.day);
    let mut open: Vec<OpenMatter> = Vec::new();
    let mut push = |source: Source, about: Vec<String>, what: String, by: Option<Day>| {
        open.push(OpenMatter { source, about, what, by, overdue: overdue(by) });
    };
    for (post, what) in of_records {
        push(Source::Handover, post.into_iter().collect(), what, None);
    }
    for entry in rest::follow_ups(ctx).into_iter().filter(|entry| entry.done_on.is_none()) {
        let about = [entry.id].into_iter().chain(entry.division).filter(|word| !word.is_empty());
        push(Source::FollowUp, about.collect(), entry.what, entry.by);
    }
    for entry in rest::requests(ctx) {
        push(Source::Request, Vec::new(), entry.what, entry.by);
    }
    for entry in rest::review(ctx) {
        if let Some(remaining) = entry.remaining {
            push(Source::Review, entry.subjects, remaining, None);
        }
    }
    open
}
