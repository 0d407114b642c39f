//! K210: the same answer in two places. What fits everywhere tells the interview nothing anywhere.
//!
//! Each text is led by a few of its runs to the first texts of groups that share them, and compared
//! with the likeliest of these only; see [`shingles`](crate::rules::shingles). A text that joins a
//! group is not looked for again, so that a thousand copies cost a thousand comparisons.

use std::cell::OnceCell;

use smallvec::SmallVec;

use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::rules::said::Said;
use crate::rules::shared_marks::SharedMarks;
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
    let letters: Vec<&[Letter]> = said.iter().map(|said| &*said.letters).collect();
    for group in groups(&letters, KEPT.min(said.len())) {
        let group: Vec<&Said<'_>> = group.into_iter().filter_map(|index| said.get(index).copied()).collect();
        if let [first, second, others @ ..] = group.as_slice() {
            out.push(finding(judged, first, second, others));
        }
    }
}

/// Groups whose first text's runs are kept for further comparisons.
const KEPT: usize = 1 << 11;

/// The runs of the first texts of groups that others were compared with lately. One that is not kept
/// any more is made again.
struct Shelf {
    slots: Vec<(usize, OnceCell<Runs>)>,
}

impl Shelf {
    /// With so many places.
    fn new(places: usize) -> Shelf {
        Shelf { slots: (0..places.max(1)).map(|group| (group, OnceCell::new())).collect() }
    }

    /// The place for a group's runs, which may be there already.
    fn of(&mut self, group: usize) -> &OnceCell<Runs> {
        let place = group % self.slots.len();
        let slot = &mut self.slots[place];
        if slot.0 != group {
            *slot = (group, OnceCell::new());
        }
        &slot.1
    }

    fn put(&mut self, group: usize, runs: OnceCell<Runs>) {
        let place = group % self.slots.len();
        self.slots[place] = (group, runs);
    }
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
    fn likeliest(&mut self, groups: impl Iterator<Item = u32>, count: usize, least: usize) -> Vec<u32> {
        self.shared.resize(count, 0);
        for group in groups {
            let shared = &mut self.shared[group as usize];
            if *shared == 0 {
                self.met.push(group);
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

/// The first groups that a run leads to, side by side: they are read far more often than written.
type LedTo = SmallVec<[u32; 4]>;

/// Texts that are alike, each group in the order of the texts. The runs of so many groups are kept.
fn groups(texts: &[&[Letter]], kept: usize) -> Vec<Vec<usize>> {
    let shared = SharedMarks::new(texts.iter().copied());
    // The first text of each group, the later ones, and the runs of the first.
    let (mut firsts, mut joined) = (Vec::<u32>::new(), Vec::<(u32, usize)>::new());
    let mut shelf = Shelf::new(kept);
    let mut led_to = vec![LedTo::new(); shared.count as usize];
    let mut tally = Tally::default();
    for (index, letters) in texts.iter().copied().enumerate() {
        let marks = shared.of(index);
        // Nothing leads to a text that shares no run with another, nor from it.
        if marks.clone().next().is_none() {
            continue;
        }
        // Set phrases lead to the first groups that have them, and tell little: they count where
        // nothing else leads anywhere.
        let tells = |mark: &usize| (1..LED_TO).contains(&led_to[*mark].len());
        let any_tells = marks.clone().any(|mark| tells(&mark));
        let met = marks.clone().filter(|mark| !any_tells || tells(mark)).flat_map(|mark| led_to[mark].iter().copied());
        let phrases = marks.clone().filter(|mark| led_to[*mark].len() >= LED_TO).count();
        // About every second letter's run is a mark.
        let least = if any_tells { (letters.len() / 2).saturating_sub(phrases) / TELLING } else { 0 };
        let like = tally.likeliest(met, firsts.len(), least);
        let own = OnceCell::new();
        let mut alike = |group: usize| {
            let first = texts[firsts[group] as usize];
            shingles::alike((letters, &own), (first, shelf.of(group)))
        };
        if let Some(group) = like.into_iter().find(|group| alike(*group as usize)) {
            joined.push((group, index));
            continue;
        }
        let number = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
        for mark in marks {
            let list = &mut led_to[mark];
            if list.len() < LED_TO {
                list.push(number);
            }
        }
        if own.get().is_some() {
            shelf.put(firsts.len(), own);
        }
        firsts.push(u32::try_from(index).unwrap_or(u32::MAX));
    }
    joined.sort_unstable();
    let members = |group: &[(u32, usize)]| {
        let first = group.first().map(|(group, _)| firsts[*group as usize] as usize);
        first.into_iter().chain(group.iter().map(|(_, index)| *index)).collect()
    };
    joined.chunk_by(|one, other| one.0 == other.0).map(members).collect()
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
    use crate::rules::shingles::letters;

    #[test]
    fn a_place_on_the_shelf_is_of_one_group() {
        let mut shelf = Shelf::new(2);
        let text = letters("受付番号の表示を入口に置く");
        let made = || {
            let own = OnceCell::new();
            assert!(shingles::alike((&text, &own), (&text, &OnceCell::new())));
            own
        };
        shelf.put(1, made());
        assert!(shelf.of(1).get().is_some() && shelf.of(0).get().is_none());
        // Another group of the same place finds nothing of the first, and takes its place.
        assert!(shelf.of(3).get().is_none());
        assert!(shelf.of(1).get().is_none());
        assert!(Shelf::new(0).of(7).get().is_none());
    }

    /// Runs that are not kept are made again: the groups are the same.
    #[test]
    fn a_short_shelf_finds_as_much_as_a_long_one() {
        // Twelve texts, each of them seventeen times with another letter changed.
        let letter = |number: usize| 0x4e00 + (number * 7919 % 5000) as Letter;
        let text = |at: usize| {
            let mut text: Vec<Letter> = (0..40).map(|place| letter(at % 12 * 40 + place)).collect();
            text[at % 40] = letter(4999 - at);
            text
        };
        let texts: Vec<Vec<Letter>> = (0..204).map(text).collect();
        let texts: Vec<&[Letter]> = texts.iter().map(Vec::as_slice).collect();
        let long = groups(&texts, texts.len());
        assert_eq!(long.iter().map(Vec::len).collect::<Vec<_>>(), [17; 12]);
        for kept in [0, 1, 7] {
            assert_eq!(groups(&texts, kept), long);
        }
    }
}
