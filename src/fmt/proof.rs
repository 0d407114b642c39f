//! The proof that a tidy text says what the file says.

use crate::source::{Kind, NodeId, Tree, apply, parse};

/// True when `after` holds the values, the remarks and the characters of `before`, in order.
pub(super) fn same(before: &str, tree: &Tree<'_>, after: &str) -> bool {
    let whole = apply(after, &[]);
    let parsed = parse(after, 0, &whole);
    if !parsed.is_whole() || !parsed.faults.is_empty() {
        return false;
    }
    let values = match (tree.root(), parsed.tree.root()) {
        (None, None) => true,
        (Some(one), Some(other)) => same_value(tree, one, &parsed.tree, other),
        _ => false,
    };
    let remarks = tree.comments().map(|(_, text)| text.trim_end());
    values
        && remarks.eq(parsed.tree.comments().map(|(_, text)| text.trim_end()))
        && characters(before) == characters(after)
        && second_reader_agrees(before, after)
}

/// Same structure, same words, written in the same way.
fn same_value(one_tree: &Tree<'_>, one: NodeId, other_tree: &Tree<'_>, other: NodeId) -> bool {
    let same = |one: NodeId, other: NodeId| same_value(one_tree, one, other_tree, other);
    match (&one_tree.node(one).kind, &other_tree.node(other).kind) {
        (Kind::Blank, Kind::Blank) => true,
        (Kind::Scalar { text, style }, Kind::Scalar { text: other, style: other_style }) => {
            text == other && style == other_style
        }
        (Kind::List(one), Kind::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(*one, *other))
        }
        (Kind::Map(one), Kind::Map(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| same(one.0, other.0) && same(one.1, other.1))
        }
        _ => false,
    }
}

/// Every character but blanks and the signs that lists change, in the order of the alphabet: a
/// remark may move up to the line it speaks of, but nothing may be lost, not even where both
/// readers look away.
fn characters(text: &str) -> Vec<char> {
    let sign = |c: &char| c.is_whitespace() || matches!(c, '[' | ']' | '{' | '}' | ',' | '-');
    let mut characters: Vec<char> = text.chars().filter(|c| !sign(c)).collect();
    characters.sort_unstable();
    characters
}

fn second_reader_agrees(before: &str, after: &str) -> bool {
    let read = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).ok();
    read(before) == read(after)
}
