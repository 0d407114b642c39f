//! Where a cursor stands in a plan or policy file, told from the text alone.
//!
//! A buffer being typed is mostly broken, so nothing here parses: the indentation of the lines above
//! says under which fields the cursor stands, and the signs on its own line say whether a field's
//! name or its content is being typed there.

use crate::place::Span;
use crate::shape::{FileKind, Kind, Shape, Target};

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

/// What a field or value at a cursor may be.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// A field of this shape.
    Field(&'static Shape),
    /// A name that must exist elsewhere, used as the name of a field.
    Named(Target),
    /// A value of this kind.
    Value(&'static Kind),
}

/// One line as the layout sees it.
pub(super) struct Line<'t> {
    /// Its first byte.
    pub(super) start: usize,
    /// Its text, without its end.
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    /// True without a word, or with a remark only.
    pub(super) fn is_blank(&self) -> bool {
        let words = self.text.trim_start();
        words.is_empty() || words.starts_with('#')
    }

    /// Its dashes and its field's name, each with its column; what follows the last one begins at
    /// the column (and byte) that comes last.
    pub(super) fn signs(&self) -> (Vec<(usize, Step)>, usize) {
        let mut signs = Vec::new();
        let mut at = self.text.len() - self.text.trim_start_matches([' ', '\u{feff}']).len();
        loop {
            let rest = &self.text[at..];
            let dash = rest.starts_with('-') && rest[1..].chars().next().is_none_or(|c| c == ' ');
            if !dash {
                break;
            }
            let start = self.start + at;
            signs.push((self.column(at), Step::Entry(Span::new(start, start + 1))));
            let after = &rest[1..];
            at += 1 + after.len() - after.trim_start_matches(' ').len();
        }
        if let Some((name, length)) = field_name(&self.text[at..]) {
            let start = self.start + at;
            signs.push((self.column(at), Step::Field(name.to_owned(), Span::new(start, start + name.len()))));
            let after = &self.text[at + length..];
            at += length + after.len() - after.trim_start_matches(' ').len();
        }
        (signs, at)
    }

    fn column(&self, at: usize) -> usize {
        self.text[..at].chars().filter(|c| *c != '\u{feff}').count()
    }
}

/// The name before a colon at the beginning of a text, and the length with its colon.
fn field_name(text: &str) -> Option<(&str, usize)> {
    let (name, after) = text.split_once([':', '：'])?;
    let length = text.len() - after.len();
    let colon = &text[name.len()..length];
    let bare = name.trim_matches(['"', '\'']);
    let plain = !bare.is_empty() && !name.contains(['#', '[', '{', ',', ' ', '　', '、', '。']);
    // `2024:G3` is a value; a full-width colon needs no space to be meant as one.
    let ends = colon == "：" || after.is_empty() || after.starts_with([' ', '\t', '　']);
    (plain && ends && !bare.bytes().all(|byte| byte.is_ascii_digit())).then_some((bare, length))
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
    if remark(own.text).is_some_and(|remark| remark < inside) {
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

/// The lines that begin up to a byte.
pub(super) fn lines_until(text: &str, at: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        lines.push(Line { start, text: line.trim_end_matches(['\n', '\r']) });
        start += line.len();
    }
    if start <= at && (text.is_empty() || text.ends_with('\n')) {
        lines.push(Line { start, text: "" });
    }
    lines
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

/// True for `|-` and its like.
pub(super) fn opens_text(value: &str) -> bool {
    let header = value.split(" #").next().unwrap_or_default().trim_end();
    header.starts_with(['|', '>']) && header.len() <= 3
}

/// Where a remark begins on a line.
fn remark(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '#') if before == ' ' => return Some(at),
            _ => {}
        }
        before = c;
    }
    None
}

/// Where the value that begins at a byte of a line ends.
pub(super) fn word_end(line: &str, start: usize) -> usize {
    let end = remark(line).filter(|remark| *remark >= start).unwrap_or(line.len());
    start + line[start..end].trim_end().len()
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
    /// What may stand here in a file of a kind.
    pub fn wanted(&self, kind: FileKind) -> Option<Wanted> {
        let mut kind = Holder::Shape(kind.shape());
        for step in &self.path {
            kind = kind.step(step)?;
        }
        match (kind, self.typing) {
            (Holder::Shape(shape), Typing::Name) => Some(Wanted::Field(shape)),
            (Holder::Value(Kind::One(shape)), Typing::Name) => Some(Wanted::Field(shape)),
            (Holder::Value(Kind::Map(Some(target), _)), Typing::Name) => Some(Wanted::Named(*target)),
            // A list on the line of its field has no dash yet.
            (Holder::Value(kind), _) => Some(Wanted::Value(kind)),
            (Holder::Shape(_), Typing::Value) => None,
        }
    }

    /// The name of the innermost field that the cursor stands in.
    pub fn field(&self) -> Option<(&str, Span)> {
        self.path.iter().rev().find_map(|step| match step {
            Step::Field(name, span) => Some((name.as_str(), *span)),
            Step::Entry(_) => None,
        })
    }
}

/// What a step leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holder {
    /// An object.
    Shape(&'static Shape),
    /// A value.
    Value(&'static Kind),
}

impl Holder {
    /// What a step leads to, from here.
    pub(super) fn step(self, step: &Step) -> Option<Holder> {
        match (self, step) {
            (Holder::Shape(shape), Step::Field(name, _)) => {
                shape.understood(name).map(|field| Holder::Value(&field.kind))
            }
            (Holder::Value(Kind::One(shape)), _) => Holder::Shape(shape).step(step),
            (Holder::Value(Kind::Map(_, inner)), Step::Field(..)) => Some(Holder::Value(inner)),
            (Holder::Value(Kind::List(inner)), Step::Entry(_)) => Some(Holder::Value(inner)),
            _ => None,
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

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
