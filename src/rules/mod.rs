//! The rules. One file a rule with its page beside it; the list below is the only registry.
//!
//! A rule is a pure function: of one file, or of a year with its links and coverage. It pushes
//! findings with their words in both languages. Levels, drafts and precedence are applied in one
//! place afterwards, [`judge`].

mod judge;
mod page;
pub(crate) mod words;

use crate::city::City;
use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::finding::Finding;
use crate::links::Links;
use crate::model::Level;
use crate::place::FileId;

pub use judge::{Judgement, YearJudgement, judge};
pub use page::{Example, Page};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// `K201`; stable for ever.
    pub code: &'static str,
    /// `unknown-citation`: the bad pattern, reads well after "allow".
    pub name: &'static str,
    /// The level unless the city says otherwise.
    pub level: Level,
    /// Its page, in both languages, with executed examples.
    pub page: &'static str,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Each file by itself.
    File(fn(&City, FileId, &mut Vec<Finding>)),
    /// A year as a whole.
    Year(fn(&Judged<'_>, &mut Vec<Finding>)),
}

/// What a rule over a year sees.
pub struct Judged<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its joined references.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
}

impl Rule {
    /// The family: 0 for K0…, 6 for K6….
    pub fn family(&self) -> u8 {
        self.code.as_bytes()[1] - b'0'
    }

    /// True for what must stay an error: a file with it cannot be read.
    pub fn is_fixed(&self) -> bool {
        matches!(self.code, "K001" | "K002" | "K003" | "K007" | "K008" | "K010" | "K011")
    }
}

/// The rule with a code or a name.
pub fn rule(word: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word).copied()
}

mod unanswered_item;
mod unknown_citation;

/// Every rule, by code.
pub static RULES: &[&Rule] = &[&unknown_citation::RULE, &unanswered_item::RULE];
