//! A memo's text in pieces: one for each line with words, more where a whole memo lies on one line.

use unicode_width::UnicodeWidthStr;

use super::sentences::ends_open;
use super::spacing::{is_split_by_number, kanji_of_radical, tighten};
use super::{Note, marks};
use crate::say;
use crate::ui::is_hidden;

/// A line of the source, or the part of one that begins with a mark.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Its line in the source, from 1.
    pub line: u32,
    /// Its words, without the white space around them.
    pub text: String,
    /// The white space before it, where it is the later part of a line.
    pub gap: String,
    /// True where a line without words stands before it, though lines usually follow one another.
    pub apart: bool,
    /// True where it reaches the right edge of the page, so that the next line carries it on.
    pub full: bool,
    /// True where the line has later pieces or is one.
    pub cut: bool,
    /// True where letters were set apart and are not any more.
    pub tight: bool,
}

/// A line longer than this may hold several items; no printed line is that long.
const LONG: usize = 150;

/// Columns that rules of line breaking leave empty at the right edge.
const RAGGED: usize = 6;

/// The pieces of a text.
pub(super) fn pieces(text: &str, notes: &mut Vec<Note>) -> Vec<Piece> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut blank, mut blanks) = (false, 0_usize);
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        for part in line.split(['\u{c}', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let (words, tight) = clean(part);
            let plain: String = words.chars().map(kanji_of_radical).collect();
            if plain != words {
                notes.push(Note::remark(number, radicals(&words)));
            }
            let words = plain;
            if words.is_empty() {
                blank = true;
                continue;
            }
            blanks += usize::from(blank && !pieces.is_empty());
            if is_split_by_number(&words) {
                notes.push(Note::doubt(number, split_by_number()));
            }
            if tight {
                notes.push(Note::remark(number, closed_up(&words)));
            }
            let first = Piece { line: number, text: words, apart: blank, tight, ..Piece::default() };
            pieces.extend(cut(first, pieces.is_empty()));
            blank = false;
        }
    }
    // Text taken from a PDF has an empty line after every line; it tells nothing there.
    if blanks * 2 > pieces.len() {
        pieces.iter_mut().for_each(|piece| piece.apart = false);
    }
    find_full(&mut pieces);
    pieces
}

/// The words of a line, without what shows nothing and without the spaces inside spaced words,
/// and whether there were such spaces.
fn clean(line: &str) -> (String, bool) {
    let shown = |c: &char| *c == '\u{200d}' || !(is_hidden(*c) || is_no_character(*c));
    let visible: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(shown).collect();
    let words = visible.trim();
    let tight = tighten(words);
    let changed = tight != words;
    (tight, changed)
}

fn split_by_number() -> crate::lang::Say {
    say!(
        "語の途中に、空白で挟まれた数字があります。ページ番号などが混ざっていないか確かめてください。",
        "a number between spaces in the middle of a word: a page number that slipped in?"
    )
}

fn radicals(words: &str) -> crate::lang::Say {
    let found: String = words.chars().filter(|c| kanji_of_radical(*c) != *c).collect();
    let kanji: String = found.chars().map(kanji_of_radical).collect();
    say!(
        "PDF によくある部首の文字を、同じ形の漢字に直しました: {kanji}",
        "radicals that stand for kanji in some PDF files were made kanji: {kanji}"
    )
}

fn closed_up(words: &str) -> crate::lang::Say {
    let words: String = words.chars().take(40).collect();
    say!("字間の空白を詰めました: {words}", "letter-spacing was closed up: {words}")
}

/// Code points that are no characters and may not stand in a file.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Cuts a long line before whatever looks like a mark; what turns out to be none is joined again.
fn cut(whole: Piece, first: bool) -> Vec<Piece> {
    if whole.text.chars().count() <= LONG {
        return vec![whole];
    }
    let text = &whole.text;
    let mut starts = vec![0];
    let mut before = None;
    let body = if first { head(text, &mut starts) } else { 0 };
    for (at, c) in text.char_indices() {
        let edge = before.is_some_and(|before: char| before == '。' || before.is_whitespace());
        if edge && at > body && !c.is_whitespace() && marks::at(&text[at..]).is_some_and(|mark| mark.inside()) {
            starts.push(at);
        }
        before = Some(c);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).scan(0, |end_before, (start, end)| {
        let words = text[*start..end].trim_end();
        let gap = text[*end_before..*start].to_owned();
        *end_before = start + words.len();
        Some(Piece { text: words.to_owned(), gap, apart: false, cut: true, ..whole.clone() })
    });
    let mut parts: Vec<Piece> = parts.collect();
    if let Some(first) = parts.first_mut() {
        first.apart = whole.apart;
        first.cut = starts.len() > 1;
    }
    parts
}

/// Cuts the head of a memo that lies on one line at its spaces: day, title, issuer. Returns where
/// the head ends: before the word that holds the first full stop, or the first mark.
fn head(text: &str, starts: &mut Vec<usize>) -> usize {
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        if bare.contains('。') || marks::at(&text[at..]).is_some_and(|mark| mark.inside()) {
            break;
        }
        // Letters set apart and the name after a post belong to the word before.
        let joins = starts.len() > 1 && bare.chars().count() <= 3;
        if at > 0 && !bare.is_empty() && !joins {
            starts.push(at);
        }
        at += word.len();
    }
    if at > 0 && at < text.len() && starts.last() != Some(&at) {
        starts.push(at);
    }
    at
}

/// Marks the pieces that reach the right edge, where the text is wrapped at all.
fn find_full(pieces: &mut [Piece]) {
    let mut widths: Vec<usize> =
        pieces.iter().filter(|piece| !piece.cut).map(|piece| UnicodeWidthStr::width(piece.text.as_str())).collect();
    widths.sort_unstable();
    let Some(edge) = widths.get(widths.len().saturating_sub(1) * 9 / 10).copied() else { return };
    // A page has many lines of one width that end in the middle of a sentence.
    let reaches = |piece: &&mut Piece| UnicodeWidthStr::width(piece.text.as_str()) + RAGGED >= edge;
    let open = pieces.iter_mut().filter(|piece| !piece.cut && ends_open(&piece.text)).filter(reaches).count();
    if edge < 24 || open < 3 || open * 6 < widths.len() {
        return;
    }
    for piece in pieces.iter_mut().filter(|piece| !piece.cut) {
        piece.full = UnicodeWidthStr::width(piece.text.as_str()) + RAGGED >= edge;
    }
}
