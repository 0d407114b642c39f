//! Which of the known words a mistyped one was meant to be.

use unicode_normalization::UnicodeNormalization;

/// Names are compared without spaces and width variants.
pub fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The entry of `entries` that `text` is most like, if any is like it at all.
pub fn nearest<'a>(text: &str, entries: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let text = fold(text);
    let scored = entries.map(|entry| (distance(&text, &fold(entry)), entry));
    let alike = |(score, entry): &(usize, &str)| score * 2 <= text.chars().count().max(entry.chars().count());
    scored.filter(alike).min_by_key(|(score, _)| *score).map(|(_, entry)| entry)
}

/// Damerau–Levenshtein distance with adjacent swaps, over characters.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
