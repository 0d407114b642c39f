//! The commits of a city's history, along the line of the branch: of what a merge brought, the
//! merge itself is the step.

use std::collections::{HashSet, VecDeque};

use git2::{Commit, Oid, Sort};

use crate::date::Date;
use crate::error::Error;
use crate::store::git::History;
use crate::store::{Content, Entry, UnsafeKind};

/// Who changed something, when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitNote {
    /// The commit, in full.
    pub id: String,
    /// Its day, by its own clock.
    pub date: Date,
    /// The author's name.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
}

/// A city as one commit holds it.
#[derive(Debug, Clone)]
pub struct Version {
    /// The commit.
    pub commit: CommitNote,
    /// The paths of its files with the ids of their contents, sorted by path.
    pub files: Vec<(String, String)>,
}

/// A commit that changed a file.
#[derive(Debug, Clone)]
pub struct FileChange {
    /// The commit.
    pub commit: CommitNote,
    /// The id of the content before, for [`History::entry`]; none where there was no such file.
    pub before: Option<String>,
    /// The id of the content after it.
    pub after: Option<String>,
    /// When it was committed.
    seconds: i64,
}

/// What stands in the place of an id for what is never opened.
const LINK: &str = "link";

impl History {
    /// The commits of a range (`A..B`, or all up to a revision) that touch the city's files, oldest first.
    pub fn versions(&self, range: &str) -> Result<Vec<Version>, Error> {
        let mut versions = Vec::new();
        for id in self.line(range)? {
            let commit = self.repository.find_commit(id).map_err(|error| self.refused(&error))?;
            let folders = self.folders(&commit)?;
            let before = commit.parent(0).ok().map(|parent| self.folders(&parent)).transpose()?;
            if Some(folders) == before || (before.is_none() && folders == [None, None]) {
                continue;
            }
            versions.push(Version { commit: note(&commit), files: self.listing(&commit)? });
        }
        Ok(versions)
    }

    /// True where only a part of the history is there.
    pub fn is_shallow(&self) -> bool {
        self.repository.is_shallow()
    }

    /// A file of a [`Version`], by the id of its content.
    pub fn entry(&self, id: &str) -> Result<Entry, Error> {
        if id == LINK {
            return Ok(Entry::Unsafe(UnsafeKind::Link));
        }
        let id = Oid::from_str(id).map_err(|error| self.refused(&error))?;
        Ok(Entry::File(Content::Bytes(self.bytes(id)?)))
    }

    /// The last commit before HEAD, itself included, that changed a file of the city.
    pub fn last_change(&self, path: &str) -> Result<Option<CommitNote>, Error> {
        let Some(head) = self.head_commit()? else { return Ok(None) };
        let last = self.changes_from(head, path, 1).into_iter().next();
        Ok(last.filter(|change| change.after.is_some()).map(|change| change.commit))
    }

    /// The commits up to a revision (HEAD unless given) that changed a file of the city, newest
    /// first; also those that a merge brought. None before the first commit.
    pub fn changes(&self, path: &str, revision: Option<&str>) -> Result<Vec<FileChange>, Error> {
        let end = match revision {
            Some(revision) => Some(self.commit(revision)?),
            None => self.head_commit()?,
        };
        let mut changes = end.map(|end| self.changes_from(end, path, usize::MAX)).unwrap_or_default();
        changes.sort_by_key(|change| std::cmp::Reverse(change.seconds));
        Ok(changes)
    }

    fn changes_from(&self, end: Commit<'_>, path: &str, most: usize) -> Vec<FileChange> {
        let full = format!("{}{path}", self.prefix);
        let (mut changes, mut seen, mut next) = (Vec::new(), HashSet::from([end.id()]), VecDeque::from([end]));
        while let Some(commit) = next.pop_front().filter(|_| changes.len() < most) {
            let now = self.blob_at(&commit, &full);
            let parents: Vec<Commit<'_>> = commit.parents().collect();
            // Where any parent has the same text, that line of history holds the change.
            let same = parents.iter().position(|parent| now.is_some() && self.blob_at(parent, &full) == now);
            let before = parents.first().and_then(|parent| self.blob_at(parent, &full));
            if same.is_none() && before != now {
                let [before, after] = [before, now].map(|blob| blob.map(|id| id.to_string()));
                let seconds = commit.time().seconds();
                changes.push(FileChange { commit: note(&commit), before, after, seconds });
            }
            let on = parents.into_iter().enumerate().filter(|(index, _)| same.is_none_or(|same| same == *index));
            next.extend(on.map(|(_, parent)| parent).filter(|parent| seen.insert(parent.id())));
        }
        changes
    }

    /// What a file of the city said, newest first, along the line of the branch: the content with
    /// the commit that brought it. Ends where the file is not there; `see` says whether to go on.
    /// False where the history ends before the file does, because only a part of it was fetched.
    pub fn contents(
        &self,
        revision: &str,
        path: &str,
        see: &mut dyn FnMut(CommitNote, Vec<u8>) -> bool,
    ) -> Result<bool, Error> {
        let full = format!("{}{path}", self.prefix);
        let mut commit = self.commit(revision)?;
        while let Some(now) = self.blob_at(&commit, &full) {
            let parent = commit.parent(0).ok();
            if parent.as_ref().and_then(|parent| self.blob_at(parent, &full)) != Some(now)
                && !see(note(&commit), self.bytes(now)?)
            {
                return Ok(true);
            }
            match parent {
                Some(parent) => commit = parent,
                None => return Ok(!self.is_shallow()),
            }
        }
        Ok(true)
    }

    /// The ids of the commits along the line of the branch, oldest first.
    fn line(&self, range: &str) -> Result<Vec<Oid>, Error> {
        let (base, head) = match range.split_once("..") {
            Some((base, head)) => (Some(base), if head.is_empty() { "HEAD" } else { head }),
            None => (None, range),
        };
        let head = self.commit(head)?.id();
        let base = base.map(|base| self.commit(if base.is_empty() { "HEAD" } else { base })).transpose()?;
        let walk = || {
            let mut walk = self.repository.revwalk()?;
            walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE)?;
            walk.simplify_first_parent()?;
            walk.push(head)?;
            if let Some(base) = &base {
                walk.hide(base.id())?;
            }
            walk.collect::<Result<Vec<Oid>, git2::Error>>()
        };
        walk().map_err(|error| self.refused(&error))
    }

    /// The ids of the two folders of the city: while they stay, so does all in them.
    fn folders(&self, commit: &Commit<'_>) -> Result<[Option<Oid>; 2], Error> {
        let tree = commit.tree().map_err(|error| self.refused(&error))?;
        let id = |name: &str| tree.get_path(format!("{}{name}", self.prefix).as_ref()).ok().map(|entry| entry.id());
        Ok(["policy", "departments"].map(id))
    }

    fn listing(&self, commit: &Commit<'_>) -> Result<Vec<(String, String)>, Error> {
        let tree = commit.tree().map_err(|error| self.refused(&error))?;
        let mut files: Vec<(String, String)> = self
            .blobs(&tree)?
            .into_iter()
            .map(|(path, id, link)| (path, if link { LINK.to_owned() } else { id.to_string() }))
            .collect();
        files.sort();
        Ok(files)
    }

    fn blob_at(&self, commit: &Commit<'_>, path: &str) -> Option<Oid> {
        commit.tree().and_then(|tree| tree.get_path(path.as_ref())).ok().map(|entry| entry.id())
    }
}

fn note(commit: &Commit<'_>) -> CommitNote {
    let time = commit.author().when();
    CommitNote {
        id: commit.id().to_string(),
        date: Date::from_unix(time.seconds(), time.offset_minutes()),
        author: String::from_utf8_lossy(commit.author().name_bytes()).into_owned(),
        subject: commit.summary_bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default(),
    }
}
