//! The goals at a glance: how each stands on its way from baseline to target, the worst first.

use super::{Block, Cell, Page, Table, Tone};
use crate::lang::bi;
use crate::packet::{GoalFacts, MeasureFacts, OverdueFacts, ProgressFacts, words};
use crate::say;

/// Of as many of the worst states, page one names the goals; of the others it says how many.
const NAMED: usize = 4;

impl Page<'_> {
    /// One line for page one; none where there is nothing to tell yet.
    pub(super) fn standing_of_goals(&self) -> Option<String> {
        let goals = &self.packet.goals;
        let named = |list: Vec<&str>| list.join(self.lang.pick("、", ", "));
        let mut parts = Vec::new();
        let short: Vec<&str> = goals.iter().filter(|goal| goal.was_short).map(|goal| goal.id.as_str()).collect();
        if !short.is_empty() {
            let ids = named(short);
            parts.push(say!("昨年度に届かず継続 {ids}", "carried over, not reached last year {ids}"));
        }
        for (rank, state) in words::WORST_FIRST.into_iter().enumerate() {
            let of: Vec<&str> =
                goals.iter().filter(|goal| goal.state == Some(state)).map(|goal| goal.id.as_str()).collect();
            if of.is_empty() {
                continue;
            }
            let (word, count) = (words::choice(state), of.len());
            let (ja, en) = (word.get(crate::lang::Lang::Ja), word.get(crate::lang::Lang::En));
            let ids = named(of);
            parts.push(match rank < NAMED {
                true => say!("{ja} {ids}", "{en} {ids}"),
                false => say!("{ja} {count}", "{en} {count}"),
            });
        }
        let mut late: Vec<&str> = self.packet.progress_overdue.iter().map(|entry| entry.goal.as_str()).collect();
        late.dedup();
        if !late.is_empty() {
            let ids = named(late);
            parts.push(say!("期限を過ぎた記入 {ids}", "entries overdue {ids}"));
        }
        let parts: Vec<&str> = parts.iter().map(|part| part.get(self.lang)).collect();
        (!parts.is_empty()).then(|| parts.join(self.lang.pick("　", "; ")))
    }

    pub(super) fn overview(&self, body: &mut Vec<Block>) {
        if self.packet.goals.is_empty() {
            return;
        }
        let mut goals: Vec<&GoalFacts> = self.packet.goals.iter().collect();
        goals.sort_by_key(|goal| (!goal.was_short, words::badness(goal.state)));
        // Before anything is known of the year, a column of blanks would tell nothing.
        let told = goals.iter().any(|goal| goal.state.is_some()) || !self.packet.progress_overdue.is_empty();
        let measures = if told {
            bi("指標　現状値 → 実績値 → 目標値", "Measure: baseline → actual → target")
        } else {
            bi("指標　現状値 → 目標値", "Measure: baseline → target")
        };
        let mut head = vec![(bi("目標・担当課", "Goal, division"), if told { 28 } else { 40 })];
        if told {
            head.push((bi("進み具合", "Progress"), 19));
        }
        head.push((measures, if told { 53 } else { 60 }));
        let row = |goal: &GoalFacts| {
            let mut cells = vec![self.named(goal).into()];
            cells.extend(told.then(|| self.progress_of(goal)));
            cells.push(self.courses(goal).into());
            cells
        };
        body.push(self.heading(2, self.t(bi("組織目標の一覧", "The goals at a glance")), "overview"));
        body.push(Block::Table(Table {
            caption: None,
            head: head.into_iter().map(|(name, width)| (self.t(name), width)).collect(),
            rows: goals.into_iter().map(row).collect(),
        }));
    }

    fn named(&self, goal: &GoalFacts) -> String {
        let carried = self.carried(goal).map(|badge| self.lang.pick(format!("（{}）", badge.text), badge.text));
        let lines = [Some(format!("{} {}", goal.id, goal.title)), goal.division.clone(), carried];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Every period known on the day, and those that lack.
    fn progress_of(&self, goal: &GoalFacts) -> Cell {
        let known = goal.progress.iter().filter(|entry| !entry.ahead);
        let mut lines: Vec<String> = known.map(|entry| self.period(entry)).collect();
        let late: Vec<&OverdueFacts> =
            self.packet.progress_overdue.iter().filter(|entry| entry.goal == goal.id).collect();
        for entry in &late {
            let (period, due) = (&entry.period, self.day(entry.due));
            let words = say!("× {period}\n記入なし\n（期限 {due}）", "× {period}:\nno entry\n(due {due})");
            lines.push(words.get(self.lang).to_owned());
        }
        let tone = match goal.state {
            _ if !late.is_empty() => Tone::Gap,
            Some("unmet" | "stopped") => Tone::Gap,
            Some("behind" | "partly") => Tone::Half,
            _ => Tone::Plain,
        };
        Cell { text: lines.join("\n"), tone }
    }

    /// `年度半ば`, `遅れ（評価 C）`
    fn period(&self, entry: &ProgressFacts) -> String {
        let state = entry.state.map(|state| words::choice(state).get(self.lang)).unwrap_or_default();
        let period = entry.period.clone().unwrap_or_default();
        let told = format!("{period}\n{state}");
        match &entry.rating {
            Some(rating) => say!("{told}（評価 {rating}）", "{told} (rating {rating})").get(self.lang).to_owned(),
            None => told,
        }
    }

    fn courses(&self, goal: &GoalFacts) -> String {
        let none = || self.t(bi("記載なし", "none"));
        let course = |measure: &MeasureFacts| {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(none);
            let mut way = vec![value(&measure.baseline)];
            way.extend(measure.actual.clone());
            way.push(value(&measure.target));
            // No line begins with what the arrow leads to.
            format!("{}　{}", measure.name, way.join(" →\u{A0}"))
        };
        let mut lines: Vec<String> = goal.measures.iter().map(course).collect();
        if lines.is_empty() {
            lines.push(goal.no_measures.clone().unwrap_or_else(none));
        }
        lines.join("\n")
    }
}
