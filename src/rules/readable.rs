//! Words that the rules about unreadable files share: what could still be read, and how a line
//! looks once it is mended.

use crate::city::{City, Doc};
use crate::lang::Say;
use crate::place::{FileId, Span};
use crate::say;
use crate::shape::FileKind;
use crate::source::Edit;

/// Longer lines are cut when shown: the help is a few lines, and the file is at hand.
const LONGEST: usize = 60;

/// A file whose faults are put into words, ready for many of them: what could still be read is
/// said the same way each time, and a long line is not walked along again for each fault on it.
pub(super) struct Reading<'c> {
    city: &'c City,
    id: FileId,
    /// What could still be read and what becomes of the department, unless the file counts as read.
    rest: Option<Say>,
    /// The line looked at last.
    line: Option<Line>,
}

/// A line of a file.
#[derive(Clone, Copy)]
struct Line {
    /// With its line end.
    whole: Span,
    span: Span,
    /// Its first and its last character that is no white space, or its end.
    first: usize,
    last: Option<usize>,
}

impl<'c> Reading<'c> {
    /// A file of the city.
    pub(super) fn new(city: &'c City, id: FileId) -> Reading<'c> {
        let rest = (!city.file(id).is_readable()).then(|| still_read(city, id));
        Reading { city, id, rest, line: None }
    }

    /// `help` followed by what could still be read of the file and what becomes of its department;
    /// `help` alone where the file counts as read.
    pub(super) fn with_still_read(&self, help: Say) -> Say {
        let Some(rest) = &self.rest else { return help };
        Say { ja: format!("{}\n{}", help.ja, rest.ja).into(), en: format!("{}\n{}", help.en, rest.en).into() }
    }

    /// The line of `span` as it reads after `edits`, without its indentation; a long one is cut.
    pub(super) fn mended_line(&mut self, span: Span, edits: &[Edit]) -> String {
        let line = self.line(span.start);
        let text = &self.city.file(self.id).text;
        let mut inside: Vec<&Edit> = edits.iter().filter(|edit| line.span.holds(edit.span)).collect();
        inside.sort_by_key(|edit| edit.span);
        inside.retain(|edit| text.get(edit.span.range()).is_some());
        let mut mended = Mended { text, line, edits: inside, at: line.span.start as usize, put: "", next: 0 };
        let mut shown = String::new();
        let mut count = 0;
        while let Some(c) = mended.next(count == 0) {
            // A mended line break may have made two lines of it; its CR is none of the line's own signs.
            let is_over = c == '\r' && count == LONGEST;
            let c = if is_over { mended.next(false).unwrap_or(c) } else { c };
            if c == '\n' {
                let kept = shown.strip_suffix('\r').filter(|_| !is_over).unwrap_or(&shown).len();
                shown.truncate(if mended.has_words() { kept } else { shown.trim_end().len() });
                return shown;
            }
            if count == LONGEST && (!c.is_whitespace() || mended.has_words()) {
                return format!("{shown}...");
            } else if count == LONGEST {
                break;
            }
            shown.push(c);
            count += 1;
        }
        shown.truncate(shown.trim_end().len());
        shown
    }

    fn line(&mut self, at: u32) -> Line {
        if let Some(line) = self.line.filter(|line| line.whole.start <= at && at < line.whole.end) {
            return line;
        }
        let file = self.city.file(self.id);
        let number = file.lines().line(at);
        let whole = file.lines().whole_line(&file.text, number);
        let span = file.lines().line_span(&file.text, number);
        let words = file.text.get(span.range()).unwrap_or_default();
        let first = span.end as usize - words.trim_start().len();
        let last = words.trim_end().char_indices().next_back().map(|(index, _)| span.start as usize + index);
        let line = Line { whole, span, first, last };
        self.line = Some(line);
        line
    }
}

/// A line with edits, character by character.
struct Mended<'t> {
    text: &'t str,
    line: Line,
    edits: Vec<&'t Edit>,
    /// How far the line was walked along.
    at: usize,
    /// What is left of the text that an edit puts in.
    put: &'t str,
    /// The next edit.
    next: usize,
}

impl Mended<'_> {
    /// The next character; where `words` is true, the next one that is no white space.
    fn next(&mut self, words: bool) -> Option<char> {
        loop {
            if words {
                self.put = self.put.trim_start();
            }
            if let Some(c) = self.put.chars().next() {
                self.put = &self.put[c.len_utf8()..];
                return Some(c);
            }
            // Edits that overlap an earlier one are left out.
            while self.edits.get(self.next).is_some_and(|edit| (edit.span.start as usize) < self.at) {
                self.next += 1;
            }
            let edit = self.edits.get(self.next).copied();
            let end = edit.map_or(self.line.span.end, |edit| edit.span.start) as usize;
            if words && self.at < self.line.first {
                self.at = self.line.first.min(end);
            } else if words && self.line.last.is_none_or(|last| last < self.at) {
                self.at = end;
            }
            let c = self.text.get(self.at..end).and_then(|kept| kept.chars().next());
            if let Some(c) = c {
                self.at += c.len_utf8();
                if words && c.is_whitespace() {
                    continue;
                }
                return Some(c);
            }
            let edit = edit?;
            (self.at, self.put, self.next) = (edit.span.end as usize, edit.text.as_str(), self.next + 1);
        }
    }

    /// True where a word is still to come.
    fn has_words(&mut self) -> bool {
        let edits = &self.edits[self.next.min(self.edits.len())..];
        let last = self.line.last.filter(|last| self.at <= *last);
        let kept = last.is_some_and(|last| !edits.iter().any(|edit| edit.span.range().contains(&last)));
        kept || self.next(true).is_some()
    }
}

fn still_read(city: &City, id: FileId) -> Say {
    let count = city.file(id).headings;
    let (ja, en) = match count {
        0 => ("読めた所: ありません。".to_owned(), "Read so far: nothing.".to_owned()),
        1 => (
            "読めた所: 大きな見出し 1か所は点検しました。".to_owned(),
            "Read so far: 1 top-level heading was checked.".to_owned(),
        ),
        _ => (
            format!("読めた所: 大きな見出し {count}か所は点検しました。"),
            format!("Read so far: {count} top-level headings were checked."),
        ),
    };
    let then = consequence(city, id);
    Say { ja: format!("{ja}{}", then.ja).into(), en: format!("{en} {}", then.en).into() }
}

fn consequence(city: &City, id: FileId) -> Say {
    match city.file(id).role.kind {
        Some(FileKind::Plan) => {
            let name = department(city, id);
            say!(
                "{name}の記載状況は「読取不可」とし、未記載には数えていません。",
                "{name} counts as unreadable, not as missing."
            )
        }
        Some(FileKind::Policy | FileKind::Organization) => say!(
            "このファイルを読めるまで、計画と基本方針の照らし合わせはできません。",
            "Until it can be read, plans cannot be judged against the policy."
        ),
        _ => say!("ほかのファイルの点検は続けています。", "The other files were checked all the same."),
    }
}

/// The name of the department whose plan the file is, else what the file is called.
fn department(city: &City, id: FileId) -> String {
    let role = &city.file(id).role;
    let word = role.department.clone().unwrap_or_default();
    let organization = role.year.and_then(|year| city.years.get(&year)?.organization);
    let Some(Doc::Organization(organization)) = organization.map(|id| &city.file(id).doc) else { return word };
    let unit = organization.departments.iter().find(|unit| unit.id.value == word);
    unit.map_or(word, |unit| unit.title().to_owned())
}

/// A text short enough to be shown in a line.
pub(super) fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST).collect();
    format!("{head}...")
}

/// A text in quotes, the way YAML reads it back unchanged.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::apply;
    use crate::store::{Content, Entry, Snapshot};
    use proptest::prelude::*;

    /// The definition: mend the whole line, trim it, cut it.
    fn plain(city: &City, span: Span, edits: &[Edit]) -> String {
        let file = &city.files[0];
        let line = file.lines().line_span(&file.text, file.lines().line(span.start));
        let shift = |edit: &Edit| Edit {
            span: Span { start: edit.span.start - line.start, end: edit.span.end - line.start },
            text: edit.text.clone(),
        };
        let inside: Vec<Edit> = edits.iter().filter(|edit| line.holds(edit.span)).map(shift).collect();
        let mended = apply(file.text.get(line.range()).unwrap_or_default(), &inside).text;
        shorten(mended.trim().lines().next().unwrap_or_default())
    }

    #[test]
    fn a_line_break_where_a_line_is_cut_is_none_of_its_signs() {
        for text in [format!("{}\rab", "a".repeat(LONGEST)), format!("{}\r\rab", "a".repeat(LONGEST - 1))] {
            let mut snapshot = Snapshot::default();
            snapshot.insert("departments/2025/somu.yaml", Entry::File(Content::Bytes(text.clone().into_bytes())));
            let city = City::load(&snapshot);
            let edits = [Edit { span: Span::at(LONGEST + 1), text: "\n".to_owned() }];
            let shown = Reading::new(&city, FileId(0)).mended_line(Span::at(0), &edits);
            assert_eq!(shown, plain(&city, Span::at(0), &edits));
            assert!(!shown.ends_with("..."), "{shown:?}");
        }
    }

    proptest! {
        #[test]
        fn a_long_line_is_mended_like_a_short_one(
            text in "([ \r\u{3000}]{0,3}([aあ：\u{200b}\r]{0,40}[ ]{0,3}){0,4}\n?){1,3}",
            edits in prop::collection::vec((0_usize..200, 0_usize..4, "[ \r\na:]{0,2}"), 0..4),
            at in 0_usize..200,
        ) {
            let mut snapshot = Snapshot::default();
            snapshot.insert("departments/2025/somu.yaml", Entry::File(Content::Bytes(text.clone().into_bytes())));
            let city = City::load(&snapshot);
            let clamp = |at: usize| at.min(text.len());
            let edits: Vec<Edit> = edits
                .into_iter()
                .map(|(start, length, text)| Edit { span: Span::new(clamp(start), clamp(start + length)), text })
                .collect();
            let span = Span::at(clamp(at));
            let mut reading = Reading::new(&city, FileId(0));
            prop_assert_eq!(reading.mended_line(span, &edits), plain(&city, span, &edits));
        }
    }
}
