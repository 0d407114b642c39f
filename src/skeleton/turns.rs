//! Which items of last year's memo this year's are: matched by wording and heading, as the mayor's
//! office writes a memo anew from the last one.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::ids::LeafId;
use crate::model::{Item, Policy, Text};

/// What became of an item of last year's memo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The same words.
    Same,
    /// Other words.
    Changed,
    /// Not there last year.
    New,
    /// Not there any more.
    Gone,
}

/// An item of two memos: its id in each, and its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemTurn {
    /// Last year's id.
    pub before: Option<LeafId>,
    /// This year's id.
    pub after: Option<LeafId>,
    /// This year's short title, else last year's.
    pub title: String,
    /// What became of it.
    pub turn: Turn,
}

/// At least this share of two letters in a row makes two wordings the same item.
const ALIKE: f64 = 0.5;
/// Under the same heading, less is enough.
const ALIKE_UNDER_ONE_HEADING: f64 = 0.25;

/// The items of two memos, matched by wording and heading: those of the new one in its order, then
/// those that are gone.
pub fn turns(old: &Policy, new: &Policy) -> Vec<ItemTurn> {
    let (before, after): (Vec<&Item>, Vec<&Item>) = (written(old), written(new));
    let partners = pair(
        &before.iter().map(|item| Words::of_item(item)).collect::<Vec<_>>(),
        &after.iter().map(|item| Words::of_item(item)).collect::<Vec<_>>(),
    );
    let mut turns: Vec<ItemTurn> = Vec::new();
    for (index, item) in after.iter().enumerate() {
        let past = partners.get(&index).map(|(old, _)| before[*old]);
        let turn = match partners.get(&index) {
            Some((_, true)) => Turn::Same,
            Some((_, false)) => Turn::Changed,
            None => Turn::New,
        };
        turns.push(ItemTurn {
            before: past.map(|item| item.id.value),
            after: Some(item.id.value),
            title: item.title(),
            turn,
        });
    }
    for (index, item) in before.iter().enumerate() {
        if !partners.values().any(|(old, _)| *old == index) {
            turns.push(ItemTurn { before: Some(item.id.value), after: None, title: item.title(), turn: Turn::Gone });
        }
    }
    turns
}

/// This year's id of each of last year's items and clauses that is still asked.
pub(super) fn successors(old: &Policy, new: &Policy) -> BTreeMap<LeafId, LeafId> {
    let mut map = BTreeMap::new();
    for turn in turns(old, new) {
        let (Some(before), Some(after)) = (turn.before, turn.after) else { continue };
        map.insert(before, after);
        let item = |policy: &Policy, id: LeafId| policy.items().find(|item| item.id.value == id).cloned();
        let (Some(before), Some(after)) = (item(old, before), item(new, after)) else { continue };
        let quotes = |item: &Item| item.clauses.iter().map(|clause| Words::new("", &clause.quote)).collect::<Vec<_>>();
        for (index, (past, _)) in pair(&quotes(&before), &quotes(&after)) {
            map.insert(before.clauses[past].id.value, after.clauses[index].id.value);
        }
    }
    map
}

/// Items that say something and are still asked.
fn written(policy: &Policy) -> Vec<&Item> {
    let says =
        |item: &&Item| item.duty.withdrawn.is_none() && item.text.as_ref().is_some_and(|text| text.says().is_some());
    policy.items().filter(says).collect()
}

/// The letters of a wording, and how often each two stand in a row.
struct Words {
    heading: String,
    letters: Vec<char>,
    pairs: BTreeMap<(char, char), usize>,
}

impl Words {
    fn of_item(item: &Item) -> Words {
        Words::new(&item.short.as_ref().map(|short| short.value.clone()).unwrap_or_default(), &item.text)
    }

    /// Digits are left out: a year or day moves on by itself.
    fn new(heading: &str, text: &Option<Text>) -> Words {
        let words = text.as_ref().map(Text::joined).unwrap_or_default();
        let letters: Vec<char> = words.nfkc().filter(|c| c.is_alphabetic()).collect();
        let mut pairs = BTreeMap::new();
        for two in letters.windows(2) {
            *pairs.entry((two[0], two[1])).or_default() += 1;
        }
        Words { heading: heading.nfkc().filter(|c| c.is_alphanumeric()).collect(), letters, pairs }
    }

    /// The share of pairs that both have, from 0 to 1.
    fn share(&self, other: &Words) -> f64 {
        let all = self.letters.len().saturating_sub(1) + other.letters.len().saturating_sub(1);
        if all == 0 {
            return 0.0;
        }
        let both: usize =
            self.pairs.iter().map(|(pair, count)| other.pairs.get(pair).map_or(0, |other| (*count).min(*other))).sum();
        #[expect(clippy::cast_precision_loss, reason = "a memo has far fewer letters than 2^52")]
        let share = 2.0 * both as f64 / all as f64;
        share
    }
}

/// For each new one, the old one and whether the words are the same; the most alike first.
fn pair(old: &[Words], new: &[Words]) -> BTreeMap<usize, (usize, bool)> {
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (after, new) in new.iter().enumerate() {
        for (before, old) in old.iter().enumerate() {
            let headed = !new.heading.is_empty() && new.heading == old.heading;
            let share = old.share(new);
            if share >= ALIKE || (headed && share >= ALIKE_UNDER_ONE_HEADING) {
                candidates.push((share, before, after));
            }
        }
    }
    candidates.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.2, one.1).cmp(&(other.2, other.1))));
    let mut pairs: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    let mut taken = std::collections::BTreeSet::new();
    for (_, before, after) in candidates {
        if !pairs.contains_key(&after) && taken.insert(before) {
            pairs.insert(after, (before, old[before].letters == new[after].letters));
        }
    }
    pairs
}
