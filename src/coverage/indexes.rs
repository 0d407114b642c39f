//! Lists of a few indexes.

use serde::Serialize;
use smallvec::SmallVec;

/// Indexes in order, mostly none to four: a large city has a hundred thousand such lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Indexes(SmallVec<[u32; 4]>);

impl Indexes {
    /// The indexes.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        self.0.iter().map(|index| *index as usize)
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The last one.
    pub fn last(&self) -> Option<usize> {
        self.iter().next_back()
    }

    /// True when the index is among them.
    pub fn contains(&self, index: usize) -> bool {
        u32::try_from(index).is_ok_and(|index| self.0.binary_search(&index).is_ok())
    }

    /// Adds one that is greater than all others.
    pub(super) fn push(&mut self, index: usize) {
        // A file of a megabyte has not so many entries that one could be lost here.
        self.0.extend(u32::try_from(index));
    }
}

impl FromIterator<usize> for Indexes {
    /// Of indexes in any order; one that comes twice is taken once.
    fn from_iter<I: IntoIterator<Item = usize>>(indexes: I) -> Indexes {
        let mut list: SmallVec<[u32; 4]> = indexes.into_iter().filter_map(|index| u32::try_from(index).ok()).collect();
        list.sort_unstable();
        list.dedup();
        Indexes(list)
    }
}

#[cfg(test)]
mod tests {
    use super::Indexes;

    #[test]
    fn any_number_of_indexes_in_any_order() {
        for count in [0, 1, 4, 5, 300] {
            let list: Indexes = (0..count).rev().chain(0..count).map(|index| index * 2).collect();
            assert_eq!(list.iter().collect::<Vec<_>>(), (0..count).map(|index| index * 2).collect::<Vec<_>>());
            assert_eq!((list.len(), list.is_empty()), (count, count == 0));
            assert_eq!(list.last(), count.checked_sub(1).map(|last| last * 2));
            assert!(!list.contains(1) && list.contains(0) == (count > 0) && !list.contains(count * 2));
            let mut pushed = Indexes::default();
            (0..count).for_each(|index| pushed.push(index * 2));
            assert_eq!(pushed, list);
        }
    }
}
