//! The files of a revision or of the index.

use std::collections::BTreeSet;

use git2::{Index, ObjectType, Oid, Tree, TreeWalkMode, TreeWalkResult};

use crate::error::Error;
use crate::store::git::History;
use crate::store::git::refusal::refused;
use crate::store::{Content, Entry, Snapshot, UnsafeKind, is_dropping, is_yaml_name};

impl History {
    /// The files of a revision.
    pub fn snapshot(&self, revision: &str) -> Result<Snapshot, Error> {
        let tree = self.repository.revparse_single(revision).and_then(|object| object.peel_to_tree());
        self.files_of(&tree.map_err(|error| self.unknown_revision(revision, &error))?)
    }

    /// The files of the commit at HEAD; none before the first commit.
    pub fn head(&self) -> Result<Snapshot, Error> {
        match self.head_commit()? {
            Some(commit) => self.files_of(&commit.tree().map_err(|error| self.refused(&error))?),
            None => Ok(Snapshot::default()),
        }
    }

    /// The files of the index: what the next commit will hold. A file in conflict shows both sides.
    pub fn staged(&self) -> Result<Snapshot, Error> {
        let index = self.repository.index().map_err(|error| self.refused(&error))?;
        let mut snapshot = self.files_in(&index)?;
        self.add_conflicts(&index, ["HEAD", "MERGE_HEAD"], &mut snapshot)?;
        Ok(snapshot)
    }

    /// Paths below the city's root that git knows of: those of the index. While `git commit FILE`
    /// runs, git's own index lacks what else was added, so the standing one is asked as well.
    pub fn known_paths(&self) -> Result<BTreeSet<String>, Error> {
        let named = self.repository.index().map_err(|error| self.refused(&error))?;
        let standing = Index::open(&self.repository.path().join("index"));
        let path = |entry: git2::IndexEntry| self.wanted(&String::from_utf8_lossy(&entry.path));
        let mut known: BTreeSet<String> = named.iter().filter_map(path).collect();
        known.extend(standing.iter().flat_map(Index::iter).filter_map(path));
        Ok(known)
    }

    /// The files of an index that are not in conflict.
    pub(super) fn files_in(&self, index: &Index) -> Result<Snapshot, Error> {
        let entries = index.iter().filter(|entry| (entry.flags >> 12) & 3 == 0);
        let blobs = entries.filter_map(|entry| {
            let path = self.wanted(&String::from_utf8_lossy(&entry.path))?;
            Some((path, entry.id, entry.mode == 0o120_000 || entry.mode == 0o160_000))
        });
        self.collect(blobs.collect())
    }

    fn files_of(&self, tree: &Tree<'_>) -> Result<Snapshot, Error> {
        self.collect(self.blobs(tree)?)
    }

    /// Path, content and whether it is a link, of the city's files in a tree.
    pub(super) fn blobs(&self, tree: &Tree<'_>) -> Result<Vec<(String, Oid, bool)>, Error> {
        let mut blobs = Vec::new();
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            let path = format!(
                "{}{}",
                String::from_utf8_lossy(folder.as_bytes()),
                String::from_utf8_lossy(entry.name_bytes())
            );
            if entry.kind() == Some(ObjectType::Tree) && !self.on_the_way(&path) {
                return TreeWalkResult::Skip;
            }
            if let Some(path) = self.wanted(&path) {
                match entry.kind() {
                    Some(ObjectType::Blob) => blobs.push((path, entry.id(), entry.filemode() == 0o120_000)),
                    Some(ObjectType::Commit) => blobs.push((path, entry.id(), true)),
                    _ => {}
                }
            }
            TreeWalkResult::Ok
        })
        .map_err(|error| self.refused(&error))?;
        Ok(blobs)
    }

    /// True for a folder inside one of the city's two folders, or above them.
    fn on_the_way(&self, folder: &str) -> bool {
        let folder = format!("{folder}/");
        let near = |own: &str| {
            let own = format!("{}{own}/", self.prefix);
            own.starts_with(&folder) || folder.starts_with(&own)
        };
        near("policy") || near("departments")
    }

    /// The path below the city's root, for YAML files of the two folders.
    pub(super) fn wanted(&self, path: &str) -> Option<String> {
        let below = path.strip_prefix(&self.prefix)?;
        let inside = below.starts_with("policy/") || below.starts_with("departments/");
        let name = below.rsplit('/').next().unwrap_or(below);
        (inside && is_yaml_name(name) && !is_dropping(name)).then(|| below.to_owned())
    }

    pub(super) fn bytes(&self, blob: Oid) -> Result<Vec<u8>, Error> {
        let blob = self.repository.find_blob(blob).map_err(|error| self.refused(&error))?;
        Ok(blob.content().to_vec())
    }

    pub(super) fn refused(&self, error: &git2::Error) -> Error {
        refused(self.repository.workdir().unwrap_or(self.repository.path()), error)
    }

    fn collect(&self, blobs: Vec<(String, Oid, bool)>) -> Result<Snapshot, Error> {
        let mut snapshot = Snapshot::default();
        for (path, id, link) in blobs {
            let entry =
                if link { Entry::Unsafe(UnsafeKind::Link) } else { Entry::File(Content::Bytes(self.bytes(id)?)) };
            snapshot.insert(path, entry);
        }
        Ok(snapshot)
    }
}
