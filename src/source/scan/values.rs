//! What follows a field or bullet: a block text, a quoted text, a flow value, a plain text.

use crate::place::Span;
use crate::source::chars::{closing, is_block_header, is_gap, is_wide_space};
use crate::source::flow::flow;
use crate::source::scan::{Inside, Scanner, Unclosed};
use crate::source::{Fault, FaultKind, FullWidthAt};

impl Scanner<'_> {
    /// What follows a field or bullet: a block text, a quoted text, a flow value, a plain text.
    pub(super) fn value(&mut self, at: usize, value: &str, parent: usize, ids: bool) {
        let bare = value.trim_end_matches(is_gap);
        if bare.len() < value.len() && value[bare.len()..].chars().any(is_wide_space) && !bare.contains(" #") {
            let char = value[bare.len()..].chars().find(|c| is_wide_space(*c)).unwrap_or('\u{3000}');
            let span = Span::new(at + bare.len(), at + value.len());
            self.out.faults.push(Fault::replace(span, "", FaultKind::Invisible { char, as_space: true }));
        }
        let block = bare.starts_with(['|', '>', '｜', '＞']);
        let header: String = if block { bare.chars().map(ascii_header).collect() } else { String::new() };
        if is_block_header(&header) {
            self.inside = Inside::Block(parent, None);
            if header != bare {
                let kind = FullWidthAt::Header;
                self.sign(Span::new(at, at + bare.len()), bare.to_owned(), "|-", header, kind);
            }
            return;
        }
        match bare.chars().next() {
            None | Some('#') => {}
            Some(quote @ ('"' | '\'')) => {
                if closing(bare, 1, quote).is_none() {
                    self.inside = Inside::Quote(quote, parent);
                    self.out.unclosed.push(Unclosed {
                        start: at,
                        line_end: at + bare.len(),
                        sign: quote,
                        forgotten: false,
                    });
                }
            }
            Some(sign @ ('[' | '{' | '［' | '｛')) => {
                let sign = if matches!(sign, '[' | '［') { '[' } else { '{' };
                let seen = flow(at, bare, ids, self.words);
                if seen.depth > 0 {
                    self.inside = Inside::Flow(seen.depth, ids);
                    self.out.unclosed.push(Unclosed { start: at, line_end: at + bare.len(), sign, forgotten: false });
                }
                self.out.faults.extend(seen.fault);
            }
            Some(_) => self.plain = Some(parent),
        }
    }

    /// True while the flow value goes on. A field at the beginning of a line ends it: its closing
    /// bracket was forgotten.
    pub(super) fn flow_line(&mut self, at: usize, line: &str, depth: i32, ids: bool) -> bool {
        let rest = line.trim_start_matches(is_gap);
        let name = rest.trim_start_matches(['-', ' ']).split([':', '：']).next().unwrap_or(rest);
        if rest.starts_with("- ") || (name.len() < rest.len() && self.words.is_key(name.trim())) {
            self.forget();
            return false;
        }
        let seen = flow(at + line.len() - rest.len(), rest, ids, self.words);
        self.out.faults.extend(seen.fault);
        self.inside = if depth + seen.depth > 0 { Inside::Flow(depth + seen.depth, ids) } else { Inside::Structure };
        true
    }
}

/// The ASCII sign of a block text's head that a full-width one stands for.
fn ascii_header(c: char) -> char {
    match c {
        '｜' => '|',
        '＞' => '>',
        '－' | 'ー' | '−' | '‐' | '–' => '-',
        '＋' => '+',
        _ => c,
    }
}
