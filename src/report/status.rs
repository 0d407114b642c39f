//! The screen of `status`: departments by state, then what is late, then whom to speak to.

use crate::date::{Date, city_digits};
use crate::lang::{Bi, Lang, bi};
use crate::packet::InterviewFacts;
use crate::packet::words::{choice, day};
use crate::report::grid::grid;
use crate::report::wrap::{pad, width};
use crate::status::{Entry, PlanStatus, STATES, Status};
use crate::ui::{Tone, harmless, paint};

/// Names given in one line before the rest is only counted.
const MOST: usize = 5;

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
        let mut rows = vec![self.lang.pick(
            ["部等", "状態", "要修正", "記載", "面談", "宿題"].map(str::to_owned).to_vec(),
            ["department", "state", "errors", "answered", "interview", "open"].map(str::to_owned).to_vec(),
        )];
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
            format!("{}/{}", entry.summary.answered, entry.summary.required),
            self.interviews(&entry.interviews),
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
        vec![
            self.lang.pick(format!("計 {count}"), format!("total {count}")),
            self.lang.pick(format!("提出 {handed}"), format!("{handed} handed in")),
            errors.to_string(),
            format!("{}/{}", summary.answered, summary.required),
            self.lang.pick(format!("（{percent}％）"), format!("({percent}%)")),
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

    /// How the goals stand, and what is late.
    fn late_lines(&self) -> Vec<String> {
        let departments = &self.status.departments;
        let mut lines = Vec::new();
        let mut progress = [0; STATES.len()];
        for entry in departments {
            for (sum, count) in progress.iter_mut().zip(entry.progress) {
                *sum += count;
            }
        }
        if progress.iter().any(|count| *count > 0) {
            let goals = departments.iter().map(|entry| entry.goals).sum();
            lines.push(self.progress_words(&progress, goals));
        }
        let late = |count: fn(&Entry) -> usize| -> Vec<String> {
            let late = departments.iter().map(|entry| (entry, count(entry))).filter(|(_, count)| *count > 0);
            late.map(|(entry, count)| format!("{} {count}", self.name(entry))).collect()
        };
        let slow = late(|entry| entry.slow.len());
        let overdue = late(|entry| entry.overdue.len());
        let follow_ups = late(|entry| entry.follow_ups.iter().filter(|entry| entry.overdue).count());
        for (head, names) in [
            (bi("遅れ・一部達成・未達成・中止の目標: ", "Goals behind, partly, unmet or stopped: "), slow),
            (bi("期限を過ぎた進み具合の記入: ", "Entries on progress overdue: "), overdue),
            (bi("期限を過ぎた宿題: ", "Follow-ups overdue: "), follow_ups),
        ] {
            if !names.is_empty() {
                lines.extend(self.listed(self.t(head), &names));
            }
        }
        lines
    }

    /// `目標 24: 予定どおり 12、遅れ 2、記入なし 10`
    pub(super) fn progress_words(&self, progress: &[usize; STATES.len()], goals: usize) -> String {
        let told = STATES.iter().zip(progress).filter(|(_, count)| **count > 0);
        let mut words: Vec<String> = told.map(|(state, count)| format!("{} {count}", self.t(choice(state)))).collect();
        let none = goals.saturating_sub(progress.iter().sum());
        if none > 0 {
            words.push(format!("{} {none}", self.t(bi("記入なし", "no entry"))));
        }
        let words = words.join(self.t(bi("、", ", ")));
        self.lang.pick(format!("目標 {goals}: {words}"), format!("{goals} goals: {words}"))
    }

    fn name(&self, entry: &Entry) -> String {
        harmless(self.status.year.departments[entry.department].name())
    }

    /// The first names behind a heading, and how many more there are; no name is broken.
    fn listed(&self, head: &str, names: &[String]) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), head.to_owned());
        let mut shown: Vec<String> = names.iter().take(MOST).cloned().collect();
        if names.len() > MOST {
            let more = names.len() - MOST;
            shown.push(self.lang.pick(format!("ほか {more}部"), format!("and {more} more")));
        }
        let (last, comma) = (shown.len() - 1, self.t(bi("、", ", ")));
        for (at, name) in shown.iter().enumerate() {
            let name = if at == last { name.clone() } else { format!("{name}{comma}") };
            if width(&line) + width(name.trim_end()) > self.columns && !line.trim().is_empty() {
                lines.push(std::mem::replace(&mut line, "  ".to_owned()).trim_end().to_owned());
            }
            line.push_str(&name);
        }
        lines.push(line);
        lines
    }

    /// The next interviews, whom to speak to first, and what other years left over.
    fn closing(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let count = self.status.policy_errors;
        if count > 0 {
            lines.push(self.lang.pick(
                format!("方針のファイルに要修正が {count}件あります: kpolicy check"),
                format!("Errors in the files of the policy: {count}. kpolicy check shows them."),
            ));
        }
        let first = &self.status.first;
        let mut words = self.ahead_words();
        if !first.is_empty() {
            words.push_str(self.t(bi("先に声を掛ける部:", "Speak to these first:")));
        }
        if !words.is_empty() {
            lines.push(words.trim_end().to_owned());
        }
        if !first.is_empty() {
            let names: Vec<String> = first.iter().map(|index| self.why(&self.status.departments[*index])).collect();
            lines.extend(self.listed("  ", &names));
        }
        lines.extend(self.status.others.iter().map(|other| self.leftover(other)));
        lines.extend(self.next());
        lines
    }

    /// `あと２日で最初の面談です。`, with a space behind it in English.
    pub(super) fn ahead_words(&self) -> String {
        let Some(ahead) = self.status.ahead else { return String::new() };
        let (days, count) = (ahead.days, ahead.count);
        if days == 0 {
            return self.lang.pick(format!("今日は面談の日です（{count}件）。"), format!("Interviews today: {count}. "));
        }
        let digits = city_digits(u32::try_from(days).unwrap_or(u32::MAX));
        let (ja, en) = if ahead.first { ("最初", "first") } else { ("次", "next") };
        let unit = if days == 1 { "day" } else { "days" };
        self.lang
            .pick(format!("あと{digits}日で{ja}の面談です。"), format!("The {en} interview is in {days} {unit}. "))
    }

    /// The next command: about whom to speak to first, else the papers for the interviews ahead.
    fn next(&self) -> Option<String> {
        if let Some(first) = self.status.first.first() {
            let name = self.name(&self.status.departments[*first]);
            return Some(self.lang.pick(
                format!("次にすること: kpolicy status {name} （足りない所と、その行）"),
                format!("next: kpolicy status {name}  (what it lacks, and where)"),
            ));
        }
        let papers = self.status.ahead.is_some() && self.status.others.is_empty();
        papers.then(|| {
            self.t(bi("次にすること: kpolicy packet （面談資料を作ります）", "next: kpolicy packet  (the interview papers)"))
                .to_owned()
        })
    }

    /// `総務部（4/3 面談、未記載 1）`
    fn why(&self, entry: &Entry) -> String {
        let mut words = Vec::new();
        let open = entry.interviews.iter().filter(|slot| slot.held.is_none());
        let next = open.filter_map(|slot| slot.day.map(|day| day.0)).filter(|day| *day >= self.status.year.day).min();
        if let Some(day) = next {
            let (month, date) = (day.month, day.day);
            words.push(self.lang.pick(format!("{month}/{date} 面談"), format!("interview {month:02}-{date:02}")));
        }
        if matches!(entry.state, PlanStatus::Missing | PlanStatus::Unreadable) {
            words.push(self.t(entry.state.name()).to_owned());
        } else {
            let late = entry.follow_ups.iter().filter(|entry| entry.overdue).count();
            for (name, count) in [
                (bi("要修正", "errors"), entry.errors),
                (bi("未記載", "missing"), entry.summary.missing),
                (bi("一部記載", "partial"), entry.summary.partial),
                (bi("期限を過ぎた記入", "entries overdue"), entry.overdue.len()),
                (bi("期限を過ぎた宿題", "follow-ups overdue"), late),
            ] {
                if count > 0 {
                    words.push(format!("{} {count}", self.t(name)));
                }
            }
        }
        let words = words.join(self.t(bi("、", ", ")));
        let name = self.name(entry);
        self.lang.pick(format!("{name}（{words}）"), format!("{name} ({words})"))
    }

    fn leftover(&self, other: &crate::status::Leftover) -> String {
        let (ja, number, count) = (other.year.ja(), other.year, other.departments.len());
        let what = match other.periods.as_slice() {
            [] => self.t(bi("期限を過ぎた宿題", "follow-ups overdue")).to_owned(),
            periods => {
                let periods = harmless(&periods.join(self.t(bi("と", " and "))));
                self.lang.pick(format!("{periods}の記入"), format!("entries for {periods}"))
            }
        };
        self.lang.pick(
            format!("{ja}は{what}が残っています（{count}部）: kpolicy status --year {number}"),
            format!("Left over from fiscal year {number}: {what} ({count} departments). kpolicy status --year {number}"),
        )
    }
}

fn tone(entry: &Entry) -> Tone {
    if entry.state == PlanStatus::Draft && entry.errors == 0 { Tone::Warning } else { Tone::Error }
}

/// A heading with what belongs under it, as single departments are shown.
pub(super) fn field(name: &str, value: &str) -> String {
    format!("{}{value}", pad(name, 12)).trim_end().to_owned() + "\n"
}
