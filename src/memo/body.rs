//! Wording put together from pieces: joined without spaces, one sentence a line, readings taken out.

use super::sentences;
use super::spacing::is_kanji;
use super::{Piece, Ruby};

/// A piece, or what follows the mark in it, on its way into a wording.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The piece.
    pub(super) at: usize,
    /// Its words.
    pub(super) text: String,
    /// Begins an entry of a list inside an item; its mark is among the words.
    pub(super) entry: bool,
    /// A reading, not words.
    pub(super) ruby: bool,
}

/// A wording.
#[derive(Debug, Clone, Default)]
pub(super) struct Wording {
    /// One sentence each.
    pub(super) lines: Vec<String>,
    /// True for lines that begin an entry of a list.
    pub(super) entries: Vec<bool>,
    /// The line that each piece begins in.
    pub(super) starts: Vec<(usize, usize)>,
    /// Readings, with their piece.
    pub(super) ruby: Vec<(usize, Ruby)>,
}

/// Longest heading, in characters.
const LONGEST_HEADING: usize = 60;

/// Signs that begin an entry without a number.
const BULLETS: &[char] = &['・', '○', '●', '◎', '〇', '■', '□', '◆', '◇', '※', '►', '▶', '➢', '\u{f0b7}', '\u{f06c}'];

/// A line of the wording before it is cut into sentences.
#[derive(Default)]
struct Raw {
    text: String,
    entry: bool,
    /// Where pieces begin in it.
    starts: Vec<(usize, usize)>,
}

impl Wording {
    /// Joins parts.
    pub(super) fn of(parts: &[Part], pieces: &[Piece]) -> Wording {
        let mut raws: Vec<Raw> = Vec::new();
        let mut ruby = Vec::new();
        for part in parts {
            let Some(piece) = pieces.get(part.at) else { continue };
            if part.ruby {
                let before = raws.last().map_or("", |raw| raw.text.as_str());
                ruby.push((part.at, reading(before, &part.text)));
                continue;
            }
            let bullet = part.text.starts_with(BULLETS);
            match raws.last_mut().filter(|_| !part.entry && !bullet) {
                Some(raw) => {
                    raw.text.push_str(glue(&raw.text, part, piece));
                    raw.starts.push((raw.text.len(), part.at));
                    raw.text.push_str(&part.text);
                }
                None => {
                    raws.push(Raw { text: part.text.clone(), entry: part.entry || bullet, starts: vec![(0, part.at)] })
                }
            }
        }
        let mut wording = Wording { ruby, ..Wording::default() };
        raws.iter().for_each(|raw| wording.take(raw));
        wording
    }

    /// Cuts a raw line into sentences.
    fn take(&mut self, raw: &Raw) {
        let first = self.lines.len();
        let mut ends = Vec::new();
        for sentence in sentences::split(&raw.text) {
            let end = sentence.as_ptr() as usize - raw.text.as_ptr() as usize + sentence.len();
            ends.push(end);
            self.entries.push(raw.entry && self.lines.len() == first);
            self.lines.push(sentence.to_owned());
        }
        for (offset, piece) in &raw.starts {
            let line = ends.iter().take_while(|end| **end <= *offset).count().min(ends.len().saturating_sub(1));
            self.starts.push((first + line, *piece));
        }
    }
}

/// What stands between two pieces: nothing between Japanese words, the space that stood on the
/// line where it was cut, a space between Latin words.
fn glue<'p>(before: &str, part: &Part, piece: &'p Piece) -> &'p str {
    if piece.cut && !piece.gap.is_empty() && part.text.len() == piece.text.len() {
        return &piece.gap;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if latin(before.chars().next_back()) && latin(part.text.chars().next()) { " " } else { "" }
}

/// Which kanji a reading belongs to: about two sounds for each.
fn reading(before: &str, kana: &str) -> Ruby {
    let run = before.chars().rev().take_while(|c| is_kanji(*c)).count();
    let sounds = kana.chars().filter(|c| !"ゃゅょぁぃぅぇぉゎ".contains(*c)).count();
    let wanted = sounds.div_ceil(2).clamp(1, run.max(1));
    let base: Vec<char> = before.chars().rev().take(wanted).collect();
    Ruby { base: base.into_iter().rev().collect(), reading: kana.to_owned(), guessed: run > wanted }
}

/// How many of the parts are a heading; `strict` for items, which seldom have one. A reading that
/// cuts a line in two may stand in a heading only where others have one (`read`): else it stands in
/// a sentence.
pub(super) fn heading(parts: &[Part], pieces: &[Piece], strict: bool, read: bool) -> usize {
    let words = |count: usize| {
        let said = parts[..count].iter().filter(|part| !part.ruby);
        said.map(|part| part.text.as_str()).collect::<String>()
    };
    let whole = words(parts.len());
    if !strict && !whole.contains('。') && !sentences::asks(&whole) && whole.chars().count() <= LONGEST_HEADING {
        return parts.len();
    }
    // A heading that reaches the right edge goes on in the next line, and so does one that is cut by
    // a reading, which stands on a line of its own.
    let cut = |at: usize| read && parts.get(at + 1).is_some_and(|next| next.ruby);
    let full = |part: &Part| pieces.get(part.at).is_some_and(|piece| piece.full);
    let ends = |(at, part): (usize, &Part)| if part.ruby { !read } else { !full(part) && !cut(at) };
    let Some(last) = parts.iter().enumerate().position(ends) else { return 0 };
    let one_line = (0..last).all(|at| parts[at].ruby || cut(at));
    let text = words(last + 1);
    let followed = parts.get(last + 1).is_some_and(|next| !next.ruby && (strict || !next.entry));
    let good = followed
        && !parts[last].ruby
        && !text.contains('。')
        && text.chars().count() <= LONGEST_HEADING
        && ends_like_heading(&text)
        && !sentences::asks(&text)
        && (!strict || (one_line && !text.contains('、') && text.chars().count() <= 30));
    if good { last + 1 } else { 0 }
}

/// Headings end in a noun; a line cut in a sentence often in a particle.
fn ends_like_heading(text: &str) -> bool {
    text.ends_with("について") || !text.ends_with(|c| "をにはがのとでしてへもやれ、，".contains(c))
}

/// A heading and the words after it on the same line, where a space parts them.
pub(super) fn heading_on_line(text: &str) -> Option<(&str, &str)> {
    let (head, rest) = text.split_once([' ', '\u{3000}'])?;
    let rest = rest.trim_start();
    let good = (1..=40).contains(&head.chars().count())
        && !head.contains(['。', '、'])
        && ends_like_heading(head)
        && rest.contains('。');
    good.then_some((head, rest))
}
