//! Where the goals stand, what was promised to whom, which items are answered.

use super::Page;
use crate::handover::{GoalState, Promise, PromisedTo};
use crate::lang::bi;
use crate::report::pages::{Block, Cell, Tone};
use crate::say;

impl Page<'_> {
    pub(super) fn goals(&self, body: &mut Vec<Block>) {
        let head = [
            (bi("目標・担当課・応える項目", "Goal, division, items"), 30),
            (bi("指標と目標値", "Measures and targets"), 34),
            (bi("最新の進捗", "Last progress"), 36),
        ];
        let row = |state: &GoalState| vec![self.goal(state).into(), self.measures(state).into(), self.last(state)];
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
        let line = |measure: &crate::packet::MeasureFacts| {
            let from = measure.baseline.clone().unwrap_or_else(none);
            let to = measure.target.clone().unwrap_or_else(none);
            let words = format!("{}　{from} → {to}", measure.name);
            self.until(&words, measure.target_by, false)
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
        lines.extend(last.actuals.iter().map(|(name, value)| format!("{name}　{value}")));
        // Page one has it for goals not reached.
        if !state.unmet {
            lines.extend(last.reason.as_ref().map(|it| say!("理由 {it}", "reason: {it}").get(self.lang).to_owned()));
            lines.extend(last.next.as_ref().map(|it| say!("次の手 {it}", "next: {it}").get(self.lang).to_owned()));
        }
        Cell { text: lines.join("\n"), tone: if state.unmet { Tone::Gap } else { Tone::Plain } }
    }

    pub(super) fn promises(&self, body: &mut Vec<Block>) {
        let head = [(bi("誰に", "To whom"), 24), (bi("約束していること", "What"), 58), (bi("状況", "State"), 18)];
        let row = |promise: &Promise| {
            let goals = self.joined(&promise.goals);
            let what = match promise.to {
                PromisedTo::Citizens if !goals.is_empty() => format!("{goals}　{}", promise.what),
                _ => promise.what.clone(),
            };
            vec![self.whom(promise).into(), what.into(), self.kept(promise)]
        };
        let rows = self.handover.promises.iter().map(row).collect();
        self.listed(body, bi("誰に何を約束しているか", "What was promised to whom"), "promises", &head, rows);
    }

    fn whom(&self, promise: &Promise) -> String {
        let kind = match promise.to {
            PromisedTo::Interviewer => bi("面談者", "interviewer"),
            PromisedTo::Citizens => bi("市民", "citizens"),
            PromisedTo::Department => bi("庁内", "department"),
            PromisedTo::Outside => bi("庁外", "outside"),
        };
        match &promise.name {
            Some(name) => format!("{}　{name}", self.t(kind)),
            None => self.t(kind),
        }
    }

    fn kept(&self, promise: &Promise) -> Cell {
        let late = promise.by.is_some_and(|by| by < self.handover.day);
        match (promise.done_on, promise.by, promise.agreed) {
            (Some(day), ..) => {
                let day = self.day(day);
                say!("{day}に完了", "done on {day}").get(self.lang).to_owned().into()
            }
            (None, Some(by), _) => {
                let day = self.day(by);
                let text = say!("未了（期限 {day}）", "open (by {day})").get(self.lang).to_owned();
                Cell { text, tone: if late { Tone::Gap } else { Tone::Plain } }
            }
            (None, None, Some(true)) => self.t(bi("双方の計画に記載", "in both plans")).into(),
            (None, None, Some(false)) => {
                Cell { text: self.t(bi("片方の計画だけに記載", "in one plan only")), tone: Tone::Half }
            }
            (None, None, None) if promise.to == PromisedTo::Interviewer => self.t(bi("未了", "open")).into(),
            _ => String::new().into(),
        }
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
