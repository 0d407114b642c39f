//! Page one: who hands over, what is not reached, what is open, the checklist.

use super::Page;
use crate::handover::{GoalState, OpenMatter, Record, Source};
use crate::lang::bi;
use crate::nearest::fold;
use crate::packet::words;
use crate::report::pages::{Block, Tone};
use crate::say;

impl Page<'_> {
    pub(super) fn front(&self) -> Vec<Block> {
        let title = Block::Heading { level: 1, text: self.title(), anchor: Some("top".to_owned()), badge: None };
        let mut blocks = vec![title, Block::Fields(self.fields())];
        match self.handover.plan.state {
            "missing" => blocks.push(Block::Warning(self.t(bi(
                "計画のファイルがありません。計画からの引継ぎはできません。",
                "There is no plan; nothing can be handed over from it.",
            )))),
            "unreadable" => blocks.push(Block::Warning(self.t(bi(
                "計画のファイルを読み取れません。kpolicy check で、直す所が分かります。",
                "The plan's file cannot be read; kpolicy check tells what to mend.",
            )))),
            "draft" => blocks.push(Block::Warning(self.t(bi("この計画は下書きです。", "This plan is a draft.")))),
            _ => {}
        }
        if let Some(mission) = &self.handover.mission {
            blocks.push(Block::Lead(self.t(bi("ひと言で言うと", "In a sentence")), mission.clone()));
        }
        blocks.push(self.counts());
        if !self.handover.goals.is_empty() {
            self.unmet(&mut blocks);
        }
        self.open(&mut blocks);
        self.checklist(&mut blocks);
        blocks
    }

    fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut told: Vec<String> = Vec::new();
        for record in &self.handover.records {
            told.extend(record.post.as_deref().map(fold));
            let post = record.post.clone().unwrap_or_else(|| self.t(bi("引継ぎ", "Handover")));
            fields.push((post, self.record(record)));
        }
        for post in self.handover.posts.iter().filter(|post| !told.contains(&fold(post))) {
            fields.push((post.clone(), self.t(bi("引継ぎの記録はありません。", "No handover is recorded."))));
        }
        let plan = &self.handover.plan;
        let mut words = vec![words::choice(plan.status.unwrap_or(plan.state)).get(self.lang).to_owned()];
        if let Some(day) = plan.submitted.or(plan.written) {
            words[0] = format!("{} {}", self.day(day), words[0]);
        }
        // Who is still to come has no name yet.
        let in_office = |since: Option<crate::packet::Day>| since.is_none_or(|since| since <= self.handover.day);
        for signer in plan.signers.iter().filter(|it| it.until.is_none() && in_office(it.since)) {
            let signer = [signer.post.clone(), signer.name.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
            words.extend((!signer.is_empty()).then_some(signer));
        }
        fields.push((self.t(bi("計画", "Plan")), words.join(self.lang.pick("　", ", "))));
        fields
    }

    fn record(&self, record: &Record) -> String {
        let mut parts = Vec::new();
        if record.predecessor.is_some() || record.successor.is_some() {
            let name = |name: &Option<String>| name.clone().unwrap_or_else(|| self.t(bi("（空欄）", "(blank)")));
            let (from, to) = (name(&record.predecessor), name(&record.successor));
            parts.push(say!("前任 {from} → 後任 {to}", "from {from} to {to}").get(self.lang).to_owned());
        } else if record.withheld {
            parts.push(self.t(bi("氏名は発令の後に載せます", "names follow after the appointment")));
        }
        let day = |day: Option<crate::packet::Day>, ja: &str, en: &str| {
            day.map(|day| self.lang.pick(format!("{}{ja}", self.day(day)), format!("{en} {}", self.day(day))))
        };
        parts.extend(day(record.notified, "に内示", "notice on"));
        parts.extend(day(record.appointed, "に発令", "appointment on"));
        parts.push(match (record.completed, &record.not_needed) {
            (Some(completed), _) => {
                let day = self.day(completed);
                say!("引継ぎは{day}に完了", "handover complete on {day}").get(self.lang).to_owned()
            }
            (None, Some(reason)) => {
                say!("引継ぎは不要（{reason}）", "no handover needed ({reason})").get(self.lang).to_owned()
            }
            (None, None) => self.t(bi("引継ぎの完了は未記入", "handover not complete yet")),
        });
        parts.join(self.lang.pick("　", ", "))
    }

    /// How many goals stand where, and how much is open.
    fn counts(&self) -> Block {
        let mut counts = vec![(self.t(bi("目標", "Goals")), self.handover.goals.len(), Tone::Plain)];
        let unmet = self.handover.goals.iter().filter(|goal| goal.unmet).count();
        let silent = self.handover.goals.iter().filter(|goal| goal.last.is_none()).count();
        let loud = |count: usize, tone: Tone| if count > 0 { tone } else { Tone::Quiet };
        counts.push((self.t(bi("届いていない目標", "Not reached")), unmet, loud(unmet, Tone::Gap)));
        counts.push((self.t(bi("進捗の記録なし", "No progress told")), silent, loud(silent, Tone::Half)));
        let open = self.handover.open_matters.len();
        counts.push((self.t(bi("残っていること", "Open matters")), open, loud(open, Tone::Half)));
        let missing = self.handover.counts.missing;
        counts.push((self.t(bi("未記載の項目", "Items missing")), missing, loud(missing, Tone::Gap)));
        Block::Counts(counts)
    }

    fn unmet(&self, blocks: &mut Vec<Block>) {
        let heading = self.heading(2, self.t(bi("届いていない目標", "Goals not reached")), "unmet");
        let list: Vec<String> =
            self.handover.goals.iter().filter(|goal| goal.unmet).map(|goal| self.unmet_goal(goal)).collect();
        let rest = if list.is_empty() {
            Block::Para(self.t(bi(
                "遅れ、未達成、中止と記された目標はありません。",
                "No goal is said to be behind, unmet or stopped.",
            )))
        } else {
            Block::List(list)
        };
        blocks.push(Block::Keep(vec![heading, rest]));
    }

    fn unmet_goal(&self, state: &GoalState) -> String {
        let goal = &state.goal;
        let Some(last) = state.last.and_then(|index| goal.progress.get(index)) else { return String::new() };
        let mut parts = vec![format!("{} {}　{}", goal.id, goal.title, self.progress_head(last))];
        parts.extend(last.reason.as_ref().map(|it| say!("理由 {it}", "reason: {it}").get(self.lang).to_owned()));
        parts.extend(last.next.as_ref().map(|it| say!("次の手 {it}", "next: {it}").get(self.lang).to_owned()));
        parts.join(self.lang.pick("　", "; "))
    }

    /// `遅れ（９月30日、評価 B）`
    pub(super) fn progress_head(&self, last: &crate::packet::ProgressFacts) -> String {
        let state = last.state.map(|state| words::choice(state).get(self.lang)).unwrap_or_default();
        let mut parts: Vec<String> = Vec::new();
        parts.extend(last.as_of.map(|day| self.day(day)).or_else(|| last.period.clone()));
        parts.extend(last.rating.as_ref().map(|it| say!("評価 {it}", "rating {it}").get(self.lang).to_owned()));
        if parts.is_empty() {
            return state.to_owned();
        }
        let parts = self.joined(&parts);
        say!("{state}（{parts}）", "{state} ({parts})").get(self.lang).to_owned()
    }

    fn open(&self, blocks: &mut Vec<Block>) {
        blocks.push(self.heading(2, self.t(bi("残っていること", "Open matters")), "open"));
        if self.handover.open_matters.is_empty() {
            blocks.push(Block::Para(self.t(bi("記載がありません。", "Nothing is written."))));
        }
        for (source, title) in [
            (Source::Handover, bi("前任者からの引継ぎ事項", "From the predecessor")),
            (Source::FollowUp, bi("宿題（面談で求められたこと）", "Asked for at the interview")),
            (Source::Request, bi("判断を求めたこと", "Decisions wanted")),
            (Source::Review, bi("検証・分析で残ったこと", "What the review leaves")),
        ] {
            let matters = self.handover.open_matters.iter().filter(|matter| matter.source == source);
            let list: Vec<String> = matters.map(|matter| self.matter(matter)).collect();
            if !list.is_empty() {
                let heading = Block::Heading { level: 4, text: self.t(title), anchor: None, badge: None };
                blocks.push(Block::Keep(vec![heading, Block::List(list)]));
            }
        }
    }

    fn matter(&self, matter: &OpenMatter) -> String {
        let what = self.until(&matter.what, matter.by, matter.overdue);
        // The post is on top already where there is but one.
        let post = matter.source == Source::Handover && self.handover.posts.len() < 2;
        if post || matter.about.is_empty() {
            return what;
        }
        let about = self.joined(&matter.about);
        say!("{about}　{what}", "{about}: {what}").get(self.lang).to_owned()
    }
}
