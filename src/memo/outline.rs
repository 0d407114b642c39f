//! From pieces and marks to sections and items.

use super::body::{Part, Wording, heading, heading_on_line};
use super::marks::Mark;
use super::sequence::{Role, Sequence};
use super::{Fate, Item, Memo, Note, Proposal, Section, Why, sentences};
use crate::ids::ItemId;
use crate::lang::{Bi, bi};
use crate::model::Scope;
use crate::say;

/// A mark and what follows it up to the next one.
struct Node {
    mark: Option<Mark>,
    depth: usize,
    parts: Vec<Part>,
    /// The first piece.
    at: usize,
}

/// Builds the sections.
pub(super) fn read(memo: &mut Memo, sequence: &Sequence) {
    let mut nodes = nodes(memo, sequence);
    let outer = nodes.iter().filter_map(|node| node.mark.as_ref()).map(|mark| mark.kind).min();
    let first = nodes.iter().position(|node| node.mark.is_some() && node.mark.as_ref().map(|m| m.kind) == outer);
    let mut body = nodes.split_off(first.unwrap_or(nodes.len()));
    let closing = closing(&mut body, memo);
    let depth = items_depth(&body, memo);
    memo.levels = levels(&body, depth);
    let mut builder = Builder { memo, depth, serial: 0 };
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
    let dropped = memo.fates.iter().zip(&memo.pieces).any(|(fate, _)| matches!(fate, Fate::Item(_)));
    if !dropped {
        let line = memo.pieces.first().map_or(1, |piece| piece.line);
        memo.notes.push(Note::doubt(line, say!("項目が一つもありません。", "there is not one item.")));
    }
}

/// Gathers pieces under the marks before them.
fn nodes(memo: &Memo, sequence: &Sequence) -> Vec<Node> {
    let mut nodes = vec![Node { mark: None, depth: 0, parts: Vec::new(), at: sequence.begin }];
    for (at, role) in (sequence.begin..).zip(&sequence.roles) {
        let text = memo.pieces[at].text.as_str();
        let part = |text: &str, ruby| Part { at, text: text.to_owned(), entry: false, ruby };
        match role {
            Role::Mark(mark, depth) => {
                let rest = &text[mark.len..];
                let parts = if rest.is_empty() { Vec::new() } else { vec![part(rest, false)] };
                nodes.push(Node { mark: Some(mark.clone()), depth: *depth, parts, at });
            }
            Role::Words | Role::Ruby => {
                if let Some(node) = nodes.last_mut() {
                    node.parts.push(part(text, *role == Role::Ruby));
                }
            }
            Role::Out => {}
        }
    }
    nodes
}

/// How words begin that speak of everything before them.
const CLOSINGS: [&str; 9] =
    ["以上の", "以上、", "以上に", "以上を", "上記の", "これらの", "最後に", "終わりに", "おわりに"];

/// Takes from the last item a paragraph of its own that closes the whole memo.
fn closing(body: &mut [Node], memo: &Memo) -> Vec<Part> {
    let Some(node) = body.last_mut().filter(|node| node.depth > 0) else { return Vec::new() };
    let begins = node.parts.iter().skip(1).find(|part| {
        let piece = &memo.pieces[part.at];
        let whole = part.at.checked_sub(1).is_some_and(|at| !sentences::ends_open(&memo.pieces[at].text));
        piece.apart && whole && !part.ruby && CLOSINGS.iter().any(|words| piece.text.starts_with(words))
    });
    let Some(begins) = begins.map(|part| part.at) else { return Vec::new() };
    let at = node.parts.iter().position(|part| part.at == begins).unwrap_or(node.parts.len());
    node.parts.split_off(at)
}

/// How deep the items are.
fn items_depth(nodes: &[Node], memo: &Memo) -> usize {
    let most = |count: usize, of: usize| count * 2 > of;
    let at = |depth: usize| nodes.iter().enumerate().filter(move |(_, node)| node.depth == depth);
    let has_inner = |at: usize| nodes.get(at + 1).is_some_and(|next| next.depth > nodes[at].depth);
    let prose = |node: &Node| {
        let words: String = node.parts.iter().map(|part| part.text.as_str()).collect();
        words.contains('。') || sentences::asks(&words)
    };
    let headed = |node: &Node| {
        let lines = heading(&node.parts, &memo.pieces, false);
        lines > 0 || node.parts.first().is_some_and(|part| heading_on_line(&part.text).is_some())
    };
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    if deepest == 0 {
        let all = at(0).count();
        let bodies = at(0).filter(|(_, node)| headed(node) && prose(node)).count();
        return usize::from(bodies * 2 >= all && all > 0);
    }
    let outer = at(0).filter(|(at, _)| has_inner(*at)).count();
    let in_prose = at(0).filter(|(at, node)| has_inner(*at) && prose(node) && !headed(node)).count();
    if most(in_prose, outer) {
        return 0;
    }
    let second = at(1).count();
    let only_headings = at(1).filter(|(at, node)| has_inner(*at) && !prose(node)).count();
    if deepest >= 3 && most(only_headings, second) { 2 } else { 1 }
}

/// What each level numbers, with an example.
fn levels(nodes: &[Node], items: usize) -> Vec<(Bi, String)> {
    let example = |depth: usize| nodes.iter().find(|node| node.depth == depth).and_then(|node| node.mark.clone());
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let name = |depth: usize| match depth.cmp(&items) {
        std::cmp::Ordering::Less => bi("章", "section"),
        std::cmp::Ordering::Equal => bi("項目", "item"),
        std::cmp::Ordering::Greater => bi("項目の中", "inside"),
    };
    (0..=deepest).filter_map(|depth| Some((name(depth), example(depth)?.printed))).collect()
}

struct Builder<'m> {
    memo: &'m mut Memo,
    depth: usize,
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
        let count = heading(&parts, &self.memo.pieces, false);
        let mut words: String = parts.drain(..count).map(|part| self.fate(part, Fate::Heading(number))).collect();
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
        let count = heading(&parts, &self.memo.pieces, true);
        let short: String = parts.drain(..count).map(|part| self.fate(part, Fate::Short(id))).collect();
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

    fn fate(&mut self, part: Part, fate: Fate) -> String {
        self.memo.fates[part.at] = fate;
        part.text
    }
}

/// The parts of nodes as one wording; marks inside are words again.
fn flatten(nodes: &[Node], pieces: &[super::Piece], with_first: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let mark = node.mark.as_ref().filter(|_| at > 0 || with_first);
        let mut own = node.parts.clone();
        if let Some(mark) = mark {
            match own.first_mut().filter(|part| part.at == node.at) {
                Some(first) => {
                    first.text = pieces[node.at].text.clone();
                    first.entry = true;
                }
                None => {
                    // The mark alone on its line, the words on the next.
                    let words = own.first().map(|part| part.text.clone()).unwrap_or_default();
                    let text = format!("{} {words}", mark.printed).trim_end().to_owned();
                    let part = Part { at: own.first().map_or(node.at, |part| part.at), text, entry: true, ruby: false };
                    if own.is_empty() { own.push(part) } else { own[0] = part }
                }
            }
        }
        parts.append(&mut own);
    }
    parts
}

fn two_levels() -> crate::lang::Say {
    say!(
        "見出しが２段あるため、章の番号は通し番号にしました（印字の番号は mark にあります）。",
        "there are two levels of headings: sections are numbered through (the printed marks stand under mark)."
    )
}

/// Two headings, one under the other, as one: 第１ 行財政運営　１　財政の健全化.
fn below(above: Section, section: Section) -> Section {
    let words: Vec<String> = [above.heading, section.mark, section.heading].into_iter().flatten().collect();
    Section { mark: above.mark, heading: Some(words.join("\u{3000}")).filter(|words| !words.is_empty()), ..section }
}

/// Words after an empty line that seem to belong to nothing.
fn apart() -> crate::lang::Say {
    say!(
        "空いた行の後の文です。前の項目の続きとしましたが、別の文かもしれません。",
        "words after an empty line: taken for the item before; they may stand alone."
    )
}

/// Words at the end that have no number.
fn closed(number: u16) -> crate::lang::Say {
    say!(
        "最後の番号の後の文は、全体の結びとして章 {number} にしました（番号と見出し「結び」は文書にありません）。",
        "the words after the last number close the whole memo: section {number} (number and heading are ours)."
    )
}

/// Words between a heading and its first number.
fn lead(section: u16, last: u16, id: ItemId) -> crate::lang::Say {
    say!(
        "見出しと最初の番号の間の文は、項目 {id} としました（{section}-{last} までは印字の番号です）。",
        "the words between the heading and its first number are item {id} (up to {section}-{last} the numbers are the memo's)."
    )
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
