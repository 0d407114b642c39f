//! Which of the known words a mistyped one was meant to be.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization;

/// Names are compared without spaces and width variants.
pub fn fold(text: &str) -> String {
    if text.chars().all(is_settled) {
        return text.chars().filter(|c| !c.is_whitespace()).collect();
    }
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// True for a letter of which NFKC makes nothing else, whatever letters of its kind stand beside it:
/// nearly all letters of a plan.
pub fn is_settled(c: char) -> bool {
    c.is_ascii() || matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='\u{9fff}' | '々')
}

/// The entry of `entries` that `text` is most like, if any is like it at all.
pub fn nearest<'a>(text: &str, entries: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let entries: Vec<&str> = entries.collect();
    let index = Words::new(entries.iter().copied()).nearest(text)?;
    entries.get(index).copied()
}

/// Known words, made ready for many questions.
#[derive(Debug, Default)]
pub struct Words {
    entries: Vec<Entry>,
    /// Entries looked at so far.
    looked: Cell<usize>,
}

#[derive(Debug)]
struct Entry {
    folded: Letters,
    /// Characters as written.
    length: usize,
}

/// Entries looked at before questions go unanswered: a file with thousands of wrong names needs
/// no proposal for each, and each would be compared with thousands of right ones.
const PATIENCE: usize = 10_000_000;

impl Words {
    /// Folds the words.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Words {
        let entry = |word: &str| Entry { folded: Letters::new(&fold(word)), length: word.chars().count() };
        Words { entries: words.map(entry).collect(), looked: Cell::new(0) }
    }

    /// The index of the word that `text` is most like, if any is like it at all.
    pub fn nearest(&self, text: &str) -> Option<usize> {
        self.nearest_but(text, None)
    }

    /// The same, leaving one word out.
    pub fn nearest_but(&self, text: &str, but: Option<usize>) -> Option<usize> {
        self.nearest_of(text, |index| Some(index) != but)
    }

    /// The same, of some words only.
    pub fn nearest_of(&self, text: &str, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        self.looked.set(self.looked.get() + self.entries.len());
        if self.looked.get() > PATIENCE {
            return None;
        }
        let text = fold(text);
        let length = text.chars().count();
        let letters = Letters::new(&text);
        let mut best = usize::MAX;
        let mut found = None;
        for (index, entry) in self.entries.iter().enumerate().filter(|(index, _)| wanted(*index)) {
            // What is further away than half its letters is not like it.
            let limit = best.min(length.max(entry.length) / 2 + 1);
            if let Some(distance) = letters.distance_below(&entry.folded, limit) {
                (best, found) = (distance, Some(index));
            }
        }
        found
    }
}

/// Damerau–Levenshtein distance with adjacent swaps, over characters.
pub fn distance(a: &str, b: &str) -> usize {
    Letters::new(a).distance_below(&Letters::new(b), usize::MAX).unwrap_or_default()
}

/// The first letters of a word.
#[derive(Debug)]
struct Letters {
    letters: Vec<char>,
    /// One bit for each letter there is.
    set: u64,
}

impl Letters {
    fn new(word: &str) -> Letters {
        let letters: Vec<char> = word.chars().take(64).collect();
        let set = letters.iter().fold(0, |set, letter| set | 1 << (u32::from(*letter) % 64));
        Letters { letters, set }
    }

    /// The distance, where it is below `limit`.
    fn distance_below(&self, other: &Letters, limit: usize) -> Option<usize> {
        let (a, b) = (&self.letters, &other.letters);
        // Each letter that the other word lacks costs at least one change.
        let lacking = (self.set & !other.set).count_ones().max((other.set & !self.set).count_ones());
        if a.len().abs_diff(b.len()).max(lacking as usize) >= limit {
            return None;
        }
        let mut before: Vec<usize> = Vec::new();
        let mut last: Vec<usize> = (0..=b.len()).collect();
        let mut lowest = 0;
        for i in 1..=a.len() {
            let mut row = Vec::with_capacity(b.len() + 1);
            row.push(i);
            for j in 1..=b.len() {
                let change = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(before[j - 2] + 1);
                }
                row.push(best);
            }
            let low = row.iter().copied().min().unwrap_or_default();
            // A swap reaches back two rows, nothing reaches further.
            if low >= limit && lowest >= limit {
                return None;
            }
            lowest = low;
            before = std::mem::replace(&mut last, row);
        }
        last.last().copied().filter(|distance| *distance < limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_settled_letter_is_left_as_it_is() {
        let settled = ('\0'..=char::MAX).filter(|c| is_settled(*c)).collect::<String>();
        assert_eq!(settled.nfkc().collect::<String>(), settled);
        assert_eq!(fold("か\u{3099} ﾞ"), "が\u{3099}");
    }

    /// The definition, row by row.
    fn naive(a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
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

    proptest! {
        #[test]
        fn the_nearest_is_the_first_of_the_nearest(text in "[a-d１ｂ]{0,8}", words in prop::collection::vec("[a-d１]{0,8}", 0..8)) {
            let folded = fold(&text);
            let scores = words.iter().map(|word| (naive(&folded, &fold(word)), word));
            let alike = |(score, word): &(usize, &String)| score * 2 <= folded.chars().count().max(word.chars().count());
            let best = scores.filter(alike).min_by_key(|(score, _)| *score);
            prop_assert_eq!(nearest(&text, words.iter().map(String::as_str)), best.map(|(_, word)| word.as_str()));
            for word in &words {
                prop_assert_eq!(distance(&text, word), naive(&text, word));
            }
        }
    }
}
