//! What changed between two wordings, in pieces that read well: Japanese has no spaces, so the
//! texts are compared sign by sign, and bits too short to mean anything join what surrounds them.

use similar::{ChangeTag, TextDiff};

/// A piece of two wordings put side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// One put in place of the other; either may be empty.
    Changed(String, String),
}

/// Texts longer than this are compared line by line only: nobody reads marks in such a text.
const LONG: usize = 4_000;

/// The pieces of two wordings, in order.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return vec![Piece::Same(new.to_owned())];
    }
    if old.len().max(new.len()) > LONG {
        return gather(TextDiff::from_lines(old, new).iter_all_changes().map(|c| (c.tag(), c.value())));
    }
    let words = [words(old), words(new)];
    let diff = TextDiff::from_slices(&words[0], &words[1]);
    gather(diff.iter_all_changes().map(|change| (change.tag(), change.value())))
}

/// Runs of digits, of Latin letters and of katakana stay whole; anything else is one sign.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        if at > start && (kind == Kind::Alone || Some(kind) != last) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(kind);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Latin,
    Katakana,
    Alone,
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' | '０'..='９' | '.' | ',' | '-' | '/' => Kind::Digit,
        'a'..='z' | 'A'..='Z' => Kind::Latin,
        'ァ'..='ヺ' | 'ー' => Kind::Katakana,
        _ => Kind::Alone,
    }
}

fn gather<'t>(changes: impl Iterator<Item = (ChangeTag, &'t str)>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (tag, text) in changes {
        match (pieces.last_mut(), tag) {
            (Some(Piece::Same(same)), ChangeTag::Equal) => same.push_str(text),
            (_, ChangeTag::Equal) => pieces.push(Piece::Same(text.to_owned())),
            (Some(Piece::Changed(old, _)), ChangeTag::Delete) => old.push_str(text),
            (Some(Piece::Changed(_, new)), ChangeTag::Insert) => new.push_str(text),
            (_, ChangeTag::Delete) => pieces.push(Piece::Changed(text.to_owned(), String::new())),
            (_, ChangeTag::Insert) => pieces.push(Piece::Changed(String::new(), text.to_owned())),
        }
    }
    join_across_bits(pieces)
}

/// One sign or two hiragana between two changes are chance, not something that stayed: 「災害」 to
/// 「防災」 is one change, and so is 「に行う」 to 「を定める」.
fn join_across_bits(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let bit = matches!(&piece, Piece::Same(same) if is_bit(same));
        match (joined.last_mut(), &piece, rest.peek()) {
            (Some(Piece::Changed(old, new)), Piece::Same(same), Some(Piece::Changed(..))) if bit => {
                old.push_str(same);
                new.push_str(same);
            }
            (Some(Piece::Changed(old, new)), Piece::Changed(more_old, more_new), _) => {
                old.push_str(more_old);
                new.push_str(more_new);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

fn is_bit(text: &str) -> bool {
    match text.chars().count() {
        0 | 1 => true,
        2 => text.chars().all(|c| ('ぁ'..='ん').contains(&c)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &str, new: &str) -> String {
        let mark = |piece: &Piece| match piece {
            Piece::Same(same) => same.clone(),
            Piece::Changed(old, new) => format!("[{old}>{new}]"),
        };
        pieces(old, new).iter().map(mark).collect()
    }

    #[test]
    fn changes_read_as_words() {
        assert_eq!(marked("待ち時間を12分にする", "待ち時間を10分にする"), "待ち時間を[12>10]分にする");
        assert_eq!(marked("窓口で短くすること。", "窓口及び電話で短くすること。"), "窓口[>及び電話]で短くすること。");
        assert_eq!(marked("災害対応力を高める", "防災対応力を高める"), "[災害>防災]対応力を高める");
        assert_eq!(marked("着実に行うこと。", "確実を期すること。"), "[着実に行う>確実を期する]こと。");
        assert_eq!(marked("", "新しい"), "[>新しい]");
        assert_eq!(marked("同じ", "同じ"), "同じ");
    }

    #[test]
    fn nothing_is_lost_in_pieces() {
        let (old, new) = ("ソフトとハードの両面から強靱なまちづくり", "ハード、ソフト両面からの強いまちづくり");
        let (mut olds, mut news) = (String::new(), String::new());
        for piece in pieces(old, new) {
            let (a, b) = match piece {
                Piece::Same(same) => (same.clone(), same),
                Piece::Changed(old, new) => (old, new),
            };
            olds.push_str(&a);
            news.push_str(&b);
        }
        assert_eq!((olds.as_str(), news.as_str()), (old, new));
    }
}
