//! What `check` found, as every format gets it, and the formats by name.
//!
//! A format is one file beside this one and one line in [`FORMATS`].

use std::collections::BTreeMap;

use crate::city::City;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::report::{concise, json, markdown, text};

/// What was looked at.
#[derive(Debug, Clone, Default)]
pub struct Counts<'a> {
    /// All files.
    pub files: usize,
    /// Plans.
    pub plans: usize,
    /// Paths that could not be read.
    pub unreadable: Vec<&'a str>,
}

/// The outcome of a run and how to show it.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    /// The city.
    pub city: &'a City,
    /// The findings to report, sorted.
    pub findings: &'a [&'a Finding],
    /// What was looked at.
    pub counts: Counts<'a>,
    /// The fiscal years that were judged.
    pub years: &'a [FiscalYear],
    /// Names of departments by id.
    pub names: BTreeMap<String, String>,
    /// The department that was asked for, if it is one.
    pub one: Option<String>,
    /// True to show 要確認 in full.
    pub warnings: bool,
    /// Most findings shown in full, where a format is read by people.
    pub most: usize,
    /// Language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Colours.
    pub color: bool,
}

impl Checked<'_> {
    /// How many findings have a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// The name of a department, or its id where it has none.
    pub fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).map_or(id, String::as_str)
    }
}

/// A format: its name on the command line and what writes it.
pub type Format = (&'static str, fn(&Checked<'_>) -> String);

/// The formats, in the order of the help.
pub const FORMATS: &[Format] =
    &[("text", text::write), ("concise", concise::write), ("json", json::write), ("markdown", markdown::write)];
