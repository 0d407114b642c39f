//! A city as large as anybody's, made from a few numbers and the same each time.
//!
//! Every benchmark measures on it. Its plans are as dense as those of the shipped city: every field
//! of a plan, block style, Japanese sentences of which no two are alike.

mod plan;
mod words;

use std::fmt::Write as _;
use std::path::Path;

use kpolicy::store::{Content, Entry, Snapshot};

pub(crate) use words::Words;

/// How large a city is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Town {
    /// Departments, each with its plan.
    pub plans: usize,
    /// Goals of a plan.
    pub goals: usize,
    /// Citations of a goal.
    pub cites: usize,
    /// Items of the basic policy.
    pub items: usize,
    /// One in so many plans has a slip in each goal: a citation of an item that is not there. 0: none has.
    pub slips: usize,
}

impl Default for Town {
    fn default() -> Town {
        Town { plans: 15, goals: 12, cites: 2, items: 21, slips: 0 }
    }
}

impl Town {
    /// A city of so many plans, else as usual.
    pub(crate) fn of(plans: usize) -> Town {
        Town { plans, ..Town::default() }
    }

    /// All files of the city.
    pub(crate) fn snapshot(self) -> Snapshot {
        let mut city = Snapshot::default();
        let mut add = |path: String, text: String| city.insert(path, Entry::File(Content::Bytes(text.into_bytes())));
        add("policy/kpolicy.yaml".to_owned(), SETTINGS.to_owned());
        add("policy/2025/policy.yaml".to_owned(), self.policy());
        add("policy/2025/organization.yaml".to_owned(), self.organization());
        add("policy/2025/references.yaml".to_owned(), REFERENCES.to_owned());
        for at in 0..self.plans {
            add(path(at), self.plan(at));
        }
        city
    }

    /// The plan of a department.
    pub(crate) fn plan(self, at: usize) -> String {
        plan::write(self, at)
    }

    /// An item, by its number from 0.
    pub(crate) fn item(at: usize) -> String {
        format!("{}-{}", at / 50 + 1, at % 50 + 1)
    }

    fn policy(self) -> String {
        let mut text = HEAD.to_owned();
        let mut words = Words::new(0);
        for at in 0..self.items {
            if at % 50 == 0 {
                _ = write!(text, "  - number: {0}\n    heading: 第{0}の柱\n    items:\n", at / 50 + 1);
            }
            let (id, short, sentence) = (Town::item(at), words.phrase(), words.sentence());
            _ = write!(
                text,
                "      - id: {id}\n        short: {short}\n        text: |-\n          {sentence}に取り組むこと。\n"
            );
            text.push_str("        scope: every_department\n        answered_by: goal\n");
        }
        text
    }

    /// Departments a line each where they are thousands, so that the file stays below its limit.
    fn organization(self) -> String {
        let mut text = "fiscal_year: 2025\ninterviewers:\n  - id: mayor\n    title: 市長\ndepartments:\n".to_owned();
        for at in 0..self.plans {
            let id = id(at);
            _ = if self.plans > 5000 {
                writeln!(text, "  - {{id: {id}, name: 部{at}, divisions: [{{id: k, name: 課}}]}}")
            } else {
                write!(
                    text,
                    "  - id: {id}\n    name: 第{at}部\n    kind: 部\n    interviewer: mayor\n    heads:\n      - post: 第{at}部長\n    divisions:\n      - id: k\n        name: 企画課\n      - id: s\n        name: 総務課\n"
                )
            };
        }
        text
    }
}

/// The path of a plan.
pub(crate) fn path(at: usize) -> String {
    format!("departments/2025/{}.yaml", id(at))
}

/// The id of a department.
pub(crate) fn id(at: usize) -> String {
    format!("d{at}")
}

/// The bytes of a city's plans.
pub(crate) fn bytes(city: &Snapshot) -> usize {
    texts(city).map(str::len).sum()
}

/// The texts of a city's plans.
pub(crate) fn texts(city: &Snapshot) -> impl Iterator<Item = &str> {
    let plans = files(city).filter(|(path, _)| path.starts_with("departments/"));
    plans.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
}

/// All files of a city.
pub(crate) fn files(city: &Snapshot) -> impl Iterator<Item = (&str, &[u8])> {
    city.entries().filter_map(|(path, entry)| match entry {
        Entry::File(Content::Bytes(bytes)) => Some((path, bytes.as_slice())),
        _ => None,
    })
}

/// Writes a city to disk.
pub(crate) fn lay_out(city: &Snapshot, folder: &Path) -> std::io::Result<()> {
    for (path, bytes) in files(city) {
        let target = folder.join(path);
        target.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(target, bytes)?;
    }
    Ok(())
}

const SETTINGS: &str = "\
city: 見本市
as_of: 2025-04-01
ratings:
  - A
  - B
  - C
periods:
  - id: mid
    label: 年度半ば
    as_of: \"09-30\"
    due: \"10-31\"
max_cites:
  response: 9999
  goal: 9999
";

const REFERENCES: &str = "\
references:
  - id: vision
    title: 総合計画
    nodes:
      - id: zenki
        title: 前期計画
";

const HEAD: &str = "\
fiscal_year: 2025
title: 令和７年度の基本方針
issued: 2025-03-25
viewpoints:
  - id: decarbonization
    label: 脱炭素の視点
sections:
";
