//! Two lines of history together: where they parted, and what they give when merged. Merging
//! happens in memory; neither the work tree nor the repository gains a byte.

use std::collections::BTreeSet;

use git2::{Commit, ErrorCode, Index, IndexConflict, IndexEntry, MergeFileInput, MergeFileOptions, Oid};

use crate::error::Error;
use crate::say;
use crate::store::git::History;
use crate::store::{Content, Entry, Snapshot};

impl History {
    /// The commit at HEAD; none before the first commit.
    pub(super) fn head_commit(&self) -> Result<Option<Commit<'_>>, Error> {
        match self.repository.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(Some(commit)),
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => Ok(None),
            Err(error) => Err(self.refused(&error)),
        }
    }

    /// The commit that a revision names.
    pub(super) fn commit(&self, revision: &str) -> Result<Commit<'_>, Error> {
        let commit = self.repository.revparse_single(revision).and_then(|object| object.peel_to_commit());
        commit.map_err(|error| self.unknown_revision(revision, &error))
    }

    /// The commit where two revisions parted.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, Error> {
        let (ours, theirs) = (self.commit(one)?.id(), self.commit(other)?.id());
        match self.repository.merge_base(ours, theirs) {
            Ok(base) => Ok(base.to_string()),
            Err(_) if self.repository.is_shallow() => Err(self.shallow()),
            Err(error) if error.code() == ErrorCode::NotFound => Err(Error::usage(say!(
                "「{one}」と「{other}」には、共通の履歴がありません。",
                "{one} and {other} have no history in common."
            ))
            .hint(say!("比べる相手の版を確かめてください。", "Check which revision it is to be compared with."))),
            Err(error) => Err(self.refused(&error)),
        }
    }

    /// The files that merging a revision into HEAD would give. A file in conflict shows both sides,
    /// with the signs git would put between them.
    pub fn merged_with(&self, revision: &str) -> Result<Snapshot, Error> {
        self.merge_base("HEAD", revision)?;
        let (ours, theirs) = (self.commit("HEAD")?, self.commit(revision)?);
        // Where both sides changed a file, libgit2 stores the outcome: let it do so in memory.
        let objects = self.repository.odb().map_err(|error| self.refused(&error))?;
        objects.add_new_mempack_backend(1000).map_err(|error| self.refused(&error))?;
        let merged = self.repository.merge_commits(&ours, &theirs, None);
        let index = merged.map_err(|error| self.refused(&error))?;
        let mut snapshot = self.files_in(&index)?;
        self.add_conflicts(&index, ["HEAD", revision], &mut snapshot)?;
        Ok(snapshot)
    }

    /// The files of the commits that are just being merged into HEAD; none outside a merge. git
    /// names them in `MERGE_HEAD` once a merge waits to be committed, and before that, to the hook of
    /// a merge that went smoothly, in variables `GITHEAD_<commit>`.
    pub fn being_merged(&self) -> Result<Vec<Snapshot>, Error> {
        let mut sides: BTreeSet<String> = BTreeSet::new();
        if let Ok(waiting) = std::fs::read_to_string(self.repository.path().join("MERGE_HEAD")) {
            sides.extend(waiting.lines().map(str::to_owned));
        }
        let variables = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        sides.extend(variables.filter_map(|name| name.strip_prefix("GITHEAD_").map(str::to_owned)));
        let head = self.head_commit()?.map(|commit| commit.id().to_string());
        let commits = sides.iter().filter(|side| Oid::from_str(side).is_ok() && head.as_ref() != Some(*side));
        commits.filter(|side| self.commit(side).is_ok()).map(|side| self.snapshot(side)).collect()
    }

    /// Adds the files of an index that are in conflict.
    pub(super) fn add_conflicts(&self, index: &Index, sides: [&str; 2], snapshot: &mut Snapshot) -> Result<(), Error> {
        let conflicts = index.conflicts().map_err(|error| self.refused(&error))?;
        for conflict in conflicts {
            let conflict = conflict.map_err(|error| self.refused(&error))?;
            let entry = [&conflict.our, &conflict.their, &conflict.ancestor].into_iter().flatten().next();
            let path = entry.and_then(|entry| self.wanted(&String::from_utf8_lossy(&entry.path)));
            if let Some(path) = path {
                snapshot.insert(path, Entry::File(Content::Bytes(self.both_sides(&conflict, sides)?)));
            }
        }
        Ok(())
    }

    /// One text with both sides of a conflict. A side that removed the file is blank.
    fn both_sides(&self, conflict: &IndexConflict, sides: [&str; 2]) -> Result<Vec<u8>, Error> {
        let bytes = |entry: &Option<IndexEntry>| entry.as_ref().map_or(Ok(Vec::new()), |entry| self.bytes(entry.id));
        let versions = [bytes(&conflict.ancestor)?, bytes(&conflict.our)?, bytes(&conflict.their)?];
        let input = |version: usize| {
            let mut input = MergeFileInput::new();
            input.path("file").content(&versions[version]);
            input
        };
        let mut options = MergeFileOptions::new();
        options.our_label(sides[0]).their_label(sides[1]);
        let merged = git2::merge_file(&input(0), &input(1), &input(2), Some(&mut options));
        let merged = merged.map_err(|error| self.refused(&error))?;
        if !merged.is_automergeable() {
            return Ok(merged.content().to_vec());
        }
        // The texts agree, the rest does not (one side renamed or removed it): show both whole.
        let [_, ours, theirs] = &versions;
        let mut text = format!("<<<<<<< {}\n", sides[0]).into_bytes();
        text.extend([ours.as_slice(), b"=======\n", theirs].concat());
        text.extend(format!(">>>>>>> {}\n", sides[1]).into_bytes());
        Ok(text)
    }
}
