//! The readable parts of a file that does not parse as a whole.

use crate::place::Span;
use crate::source::Vocabulary;

/// Splits a text into its top-level blocks: a line at column 0 that begins with a top-level
/// field starts one. What comes before the first is left out.
pub fn blocks(text: &str, words: &Vocabulary) -> Vec<Span> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.trim_start_matches('\u{feff}');
        if let Some((key, _)) = name.split_once(':')
            && words.is_top(key.trim_end())
        {
            starts.push(at + line.len() - name.len());
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect()
}
