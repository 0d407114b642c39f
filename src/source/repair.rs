//! Edits applied in memory, with the way back from a place in the result to the place in the file.

use std::borrow::Cow;

use crate::place::Span;
use crate::source::Edit;

/// A text after edits, and where each of its bytes came from.
#[derive(Debug)]
pub struct Repaired<'a> {
    /// The text after the edits; borrowed when there were none.
    pub text: Cow<'a, str>,
    runs: Vec<Run>,
}

/// A stretch of the result, up to the next one.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where it begins in the result.
    start: u32,
    /// The bytes of the file that it shows or replaces.
    from: Span,
    /// True for unchanged text.
    kept: bool,
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
        let Some(kept) = text.get(done..range.start).filter(|_| text.get(range.clone()).is_some()) else { continue };
        runs.push(Run { start: Span::at(result.len()).start, from: Span::new(done, range.start), kept: true });
        result.push_str(kept);
        runs.push(Run { start: Span::at(result.len()).start, from: edit.span, kept: false });
        result.push_str(&edit.text);
        done = range.end;
    }
    runs.push(Run { start: Span::at(result.len()).start, from: Span::new(done, text.len()), kept: true });
    result.push_str(text.get(done..).unwrap_or_default());
    Repaired { text: Cow::Owned(result), runs }
}

impl Repaired<'_> {
    /// True where there was nothing to edit.
    pub(super) fn is_unchanged(&self) -> bool {
        self.runs.is_empty()
    }

    /// The place in the file of the byte at `at` in the result.
    pub fn original(&self, at: u32) -> u32 {
        match self.run(at) {
            Some(run) if run.kept => run.from.start + (at - run.start),
            Some(run) => run.from.start,
            None => at,
        }
    }

    /// The place in the file of a span of the result. What was put in stands for all that it
    /// replaced, so that a span never cuts a character.
    pub fn original_span(&self, span: Span) -> Span {
        let start = self.original(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        // An end that touches a replaced run belongs to the text before it.
        let last = span.end - 1;
        let end = match self.run(last) {
            Some(run) if run.kept => run.from.start + (last - run.start) + 1,
            Some(run) => run.from.end,
            None => span.end,
        };
        Span { start, end: end.max(start) }
    }

    fn run(&self, at: u32) -> Option<Run> {
        let index = self.runs.partition_point(|run| run.start <= at).checked_sub(1)?;
        self.runs.get(index).copied()
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

    #[test]
    fn replaced_ends_are_whole_characters() {
        let text = "［1-1，1-2］";
        let edit = |at: usize, new: &str| Edit { span: Span::new(at, at + 3), text: new.into() };
        let edits = [edit(0, "["), edit(6, ", "), edit(text.len() - 3, "]")];
        let fixed = apply(text, &edits);
        assert_eq!(fixed.text, "[1-1, 1-2]");
        for start in 0..fixed.text.len() {
            for end in start..=fixed.text.len() {
                assert!(text.get(fixed.original_span(Span::new(start, end)).range()).is_some(), "{start}..{end}");
            }
        }
        assert_eq!(fixed.original_span(Span::new(0, 10)), Span::new(0, text.len()));
    }

    #[test]
    fn overlapping_edits_are_left_out() {
        let edits =
            [Edit { span: Span::new(0, 3), text: "x".into() }, Edit { span: Span::new(2, 4), text: "y".into() }];
        assert_eq!(apply("abcdef", &edits).text, "xdef");
        assert_eq!(apply("市", &[Edit { span: Span::new(1, 2), text: "y".into() }]).text, "市");
    }
}
