//! Formatting: the layout that `kpolicy fmt` gives, the content as it is.

use lsp_types::TextEdit;

use crate::fmt::format;
use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnBuffer;
use crate::lsp::session::Session;
use crate::place::Span;
use crate::source::Readable;

/// Nothing for a buffer that is tidy, and for one that cannot be read: many editors ask at every save.
pub(super) fn answer(session: &Session, params: OnBuffer) -> Result<Option<Vec<TextEdit>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let file = here.file();
    let Some(kind) = file.role.kind.filter(|_| file.readable == Readable::Whole && file.faults.is_empty()) else {
        return Ok(None);
    };
    let before = &here.document.text;
    let Ok(Some(after)) = format(before, kind.vocabulary()) else { return Ok(None) };
    let (span, with) = difference(before, &after);
    Ok(Some(vec![TextEdit { range: here.range(span), new_text: with.to_owned() }]))
}

/// The one stretch in which two texts differ, in whole lines.
pub(super) fn difference<'t>(before: &str, after: &'t str) -> (Span, &'t str) {
    let lines = |text: &'_ str| text.split_inclusive('\n').map(str::len).collect::<Vec<_>>();
    let (old, new) = (lines(before), lines(after));
    let mut start = 0;
    for (a, b) in old.iter().zip(&new) {
        if a != b || before.get(start..start + a) != after.get(start..start + b) {
            break;
        }
        start += a;
    }
    let (mut end, mut stop) = (before.len(), after.len());
    for (a, b) in old.iter().rev().zip(new.iter().rev()) {
        let same =
            a == b && end - start >= *a && stop - start >= *b && before.get(end - a..end) == after.get(stop - b..stop);
        if !same {
            break;
        }
        (end, stop) = (end - a, stop - b);
    }
    (Span::new(start, end), after.get(start..stop).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_that_differ_are_replaced() {
        for (before, after) in
            [("a\nb\nc\n", "a\nB\nc\n"), ("a\n", "a\na\n"), ("a\na\n", "a\n"), ("", "x"), ("x\ny", "x\ny\n")]
        {
            let (span, with) = difference(before, after);
            let mut text = before.to_owned();
            text.replace_range(span.range(), with);
            assert_eq!(text, after);
        }
        assert_eq!(difference("a\nb\nc\n", "a\nB\nc\n"), (Span::new(2, 4), "B\n"));
    }
}
