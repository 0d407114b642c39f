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
    for (index, c) in text.char_indices() {
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        let want = if in_list { list_sign(c) } else { map_sign(text, index, c, words) };
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

/// In `{…}` only what stands beside the name of a known field is certain.
fn map_sign(text: &str, index: usize, c: char, words: &Vocabulary) -> Option<&'static str> {
    let before = &text[..index];
    let after = &text[index + c.len_utf8()..];
    match c {
        '：' => {
            let word = before.rsplit(['{', '｛', ',', '，', '、']).next().unwrap_or(before);
            words.is_key(word.trim()).then_some(": ")
        }
        '，' | '、' => begins_field(after, words).then_some(", "),
        '｛' => (before.trim().is_empty() && begins_field(after, words)).then_some("{"),
        '｝' => (after.trim().is_empty() && !text.contains('}')).then_some("}"),
        _ => None,
    }
}

fn begins_field(text: &str, words: &Vocabulary) -> bool {
    text.split_once([':', '：']).is_some_and(|(name, _)| words.is_key(name.trim()))
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
