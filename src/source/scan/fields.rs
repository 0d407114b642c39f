//! Lines of structure: bullets and the names of fields, K004 included.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::place::Span;
use crate::source::chars::{closing, field_name, is_gap, is_wide_space, leading};
use crate::source::scan::Scanner;
use crate::source::{Edit, Fault, FaultKind, FullWidthAt, MAX_DEPTH};

impl Scanner<'_> {
    pub(super) fn looks_like_structure(&self, rest: &str) -> bool {
        let bare = rest.trim_start_matches(['-', ' ', '\u{3000}']);
        let name = bare.split([':', '：']).next().unwrap_or(bare);
        rest.starts_with("- ") || (name.len() < bare.len() && self.words.is_key(name.trim()))
    }

    pub(super) fn structure(&mut self, at: usize, line: &str) {
        let lead = leading(line);
        let rest = &line[lead.len()..];
        if rest.is_empty() {
            if lead.chars().any(is_wide_space) {
                self.space(at, lead, 0);
            }
            return;
        }
        if rest.starts_with('#') {
            return;
        }
        self.out.structure.push(Span::new(at, at + line.len()));
        let column = self.widths.columns(lead);
        self.space(at, lead, column);
        let at = at + lead.len();
        if rest.starts_with('＃') {
            let span = Span::new(at, at + '＃'.len_utf8());
            return self.full_width(span, "＃", "#", FullWidthAt::Comment);
        }
        if self.plain.is_some_and(|parent| column > parent) {
            let mended = lead.contains(|c| c != ' ');
            self.out.doubts += usize::from(mended && self.looks_like_structure(rest));
            return;
        }
        self.plain = None;
        self.entry(at, rest, column, column.saturating_sub(1));
    }

    /// One line of structure: bullets, then a field or a value. A loop, not a recursion: a line
    /// may be a megabyte of bullets.
    fn entry(&mut self, at: usize, line: &str, column: usize, parent: usize) {
        let (mut rest, mut column, mut parent) = (line, column, parent);
        while let Some((width, text)) = self.bullet(at + line.len() - rest.len(), rest, column) {
            self.lists.retain(|list| *list < column);
            // Deeper lists are refused anyway (K008); the list of lists must not grow with the line.
            if self.lists.len() < MAX_DEPTH {
                self.lists.push(column);
            }
            self.opened = None;
            if text.is_empty() || text.starts_with('#') {
                return;
            }
            parent = column;
            column += width;
            rest = text;
        }
        let at = at + line.len() - rest.len();
        self.opened = None;
        if self.is_stray(rest) {
            // The next field of the same level tells that its partner was forgotten.
            return self.value(at, rest, column, false);
        }
        if let Some((name, value)) = self.key(at, rest) {
            self.lists.retain(|list| *list < column);
            let bare = value.is_empty() || value.starts_with('#');
            self.opened = (bare && self.words.is_list(&name)).then_some(column);
            let ids = self.words.is_ids(&name);
            self.value(at + rest.len() - value.len(), value, column, ids);
        } else {
            self.value(at, rest, parent, false);
        }
    }

    /// True for a line that begins with a quote or bracket where a field or a dash should.
    fn is_stray(&self, rest: &str) -> bool {
        let Some(sign) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '[' | '{')) else { return false };
        let after = &rest[1..];
        match sign {
            '"' | '\'' => closing(rest, 1, sign).is_none() && self.looks_like_structure(after),
            bracket => {
                let closed = rest.contains(if bracket == '[' { ']' } else { '}' });
                !closed && (self.looks_like_structure(after) || field_name(after).is_some())
            }
        }
    }

    /// The width of a bullet and the text after it. A full-width bullet is one only where a list
    /// is expected.
    fn bullet<'l>(&mut self, at: usize, rest: &'l str, column: usize) -> Option<(usize, &'l str)> {
        let first = rest.chars().next()?;
        let after = &rest[first.len_utf8()..];
        let text = after.trim_start_matches(is_gap);
        let gap = &after[..after.len() - text.len()];
        if first == '-' {
            if gap.is_empty() && !text.is_empty() {
                return None;
            }
            let wide = gap.chars().find(|c| is_wide_space(*c));
            if let Some(char) = wide {
                let kind = FaultKind::Invisible { char, as_space: true };
                let want = if text.is_empty() { "" } else { " " };
                self.out.faults.push(Fault::replace(Span::new(at + 1, at + 1 + gap.len()), want, kind));
            }
            return Some((if wide.is_some() { 2 } else { 1 + gap.len().max(1) }, text));
        }
        let open = self.lists.contains(&column) || self.opened.is_some_and(|parent| column >= parent);
        let sign = matches!(first, '－' | 'ー' | '・' | '―' | '−' | '‐' | '–' | '—' | '•' | '･' | 'ｰ');
        if !open || !sign || after.starts_with(first) {
            return None;
        }
        let span = Span::new(at, at + first.len_utf8() + gap.len());
        self.full_width(span, &first.to_string(), "- ", FullWidthAt::Bullet);
        // The mended bullet is two columns wide; a wide dash and a space took three.
        Some((2, text))
    }

    /// The name and value where the line begins with a field, K004 included.
    fn key<'l>(&mut self, at: usize, rest: &'l str) -> Option<(Cow<'l, str>, &'l str)> {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let from = quote.map_or(Some(0), |quote| closing(rest, 1, quote))?;
        let (colon, sign) = first_colon(&rest[from..]).map(|(at, sign)| (from + at, sign))?;
        let typed = &rest[..colon];
        let name = typed.trim_end_matches(is_gap);
        let after = &rest[colon + sign.len_utf8()..];
        let value = after.trim_start_matches(is_gap);
        let gap = &after[..after.len() - value.len()];
        let bare = name.trim_matches(['"', '\'']);
        let folded: String = if bare.is_ascii() { String::new() } else { bare.nfkc().collect() };
        // A label may itself change under NFKC; then it is known as it stands.
        let refold = !folded.is_empty() && !self.words.is_key(bare) && self.words.is_key(&folded);
        let bare: Cow<'l, str> = if refold { Cow::Owned(folded) } else { Cow::Borrowed(bare) };
        let start = if refold { at } else { at + name.len() };
        let end = at + rest.len() - value.len();
        let space = if value.is_empty() { "" } else { " " };
        let head = if refold { bare.as_ref() } else { "" };
        if sign == '：' {
            if !refold && !self.words.is_key(&bare) {
                return None;
            }
            let want = format!("{head}:{space}");
            let found = rest[start - at..colon + sign.len_utf8()].trim_start().to_owned();
            self.sign(Span::new(start, end), found, ":", want, FullWidthAt::Key(bare.to_string()));
            return Some((bare, value));
        }
        let field = after.is_empty() || after.starts_with([' ', '\t']);
        if refold && (field || gap.chars().any(is_wide_space)) {
            let want = format!("{head}:{space}");
            self.sign(Span::new(start, end), name.to_owned(), "", want, FullWidthAt::Key(bare.to_string()));
            return Some((bare, value));
        }
        let wide = typed[name.len()..].chars().chain(gap.chars()).find(|c| is_wide_space(*c));
        if let Some(char) = wide.filter(|_| field || refold || self.words.is_key(&bare)) {
            let kind = FaultKind::Invisible { char, as_space: true };
            let span = Span::new(start, end);
            let edits = vec![Edit { span, text: format!(":{space}") }];
            let lost = if typed.len() > name.len() { span } else { Span::new(at + colon + 1, end) };
            self.out.faults.push(Fault::mended(lost, kind, edits));
            return Some((bare, value));
        }
        field.then_some((bare, value))
    }
}

/// The first colon, of either width, and where it is.
fn first_colon(text: &str) -> Option<(usize, char)> {
    let narrow = text.find(':');
    let wide = text[..narrow.unwrap_or(text.len())].find('：');
    wide.map(|at| (at, '：')).or(narrow.map(|at| (at, ':')))
}
