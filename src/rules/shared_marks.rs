//! Which marks of a text (see [`shingles`](crate::rules::shingles)) other texts have, too. Most marks of
//! a large city come once; these are put aside first, in a table of bits.

use crate::rules::shingles::{self, Letter};

/// Numbers that come once, and those that came again, each told by one bit that others may share.
struct Seen {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Seen {
    /// Room for so many numbers, eight bits for each: one in eight that comes once is taken for one
    /// that came again.
    fn new(numbers: usize) -> Seen {
        let words = (numbers / 8).next_power_of_two();
        Seen { once: vec![0; words], again: vec![0; words] }
    }

    fn place(&self, number: u64) -> (usize, u64) {
        ((number >> 6) as usize & (self.again.len() - 1), 1 << (number & 63))
    }

    /// True where the number seems to have come before.
    fn add(&mut self, number: u64) -> bool {
        let (word, bit) = self.place(number);
        let known = self.once[word] & bit;
        self.again[word] |= known;
        self.once[word] |= bit;
        known != 0
    }

    fn again(&self, number: u64) -> bool {
        let (word, bit) = self.place(number);
        self.again[word] & bit != 0
    }
}

/// Marks that are sorted at once, more or less: what a large city has of them is gone through in
/// several turns, so that they take less room.
const TURN: usize = 1 << 18;
/// Each turn goes through all texts, so that there may be only so many of them.
const TURNS: usize = 8;

/// The runs of each text that another text has, too, by numbers below a count.
pub(super) struct SharedMarks {
    turns: Vec<Turn>,
    /// How many there are.
    pub count: u32,
}

/// Those of all texts that came up in one turn.
struct Turn {
    /// One text after the other.
    marks: Vec<u32>,
    /// Where each text's begin, and where the last one's end.
    starts: Vec<u32>,
}

impl SharedMarks {
    /// Of texts.
    pub(super) fn new<'l>(texts: impl Iterator<Item = &'l [Letter]> + Clone) -> SharedMarks {
        SharedMarks::in_turns(texts, TURN)
    }

    /// With so many marks a turn.
    fn in_turns<'l>(texts: impl Iterator<Item = &'l [Letter]> + Clone, turn: usize) -> SharedMarks {
        // Winnowing chooses about every second letter's run.
        let mut seen = Seen::new(texts.clone().map(|letters| letters.len() / 2).sum());
        let again = texts.clone().map(|letters| shingles::marks(letters).filter(|mark| seen.add(*mark)).count());
        let again = again.sum::<usize>();
        // Which came once is not asked any more.
        seen.once = Vec::new();
        let turns = again.div_ceil(turn).next_power_of_two().min(TURNS) as u64;
        let texts_in_all = texts.clone().count();
        let mut shared = SharedMarks { turns: Vec::new(), count: 0 };
        // A mark and its text in one number, so that they are sorted in little time and room; two marks
        // that become one only lead to a comparison more.
        let low = texts_in_all.next_power_of_two().trailing_zeros();
        // With the first of each; room that is not needed is not taken from the system.
        let mut all = Vec::with_capacity(again * 2 / turns as usize);
        for turn in 0..turns {
            for (index, letters) in (0..).zip(texts.clone()) {
                let marks = shingles::marks(letters).filter(|mark| mark & (turns - 1) == turn);
                all.extend(marks.filter(|mark| seen.again(*mark)).map(|mark| mark << low | index));
            }
            all.sort_unstable();
            all.dedup();
            shared.turns.push(Turn::new(&all, low, texts_in_all, &mut shared.count));
            all.clear();
        }
        shared
    }

    /// Those of one text.
    pub(super) fn of(&self, index: usize) -> impl Iterator<Item = usize> + Clone {
        let marks = self.turns.iter().flat_map(move |turn| {
            let (start, end) = (turn.starts[index], turn.starts[index + 1]);
            &turn.marks[start as usize..end as usize]
        });
        marks.map(|mark| *mark as usize)
    }
}

impl Turn {
    /// Of marks in order with their texts in the `low` bits; numbered from `count` on.
    fn new(all: &[u64], low: u32, texts: usize, count: &mut u32) -> Turn {
        let text = |packed: u64| (packed & ((1 << low) - 1)) as usize;
        let shared = || all.chunk_by(|one, other| one >> low == other >> low).filter(|texts| texts.len() > 1);
        let mut starts = vec![0; texts + 1];
        shared().flatten().for_each(|packed| starts[text(*packed) + 1] += 1);
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut marks = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for texts in shared() {
            for packed in texts {
                let next = &mut next[text(*packed)];
                marks[*next as usize] = *count;
                *next += 1;
            }
            *count += 1;
        }
        Turn { marks, starts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_shared_in_many_turns_as_in_one() {
        let places = ["窓口", "電話", "訪問", "郵便", "講座", "夜間"];
        let texts = (0..40).map(|at| {
            let (place, other) = (places[at % 6], places[at / 6 % 6]);
            shingles::letters(&format!("{place}の受付を{other}でも始め、{}人の待ち時間を短くする", at % 7))
        });
        let texts = texts.collect::<Vec<_>>();
        // Whichever numbers the marks have: the texts that share one, and how many they share.
        let shared = |turn: usize| {
            let marks = SharedMarks::in_turns(texts.iter().map(Vec::as_slice), turn);
            let of = |at: usize| marks.of(at).collect::<Vec<_>>();
            let common = |one: usize, other: usize| of(one).iter().filter(|mark| of(other).contains(mark)).count();
            let pairs = (0..40).flat_map(|one| (0..40).map(move |other| (one, other)));
            (marks.turns.len(), marks.count, pairs.map(|(one, other)| common(one, other)).collect::<Vec<_>>())
        };
        let (one, many) = (shared(TURN), shared(16));
        assert_eq!((one.1, &one.2), (many.1, &many.2));
        assert!(one.0 == 1 && many.0 == TURNS && one.1 > 20, "{} {} {}", one.0, many.0, one.1);
    }
}
