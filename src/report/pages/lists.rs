//! The lists behind the goals: review, information, reform, viewpoints, partners, handover,
//! follow-ups.

use super::{Block, Cell, Page, Table, Tone};
use crate::coverage::CellState;
use crate::lang::bi;
use crate::packet::PartnerCheck;
use crate::say;

impl Page<'_> {
    pub(super) fn lists(&self, body: &mut Vec<Block>) {
        self.review(body);
        self.information(body);
        self.reform(body);
        self.viewpoints(body);
        self.early_start(body);
        self.partners(body);
        self.handover(body);
        self.follow_ups(body);
    }

    fn review(&self, body: &mut Vec<Block>) {
        let text = |text: &Option<String>| Cell::from(text.clone().unwrap_or_default());
        let row = |entry: &crate::packet::ReviewFacts| {
            vec![entry.subjects.join("\n").into(), text(&entry.status), text(&entry.analysis), text(&entry.remaining)]
        };
        let head = [
            (bi("対象", "About"), 19),
            (bi("状況", "Status"), 27),
            (bi("分析", "Analysis"), 30),
            (bi("残っていること", "Remaining"), 24),
        ];
        let rows = self.packet.review.iter().map(row).collect();
        self.listed(body, bi("検証・分析", "Review"), "review", &head, rows);
    }

    fn information(&self, body: &mut Vec<Block>) {
        let text = |text: &Option<String>| Cell::from(text.clone().unwrap_or_default());
        let row = |entry: &crate::packet::InformationFacts| {
            vec![
                text(&entry.source),
                self.day_or(entry.date, "").into(),
                text(&entry.finding),
                entry.goals.join("\n").into(),
            ]
        };
        let head = [
            (bi("どこから", "Source"), 26),
            (bi("日付", "Date"), 16),
            (bi("分かったこと", "Finding"), 38),
            (bi("使った目標", "Goals"), 20),
        ];
        let rows = self.packet.information.iter().map(row).collect();
        self.listed(body, bi("情報収集", "Information"), "information", &head, rows);
    }

    fn reform(&self, body: &mut Vec<Block>) {
        let text = |text: &Option<String>| Cell::from(text.clone().unwrap_or_default());
        let row = |entry: &crate::packet::ReformFacts| {
            let what = [entry.what.clone().unwrap_or_default(), self.joined(&entry.goals)].join("\n");
            vec![what.into(), text(&entry.before), text(&entry.after), text(&entry.stops)]
        };
        let head = [
            (bi("改めること", "What changes"), 30),
            (bi("今", "Before"), 24),
            (bi("改めた後", "After"), 24),
            (bi("やめる仕事", "Work that stops"), 22),
        ];
        let rows = self.packet.reform.iter().map(row).collect();
        self.listed(body, bi("業務改革", "Reform"), "reform", &head, rows);
    }

    fn viewpoints(&self, body: &mut Vec<Block>) {
        for (index, viewpoint) in self.packet.viewpoints.iter().enumerate() {
            let row = |(id, title, text): &(String, String, Option<String>)| {
                let words = match text {
                    Some(text) => Cell::from(text.clone()),
                    None => self.state(CellState::Missing),
                };
                vec![format!("{id} {title}").into(), words]
            };
            let anchor = if index == 0 { "viewpoints".to_owned() } else { format!("viewpoints-{index}") };
            body.push(self.heading(2, viewpoint.label.clone(), &anchor));
            body.push(Block::Table(Table {
                caption: None,
                head: vec![(self.t(bi("目標", "Goal")), 34), (self.t(bi("記載", "Words")), 66)],
                rows: viewpoint.goals.iter().map(row).collect(),
            }));
        }
    }

    fn partners(&self, body: &mut Vec<Block>) {
        let row = |check: &PartnerCheck| {
            let verdict = if !check.known {
                Cell {
                    text: self.t(bi("？ 相手の計画を見られません", "? their plan cannot be seen")),
                    tone: Tone::Quiet,
                }
            } else if check.unmet_ours.is_empty() && check.unmet_theirs.is_empty() {
                Cell::from(self.t(bi("○ 双方に記載", "○ both say so")))
            } else if check.unmet_ours.is_empty() {
                Cell { text: self.t(bi("× 相手だけが記載", "× only they say so")), tone: Tone::Gap }
            } else {
                Cell { text: self.t(bi("× こちらだけが記載", "× only we say so")), tone: Tone::Gap }
            };
            let side = |goals: &[String], supports: &[String]| {
                let mut lines: Vec<String> = Vec::new();
                if !goals.is_empty() {
                    lines.push(self.joined(goals));
                }
                if !supports.is_empty() {
                    let goals = self.joined(supports);
                    lines.push(say!("相手の目標 {goals} に協力", "supports {goals}").get(self.lang).to_owned());
                }
                if lines.is_empty() { self.t(bi("記載なし", "nothing")) } else { lines.join("\n") }
            };
            vec![
                check.department.clone().into(),
                side(&check.ours, &check.we_support).into(),
                side(&check.theirs, &check.they_support).into(),
                verdict,
            ]
        };
        let head = [
            (bi("相手の部", "Department"), 22),
            (bi("こちらの計画", "Our plan"), 26),
            (bi("相手の計画", "Their plan"), 26),
            (bi("突き合わせ", "Check"), 26),
        ];
        let rows = self.packet.partners.iter().map(row).collect();
        self.listed(body, bi("庁内連携（双方の計画の突き合わせ）", "Partners (both plans)"), "partners", &head, rows);
    }

    fn handover(&self, body: &mut Vec<Block>) {
        if self.packet.handover.is_empty() {
            return;
        }
        let row = |entry: &crate::packet::HandoverFacts| {
            let people = [entry.predecessor.clone(), entry.successor.clone()];
            let people = people.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" → ");
            let state = match (&entry.completed, &entry.not_needed) {
                (Some(day), _) => {
                    let day = self.day(*day);
                    say!("{day}に完了", "completed on {day}").get(self.lang).to_owned()
                }
                (None, Some(reason)) => say!("不要（{reason}）", "not needed ({reason})").get(self.lang).to_owned(),
                (None, None) => self.t(bi("完了の記載がありません", "not completed")),
            };
            let notified = entry.notified.map(|day| {
                let day = self.day(day);
                say!("{day}に内示\n", "notified on {day}\n").get(self.lang).to_owned()
            });
            let state = format!("{}{state}", notified.unwrap_or_default());
            let post = entry.post.clone().unwrap_or_default();
            vec![post.into(), people.into(), state.into(), entry.open_matters.join("\n").into()]
        };
        let head = [
            (bi("職", "Post"), 18),
            (bi("前任 → 後任", "From → to"), 22),
            (bi("状況", "State"), 27),
            (bi("残っていること", "Open matters"), 33),
        ];
        let rows = self.packet.handover.iter().map(row).collect();
        self.listed(body, bi("事務引継ぎ", "Handover"), "handover", &head, rows);
    }

    fn follow_ups(&self, body: &mut Vec<Block>) {
        let row = |entry: &crate::packet::FollowUpFacts| {
            let done = match (entry.done_on, entry.by) {
                (Some(day), _) => Cell::from(say_done(self, day)),
                (None, Some(by)) if by < self.packet.day => {
                    Cell { text: self.t(bi("× 期限を過ぎています", "× overdue")), tone: Tone::Gap }
                }
                _ => Cell::from(self.t(bi("未了", "open"))),
            };
            vec![
                entry.id.clone().into(),
                entry.what.clone().into(),
                entry.division.clone().unwrap_or_default().into(),
                self.day_or(entry.by, "").into(),
                done,
            ]
        };
        let head = [
            (bi("番号", "No."), 8),
            (bi("求められたこと", "What was asked"), 44),
            (bi("担当課", "Division"), 18),
            (bi("期限", "By"), 14),
            (bi("状況", "State"), 16),
        ];
        let rows = self.packet.follow_ups.iter().map(row).collect();
        let title = bi("宿題（面談で求められたこと）", "Follow-ups");
        self.listed(body, title, "follow-ups", &head, rows);
    }
}

fn say_done(page: &Page<'_>, day: crate::packet::Day) -> String {
    let day = page.day(day);
    say!("{day}に完了", "done on {day}").get(page.lang).to_owned()
}
