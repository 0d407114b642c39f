//! The line scan: slips of a Japanese keyboard, an Excel paste or a merge, seen before the parser
//! turns them into something else.
//!
//! It follows just enough YAML to know which lines are inside a block text, a quoted text or the
//! later lines of a plain text, where full-width signs are words and must be left alone.

use unicode_normalization::UnicodeNormalization;

use crate::place::Span;
use crate::source::chars::{closing, is_block_header, is_gap, is_invisible, is_wide_space, joins_emoji, leading};
use crate::source::flow::flow;
use crate::source::{Edit, Fault, FaultKind, FullWidthAt, MAX_DEPTH};

/// The field names that the scan may trust.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Every field name and Japanese label of this kind of file, sorted.
    pub keys: Vec<&'static str>,
    /// Those whose value is a list, sorted.
    pub lists: Vec<&'static str>,
    /// Those whose value is a list of ids, sorted.
    pub ids: Vec<&'static str>,
    /// Those of the top level, sorted.
    pub top: Vec<&'static str>,
}

impl Vocabulary {
    /// True for a field of any level.
    pub fn is_key(&self, word: &str) -> bool {
        self.keys.binary_search(&word).is_ok()
    }

    fn is_list(&self, word: &str) -> bool {
        self.lists.binary_search(&word).is_ok()
    }

    fn is_ids(&self, word: &str) -> bool {
        self.ids.binary_search(&word).is_ok()
    }

    /// True for a field of the top level.
    pub fn is_top(&self, word: &str) -> bool {
        self.top.binary_search(&word).is_ok()
    }
}

/// How many columns are meant by characters whose width on the screen is a matter of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// A tab runs to the next multiple of this.
    pub tab: usize,
    /// A full-width space.
    pub wide: usize,
}

impl Widths {
    /// What was probably meant, most likely first; the reader takes the first that parses.
    pub const LIKELY: [Widths; 6] = [
        Widths { tab: 2, wide: 2 },
        Widths { tab: 4, wide: 2 },
        Widths { tab: 8, wide: 2 },
        Widths { tab: 2, wide: 1 },
        Widths { tab: 4, wide: 1 },
        Widths { tab: 8, wide: 1 },
    ];

    fn columns(self, lead: &str) -> usize {
        lead.chars().fold(0, |column, c| match c {
            '\t' => (column / self.tab + 1) * self.tab,
            '\u{3000}' => column + self.wide,
            _ => column + 1,
        })
    }
}

/// A quote or bracket whose partner is not on its line.
#[derive(Debug, Clone, Copy)]
pub struct Unclosed {
    /// Where it is opened.
    pub start: usize,
    /// Where the words of its line end.
    pub line_end: usize,
    /// `"`, `'`, `[` or `{`.
    pub sign: char,
    /// True where a field of the level above follows: the partner was forgotten for certain.
    pub forgotten: bool,
}

/// What the scan saw.
#[derive(Debug, Default)]
pub struct Scan {
    /// K003 to K006.
    pub faults: Vec<Fault>,
    /// Quotes and brackets that run over several lines, or to the end of the file.
    pub unclosed: Vec<Unclosed>,
    /// Lines of structure, not of block or quoted texts.
    pub structure: Vec<Span>,
    /// Lines that look like a field or list entry, but whose mended indentation makes them words
    /// of the line above: the widths are not the ones that were meant.
    pub doubts: usize,
}

/// Scans every line of `text`.
pub fn scan(text: &str, words: &Vocabulary, widths: Widths) -> Scan {
    let mut scanner = Scanner {
        words,
        widths,
        out: Scan::default(),
        inside: Inside::Structure,
        lists: Vec::new(),
        opened: None,
        plain: None,
        merge: false,
    };
    let mut at = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    while at < text.len() {
        // YAML ends a line at a lone CR too, so the scan does; editors mostly do not show it.
        let rest = &text[at..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        scanner.line(at, &rest[..length]);
        at += length + scanner.line_end(at + length, &rest[length..]);
    }
    scanner.out.faults.sort_by_key(|fault| fault.span);
    scanner.out
}

#[derive(Clone, Copy)]
enum Inside {
    Structure,
    /// In a block text: its parent's column, and the column of its own words once known.
    Block(usize, Option<usize>),
    /// In a text that this quote will close, and its parent's column.
    Quote(char, usize),
    /// In a flow value: open brackets, and whether it lists ids.
    Flow(i32, bool),
}

struct Scanner<'a> {
    words: &'a Vocabulary,
    widths: Widths,
    out: Scan,
    inside: Inside,
    /// Columns of the bullets of all open lists.
    lists: Vec<usize>,
    /// The column of a field that opened a list on the line above.
    opened: Option<usize>,
    /// The column that lines must exceed to continue the plain text above.
    plain: Option<usize>,
    merge: bool,
}

impl Scanner<'_> {
    /// The length of a line end; K006 for one that is neither LF nor CRLF.
    fn line_end(&mut self, at: usize, rest: &str) -> usize {
        if rest.starts_with("\r\n") {
            return 2;
        }
        if rest.starts_with('\r') {
            let want = if rest.starts_with("\r\r\n") { "" } else { "\n" };
            let kind = FaultKind::Invisible { char: '\r', as_space: false };
            self.out.faults.push(Fault::replace(Span::new(at, at + 1), want, kind));
        }
        rest.len().min(1)
    }

    fn line(&mut self, at: usize, line: &str) {
        if self.marker(at, line) {
            return;
        }
        self.invisible(at, line);
        match self.inside {
            Inside::Block(parent, words) => {
                if self.block_line(at, line, parent, words) {
                    return;
                }
                self.inside = Inside::Structure;
            }
            Inside::Quote(quote, parent) => {
                if !self.above(line, parent) {
                    if closing(line, 0, quote).is_some() {
                        self.inside = Inside::Structure;
                    }
                    return;
                }
                self.forget();
            }
            Inside::Flow(depth, ids) => {
                if self.flow_line(at, line, depth, ids) {
                    return;
                }
                self.inside = Inside::Structure;
            }
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

    /// K006 for characters nobody can see, anywhere in the line; one fault for all of a line.
    fn invisible(&mut self, at: usize, line: &str) {
        if line.bytes().all(|b| (0x20..0x7f).contains(&b) || b == b'\t') {
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
    fn block_line(&mut self, at: usize, line: &str, parent: usize, words: Option<usize>) -> bool {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let lead = leading(line);
        let rest = &line[lead.len()..];
        if rest.is_empty() {
            if spaces <= parent && lead.chars().any(is_wide_space) {
                self.space(at, lead, String::new());
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
        self.space(at, lead, " ".repeat(target));
        true
    }

    /// K005 or K006 for spaces at the beginning of a line.
    fn space(&mut self, at: usize, lead: &str, want: String) {
        let tab = lead.find('\t');
        let (start, kind) = match (tab, lead.char_indices().find(|(_, c)| is_wide_space(*c))) {
            (Some(tab), _) => (tab, FaultKind::Tab),
            (None, Some((index, char))) => (index, FaultKind::Invisible { char, as_space: true }),
            (None, None) => return,
        };
        let edits = vec![Edit { span: Span::new(at, at + lead.len()), text: want }];
        self.out.faults.push(Fault::mended(Span::new(at + start, at + lead.len()), kind, edits));
    }

    /// True for a field that cannot lie inside a value of the column `parent`.
    fn above(&self, line: &str, parent: usize) -> bool {
        let lead = leading(line);
        self.widths.columns(lead) <= parent && self.looks_like_structure(&line[lead.len()..])
    }

    /// The quote or bracket that is open was never closed.
    fn forget(&mut self) {
        self.inside = Inside::Structure;
        if let Some(open) = self.out.unclosed.last_mut() {
            open.forgotten = true;
        }
    }

    fn looks_like_structure(&self, rest: &str) -> bool {
        let bare = rest.trim_start_matches(['-', ' ', '\u{3000}']);
        let name = bare.split([':', '：']).next().unwrap_or(bare);
        rest.starts_with("- ") || (name.len() < bare.len() && self.words.is_key(name.trim()))
    }

    fn structure(&mut self, at: usize, line: &str) {
        let lead = leading(line);
        let rest = &line[lead.len()..];
        if rest.is_empty() {
            if lead.chars().any(is_wide_space) {
                self.space(at, lead, String::new());
            }
            return;
        }
        if rest.starts_with('#') {
            return;
        }
        self.out.structure.push(Span::new(at, at + line.len()));
        let column = self.widths.columns(lead);
        self.space(at, lead, " ".repeat(column));
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
    fn key<'l>(&mut self, at: usize, rest: &'l str) -> Option<(String, &'l str)> {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let from = quote.map_or(Some(0), |quote| closing(rest, 1, quote))?;
        let (colon, sign) =
            rest[from..].char_indices().find(|(_, c)| matches!(c, ':' | '：')).map(|(i, c)| (i + from, c))?;
        let typed = &rest[..colon];
        let name = typed.trim_end_matches(is_gap);
        let after = &rest[colon + sign.len_utf8()..];
        let value = after.trim_start_matches(is_gap);
        let gap = &after[..after.len() - value.len()];
        let bare = name.trim_matches(['"', '\'']);
        let folded: String = if bare.is_ascii() { String::new() } else { bare.nfkc().collect() };
        // A label may itself change under NFKC; then it is known as it stands.
        let refold = !folded.is_empty() && !self.words.is_key(bare) && self.words.is_key(&folded);
        let known = refold || self.words.is_key(bare);
        let bare = if refold { folded } else { bare.to_owned() };
        let start = if refold { at } else { at + name.len() };
        let end = at + rest.len() - value.len();
        let space = if value.is_empty() { "" } else { " " };
        let head = if refold { bare.as_str() } else { "" };
        if sign == '：' {
            if !known {
                return None;
            }
            let want = format!("{head}:{space}");
            let found = rest[start - at..colon + sign.len_utf8()].trim_start().to_owned();
            self.sign(Span::new(start, end), found, ":", want, FullWidthAt::Key(bare.clone()));
            return Some((bare, value));
        }
        let field = after.is_empty() || after.starts_with([' ', '\t']);
        if refold && (field || gap.chars().any(is_wide_space)) {
            let want = format!("{head}:{space}");
            self.sign(Span::new(start, end), name.to_owned(), "", want, FullWidthAt::Key(bare.clone()));
            return Some((bare, value));
        }
        let wide = typed[name.len()..].chars().chain(gap.chars()).find(|c| is_wide_space(*c));
        if let Some(char) = wide.filter(|_| known || field) {
            let kind = FaultKind::Invisible { char, as_space: true };
            let span = Span::new(start, end);
            let edits = vec![Edit { span, text: format!(":{space}") }];
            let lost = if typed.len() > name.len() { span } else { Span::new(at + colon + 1, end) };
            self.out.faults.push(Fault::mended(lost, kind, edits));
            return Some((bare, value));
        }
        field.then_some((bare, value))
    }

    /// What follows a field or bullet: a block text, a quoted text, a flow value, a plain text.
    fn value(&mut self, at: usize, value: &str, parent: usize, ids: bool) {
        let bare = value.trim_end_matches(is_gap);
        if bare.len() < value.len() && value[bare.len()..].chars().any(is_wide_space) && !bare.contains(" #") {
            let char = value[bare.len()..].chars().find(|c| is_wide_space(*c)).unwrap_or('\u{3000}');
            let span = Span::new(at + bare.len(), at + value.len());
            self.out.faults.push(Fault::replace(span, "", FaultKind::Invisible { char, as_space: true }));
        }
        let header: String = bare.chars().map(ascii_header).collect();
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
    fn flow_line(&mut self, at: usize, line: &str, depth: i32, ids: bool) -> bool {
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

    fn full_width(&mut self, span: Span, found: &str, want: &'static str, at: FullWidthAt) {
        self.sign(span, found.to_owned(), want.trim_end(), want.to_owned(), at);
    }

    fn sign(&mut self, span: Span, found: String, want: &'static str, text: String, at: FullWidthAt) {
        self.out.faults.push(Fault::replace(span, text, FaultKind::FullWidth { found, want, at }));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::apply;

    fn words() -> Vocabulary {
        Vocabulary {
            keys: vec!["cites", "goals", "id", "text", "title", "目標名"],
            lists: vec!["cites", "goals"],
            ids: vec!["cites"],
            top: vec!["goals"],
        }
    }

    fn mended(text: &str, widths: Widths) -> (String, usize) {
        let seen = scan(text, &words(), widths);
        let edits: Vec<Edit> = seen.faults.iter().flat_map(|fault| fault.edits.iter().cloned()).collect();
        (apply(text, &edits).text.into_owned(), seen.doubts)
    }

    #[test]
    fn slips_are_mended() {
        for (typed, meant) in [
            ("goals：\n  －id：G1\n    目標名　：窓口\n", "goals:\n  - id: G1\n    目標名: 窓口\n"),
            ("goals:\n  - cites:\n      ・1-1\n  －　id: G2\n", "goals:\n  - cites:\n      - 1-1\n  - id: G2\n"),
            ("cites: ［1-1、\n  1-2］\n", "cites: [1-1, \n  1-2]\n"),
            ("text: |-\n  一\n\t二\n　　三\n　\nid: G1\n", "text: |-\n  一\n  二\n  三\n\nid: G1\n"),
            ("＃ 注\rid:　G1　\n", "# 注\nid: G1\n"),
            ("text: 一\n　　二\n", "text: 一\n    二\n"),
        ] {
            assert_eq!(mended(typed, Widths::LIKELY[0]).0, meant);
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        for text in [
            "text: |-\n  title：窓口\n  ＃一\n  ・二\n  　三\nid: G1\n",
            "text: 一\n  title：二\n  ・三\n",
            "text: \"一\n  title：二\"\nid: G1\n",
            "title: ・一、「二」：三　四＃\n",
            "title: {text: 一、二}\n",
            "注：一\n",
        ] {
            assert_eq!(mended(text, Widths::LIKELY[0]), (text.to_owned(), 0));
        }
    }

    #[test]
    fn a_width_that_makes_words_of_a_bullet_is_doubted() {
        let text = "cites:\n  - 1-1\n　　- 1-2\n";
        assert_eq!(mended(text, Widths { tab: 2, wide: 2 }).1, 1);
        assert_eq!(mended(text, Widths { tab: 2, wide: 1 }), ("cites:\n  - 1-1\n  - 1-2\n".to_owned(), 0));
    }

    #[test]
    fn markers_need_their_partners() {
        let count = |text: &str| scan(text, &words(), Widths::LIKELY[0]).faults.len();
        assert_eq!(count("=======\n"), 0);
        assert_eq!(count("<<<<<<< a\n=======\n>>>>>>> b\n=======\n"), 3);
        assert_eq!(count("text: |-\n  <<<<<<< a\n"), 0);
    }

    #[test]
    fn forgotten_partners_are_told_by_the_next_field() {
        let open = |text: &str| scan(text, &words(), Widths::LIKELY[0]).unclosed.first().map(|open| open.forgotten);
        assert_eq!(open("title: \"一\nid: G1\n"), Some(true));
        assert_eq!(open("cites: [1-1,\nid: G1\n"), Some(true));
        assert_eq!(open("title: \"一\n  二\"\nid: G1\n"), Some(false));
        assert_eq!(open("title: \"一\"\nid: G1\n"), None);
    }
}
