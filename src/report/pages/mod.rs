//! A paper as blocks, in one language, without any format: what is printed and in which order.

mod changes;
mod close;
mod cover;
mod front;
mod goals;
mod handover;
mod items;
mod lists;
mod overview;
mod paper;

use crate::coverage::CellState;
use crate::lang::{Bi, Lang, bi};
use crate::packet::{Audience, Packet, words};
use crate::say;
use paper::Paper;

pub use handover::handover;

pub use cover::cover;

/// A paper.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its language.
    pub lang: Lang,
    /// The title of the file.
    pub title: String,
    /// Printed on every page.
    pub running: Running,
    /// Page one, which suffices.
    pub front: Vec<Block>,
    /// The pages after it.
    pub body: Vec<Block>,
    /// On how many pages the body shall fit, where smaller letters can do it.
    pub body_pages: Option<usize>,
}

/// What every page says.
#[derive(Debug, Clone)]
pub struct Running {
    /// The department and the paper.
    pub left: String,
    /// Confidential, example, audience.
    pub right: String,
    /// The version.
    pub foot: String,
}

/// How loud a text is. The words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As usual.
    Plain,
    /// Something is missing.
    Gap,
    /// Something is half there.
    Half,
    /// Of no urgency.
    Quiet,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text; lines stay lines.
    pub text: String,
    /// How loud it is.
    pub tone: Tone,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, tone: Tone::Plain }
    }
}

/// A table. The first cell of a row is its head.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it shows.
    pub caption: Option<String>,
    /// Column heads, with widths in hundredths.
    pub head: Vec<(String, u8)>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A question with its reason.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What the papers say.
    pub reason: String,
    /// What to ask.
    pub ask: String,
    /// Items and goals, and for the department the place to mend.
    pub about: String,
}

/// One piece of a paper.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading, with a state beside it.
    Heading {
        /// 1 is the paper's title.
        level: u8,
        /// Its text.
        text: String,
        /// Where pointers lead.
        anchor: Option<String>,
        /// A state.
        badge: Option<Cell>,
    },
    /// A paragraph; lines stay lines.
    Para(String),
    /// A remark.
    Note(String),
    /// A remark that must not be overlooked.
    Warning(String),
    /// A sentence set large.
    Lead(String, String),
    /// A quotation of the memo.
    Quote(String),
    /// Names and values side by side.
    Fields(Vec<(String, String)>),
    /// Numbers side by side: name, number, tone.
    Counts(Vec<(String, usize, Tone)>),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// Questions; with room for notes beside each where `notes`.
    Questions {
        /// The heading.
        heading: String,
        /// The questions.
        list: Vec<Asked>,
        /// Room for notes.
        notes: bool,
    },
    /// Empty lines to write on, with a heading.
    Notes(String),
    /// A line to sign on.
    Sign(Vec<String>),
    /// `→ …`: where something is answered.
    Pointer(String, String),
    /// What stays on one page where it fits.
    Keep(Vec<Block>),
}

/// Lays out the papers of one department.
pub fn packet(packet: &Packet, lang: Lang) -> Document {
    let page = Page { packet, paper: Paper { fiscal_year: packet.fiscal_year, lang } };
    let mut body = Vec::new();
    page.overview(&mut body);
    page.direction(&mut body);
    page.items(&mut body);
    page.goals(&mut body);
    page.lists(&mut body);
    page.changes(&mut body);
    page.close(&mut body);
    Document { lang, title: page.title(), running: page.running(), front: page.front(), body, body_pages: None }
}

struct Page<'p> {
    packet: &'p Packet,
    paper: Paper,
}

impl std::ops::Deref for Page<'_> {
    type Target = Paper;

    fn deref(&self) -> &Paper {
        &self.paper
    }
}

impl Page<'_> {
    fn state(&self, state: CellState) -> Cell {
        let text = format!("{} {}", words::symbol(state), state.name().get(self.lang));
        let tone = match state {
            CellState::Missing => Tone::Gap,
            CellState::Partial | CellState::Unreadable => Tone::Half,
            CellState::Declined | CellState::NotRequired => Tone::Quiet,
            CellState::Answered => Tone::Plain,
        };
        Cell { text, tone }
    }

    fn title(&self) -> String {
        let (department, year) = (&self.packet.department.name, self.year());
        say!("{department}　{year} 運営方針・組織目標　面談資料", "{department}: {year}, interview papers")
            .get(self.lang)
            .to_owned()
    }

    fn audience(&self) -> String {
        self.t(audience(self.packet.audience))
    }

    fn running(&self) -> Running {
        let mut right = vec![self.t(bi("取扱注意", "Handle with care"))];
        if self.packet.plan.example {
            right.push(self.t(bi("記入例（架空）", "Example (fictitious)")));
        }
        right.push(self.audience());
        Running {
            left: self.title(),
            right: right.join(self.lang.pick("　", " / ")),
            foot: self.version(&self.packet.provenance),
        }
    }
}

fn audience(audience: Audience) -> Bi {
    match audience {
        Audience::Interviewer => bi("面談者用", "for the interviewer"),
        Audience::Department => bi("部用", "for the department"),
    }
}
