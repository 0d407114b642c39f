//! The wording of each item, made ready once for comparisons with what departments write.

use crate::city::year::{Year, YearItem};
use crate::links::Target;
use crate::rules::shingles::{self, Runs};

/// Most cited items that a text is compared with; so many at once are K213.
const COMPARED: usize = 32;

/// What the items of a year ask.
pub(super) struct Asked<'y, 'a> {
    year: &'y Year<'a>,
    items: Vec<(Runs, Runs)>,
}

impl<'y, 'a> Asked<'y, 'a> {
    /// Reads the wording of every item.
    pub(super) fn new(year: &'y Year<'a>) -> Asked<'y, 'a> {
        let letters = |item: &YearItem<'_>| item.item.text.as_ref().map(|text| shingles::letters(&text.value));
        let runs = |letters: Vec<char>| (shingles::runs(&letters), shingles::quotable(&letters));
        let items = year.items.iter().map(|item| runs(letters(item).unwrap_or_default())).collect();
        Asked { year, items }
    }

    /// The cited item whose wording a text copies.
    pub(super) fn copied(&self, letters: &[char], cites: &[Target]) -> Option<usize> {
        if letters.len() < shingles::SHORTEST {
            return None;
        }
        self.cited(cites).into_iter().find(|item| shingles::is_copied(letters, &self.items[*item].0))
    }

    /// What a text says besides the wording that it cites.
    pub(super) fn own_words(&self, letters: Vec<char>, cites: &[Target]) -> Vec<char> {
        shingles::without(letters, self.cited(cites).into_iter().map(|item| &self.items[item].1))
    }

    fn cited(&self, cites: &[Target]) -> Vec<usize> {
        let mut items: Vec<usize> = cites.iter().map(|target| target.item(self.year)).collect();
        items.sort_unstable();
        items.dedup();
        items.truncate(COMPARED);
        items
    }
}
