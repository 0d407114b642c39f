//! Where a cursor stands in a plan or policy file, told from the text alone.
//!
//! A buffer being typed is mostly broken, so nothing here parses: the indentation of the lines above
//! says under which fields the cursor stands, and the signs on its own line say whether a field's
//! name or its content is being typed there.

mod beside;
mod line;
mod wanted;

use crate::place::Span;

pub use beside::{Sibling, siblings};
use line::field_name;
pub(super) use line::{Line, lines_until, opens_text, word_end};
pub(super) use wanted::Holder;
pub use wanted::Wanted;

/// A step from the root of a file to the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A field, as written, and where its name stands.
    Field(String, Span),
    /// An entry of a list, and where its dash stands.
    Entry(Span),
}

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// The name of a field.
    Name,
    /// A value: of the last field, or of the last list entry.
    Value,
}

/// Where a cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The way to what is being typed, from the root.
    pub path: Vec<Step>,
    /// What that is.
    pub typing: Typing,
    /// The whole word under the cursor: what is replaced by another.
    pub word: Span,
    /// What stands between the word's beginning and the cursor.
    pub prefix: String,
    /// The column (in characters, from 0) at which the word begins.
    pub column: usize,
    /// True where the word stands in `[…]` or `{…}`.
    pub flow: bool,
}

/// Where byte `at` of a text stands; none inside a remark or a long text.
pub fn cursor(text: &str, at: usize) -> Option<Cursor> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let lines = lines_until(text, at);
    let (own, above) = lines.split_last()?;
    let (signs, content) = own.signs();
    let inside = at - own.start;
    // Before the first sign, or in the name itself, a name is being typed.
    let passed: Vec<(usize, Step)> = signs.iter().filter(|(_, step)| ends(step) <= at).cloned().collect();
    let in_name = passed.len() < signs.len()
        && matches!(signs.last(), Some((_, Step::Field(_, span))) if span.start as usize <= at);
    let own_field = matches!(passed.last(), Some((_, Step::Field(..))));
    if line::remark(own.text).is_some_and(|remark| remark < inside) {
        return None;
    }
    let (word, column) = match (in_name, signs.last()) {
        (true, Some((column, Step::Field(_, span)))) => (*span, *column),
        _ if own.is_blank() || content > inside => (Span::at(at), own.column(inside)),
        _ => (Span::new(own.start + content, own.start + word_end(own.text, content)), own.column(content)),
    };
    let limit = match passed.first() {
        Some((column, _)) => *column,
        None => column,
    };
    let dashed = matches!(passed.first(), Some((_, Step::Entry(_))));
    let mut path = ancestors(above, limit, dashed)?;
    path.extend(passed.iter().map(|(_, step)| step.clone()));
    let mut cursor = Cursor {
        path,
        typing: if own_field { Typing::Value } else { Typing::Name },
        word,
        prefix: text.get(word.start as usize..at).unwrap_or_default().to_owned(),
        column,
        flow: false,
    };
    if own_field || dashed {
        in_brackets(&mut cursor, own, content, inside);
    }
    Some(cursor)
}

fn ends(step: &Step) -> usize {
    match step {
        // After the colon.
        Step::Field(_, span) => span.end as usize + 1,
        Step::Entry(span) => span.end as usize,
    }
}

/// The steps above a column, from the root; none inside a long text.
fn ancestors(above: &[Line<'_>], limit: usize, dashed: bool) -> Option<Vec<Step>> {
    let (mut limit, mut dashed) = (limit, dashed);
    let mut path = Vec::new();
    for line in above.iter().rev().filter(|line| !line.is_blank()) {
        let (signs, content) = line.signs();
        let mut first = true;
        for (column, step) in signs.into_iter().rev() {
            let field = matches!(step, Step::Field(..));
            // A list may stand at the column of its own field.
            let above = column < limit || (dashed && field && column == limit);
            if !above {
                first = false;
                continue;
            }
            if field && first && opens_text(&line.text[content..]) {
                return None;
            }
            (limit, dashed, first) = (column, !field, false);
            path.push(step);
        }
        if limit == 0 && !dashed {
            break;
        }
    }
    path.reverse();
    Some(path)
}

/// A cursor inside `[1-1, 2-1]` or `{id: x, node: y}` stands at one of these.
fn in_brackets(cursor: &mut Cursor, line: &Line<'_>, content: usize, inside: usize) {
    let Some(before) = line.text.get(content..inside).filter(|before| before.starts_with(['[', '{'])) else { return };
    let end = word_end(line.text, content);
    let open = before.matches(['[', '{']).count() > before.matches([']', '}']).count();
    let part = before.rfind(['[', '{', ',', '、', '，']).filter(|_| open);
    let Some(part) = part else { return };
    let sign = before[part..].chars().next().map_or(1, char::len_utf8);
    let mut start = content + part + sign;
    start += line.text[start..].len() - line.text[start..].trim_start_matches(' ').len();
    start = start.min(inside);
    let rest = &line.text[start..end.max(start)];
    let mut stop = start + rest.find([',', ']', '}', '、', '，']).unwrap_or(rest.len());
    cursor.flow = true;
    let fields = before.matches('{').count() > before.matches('}').count();
    if fields {
        if let Some((name, length)) = field_name(&line.text[start..stop]).filter(|(_, length)| start + length <= inside)
        {
            let at = line.start + start;
            cursor.path.push(Step::Field(name.to_owned(), Span::new(at, at + name.len())));
            cursor.typing = Typing::Value;
            start += length;
            start += line.text[start..].len() - line.text[start..].trim_start_matches(' ').len();
            start = start.min(inside);
        } else {
            cursor.typing = Typing::Name;
        }
    } else {
        cursor.path.push(Step::Entry(Span::at(line.start + start)));
        cursor.typing = Typing::Value;
    }
    stop = start + line.text[start..stop.max(start)].trim_end().len();
    cursor.word = Span::new(line.start + start, line.start + stop.max(inside.min(stop)));
    cursor.prefix = line.text[start..inside.max(start)].to_owned();
    cursor.column = line.column(start);
}

impl Cursor {
    /// The name of the innermost field that the cursor stands in.
    pub fn field(&self) -> Option<(&str, Span)> {
        self.path.iter().rev().find_map(|step| match step {
            Step::Field(name, span) => Some((name.as_str(), *span)),
            Step::Entry(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{FileKind, Kind, Target};

    /// The way to `│` in a text, and what is typed there.
    fn at(text: &str) -> String {
        let at = text.find('│').unwrap_or(0);
        let Some(cursor) = cursor(&text.replace('│', ""), at) else { return "none".to_owned() };
        let steps = cursor.path.iter().map(|step| match step {
            Step::Field(name, _) => format!("{name}."),
            Step::Entry(_) => "-.".to_owned(),
        });
        let typing = if cursor.typing == Typing::Value { "=" } else { "" };
        let bare = text.replace('│', "");
        let word = &bare[cursor.word.range()];
        format!("{}{typing}{}|{word}@{}", steps.collect::<String>(), cursor.prefix, cursor.column)
    }

    #[test]
    fn the_way_is_told_by_the_indentation() {
        let goal = "goals:\n  - id: G1\n    title: 題\n    cites:\n      - 1-1\n";
        for (text, want) in [
            ("│", "|@0"),
            ("sta│", "sta|sta@0"),
            ("status: │", "status.=|@8"),
            ("status: dr│aft # 注", "status.=dr|draft@8"),
            ("status:│", "status.=|@7"),
            (&format!("{goal}      - 1│"), "goals.-.cites.-.1|1@8"),
            (&format!("{goal}      - │"), "goals.-.cites.-.|@8"),
            (&format!("{goal}    │"), "goals.-.|@4"),
            (&format!("{goal}    di│"), "goals.-.di|di@4"),
            (&format!("{goal}  - │"), "goals.-.|@4"),
            (&format!("{goal}│"), "|@0"),
            (&format!("{goal}    division: 防│災"), "goals.-.division.=防|防災@14"),
            ("goals:\n- id: G1\n  cites:\n  - 防災│", "goals.-.cites.-.防災|防災@4"),
            ("direction: |-\n  文│", "none"),
            ("direction: |-\n  文\n\nst│", "st|st@0"),
            ("# 注│", "none"),
            ("a: b # 注│", "none"),
            ("goals:\n  - cites: [1-1, 2│-1]", "goals.-.cites.-.=2|2-1@17"),
            ("goals:\n  - cites: [│]", "goals.-.cites.-.=|@12"),
            ("goals:\n  - references:\n      - {id: x, no│: y}", "goals.-.references.-.no|no: y@16"),
            ("goals:\n  - references:\n      - {id: x, node: z│}", "goals.-.references.-.node.=z|z@22"),
            (
                "goals:\n  - id: G1\n\n    measures:\n      - name: 数\n        baseline:\n          │",
                "goals.-.measures.-.baseline.|@10",
            ),
            ("review:\n  - items:\n      - 2024:G│", "review.-.items.-.2024:G|2024:G@8"),
            ("goals:\r\n  - cites:\r\n      - 1│\r\n", "goals.-.cites.-.1|1@8"),
        ] {
            assert_eq!(at(text), want, "{text}");
        }
    }

    #[test]
    fn fields_beside_the_cursor() {
        let names = |text: &str| {
            let at = text.find('│').unwrap_or(0);
            let bare = text.replace('│', "");
            let found = cursor(&bare, at).map(|cursor| siblings(&bare, &cursor)).unwrap_or_default();
            found.into_iter().map(|field| format!("{}={}", field.name, field.value)).collect::<Vec<_>>().join(" ")
        };
        let goals =
            "goals:\n  - id: G1\n    title: 題 # 注\n    │\n    cites:\n      - 1-1\n  - id: G2\n    outcome: x\n";
        assert_eq!(names(goals), "id=G1 title=題 cites=");
        assert_eq!(names("a: 1\n│\nb:\n  c: 2\n"), "a=1 b=");
        assert_eq!(names("r:\n  - id: x\n    node: │\n  - id: y\n"), "id=x node=");
        assert_eq!(names("r:\n  - {id: x, node: │}\n"), "id=x node=");
    }

    #[test]
    fn what_may_stand_there_is_told_by_the_dictionary() {
        let wanted = |text: &str| cursor(text, text.len()).and_then(|cursor| cursor.wanted(FileKind::Plan));
        assert!(matches!(wanted("goals:\n  - cites:\n      - 1"), Some(Wanted::Value(Kind::Cite))));
        assert!(matches!(wanted("目標:\n  - 担当課: 環"), None | Some(Wanted::Value(_))));
        assert!(matches!(wanted("goals:\n  - di"), Some(Wanted::Field(shape)) if shape.title.en == "Goal"));
        assert!(matches!(wanted("goals:\n  - viewpoints:\n      "), Some(Wanted::Named(Target::Viewpoint))));
        assert!(matches!(wanted("status: "), Some(Wanted::Value(Kind::Choice(_)))));
        assert!(wanted("nothing:\n  - ").is_none());
    }
}
