//! From pieces and marks to sections and items.

mod nodes;
mod words;

use super::body::{Part, Wording, heading, heading_on_line};
use super::sequence::Sequence;
use super::{Fate, Item, Memo, Note, Proposal, Section, Why, sentences};
use crate::ids::ItemId;
use crate::model::Scope;
use crate::say;
use nodes::{Node, are_headed, closing, flatten, items_depth, levels, nodes};
use words::{apart, closed, lead, two_levels};

/// Builds the sections.
pub(super) fn read(memo: &mut Memo, sequence: &Sequence) {
    let mut nodes = nodes(memo, sequence);
    let outer = nodes.iter().filter_map(|node| node.mark.as_ref()).map(|mark| mark.kind).min();
    let first = nodes.iter().position(|node| node.mark.is_some() && node.mark.as_ref().map(|m| m.kind) == outer);
    let mut body = nodes.split_off(first.unwrap_or(nodes.len()));
    let closing = closing(&mut body, memo);
    let depth = items_depth(&body, memo);
    memo.levels = levels(&body, depth);
    let headed = are_headed(&body, depth, memo);
    let mut builder = Builder { memo, depth, headed, serial: 0 };
    builder.preamble(&nodes);
    if depth == 0 && !body.is_empty() {
        builder.memo.sections.push(Section {
            number: 1,
            mark: None,
            heading: Some("本文".to_owned()),
            items: Vec::new(),
        });
        builder.serial = 1;
    }
    builder.sections(&body);
    builder.closing(&closing);
    if let (true, Some(node)) = (depth > 1, body.first()) {
        let line = memo.pieces[node.at].line;
        memo.notes.push(Note::remark(line, two_levels()));
    }
    without_heading(memo);
    let dropped = memo.fates.iter().zip(&memo.pieces).any(|(fate, _)| matches!(fate, Fate::Item(_)));
    if !dropped {
        let line = memo.pieces.first().map_or(1, |piece| piece.line);
        memo.notes.push(Note::doubt(line, say!("項目が一つもありません。", "there is not one item.")));
    }
}

struct Builder<'m> {
    memo: &'m mut Memo,
    depth: usize,
    /// Most items have a heading of their own.
    headed: bool,
    /// The number of the last section.
    serial: u16,
}

impl Builder<'_> {
    /// What stands before the first section.
    fn preamble(&mut self, nodes: &[Node]) {
        let parts = flatten(nodes, &self.memo.pieces, true);
        if parts.iter().all(|part| part.ruby) {
            return;
        }
        let items = self.unmarked(0, &parts, 1);
        // A mark alone on its line is among the words of the next.
        for node in nodes.iter().filter(|node| node.mark.is_some()) {
            if let Some(part) = node.parts.first() {
                self.memo.fates[node.at] = self.memo.fates[part.at].clone();
            }
        }
        self.memo.sections.push(Section { number: 0, mark: None, heading: Some("前文".to_owned()), items });
    }

    /// What stands after the last item and speaks of all of them.
    fn closing(&mut self, parts: &[Part]) {
        let Some(first) = parts.first() else { return };
        let number = self.serial + 1;
        let line = self.memo.pieces[first.at].line;
        self.memo.notes.push(Note::remark(line, closed(number)));
        let items = self.unmarked(number, parts, 1);
        self.memo.sections.push(Section { number, mark: None, heading: Some("結び".to_owned()), items });
    }

    fn sections(&mut self, nodes: &[Node]) {
        let mut at = 0;
        while at < nodes.len() {
            let node = &nodes[at];
            if node.depth < self.depth {
                let inner = nodes[at + 1..].iter().take_while(|next| next.depth > node.depth);
                let last = inner.filter_map(|next| next.mark.as_ref().filter(|_| next.depth == self.depth));
                self.section(node, last.map(|mark| mark.number).max(), nodes.get(at + 1));
                at += 1;
            } else {
                let end = (at + 1..nodes.len()).find(|next| nodes[*next].depth <= self.depth);
                let end = end.unwrap_or(nodes.len());
                self.item(&nodes[at..end]);
                at = end;
            }
        }
    }

    /// Opens a section; words after its heading are items without a mark.
    fn section(&mut self, node: &Node, last: Option<u16>, next: Option<&Node>) {
        let printed = node.mark.as_ref().map(|mark| mark.printed.clone());
        let number = node.mark.as_ref().map_or(self.serial + 1, |mark| mark.number);
        // Two levels of headings are numbered through; else the memo's own number stands.
        let number = if self.depth > 1 { self.serial + 1 } else { number };
        // A heading with nothing but headings below it stands before the first of them, as printed.
        let above = self.memo.sections.pop_if(|last| node.depth > 0 && last.items.is_empty() && last.number > 0);
        let number = above.as_ref().map_or(number, |above| above.number);
        self.serial = number;
        let mut parts = node.parts.clone();
        let count = heading(&parts, &self.memo.pieces, false, false);
        let head = parts.drain(..count).collect();
        let mut words = self.words_of_heading(head, &Fate::Heading(number), &Fate::Out(super::Out::Reading));
        self.memo.fates[node.at] = Fate::Heading(number);
        if count == 0
            && let Some(first) = parts.first_mut()
            && let Some((head, rest)) = heading_on_line(&first.text)
        {
            words = head.to_owned();
            first.text = rest.to_owned();
            let line = self.memo.pieces[first.at].line;
            self.memo.notes.push(Note::doubt(
                line,
                say!(
                    "「{words}」までを見出しとしました。見出しと本文の境が違っていないか確かめてください。",
                    "{words} is taken for the heading; check where the heading ends."
                ),
            ));
        }
        let heading = Some(words).filter(|words| !words.is_empty());
        let section = Section { number, mark: printed, heading, items: Vec::new() };
        self.memo.sections.push(match above {
            Some(above) => below(above, section),
            None => section,
        });
        if parts.is_empty() && next.is_none_or(|next| next.depth <= node.depth) {
            let line = self.memo.pieces[node.at].line;
            self.memo
                .notes
                .push(Note::doubt(line, say!("見出しだけで、項目がありません。", "a heading without items.")));
        }
        if !parts.is_empty() {
            // Numbers of items without mark come after those that the memo gives.
            let items = self.unmarked(number, &parts, last.map_or(1, |last| last + 1));
            if let (Some(last), Some(item)) = (last, items.first()) {
                let (line, id) = (item.line, item.id);
                self.memo.notes.push(Note::remark(line, lead(number, last, id)));
            }
            if let Some(section) = self.memo.sections.last_mut() {
                section.items = items;
            }
        }
    }

    /// Words without a mark: each sentence that asks ends an item.
    fn unmarked(&mut self, section: u16, parts: &[Part], first: u16) -> Vec<Item> {
        let wording = Wording::of(parts, &self.memo.pieces);
        let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
        let mut start = 0;
        for (at, line) in wording.lines.iter().enumerate() {
            if sentences::asks(line) {
                groups.push(start..at + 1);
                start = at + 1;
            }
        }
        if start < wording.lines.len() {
            match groups.last_mut() {
                Some(last) => {
                    last.end = wording.lines.len();
                    let after = wording.starts.iter().find(|(line, _)| *line >= start).map(|(_, piece)| *piece);
                    if let Some(piece) = after.map(|at| &self.memo.pieces[at]).filter(|piece| piece.apart) {
                        self.memo.notes.push(Note::doubt(piece.line, apart()));
                    }
                }
                None => groups.push(start..wording.lines.len()),
            }
        }
        let mut items = Vec::new();
        for (number, group) in (first..).zip(&groups) {
            let id = ItemId { section, number };
            let within = wording.starts.iter().filter(|(line, _)| group.contains(line)).map(|(_, piece)| *piece);
            let pieces: Vec<usize> = within.collect();
            for piece in &pieces {
                self.memo.fates[*piece] = Fate::Item(id);
            }
            let line = pieces.first().map_or(1, |piece| self.memo.pieces[*piece].line);
            let mut item = new_item(id, None, wording.lines[group.clone()].join("\n"), line);
            item.entries = wording.entries[group.clone()].to_vec();
            items.push(item);
        }
        self.rubies(&wording, &mut items);
        items
    }

    /// Readings go to the item whose wording has the characters.
    fn rubies(&mut self, wording: &Wording, items: &mut [Item]) {
        for (piece, ruby) in &wording.ruby {
            let before = (0..*piece).rev().find_map(|at| match self.memo.fates[at] {
                Fate::Item(id) => Some(id),
                _ => None,
            });
            let Some(item) = items.iter_mut().find(|item| Some(item.id) == before) else { continue };
            self.memo.fates[*piece] = Fate::Ruby(item.id);
            item.ruby.push(ruby.clone());
        }
    }

    /// An item with whatever is inside it.
    fn item(&mut self, nodes: &[Node]) {
        let node = &nodes[0];
        let mark = node.mark.as_ref();
        let Some(section) = self.memo.sections.last().map(|section| section.number) else { return };
        let number = mark.map_or(1, |mark| mark.number);
        let id = ItemId { section, number: self.free(number) };
        let mut parts = flatten(nodes, &self.memo.pieces, false);
        self.memo.fates[node.at] = Fate::Item(id);
        for inner in nodes {
            self.memo.fates[inner.at] = Fate::Item(id);
        }
        let count = heading(&parts, &self.memo.pieces, true, self.headed);
        let head: Vec<Part> = parts.drain(..count).collect();
        let readings = Wording::of(&head, &self.memo.pieces).ruby;
        let short = self.words_of_heading(head, &Fate::Short(id), &Fate::Out(super::Out::Reading));
        let wording = Wording::of(&parts, &self.memo.pieces);
        for (_, piece) in &wording.starts {
            self.memo.fates[*piece] = Fate::Item(id);
        }
        let line = self.memo.pieces[node.at].line;
        if wording.lines.is_empty() && short.is_empty() {
            let printed = mark.map(|mark| mark.printed.clone()).unwrap_or_default();
            self.memo
                .notes
                .push(Note::doubt(line, say!("「{printed}」に本文がありません。", "{printed} has no words.")));
        }
        let mut item = new_item(id, mark.map(|mark| mark.printed.clone()), wording.lines.join("\n"), line);
        item.entries = wording.entries.clone();
        if !short.is_empty() {
            item.short = Proposal { value: short, why: None };
        }
        // A reading in the heading stays where the wording has the word, too.
        for (piece, ruby) in readings {
            if wording.lines.iter().any(|line| line.contains(&ruby.base)) {
                self.memo.fates[piece] = Fate::Ruby(id);
                item.ruby.push(ruby);
            }
        }
        let mut items = vec![item];
        self.rubies(&wording, &mut items);
        self.paragraphs(nodes);
        if let Some(section) = self.memo.sections.last_mut() {
            section.items.append(&mut items);
        }
    }

    /// The number, or the next one where two ways of numbering meet in one section.
    fn free(&self, number: u16) -> u16 {
        let items = self.memo.sections.last().map(|section| section.items.as_slice()).unwrap_or_default();
        let taken = |number: u16| items.iter().any(|item| item.id.number == number);
        if taken(number) { items.iter().map(|item| item.id.number).max().map_or(1, |last| last + 1) } else { number }
    }

    /// A paragraph of its own inside an item may stand after it.
    fn paragraphs(&mut self, nodes: &[Node]) {
        for part in nodes.iter().flat_map(|node| node.parts.iter().skip(1)) {
            let piece = &self.memo.pieces[part.at];
            let whole = part.at.checked_sub(1).is_some_and(|at| !sentences::ends_open(&self.memo.pieces[at].text));
            if piece.apart && whole && !part.ruby {
                self.memo.notes.push(Note::doubt(piece.line, apart()));
            }
        }
    }

    /// The words of a heading, and what became of them and of the readings among them.
    fn words_of_heading(&mut self, parts: Vec<Part>, words: &Fate, reading: &Fate) -> String {
        for part in &parts {
            self.memo.fates[part.at] = if part.ruby { reading.clone() } else { words.clone() };
        }
        parts.into_iter().filter(|part| !part.ruby).map(|part| part.text).collect()
    }
}

/// Where most items have a heading of their own, a short first line that was not taken for one is
/// doubted: 催し may be a noun or half a word.
fn without_heading(memo: &mut Memo) {
    let marked = || memo.items().filter(|item| item.mark.is_some());
    let bare: Vec<(ItemId, u32)> =
        marked().filter(|item| item.short.why.is_some()).map(|item| (item.id, item.line)).collect();
    if bare.len() * 2 >= marked().count() {
        return;
    }
    for (id, line) in bare {
        let own = memo.pieces.iter().zip(&memo.fates).filter(|(_, fate)| **fate == Fate::Item(id));
        let texts: Vec<&str> = own.map(|(piece, _)| piece.text.as_str()).collect();
        let [first, _, ..] = texts.as_slice() else { continue };
        if first.chars().count() <= SHORT_LINE && !first.contains(['、', '。']) {
            let words = (*first).to_owned();
            memo.notes.push(Note::doubt(
                line,
                say!(
                    "「{words}」が見出しか、本文の初めか、判断できません。本文としました。",
                    "{words}: a heading, or where the wording begins? It is taken for wording."
                ),
            ));
        }
    }
}

/// No line of wording is cut after so few characters, its mark among them.
const SHORT_LINE: usize = 16;

/// Two headings, one under the other, as one: 第１ 行財政運営　１　財政の健全化.
fn below(above: Section, section: Section) -> Section {
    let words: Vec<String> = [above.heading, section.mark, section.heading].into_iter().flatten().collect();
    Section { mark: above.mark, heading: Some(words.join("\u{3000}")).filter(|words| !words.is_empty()), ..section }
}

fn new_item(id: ItemId, mark: Option<String>, text: String, line: u32) -> Item {
    Item {
        id,
        mark,
        short: Proposal { value: String::new(), why: Some(Why::Head) },
        text,
        entries: Vec::new(),
        ruby: Vec::new(),
        scope: Proposal { value: Scope::EveryDepartment, why: Some(Why::Nothing) },
        answered_by: None,
        clauses: Vec::new(),
        duties: super::Duties::default(),
        line,
    }
}
