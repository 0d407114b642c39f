//! Small cities for generated tests: a few choices in, the YAML of a whole folder out.
//!
//! The text is all that leaves this file, so that the program and the naive recount in
//! `coverage.rs` each read it by themselves.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::fmt::Write as _;

use kpolicy::city::City;
use kpolicy::store::{Content, Entry, Snapshot};

/// The folder of a city, file by file.
#[derive(Debug, Clone, Default)]
pub(crate) struct CityBuilder {
    /// `policy.yaml`: the lines below `items:`, made by [`CityBuilder::item`].
    items: String,
    /// `organization.yaml`: the lines below `departments:`.
    departments: String,
    /// Plans by department.
    plans: Vec<(String, String)>,
}

/// What an item or clause says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct DutyText {
    /// `scope`
    pub scope: Option<&'static str>,
    /// `answered_by`
    pub answered_by: Option<&'static str>,
    /// `viewpoint`
    pub viewpoint: Option<&'static str>,
    /// `lead`
    pub lead: Vec<&'static str>,
    /// `may_decline`
    pub may_decline: Option<bool>,
    /// `amended.since`
    pub amended: Option<&'static str>,
    /// `withdrawn`
    pub withdrawn: bool,
}

impl DutyText {
    fn write(&self, out: &mut String, indent: &str) {
        for (key, value) in [("scope", self.scope), ("answered_by", self.answered_by), ("viewpoint", self.viewpoint)] {
            if let Some(value) = value {
                writeln!(out, "{indent}{key}: {value}").unwrap();
            }
        }
        if !self.lead.is_empty() {
            writeln!(out, "{indent}lead:").unwrap();
            self.lead.iter().for_each(|lead| writeln!(out, "{indent}  - {lead}").unwrap());
        }
        if let Some(may) = self.may_decline {
            writeln!(out, "{indent}may_decline: {may}").unwrap();
        }
        if let Some(since) = self.amended {
            writeln!(out, "{indent}amended:\n{indent}  since: {since}\n{indent}  was: 前の言葉").unwrap();
        }
        if self.withdrawn {
            writeln!(out, "{indent}withdrawn: 2025-06-01").unwrap();
        }
    }
}

impl CityBuilder {
    /// Adds item `1-<number>` with as many clauses as `clauses` has entries.
    pub(crate) fn item(mut self, number: usize, duty: &DutyText, clauses: &[DutyText]) -> CityBuilder {
        let out = &mut self.items;
        writeln!(out, "      - id: 1-{number}\n        short: 項目\n        text: |-").unwrap();
        for at in 0..clauses.len().max(1) {
            writeln!(out, "          第{at}のことを行うこと。").unwrap();
        }
        duty.write(out, "        ");
        if !clauses.is_empty() {
            writeln!(out, "        clauses:").unwrap();
        }
        for (at, clause) in clauses.iter().enumerate() {
            let letter = char::from(b'a' + u8::try_from(at).unwrap());
            writeln!(out, "          - id: 1-{number}-{letter}\n            quote: 第{at}のこと").unwrap();
            clause.write(out, "            ");
        }
        self
    }

    /// Adds a department with its `plan:` duty.
    pub(crate) fn department(mut self, id: &str, duty: &str) -> CityBuilder {
        writeln!(self.departments, "  - id: {id}\n    name: {id}の部\n    plan: {duty}").unwrap();
        self
    }

    /// Adds the text of a plan.
    pub(crate) fn plan(mut self, department: &str, text: impl Into<String>) -> CityBuilder {
        self.plans.push((department.to_owned(), text.into()));
        self
    }

    /// The files, by path.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let policy = format!(
            "title: 基本方針\nviewpoints:\n  - id: green\n    label: 脱炭素の視点\n  - id: care\n    label: 配慮の視点\nsections:\n  - number: 1\n    heading: 章\n    items:\n{}",
            self.items
        );
        let organization = format!("departments:\n{}", self.departments);
        let mut files = vec![
            ("policy/2025/policy.yaml".to_owned(), policy),
            ("policy/2025/organization.yaml".to_owned(), organization),
        ];
        for (department, text) in &self.plans {
            files.push((format!("departments/2025/{department}.yaml"), text.clone()));
        }
        files
    }

    /// The city as the program reads it.
    pub(crate) fn city(&self) -> City {
        load(&self.files())
    }
}

/// The city of some files.
pub(crate) fn load(files: &[(String, String)]) -> City {
    let mut snapshot = Snapshot::default();
    for (path, text) in files {
        snapshot.insert(path.as_str(), Entry::File(Content::Bytes(text.clone().into_bytes())));
    }
    City::load(&snapshot)
}
