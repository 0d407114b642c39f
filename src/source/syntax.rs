//! Why the parser stopped, told from the line it stopped at rather than from its own message.

use crate::place::Span;
use crate::source::scan::OpenQuote;
use crate::source::{Fault, FaultKind, Repaired, Syntax, Vocabulary};

/// The cause of a parse error at byte `at` of the repaired text.
pub(super) fn explain(repaired: &Repaired<'_>, at: usize, quotes: &[OpenQuote], words: &Vocabulary) -> Fault {
    let text: &str = &repaired.text;
    let fault = |span: Span, what| Fault::new(repaired.original_span(span), FaultKind::Syntax(what));
    let line = line_span(text, at);
    let original = repaired.original(Span::at(at).start) as usize;
    let near = quotes.iter().rev().find(|quote| {
        quote.start <= original && quote.end.is_none_or(|end| end >= original.saturating_sub(line.range().len()))
    });
    if let Some(quote) = near {
        // Places of quotes are of the file already.
        return Fault::new(
            Span::new(quote.start, quote.start + 1),
            FaultKind::Syntax(Syntax::UnclosedQuote(quote.quote)),
        );
    }
    let before = line_span(text, line.range().start.saturating_sub(1));
    for candidate in [line, before] {
        if let Some((span, what)) = cause(text, candidate, words) {
            return fault(span, what);
        }
    }
    if at >= text.trim_end().len()
        && let Some((start, bracket)) = unclosed_bracket(text)
    {
        return fault(Span::new(start, start + 1), Syntax::UnclosedBracket(bracket));
    }
    let lead = text[line.range()].len() - text[line.range()].trim_start().len();
    let span =
        if line.range().len() > lead { Span::new(line.range().start + lead, line.range().end) } else { Span::at(at) };
    fault(span, Syntax::Indentation)
}

/// The line that holds byte `at`, without its end; the last line with words for the end of file.
fn line_span(text: &str, at: usize) -> Span {
    let mut at = at.min(text.len());
    if at == text.len() {
        at = text.trim_end().len();
    }
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    Span::new(start, start + text[start..end].trim_end_matches('\r').len())
}

fn cause(text: &str, span: Span, words: &Vocabulary) -> Option<(Span, Syntax)> {
    let line = &text[span.range()];
    let start = span.range().start;
    let trimmed = line.trim_start_matches([' ', '-']);
    if trimmed.starts_with('#') {
        return None;
    }
    let name_at = line.len() - trimmed.len();
    let (name, value_at) = match trimmed.find(": ") {
        Some(colon) => (&trimmed[..colon], name_at + colon + 2),
        None => ("", name_at),
    };
    if name.is_empty()
        && let Some((name, rest)) = trimmed.split_once(':')
        && !rest.is_empty()
        && !rest.starts_with([' ', '/'])
        && words.keys.binary_search(&name).is_ok()
    {
        let at = start + name_at + name.len();
        return Some((Span::new(at, at + 1), Syntax::NoSpaceAfterColon(name.to_owned())));
    }
    let value = line[value_at..].trim_start();
    let value_at = start + line.len() - value.len();
    let first = value.chars().next()?;
    if matches!(first, '*' | '&' | '!' | '%' | '@' | '`' | '>' | '|' | '?')
        || value.starts_with("- ")
        || matches!(first, ']' | '}' | ',')
    {
        return Some((Span::new(value_at, value_at + first.len_utf8()), Syntax::SpecialStart(first)));
    }
    if matches!(first, '"' | '\'') {
        let inner = value[1..].find(first).map(|end| end + 2);
        return inner
            .filter(|end| !value[*end..].trim().is_empty() && !value[*end..].trim_start().starts_with('#'))
            .map(|end| (Span::new(value_at + end, value_at + value.trim_end().len()), Syntax::AfterQuote));
    }
    let colon = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1))?;
    (!name.is_empty()).then(|| (Span::new(value_at + colon, value_at + colon + 1), Syntax::ColonInText))
}

/// The last bracket that opens a value and has no partner.
fn unclosed_bracket(text: &str) -> Option<(usize, char)> {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        let opens_value = text[..at].ends_with([' ', '[', '{', ',']);
        match c {
            '[' | '{' if opens_value => open.push((at, c)),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}
