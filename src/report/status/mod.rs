//! The screen of `status`: departments by state, then what is late, then whom to speak to.

mod closing;
pub mod json;
pub mod one;

use crate::date::{Date, city_digits};
use crate::lang::{Bi, Lang, bi};
use crate::packet::InterviewFacts;
use crate::packet::words::{choice, day};
use crate::report::grid::grid;
use crate::report::wrap::{pad, width};
use crate::status::{Entry, PlanStatus, STATES, Status};
use crate::ui::{Tone, harmless, paint};

/// How a status is shown.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// What is shown.
    pub status: &'a Status<'a>,
    /// Language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Colours.
    pub color: bool,
}

/// The whole screen.
pub fn write(screen: Screen<'_>) -> String {
    let columns = screen.columns.clamp(60, 100);
    let screen = Screen { columns, ..screen };
    let mut text = screen.heading() + "\n";
    text.push_str(&screen.table());
    let mut remarks = screen.late_lines();
    remarks.extend(screen.closing());
    if !remarks.is_empty() {
        text.push_str(&format!("\n{}\n", remarks.join("\n")));
    }
    text
}

impl Screen<'_> {
    fn t(&self, words: Bi) -> &'static str {
        words.get(self.lang)
    }

    fn heading(&self) -> String {
        let year = self.status.year;
        let (ja, number, today) = (year.year.ja(), year.year, self.day(year.day));
        let left = self.lang.pick(format!("{ja}の状況（{today}現在）"), format!("Fiscal year {number} on {today}"));
        let interviews = year.docs.interviews;
        let right = match (&interviews.from, &interviews.to) {
            (Some(from), Some(to)) => {
                let (from_words, mut to_words) = (self.day(from.value), self.day(to.value));
                if self.lang == Lang::Ja && (from.value.year, from.value.month) == (to.value.year, to.value.month) {
                    to_words = format!("{}日", city_digits(u32::from(to.value.day)));
                }
                self.lang.pick(
                    format!("面談 {from_words}から{to_words}まで"),
                    format!("Interviews {from_words} to {to_words}"),
                )
            }
            _ => String::new(),
        };
        let gap = self.columns.min(78).saturating_sub(width(&left) + width(&right)).max(2);
        format!("{left}{}{right}", " ".repeat(gap)).trim_end().to_owned() + "\n"
    }

    fn table(&self) -> String {
        let fifth = if self.in_course() { bi("目標の進み具合", "goals") } else { bi("面談", "interview") };
        let head = [
            bi("部等", "department"),
            bi("状態", "state"),
            bi("要修正", "errors"),
            bi("記載", "answered"),
            fifth,
            bi("宿題", "open"),
        ];
        let mut rows = vec![head.map(|name| self.t(name).to_owned()).to_vec()];
        rows.extend(self.status.departments.iter().map(|entry| self.row(entry)));
        rows.push(self.total());
        let mut lines = grid(&rows, &[2, 3, 5], self.columns);
        let total = lines.pop().unwrap_or_default();
        lines.push("-".repeat(self.columns.min(78)));
        lines.push(total);
        for (line, entry) in lines.iter_mut().skip(1).zip(&self.status.departments) {
            if entry.errors > 0 || entry.lacks() > 0 {
                let state = self.t(entry.state.name());
                *line = line.replacen(state, &paint(self.color, tone(entry), state), 1);
            }
        }
        lines.join("\n") + "\n"
    }

    fn row(&self, entry: &Entry) -> Vec<String> {
        vec![
            self.status.year.departments[entry.department].name().to_owned(),
            self.t(entry.state.name()).to_owned(),
            entry.errors.to_string(),
            answered(entry),
            if self.in_course() {
                self.states(&entry.progress, entry.goals)
            } else {
                self.interviews(&entry.interviews)
            },
            entry.follow_ups.len().to_string(),
        ]
    }

    fn total(&self) -> Vec<String> {
        let departments = &self.status.departments;
        let count = departments.len();
        let handed = departments.iter().filter(|e| matches!(e.state, PlanStatus::Submitted | PlanStatus::Settled));
        let (handed, summary) = (handed.count(), &self.status.summary);
        let errors: usize = departments.iter().map(|entry| entry.errors).sum();
        let percent = summary.percent();
        // Below words on goals, a number alone would be taken for theirs.
        let of = if self.in_course() { self.t(bi("記載 ", "answered ")) } else { "" };
        vec![
            self.lang.pick(format!("計 {count}"), format!("total {count}")),
            self.lang.pick(format!("提出 {handed}"), format!("{handed} handed in")),
            errors.to_string(),
            format!("{}/{}", summary.answered, summary.required),
            self.lang.pick(format!("（{of}{percent}％）"), format!("({of}{percent}%)")),
            self.status.follow_ups().0.to_string(),
        ]
    }

    /// `4/3(木) 10:00 市長`, with how many more there are.
    fn interviews(&self, slots: &[InterviewFacts]) -> String {
        let Some(slot) = slots.first() else { return self.t(bi("日程なし", "not set")).to_owned() };
        let mut words = self.interview(slot);
        if slots.len() > 1 {
            let more = slots.len() - 1;
            words.push_str(&self.lang.pick(format!(" ほか{more}"), format!(" +{more}")));
        }
        words
    }

    /// `4/3(木) 10:00 市長`; the day on which it took place, where it did.
    pub(super) fn interview(&self, slot: &InterviewFacts) -> String {
        let who = slot.interviewer.clone().unwrap_or_default();
        let when = match (slot.held, slot.day) {
            (Some(held), _) => format!("{} {}", self.short_day(held.0), self.t(bi("済み", "held"))),
            (None, Some(day)) => format!("{} {}", self.short_day(day.0), slot.clock.clone().unwrap_or_default()),
            (None, None) => self.t(bi("日時なし", "no day")).to_owned(),
        };
        format!("{when} {who}").trim_end().to_owned()
    }

    /// `4/3(木)`; `Thu 04-03`.
    fn short_day(&self, date: Date) -> String {
        let (month, day, weekday) = (date.month, date.day, date.weekday_ja());
        self.lang.pick(format!("{month}/{day}({weekday})"), format!("{} {month:02}-{day:02}", date.weekday_en()))
    }

    pub(super) fn day(&self, date: Date) -> String {
        day(self.status.year.year.0, crate::packet::Day(date), self.lang)
    }

    /// True once the interviews are over and entries on progress are there, or should be: then the
    /// table tells of those.
    fn in_course(&self) -> bool {
        let told = |entry: &Entry| !entry.told.is_empty() || !entry.overdue.is_empty();
        self.status.ahead.is_none() && self.status.departments.iter().any(told)
    }

    /// `目標 24: 予定どおり 12、遅れ 2、記入なし 10`
    pub(super) fn progress_words(&self, progress: &[usize; STATES.len()], goals: usize) -> String {
        let words = self.states(progress, goals);
        self.lang.pick(format!("目標 {goals}: {words}"), format!("{goals} goals: {words}"))
    }

    /// `予定どおり 12、遅れ 2、記入なし 10`
    pub(super) fn states(&self, progress: &[usize; STATES.len()], goals: usize) -> String {
        let told = STATES.iter().zip(progress).filter(|(_, count)| **count > 0);
        let mut words: Vec<String> = told.map(|(state, count)| format!("{} {count}", self.t(choice(state)))).collect();
        let none = goals.saturating_sub(progress.iter().sum());
        if none > 0 {
            words.push(format!("{} {none}", self.t(bi("記入なし", "no entry"))));
        }
        words.join(self.t(bi("、", ", ")))
    }

    fn name(&self, entry: &Entry) -> String {
        harmless(self.status.year.departments[entry.department].name())
    }
}

/// `17/18`; of a plan that cannot be read, nobody knows how much.
fn answered(entry: &Entry) -> String {
    let (answered, required) = (entry.summary.answered, entry.summary.required);
    if entry.state == PlanStatus::Unreadable { format!("-/{required}") } else { format!("{answered}/{required}") }
}

fn tone(entry: &Entry) -> Tone {
    if entry.state == PlanStatus::Draft && entry.errors == 0 { Tone::Warning } else { Tone::Error }
}

/// A heading with what belongs under it, as single departments are shown.
pub(super) fn field(name: &str, value: &str) -> String {
    format!("{}{value}", pad(name, 12)).trim_end().to_owned() + "\n"
}
