//! What every paper needs: words and days in its language, headings, tables, the version.

use super::{Block, Cell, Table};
use crate::lang::{Bi, Lang, bi};
use crate::packet::{Day, Provenance, words};
use crate::say;

/// The year and the language of a paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    pub(super) fiscal_year: u16,
    pub(super) lang: Lang,
}

impl Paper {
    pub(super) fn t(self, text: Bi) -> String {
        text.get(self.lang).to_owned()
    }

    pub(super) fn day(self, day: Day) -> String {
        words::day(self.fiscal_year, day, self.lang)
    }

    pub(super) fn day_or(self, day: Option<Day>, none: &str) -> String {
        day.map_or_else(|| none.to_owned(), |day| self.day(day))
    }

    pub(super) fn joined(self, list: &[String]) -> String {
        list.join(self.lang.pick("、", ", "))
    }

    pub(super) fn heading(self, level: u8, text: String, anchor: &str) -> Block {
        Block::Heading { level, text, anchor: Some(anchor.to_owned()), badge: None }
    }

    pub(super) fn year(self) -> String {
        let year = self.fiscal_year;
        self.lang.pick(crate::date::FiscalYear(year).ja(), format!("Fiscal year {year}"))
    }

    /// A heading with a table, or with words where there is nothing.
    pub(super) fn listed(
        self,
        body: &mut Vec<Block>,
        title: Bi,
        anchor: &str,
        head: &[(Bi, u8)],
        rows: Vec<Vec<Cell>>,
    ) {
        let heading = self.heading(2, self.t(title), anchor);
        if rows.is_empty() {
            let none = Block::Para(self.t(bi("記載がありません。", "Nothing is written.")));
            body.push(Block::Keep(vec![heading, none]));
            return;
        }
        body.push(heading);
        let head = head.iter().map(|(name, width)| (self.t(*name), *width)).collect();
        body.push(Block::Table(Table { caption: None, head, rows }));
    }

    /// The commit, and whether the files differ from it.
    pub(super) fn version(self, provenance: &Provenance) -> String {
        let short = |commit: &String| commit.chars().take(10).collect::<String>();
        match provenance {
            Provenance::NotInGit => self.t(bi("git 管理外", "not kept in git")),
            Provenance::Revision { revision, commit, date } => {
                let (commit, date) = (short(commit), self.day(*date));
                let revision: String = revision.chars().take(40).collect();
                say!("版 {revision}（{commit}、{date}）", "revision {revision} ({commit}, {date})")
                    .get(self.lang)
                    .to_owned()
            }
            Provenance::Commit { commit, date, changed } => {
                let (commit, date) = (short(commit), self.day(*date));
                let words = say!("版 {commit}（{date}）", "version {commit} ({date})");
                let dirty = if changed.is_empty() {
                    String::new()
                } else {
                    self.t(bi("　未コミットの変更あり", ", with uncommitted changes"))
                };
                format!("{}{dirty}", words.get(self.lang))
            }
        }
    }
}
