//! Below the table: what is late, the interviews ahead, whom to speak to first, other years.

use super::Screen;
use crate::date::city_digits;
use crate::lang::bi;
use crate::report::wrap::width;
use crate::status::{Entry, Leftover, PlanStatus, STATES};
use crate::ui::harmless;

/// Names given in one line before the rest is only counted.
const MOST: usize = 5;

impl Screen<'_> {
    /// How the goals stand, and what is late.
    pub(super) fn late_lines(&self) -> Vec<String> {
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
    pub(super) fn closing(&self) -> Vec<String> {
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
    fn ahead_words(&self) -> String {
        let Some(ahead) = self.status.ahead else { return String::new() };
        let (days, count) = (ahead.days, ahead.count);
        if days == 0 {
            return self
                .lang
                .pick(format!("今日は面談の日です（{count}件）。"), format!("Interviews today: {count}. "));
        }
        let digits = city_digits(u32::try_from(days).unwrap_or(u32::MAX));
        let (ja, en) = if ahead.first { ("最初", "first") } else { ("次", "next") };
        let unit = if days == 1 { "day" } else { "days" };
        self.lang.pick(format!("あと{digits}日で{ja}の面談です。"), format!("The {en} interview is in {days} {unit}. "))
    }

    /// The next command: about whom to speak to first, else the papers for the interviews ahead.
    fn next(&self) -> Option<String> {
        if let Some(first) = self.status.first.first() {
            let department = &self.status.year.departments[*first];
            let line = |name: &str| {
                self.lang.pick(
                    format!("次にすること: kpolicy status {name} （足りない所と、その行）"),
                    format!("next: kpolicy status {name}  (what it lacks, and where)"),
                )
            };
            // A name too long for the line is typed by its id.
            let named = line(&harmless(department.name()));
            return Some(if width(&named) > self.columns { line(department.id()) } else { named });
        }
        let papers = self.status.ahead.is_some() && self.status.others.is_empty();
        let words =
            bi("次にすること: kpolicy packet （面談資料を作ります）", "next: kpolicy packet  (the interview papers)");
        papers.then(|| self.t(words).to_owned())
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

    fn leftover(&self, other: &Leftover) -> String {
        let (ja, number, count) = (other.year.ja(), other.year, other.departments.len());
        let what = match other.periods.as_slice() {
            [] => self.t(bi("期限を過ぎた宿題", "follow-ups overdue")).to_owned(),
            periods => {
                let periods = harmless(&periods.join(self.t(bi("と", " and "))));
                self.lang.pick(format!("{periods}の記入"), format!("entries of {periods}"))
            }
        };
        self.lang.pick(
            format!("{ja}は{what}が残っています（{count}部）: kpolicy status --year {number}"),
            format!("Left over from {number}: {what} ({count}). kpolicy status --year {number}"),
        )
    }
}
