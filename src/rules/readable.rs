//! Words that the rules about unreadable files share: what could still be read, and how a line
//! looks once it is mended.

use crate::city::{City, Doc};
use crate::lang::Say;
use crate::place::{FileId, Span};
use crate::say;
use crate::shape::FileKind;
use crate::source::{Edit, apply};

/// Longer lines are cut when shown: the help is a few lines, and the file is at hand.
const LONGEST: usize = 60;

/// `help` followed by what could still be read of the file and what becomes of its department;
/// `help` alone where the file counts as read.
pub(super) fn with_still_read(help: Say, city: &City, id: FileId) -> Say {
    let file = city.file(id);
    if file.is_readable() {
        return help;
    }
    let count = file.headings;
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
    Say { ja: format!("{}\n{ja}{}", help.ja, then.ja).into(), en: format!("{}\n{en} {}", help.en, then.en).into() }
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

/// The line of `span` as it reads after `edits`, without its indentation.
pub(super) fn mended_line(city: &City, id: FileId, span: Span, edits: &[Edit]) -> String {
    let file = city.file(id);
    let line = file.lines.line_span(&file.text, file.lines.line(span.start));
    let inside = edits.iter().filter(|edit| line.holds(edit.span));
    let shift = |edit: &Edit| Edit {
        span: Span { start: edit.span.start - line.start, end: edit.span.end - line.start },
        text: edit.text.clone(),
    };
    let inside: Vec<Edit> = inside.map(shift).collect();
    let text = file.text.get(line.range()).unwrap_or_default();
    let mended = apply(text, &inside).text;
    // A mended line break may have made two lines of it.
    shorten(mended.trim().lines().next().unwrap_or_default())
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
