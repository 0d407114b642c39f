//! Which commit a paper is made of, and what differs from it.

use git2::{Status, StatusOptions};

use crate::date::Date;
use crate::error::Error;
use crate::store::git::History;

/// Where a paper's contents come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The commit, in full.
    pub commit: String,
    /// The commit's day, by its own clock.
    pub date: Date,
    /// Paths below the root that differ from the commit, sorted.
    pub changed: Vec<String>,
}

impl History {
    /// The commit at HEAD and what differs from it; none before the first commit.
    pub fn provenance(&self) -> Result<Option<Provenance>, Error> {
        let Some(commit) = self.head_commit()? else { return Ok(None) };
        let changed = if self.repository.is_bare() { Vec::new() } else { self.changed()? };
        Ok(Some(Provenance { commit: commit.id().to_string(), date: day(&commit.time()), changed }))
    }

    /// The commit a revision names, without looking at the work tree.
    pub fn provenance_of(&self, revision: &str) -> Result<Provenance, Error> {
        let commit = self.commit(revision)?;
        Ok(Provenance { commit: commit.id().to_string(), date: day(&commit.time()), changed: Vec::new() })
    }

    fn changed(&self) -> Result<Vec<String>, Error> {
        let mut options = StatusOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(false);
        for folder in ["policy", "departments"] {
            options.pathspec(format!("{}{folder}", self.prefix));
        }
        options.disable_pathspec_match(true);
        let statuses = self.repository.statuses(Some(&mut options)).map_err(|error| self.refused(&error))?;
        let mut changed: Vec<String> = statuses
            .iter()
            .filter(|entry| entry.status() != Status::CURRENT && !entry.status().contains(Status::IGNORED))
            .filter_map(|entry| self.wanted(&String::from_utf8_lossy(entry.path_bytes())))
            .collect();
        changed.sort();
        changed.dedup();
        Ok(changed)
    }
}

fn day(time: &git2::Time) -> Date {
    Date::from_unix(time.seconds(), time.offset_minutes())
}
