//! K004 inside `[…]` and `{…}`: full-width brackets, commas and colons typed where YAML wants its own.
//!
//! Only lists of ids and the names of known fields are looked at: a comma between words may belong
//! to the words.

use crate::place::Span;
use crate::source::{Edit, Fault, FaultKind, FullWidthAt, Vocabulary};

/// What one line of a flow value holds.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// All its full-width signs as one fault.
    pub(super) fault: Option<Fault>,
    /// Brackets opened less brackets closed, after the mending.
    pub(super) depth: i32,
}

/// Looks at one line of a flow value, which begins at byte `at` of the text.
pub(super) fn flow(at: usize, value: &str, ids: bool, words: &Vocabulary) -> Flow {
    let text = value.split(" #").next().unwrap_or(value);
    let in_list = ids && !text.contains(['{', '｛']);
    let mut out = Flow::default();
    let mut edits = Vec::new();
    let mut signs = String::new();
    let mut quote = None;
    let mut fields = Fields::new(text, words);
    for (index, c) in text.char_indices() {
        if let Some(open) = quote {
            fields.pass(index, c);
            if c == open {
                quote = None;
            }
            continue;
        }
        let want = if in_list { list_sign(c) } else { fields.sign(index, c) };
        fields.pass(index, c);
        match want.unwrap_or("").chars().next().unwrap_or(c) {
            '[' | '{' => out.depth += 1,
            ']' | '}' => out.depth -= 1,
            '"' | '\'' if text[..index].ends_with([' ', '[', '{', ',']) => quote = Some(c),
            _ => {}
        }
        let Some(want) = want else { continue };
        let end = index + c.len_utf8();
        let blank = want.ends_with(' ') && text[end..].starts_with(' ');
        let want = if blank { want.trim_end() } else { want };
        edits.push(Edit { span: Span::new(at + index, at + end), text: want.to_owned() });
        if !signs.contains(c) {
            signs.push(c);
        }
    }
    if let Some(first) = edits.first() {
        let kind = FaultKind::FullWidth { found: signs, want: "", at: FullWidthAt::List };
        out.fault = Some(Fault::mended(first.span, kind, edits));
    }
    out
}

fn list_sign(c: char) -> Option<&'static str> {
    match c {
        '［' => Some("["),
        '］' => Some("]"),
        '，' | '、' => Some(", "),
        '「' | '」' | '『' | '』' | '“' | '”' | '＂' => Some(""),
        _ => None,
    }
}

/// The names of fields in a line of `{…}`, found while it is walked along once.
struct Fields<'t> {
    text: &'t str,
    words: &'t Vocabulary,
    /// Where the words after the last comma or opening bracket begin.
    word: usize,
    /// Colons that are not yet passed: where the name before each ends, and where the colon is.
    colons: std::iter::Peekable<std::vec::IntoIter<(usize, usize)>>,
    /// Where the words of the line begin and end.
    begin: usize,
    end: usize,
    closed: bool,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, words: &'t Vocabulary) -> Fields<'t> {
        let mut colons = Vec::new();
        let mut name = 0;
        for (index, c) in text.char_indices() {
            if matches!(c, ':' | '：') {
                colons.push((name, index));
            }
            if !c.is_whitespace() {
                name = index + c.len_utf8();
            }
        }
        let begin = text.len() - text.trim_start().len();
        let (end, closed) = (text.trim_end().len(), text.contains('}'));
        Fields { text, words, word: 0, colons: colons.into_iter().peekable(), begin, end, closed }
    }

    /// Goes past the character at `index`.
    fn pass(&mut self, index: usize, c: char) {
        let begins = self.word == index && c.is_whitespace();
        if begins || matches!(c, '{' | '｛' | ',' | '，' | '、') {
            self.word = index + c.len_utf8();
        }
    }

    /// In `{…}` only what stands beside the name of a known field is certain.
    fn sign(&mut self, index: usize, c: char) -> Option<&'static str> {
        match c {
            '：' => self.words.is_key(self.text[self.word..index].trim()).then_some(": "),
            '，' | '、' => self.begins_field(index + c.len_utf8()).then_some(", "),
            '｛' => (index <= self.begin && self.begins_field(index + c.len_utf8())).then_some("{"),
            '｝' => (index + c.len_utf8() >= self.end && !self.closed).then_some("}"),
            _ => None,
        }
    }

    /// True where the words from `start` to the next colon are the name of a field.
    fn begins_field(&mut self, start: usize) -> bool {
        while self.colons.next_if(|(_, colon)| *colon < start).is_some() {}
        let name = self.colons.peek().and_then(|(end, _)| self.text.get(start..(*end).max(start)));
        name.is_some_and(|name| self.words.is_key(name.trim_start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::apply;

    fn mended(value: &str, ids: bool) -> (String, i32) {
        let words = Vocabulary { keys: vec!["id", "node", "what"], ..Vocabulary::default() };
        let flow = flow(0, value, ids, &words);
        (apply(value, &flow.fault.map(|fault| fault.edits).unwrap_or_default()).text.into_owned(), flow.depth)
    }

    #[test]
    fn lists_of_ids() {
        assert_eq!(mended("［1-1，1-2］", true), ("[1-1, 1-2]".to_owned(), 0));
        assert_eq!(mended("[1-1、 1-2、", true), ("[1-1, 1-2, ".to_owned(), 1));
        assert_eq!(mended("[「1-1」]", true), ("[1-1]".to_owned(), 0));
    }

    #[test]
    fn words_keep_their_commas() {
        assert_eq!(mended("[甲、乙]", false).0, "[甲、乙]");
        assert_eq!(mended("{what: 甲、乙：丙}", true).0, "{what: 甲、乙：丙}");
        assert_eq!(mended("{id：a，node： b}", false).0, "{id: a, node: b}");
        assert_eq!(mended("｛id: a｝", false), ("{id: a}".to_owned(), 0));
    }
}
