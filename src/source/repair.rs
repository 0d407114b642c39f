//! Edits applied in memory, with the way back from a place in the result to the place in the file.

use std::borrow::Cow;

use crate::place::Span;
use crate::source::Edit;

/// A text after edits, and where each of its bytes came from.
#[derive(Debug)]
pub struct Repaired<'a> {
    /// The text after the edits; borrowed when there were none.
    pub text: Cow<'a, str>,
    /// Start in the result, start in the file, and whether the run is unchanged text.
    runs: Vec<(u32, u32, bool)>,
}

/// Applies `edits` to `text`. Edits that overlap an earlier one are left out.
pub fn apply<'a>(text: &'a str, edits: &[Edit]) -> Repaired<'a> {
    if edits.is_empty() {
        return Repaired { text: Cow::Borrowed(text), runs: Vec::new() };
    }
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len());
    let mut runs = Vec::new();
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        if range.start < done || range.end > text.len() {
            continue;
        }
        runs.push((Span::at(result.len()).start, Span::at(done).start, true));
        result.push_str(&text[done..range.start]);
        runs.push((Span::at(result.len()).start, edit.span.start, false));
        result.push_str(&edit.text);
        done = range.end;
    }
    runs.push((Span::at(result.len()).start, Span::at(done).start, true));
    result.push_str(&text[done..]);
    Repaired { text: Cow::Owned(result), runs }
}

impl Repaired<'_> {
    /// The place in the file of the byte at `at` in the result.
    pub fn original(&self, at: u32) -> u32 {
        if self.runs.is_empty() {
            return at;
        }
        let run = self.runs.partition_point(|(start, _, _)| *start <= at).saturating_sub(1);
        let (start, origin, kept) = self.runs[run];
        if kept { origin + (at - start) } else { origin }
    }

    /// The place in the file of a span of the result.
    pub fn original_span(&self, span: Span) -> Span {
        let start = self.original(span.start);
        // An end that touches a replaced run belongs to the text before it.
        let end = if span.is_empty() { start } else { self.original(span.end - 1) + 1 };
        Span { start, end: end.max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_file() {
        let text = "title：窓口\nid: G1\n";
        let at = text.find('：').unwrap_or(0);
        let fixed = apply(text, &[Edit { span: Span::new(at, at + 3), text: ": ".into() }]);
        assert_eq!(fixed.text, "title: 窓口\nid: G1\n");
        let mado = fixed.text.find('窓').unwrap_or(0);
        let span = fixed.original_span(Span::new(mado, mado + 6));
        assert_eq!(&text[span.range()], "窓口");
        let id = fixed.text.find("id").unwrap_or(0);
        assert_eq!(&text[fixed.original_span(Span::new(id, id + 2)).range()], "id");
    }
}
