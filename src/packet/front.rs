//! The head of page one: who meets whom, when and for how long; the counts.

use crate::coverage::{CellState, Summary};
use crate::model::{Slot, Text, USUAL_MINUTES};
use crate::packet::goals::texts;
use crate::packet::refs::{Ctx, words};
use crate::packet::{Counts, Day, InterviewFacts, TimePlan};

pub(crate) fn interviews(ctx: &Ctx<'_>) -> Vec<InterviewFacts> {
    let own = ctx.dept().index;
    let mut slots: Vec<(Option<usize>, &Slot)> = Vec::new();
    for slot in &ctx.year.docs.interviews.slots {
        let Some(name) = &slot.department else { continue };
        if ctx.year.names.department(&name.text).found() != Some(own) {
            continue;
        }
        let division = slot.division.as_ref().and_then(|name| ctx.year.names.division(own, &name.text).found());
        slots.push((division, slot));
    }
    slots.sort_by_key(|(division, slot)| (division.is_some(), slot.start.as_ref().map(|start| start.value)));
    slots.into_iter().map(|(division, slot)| interview(ctx, division, slot)).collect()
}

fn interview(ctx: &Ctx<'_>, division: Option<usize>, slot: &Slot) -> InterviewFacts {
    let unit = ctx.dept().unit;
    let part = division.and_then(|index| unit.divisions.get(index));
    let regular = part.and_then(|part| part.interviewer.as_ref()).or(unit.interviewer.as_ref());
    let interviewer = slot.interviewer.as_ref().or(regular);
    let start = slot.start.as_ref().map(|start| start.value);
    let heads = if slot.attendees.is_empty() { texts(&unit.heads) } else { texts(&slot.attendees) };
    InterviewFacts {
        division: slot.division.as_ref().map(|name| ctx.division_named(&name.text)),
        day: start.map(|start| Day(start.date)),
        clock: start.map(crate::date::DateTime::clock),
        clock_ja: start.map(crate::date::DateTime::clock_ja),
        minutes: slot.minutes.as_ref().map(|minutes| minutes.value),
        place: words(&slot.place),
        interviewer: interviewer.map(|name| title(ctx, &name.text)),
        substitute: slot.interviewer.is_some(),
        attendees: heads,
        held: slot.held.as_ref().map(|day| Day(day.value)),
    }
}

fn title(ctx: &Ctx<'_>, text: &str) -> String {
    let index = ctx.year.names.interviewers.resolve(text).found();
    let interviewer = index.and_then(|index| ctx.year.docs.organization.interviewers.get(index));
    let title = interviewer.and_then(|interviewer| interviewer.title.as_ref()).and_then(Text::says);
    title.map_or_else(|| text.to_owned(), str::to_owned)
}

/// Five minutes, twenty, five of thirty; scaled to the slot.
pub(crate) fn time_plan(interviews: &[InterviewFacts]) -> TimePlan {
    let total = interviews.first().and_then(|slot| slot.minutes).filter(|minutes| *minutes > 0);
    let total = total.unwrap_or(USUAL_MINUTES);
    let part = ((total + 3) / 6).max(1).min(total / 3);
    TimePlan { total, explanation: part, questions: total - 2 * part, follow_ups: part }
}

/// What the department must answer, and its declines of any item.
pub(crate) fn counts(ctx: &Ctx<'_>) -> Counts {
    let summary = Summary::of_department(&ctx.coverage.leaves, ctx.index);
    let declined = ctx.coverage.leaves.iter().filter(|row| row.cells[ctx.index].state == CellState::Declined).count();
    Counts {
        required: summary.required,
        answered: summary.answered,
        partial: summary.partial,
        declined,
        missing: summary.missing,
        unreadable: summary.unreadable,
    }
}
