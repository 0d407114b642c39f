//! Names in 「」 that may be plans, guidelines or declarations. Slogans stand in the same brackets,
//! so they are asked about, not taken.

use super::{Fate, Memo};

/// A name that may belong into the register of plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The name as printed.
    pub name: String,
    /// The first line that has it.
    pub line: u32,
    /// The items that have it.
    pub items: Vec<String>,
}

const ENDINGS: &[&str] = &[
    "計画",
    "方針",
    "指針",
    "ビジョン",
    "プラン",
    "プロジェクト",
    "プログラム",
    "条例",
    "規則",
    "要綱",
    "要領",
    "宣言",
    "憲章",
    "戦略",
    "大綱",
    "構想",
    "ガイドライン",
    "マニュアル",
    "シティ",
];

/// The names, in the order of the memo.
pub(super) fn find(memo: &Memo) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for item in memo.items() {
        let joined: String = item.text.lines().collect();
        for name in quoted(&joined) {
            let bare = name.trim_end_matches(|c: char| "（）()第期０１２３４５６７８９0123456789".contains(c));
            if !ENDINGS.iter().any(|ending| bare.ends_with(ending)) {
                continue;
            }
            let id = item.id.to_string();
            match found.iter_mut().find(|candidate| candidate.name == name) {
                Some(known) if known.items.contains(&id) => {}
                Some(known) => known.items.push(id),
                None => found.push(Candidate { name: name.to_owned(), line: line(memo, item, name), items: vec![id] }),
            }
        }
    }
    found
}

/// The insides of 「…」, the innermost ones.
fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('「' | '『', _) => open = Some(at + c.len_utf8()),
            ('」' | '』', Some(start)) => {
                found.push(&text[start..at]);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The line of the item that the name begins on, else the item's.
///
/// A name may begin on one line and end on the next, so the lines are joined first.
fn line(memo: &Memo, item: &super::Item, name: &str) -> u32 {
    let own = memo.pieces.iter().zip(&memo.fates).filter(|(_, fate)| **fate == Fate::Item(item.id));
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (mut joined, mut starts) = (String::new(), Vec::new());
    for (piece, _) in own {
        starts.push((joined.len(), piece.line));
        joined.push_str(&bare(&piece.text));
    }
    let at = joined.find(&bare(name));
    let begin = at.and_then(|at| starts.iter().rev().find(|(start, _)| *start <= at));
    begin.map_or(item.line, |(_, line)| *line)
}
