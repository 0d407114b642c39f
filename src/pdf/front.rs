//! What page one has: counts, questions with room for notes, a line to sign on.

use krilla::tagging::{ListNumbering, Tag};

use super::block::BODY;
use super::chars::Style;
use super::flow::{BLACK, Flow, GREY, LINE, Pane, TIGHT, mm, text};
use super::mark::{Area, Keep, Mark, Piece};
use super::table::look;
use crate::report::pages::{Asked, Tone};

/// Room for notes at the end of page one that is kept at least.
pub(super) const NOTES: f32 = 12.0;

impl Flow<'_> {
    pub(super) fn counts(&mut self, counts: &[(String, usize, Tone)]) {
        let list = self.tag(None, Tag::L(ListNumbering::None));
        let gap = mm(2.0);
        let parts = f32::from(u8::try_from(counts.len()).unwrap_or(u8::MAX)).max(1.0);
        let width = (self.width - gap * (parts - 1.0)) / parts;
        let mut cells = Vec::new();
        let mut x = 0.0;
        for (name, count, tone) in counts {
            let li = self.tag(Some(list), Tag::LI);
            let node = self.tag(Some(li), Tag::LBody);
            let (fill, ink, bold) = look(*tone);
            let ink = ink.unwrap_or(BLACK);
            let small = Style { ink, ..self.style(BODY, bold) };
            let large = Style { ink, ..self.style(13.0, true) };
            let number = count.to_string();
            let lines = self.lines(&[(name, small), (" ", small), (&number, large)], width, 1.2, Some(node), false);
            let frame = Some((0.8, fill.unwrap_or(LINE)));
            cells.push(Pane { x, width, lines, fill, frame, centred: true, pad: (0.0, mm(0.6)), ..Pane::default() });
            x += width + gap;
        }
        self.row(cells, mm(1.5) * self.scale, Keep::Alone, None);
        self.gap(mm(2.0));
    }

    pub(super) fn questions(&mut self, heading: &str, list: &[Asked], notes: bool) {
        self.heading(2, heading, None, None);
        let node = self.tag(None, Tag::L(ListNumbering::Decimal));
        for (index, asked) in list.iter().enumerate() {
            let li = self.tag(Some(node), Tag::LI);
            let label = self.tag(Some(li), Tag::Lbl);
            let body = self.tag(Some(li), Tag::LBody);
            let (indent, room) = (mm(6.0), if notes { mm(46.0) } else { 0.0 });
            let number = (index + 1).to_string();
            let number = self.lines(&[(&number, self.style(11.0, true))], indent, TIGHT * 0.95, Some(label), false);
            let width = self.width - indent - room - if notes { mm(3.0) } else { 0.0 };
            let mut lines = Vec::new();
            for (words, bold) in [(&asked.reason, false), (&asked.ask, true)] {
                let p = self.p(Some(body));
                lines.extend(self.lines(&[(words, self.style(BODY, bold))], width, TIGHT, p, true));
            }
            let p = self.p(Some(body));
            let about = Style { ink: GREY, ..self.style(8.5, false) };
            lines.extend(self.lines(&[(&asked.about, about)], width, TIGHT, p, false));
            let number = Pane { width: indent, lines: number, ..Pane::default() };
            let mut cells = vec![number, Pane { x: indent, width, lines, ..Pane::default() }];
            if notes {
                cells.push(self.room_for_notes(self.width - room, room));
            }
            self.row(cells, mm(1.2) * self.scale, Keep::Alone, None);
        }
        self.gap(mm(1.5));
    }

    /// An empty box. Its name is no part of what is read aloud.
    fn room_for_notes(&mut self, x: f32, width: f32) -> Pane {
        let memo = if self.japanese { "メモ" } else { "Notes" };
        let style = Style { ink: [85, 85, 85], ..self.style(7.5, false) };
        let lines = self.lines(&[(memo, style)], width, 1.3, None, false);
        let frame = Some((0.8, LINE));
        Pane { x, width, lines, frame, pad: (mm(1.0), mm(0.4)), at_least: mm(12.0) * self.scale, ..Pane::default() }
    }

    /// A box to write in, as high as the page has room; at first as low as may be.
    pub(super) fn notes(&mut self, heading: &str) {
        let node = self.p(None);
        let lines = self.lines(&[(heading, self.style(9.0, true))], self.width - mm(4.0), 1.3, node, false);
        let at_least = mm(NOTES).max(self.notes_height);
        let (pad, frame) = ((mm(2.0), mm(0.6)), Some((0.8, LINE)));
        let pane = Pane { width: self.width, lines, frame, pad, at_least, ..Pane::default() };
        self.row(vec![pane], mm(2.0), Keep::Group, None);
    }

    pub(super) fn sign(&mut self, names: &[String]) {
        let gap = mm(6.0);
        let parts = f32::from(u8::try_from(names.len() + 1).unwrap_or(u8::MAX));
        let part = (self.width - gap * (parts - 2.0).max(0.0)) / parts;
        let mut marks = Vec::new();
        let (mut x, mut height) = (0.0, 0.0_f32);
        for (index, name) in names.iter().enumerate() {
            let last = index + 1 == names.len();
            let width = if last { self.width - x } else { part };
            let p = self.p(None);
            let lines = self.lines(&[(name, self.style(BODY, false))], width, TIGHT, p, false);
            let mut y = mm(2.0);
            for set in lines {
                let high = set.height;
                marks.push(text(set, x, y));
                y += high;
            }
            marks.push(Mark::Fill(Area { x, y: y + mm(0.5), width, height: 0.8 }, BLACK));
            height = height.max(y + mm(0.9));
            x += width + gap;
        }
        self.push(Piece { before: mm(1.0), height, marks, keep: Keep::Alone, head: None, stop: None });
    }
}
