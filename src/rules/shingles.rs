//! How much of a text stands in another, told by the runs of letters (shingles) that they share.
//!
//! Texts are compared after NFKC, letters and digits only, so that punctuation, line breaks and
//! width make no difference. A letter is shared when it lies in a run that stands in the other
//! text, too: one changed letter costs a few letters, not all runs across it. Every function here
//! is linear in its texts.

use std::cell::OnceCell;
use std::sync::OnceLock;

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

/// A letter, or half of one of the few that are beyond the first plane: four of them are a number.
pub(super) type Letter = u16;

/// The runs of `N` letters of a text as numbers, for questions about others: a table half of which is
/// free, looked through from the place that a number points to. Of a thousand million runs two may
/// look alike.
#[derive(Debug)]
pub(super) struct Runs<const N: usize = RUN> {
    table: Vec<u32>,
}

impl<const N: usize> Runs<N> {
    fn new(letters: &[Letter]) -> Runs<N> {
        let count = (letters.len() + 1).saturating_sub(N);
        let mut runs = Runs { table: vec![0; (count * 2).next_power_of_two().max(2)] };
        for run in letters.windows(N) {
            let (place, number) = runs.place(run);
            runs.table[place] = number;
        }
        runs
    }

    /// Where a run stands, or else would stand; and its number, which is not 0.
    fn place(&self, run: &[Letter]) -> (usize, u32) {
        let (last, number) = (self.table.len() - 1, number::<N>(run));
        let (mut place, number) = (number as usize & last, (number >> 32) as u32 | 1);
        while self.table[place] != number && self.table[place] != 0 {
            place = (place + 1) & last;
        }
        (place, number)
    }

    fn contains(&self, run: &[Letter]) -> bool {
        let (place, number) = self.place(run);
        self.table[place] == number
    }
}

/// A wording that others may copy or quote.
#[derive(Debug)]
pub(super) struct Wording {
    letters: Vec<Letter>,
    /// Its short runs.
    pub runs: Runs,
    /// Those that are long enough to be quoted, once anybody seems to quote it.
    quotable: OnceLock<Runs<QUOTED>>,
}

impl Wording {
    /// Of a text.
    pub(super) fn new(text: &str) -> Wording {
        let letters = letters(text);
        Wording { runs: Runs::new(&letters), letters, quotable: OnceLock::new() }
    }

    /// The runs that a text may quote of this; none where no row of its letters is long enough.
    fn quotable_for(&self, letters: &[Letter]) -> Option<&Runs<QUOTED>> {
        // A row of short runs that all stand here, as many as a quoted one has: each lies across
        // one of every so many places.
        const ROW: usize = QUOTED - RUN + 1;
        let count = (letters.len() + 1).saturating_sub(RUN);
        let stands = |at: &usize| self.runs.contains(&letters[*at..*at + RUN]);
        let row = |at: usize| {
            let before = (at + 1 - ROW..at).rev().take_while(stands).count();
            before + 1 + (at + 1..count.min(at + ROW)).take_while(stands).count()
        };
        let quotes = (ROW - 1..count).step_by(ROW).any(|at| stands(&at) && row(at) >= ROW);
        quotes.then(|| self.quotable.get_or_init(|| Runs::new(&self.letters)))
    }
}

/// The letters and digits of a text.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len() / 3);
    for c in text.chars() {
        match alone(c) {
            Alone::Letter(c) => letters.push(c as Letter),
            Alone::Sign => {}
            Alone::Unknown => {
                return text.nfkc().filter(|c| c.is_alphanumeric()).collect::<String>().encode_utf16().collect();
            }
        }
    }
    letters
}

/// What NFKC makes of a character whatever its neighbours. A letter is of the first plane.
enum Alone {
    Letter(char),
    Sign,
    /// It may make more of it; few characters of Japanese texts are such.
    Unknown,
}

fn alone(c: char) -> Alone {
    match c {
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='\u{9fff}' | '々' | '0'..='9' | 'a'..='z' | 'A'..='Z' => {
            Alone::Letter(c)
        }
        '\0'..='\u{7f}' | '\u{3000}'..='\u{3003}' | '〈'..='】' | '・' => Alone::Sign,
        '！'..='～' => match char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')) {
            Some(c) if c.is_ascii_alphanumeric() => Alone::Letter(c),
            _ => Alone::Sign,
        },
        _ => Alone::Unknown,
    }
}

/// True where two texts of letters share four fifths of what they say together. The runs of a text are
/// made when they are first asked for.
pub(super) fn alike(one: (&[Letter], &OnceCell<Runs>), other: (&[Letter], &OnceCell<Runs>)) -> bool {
    let all = one.0.len() + other.0.len();
    // What is so much longer cannot share that much, and need not be read through.
    if !is_most(2 * one.0.len().min(other.0.len()), all) {
        return false;
    }
    // As many letters of the one must be shared at least, were all of the other.
    let least = (all * 4).div_ceil(5).saturating_sub(other.0.len());
    let Some(shared_by_one) = shared_of(one.0, other.1.get_or_init(|| Runs::new(other.0)), least) else { return false };
    let least = (all * 4).div_ceil(5).saturating_sub(shared_by_one);
    shared_of(other.0, one.1.get_or_init(|| Runs::new(one.0)), least).is_some()
}

/// True where four fifths of a text's letters lie in runs that the other text has, too.
pub(super) fn is_copied(letters: &[Letter], other: &Runs) -> bool {
    shared_of(letters, other, (letters.len() * 4).div_ceil(5)).is_some()
}

/// How many letters of a text lie in runs that the other text has, too; none as soon as it is known
/// that they are fewer than `least`.
fn shared_of(letters: &[Letter], other: &Runs, least: usize) -> Option<usize> {
    let (mut shared, mut done) = (0, 0);
    for (start, run) in letters.windows(RUN).enumerate() {
        if other.contains(run) {
            shared += start + RUN - done.max(start);
            done = start + RUN;
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

/// What a text says besides what it quotes of wordings.
pub(super) fn without<'w>(mut letters: Vec<Letter>, wordings: impl Iterator<Item = &'w Wording>) -> Vec<Letter> {
    for wording in wordings {
        let Some(quotable) = wording.quotable_for(&letters) else { continue };
        let mut covered = vec![false; letters.len()];
        let mut done = 0;
        for (start, run) in letters.windows(QUOTED).enumerate() {
            if quotable.contains(run) {
                covered[done.max(start)..start + QUOTED].fill(true);
                done = start + QUOTED;
            }
        }
        let mut covered = covered.into_iter();
        letters.retain(|_| covered.next() == Some(false));
    }
    letters
}

/// A few runs of a text as numbers, chosen by what they say and not by where they stand (winnowing):
/// of each few neighbours the one of the least number. One may come twice.
pub(super) fn marks(letters: &[Letter]) -> impl Iterator<Item = u64> {
    // The numbers before, the eldest first, and the one that was chosen last.
    let mut last = [u64::MAX; WINDOW - 1];
    let mut before = u64::MAX;
    let numbers = letters.windows(MARK).map(number::<MARK>).enumerate();
    numbers.filter_map(move |(at, number)| {
        let least = last.iter().fold(number, |least, last| least.min(*last));
        last.rotate_left(1);
        last[WINDOW - 2] = number;
        let chosen = at + 1 >= WINDOW && least != before;
        before = if chosen { least } else { before };
        chosen.then_some(least)
    })
}

/// A number for a run of `N` letters, the same on every machine and in every version. Four letters
/// stand side by side in it, then all bits are moved.
fn number<const N: usize>(run: &[Letter]) -> u64 {
    let Some(run) = run.first_chunk::<N>() else { return 0 };
    run.chunks(4).fold(0, |number, four| {
        let letters = four.iter().fold(0, |side, letter| side << 16 | u64::from(*letter));
        let number = (number ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        number ^ number >> 29
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
            let known: String = text.nfkc().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(String::from_utf16_lossy(&letters(text)), known);
        }
        let all = ('\0'..='\u{ffff}').filter(|c| !matches!(alone(*c), Alone::Unknown));
        for c in all {
            let known: String = c.to_string().nfkc().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(String::from_utf16_lossy(&letters(&c.to_string())), known, "{c}");
        }
    }

    #[test]
    fn a_changed_letter_costs_only_what_is_near() {
        let shared = |one: &[Letter], other: &[Letter]| shared_of(one, &Runs::new(other), 0);
        let (one, other) = (letters("受付番号の表示を入口に置く"), letters("受付番号の案内を入口に置く"));
        assert_eq!(shared(&one, &other), Some(11));
        assert_eq!(shared(&one, &one), Some(13));
        assert_eq!(shared(&one, &letters("全く別の文")), Some(0));
        let least = |least: usize| shared_of(&one, &Runs::new(&other), least);
        assert_eq!((least(11), least(12)), (Some(11), None));
        let same = |one: &[Letter], other: &[Letter]| alike((one, &OnceCell::new()), (other, &OnceCell::new()));
        assert!(same(&one, &other));
        assert!(!same(&one, &letters("受付番号の表示を")));
    }

    #[test]
    fn what_is_quoted_is_taken_out() {
        let asked = Wording::new("市民の窓口での待ち時間を短くすること");
        let text = letters("「市民の窓口での待ち時間を短くする」ため人を増やす");
        let none = Wording::new("全く別の文を引いている");
        assert_eq!(without(text, [&none, &asked].into_iter()), letters("ため人を増やす"));
        let short = letters("窓口での待ち時を短くする");
        assert_eq!(without(short.clone(), [&asked].into_iter()), short);
    }

    /// Wherever it stands, and whatever its neighbours are.
    #[test]
    fn a_quoted_row_is_found_at_any_place() {
        let asked = Wording::new("いろはにほへとちりぬるを");
        for (before, after) in (0..20).flat_map(|before| [(before, 0), (before, 1), (before, 9)]) {
            let text = |row: &str| letters(&format!("{}{row}{}", "甲".repeat(before), "乙".repeat(after)));
            assert_eq!(without(text("ろはにほへとちり"), [&asked].into_iter()), text(""), "{before} {after}");
            assert!(asked.quotable_for(&text("ろはにほへとち")).is_none(), "{before} {after}");
        }
    }

    #[test]
    fn six_letters_in_a_row_share_a_mark() {
        let long = letters("いろはにほへとちりぬるをわかよたれそつねならむ");
        for row in long.windows(MARK + WINDOW - 1) {
            let text: Vec<Letter> =
                letters("一二三").into_iter().chain(row.iter().copied()).chain(letters("四五")).collect();
            let known: Vec<u64> = marks(&long).collect();
            assert!(marks(&text).any(|mark| known.contains(&mark)), "{row:?}");
        }
    }
}
