//! How much of a text stands in another, told by the runs of letters (shingles) that they share.
//!
//! Texts are compared after NFKC, letters and digits only, so that punctuation, line breaks and
//! width make no difference. A letter is shared when it lies in a run that stands in the other
//! text, too: one changed letter costs a few letters, not all runs across it. Every function here
//! is linear in its texts.

use std::collections::VecDeque;

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

/// The runs of a text as numbers, in their order, for questions about others.
#[derive(Debug)]
pub(super) struct Runs {
    length: usize,
    numbers: Vec<u64>,
}

impl Runs {
    fn new(letters: &[char], length: usize) -> Runs {
        let mut numbers: Vec<u64> = letters.windows(length).map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Runs { length, numbers }
    }

    fn contains(&self, number: u64) -> bool {
        self.numbers.binary_search(&number).is_ok()
    }
}

/// The letters and digits of a text.
pub(super) fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len() / 3);
    for c in text.chars() {
        match alone(c) {
            Some(c) if is_letter(c) => letters.push(c),
            Some(_) => {}
            None => return text.nfkc().filter(|c| c.is_alphanumeric()).collect(),
        }
    }
    letters
}

/// What NFKC makes of a character whatever its neighbours; most characters of Japanese texts are such.
fn alone(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}'
        | '\u{3000}'..='\u{3003}'
        | '々'
        | '〈'..='】'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ー'
        | '一'..='\u{9fff}' => Some(c),
        '！'..='～' => char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')),
        _ => None,
    }
}

fn is_letter(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9fff}') || c.is_alphanumeric()
}

/// All runs of a text.
pub(super) fn runs(letters: &[char]) -> Runs {
    Runs::new(letters, RUN)
}

/// True where two texts of letters share four fifths of what they say together.
pub(super) fn alike(one: (&[char], &Runs), other: (&[char], &Runs)) -> bool {
    let all = one.0.len() + other.0.len();
    // What is so much longer cannot share that much, and need not be read through.
    if !is_most(2 * one.0.len().min(other.0.len()), all) {
        return false;
    }
    // As many letters of the one must be shared at least, were all of the other.
    let least = (all * 4).div_ceil(5).saturating_sub(other.0.len());
    let Some(shared_by_one) = shared_of(one.0, other.1, least) else { return false };
    let least = (all * 4).div_ceil(5).saturating_sub(shared_by_one);
    shared_of(other.0, one.1, least).is_some()
}

/// True where four fifths of a text's letters lie in runs that the other text has, too.
pub(super) fn is_copied(letters: &[char], other: &Runs) -> bool {
    shared_of(letters, other, (letters.len() * 4).div_ceil(5)).is_some()
}

/// How many letters of a text lie in runs that the other text has, too; none as soon as it is known
/// that they are fewer than `least`.
fn shared_of(letters: &[char], other: &Runs, least: usize) -> Option<usize> {
    let (mut shared, mut done) = (0, 0);
    for (start, run) in letters.windows(other.length).enumerate() {
        if other.contains(number(run)) {
            shared += start + other.length - done.max(start);
            done = start + other.length;
        } else if shared + letters.len() - done.max(start + 1) < least {
            return None;
        }
    }
    (shared >= least).then_some(shared)
}

/// True for four fifths and more.
pub(super) fn is_most(part: usize, whole: usize) -> bool {
    part * 5 >= whole * 4
}

/// The runs of a wording that are long enough to be quoted.
pub(super) fn quotable(wording: &[char]) -> Runs {
    Runs::new(wording, QUOTED)
}

/// What a text says besides what it quotes of wordings.
pub(super) fn without<'r>(mut letters: Vec<char>, quoted: impl Iterator<Item = &'r Runs>) -> Vec<char> {
    let mut numbers: Vec<u64> = letters.windows(QUOTED).map(number).collect();
    for quoted in quoted {
        let mut covered = vec![false; letters.len()];
        let mut done = 0;
        for (start, number) in numbers.iter().enumerate() {
            if quoted.contains(*number) {
                covered[done.max(start)..start + QUOTED].fill(true);
                done = start + QUOTED;
            }
        }
        if done > 0 {
            let mut covered = covered.into_iter();
            letters.retain(|_| covered.next() == Some(false));
            numbers = letters.windows(QUOTED).map(number).collect();
        }
    }
    letters
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

/// Short runs side by side, so that no two are one number; longer ones by FNV-1a over the letters,
/// the same on every machine and in every version.
fn number(run: &[char]) -> u64 {
    if run.len() <= RUN {
        return run.iter().fold(0, |number, letter| number << 21 | u64::from(u32::from(*letter)));
    }
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
    fn letters_are_those_of_nfkc() {
        for text in ["窓口・ＩＣＴ（１）、々ー～「ヺ」", "か\u{3099}ｶﾞ㈱①Å", "e\u{301}\u{3000}ゖ％", "ヽ〇〆𠮷"]
        {
            let known: Vec<char> = text.nfkc().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(letters(text), known, "{text}");
        }
        let all = ('\0'..='\u{ffff}').filter(|c| alone(*c).is_some());
        for c in all {
            let known: Vec<char> = c.to_string().nfkc().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(letters(&c.to_string()), known, "{c}");
        }
    }

    #[test]
    fn a_changed_letter_costs_only_what_is_near() {
        let shared = |one: &[char], other: &[char]| shared_of(one, &runs(other), 0);
        let (one, other) = (letters("受付番号の表示を入口に置く"), letters("受付番号の案内を入口に置く"));
        assert_eq!(shared(&one, &other), Some(11));
        assert_eq!(shared(&one, &one), Some(13));
        assert_eq!(shared(&one, &letters("全く別の文")), Some(0));
        assert_eq!((shared_of(&one, &runs(&other), 11), shared_of(&one, &runs(&other), 12)), (Some(11), None));
        assert!(alike((&one, &runs(&one)), (&other, &runs(&other))));
        let short = letters("受付番号の表示を");
        assert!(!alike((&one, &runs(&one)), (&short, &runs(&short))));
    }

    #[test]
    fn what_is_quoted_is_taken_out() {
        let asked = letters("市民の窓口での待ち時間を短くすること");
        let text = letters("「市民の窓口での待ち時間を短くする」ため人を増やす");
        let none = quotable(&letters("全く別の文を引いている"));
        assert_eq!(without(text, [&none, &quotable(&asked)].into_iter()), letters("ため人を増やす"));
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
