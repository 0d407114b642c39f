//! What the scan is told: the names of fields, and how wide a tab is.

/// The field names that the scan may trust.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Every field name and Japanese label of this kind of file, sorted.
    pub keys: Vec<&'static str>,
    /// Those whose value is a list, sorted.
    pub lists: Vec<&'static str>,
    /// Those whose value is a list of ids, sorted.
    pub ids: Vec<&'static str>,
    /// Those of the top level, sorted.
    pub top: Vec<&'static str>,
}

impl Vocabulary {
    /// True for a field of any level.
    pub fn is_key(&self, word: &str) -> bool {
        self.keys.binary_search(&word).is_ok()
    }

    pub(super) fn is_list(&self, word: &str) -> bool {
        self.lists.binary_search(&word).is_ok()
    }

    pub(super) fn is_ids(&self, word: &str) -> bool {
        self.ids.binary_search(&word).is_ok()
    }

    /// True for a field of the top level.
    pub fn is_top(&self, word: &str) -> bool {
        self.top.binary_search(&word).is_ok()
    }
}

/// How many columns are meant by characters whose width on the screen is a matter of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// A tab runs to the next multiple of this.
    pub tab: usize,
    /// A full-width space.
    pub wide: usize,
}

impl Widths {
    /// What was probably meant, most likely first; the reader takes the first that parses.
    pub const LIKELY: [Widths; 6] = [
        Widths { tab: 2, wide: 2 },
        Widths { tab: 4, wide: 2 },
        Widths { tab: 8, wide: 2 },
        Widths { tab: 2, wide: 1 },
        Widths { tab: 4, wide: 1 },
        Widths { tab: 8, wide: 1 },
    ];

    pub(super) fn columns(self, lead: &str) -> usize {
        lead.chars().fold(0, |column, c| match c {
            '\t' => (column / self.tab + 1) * self.tab,
            '\u{3000}' => column + self.wide,
            _ => column + 1,
        })
    }
}
