//! K210: the same answer in two places. What fits everywhere tells the interview nothing anywhere.
//!
//! Each text is led by a few of its runs to the first texts of groups that share them, and compared
//! with the likeliest of these only; see [`shingles`](crate::rules::shingles). A text that joins a
//! group is not looked for again, so that a thousand copies cost a thousand comparisons.

use std::cell::OnceCell;

use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::rules::said::Said;
use crate::rules::shingles::{self, Letter, Runs};
use crate::rules::{Check, Judged, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K210",
    name: "repeated-answer",
    level: Level::Warning,
    page: include_str!("repeated_answer.md"),
    check: Check::Year(check),
};

/// Groups that one run leads to; the runs that more share are set phrases.
const LED_TO: usize = 32;
/// Groups that a text is compared with, the likeliest first.
const COMPARED: usize = 8;
/// A text is compared with a group only if they share one in so many of its runs that tell anything: of
/// texts that are alike, one in two or three is shared.
const TELLING: usize = 8;
/// Other places that a finding names, besides the first.
const NAMED: usize = 2;

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    // Of copies of the policy K209 speaks.
    let mut said: Vec<&Said<'_>> = judged.said().iter().filter(|said| said.copied.is_none()).collect();
    let path = |said: &Said<'_>| judged.year.city.file(said.place.file).path.as_str();
    said.sort_by(|a, b| (path(a), a.place.span).cmp(&(path(b), b.place.span)));
    for group in groups(&said) {
        let group: Vec<&Said<'_>> = group.into_iter().filter_map(|index| said.get(index).copied()).collect();
        if let [first, second, others @ ..] = group.as_slice() {
            out.push(finding(judged, first, second, others));
        }
    }
}

/// A text that is like no earlier one, and those that are like it.
struct Group<'s> {
    letters: &'s [Letter],
    /// The runs of its first text, once another was compared with it.
    runs: OnceCell<Runs>,
    members: Vec<usize>,
}

/// Which groups a text shares runs with, and how many with each; one tally serves all texts.
#[derive(Default)]
struct Tally {
    shared: Vec<u32>,
    met: Vec<u32>,
}

impl Tally {
    /// The likeliest of the groups that share at least so much, the best first; where they share as
    /// much, the earlier one.
    fn likeliest<'g>(&mut self, groups: impl Iterator<Item = &'g u32>, count: usize, least: usize) -> Vec<u32> {
        self.shared.resize(count, 0);
        for group in groups {
            let shared = &mut self.shared[*group as usize];
            if *shared == 0 {
                self.met.push(*group);
            }
            *shared += 1;
        }
        let shares = |group: &&u32| self.shared[**group as usize] as usize >= least;
        let mut likely = self.met.iter().filter(shares).copied().collect::<Vec<_>>();
        let best = |group: &u32| (std::cmp::Reverse(self.shared[*group as usize]), *group);
        if likely.len() > COMPARED {
            likely.select_nth_unstable_by_key(COMPARED, best);
        }
        likely.truncate(COMPARED);
        likely.sort_unstable_by_key(best);
        self.met.drain(..).for_each(|group| self.shared[group as usize] = 0);
        likely
    }
}

/// Numbers that come once, and those that came again, each told by one bit that others may share.
struct Seen {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Seen {
    /// Room for so many numbers, sixteen bits for each: one in sixteen that comes once is taken for
    /// one that came again.
    fn new(numbers: usize) -> Seen {
        let words = (numbers / 4).next_power_of_two();
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
/// several turns, so that they take little room.
const TURN: usize = 1 << 19;

/// The runs of each text that another text has, too, by numbers below a count.
struct SharedMarks {
    turns: Vec<Turn>,
    count: u32,
}

/// Those of all texts that came up in one turn.
struct Turn {
    /// One text after the other.
    marks: Vec<u32>,
    /// Where each text's begin, and where the last one's end.
    starts: Vec<u32>,
}

impl SharedMarks {
    /// Of texts, with so many marks a turn.
    fn new<'l>(texts: impl Iterator<Item = &'l [Letter]> + Clone, turn: usize) -> SharedMarks {
        // Winnowing chooses about every second letter's run.
        let mut seen = Seen::new(texts.clone().map(|letters| letters.len() / 2).sum());
        let again = texts.clone().map(|letters| shingles::marks(letters).filter(|mark| seen.add(*mark)).count());
        let again = again.sum::<usize>();
        // Which came once is not asked any more.
        seen.once = Vec::new();
        let (turns, texts_in_all) = (again.div_ceil(turn).next_power_of_two() as u64, texts.clone().count());
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
    fn of(&self, index: usize) -> impl Iterator<Item = usize> + Clone {
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

/// Texts that are alike, each group in the order of the texts.
fn groups(said: &[&Said<'_>]) -> Vec<Vec<usize>> {
    let shared = SharedMarks::new(said.iter().map(|said| &*said.letters), TURN);
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut led_to: Vec<Vec<u32>> = vec![Vec::new(); shared.count as usize];
    let mut tally = Tally::default();
    for (index, Said { letters, .. }) in said.iter().enumerate() {
        let marks = shared.of(index);
        // Nothing leads to a text that shares no run with another, nor from it.
        if marks.clone().next().is_none() {
            continue;
        }
        // Set phrases lead to the first groups that have them, and tell little: they count where
        // nothing else leads anywhere.
        let tells = |mark: &usize| (1..LED_TO).contains(&led_to[*mark].len());
        let any_tells = marks.clone().any(|mark| tells(&mark));
        let met = marks.clone().filter(|mark| !any_tells || tells(mark)).flat_map(|mark| &led_to[mark]);
        let phrases = marks.clone().filter(|mark| led_to[*mark].len() >= LED_TO).count();
        // About every second letter's run is a mark.
        let least = if any_tells { (letters.len() / 2).saturating_sub(phrases) / TELLING } else { 0 };
        let like = tally.likeliest(met, groups.len(), least);
        let own = OnceCell::new();
        let alike = |group: &Group<'_>| shingles::alike((letters, &own), (group.letters, &group.runs));
        if let Some(group) = like.into_iter().find(|group| alike(&groups[*group as usize])) {
            groups[group as usize].members.push(index);
            continue;
        }
        let number = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        for mark in marks {
            let list = &mut led_to[mark];
            if list.len() < LED_TO {
                list.push(number);
            }
        }
        groups.push(Group { letters, runs: own, members: vec![index] });
    }
    groups.into_iter().map(|group| group.members).filter(|members| members.len() > 1).collect()
}

fn finding(judged: &Judged<'_>, first: &Said<'_>, second: &Said<'_>, others: &[&Said<'_>]) -> Finding {
    let count = others.len() + 2;
    let places = |other: &Said<'_>| {
        let (name, what) = (judged.year.departments[other.department].name(), other.what);
        let (ja, en) = (what.ja, what.en);
        say!("{name}の「{ja}」", "{en} of {name}")
    };
    let Say { ja: from_ja, en: from_en } = places(first);
    let message = match others {
        [] => say!("{from_ja}と、ほぼ同じ文です", "this is nearly the {from_en}"),
        _ => say!(
            "{from_ja}と、ほぼ同じ文です（同じ文が {count}か所）",
            "this is nearly the {from_en} (found in {count} places)"
        ),
    };
    let mut finding = Finding::new(&RULE, second.place, message)
        .label(say!("ここに固有のことを書いてください", "write what is particular to this place"))
        .why(say!(
            "どこにでも当てはまる文では、その所で何をするのかが面談で伝わりません。",
            "Words that fit everywhere do not tell the interview what is done here."
        ))
        .help(say!(
            "誰が、何を、いつまでに、どのくらい行うかを、所ごとに書き分けます。\n一つの取組で幾つもの項目に応えるなら、文を一つにし、番号を並べます。",
            "Say for each place who does what, by when, and how much.\nIf one piece of work answers several items, write it once, list their numbers."
        ))
        .quoting(first.place, places(first), first.text.joined());
    for other in others.iter().take(NAMED) {
        finding = finding.related(other.place, places(other));
    }
    finding
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
            let marks = SharedMarks::new(texts.iter().map(Vec::as_slice), turn);
            let of = |at: usize| marks.of(at).collect::<Vec<_>>();
            let common = |one: usize, other: usize| of(one).iter().filter(|mark| of(other).contains(mark)).count();
            let pairs = (0..40).flat_map(|one| (0..40).map(move |other| (one, other)));
            (marks.turns.len(), marks.count, pairs.map(|(one, other)| common(one, other)).collect::<Vec<_>>())
        };
        let (one, many) = (shared(TURN), shared(16));
        assert_eq!((one.1, &one.2), (many.1, &many.2));
        assert!(one.0 == 1 && many.0 > 8 && one.1 > 20, "{} {} {}", one.0, many.0, one.1);
    }
}
