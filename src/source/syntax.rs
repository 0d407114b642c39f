//! Why the parser stopped, told from the lines rather than from its own message.
//!
//! Each likely cause comes with the edit that would undo it; the first cause whose edit really
//! lets the parser get further is the answer. So an innocent line is not accused only because the
//! parser happened to stop there.

mod unclosed;

use crate::place::Span;
use crate::source::chars::{closing, is_block_header};
use crate::source::scan::Scan;
use crate::source::{Edit, Fault, FaultKind, Syntax, Vocabulary, Widths, apply, parse, scan};
use unclosed::{forgotten, over_lines, stray, unclosed};

/// Lines above the one where the parser stopped that may hold the cause.
const LINES_BACK: usize = 4;

/// A cause that the lines suggest.
struct Guess {
    span: Span,
    what: Syntax,
    /// Undoes it; `certain` where nobody could mean another thing.
    edit: Edit,
    certain: bool,
}

/// The cause of a parse error at byte `at` of `text`. Its places are those of `text`.
pub(super) fn explain(text: &str, at: usize, words: &Vocabulary) -> Fault {
    let seen = scan(text, words, Widths::LIKELY[0]);
    let lines = suspects(text, &seen, at);
    let mut guesses: Vec<Guess> = unclosed(text, &seen, at, words, true);
    guesses.extend(over_lines(text, &seen, at));
    guesses.extend(lines.iter().flat_map(|line| causes(text, *line, words)));
    guesses.extend(unclosed(text, &seen, at, words, false));
    guesses.extend(lines.iter().filter_map(|line| block_text(text, *line, &seen)));
    guesses.extend(lines.iter().filter_map(|line| without_colon(text, *line)));
    guesses.extend(lines.iter().take(2).flat_map(|line| indentations(text, *line, &seen)));
    let answer = forgotten(text, &seen, at, words).or_else(|| guesses.into_iter().find(|guess| helps(text, guess, at)));
    match answer {
        Some(guess) => {
            let (edits, likely) =
                if guess.certain { (vec![guess.edit], Vec::new()) } else { (Vec::new(), vec![guess.edit]) };
            Fault { span: guess.span, kind: FaultKind::Syntax(guess.what), edits, likely }
        }
        None => Fault::new(words_of(text, at), FaultKind::Syntax(Syntax::Indentation(None))),
    }
}

/// The line with the error and the lines of structure above it, nearest first.
fn suspects(text: &str, seen: &Scan, at: usize) -> Vec<Span> {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let after = seen.structure.partition_point(|line| line.range().start <= end);
    seen.structure.get(after.saturating_sub(LINES_BACK)..after).unwrap_or_default().iter().rev().copied().collect()
}

/// The words of the line that holds `at`, or of the last line with words before it.
fn words_of(text: &str, at: usize) -> Span {
    let before = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[before..].lines().next().unwrap_or_default();
    let (start, line) = if line.trim().is_empty() {
        let head = text[..at].trim_end();
        let start = head.rfind('\n').map_or(0, |end| end + 1);
        (start, &head[start..])
    } else {
        (before, line)
    };
    let lead = line.len() - line.trim_start().len();
    Span::new(start + lead, start + line.trim_end().len().max(lead))
}

/// True when the parser gets past the guilty line once the edit is made.
fn helps(text: &str, guess: &Guess, at: usize) -> bool {
    let mended = apply(text, std::slice::from_ref(&guess.edit));
    let parsed = parse(&mended.text, 0, &mended);
    let Some(error) = parsed.error else { return true };
    let error = mended.original(Span::at(error).start) as usize;
    let line = |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
    match guess.what {
        // The parser noticed these only at the end of the file, perhaps past other slips.
        Syntax::UnclosedQuote(_) | Syntax::UnclosedBracket(_) | Syntax::StraySign(_) => {
            line(error) > line(guess.edit.span.range().start) + 1 && error != at
        }
        _ => line(error) > line(at),
    }
}

/// The first lines of a block text, written without indentation.
fn block_text(text: &str, span: Span, seen: &Scan) -> Option<Guess> {
    let index = seen.structure.partition_point(|other| other.start < span.start);
    let head = &text[seen.structure.get(index.checked_sub(1)?)?.range()];
    let name = head.trim_start_matches([' ', '-']);
    let deeper = head.len() - name.len() + 2;
    if !is_block_header(name.split_once(": ")?.1.trim()) {
        return None;
    }
    let words = |line: &&str| !line.is_empty() && !line.contains(": ") && !line.trim_end().ends_with(':');
    let start = span.range().start;
    let shallow = |line: &&str| line.len() - line.trim_start_matches(' ').len() < deeper;
    let lines: Vec<&str> = text[start..].lines().take_while(|line| words(line) && shallow(line)).collect();
    let (first, last) = (lines.first()?, lines.last()?);
    let end = last.as_ptr() as usize + last.len() - text.as_ptr() as usize;
    let indented: Vec<String> =
        lines.iter().map(|line| format!("{}{}", " ".repeat(deeper), line.trim_start_matches(' '))).collect();
    let edit = Edit { span: Span::new(start, end), text: indented.join("\n") };
    let lead = first.len() - first.trim_start_matches(' ').len();
    let place = Span::new(start + lead, start + first.trim_end().len());
    Some(Guess { span: place, what: Syntax::BlockText(deeper), edit, certain: false })
}

/// What the signs of one line suggest.
fn causes(text: &str, span: Span, words: &Vocabulary) -> Vec<Guess> {
    let line = &text[span.range()];
    let start = span.range().start;
    let mut trimmed = line.trim_start_matches(' ');
    while let Some(rest) = trimmed.strip_prefix("- ") {
        trimmed = rest.trim_start_matches(' ');
    }
    let head = start + line.len() - trimmed.len();
    let mut guesses: Vec<Guess> =
        stray(text, head, words).filter(|stray| stray.known).map(|stray| stray.guess).into_iter().collect();
    if let Some((name, rest)) = trimmed.split_once(':')
        && !rest.is_empty()
        && !rest.starts_with([' ', '\t'])
        && words.is_key(name)
    {
        let colon = head + name.len();
        let edit = Edit { span: Span::at(colon + 1), text: " ".to_owned() };
        let what = Syntax::NoSpaceAfterColon(name.to_owned());
        guesses.push(Guess { span: Span::new(colon, colon + 1), what, edit, certain: true });
    }
    if trimmed.starts_with('-') && !trimmed.starts_with("--") && trimmed.len() > 1 {
        let edit = Edit { span: Span::at(head + 1), text: " ".to_owned() };
        guesses.push(Guess { span: Span::new(head, head + 1), what: Syntax::NoSpaceAfterDash, edit, certain: false });
    }
    let named = trimmed.split_once(": ").filter(|(name, _)| !name.contains(['"', '\'', '[', '{']));
    let value = named.map_or(trimmed, |(_, value)| value.trim_start());
    let at = start + line.len() - value.len();
    if named.is_some() {
        guesses.extend(second_field(value, at, head - start, words));
    }
    guesses.extend(value_cause(value.trim_end(), at, named.is_some()));
    guesses
}

/// A field that follows the value of another on its line, as cells of a row are pasted.
fn second_field(value: &str, at: usize, column: usize, words: &Vocabulary) -> Option<Guess> {
    let before = &value[..value.find(": ")?];
    let name = before.rsplit([' ', '\t']).next().filter(|name| words.is_key(name))?;
    let text = before[..before.len() - name.len()].trim_end();
    let from = at + before.len() - name.len();
    let edit = Edit { span: Span::new(at + text.len(), from), text: format!("\n{}", " ".repeat(column)) };
    let span = Span::new(from, from + name.len());
    (!text.is_empty()).then(|| Guess { span, what: Syntax::TwoFields(name.to_owned()), edit, certain: false })
}

/// What the value of a line suggests; quoting it would undo it.
fn value_cause(value: &str, at: usize, named: bool) -> Option<Guess> {
    let first = value.chars().next()?;
    let after = if matches!(first, '"' | '\'') { closing(value, 1, first).unwrap_or(value.len()) } else { 0 };
    let value = &value[..before_remark(value, after)];
    let whole = Edit { span: Span::new(at, at + value.len()), text: quoted(value) };
    let guess = |from: usize, to: usize, what| {
        Some(Guess { span: Span::new(at + from, at + to), what, edit: whole.clone(), certain: false })
    };
    match first {
        '[' | '{' => return None,
        '*' | '&' | '!' | '%' | '@' | '`' | ']' | '}' | ',' => return guess(0, 1, Syntax::SpecialStart(first)),
        '>' | '|' if !is_block_header(value) => return guess(0, 1, Syntax::SpecialStart(first)),
        '-' | '?' if value[1..].starts_with(' ') && named => return guess(0, 1, Syntax::SpecialStart(first)),
        '"' | '\'' => {
            let end = closing(value, 1, first).filter(|end| *end < value.len())?;
            let lead = value[end..].len() - value[end..].trim_start().len();
            return guess(end + lead, value.len(), Syntax::AfterQuote);
        }
        _ => {}
    }
    let colon = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1))?;
    guess(colon, colon + 1, Syntax::ColonInText)
}

/// Where the words of a line end and its remark (` # …`) begins, looking from byte `from`.
fn before_remark(line: &str, from: usize) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    let remark = rest.match_indices('#').find(|(at, _)| rest[..*at].ends_with([' ', '\t']));
    let words = remark.map_or(line, |(at, _)| line.get(..from + at).unwrap_or_default());
    words.trim_end_matches([' ', '\t']).len()
}

/// A text in the quotes that need no change of its own signs, where there are such.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A line without any colon where fields are wanted: the parser goes on without it.
fn without_colon(text: &str, span: Span) -> Option<Guess> {
    let line = &text[span.range()];
    let bare = line.trim();
    if bare.contains(": ") || bare.ends_with(':') || bare.starts_with("- ") || bare == "-" {
        return None;
    }
    let start = span.range().start + line.len() - line.trim_start().len();
    let span = Span::new(start, start + bare.len());
    let edit = Edit { span, text: format!("# {bare}") };
    Some(Guess { span, what: Syntax::NoColon, edit, certain: false })
}

/// Other indentations of the line: those of the lines above, the nearest first.
fn indentations(text: &str, span: Span, seen: &Scan) -> Vec<Guess> {
    let line = &text[span.range()];
    let own = line.len() - line.trim_start_matches(' ').len();
    let index = seen.structure.partition_point(|other| other.start < span.start);
    let above = seen.structure.get(index.saturating_sub(8)..index).unwrap_or_default();
    let mut columns: Vec<usize> = above
        .iter()
        .flat_map(|other| {
            let other = &text[other.range()];
            let bullet = other.len() - other.trim_start_matches(' ').len();
            [bullet, other.len() - other.trim_start_matches([' ', '-']).len()]
        })
        .filter(|column| *column != own)
        .collect();
    columns.sort_by_key(|column| (column.abs_diff(own), *column));
    columns.dedup();
    let at = span.range().start;
    let words = Span::new(at + own, at + line.trim_end().len().max(own));
    let guess = |column: usize| Guess {
        span: words,
        what: Syntax::Indentation(Some(column)),
        edit: Edit { span: Span::new(at, at + own), text: " ".repeat(column) },
        certain: false,
    };
    columns.into_iter().take(4).map(guess).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(text: &str) -> (usize, String, Syntax) {
        let words = Vocabulary {
            keys: vec!["cites", "id", "outcome", "title"],
            lists: vec!["cites"],
            ids: vec!["cites"],
            top: vec!["id", "title"],
        };
        let plain = apply(text, &[]);
        let at = parse(text, 0, &plain).error.expect("the text does not parse");
        let fault = explain(text, at, &words);
        let line = text[..fault.span.range().start].matches('\n').count() + 1;
        let FaultKind::Syntax(what) = fault.kind else { panic!("{:?}", fault.kind) };
        (line, text[fault.span.range()].to_owned(), what)
    }

    #[test]
    fn remarks_stay_remarks() {
        for (text, want) in [
            ("id: G1\ntitle: \"窓口 # 注\noutcome: 早い\n", "title: \"窓口\" # 注"),
            ("id: G1\ntitle: 目標: 30件  # 注\noutcome: 早い\n", "title: \"目標: 30件\"  # 注"),
            ("id: G1\ntitle: \"a # b\"の改善 # 注\noutcome: 早い\n", "title: '\"a # b\"の改善' # 注"),
            ("cites: [1-1, 1-2  # 注\nid: G1\n", "cites: [1-1, 1-2]  # 注"),
            ("id: G1\ntitle: @# 窓口 # 注\n", "title: \"@# 窓口\" # 注"),
        ] {
            let plain = apply(text, &[]);
            let fault = explain(text, parse(text, 0, &plain).error.expect("broken"), &Vocabulary::default());
            let mended =
                apply(text, if fault.edits.is_empty() { &fault.likely } else { &fault.edits }).text.into_owned();
            assert!(mended.contains(want), "{mended}");
        }
    }

    #[test]
    fn the_guilty_line_is_named() {
        for (text, line, place, what) in [
            ("id: G1\ntitle: \"窓口\noutcome: 早い\n", 2, "\"", Syntax::UnclosedQuote('"')),
            ("id: G1\ntitle: '窓口\noutcome: 'い'\n", 2, "'", Syntax::UnclosedQuote('\'')),
            ("cites: [1-1, 1-2\nid: G1\ntitle: 窓口\n", 1, "[", Syntax::UnclosedBracket('[')),
            ("id: G1\ntitle: 目標: 30件\noutcome: |-\n  文\n", 2, ":", Syntax::ColonInText),
            ("id: G1\ntitle:窓口\noutcome: |-\n  文\n", 2, ":", Syntax::NoSpaceAfterColon("title".to_owned())),
            ("cites:\n  - 1-1\n  -1-2\nid: G1\n", 3, "-", Syntax::NoSpaceAfterDash),
            ("id: G1\ntitle: * 注\n", 2, "*", Syntax::SpecialStart('*')),
            ("id: G1\ntitle: @窓口\n", 2, "@", Syntax::SpecialStart('@')),
            ("id: G1\ntitle: > 30件\noutcome: x\n", 2, ">", Syntax::SpecialStart('>')),
            ("id: G1\ntitle: \"窓口\"の改善\noutcome: x\n", 2, "の改善", Syntax::AfterQuote),
            ("id: G1\n窓口の改善\ntitle: x\n", 2, "窓口の改善", Syntax::NoColon),
            ("id: G1\n  title: x\n", 2, "title: x", Syntax::Indentation(Some(0))),
        ] {
            assert_eq!(cause(text), (line, place.to_owned(), what), "{text}");
        }
    }
}
