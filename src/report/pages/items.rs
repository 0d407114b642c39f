//! The memo item by item, as the city itself printed it: the item quoted, 【部の方針】, the goals
//! that answer it.

use super::{Block, Cell, Page, Table, Tone};
use crate::lang::bi;
use crate::packet::{DeclineFacts, ItemFacts, ItemRef, LeafFacts, ResponseFacts, Where, words};
use crate::say;

impl Page<'_> {
    pub(super) fn direction(&self, body: &mut Vec<Block>) {
        body.push(self.heading(2, self.t(bi("運営方針", "Direction")), "direction"));
        if let Some(mission) = &self.packet.mission {
            body.push(Block::Lead(self.t(bi("使命", "Mission")), mission.clone()));
        }
        let none = || self.t(bi("記載がありません。", "Nothing is written."));
        body.push(Block::Para(self.packet.direction.clone().filter(|text| !text.is_empty()).unwrap_or_else(none)));
        if !self.packet.extra.is_empty() {
            body.push(Block::Fields(
                self.packet.extra.iter().map(|entry| (entry.name.clone(), entry.value.clone())).collect(),
            ));
        }
    }

    pub(super) fn items(&self, body: &mut Vec<Block>) {
        let title = bi("基本方針の項目と部の方針", "The memo's items and the answers");
        body.push(self.heading(2, self.t(title), "items"));
        for section in &self.packet.sections {
            let text = match &section.mark {
                Some(mark) => format!("{mark}　{}", section.heading),
                None => section.heading.clone(),
            };
            body.push(Block::Heading { level: 3, text, anchor: None, badge: None });
            for item in &section.items {
                self.item(item, body);
            }
        }
        if !self.packet.other_responses.is_empty() {
            let text = self.t(bi("その他の部の方針（応える項目が見当たりません）", "Other responses (no item found)"));
            body.push(Block::Heading { level: 3, text, anchor: None, badge: None });
            for response in &self.packet.other_responses {
                body.push(self.response(response));
            }
        }
        for decline in &self.packet.other_declines {
            body.push(Block::Note(self.decline(decline)));
        }
    }

    fn item(&self, item: &ItemFacts, body: &mut Vec<Block>) {
        let mark = item.mark.as_ref().map_or_else(|| item.item.printed.clone(), Clone::clone);
        let standing =
            item.standing.then(|| Cell { text: self.t(bi("発生時対応", "standing")), tone: Tone::Quiet });
        let badge = standing.unwrap_or_else(|| self.state(item.state.0));
        let text = format!("{mark} {}", item.short);
        let mut head = vec![
            Block::Heading { level: 4, text, anchor: Some(format!("item-{}", item.item.id)), badge: Some(badge) },
            Block::Quote(item.mark.as_ref().map_or_else(|| item.text.clone(), |mark| format!("{mark} {}", item.text))),
        ];
        if let Some(day) = item.amended {
            let day = self.day(day);
            let words = say!("この項目の文言は{day}に改まりました。", "The wording of this item changed on {day}.");
            head.push(Block::Note(words.get(self.lang).to_owned()));
        }
        if let Some(day) = item.withdrawn {
            let day = self.day(day);
            let words = say!("この項目は{day}に取り消されました。", "This item was withdrawn on {day}.");
            head.push(Block::Note(words.get(self.lang).to_owned()));
        }
        body.push(Block::Keep(head));
        if item.leaves.len() > 1 || item.leaves.iter().any(|leaf| leaf.letter.is_some()) {
            body.push(Block::Table(self.clauses(&item.leaves)));
        }
        for leaf in item.leaves.iter().filter(|leaf| leaf.letter.is_none()) {
            body.extend(leaf.answered_in.map(|place| self.pointer(place)));
            if leaf.stale {
                body.push(Block::Warning(self.stale()));
            }
        }
        for response in &item.responses {
            body.push(self.response(response));
        }
        for decline in &item.declines {
            body.push(Block::Note(self.decline(decline)));
        }
        if !item.goals.is_empty() {
            let goals = item.goals.iter().map(|(id, title)| format!("{id} {title}")).collect();
            body.push(Block::Fields(vec![(self.t(bi("応える目標", "Goals")), self.lines(goals))]));
        }
    }

    fn lines(&self, list: Vec<String>) -> String {
        list.join("\n")
    }

    fn stale(&self) -> String {
        self.t(bi("要再確認（項目の文言が改まったため）", "Needs another look: the wording changed"))
    }

    fn clauses(&self, leaves: &[LeafFacts]) -> Table {
        let row = |leaf: &LeafFacts| {
            let letter = leaf.letter.map(String::from).unwrap_or_default();
            let mut place = leaf.answered_in.map(|place| words::answered_in(place).get(self.lang).to_owned());
            if leaf.standing {
                place = None;
            }
            let mut state = if leaf.standing {
                Cell { text: self.t(bi("発生時対応", "standing")), tone: Tone::Quiet }
            } else {
                self.state(leaf.state.0)
            };
            if leaf.stale {
                state.text = format!("{}\n{}", state.text, self.stale());
            }
            if let Some(place) = place {
                state.text = format!("{}\n→ {place}", state.text);
            }
            vec![letter.into(), leaf.quote.clone().unwrap_or_default().into(), state]
        };
        Table {
            caption: None,
            head: vec![
                (self.t(bi("部分", "Clause")), 8),
                (self.t(bi("求めていること", "What is asked")), 67),
                (self.t(bi("記載状況", "State")), 25),
            ],
            rows: leaves.iter().map(row).collect(),
        }
    }

    fn pointer(&self, place: Where) -> Block {
        let anchor = match place {
            Where::Direction => "direction",
            Where::Review => "review",
            Where::Information => "information",
            Where::Reform => "reform",
            Where::Viewpoint => "viewpoints",
            Where::Submission => "top",
            Where::Handover => "handover",
        };
        let name = words::answered_in(place).get(self.lang);
        let text = say!("→ 「{name}」で応えます", "→ answered by: {name}").get(self.lang).to_owned();
        Block::Pointer(text, anchor.to_owned())
    }

    fn printed(&self, items: &[ItemRef]) -> String {
        let printed: Vec<String> = items.iter().map(|item| item.printed.clone()).collect();
        self.joined(&printed)
    }

    fn response(&self, response: &ResponseFacts) -> Block {
        let label = self.t(bi("【部の方針】", "Response"));
        let mut name = if response.cites.is_empty() {
            label
        } else {
            let items = self.printed(&response.cites);
            say!("{label}\n{items}", "{label}\n{items}").get(self.lang).to_owned()
        };
        if let Some(day) = response.reviewed {
            let day = self.day(day);
            name.push_str(say!("\n{day} 見直し", "\nreviewed {day}").get(self.lang));
        }
        Block::Fields(vec![(name, response.text.clone())])
    }

    fn decline(&self, decline: &DeclineFacts) -> String {
        let items = self.printed(&decline.items);
        let reason = decline.reason.clone().unwrap_or_else(|| self.t(bi("理由の記載なし", "no reason given")));
        let mut text = say!("非該当（{items}）　{reason}", "Declined ({items}): {reason}").get(self.lang).to_owned();
        if let Some(unit) = &decline.handled_by {
            text.push_str(say!("　担当する部 {unit}", "; handled by {unit}").get(self.lang));
        }
        if let Some(fault) = &decline.fault {
            text.push_str(say!("（{fault}）", " ({fault})").get(self.lang));
        }
        text
    }
}
