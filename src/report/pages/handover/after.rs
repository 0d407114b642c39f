//! The days ahead, what changed and why, the checklist, what comes next.

use super::{NEXT, Page};
use crate::date::city_digits;
use crate::handover::{Change, DateAhead, DateKind, Step, When};
use crate::lang::{Bi, Lang, bi};
use crate::packet::Day;
use crate::report::pages::{Block, Cell};
use crate::say;

/// Changes shown; the paper has three pages, the history all of them.
const MOST_CHANGES: usize = 8;

impl Page<'_> {
    /// One row a month, one line a day.
    pub(super) fn dates(&self, body: &mut Vec<Block>) {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let all = &self.handover.dates;
        let month = |date: &DateAhead| (date.day.0.year, date.day.0.month);
        for same in all.chunk_by(|one, other| month(one) == month(other)) {
            let Some(first) = same.first() else { continue };
            let lines: Vec<String> =
                same.chunk_by(|one, other| one.day == other.day).map(|day| self.day_ahead(day)).collect();
            rows.push(vec![self.month(first.day).into(), lines.join("\n").into()]);
        }
        let head = [(bi("月", "Month"), 12), (bi("すること", "What is due"), 88)];
        self.listed(body, bi("これからの期日", "Days ahead"), "dates", &head, rows);
    }

    /// `９月`, with its year outside the fiscal year.
    fn month(&self, day: Day) -> String {
        match self.lang {
            Lang::En => format!("{:04}-{:02}", day.0.year, day.0.month),
            Lang::Ja => {
                let words = self.day(day);
                words.find('月').map_or(words.clone(), |at| words[..at + '月'.len_utf8()].to_owned())
            }
        }
    }

    /// What is due on a day, after its number.
    fn day_ahead(&self, dates: &[DateAhead]) -> String {
        let kinds: Vec<String> =
            dates.chunk_by(|one, other| one.kind == other.kind).map(|alike| self.due(alike)).collect();
        let number = dates.first().map(|date| u32::from(date.day.0.day)).unwrap_or_default();
        let words = kinds.join(self.lang.pick("　", "; "));
        self.lang.pick(format!("{}日　{words}", city_digits(number)), format!("{number:02}  {words}"))
    }

    /// What is due on a day, of one kind.
    fn due(&self, dates: &[DateAhead]) -> String {
        let kind = dates.first().map(|date| date.kind);
        // Targets stand beside their goals already.
        if kind == Some(DateKind::Target) {
            let mut goals: Vec<String> = dates.iter().filter_map(|date| date.goal.clone()).collect();
            goals.dedup();
            let goals = self.joined(&goals);
            return say!("目標値の期限 {goals}", "targets due: {goals}").get(self.lang).to_owned();
        }
        let name = match kind {
            Some(DateKind::Interview) => bi("面談", "interview"),
            Some(DateKind::FollowUp) => bi("宿題", "follow-up"),
            Some(DateKind::Request) => bi("判断の期限", "decision wanted"),
            Some(DateKind::Budget) => bi("予算事業の開始", "budget project begins"),
            Some(DateKind::Progress) => bi("進捗の記入期限", "progress due"),
            _ => bi("", ""),
        };
        let entry = |date: &DateAhead| {
            [date.goal.clone(), Some(date.what.clone())].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let entries: Vec<String> = dates.iter().map(entry).collect();
        let words = entries.join(self.lang.pick("　", "; "));
        if name.ja.is_empty() { words } else { format!("{} {words}", self.t(name)) }
    }

    pub(super) fn past(&self, body: &mut Vec<Block>) {
        let past = &self.handover.past;
        let title = bi("年度内の変更とその理由", "What changed, and why");
        if past.changes.is_empty() {
            let why = if past.in_git {
                bi("この計画の変更は、まだコミットされていません。", "No change of this plan has been committed yet.")
            } else {
                bi(
                    "git 管理外のため、変更とその理由の記録がありません。",
                    "The folder is not kept in git, so nothing tells what changed and why.",
                )
            };
            body.push(Block::Keep(vec![self.heading(2, self.t(title), "changes"), Block::Para(self.t(why))]));
            return;
        }
        let row = |change: &Change| {
            vec![
                self.day(change.date).into(),
                change.subject.clone().into(),
                change.touched.join(self.lang.pick("、", ", ")).into(),
            ]
        };
        let head = [
            (bi("日", "Day"), 16),
            (bi("理由（変更の説明）", "Why (as committed)"), 36),
            (bi("変わった所", "What changed"), 48),
        ];
        let rows = past.changes.iter().take(MOST_CHANGES).map(row).collect();
        self.listed(body, title, "changes", &head, rows);
        let mut notes = Vec::new();
        let more = past.changes.len().saturating_sub(MOST_CHANGES);
        if more > 0 {
            notes.push(
                say!("これより前に {more}件の変更があります。", "{more} earlier changes.").get(self.lang).to_owned(),
            );
        }
        if past.partial {
            notes.push(self.t(bi(
                "履歴が途中までしか取得されていないため、それより前は含みません。",
                "Only a part of the history was fetched; what came before is not shown.",
            )));
        }
        if past.uncommitted {
            notes.push(self.t(bi(
                "コミットしていない変更があり、その理由は記録されていません。",
                "There are changes not committed; nothing tells why.",
            )));
        }
        if !notes.is_empty() {
            body.push(Block::Note(notes.join("\n")));
        }
    }

    pub(super) fn checklist(&self, body: &mut Vec<Block>) {
        let mut rows = Vec::new();
        for same in self.handover.checklist.chunk_by(|one, other| one.when == other.when) {
            let Some(first) = same.first() else { continue };
            let steps: Vec<String> = same.iter().map(|step: &Step| format!("□ {}", step.what)).collect();
            let day = first.day.map(|day| format!("\n{}", self.day(day))).unwrap_or_default();
            rows.push(vec![format!("{}{day}", self.t(when(first.when))).into(), steps.join("\n").into()]);
        }
        let head = [(bi("いつ", "When"), 16), (bi("確かめること", "What to see to"), 84)];
        self.listed(body, bi("内示から発令までの確認", "From notice to appointment"), "checklist", &head, rows);
    }

    pub(super) fn close(&self, body: &mut Vec<Block>) {
        let heading = self.heading(2, self.t(bi("次にすること", "What to do next")), "next");
        body.push(Block::Keep(vec![heading, Block::Para(self.t(NEXT))]));
    }
}

fn when(when: When) -> Bi {
    match when {
        When::Notice => bi("内示", "Notice"),
        When::Between => bi("発令まで", "Until then"),
        When::Appointment => bi("発令", "Appointment"),
    }
}
