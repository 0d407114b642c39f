//! Goals in full.

use super::{Block, Cell, Page, Table, Tone};
use crate::lang::bi;
use crate::packet::{GoalFacts, MeasureFacts, ProgressFacts, words};
use crate::say;

impl Page<'_> {
    pub(super) fn goals(&self, body: &mut Vec<Block>) {
        body.push(self.heading(2, self.t(bi("組織目標", "Goals")), "goals"));
        if self.packet.goals.is_empty() {
            body.push(Block::Para(self.t(bi("記載がありません。", "Nothing is written."))));
        }
        for goal in &self.packet.goals {
            self.goal(goal, body);
        }
    }

    fn goal(&self, goal: &GoalFacts, body: &mut Vec<Block>) {
        let text = format!("{} {}", goal.id, goal.title);
        let anchor = Some(format!("goal-{}", goal.id));
        let heading = Block::Heading { level: 3, text, anchor, badge: self.carried(goal) };
        body.push(Block::Keep(vec![heading, Block::Fields(self.goal_fields(goal))]));
        if !goal.measures.is_empty() {
            body.push(Block::Table(self.measures(goal)));
        }
        if let Some(reason) = &goal.no_measures {
            let words = say!("指標がない理由　{reason}", "No measure, because: {reason}");
            body.push(Block::Note(words.get(self.lang).to_owned()));
        }
        if !goal.actions.is_empty() {
            let row = |it: &crate::packet::ActionFacts| vec![it.what.clone().into(), self.day_or(it.by, "").into()];
            body.push(Block::Table(Table {
                caption: None,
                head: vec![(self.t(bi("取組・手順", "Action")), 82), (self.t(bi("期限", "By")), 18)],
                rows: goal.actions.iter().map(row).collect(),
            }));
        }
        if !goal.budget.is_empty() {
            body.push(Block::Table(self.budget(goal)));
        }
        if !goal.progress.is_empty() {
            body.push(Block::Table(self.progress(goal)));
        }
    }

    pub(super) fn carried(&self, goal: &GoalFacts) -> Option<Cell> {
        let (text, tone) = match (goal.was_short, &goal.continues) {
            (true, _) => (bi("継続・昨年度は届かず", "carried over, not reached last year"), Tone::Half),
            (false, Some(_)) => (bi("継続", "carried over"), Tone::Quiet),
            (false, None) => return None,
        };
        Some(Cell { text: self.t(text), tone })
    }

    fn goal_fields(&self, goal: &GoalFacts) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut add = |name: crate::lang::Bi, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                fields.push((self.t(name), value));
            }
        };
        add(bi("課題", "Issue"), goal.issue.clone());
        add(bi("成果", "Outcome"), goal.outcome.clone());
        let cites: Vec<String> = goal.cites.iter().map(|item| item.printed.clone()).collect();
        add(bi("応える項目", "Cites"), Some(self.joined(&cites)));
        add(bi("担当課", "Division"), goal.division.clone());
        add(bi("連携する部", "Partners"), Some(self.joined(&goal.partners)));
        add(bi("庁外の連携", "Outside partners"), Some(self.joined(&goal.outside_partners)));
        add(bi("上位計画", "Higher plans"), Some(self.joined(&goal.references)));
        add(bi("根拠法令", "Legal basis"), Some(self.joined(&goal.legal_basis)));
        add(bi("前年度から継続", "Carried over"), goal.continues.clone());
        add(bi("見直した日", "Looked at again"), goal.reviewed.map(|day| self.day(day)));
        for (label, text) in &goal.viewpoints {
            let none = || self.t(bi("記載がありません。", "Nothing is written."));
            fields.push((label.clone(), text.clone().unwrap_or_else(none)));
        }
        fields.extend(goal.extra.iter().map(|entry| (entry.name.clone(), entry.value.clone())));
        fields
    }

    fn measures(&self, goal: &GoalFacts) -> Table {
        let past = goal.measures.iter().any(|measure| measure.last_year.is_some());
        let known = goal.measures.iter().any(|measure| measure.actual.is_some());
        let row = |measure: &MeasureFacts| {
            let mut name = measure.name.clone();
            if let Some(day) = measure.counted_from {
                let day = self.day(day);
                name.push_str(say!("（{day}からの累計）", " (running total from {day})").get(self.lang));
            }
            let kind = measure.kind.map(|kind| words::choice(kind).get(self.lang)).unwrap_or_default();
            let better = words::choice(measure.better).get(self.lang);
            let point = |value: &Option<String>, day: String| match value {
                Some(value) => format!("{value}\n{day}"),
                None => self.t(bi("記載がありません。", "Nothing is written.")),
            };
            let at = self.day_or(measure.baseline_at, self.lang.pick("前年度末", "end of last year"));
            let by = self.day_or(measure.target_by, self.lang.pick("年度末", "end of the year"));
            let target = point(&measure.target, say!("{by}まで", "by {by}").get(self.lang).to_owned());
            let mut cells = vec![name.into(), kind.to_owned().into()];
            if past {
                cells.push(self.last_of(measure));
            }
            cells.extend([point(&measure.baseline, at).into(), "→".to_owned().into()]);
            if known {
                cells.push(self.actual_of(measure));
            }
            cells.extend([target.into(), better.to_owned().into()]);
            cells
        };
        let widths = match (past, known) {
            (true, true) => [18, 11, 15, 14, 4, 14, 13, 11],
            (true, false) => [24, 11, 17, 17, 4, 0, 16, 11],
            (false, true) => [21, 11, 0, 16, 4, 16, 16, 16],
            (false, false) => [34, 12, 0, 19, 4, 0, 17, 14],
        };
        let names = [
            bi("指標", "Measure"),
            bi("種類", "Kind"),
            bi("前年度", "Last year"),
            bi("現状値", "Baseline"),
            bi("→", "→"),
            bi("実績値", "Actual"),
            bi("目標値", "Target"),
            bi("よい方向", "Better"),
        ];
        let head = names.into_iter().zip(widths).filter(|(_, width)| *width > 0);
        Table {
            caption: None,
            head: head.map(|(name, width)| (self.t(name), width)).collect(),
            rows: goal.measures.iter().map(row).collect(),
        }
    }

    /// The newest actual, and as of when.
    fn actual_of(&self, measure: &MeasureFacts) -> Cell {
        let Some(actual) = &measure.actual else {
            return Cell { text: self.t(bi("記載なし", "none")), tone: Tone::Quiet };
        };
        match measure.actual_at.map(|day| self.day(day)) {
            Some(day) => say!("{actual}\n{day}", "{actual}\nas of {day}").get(self.lang).to_owned().into(),
            None => actual.clone().into(),
        }
    }

    /// Last year's target and actual of the same measure.
    fn last_of(&self, measure: &MeasureFacts) -> Cell {
        let Some(last) = &measure.last_year else { return String::new().into() };
        let none = || self.t(bi("記載なし", "none"));
        let target = last.target.clone().unwrap_or_else(none);
        let actual = last.actual.clone().unwrap_or_else(none);
        let text = say!("目標 {target}\n実績 {actual}", "target {target}\nactual {actual}").get(self.lang).to_owned();
        Cell { text, tone: if last.short { Tone::Half } else { Tone::Plain } }
    }

    fn budget(&self, goal: &GoalFacts) -> Table {
        let row = |entry: &crate::packet::BudgetFacts| {
            let mut start = self.day_or(entry.start, "");
            if entry.late {
                let late = self.t(bi("早期着手の目安より後", "later than early"));
                start = format!("{start}\n{late}");
            }
            if let Some(reason) = &entry.late_reason {
                start.push_str(say!("\n理由 {reason}", "\nbecause {reason}").get(self.lang));
            }
            let amount = entry.thousand_yen.map(|value| words::thousand_yen(value, self.lang)).unwrap_or_default();
            vec![entry.project.clone().into(), amount.into(), start.into()]
        };
        Table {
            caption: None,
            head: vec![
                (self.t(bi("予算事業", "Budget project")), 46),
                (self.t(bi("予算額", "Amount")), 18),
                (self.t(bi("開始", "Start")), 36),
            ],
            rows: goal.budget.iter().map(row).collect(),
        }
    }

    fn progress(&self, goal: &GoalFacts) -> Table {
        let row = |entry: &ProgressFacts| {
            let as_of = self.day_or(entry.as_of, "");
            let mut period = format!("{}\n{as_of}", entry.period.clone().unwrap_or_default());
            if entry.ahead {
                let day = self.day(self.packet.day);
                period.push_str(say!("\n（{day}より後）", "\n(after {day})").get(self.lang));
            }
            let state = entry.state.map(|state| words::choice(state).get(self.lang)).unwrap_or_default();
            let rating = entry.rating.as_ref().map(|it| say!("評価 {it}", "rating {it}").get(self.lang).to_owned());
            let state = [Some(state.to_owned()), rating].into_iter().flatten().collect::<Vec<_>>().join("\n");
            let actuals: Vec<String> = entry.actuals.iter().map(|(name, value)| format!("{name} {value}")).collect();
            let reason = entry.reason.as_ref().map(|it| say!("理由 {it}", "reason: {it}").get(self.lang).to_owned());
            let next = entry.next.as_ref().map(|it| say!("次の手 {it}", "next: {it}").get(self.lang).to_owned());
            let words = [reason, next].into_iter().flatten().collect::<Vec<_>>().join("\n");
            let tone = if entry.ahead { Tone::Quiet } else { Tone::Plain };
            let cell = |text: String| Cell { text, tone };
            vec![cell(period), cell(state), cell(actuals.join("\n")), cell(words)]
        };
        Table {
            caption: None,
            head: vec![
                (self.t(bi("進捗", "Progress")), 14),
                (self.t(bi("状態", "State")), 14),
                (self.t(bi("実績値", "Actuals")), 36),
                (self.t(bi("理由と次の手", "Reason and next step")), 36),
            ],
            rows: goal.progress.iter().map(row).collect(),
        }
    }
}
