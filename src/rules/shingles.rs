//! How much of a text stands in another, told by the runs of letters (shingles) that they share.
//!
//! Texts are compared after NFKC, letters and digits only, so that punctuation, line breaks and
//! width make no difference. A letter is shared when it lies in a run that stands in the other
//! text, too: one changed letter costs a few letters, not all runs across it. Every function here
//! is linear in its texts.

use std::collections::{HashSet, VecDeque};

use unicode_normalization::UnicodeNormalization;

/// Texts of fewer letters are too short to tell a copy from a coincidence.
pub(super) const SHORTEST: usize = 20;
/// Letters of a run. Longer runs would miss copies in which every tenth letter is another one;
/// shorter ones are shared by any two Japanese texts.
const RUN: usize = 3;
/// Letters of a run that is quoted, not met by chance.
const QUOTED: usize = 8;
/// Letters of a run that leads to a text, and how many neighbours of these one is chosen from.
/// Two texts that share six letters in a row share a chosen run; where one letter in ten is
/// another one, a text of twenty letters has such a row.
const MARK: usize = 4;
const WINDOW: usize = 3;

/// The runs of a text, for questions about others.
pub(super) type Runs<'t> = HashSet<&'t [char]>;

/// The letters and digits of a text.
pub(super) fn letters(text: &str) -> Vec<char> {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// All runs of a text.
pub(super) fn runs(letters: &[char]) -> Runs<'_> {
    letters.windows(RUN).collect()
}

/// How many letters of a text lie in runs that the other text has, too.
pub(super) fn shared(letters: &[char], other: &Runs<'_>) -> usize {
    covered(letters, RUN, other).into_iter().filter(|covered| *covered).count()
}

/// True for four fifths and more.
pub(super) fn is_most(part: usize, whole: usize) -> bool {
    part * 5 >= whole * 4
}

/// The runs of a wording that are long enough to be quoted.
pub(super) fn quotable(wording: &[char]) -> Runs<'_> {
    wording.windows(QUOTED).collect()
}

/// What a text says besides what it quotes.
pub(super) fn without(letters: &[char], quoted: &Runs<'_>) -> Vec<char> {
    let covered = covered(letters, QUOTED, quoted);
    letters.iter().zip(covered).filter(|(_, covered)| !covered).map(|(letter, _)| *letter).collect()
}

fn covered(letters: &[char], length: usize, known: &Runs<'_>) -> Vec<bool> {
    let mut covered = vec![false; letters.len()];
    let mut done = 0;
    for (start, run) in letters.windows(length).enumerate() {
        if known.contains(run) {
            covered[done.max(start)..start + length].fill(true);
            done = start + length;
        }
    }
    covered
}

/// A few runs of a text as numbers, chosen by what they say and not by where they stand (winnowing):
/// of each few neighbours the one of the least number.
pub(super) fn marks(letters: &[char]) -> Vec<u64> {
    let numbers = letters.windows(MARK).map(number);
    let mut least: VecDeque<(usize, u64)> = VecDeque::new();
    let mut marks = Vec::new();
    for (at, number) in numbers.enumerate() {
        while least.back().is_some_and(|(_, last)| *last > number) {
            least.pop_back();
        }
        least.push_back((at, number));
        while least.front().is_some_and(|(first, _)| first + WINDOW <= at) {
            least.pop_front();
        }
        if at + 1 >= WINDOW {
            marks.extend(least.front().map(|(_, number)| *number));
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// FNV-1a over the letters: the same on every machine and in every version.
fn number(run: &[char]) -> u64 {
    run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_punctuation_make_no_difference() {
        assert_eq!(letters("ＩＣＴ、（１）を\n使う。"), letters("ICT(1)を使う"));
    }

    #[test]
    fn a_changed_letter_costs_only_what_is_near() {
        let (one, other) = (letters("受付番号の表示を入口に置く"), letters("受付番号の案内を入口に置く"));
        assert_eq!(shared(&one, &runs(&other)), 11);
        assert_eq!(shared(&one, &runs(&one)), 13);
        assert_eq!(shared(&one, &runs(&letters("全く別の文"))), 0);
    }

    #[test]
    fn what_is_quoted_is_taken_out() {
        let asked = letters("市民の窓口での待ち時間を短くすること");
        let text = letters("「市民の窓口での待ち時間を短くする」ため人を増やす");
        assert_eq!(without(&text, &quotable(&asked)), letters("ため人を増やす"));
    }

    #[test]
    fn six_letters_in_a_row_share_a_mark() {
        let long = letters("いろはにほへとちりぬるをわかよたれそつねならむ");
        for row in long.windows(MARK + WINDOW - 1) {
            let text: Vec<char> =
                letters("一二三").into_iter().chain(row.iter().copied()).chain(letters("四五")).collect();
            let (marks, known) = (marks(&text), marks(&long));
            assert!(marks.iter().any(|mark| known.contains(mark)), "{row:?}");
        }
    }
}
