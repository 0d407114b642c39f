//! A mark with the words up to the next one, and how deep the items are among them.

use super::super::body::{Part, heading, heading_on_line};
use super::super::marks::Mark;
use super::super::sequence::{Role, Sequence};
use super::super::{Memo, Piece, sentences};
use crate::lang::{Bi, bi};

/// A mark and what follows it up to the next one.
pub(super) struct Node {
    pub(super) mark: Option<Mark>,
    pub(super) depth: usize,
    pub(super) parts: Vec<Part>,
    /// The first piece.
    pub(super) at: usize,
}

/// Gathers pieces under the marks before them.
pub(super) fn nodes(memo: &Memo, sequence: &Sequence) -> Vec<Node> {
    let mut nodes = vec![Node { mark: None, depth: 0, parts: Vec::new(), at: sequence.begin }];
    for (at, role) in (sequence.begin..).zip(&sequence.roles) {
        let text = memo.pieces[at].text.as_str();
        let part = |text: &str, ruby| Part { at, text: text.to_owned(), entry: false, ruby };
        match role {
            Role::Mark(mark, depth) => {
                let rest = &text[mark.len..];
                let parts = if rest.is_empty() { Vec::new() } else { vec![part(rest, false)] };
                nodes.push(Node { mark: Some(mark.clone()), depth: *depth, parts, at });
            }
            Role::Words | Role::Ruby => {
                if let Some(node) = nodes.last_mut() {
                    node.parts.push(part(text, *role == Role::Ruby));
                }
            }
            Role::Out => {}
        }
    }
    nodes
}

/// How words begin that speak of everything before them.
const CLOSINGS: [&str; 9] =
    ["以上の", "以上、", "以上に", "以上を", "上記の", "これらの", "最後に", "終わりに", "おわりに"];

/// Takes from the last item a paragraph of its own that closes the whole memo.
pub(super) fn closing(body: &mut [Node], memo: &Memo) -> Vec<Part> {
    let Some(node) = body.last_mut().filter(|node| node.depth > 0) else { return Vec::new() };
    let begins = node.parts.iter().skip(1).find(|part| {
        let piece = &memo.pieces[part.at];
        let whole = part.at.checked_sub(1).is_some_and(|at| !sentences::ends_open(&memo.pieces[at].text));
        piece.apart && whole && !part.ruby && CLOSINGS.iter().any(|words| piece.text.starts_with(words))
    });
    let Some(begins) = begins.map(|part| part.at) else { return Vec::new() };
    let at = node.parts.iter().position(|part| part.at == begins).unwrap_or(node.parts.len());
    node.parts.split_off(at)
}

/// How deep the items are.
pub(super) fn items_depth(nodes: &[Node], memo: &Memo) -> usize {
    let most = |count: usize, of: usize| count * 2 > of;
    let at = |depth: usize| nodes.iter().enumerate().filter(move |(_, node)| node.depth == depth);
    let has_inner = |at: usize| nodes.get(at + 1).is_some_and(|next| next.depth > nodes[at].depth);
    let prose = |node: &Node| {
        let words: String = node.parts.iter().map(|part| part.text.as_str()).collect();
        words.contains('。') || sentences::asks(&words)
    };
    let headed = |node: &Node| {
        let lines = heading(&node.parts, &memo.pieces, false, false);
        lines > 0 || node.parts.first().is_some_and(|part| heading_on_line(&part.text).is_some())
    };
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    if deepest == 0 {
        let all = at(0).count();
        let bodies = at(0).filter(|(_, node)| headed(node) && prose(node)).count();
        return usize::from(bodies * 2 >= all && all > 0);
    }
    let outer = at(0).filter(|(at, _)| has_inner(*at)).count();
    let in_prose = at(0).filter(|(at, node)| has_inner(*at) && prose(node) && !headed(node)).count();
    if most(in_prose, outer) {
        return 0;
    }
    let second = at(1).count();
    let only_headings = at(1).filter(|(at, node)| has_inner(*at) && !prose(node)).count();
    if deepest >= 3 && most(only_headings, second) { 2 } else { 1 }
}

/// True where most items have a heading of their own.
pub(super) fn are_headed(nodes: &[Node], items: usize, memo: &Memo) -> bool {
    let own = || nodes.iter().filter(|node| node.depth == items);
    let headed = own().filter(|node| heading(&node.parts, &memo.pieces, true, false) > 0);
    headed.count() * 2 > own().count()
}

/// What each level numbers, with an example.
pub(super) fn levels(nodes: &[Node], items: usize) -> Vec<(Bi, String)> {
    let example = |depth: usize| nodes.iter().find(|node| node.depth == depth).and_then(|node| node.mark.clone());
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let name = |depth: usize| match depth.cmp(&items) {
        std::cmp::Ordering::Less => bi("章", "section"),
        std::cmp::Ordering::Equal => bi("項目", "item"),
        std::cmp::Ordering::Greater => bi("項目の中", "inside"),
    };
    (0..=deepest).filter_map(|depth| Some((name(depth), example(depth)?.printed))).collect()
}

/// The parts of nodes as one wording; marks inside are words again.
pub(super) fn flatten(nodes: &[Node], pieces: &[Piece], with_first: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let mark = node.mark.as_ref().filter(|_| at > 0 || with_first);
        let mut own = node.parts.clone();
        if let Some(mark) = mark {
            match own.first_mut().filter(|part| part.at == node.at) {
                Some(first) => {
                    first.text = pieces[node.at].text.clone();
                    first.entry = true;
                }
                None => {
                    // The mark alone on its line, the words on the next.
                    let words = own.first().map(|part| part.text.clone()).unwrap_or_default();
                    let text = format!("{} {words}", mark.printed).trim_end().to_owned();
                    let part = Part { at: own.first().map_or(node.at, |part| part.at), text, entry: true, ruby: false };
                    if own.is_empty() { own.push(part) } else { own[0] = part }
                }
            }
        }
        parts.append(&mut own);
    }
    parts
}
