//! What `check` found, as every format gets it, and the formats by name.
//!
//! A format is one file beside this one and one line in [`FORMATS`].

use std::collections::BTreeMap;

use crate::city::City;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::place::FileId;
use crate::report::{checkstyle, concise, github, gitlab, json, junit, markdown, rdjson, sarif, text};

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
    /// The departments that were asked for, by id; none for the whole city.
    pub asked: Vec<String>,
    /// The city's folder below that of the CI job, empty or ending in `/`: CI asks for paths from there.
    pub below: String,
    /// True to show 要確認 in full.
    pub warnings: bool,
    /// True to count the findings of each rule on the screen instead of showing them.
    pub statistics: bool,
    /// Most findings shown in full, where a format is read by people.
    pub most: usize,
    /// Language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Colours.
    pub color: bool,
}

impl<'a> Checked<'a> {
    /// Findings as a program wants them: nothing cut, nothing coloured.
    pub fn new(city: &'a City, findings: &'a [&'a Finding]) -> Checked<'a> {
        Checked {
            city,
            findings,
            counts: Counts::default(),
            years: &[],
            names: BTreeMap::new(),
            one: None,
            asked: Vec::new(),
            below: String::new(),
            warnings: true,
            statistics: false,
            most: usize::MAX,
            lang: Lang::Ja,
            columns: 80,
            color: false,
        }
    }

    /// How many findings have a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// The findings, the worst first, else in their order: for formats that readers cut.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut sorted = self.findings.to_vec();
        sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        sorted
    }

    /// The path of a file for CI.
    pub fn ci_path(&self, file: FileId) -> String {
        format!("{}{}", self.below, self.city.file(file).path)
    }

    /// The name of a department, or its id where it has none.
    pub fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).map_or(id, String::as_str)
    }
}

/// A format: its name on the command line and what writes it.
pub type Format = (&'static str, fn(&Checked<'_>) -> String);

/// The formats, in the order of the help. `auto` writes text; what it adds in CI is for the command.
pub const FORMATS: &[Format] = &[
    ("auto", text::write),
    ("text", text::write),
    ("concise", concise::write),
    ("json", json::write),
    ("github", github::write),
    ("gitlab", gitlab::write),
    ("sarif", sarif::write),
    ("junit", junit::write),
    ("rdjson", rdjson::write),
    ("checkstyle", checkstyle::write),
    ("markdown", markdown::write),
];

/// The writer of a format.
pub fn format(name: &str) -> Option<fn(&Checked<'_>) -> String> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, write)| *write)
}
