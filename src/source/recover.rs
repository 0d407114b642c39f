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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_begin_at_known_fields_of_the_first_column() {
        let words = Vocabulary { top: vec!["direction", "goals", "status"], ..Vocabulary::default() };
        let text = "\u{feff}status: draft\n# 注\ndirection: |-\n  goals: 文\nunknown: 1\ngoals:\n  - id: G1\n";
        let parts: Vec<&str> = blocks(text, &words).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(
            parts,
            ["status: draft\n# 注\n", "direction: |-\n  goals: 文\nunknown: 1\n", "goals:\n  - id: G1\n"]
        );
        assert!(blocks("部名：政策部\n", &words).is_empty());
    }
}
