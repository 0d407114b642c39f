//! Which marks number something: each is held against the ones before it. A number that does not
//! fit is words of the text, or a doubt.

use super::front::{date, folded, frame};
use super::marks::{self, Kind, Mark, Shape};
use super::spacing::{is_japanese, is_kanji};
use super::{Fate, Note, Out, Piece, sentences};
use crate::say;

/// What a piece of the body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins a part, so many levels deep.
    Mark(Mark, usize),
    /// Goes on.
    Words,
    /// A reading of the last characters of the piece before.
    Ruby,
    /// Left out.
    Out,
}

/// The body, piece by piece.
pub(super) struct Sequence {
    /// The first piece of the body.
    pub(super) begin: usize,
    /// From there on.
    pub(super) roles: Vec<Role>,
}

/// Words after a number that make it an amount or a date, where no space stands between.
const UNITS: &str = "年月日件人名回か箇つ時分％%円千万億歳個対次期号条項割倍";

/// Words after a number in a sentence that speaks of it: (2)に掲げる.
const PARTICLES: &[&str] = &["に", "の", "を", "は、", "が", "と", "及び", "又は", "から", "まで", "で"];

/// Reads the body from piece `begin` on.
pub(super) fn read(pieces: &[Piece], begin: usize, fates: &mut [Fate], notes: &mut Vec<Note>) -> Sequence {
    let mut reader = Reader {
        pieces,
        notes,
        open: Vec::new(),
        page: None,
        inline: has_inline_numbers(&pieces[begin..]),
        last: None,
        ended: false,
        known: pieces[..begin].iter().map(|piece| folded(&piece.text)).collect(),
    };
    let mut roles = Vec::with_capacity(pieces.len() - begin);
    for at in begin..pieces.len() {
        let role = reader.role(at, &mut fates[at]);
        if matches!(role, Role::Mark(..) | Role::Words) {
            reader.last = Some(at);
        }
        roles.push(role);
    }
    Sequence { begin, roles }
}

/// True where numbers are followed by their words on the same line, so that a number alone on a
/// line is a page's.
fn has_inline_numbers(pieces: &[Piece]) -> bool {
    let number = |piece: &Piece| marks::at(&piece.text).filter(|mark| mark.kind == Kind::Number);
    let of =
        |alone: bool| pieces.iter().filter_map(number).filter(|mark| mark.alone == alone && mark.number < 20).count();
    of(false) >= 2 || of(false) > of(true)
}

struct Reader<'a> {
    pieces: &'a [Piece],
    notes: &'a mut Vec<Note>,
    /// Kinds and last numbers from the outermost to the present one.
    open: Vec<(Kind, u16)>,
    page: Option<u16>,
    inline: bool,
    /// The last piece that belongs to the text.
    last: Option<usize>,
    /// True after 以上.
    ended: bool,
    /// The lines of the head.
    known: Vec<String>,
}

/// How a number fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// The next one, or the first of its kind.
    Next,
    /// Some are missing before it.
    Gap(u16),
    /// The memo begins with it.
    Start,
    /// Not at all.
    Not,
}

impl Reader<'_> {
    fn role(&mut self, at: usize, fate: &mut Fate) -> Role {
        let piece = &self.pieces[at];
        let text = piece.text.as_str();
        let mut out = |why| {
            *fate = Fate::Out(why);
            Role::Out
        };
        if self.ended {
            return out(Out::AfterEnd);
        }
        let bare = folded(text);
        if bare == "以上" {
            self.ended = true;
            if at + 1 < self.pieces.len() {
                self.notes.push(Note::remark(self.pieces[at + 1].line, after_end()));
            }
            return out(Out::Frame);
        }
        if frame(text) == Some(Out::Frame) {
            return out(Out::Frame);
        }
        if self.known.contains(&bare) && !piece.cut && bare.chars().count() > 4 {
            return out(Out::Again);
        }
        if let Some(page) = self.page_number(at) {
            self.page = Some(page);
            return out(Out::Page);
        }
        if self.is_ruby(at) {
            return Role::Ruby;
        }
        if let Some(doubt) = self.stray(at) {
            *fate = Fate::Out(Out::Unknown);
            self.notes.push(Note::doubt(piece.line, doubt));
            return Role::Out;
        }
        match marks::at(text) {
            Some(mark) => self.judge(at, mark, fate),
            None => Role::Words,
        }
    }

    /// True where the text before is in the middle of a sentence that this line carries on.
    fn is_open(&self) -> bool {
        let Some(piece) = self.last.map(|at| &self.pieces[at]) else { return false };
        sentences::ends_open(&piece.text) && (piece.full || piece.text.ends_with(['、', '，']))
    }

    fn fit(&self, mark: &Mark) -> Fit {
        match self.open.iter().rev().find(|(kind, _)| *kind == mark.kind) {
            Some((_, last)) if mark.number == last + 1 => Fit::Next,
            Some((_, last)) if mark.number > *last && mark.number - last <= 5 => Fit::Gap(last + 1),
            Some(_) => Fit::Not,
            None if mark.number == 1 => Fit::Next,
            None if self.open.is_empty() => Fit::Start,
            None if mark.number <= 5 => Fit::Gap(1),
            None => Fit::Not,
        }
    }

    fn judge(&mut self, at: usize, mark: Mark, fate: &mut Fate) -> Role {
        let piece = &self.pieces[at];
        let (line, open, fit) = (piece.line, self.is_open(), self.fit(&mark));
        let after = &piece.text[mark.len..];
        let printed = mark.printed.clone();
        if mark.alone && mark.kind == Kind::Number && fit != Fit::Next && !(fit == Fit::Start && !open) {
            *fate = Fate::Out(Out::Unknown);
            self.notes.push(Note::doubt(line, number_alone(&printed)));
            return Role::Out;
        }
        let spoken = open && PARTICLES.iter().any(|particle| after.starts_with(particle));
        let amount = mark.shape == Shape::Weak && after.starts_with(|c| UNITS.contains(c));
        let taken = match (mark.shape, fit) {
            _ if spoken || amount => false,
            (Shape::Firm, Fit::Next) => true,
            (Shape::Firm, Fit::Gap(_) | Fit::Start) => !open,
            (Shape::Loose, Fit::Next | Fit::Gap(_) | Fit::Start) => !open,
            (Shape::Weak, Fit::Next) => !open && !self.is_empty_before(&mark),
            _ => false,
        };
        if !taken {
            self.note_words(line, &printed, &mark, open, fit, amount);
            return Role::Words;
        }
        match fit {
            Fit::Gap(missing) => self.notes.push(Note::doubt(line, gap(missing, &printed))),
            Fit::Start if mark.number != 1 => self.notes.push(Note::remark(line, start(&printed))),
            Fit::Next
                if open
                    && mark.shape == Shape::Firm
                    && self.pieces[self.last.unwrap_or(at)].text.ends_with(['、', '，']) =>
            {
                self.notes.push(Note::doubt(line, in_sentence(&printed)));
            }
            _ if mark.kind == Kind::Garbled => self.notes.push(Note::doubt(line, garbled(&printed, mark.number))),
            _ => {}
        }
        self.enter(&mark);
        Role::Mark(mark, self.open.len() - 1)
    }

    /// A full-width digit glued to words is only believed once its like has numbered something,
    /// or where it is 1.
    fn is_empty_before(&self, mark: &Mark) -> bool {
        mark.number != 1 && !self.open.iter().any(|(kind, _)| *kind == mark.kind)
    }

    fn enter(&mut self, mark: &Mark) {
        if let Some(level) = self.open.iter().rposition(|(kind, _)| *kind == mark.kind) {
            self.open.truncate(level);
        } else if mark.kind <= Kind::Number {
            // A list in the preamble does not hold the sections that follow it.
            self.open.retain(|(kind, _)| *kind < mark.kind);
        }
        self.open.push((mark.kind, mark.number));
    }

    /// A mark that is taken for words is told, unless it plainly is.
    fn note_words(&mut self, line: u32, printed: &str, mark: &Mark, open: bool, fit: Fit, amount: bool) {
        if amount || (mark.shape == Shape::Weak && fit != Fit::Next) {
            return;
        }
        let words = say!(
            "行の初めの「{printed}」は、順番に合わないため、番号ではなく本文としました。",
            "{printed} at the beginning of the line does not fit the order; it is taken for words."
        );
        let plain = open || mark.shape == Shape::Weak || matches!(mark.kind, Kind::Latin | Kind::Garbled);
        self.notes.push(if plain { Note::remark(line, words) } else { Note::doubt(line, words) });
    }

    /// A page number: in dashes, with ページ, or alone where numbers have their words beside them.
    fn page_number(&self, at: usize) -> Option<u16> {
        let text = folded(&self.pieces[at].text);
        let dressed = text.trim_matches(|c: char| "-‐−–—―ー~〜[]".contains(c));
        let dressed = dressed.strip_suffix("ページ").or(dressed.strip_suffix("頁")).unwrap_or(dressed);
        let dressed = dressed.strip_prefix("P.").or(dressed.strip_prefix("p.")).unwrap_or(dressed);
        let (number, whole) = dressed.split_once('/').unwrap_or((dressed, ""));
        let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        if number.is_empty() || number.len() > 3 || !digits(number) || !digits(whole) {
            return None;
        }
        let page: u16 = number.parse().ok()?;
        if number.len() != text.len() {
            return Some(page);
        }
        let next = self.page.map_or(page, |last| last + 1);
        let fits_page = page == next || self.page.is_none();
        let mark = marks::at(&self.pieces[at].text);
        let fits_mark = mark.is_some_and(|mark| matches!(self.fit(&mark), Fit::Next)) && self.heads(at);
        // In the middle of a sentence, or in a memo whose numbers have their words beside them.
        (fits_page && (self.is_open() || self.inline || !fits_mark))
            .then_some(page)
            .filter(|_| !fits_mark || self.is_open() || self.inline)
    }

    /// True where the next line could be a heading or the words of an item.
    fn heads(&self, at: usize) -> bool {
        let Some(next) = self.pieces.get(at + 1) else { return false };
        marks::at(&next.text).is_none() && !self.is_open()
    }

    /// A line after a whole sentence that does not look like one of a memo: a few hiragana, or no
    /// Japanese at all.
    fn stray(&self, at: usize) -> Option<crate::lang::Say> {
        let text = &self.pieces[at].text;
        let before = self.last.map(|last| &self.pieces[last])?;
        let short = text.chars().count() <= 8 && text.chars().all(|c| ('ぁ'..='ゖ').contains(&c) || c == 'ー');
        let foreign = !text.chars().any(is_japanese) && marks::at(text).is_none();
        if sentences::ends_open(&before.text) || !(short || foreign) {
            return None;
        }
        Some(if short {
            say!(
                "「{text}」が、ふりがなか本文か、判断できません。取り込んでいません。",
                "{text}: a reading, or words? It is left out."
            )
        } else {
            say!(
                "日本語の文字がない行です。取り込んでいません。ページの飾りなどかどうか確かめてください。",
                "a line without Japanese is left out; is it decoration of the page?"
            )
        })
    }

    /// A line of hiragana between the kanji it reads and the rest of their sentence: a line of the
    /// sentence itself would not be so short.
    fn is_ruby(&self, at: usize) -> bool {
        let text = &self.pieces[at].text;
        let count = text.chars().count();
        let hiragana = text.chars().all(|c| ('ぁ'..='ゖ').contains(&c) || c == 'ー');
        let Some(before) = self.last.map(|last| &self.pieces[last]) else { return false };
        let Some(next) = self.pieces.get(at + 1) else { return false };
        hiragana
            && (1..=8).contains(&count)
            && before.text.ends_with(is_kanji)
            && marks::at(&next.text).is_none_or(|mark| mark.shape < Shape::Firm)
            && date(&next.text).is_none()
    }
}

fn after_end() -> crate::lang::Say {
    say!(
        "「以上」より後の行は取り込んでいません。項目が続いていないか確かめてください。",
        "what follows 以上 (the end) is left out; check that no items are among it."
    )
}

fn number_alone(printed: &str) -> crate::lang::Say {
    say!(
        "「{printed}」だけの行が、ページ番号か見出しの番号か、判断できません。取り込んでいません。",
        "a line with nothing but {printed}: a page number, or the number of a heading? It is left out."
    )
}

fn gap(missing: u16, printed: &str) -> crate::lang::Say {
    say!(
        "番号が飛んでいます: 「{printed}」の前に {missing} に当たる番号がありません。抜けていないか確かめてください。",
        "a number is missing: before {printed} there is none for {missing}. Check that nothing is lost."
    )
}

fn start(printed: &str) -> crate::lang::Say {
    say!("番号は「{printed}」から始まっています。", "the numbers begin with {printed}.")
}

fn in_sentence(printed: &str) -> crate::lang::Say {
    say!(
        "文の途中に「{printed}」があります。新しい項目としましたが、文の続きかもしれません。",
        "{printed} stands in the middle of a sentence. It begins an item here; it may be words."
    )
}

fn garbled(printed: &str, number: u16) -> crate::lang::Say {
    say!(
        "「{printed}」は、丸数字の {number} が文字化けしたものとして読みました。原本と比べてください。",
        "{printed} is read as a garbled circled {number}. Compare it with the original."
    )
}
