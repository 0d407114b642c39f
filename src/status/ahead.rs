//! What comes next: the interviews ahead, and whom to speak to first.

use crate::city::year::Year;
use crate::date::Date;
use crate::packet::InterviewFacts;
use crate::status::Entry;

/// The interviews that have not taken place and whose day has not passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// The next day of interviews.
    pub day: Date,
    /// Days until then; 0 is today.
    pub days: i64,
    /// How many interviews there are on that day.
    pub count: usize,
    /// True when it is the first day of all.
    pub first: bool,
}

impl Ahead {
    /// The next day of interviews, if there is one.
    pub fn new(year: &Year<'_>) -> Option<Ahead> {
        let slots = || year.docs.interviews.slots.iter();
        let start = |slot: &crate::model::Slot| slot.start.as_ref().map(|start| start.value.date);
        let open = || slots().filter(|slot| slot.held.is_none()).filter_map(start).filter(|day| *day >= year.day);
        let day = open().min()?;
        let first = slots().filter_map(start).min() == Some(day);
        let days = day.ordinal() - year.day.ordinal();
        Some(Ahead { day, days, count: open().filter(|other| *other == day).count(), first })
    }
}

/// True for a department that somebody should speak to.
pub fn attention(entry: &Entry) -> bool {
    entry.lacks() + entry.late() > 0
}

/// The day of a department's next interview.
fn next(year: &Year<'_>, interviews: &[InterviewFacts]) -> Option<Date> {
    let open = interviews.iter().filter(|slot| slot.held.is_none());
    open.filter_map(|slot| slot.day.map(|day| day.0)).filter(|day| *day >= year.day).min()
}

/// Whom to speak to, the first first: the next interview, then what lacks, then what is late.
pub(super) fn first(year: &Year<'_>, entries: &[Entry]) -> Vec<usize> {
    let mut first: Vec<&Entry> = entries.iter().filter(|entry| attention(entry)).collect();
    first.sort_by_key(|entry| {
        let day = next(year, &entry.interviews);
        (day.is_none(), day, std::cmp::Reverse((entry.lacks(), entry.late())))
    });
    first.into_iter().map(|entry| entry.department).collect()
}
