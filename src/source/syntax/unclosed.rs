//! Quotes and brackets whose partner is missing: one to put at the end of the line, or the sign to
//! take away where it opens nothing.

use super::{Guess, before_remark, helps};
use crate::place::Span;
use crate::source::chars::{closing, field_name};
use crate::source::scan::{Scan, Unclosed};
use crate::source::{Edit, Syntax, Vocabulary};

/// Open quotes and brackets above that may be the cause.
const UNCLOSED_BACK: usize = 8;

/// The nearest open quotes, or brackets, above an error.
pub(super) fn unclosed(text: &str, seen: &Scan, at: usize, words: &Vocabulary, quotes: bool) -> Vec<Guess> {
    let wanted = |open: &&Unclosed| open.start <= at && matches!(open.sign, '"' | '\'') == quotes;
    let nearest = seen.unclosed.iter().rev().filter(wanted).take(UNCLOSED_BACK);
    nearest.flat_map(|open| ways_out(text, open, words)).collect()
}

/// A quote or bracket that is open for certain: a field of the level above follows.
pub(super) fn forgotten(text: &str, seen: &Scan, at: usize, words: &Vocabulary) -> Option<Guess> {
    let first = seen.unclosed.iter().find(|open| open.forgotten && open.start <= at)?;
    let mut ways = ways_out(text, first, words);
    let way = ways.iter().position(|guess| helps(text, guess, at)).unwrap_or(0);
    Some(ways.swap_remove(way))
}

/// What may have been meant by a sign without a partner, the likelier first.
fn ways_out(text: &str, open: &Unclosed, words: &Vocabulary) -> Vec<Guess> {
    let (what, close) = match open.sign {
        '[' => (Syntax::UnclosedBracket('['), ']'),
        '{' => (Syntax::UnclosedBracket('{'), '}'),
        quote => (Syntax::UnclosedQuote(quote), quote),
    };
    let line = text.get(open.start..open.line_end).unwrap_or_default();
    let edit = Edit { span: Span::at(open.start + before_remark(line, 1)), text: close.to_string() };
    let width = line.chars().next().map_or(0, char::len_utf8);
    let closed = Guess { span: Span::new(open.start, open.start + width), what, edit, certain: false };
    match stray(text, open.start, words) {
        Some(stray) if stray.known => vec![stray.guess, closed],
        Some(stray) => vec![closed, stray.guess],
        None => vec![closed],
    }
}

/// A sign that opens nothing.
pub(super) struct Stray {
    /// Taking it away.
    pub(super) guess: Guess,
    /// True before the name of a field that there is.
    pub(super) known: bool,
}

/// The quote or bracket at a byte, where it stands before the name of a field or a dash, or alone.
pub(super) fn stray(text: &str, start: usize, words: &Vocabulary) -> Option<Stray> {
    let line = text.get(start..)?.lines().next()?;
    let sign = line.chars().next().filter(|c| matches!(c, '"' | '\'' | '[' | '{'))?;
    let rest = &line[1..];
    let name = field_name(rest.trim_start_matches([' ', '-']));
    let alone = before_remark(rest, 0) == 0;
    if name.is_none() && !rest.starts_with("- ") && !alone {
        return None;
    }
    let span = Span::new(start, start + 1);
    // Behind a name, the space before it goes too.
    let from = if alone { text[..start].trim_end_matches(' ').len() } else { start };
    let edit = Edit { span: Span::new(from, start + 1), text: String::new() };
    let guess = Guess { span, what: Syntax::StraySign(sign), edit, certain: false };
    Some(Stray { guess, known: name.is_some_and(|name| words.is_key(name)) })
}

/// A text in quotes that is closed on a later line, as a cell with a line break is pasted.
pub(super) fn over_lines(text: &str, seen: &Scan, at: usize) -> Option<Guess> {
    let quote = |open: &&Unclosed| open.start < at && matches!(open.sign, '"' | '\'');
    let open = seen.unclosed.iter().rev().find(quote)?;
    let end = closing(text, open.start + 1, open.sign)?;
    let written = text.get(open.start..end).filter(|written| written.contains('\n') && at <= end)?;
    let joined = written.lines().map(str::trim).collect();
    let what = Syntax::QuoteOverLines(open.sign);
    let edit = Edit { span: Span::new(open.start, end), text: joined };
    Some(Guess { span: Span::new(open.start, open.line_end), what, edit, certain: false })
}
