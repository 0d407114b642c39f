//! The files of a revision or of the index.

use git2::{ObjectType, Oid, TreeWalkMode, TreeWalkResult};

use crate::error::Error;
use crate::say;
use crate::store::git::History;
use crate::store::git::refusal::refused;
use crate::store::{Content, Entry, Snapshot, UnsafeKind, is_dropping, is_yaml_name};

impl History {
    /// The files of a revision.
    pub fn snapshot(&self, revision: &str) -> Result<Snapshot, Error> {
        let unknown = |error: git2::Error| {
            let detail = error.message().to_owned();
            Error::usage(say!(
                "版「{revision}」が見つかりません（{detail}）。",
                "there is no revision {revision} ({detail})."
            ))
            .hint(say!(
                "例: --rev HEAD、--rev main、--rev v2025.4",
                "For example: --rev HEAD, --rev main, --rev v2025.4"
            ))
        };
        let tree =
            self.repository.revparse_single(revision).and_then(|object| object.peel_to_tree()).map_err(unknown)?;
        let mut blobs = Vec::new();
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            let path = format!(
                "{}{}",
                String::from_utf8_lossy(folder.as_bytes()),
                String::from_utf8_lossy(entry.name_bytes())
            );
            if let Some(path) = self.wanted(&path) {
                match entry.kind() {
                    Some(ObjectType::Blob) => blobs.push((path, entry.id(), entry.filemode() == 0o120_000)),
                    Some(ObjectType::Commit) => blobs.push((path, entry.id(), true)),
                    _ => {}
                }
            }
            TreeWalkResult::Ok
        })
        .map_err(unknown)?;
        self.collect(blobs)
    }

    /// The files of the index: what the next commit will hold.
    pub fn staged(&self) -> Result<Snapshot, Error> {
        let index = self.repository.index().map_err(|error| refused(self.repository.path(), &error))?;
        let entries = index.iter().filter(|entry| (entry.flags >> 12) & 3 == 0);
        let blobs = entries.filter_map(|entry| {
            let path = self.wanted(&String::from_utf8_lossy(&entry.path))?;
            Some((path, entry.id, entry.mode == 0o120_000 || entry.mode == 0o160_000))
        });
        self.collect(blobs.collect())
    }

    /// The path below the city's root, for YAML files of the two folders.
    pub(super) fn wanted(&self, path: &str) -> Option<String> {
        let below = path.strip_prefix(&self.prefix)?;
        let inside = below.starts_with("policy/") || below.starts_with("departments/");
        let name = below.rsplit('/').next().unwrap_or(below);
        (inside && is_yaml_name(name) && !is_dropping(name)).then(|| below.to_owned())
    }

    fn collect(&self, blobs: Vec<(String, Oid, bool)>) -> Result<Snapshot, Error> {
        let mut snapshot = Snapshot::default();
        for (path, id, link) in blobs {
            let entry = if link {
                Entry::Unsafe(UnsafeKind::Link)
            } else {
                let blob = self.repository.find_blob(id).map_err(|error| refused(self.repository.path(), &error))?;
                Entry::File(Content::Bytes(blob.content().to_vec()))
            };
            snapshot.insert(path, entry);
        }
        Ok(snapshot)
    }
}
