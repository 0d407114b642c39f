//! The fields beside a cursor.

use crate::lsp::cursor::line::{Line, field_name, lines_until, word_end};
use crate::lsp::cursor::{Cursor, Step, Typing};
use crate::place::Span;

/// A field beside the cursor, in the same object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    /// Its name, as written.
    pub name: String,
    /// What stands on its line.
    pub value: String,
    /// Where the name stands.
    pub span: Span,
}

/// The fields of the object in which a name, or the value of a field, is being typed; the field
/// under the cursor itself is among them where its name is whole.
pub fn siblings(text: &str, cursor: &Cursor) -> Vec<Sibling> {
    if cursor.flow {
        return siblings_in_brackets(text, cursor);
    }
    let own = match (cursor.typing, cursor.path.last()) {
        (Typing::Value, Some(Step::Field(_, span))) => span.start as usize,
        _ => cursor.word.start as usize,
    };
    let lines = lines_until(text, text.len());
    let Some(at) = lines.iter().rposition(|line| line.start <= own) else { return Vec::new() };
    let Some(column) =
        lines[at].text.get(..own - lines[at].start).map(|before| before.trim_start_matches('\u{feff}').chars().count())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for line in lines[..=at].iter().rev().filter(|line| !line.is_blank()) {
        let first = first_column(line);
        if first <= column {
            found.extend(field_at(line, column));
        }
        if first < column && line.start <= own {
            break;
        }
    }
    found.reverse();
    for line in lines[at + 1..].iter().filter(|line| !line.is_blank()) {
        if first_column(line) < column {
            break;
        }
        found.extend(field_at(line, column).filter(|_| first_column(line) == column));
    }
    found
}

fn first_column(line: &Line<'_>) -> usize {
    let bare = line.text.trim_start_matches([' ', '\u{feff}']);
    line.column(line.text.len() - bare.len())
}

fn field_at(line: &Line<'_>, column: usize) -> Option<Sibling> {
    let (signs, content) = line.signs();
    match signs.into_iter().next_back()? {
        (at, Step::Field(name, span)) if at == column => {
            let value = line.text[content..word_end(line.text, content)].to_owned();
            Some(Sibling { name, value, span })
        }
        _ => None,
    }
}

fn siblings_in_brackets(text: &str, cursor: &Cursor) -> Vec<Sibling> {
    let at = cursor.word.start as usize;
    let Some(open) = text[..at].rfind('{') else { return Vec::new() };
    let end = text[at..].find(['}', '\n']).map_or(text.len(), |end| at + end);
    let mut start = open + 1;
    let mut found = Vec::new();
    for part in text[start..end].split(',') {
        let words = part.trim_start();
        if let Some((name, length)) = field_name(words) {
            let at = start + part.len() - words.len();
            let span = Span::new(at, at + name.len());
            found.push(Sibling { name: name.to_owned(), value: words[length..].trim().to_owned(), span });
        }
        start += part.len() + 1;
    }
    found
}
