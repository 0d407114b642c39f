//! `status 総務部`: one department, with its lists and the line of each entry.

use super::{Screen, field};
use crate::coverage::CellState;
use crate::lang::{Bi, bi};
use crate::packet::words::choice;
use crate::packet::{GoalFacts, Location, MeasureFacts, ProgressFacts};
use crate::report::grid::grid;
use crate::status::Entry;
use crate::ui::harmless;

/// The screen of one department.
pub fn write(screen: Screen<'_>, entry: &Entry) -> String {
    let columns = screen.columns.clamp(60, 100);
    One { screen: Screen { columns, ..screen }, entry }.text()
}

struct One<'a> {
    screen: Screen<'a>,
    entry: &'a Entry,
}

impl One<'_> {
    fn t(&self, words: Bi) -> &'static str {
        words.get(self.screen.lang)
    }

    fn text(&self) -> String {
        let (year, lang) = (self.screen.status.year, self.screen.lang);
        let name = harmless(year.departments[self.entry.department].name());
        let (ja, number, today) = (year.year.ja(), year.year, self.screen.day(year.day));
        let mut text = lang.pick(
            format!("{name} {ja}の状況（{today}現在）\n\n"),
            format!("{name}, fiscal year {number} on {today}\n\n"),
        );
        self.fields(&mut text, &name);
        self.gaps(&mut text);
        self.progress(&mut text);
        self.overdue(&mut text);
        self.follow_ups(&mut text);
        self.next(&mut text, &name);
        text
    }

    fn fields(&self, text: &mut String, name: &str) {
        let (entry, lang) = (self.entry, self.screen.lang);
        text.push_str(&field(self.t(bi("状態", "state")), self.t(entry.state.name())));
        let (errors, warnings) = (entry.errors, entry.warnings);
        let found = lang.pick(format!("{errors}  要確認 {warnings}"), format!("{errors}, warnings {warnings}"));
        text.push_str(&field(self.t(bi("要修正", "errors")), &found));
        let summary = &entry.summary;
        let (answered, required) = (summary.answered, summary.required);
        let (missing, partial, unreadable) = (summary.missing, summary.partial, summary.unreadable);
        let answered = if unreadable > 0 && answered == 0 { "-".to_owned() } else { answered.to_string() };
        let mut counts = lang.pick(
            format!("{answered}/{required}  未記載 {missing}、一部記載 {partial}"),
            format!("{answered}/{required}, missing {missing}, partial {partial}"),
        );
        if unreadable > 0 {
            counts.push_str(&lang.pick(format!("、読取不可 {unreadable}"), format!(", unreadable {unreadable}")));
        }
        text.push_str(&field(self.t(bi("記載", "answered")), &counts));
        if entry.goals > 0 {
            let (words, goals) = (self.screen.states(&entry.progress, entry.goals), entry.goals);
            text.push_str(&field(self.t(bi("目標", "goals")), &format!("{goals}  {words}")));
        }
        let mut head = self.t(bi("面談", "interview"));
        for slot in &entry.interviews {
            let whole = slot.division.as_deref().unwrap_or(name);
            let place = slot.place.as_deref().unwrap_or_default();
            text.push_str(&field(head, &harmless(&format!("{}  {place}  {whole}", self.screen.interview(slot)))));
            head = "";
        }
        if entry.interviews.is_empty() {
            text.push_str(&field(head, self.t(bi("日程がありません", "not set"))));
        }
    }

    fn section(&self, text: &mut String, title: Bi, rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let count = rows.len();
        let head = self.t(title);
        text.push_str(&self.screen.lang.pick(format!("\n{head} {count}件\n"), format!("\n{head}: {count}\n")));
        for line in grid(rows, &[], self.screen.columns - 2) {
            text.push_str(&format!("  {line}\n"));
        }
    }

    fn gaps(&self, text: &mut String) {
        let rows: Vec<Vec<String>> = self
            .entry
            .gaps
            .iter()
            .filter(|gap| gap.state.0 != CellState::Unreadable)
            .map(|gap| {
                let what = format!("{} {}", gap.item.id, gap.short);
                vec![what, self.t(gap.state.0.name()).to_owned(), gap.lack.clone(), at(&gap.place)]
            })
            .collect();
        self.section(text, bi("応えのない所", "Open"), &rows);
    }

    /// Each goal with what its periods say, and under it how far its measures are.
    fn progress(&self, text: &mut String) {
        let goals = &self.entry.told;
        if goals.is_empty() {
            return;
        }
        let count = goals.len();
        let head = self.t(bi("目標の進み具合", "Progress of the goals"));
        text.push_str(&self.screen.lang.pick(format!("\n{head} {count}件\n"), format!("\n{head}: {count}\n")));
        let rows: Vec<Vec<String>> = goals.iter().map(|goal| self.standing(goal)).collect();
        let measures: Vec<Vec<String>> =
            goals.iter().flat_map(|goal| &goal.measures).map(|measure| self.course(measure)).collect();
        let mut courses = grid(&measures, &[], self.screen.columns - 5).into_iter();
        for (line, goal) in grid(&rows, &[], self.screen.columns - 2).iter().zip(goals) {
            text.push_str(&format!("  {line}\n"));
            courses.by_ref().take(goal.measures.len()).for_each(|course| text.push_str(&format!("     {course}\n")));
        }
    }

    /// `G1 …  年度半ば 遅れ 評価 C  somu.yaml:18`
    fn standing(&self, goal: &GoalFacts) -> Vec<String> {
        let period = |entry: &ProgressFacts| {
            let state = entry.state.map(|state| self.t(choice(state)).to_owned());
            let rating = entry.rating.as_ref().map(|it| format!("{} {it}", self.t(bi("評価", "rating"))));
            [entry.period.clone(), state, rating].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let known: Vec<String> = goal.progress.iter().filter(|entry| !entry.ahead).map(period).collect();
        vec![format!("{} {}", goal.id, goal.title), known.join(self.t(bi("、", ", "))), at(&goal.place)]
    }

    fn course(&self, measure: &MeasureFacts) -> Vec<String> {
        let value = |name: Bi, value: &Option<String>| {
            let value = value.as_deref().unwrap_or_else(|| self.t(bi("なし", "none")));
            format!("{} {value}", self.t(name))
        };
        vec![
            measure.name.clone(),
            value(bi("現状値", "baseline"), &measure.baseline),
            value(bi("実績値", "actual"), &measure.actual),
            value(bi("目標値", "target"), &measure.target),
        ]
    }

    fn overdue(&self, text: &mut String) {
        let rows: Vec<Vec<String>> = self
            .entry
            .overdue
            .iter()
            .map(|entry| {
                let due = self.screen.day(entry.due);
                let due = self.screen.lang.pick(format!("{due}まで"), format!("due {due}"));
                vec![format!("{} {}", entry.goal, entry.title), entry.period.clone(), due, at(&entry.place)]
            })
            .collect();
        self.section(text, bi("期限を過ぎた進み具合の記入", "Entries on progress overdue"), &rows);
    }

    fn follow_ups(&self, text: &mut String) {
        let rows: Vec<Vec<String>> = self
            .entry
            .follow_ups
            .iter()
            .map(|entry| {
                let by = match entry.by.map(|by| self.screen.day(by)) {
                    Some(by) => self.screen.lang.pick(format!("{by}まで"), format!("by {by}")),
                    None => self.t(bi("期限なし", "no day")).to_owned(),
                };
                let late = if entry.overdue { self.t(bi("期限切れ", "overdue")) } else { "" };
                let who = entry.division.clone().unwrap_or_default();
                vec![format!("{} {}", entry.id, entry.what), who, by, late.to_owned(), at(&entry.place)]
            })
            .collect();
        self.section(text, bi("宿題（まだ終わっていないもの）", "Follow-ups still open"), &rows);
    }

    fn next(&self, text: &mut String, name: &str) {
        let (entry, year) = (self.entry, self.screen.status.year);
        let id = year.departments[entry.department].id();
        let (typed, why) = if entry.errors > 0 || !entry.gaps.is_empty() || entry.unfinished > 0 {
            (format!("check {name}"), bi("書く所と直し方", "where and what to write"))
        } else if entry.late() > 0 || entry.warnings > 0 {
            (format!("check {name} --warnings"), bi("書き足す所", "what to add"))
        } else if let Some(goal) = entry.slow.first() {
            (format!("show {id}:{}", goal.goal), bi("目標の内容と、その理由", "the goal, and why"))
        } else if self.screen.status.ahead.is_some() {
            (format!("packet {name}"), bi("面談資料を作ります", "the interview papers"))
        } else {
            (format!("show {name}"), bi("目標と、ほかの部との関わり", "its goals, and what others say of it"))
        };
        let why = self.t(why);
        text.push_str(&self.screen.lang.pick(
            format!("\n次にすること: kpolicy {typed} （{why}）\n"),
            format!("\nnext: kpolicy {typed}  ({why})\n"),
        ));
    }
}

/// `somu.yaml:18`
fn at(place: &Option<Location>) -> String {
    let Some(place) = place else { return String::new() };
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    format!("{name}:{}", place.line)
}
