//! Blocks of a paper as pieces.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag};

use super::flow::{BLACK, Flow, GREY, LINE, LOOSE, Pane, RED, Set, TIGHT, mm, text};
use super::mark::{Area, Keep, Mark, Piece, Stop};
use super::table::look;
use crate::report::pages::{Block, Cell};

/// Size of paragraphs.
pub(super) const BODY: f32 = 10.0;
const QUOTED: f32 = 9.5;
/// Headings of more lines are no headings any more.
const MOST_LINES: usize = 12;

impl Flow<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text, anchor, badge } => {
                self.heading(*level, text, anchor.clone(), badge.as_ref());
            }
            Block::Para(words) => self.para(words),
            Block::Note(words) => self.boxed(words, false),
            Block::Warning(words) => self.boxed(words, true),
            Block::Lead(name, words) => self.lead(name, words),
            Block::Quote(words) => self.quote(words),
            Block::Fields(fields) => self.fields(fields),
            Block::Counts(counts) => self.counts(counts),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Questions { heading, list, notes } => self.questions(heading, list, *notes),
            Block::Notes(heading) => self.notes(heading),
            Block::Sign(names) => self.sign(names),
            Block::Pointer(words, anchor) => self.pointer(words, anchor),
            Block::Keep(blocks) => {
                let first = self.pieces.len();
                self.blocks(blocks);
                self.keep(first, Keep::Group);
            }
        }
    }

    /// The leading of paragraphs; tighter where the page is tight.
    fn leading(&self) -> f32 {
        if self.scale < 1.0 { TIGHT } else { LOOSE }
    }

    fn para(&mut self, words: &str) {
        let node = self.p(None);
        let lines = self.lines(&[(words, self.style(BODY, false))], self.width, self.leading(), node, true);
        self.paragraph(lines, mm(1.0) * self.scale);
        self.gap(mm(1.0));
    }

    fn lead(&mut self, name: &str, words: &str) {
        let node = self.p(None);
        let spans = [(name, self.style(BODY, true)), ("　", self.style(BODY, false)), (words, self.style(BODY, false))];
        let lines = self.lines(&spans, self.width, self.leading(), node, true);
        self.paragraph(lines, mm(1.5) * self.scale);
        self.gap(mm(1.5));
    }

    fn quote(&mut self, words: &str) {
        let quote = self.tag(None, Tag::BlockQuote);
        let node = self.p(Some(quote));
        let pad = mm(3.0);
        let lines = self.lines(&[(words, self.style(QUOTED, false))], self.width - 2.0 * pad, LOOSE, node, true);
        let (fill, bar) = (Some([244, 244, 244]), Some((mm(0.6), LINE)));
        let pane = Pane { width: self.width, lines, fill, bar, pad: (pad, mm(1.0)), ..Pane::default() };
        self.row(vec![pane], mm(1.0), Keep::Alone, None);
        self.gap(mm(2.0));
    }

    /// A remark in a dashed frame, or a warning in a red one.
    fn boxed(&mut self, words: &str, warning: bool) {
        let node = self.p(None);
        let pad = mm(2.0);
        let style = self.style(if warning { BODY } else { QUOTED }, warning);
        let lines = self.lines(&[(words, style)], self.width - 2.0 * pad, TIGHT, node, !warning);
        let frame = Some(if warning { (1.6, RED) } else { (0.5, LINE) });
        let pad = (pad, mm(1.0));
        let pane = Pane { width: self.width, lines, frame, dashed: !warning, pad, ..Pane::default() };
        self.row(vec![pane], mm(1.0), Keep::Alone, None);
        self.gap(mm(1.5));
    }

    fn list(&mut self, list: &[String]) {
        let node = self.tag(None, Tag::L(ListNumbering::Disc));
        for item in list {
            let li = self.tag(Some(node), Tag::LI);
            let label = self.tag(Some(li), Tag::Lbl);
            let body = self.tag(Some(li), Tag::LBody);
            let style = self.style(BODY, false);
            let indent = style.size;
            let leading = self.leading();
            let label = self.lines(&[("・", style)], indent, leading, Some(label), false);
            let lines = self.lines(&[(item, style)], self.width - indent, leading, Some(body), true);
            let label = Pane { width: indent, lines: label, ..Pane::default() };
            let item = Pane { x: indent, width: self.width - indent, lines, ..Pane::default() };
            self.row(vec![label, item], 0.0, Keep::Alone, None);
        }
        self.gap(mm(1.0));
    }

    fn pointer(&mut self, words: &str, anchor: &str) {
        let p = self.p(None);
        let node = self.tag(p, Tag::Link);
        let lines = self.lines(&[(words, self.style(QUOTED, false))], self.width, TIGHT, Some(node), false);
        let first = self.pieces.len();
        self.paragraph(lines, mm(0.5));
        for piece in self.pieces.iter_mut().skip(first) {
            let width = piece.marks.iter().map(line_width).fold(0.0, f32::max);
            let area = Area { x: 0.0, y: 0.0, width, height: piece.height };
            let (anchor, text) = (anchor.to_owned(), words.to_owned());
            piece.marks.push(Mark::Link { area, anchor, text, node });
        }
        self.gap(mm(1.0));
    }

    pub(super) fn heading(&mut self, level: u8, words: &str, anchor: Option<String>, badge: Option<&Cell>) {
        // A heading without words would have no bookmark; a dash shows that they are missing.
        let words = if words.trim().is_empty() { "―" } else { words };
        let (size, before) = match level {
            1 => (14.0, 0.0),
            2 => (12.5, 6.0),
            3 => (11.5, 5.0),
            _ => (10.5, 4.0),
        };
        let indent = if level == 3 { mm(3.6) } else { 0.0 };
        let rank = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
        let node = self.tag(None, Tag::Hn(rank, Some(words.to_owned())));
        let room = self.width - indent - if badge.is_some() { mm(30.0) } else { 0.0 };
        let lines = self.lines(&[(words, self.style(size, true))], room, 1.35, Some(node), false);
        let before = mm(before) * self.scale * if self.scale < 1.0 { 0.5 } else { 1.0 };
        let stop = Some(Stop { level, text: words.to_owned(), anchor });
        if lines.len() > MOST_LINES {
            return self.endless(lines, before, stop);
        }
        let mut y = 0.0;
        let mut marks = Vec::new();
        let last = lines.last().map(|set| (set.line.width, set.height));
        for set in lines {
            let high = set.height;
            marks.push(text(set, indent, y));
            y += high;
        }
        if let (Some(badge), Some((width, height))) = (badge, last) {
            self.badge(badge, width + indent + mm(2.0), y - height, height, &mut marks);
        }
        let rule = |y: f32, height: f32| Mark::Fill(Area { x: 0.0, y, width: self.width, height }, BLACK);
        match level {
            1 => marks.push(rule(y + mm(0.6), mm(0.6))),
            2 => marks.push(rule(y + mm(0.2), mm(0.35))),
            3 => marks.push(Mark::Fill(Area { x: 0.0, y: 0.0, width: mm(1.6), height: y }, BLACK)),
            _ => {}
        }
        let height = y + if level < 3 { mm(1.0) } else { 0.0 };
        self.push(Piece { before, height, marks, keep: Keep::Next, head: None, stop });
        self.gap(mm(if level < 4 { 2.0 } else { 1.0 }));
    }

    /// A heading that is a text of its own: set as one, so that it can go on over pages.
    fn endless(&mut self, lines: Vec<Set>, before: f32, stop: Option<Stop>) {
        let first = self.pieces.len();
        self.paragraph(lines, before);
        if let Some(piece) = self.pieces.get_mut(first) {
            piece.stop = stop;
        }
        self.gap(mm(2.0));
    }

    fn badge(&mut self, badge: &Cell, x: f32, y: f32, height: f32, marks: &mut Vec<Mark>) {
        let (fill, ink, _) = look(badge.tone);
        let node = self.p(None);
        let mut style = self.style(9.0, true);
        style.ink = ink.unwrap_or(GREY);
        for set in self.lines(&[(&badge.text, style)], mm(60.0), 1.4, node, false).into_iter().take(1) {
            let area =
                Area { x, y: y + (height - set.height) / 2.0, width: set.line.width + mm(3.0), height: set.height };
            marks.extend(fill.map(|ink| Mark::Fill(area, ink)));
            marks.push(Mark::Frame { area, width: 0.8, ink: fill.unwrap_or(LINE), dashed: false });
            marks.push(text(set, x + mm(1.5), area.y));
        }
    }
}

fn line_width(mark: &Mark) -> f32 {
    match mark {
        Mark::Text { line, .. } => line.width,
        _ => 0.0,
    }
}
