//! The text of an official memo, read into a draft of `policy.yaml`.
//!
//! ```text
//! text, pdf (bytes → characters) → lines (pieces) → marks (what looks like a number)
//!   → front (title, day, issuer) and sequence (which marks number something)
//!   → outline (sections, items, wording) → propose (short, clauses, scope) → Memo
//! write (Memo → policy.yaml) · amend (Memo against a policy.yaml that is there)
//! ```
//!
//! Nothing here touches a disk. Every piece of the source has a [`Fate`], so that the proof sheet
//! can show where each line went; what cannot be decided is a grave [`Note`].

mod amend;
mod body;
mod candidates;
mod front;
mod lines;
mod marks;
mod outline;
mod past;
mod pdf;
mod propose;
mod sentences;
mod sequence;
mod spacing;
mod text;
mod units;
mod write;

use crate::date::{Date, FiscalYear};
use crate::ids::ItemId;
use crate::lang::{Bi, Say};
use crate::model::{AnsweredBy, Scope};
use crate::say;

pub use amend::{Amended, Change, NotAmended, Options, amend, is_unwritten};
pub use candidates::Candidate;
pub use lines::Piece;
pub use pdf::{NoText, text as pdf_text};
pub use spacing::kanji_of_radical;
pub use text::{Unread, characters};
pub use units::Unit;
pub use write::policy as write_policy;

/// A memo as it was understood.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    /// Title, day and issuer.
    pub front: Front,
    /// Sections in order; the preamble is number 0.
    pub sections: Vec<Section>,
    /// The viewpoints that the wording asks every goal for.
    pub viewpoints: Vec<Viewpoint>,
    /// Every line of the source that has words, in parts where a line holds several things.
    pub pieces: Vec<Piece>,
    /// What became of each piece.
    pub fates: Vec<Fate>,
    /// What is to be known, and what could not be decided.
    pub notes: Vec<Note>,
    /// Names of plans and the like; which of them are registered is asked, not assumed.
    pub candidates: Vec<Candidate>,
    /// What the marks of each level number, with an example, from the sections inwards.
    pub levels: Vec<(Bi, String)>,
}

/// The head of a memo.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// Its title.
    pub title: Option<String>,
    /// The day of issue.
    pub issued: Option<Date>,
    /// The issuer's title.
    pub post: Option<String>,
    /// The issuer's name, and whether where it divides was guessed.
    pub name: Option<(String, bool)>,
}

/// A section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its number.
    pub number: u16,
    /// The mark as printed.
    pub mark: Option<String>,
    /// Its heading; the preamble's is ours.
    pub heading: Option<String>,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The mark as printed.
    pub mark: Option<String>,
    /// Its own heading, else a proposal.
    pub short: Proposal<String>,
    /// The wording, one sentence a line.
    pub text: String,
    /// For each line of the wording, whether it begins an entry of a list.
    pub entries: Vec<bool>,
    /// Readings taken out of the wording.
    pub ruby: Vec<Ruby>,
    /// Who must answer.
    pub scope: Proposal<Scope>,
    /// How, where the words say more than that it is to be answered.
    pub answered_by: Option<Proposal<AnsweredBy>>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// What an earlier policy says of the same words.
    pub duties: Duties,
    /// The line of the source where it begins.
    pub line: u32,
}

/// A reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruby {
    /// The characters read.
    pub base: String,
    /// Their reading.
    pub reading: String,
    /// True where which characters are read was guessed.
    pub guessed: bool,
}

/// A part of an item.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Words of the item.
    pub quote: String,
    /// Who must answer, where it differs from the item.
    pub scope: Option<Proposal<Scope>>,
    /// How, where it differs from the item.
    pub answered_by: Option<Proposal<AnsweredBy>>,
    /// Which viewpoint.
    pub viewpoint: Option<String>,
    /// What an earlier policy says of the same words.
    pub duties: Duties,
}

/// Who acts: as an earlier policy says it, or a unit that the wording names.
#[derive(Debug, Clone, Default)]
pub struct Duties {
    /// Who must answer where one department suffices.
    pub lead: Vec<String>,
    /// Whom to turn to.
    pub contact: Vec<String>,
    /// The words of the memo that name the contact.
    pub contact_words: Option<String>,
    /// Who acts with the leads.
    pub partners: Vec<String>,
    /// Whether a department may decline.
    pub may_decline: Option<bool>,
}

/// A question that every goal is asked.
#[derive(Debug, Clone)]
pub struct Viewpoint {
    /// Its id, ours.
    pub id: String,
    /// Its name, the memo's.
    pub label: String,
    /// True where an earlier policy gave the id.
    pub known: bool,
}

/// A value, and the words it was taken from; none where it is the memo's own.
#[derive(Debug, Clone)]
pub struct Proposal<T> {
    /// The value.
    pub value: T,
    /// Why it is proposed.
    pub why: Option<Why>,
}

/// Why something is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// These words stand in the memo.
    Words(String),
    /// The beginning of the wording.
    Head,
    /// No words decide it.
    Nothing,
    /// Nothing is asked in this text.
    NothingAsked,
    /// The item of this number in last year's policy, with the same wording, says so.
    LastYear(String),
    /// The same, where the wording has changed.
    LastYearReworded(String),
}

/// What became of a piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// In the title.
    Title,
    /// The day of issue.
    Issued,
    /// The issuer.
    Issuer,
    /// The heading of a section.
    Heading(u16),
    /// The heading of an item, its short title.
    Short(ItemId),
    /// The wording of an item.
    Item(ItemId),
    /// A reading of an item's word.
    Ruby(ItemId),
    /// Left out.
    Out(Out),
}

/// Why a piece is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Out {
    /// The title, the day or the issuer once more.
    Again,
    /// A page number.
    Page,
    /// To whom the memo is addressed.
    Addressee,
    /// How the issuer's name is read.
    Reading,
    /// The number of the letter, a seal, the label of a paper.
    Letter,
    /// 記, 以上.
    Frame,
    /// After the end: whom to ask.
    AfterEnd,
    /// Not understood; a grave note says so.
    Unknown,
}

/// Something to be known about the reading.
#[derive(Debug, Clone)]
pub struct Note {
    /// The line of the source.
    pub line: u32,
    /// True where it could not be decided.
    pub grave: bool,
    /// What, and what to look at.
    pub words: Say,
}

impl Memo {
    /// Reads a memo's text.
    pub fn read(text: &str) -> Memo {
        let mut memo = Memo::default();
        memo.pieces = lines::pieces(text, &mut memo.notes);
        memo.fates = vec![Fate::Out(Out::Unknown); memo.pieces.len()];
        let begin = front::read(&mut memo);
        let sequence = sequence::read(&memo.pieces, begin, &mut memo.fates, &mut memo.notes);
        outline::read(&mut memo, &sequence);
        propose::all(&mut memo);
        memo.candidates = candidates::find(&memo);
        memo.notes.sort_by_key(|note| note.line);
        memo
    }

    /// All items, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// Notes that the memo speaks of another year than the one it is taken for.
    pub fn doubt_year(&mut self, said: FiscalYear, asked: FiscalYear) {
        let title =
            self.front.title.as_deref().map(|title| title.chars().filter(|c| !c.is_whitespace()).collect::<String>());
        let holds = |piece: &&Piece| title.as_deref().is_some_and(|title| title.starts_with(piece.text.trim()));
        let line = self.pieces.iter().find(holds).map_or(1, |piece| piece.line);
        let (ja, wanted) = (said.ja(), asked.ja());
        self.notes.insert(
            0,
            Note::doubt(
                line,
                say!(
                    "文書は{ja}のものですが、{wanted}に取り込みます。違うときは --year {said} としてください。",
                    "the memo is of fiscal year {said}, and is taken for {asked}. If that is wrong, say --year {said}."
                ),
            ),
        );
    }

    /// What could not be decided.
    pub fn doubts(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.grave)
    }
}

impl Note {
    /// Something that could not be decided.
    fn doubt(line: u32, words: Say) -> Note {
        Note { line, grave: true, words }
    }

    /// Something that was decided, to be looked over.
    fn remark(line: u32, words: Say) -> Note {
        Note { line, grave: false, words }
    }
}
