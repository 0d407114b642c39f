//! The wording of each item, made ready once for comparisons with what departments write.

use crate::city::year::{Year, YearItem};
use crate::links::Target;
use crate::rules::shingles::{self, Runs};

/// Most cited items that a text is compared with; so many at once are K213.
const COMPARED: usize = 32;

/// The letters of each item's wording.
pub(super) fn letters(year: &Year<'_>) -> Vec<Vec<char>> {
    let letters = |item: &YearItem<'_>| item.item.text.as_ref().map(|text| shingles::letters(&text.value));
    year.items.iter().map(|item| letters(item).unwrap_or_default()).collect()
}

/// What the items of a year ask.
pub(super) struct Asked<'y, 'a, 'w> {
    year: &'y Year<'a>,
    items: Vec<(Runs<'w>, Runs<'w>)>,
}

impl<'y, 'a, 'w> Asked<'y, 'a, 'w> {
    /// From [`letters`].
    pub(super) fn new(year: &'y Year<'a>, letters: &'w [Vec<char>]) -> Asked<'y, 'a, 'w> {
        let items = letters.iter().map(|item| (shingles::runs(item), shingles::quotable(item))).collect();
        Asked { year, items }
    }

    /// The cited item whose wording a text copies.
    pub(super) fn copied(&self, letters: &[char], cites: &[Target]) -> Option<usize> {
        if letters.len() < shingles::SHORTEST {
            return None;
        }
        let most = |item: &usize| shingles::is_most(shingles::shared(letters, &self.items[*item].0), letters.len());
        self.cited(cites).into_iter().find(most)
    }

    /// What a text says besides the wording that it cites.
    pub(super) fn own_words(&self, letters: Vec<char>, cites: &[Target]) -> Vec<char> {
        self.cited(cites).into_iter().fold(letters, |letters, item| shingles::without(&letters, &self.items[item].1))
    }

    fn cited(&self, cites: &[Target]) -> Vec<usize> {
        let mut items: Vec<usize> = cites.iter().map(|target| target.item(self.year)).collect();
        items.sort_unstable();
        items.dedup();
        items.truncate(COMPARED);
        items
    }
}
