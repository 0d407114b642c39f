//! Which item of the memo is which item of the file: by wording first, by number where the wording
//! is near enough.

use similar::TextDiff;
use unicode_normalization::UnicodeNormalization;

use super::super::Item;
use crate::ids::{ItemId, Read, read_leaf};
use crate::source::{Kind, NodeId, Tree};

/// An item of the file.
pub(super) struct Known {
    pub(super) node: NodeId,
    pub(super) id: ItemId,
    pub(super) text: String,
    pub(super) withdrawn: bool,
    /// Ids and quotes of its clauses.
    pub(super) quotes: Vec<(String, String)>,
}

/// Share of a wording that is alike in items of one number, and in items of different numbers.
const NEAR: (f32, f32) = (0.4, 0.7);

/// Wordings longer than this are not compared sign by sign.
const LONG: usize = 2_000;

/// The items of the file.
pub(super) fn known(tree: &Tree<'_>, root: NodeId) -> Vec<Known> {
    let sections = tree.get(root, "sections").map(|node| entries(tree, node)).unwrap_or_default();
    let items = sections.iter().filter_map(|section| tree.get(*section, "items")).flat_map(|node| entries(tree, node));
    items.filter_map(|node| item(tree, node)).collect()
}

fn item(tree: &Tree<'_>, node: NodeId) -> Option<Known> {
    let words = |map: NodeId, key: &str| tree.get(map, key).and_then(|node| tree.text(node)).map(str::to_owned);
    let id = match read_leaf(&words(node, "id")?) {
        Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) => id.item,
        Read::Malformed => return None,
    };
    let clauses = tree.get(node, "clauses").map(|node| entries(tree, node)).unwrap_or_default();
    let quotes = clauses.iter().filter_map(|clause| {
        let quote: String = words(*clause, "quote")?.lines().collect();
        Some((words(*clause, "id")?, quote))
    });
    Some(Known {
        node,
        id,
        text: words(node, "text").unwrap_or_default(),
        withdrawn: words(node, "withdrawn").is_some(),
        quotes: quotes.collect(),
    })
}

/// The entries of a list.
pub(super) fn entries(tree: &Tree<'_>, node: NodeId) -> Vec<NodeId> {
    match &tree.node(node).kind {
        Kind::List(entries) => entries.clone(),
        _ => Vec::new(),
    }
}

/// For each item of the memo the item of the file that it is.
pub(super) fn pair(known: &[Known], items: &[&Item]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; items.len()];
    let texts: Vec<String> = known.iter().map(|known| folded(&known.text)).collect();
    let wanted: Vec<String> = items.iter().map(|item| folded(&item.text)).collect();
    let same_id = |at: usize, other: usize| items[at].id == known[other].id;
    let equal = |at: usize, other: usize| wanted[at] == texts[other];
    let blank = |other: usize| texts[other].is_empty() || texts[other].contains("(記入)");
    let rounds: [&dyn Fn(usize, usize) -> bool; 4] = [
        &|at, other| same_id(at, other) && (equal(at, other) || blank(other)),
        &equal,
        &|at, other| same_id(at, other) && alike(&wanted[at], &texts[other]) >= NEAR.0,
        &|at, other| alike(&wanted[at], &texts[other]) >= NEAR.1,
    ];
    for fits in rounds {
        for at in 0..items.len() {
            let free = |other: &usize| !known[*other].withdrawn && !pairs.contains(&Some(*other));
            if pairs[at].is_none() {
                pairs[at] = (0..known.len()).filter(free).find(|other| fits(at, *other));
            }
        }
    }
    pairs
}

/// The share of two wordings that is the same, from 0 to 1.
pub(in crate::memo) fn alike(one: &str, other: &str) -> f32 {
    if one.len().max(other.len()) > LONG * 3 {
        return 0.0;
    }
    TextDiff::from_chars(one, other).ratio()
}

/// A wording for comparing: widths, line ends and spaces apart, and the two waves and dashes that
/// encodings of Japanese take for one another.
pub(super) fn folded(text: &str) -> String {
    let alike = |c: char| match c {
        '〜' => '~',
        '\u{2212}' | '\u{ff0d}' => '-',
        '‖' => '∥',
        c => c,
    };
    text.chars().map(alike).nfkc().filter(|c| !c.is_whitespace()).collect()
}
