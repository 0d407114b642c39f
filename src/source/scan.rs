//! The line scan: slips of a Japanese keyboard, an Excel paste or a merge, seen before the parser
//! turns them into something else.
//!
//! It follows just enough YAML to know which lines are inside a block text or a quoted text, where
//! full-width signs are words and must be left alone.

use crate::place::Span;
use crate::source::{Fault, FaultKind, FullWidthAt};

/// The field names that the scan may trust.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Every field name and Japanese label of this kind of file, sorted.
    pub keys: Vec<&'static str>,
    /// Those whose value is a list, sorted.
    pub lists: Vec<&'static str>,
    /// Those of the top level, sorted.
    pub top: Vec<&'static str>,
}

impl Vocabulary {
    fn is_key(&self, word: &str) -> bool {
        self.keys.binary_search(&word).is_ok()
    }

    fn is_list(&self, word: &str) -> bool {
        self.lists.binary_search(&word).is_ok()
    }

    /// True for a field of the top level.
    pub fn is_top(&self, word: &str) -> bool {
        self.top.binary_search(&word).is_ok()
    }
}

/// A quoted text that runs over several lines, or to the end of the file.
#[derive(Debug, Clone, Copy)]
pub struct OpenQuote {
    /// Where it is opened.
    pub start: usize,
    /// Where it is closed; none when it never is.
    pub end: Option<usize>,
    /// `"` or `'`.
    pub quote: char,
}

/// What the scan saw.
#[derive(Debug, Default)]
pub struct Scan {
    /// K003 to K006.
    pub faults: Vec<Fault>,
    /// Quoted texts over several lines.
    pub quotes: Vec<OpenQuote>,
}

/// Scans every line of `text`.
pub fn scan(text: &str, words: &Vocabulary) -> Scan {
    let mut scanner = Scanner { words, out: Scan::default(), inside: Inside::Structure, list: None, merge: false };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        let skip = if at == 0 { bare.len() - bare.trim_start_matches('\u{feff}').len() } else { 0 };
        scanner.line(at + skip, &bare[skip..]);
        at += line.len();
    }
    scanner.out.faults.sort_by_key(|fault| fault.span);
    scanner.out
}

#[derive(Clone, Copy)]
enum Inside {
    Structure,
    /// In a block text whose lines are indented by more than this.
    Block(usize),
    /// In a quoted text: index into `quotes`.
    Quote(usize),
}

struct Scanner<'a> {
    words: &'a Vocabulary,
    out: Scan,
    inside: Inside,
    /// Indentation at which bullets of the present list may stand.
    list: Option<usize>,
    merge: bool,
}

impl Scanner<'_> {
    fn line(&mut self, at: usize, line: &str) {
        if self.marker(at, line) {
            return;
        }
        self.invisible(at, line);
        let indent = line.len() - line.trim_start_matches(' ').len();
        match self.inside {
            Inside::Block(parent) if line.trim().is_empty() || indent > parent => {
                let lead = leading(line);
                if lead.contains('\t') && lead.find('\t').is_some_and(|tab| tab <= parent) {
                    self.tabs(at, lead);
                }
                return;
            }
            Inside::Quote(index) => {
                let quote = self.out.quotes[index].quote;
                if let Some(end) = closing(line, 0, quote) {
                    self.out.quotes[index].end = Some(at + end);
                    self.inside = Inside::Structure;
                }
                return;
            }
            Inside::Block(_) => self.inside = Inside::Structure,
            Inside::Structure => {}
        }
        self.structure(at, line);
    }

    /// K003. `=======` counts only between the other two markers.
    fn marker(&mut self, at: usize, line: &str) -> bool {
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

    /// K006 for characters nobody can see, anywhere in the line.
    fn invisible(&mut self, at: usize, line: &str) {
        if line.bytes().all(|b| (0x20..0x7f).contains(&b) || b == b'\t') {
            return;
        }
        let mut before = ' ';
        for (index, c) in line.char_indices() {
            if is_invisible(c) && !joins_emoji(before, c) {
                let span = Span::new(at + index, at + index + c.len_utf8());
                self.out.faults.push(Fault::replace(span, "", FaultKind::Invisible { char: c, as_space: false }));
            } else {
                before = c;
            }
        }
    }

    fn structure(&mut self, at: usize, line: &str) {
        let lead = leading(line);
        let rest = &line[lead.len()..];
        if rest.is_empty() || rest.starts_with('#') {
            return;
        }
        self.indentation(at, lead);
        let at = at + lead.len();
        let indent: usize = lead.chars().map(columns).sum();
        if rest.starts_with('＃') {
            let span = Span::new(at, at + '＃'.len_utf8());
            self.full_width(span, "＃", "#", FullWidthAt::Comment);
            return;
        }
        self.entry(at, rest, indent);
    }

    /// K005 and K006 for what stands in the indentation.
    fn indentation(&mut self, at: usize, lead: &str) {
        if lead.contains('\t') {
            self.tabs(at, lead);
        }
        for (index, c) in lead.char_indices().filter(|(_, c)| is_wide_space(*c)) {
            let span = Span::new(at + index, at + index + c.len_utf8());
            self.out.faults.push(Fault::replace(
                span,
                " ".repeat(columns(c)),
                FaultKind::Invisible { char: c, as_space: true },
            ));
        }
    }

    fn tabs(&mut self, at: usize, lead: &str) {
        let (Some(first), Some(last)) = (lead.find('\t'), lead.rfind('\t')) else { return };
        let spaces: String = lead[first..=last].chars().map(|c| " ".repeat(columns(c))).collect();
        self.out.faults.push(Fault::replace(Span::new(at + first, at + last + 1), spaces, FaultKind::Tab));
    }

    /// One line of structure: bullets, then a field or a value.
    fn entry(&mut self, at: usize, rest: &str, indent: usize) {
        if let Some((width, text)) = self.bullet(at, rest, indent) {
            self.list = Some(indent);
            if !text.is_empty() && !text.starts_with('#') {
                self.entry(at + rest.len() - text.len(), text, indent + width);
            }
            return;
        }
        if let Some(colon) = self.key(at, rest) {
            let value = rest[colon..].trim_start_matches([' ', '\t', '\u{3000}']);
            let name = rest[..colon].trim_end_matches([':', '：', ' ', '\u{3000}']).trim_matches(['"', '\'']);
            let opens_list = value.is_empty() || value.starts_with('#');
            self.list = (opens_list && self.words.is_list(name)).then_some(indent);
            self.value(at + rest.len() - value.len(), value, indent, self.words.is_list(name));
        } else {
            self.value(at, rest, indent.saturating_sub(1), false);
        }
    }

    /// The width of a bullet and the text after it. A full-width bullet is one only where a list
    /// is expected.
    fn bullet<'l>(&mut self, at: usize, rest: &'l str, indent: usize) -> Option<(usize, &'l str)> {
        let first = rest.chars().next()?;
        let after = &rest[first.len_utf8()..];
        let text = after.trim_start_matches([' ', '\t', '\u{3000}']);
        let gap = &after[..after.len() - text.len()];
        let width = |gap: &str| 1 + gap.chars().map(columns).sum::<usize>().max(1);
        if first == '-' {
            if !gap.is_empty() && gap.chars().all(|c| c == '\u{3000}') {
                let span = Span::new(at + 1, at + 1 + gap.len());
                self.out.faults.push(Fault::replace(
                    span,
                    " ",
                    FaultKind::Invisible { char: '\u{3000}', as_space: true },
                ));
            }
            return (!gap.is_empty() || text.is_empty()).then(|| (width(gap), text));
        }
        let expected = self.list.is_some_and(|list| indent >= list);
        if !expected || !matches!(first, '－' | 'ー' | '・' | '―' | '−' | '‐' | '–' | '—' | '•') {
            return None;
        }
        let span = Span::new(at, at + first.len_utf8() + gap.len());
        let found = first.to_string();
        self.full_width(span, &found, "- ", FullWidthAt::Bullet);
        // The mended bullet is two columns wide; a wide dash and a space took three.
        Some((2, text))
    }

    /// The end of `name:` where the line begins with a field, K004 included.
    fn key(&mut self, at: usize, rest: &str) -> Option<usize> {
        let quoted = rest.starts_with(['"', '\'']);
        let from = if quoted { closing(rest, 1, rest.chars().next()?)? } else { 0 };
        let (colon, sign) =
            rest[from..].char_indices().find(|(_, c)| matches!(c, ':' | '：')).map(|(i, c)| (i + from, c))?;
        let after = &rest[colon + sign.len_utf8()..];
        let name = rest[..colon].trim_end_matches([' ', '\u{3000}']);
        if sign == ':' {
            let wide = after.starts_with('\u{3000}') && self.words.is_key(name);
            if wide {
                let text = after.trim_start_matches([' ', '\u{3000}']);
                let span = Span::new(at + colon + 1, at + rest.len() - text.len());
                self.out.faults.push(Fault::replace(
                    span,
                    " ",
                    FaultKind::Invisible { char: '\u{3000}', as_space: true },
                ));
            }
            return (wide || after.is_empty() || after.starts_with([' ', '\t'])).then_some(colon + 1);
        }
        if !self.words.is_key(name) {
            return None;
        }
        let text = after.trim_start_matches([' ', '\t', '\u{3000}']);
        let span = Span::new(at + name.len(), at + rest.len() - text.len());
        let want = if text.is_empty() { ":" } else { ": " };
        self.full_width(span, "：", want, FullWidthAt::Key(name.to_owned()));
        Some(rest.len() - after.len())
    }

    /// What follows a field or bullet: a block text, a quoted text, a flow list.
    fn value(&mut self, at: usize, value: &str, indent: usize, list: bool) {
        match value.chars().next() {
            Some('|' | '>') => {
                let header =
                    value[1..].trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']).trim_start();
                if header.is_empty() || header.starts_with('#') {
                    self.inside = Inside::Block(indent);
                }
            }
            Some(quote @ ('"' | '\'')) => {
                if closing(value, 1, quote).is_none() {
                    self.inside = Inside::Quote(self.out.quotes.len());
                    self.out.quotes.push(OpenQuote { start: at, end: None, quote });
                }
            }
            Some('[' | '［') if list => self.flow_list(at, value),
            _ => {}
        }
    }

    /// K004 inside a flow list of ids: every full-width bracket, comma or corner bracket.
    fn flow_list(&mut self, at: usize, value: &str) {
        let text = value.split(" #").next().unwrap_or(value);
        for (index, c) in text.char_indices() {
            let want = match c {
                '［' => "[",
                '］' => "]",
                '，' | '、' => ", ",
                '「' | '」' | '『' | '』' | '“' | '”' => "",
                _ => continue,
            };
            let span = Span::new(at + index, at + index + c.len_utf8());
            self.full_width(span, &c.to_string(), want, FullWidthAt::List);
        }
    }

    fn full_width(&mut self, span: Span, found: &str, want: &'static str, at: FullWidthAt) {
        let kind = FaultKind::FullWidth { found: found.to_owned(), want: want.trim_end(), at };
        self.out.faults.push(Fault::replace(span, want, kind));
    }
}

fn leading(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']).len()]
}

fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}')
}

/// Columns an indentation character stands for: a tab or a full-width space looks like two.
fn columns(c: char) -> usize {
    if matches!(c, '\t' | '\u{3000}') { 2 } else { 1 }
}

/// The offset after the quote that closes a text, looking from byte `from`.
fn closing(line: &str, from: usize, quote: char) -> Option<usize> {
    let mut chars = line[from..].char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
                continue;
            }
            return Some(from + index + 1);
        }
    }
    None
}

/// Zero-width, bidi, tag and control characters, and line separators no editor shows.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A zero-width joiner or tag inside an emoji is part of a visible character.
fn joins_emoji(before: char, c: char) -> bool {
    let emoji = |c: char| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    match c {
        '\u{200d}' => emoji(before),
        '\u{e0020}'..='\u{e007f}' => before == '\u{1f3f4}',
        _ => false,
    }
}
