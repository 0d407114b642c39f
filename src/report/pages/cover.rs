//! The cover of a day: the order of the interviews on one page.

use super::paper::Paper;
use super::{Block, Cell, Document, Running, Table, Tone, audience};
use crate::date::city_digits;
use crate::lang::{Bi, Lang, bi};
use crate::packet::{Audience, Cover, CoverEntry, words};
use crate::say;

/// Lays out the cover of a day.
pub fn cover(cover: &Cover, lang: Lang) -> Document {
    let page = Page { cover, lang };
    let title = page.title();
    let mut right = vec![page.t(bi("取扱注意", "Handle with care"))];
    if cover.example {
        right.push(page.t(bi("記入例（架空）", "Example (fictitious)")));
    }
    right.push(audience(cover.audience).get(lang).to_owned());
    let running = Running {
        left: title.clone(),
        right: right.join(lang.pick("　", " / ")),
        foot: Paper { fiscal_year: cover.fiscal_year, lang }.version(&cover.provenance),
    };
    Document { lang, title, running, front: page.front(), body: Vec::new(), body_pages: None }
}

struct Page<'c> {
    cover: &'c Cover,
    lang: Lang,
}

impl Page<'_> {
    fn t(&self, text: Bi) -> String {
        text.get(self.lang).to_owned()
    }

    fn title(&self) -> String {
        let day = words::weekday(self.cover.fiscal_year, self.cover.on.0, self.lang);
        let year = crate::date::FiscalYear(self.cover.fiscal_year).ja();
        let number = self.cover.fiscal_year;
        say!("{day}の面談　{year} 運営方針・組織目標", "Interviews of {day}, fiscal year {number}")
            .get(self.lang)
            .to_owned()
    }

    fn front(&self) -> Vec<Block> {
        let anchor = Some("top".to_owned());
        let mut blocks = vec![Block::Heading { level: 1, text: self.title(), anchor, badge: None }];
        blocks.push(Block::Lead(self.t(bi("この日の面談", "This day")), self.summary()));
        blocks.push(self.table());
        let requests = self.listed(|entry| entry.requests.iter().map(|it| (it.what.clone(), it.by)).collect());
        self.list(&mut blocks, bi("部が判断を求めること", "Decisions that departments want"), requests);
        let open = self.listed(|entry| entry.follow_ups.iter().map(|it| (it.what.clone(), it.by)).collect());
        self.list(&mut blocks, bi("前の面談からの宿題（未了）", "Follow-ups still open"), open);
        if self.cover.audience == Audience::Interviewer {
            blocks.push(Block::Notes(self.t(bi("メモ", "Notes"))));
        }
        blocks
    }

    fn summary(&self) -> String {
        let count = self.cover.entries.len();
        let minutes: u32 = self.cover.entries.iter().filter_map(|it| it.interview.minutes).map(u32::from).sum();
        let missing: usize = distinct(&self.cover.entries).iter().map(|entry| entry.counts.missing).sum();
        let (many, long) = (city_digits(u32::try_from(count).unwrap_or(u32::MAX)), city_digits(minutes));
        say!(
            "{many}件、合わせて{long}分。未記載 {missing}。",
            "{count} interviews, {minutes} minutes in all; missing {missing}."
        )
        .get(self.lang)
        .to_owned()
    }

    fn table(&self) -> Block {
        let head = [
            (bi("時刻", "Time"), 12),
            (bi("部等（出席）", "Department (attending)"), 21),
            (bi("面談者・場所", "Interviewer, place"), 15),
            (bi("記載", "Answers"), 13),
            (bi("はじめにお尋ねいただきたいこと", "First question"), 39),
        ];
        Block::Table(Table {
            caption: None,
            head: head.iter().map(|(name, width)| (self.t(*name), *width)).collect(),
            rows: self.cover.entries.iter().map(|entry| self.row(entry)).collect(),
        })
    }

    fn row(&self, entry: &CoverEntry) -> Vec<Cell> {
        let slot = &entry.interview;
        let mut time = vec![self.lang.pick(&slot.clock_ja, &slot.clock).clone().unwrap_or_default()];
        time.extend(slot.minutes.map(|it| say!("{it}分間", "{it} minutes").get(self.lang).to_owned()));
        time.extend(slot.held.map(|_| self.t(bi("実施済み", "held"))));
        let mut who = vec![entry.department.name.clone()];
        who.extend(slot.division.clone());
        let attending = slot.attendees.join(self.lang.pick("、", ", "));
        if !attending.is_empty() {
            who.push(self.lang.pick(format!("（{attending}）"), format!("({attending})")));
        }
        let mut with = Vec::new();
        with.extend(slot.interviewer.as_ref().map(|name| match slot.substitute {
            true => say!("{name}（代理）", "{name} (substitute)").get(self.lang).to_owned(),
            false => name.clone(),
        }));
        with.extend(slot.place.clone());
        vec![time.join("\n").into(), who.join("\n").into(), with.join("\n").into(), self.state(entry), self.ask(entry)]
    }

    /// What is lacking; only where nothing is, how much is there.
    fn state(&self, entry: &CoverEntry) -> Cell {
        let counts = &entry.counts;
        if matches!(entry.plan_state, "missing" | "unreadable" | "draft") {
            let text = words::choice(entry.plan_state).get(self.lang).to_owned();
            return Cell { text, tone: Tone::Gap };
        }
        let mut lines = Vec::new();
        for (name, count) in [
            (bi("未記載", "missing"), counts.missing),
            (bi("一部記載", "partial"), counts.partial),
            (bi("読取不可", "unreadable"), counts.unreadable),
        ] {
            if count > 0 {
                lines.push(format!("{} {count}", name.get(self.lang)));
            }
        }
        let tone = match (counts.missing, lines.is_empty()) {
            (0, true) => Tone::Plain,
            (0, false) => Tone::Half,
            _ => Tone::Gap,
        };
        if lines.is_empty() {
            lines.push(self.t(bi("記載あり", "answered")));
        }
        lines.push(format!("{}/{}", counts.answered, counts.required));
        Cell { text: lines.join("\n"), tone }
    }

    fn ask(&self, entry: &CoverEntry) -> Cell {
        let Some(first) = entry.questions.first() else { return String::new().into() };
        let rest = entry.questions.len() - 1;
        let more = match rest {
            0 => String::new(),
            _ => say!("\nほか {rest}問", "\nand {rest} more").get(self.lang).to_owned(),
        };
        format!("{}{more}", first.reason).into()
    }

    fn listed(&self, of: impl Fn(&CoverEntry) -> Vec<(String, Option<crate::packet::Day>)>) -> Vec<String> {
        let mut lines = Vec::new();
        for entry in distinct(&self.cover.entries) {
            for (what, by) in of(entry) {
                let name = &entry.department.name;
                let by = by.map(|day| words::day(self.cover.fiscal_year, day, self.lang));
                let line = match by {
                    Some(by) => say!("{name}　{what}（期限\u{A0}{by}）", "{name}: {what} (by {by})"),
                    None => say!("{name}　{what}", "{name}: {what}"),
                };
                lines.push(line.get(self.lang).to_owned());
            }
        }
        lines
    }

    fn list(&self, blocks: &mut Vec<Block>, title: Bi, lines: Vec<String>) {
        if !lines.is_empty() {
            let heading = Block::Heading { level: 2, text: self.t(title), anchor: None, badge: None };
            blocks.push(Block::Keep(vec![heading, Block::List(lines)]));
        }
    }
}

/// Each department once, though a division of it may be interviewed on its own.
fn distinct(entries: &[CoverEntry]) -> Vec<&CoverEntry> {
    let mut kept: Vec<&CoverEntry> = Vec::new();
    for entry in entries {
        if !kept.iter().any(|other| other.department.id == entry.department.id) {
            kept.push(entry);
        }
    }
    kept
}
