//! Which commit a paper is made of, and what differs from it.

use git2::{ErrorCode, Status, StatusOptions};

use crate::date::Date;
use crate::error::Error;
use crate::say;
use crate::store::git::History;
use crate::store::git::refusal::refused;

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
        let head = match self.repository.head() {
            Ok(head) => head,
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => return Ok(None),
            Err(error) => return Err(refused(self.repository.path(), &error)),
        };
        let commit = head.peel_to_commit().map_err(|error| refused(self.repository.path(), &error))?;
        let changed = if self.repository.is_bare() { Vec::new() } else { self.changed()? };
        Ok(Some(Provenance { commit: commit.id().to_string(), date: day(&commit.time()), changed }))
    }

    /// The commit a revision names, without looking at the work tree.
    pub fn provenance_of(&self, revision: &str) -> Result<Provenance, Error> {
        let commit = self.repository.revparse_single(revision).and_then(|object| object.peel_to_commit());
        let commit = commit.map_err(|error| {
            let detail = error.message().to_owned();
            Error::usage(say!(
                "版「{revision}」が見つかりません（{detail}）。",
                "there is no revision {revision} ({detail})."
            ))
        })?;
        Ok(Provenance { commit: commit.id().to_string(), date: day(&commit.time()), changed: Vec::new() })
    }

    fn changed(&self) -> Result<Vec<String>, Error> {
        let mut options = StatusOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(false);
        for folder in ["policy", "departments"] {
            options.pathspec(format!("{}{folder}", self.prefix));
        }
        options.disable_pathspec_match(true);
        let statuses =
            self.repository.statuses(Some(&mut options)).map_err(|error| refused(self.repository.path(), &error))?;
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
