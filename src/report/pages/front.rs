//! Page one: the interview can be run from it alone.

use super::{Asked, Block, Page, Tone};
use crate::lang::bi;
use crate::packet::{Audience, InterviewFacts, Question, words};
use crate::say;

impl Page<'_> {
    pub(super) fn front(&self) -> Vec<Block> {
        let packet = self.packet;
        let mut blocks =
            vec![Block::Heading { level: 1, text: self.title(), anchor: Some("top".to_owned()), badge: None }];
        blocks.push(Block::Fields(self.interview_fields()));
        match packet.plan.state {
            "missing" => {
                blocks.push(Block::Warning(self.t(bi("計画が提出されていません。", "No plan has been handed in."))))
            }
            "unreadable" => blocks.push(Block::Warning(self.t(bi(
                "計画のファイルを読み取れません。読取不可は未記載とは限りません。",
                "The plan's file cannot be read. Unreadable does not mean missing.",
            )))),
            "draft" => blocks.push(Block::Warning(self.t(bi("この計画は下書きです。", "This plan is a draft.")))),
            _ => {}
        }
        if let Some(mission) = &packet.mission {
            blocks.push(Block::Lead(self.t(bi("ひと言で言うと", "In a sentence")), mission.clone()));
        }
        blocks.push(self.counts());
        blocks.push(self.questions());
        blocks.extend(self.not_asked());
        self.wanted(&mut blocks);
        self.when_something_happens(&mut blocks);
        blocks.push(Block::Lead(self.t(bi("進め方", "Time plan")), self.time_plan()));
        if packet.audience == Audience::Interviewer {
            blocks.push(Block::Notes(self.t(bi("メモ・面談で求めたこと（宿題）", "Notes and follow-ups asked for"))));
            blocks.push(Block::Sign(vec![
                self.t(bi("面談日", "Date")),
                self.t(bi("面談者 署名", "Interviewer's signature")),
            ]));
        }
        blocks
    }

    fn interview_fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for slot in &self.packet.interviews {
            let name = match &slot.division {
                Some(division) => say!("面談（{division}）", "Interview ({division})").get(self.lang).to_owned(),
                None => self.t(bi("面談", "Interview")),
            };
            fields.push((name, self.slot(slot)));
        }
        if fields.is_empty() {
            let none = bi("日程が決まっていません。", "No slot has been set.");
            fields.push((self.t(bi("面談", "Interview")), self.t(none)));
        }
        let plan = &self.packet.plan;
        let signer = |signer: &crate::packet::SignerFacts| {
            [signer.post.clone(), signer.name.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let signers: Vec<String> = plan.signers.iter().filter(|it| it.until.is_none()).map(signer).collect();
        let mut document = vec![words::choice(plan.status.unwrap_or(plan.state)).get(self.lang).to_owned()];
        if let Some(day) = plan.submitted.or(plan.written) {
            document[0] = format!("{} {}", self.day(day), document[0]);
        }
        let since = self.packet.since_submission.as_ref().map_or(0, |since| since.changes.len());
        if since > 0 {
            let words = say!("（提出後に{since}か所変更）", " ({since} changes since)");
            document[0].push_str(words.get(self.lang));
        }
        document.extend(signers);
        document.extend(self.packet.department.body.clone());
        fields.push((self.t(bi("計画", "Plan")), document.join(self.lang.pick("　", ", "))));
        fields.extend(self.standing_of_goals().map(|words| (self.t(bi("目標", "Goals")), words)));
        fields
    }

    fn slot(&self, slot: &InterviewFacts) -> String {
        let mut parts = Vec::new();
        if let Some(day) = slot.day {
            let clock = self.lang.pick(&slot.clock_ja, &slot.clock).clone().unwrap_or_default();
            let gap = self.lang.pick("", " ");
            parts.push(format!("{}{gap}{clock}", words::weekday(self.packet.fiscal_year, day.0, self.lang)));
        }
        if let Some(minutes) = slot.minutes {
            parts.push(say!("{minutes}分間", "{minutes} minutes").get(self.lang).to_owned());
        }
        parts.extend(slot.place.clone());
        if let Some(interviewer) = &slot.interviewer {
            let words = say!("面談者 {interviewer}", "interviewer {interviewer}");
            let substitute = if slot.substitute { self.t(bi("（代理）", " (substitute)")) } else { String::new() };
            parts.push(format!("{}{substitute}", words.get(self.lang)));
        }
        if !slot.attendees.is_empty() {
            let attendees = self.joined(&slot.attendees);
            parts.push(say!("出席 {attendees}", "attending {attendees}").get(self.lang).to_owned());
        }
        if let Some(held) = slot.held {
            let held = self.day(held);
            parts.push(say!("{held}に実施", "held on {held}").get(self.lang).to_owned());
        }
        parts.join(self.lang.pick("　", ", "))
    }

    fn counts(&self) -> Block {
        let counts = &self.packet.counts;
        let loud = |count: usize, tone: Tone| if count > 0 { tone } else { Tone::Quiet };
        let mut all = vec![
            (self.t(bi("記載あり", "Answered")), counts.answered, Tone::Plain),
            (self.t(bi("一部記載", "Partial")), counts.partial, loud(counts.partial, Tone::Half)),
            (self.t(bi("非該当", "Declined")), counts.declined, Tone::Quiet),
            (self.t(bi("未記載", "Missing")), counts.missing, loud(counts.missing, Tone::Gap)),
        ];
        if counts.unreadable > 0 {
            all.push((self.t(bi("読取不可", "Unreadable")), counts.unreadable, Tone::Half));
        }
        Block::Counts(all)
    }

    fn questions(&self) -> Block {
        let notes = self.packet.audience == Audience::Interviewer;
        let asked = |question: &Question| Asked {
            reason: question.reason.clone(),
            ask: question.ask.clone(),
            about: self.about(question, !notes),
        };
        let list = self.packet.questions.iter().map(asked).collect();
        let heading = self.t(if notes {
            bi("お尋ねいただきたいこと", "Questions to ask")
        } else {
            bi("面談で聞かれること", "What you will be asked")
        });
        Block::Questions { heading, list, notes }
    }

    /// Gaps that no question is about.
    fn not_asked(&self) -> Option<Block> {
        let asked: Vec<&String> =
            self.packet.questions.iter().flat_map(|question| question.items.iter().map(|item| &item.id)).collect();
        let left = self.packet.gaps.iter().filter(|gap| !asked.contains(&&gap.item.id));
        let left: Vec<String> = left.map(|gap| gap.item.printed.clone()).collect();
        // Without a plan, all that is missing is one question.
        if left.is_empty() || self.packet.plan.state == "missing" || self.packet.plan.state == "unreadable" {
            return None;
        }
        let items = self.joined(&left);
        let text = say!("ほかに記載の足りない項目　{items}", "Other gaps: {items}");
        Some(Block::Para(text.get(self.lang).to_owned()))
    }

    fn about(&self, question: &Question, place: bool) -> String {
        let mut parts = Vec::new();
        if !question.items.is_empty() {
            let items: Vec<String> = question.items.iter().map(|item| item.printed.clone()).collect();
            let items = self.joined(&items);
            parts.push(say!("項目 {items}", "items {items}").get(self.lang).to_owned());
        }
        if !question.goals.is_empty() {
            let goals = self.goals_asked(&question.goals);
            parts.push(say!("目標 {goals}", "goals {goals}").get(self.lang).to_owned());
        }
        if let Some(place) = question.place.as_ref().filter(|_| place) {
            let (path, line) = (&place.path, place.line);
            parts.push(say!("直す場所 {path}:{line}", "where to mend {path}:{line}").get(self.lang).to_owned());
        }
        parts.join(self.lang.pick("　", "; "))
    }

    /// One goal with its title; of more, the ids.
    fn goals_asked(&self, ids: &[String]) -> String {
        const MOST: usize = 22;
        let title = match ids {
            [id] => self.packet.goals.iter().find(|goal| goal.id == *id).map(|goal| goal.title.as_str()),
            _ => None,
        };
        match title.filter(|title| !title.is_empty() && !crate::model::has_placeholder(title)) {
            Some(title) if title.chars().count() > MOST => {
                format!("{} {}…", ids.concat(), title.chars().take(MOST).collect::<String>())
            }
            Some(title) => format!("{} {title}", ids.concat()),
            None => self.joined(ids),
        }
    }

    fn wanted(&self, blocks: &mut Vec<Block>) {
        if self.packet.requests.is_empty() {
            return;
        }
        let text = self.t(bi("部が判断を求めること", "Decisions that the department wants"));
        let entry = |request: &crate::packet::RequestFacts| match request.by {
            Some(day) => {
                let (what, day) = (&request.what, self.day(day));
                say!("{what}（期限\u{A0}{day}）", "{what} (by {day})").get(self.lang).to_owned()
            }
            None => request.what.clone(),
        };
        let list = self.packet.requests.iter().map(entry).collect();
        blocks.push(Block::Keep(vec![Block::Heading { level: 2, text, anchor: None, badge: None }, Block::List(list)]));
    }

    fn when_something_happens(&self, blocks: &mut Vec<Block>) {
        if self.packet.standing.is_empty() {
            return;
        }
        let text = self.t(bi("発生時対応（常に守ること）", "Standing instructions"));
        let entry = |standing: &crate::packet::Standing| {
            let (mark, quote) = (&standing.item.printed, &standing.quote);
            let contact = self.joined(&standing.contact);
            if contact.is_empty() {
                format!("{mark} {quote}")
            } else {
                say!("{mark} {quote}（連絡先 {contact}）", "{mark} {quote} (contact: {contact})")
                    .get(self.lang)
                    .to_owned()
            }
        };
        let list = self.packet.standing.iter().map(entry).collect();
        blocks.push(Block::Keep(vec![Block::Heading { level: 2, text, anchor: None, badge: None }, Block::List(list)]));
    }

    fn time_plan(&self) -> String {
        let plan = &self.packet.time_plan;
        let (explanation, questions, follow_ups) = (plan.explanation, plan.questions, plan.follow_ups);
        say!(
            "部の説明 {explanation}分、質疑 {questions}分、宿題の確認 {follow_ups}分",
            "department {explanation} min, questions {questions} min, follow-ups {follow_ups} min"
        )
        .get(self.lang)
        .to_owned()
    }
}
