//! Slips of whole lines: line ends, merge markers, what nobody can see, indentation; and the lines
//! of block texts.

use crate::place::Span;
use crate::source::chars::{is_invisible, is_wide_space, joins_emoji, leading};
use crate::source::scan::{Inside, Scanner};
use crate::source::{Edit, Fault, FaultKind};

impl Scanner<'_> {
    /// The length of a line end; K006 for one that is neither LF nor CRLF.
    pub(super) fn line_end(&mut self, at: usize, rest: &str) -> usize {
        if rest.starts_with("\r\n") {
            return 2;
        }
        if rest.starts_with('\r') {
            let want = if rest.starts_with("\r\r\n") { "" } else { "\n" };
            let edit = Edit { span: Span::new(at, at + 1), text: want.to_owned() };
            match self.returns.and_then(|index| self.out.faults.get_mut(index)) {
                Some(first) => first.edits.push(edit),
                None => {
                    let kind = FaultKind::Invisible { char: '\r', as_space: false };
                    self.returns = Some(self.out.faults.len());
                    self.out.faults.push(Fault::mended(edit.span, kind, vec![edit]));
                }
            }
        }
        rest.len().min(1)
    }

    /// K003. `=======` counts only between the other two markers.
    pub(super) fn marker(&mut self, at: usize, line: &str) -> bool {
        if !line.starts_with(['<', '>', '=', '|']) {
            return false;
        }
        let is = |sign: &str| line == sign || line.strip_prefix(sign).is_some_and(|rest| rest.starts_with(' '));
        let found = if is("<<<<<<<") {
            self.merge = true;
            true
        } else if is(">>>>>>>") {
            self.merge = false;
            true
        } else {
            self.merge && (is("=======") || is("|||||||"))
        };
        if found {
            self.out.faults.push(Fault::new(Span::new(at, at + line.len()), FaultKind::ConflictMarker));
        }
        found
    }

    /// K006 for characters nobody can see, anywhere in the line; one fault for all of a line.
    pub(super) fn invisible(&mut self, at: usize, line: &str) {
        if is_visible(line.as_bytes()) {
            return;
        }
        let mut before = ' ';
        let mut first = None;
        let mut edits: Vec<Edit> = Vec::new();
        for (index, c) in line.char_indices() {
            if !is_invisible(c) || joins_emoji(before, c) {
                before = c;
                continue;
            }
            first.get_or_insert(c);
            let span = Span::new(at + index, at + index + c.len_utf8());
            match edits.last_mut().filter(|edit| edit.span.end == span.start) {
                Some(edit) => edit.span.end = span.end,
                None => edits.push(Edit { span, text: String::new() }),
            }
        }
        if let (Some(char), Some(edit)) = (first, edits.first()) {
            let kind = FaultKind::Invisible { char, as_space: false };
            self.out.faults.push(Fault::mended(edit.span, kind, edits));
        }
    }

    /// True when the line belongs to the block text. A line that is indented by tabs or wide
    /// spaces belongs to it unless it is clearly a field of the parent.
    pub(super) fn block_line(&mut self, at: usize, line: &str, parent: usize, words: Option<usize>) -> bool {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let lead = leading(line);
        let rest = &line[lead.len()..];
        if rest.is_empty() {
            if spaces <= parent && lead.chars().any(is_wide_space) {
                self.space(at, lead, 0);
            }
            return true;
        }
        if spaces > parent {
            self.inside = Inside::Block(parent, words.or(Some(spaces)));
            return true;
        }
        let column = self.widths.columns(lead);
        if lead.len() == spaces || (column <= parent && self.looks_like_structure(rest)) {
            return false;
        }
        let target = words.unwrap_or_else(|| column.max(parent + 2));
        self.inside = Inside::Block(parent, Some(target));
        self.space(at, lead, target);
        true
    }

    /// K005 or K006 for spaces at the beginning of a line.
    pub(super) fn space(&mut self, at: usize, lead: &str, want: usize) {
        let tab = lead.find('\t');
        let (start, kind) = match (tab, lead.char_indices().find(|(_, c)| is_wide_space(*c))) {
            (Some(tab), _) => (tab, FaultKind::Tab),
            (None, Some((index, char))) => (index, FaultKind::Invisible { char, as_space: true }),
            (None, None) => return,
        };
        let edits = vec![Edit { span: Span::new(at, at + lead.len()), text: " ".repeat(want) }];
        self.out.faults.push(Fault::mended(Span::new(at + start, at + lead.len()), kind, edits));
    }
}

/// True where no byte of a line can belong to what nobody can see: ASCII, kana, kanji, Hangul and
/// full-width forms. Of other lines each character is looked at.
fn is_visible(line: &[u8]) -> bool {
    let mut before = 0;
    line.iter().all(|byte| {
        let visible = match byte {
            b' '..=b'~' | b'\t' | 0xe3..=0xe9 | 0xef => before != 0xef,
            0x80..=0xbf => before != 0xef || matches!(byte, 0xbc | 0xbd),
            _ => false,
        };
        before = *byte;
        visible
    })
}
