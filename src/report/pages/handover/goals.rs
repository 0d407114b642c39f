//! Where the goals stand, what was promised to whom, which items are answered.

use super::Page;
use crate::handover::{GoalState, Promise, PromisedTo};
use crate::lang::bi;
use crate::nearest::fold;
use crate::report::pages::{Block, Cell, Tone};
use crate::say;

impl Page<'_> {
    /// Without any progress written, its column is left out: page one counts it.
    pub(super) fn goals(&self, body: &mut Vec<Block>) {
        let told = self.handover.goals.iter().any(|state| state.last.is_some());
        let mut head = vec![(bi("目標・担当課・応える項目", "Goal, division, items"), if told { 30 } else { 36 })];
        let measures = bi(
            "指標　現状値 → 目標値（期限を断らないものは年度末）",
            "Measure: baseline → target (by the end of the year unless said)",
        );
        head.push((measures, if told { 42 } else { 64 }));
        if told {
            head.push((bi("最新の進捗", "Last progress"), 28));
        }
        let row = |state: &GoalState| {
            let mut cells = vec![self.goal(state).into(), self.measures(state).into()];
            cells.extend(told.then(|| self.last(state)));
            cells
        };
        let rows = self.handover.goals.iter().map(row).collect();
        self.listed(body, bi("目標の状況", "Where the goals stand"), "goals", &head, rows);
    }

    fn goal(&self, state: &GoalState) -> String {
        let goal = &state.goal;
        let mut lines = vec![format!("{} {}", goal.id, goal.title)];
        lines.extend(goal.division.clone());
        let cites: Vec<String> = goal.cites.iter().map(|item| item.printed.clone()).collect();
        if !cites.is_empty() {
            let cites = self.joined(&cites);
            lines.push(say!("項目 {cites}", "items {cites}").get(self.lang).to_owned());
        }
        if let Some(past) = &goal.continues {
            lines.push(say!("継続 {past}", "continues {past}").get(self.lang).to_owned());
        }
        lines.join("\n")
    }

    fn measures(&self, state: &GoalState) -> String {
        let none = || self.t(bi("記載なし", "not told"));
        let actuals = state.last.and_then(|index| state.goal.progress.get(index)).map(|last| last.actuals.as_slice());
        let actuals = actuals.unwrap_or_default();
        let year_end = crate::date::FiscalYear(self.handover.fiscal_year).last_day();
        let line = |measure: &crate::packet::MeasureFacts| {
            let from = measure.baseline.clone().unwrap_or_else(none);
            let to = measure.target.clone().unwrap_or_else(none);
            let words = format!("{}　{from} → {to}", measure.name);
            let words = self.until(&words, measure.target_by.filter(|by| by.0 != year_end), false);
            match actuals.iter().find(|(name, _)| fold(name) == fold(&measure.name)) {
                Some((_, value)) => say!("{words}　実績 {value}", "{words}; actual {value}").get(self.lang).to_owned(),
                None => words,
            }
        };
        let mut lines: Vec<String> = state.goal.measures.iter().map(line).collect();
        lines.extend(
            state
                .goal
                .no_measures
                .as_ref()
                .map(|it| say!("指標なし（{it}）", "no measure ({it})").get(self.lang).to_owned()),
        );
        lines.join("\n")
    }

    fn last(&self, state: &GoalState) -> Cell {
        let Some(last) = state.last.and_then(|index| state.goal.progress.get(index)) else {
            return Cell { text: self.t(bi("記録がありません", "nothing is written")), tone: Tone::Quiet };
        };
        let mut lines = vec![self.progress_head(last)];
        // An actual of no measure that is there.
        let own = |name: &str| state.goal.measures.iter().any(|measure| fold(&measure.name) == fold(name));
        let others = last.actuals.iter().filter(|(name, _)| !own(name));
        lines.extend(others.map(|(name, value)| format!("{name}　{value}")));
        // Page one has it for goals not reached.
        if !state.unmet {
            lines.extend(last.reason.as_ref().map(|it| say!("理由 {it}", "reason: {it}").get(self.lang).to_owned()));
            lines.extend(last.next.as_ref().map(|it| say!("次の手 {it}", "next: {it}").get(self.lang).to_owned()));
        }
        Cell { text: lines.join("\n"), tone: if state.unmet { Tone::Half } else { Tone::Plain } }
    }

    /// One row for each kind of person, so that the paper stays short.
    pub(super) fn promises(&self, body: &mut Vec<Block>) {
        let head = [(bi("誰に", "To whom"), 14), (bi("約束していること", "What"), 86)];
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for same in self.handover.promises.chunk_by(|one, other| one.to == other.to) {
            let Some(first) = same.first() else { continue };
            let kind = match first.to {
                PromisedTo::Interviewer => bi("面談者", "interviewer"),
                PromisedTo::Citizens => bi("市民", "citizens"),
                PromisedTo::Department => bi("庁内", "departments"),
                PromisedTo::Outside => bi("庁外", "outside"),
            };
            let lines: Vec<String> = same.iter().map(|promise| self.promise(promise)).collect();
            // Partners outside are many and short.
            let between = if first.to == PromisedTo::Outside { self.lang.pick("　", "; ") } else { "\n" };
            rows.push(vec![self.t(kind).into(), lines.join(between).into()]);
        }
        self.listed(body, bi("誰に何を約束しているか", "What was promised to whom"), "promises", &head, rows);
    }

    fn promise(&self, promise: &Promise) -> String {
        let goals = self.joined(&promise.goals);
        let name = promise.name.clone().unwrap_or_default();
        let (what, kept) = (&promise.what, self.kept(promise));
        match promise.to {
            PromisedTo::Interviewer => format!("{what}{kept}"),
            PromisedTo::Citizens => format!("{goals} {what}"),
            PromisedTo::Department => say!("{name}　{what}{kept}", "{name}: {what}{kept}").get(self.lang).to_owned(),
            PromisedTo::Outside => say!("{name}（{goals}）", "{name} ({goals})").get(self.lang).to_owned(),
        }
    }

    /// Whether it was kept, or is in both plans, in brackets.
    fn kept(&self, promise: &Promise) -> String {
        let words = match (promise.to, promise.done_on, promise.by, promise.agreed) {
            (PromisedTo::Interviewer, Some(day), ..) => {
                let day = self.day(day);
                say!("{day}に完了", "done on {day}").get(self.lang).to_owned()
            }
            (PromisedTo::Interviewer, None, Some(by), _) => {
                let (day, late) = (self.day(by), by < self.handover.day);
                let late = if late { self.lang.pick("、過ぎています", ", overdue") } else { "" };
                say!("未了、期限 {day}{late}", "open, by {day}{late}").get(self.lang).to_owned()
            }
            (PromisedTo::Interviewer, ..) => self.t(bi("未了", "open")),
            (_, _, _, Some(true)) => self.t(bi("双方の計画に記載", "in both plans")),
            (_, _, _, Some(false)) => self.t(bi("片方の計画だけに記載", "in one plan only")),
            _ => return String::new(),
        };
        say!("（{words}）", " ({words})").get(self.lang).to_owned()
    }

    /// Items of the policy, each with the goals and responses that answer it.
    pub(super) fn items(&self, body: &mut Vec<Block>) {
        let entry = |item: &crate::handover::CitedItem| {
            let mut answers = item.goals.clone();
            answers.extend((item.responses > 0).then(|| self.t(bi("部の方針", "response"))));
            format!("{} {}", item.item.printed, answers.join(self.lang.pick("・", "+")))
        };
        let mut fields = Vec::new();
        let answered: Vec<String> = self.handover.items.iter().map(entry).collect();
        let none = || self.t(bi("記載がありません。", "Nothing is written."));
        let answered = if answered.is_empty() { none() } else { answered.join(self.lang.pick("　", "; ")) };
        fields.push((self.t(bi("応えている項目", "Items answered")), answered));
        if !self.handover.gaps.is_empty() {
            let gap = |gap: &crate::packet::Gap| {
                format!("{} {}（{}）", gap.item.printed, gap.short, gap.state.0.name().get(self.lang))
            };
            let gaps: Vec<String> = self.handover.gaps.iter().map(gap).collect();
            fields.push((self.t(bi("記載の足りない項目", "Gaps")), self.joined(&gaps)));
        }
        let heading = self.heading(2, self.t(bi("応える項目", "Items of the policy")), "items");
        body.push(Block::Keep(vec![heading, Block::Fields(fields)]));
    }
}
