//! The files of a city at one moment, by path.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Why a path is never opened (K011).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsafeKind {
    /// A symbolic link.
    Link,
    /// A folder named like a plan.
    Folder,
    /// A pipe, socket or device.
    Special,
}

/// The bytes of a file, or the way to them.
#[derive(Debug, Clone)]
pub enum Content {
    /// Read from disk when needed.
    Disk(PathBuf),
    /// Here already.
    Bytes(Vec<u8>),
}

impl Content {
    /// The bytes, at most one more than `limit` of them.
    pub fn read(&self, limit: usize) -> io::Result<Vec<u8>> {
        match self {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::Disk(path) => {
                use io::Read;
                let file = std::fs::File::open(path)?;
                let most = limit as u64 + 1;
                // Room for the whole file at once, else it is asked for in ever larger pieces.
                let size = file.metadata().map_or(0, |about| about.len()).min(most);
                let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
                file.take(most).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// One path of a snapshot.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A regular file.
    File(Content),
    /// Something that is never opened.
    Unsafe(UnsafeKind),
}

/// The YAML files under `policy/` and `departments/`, by path relative to the root with `/`.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    entries: BTreeMap<String, Entry>,
}

impl Snapshot {
    /// Adds or replaces a path.
    pub fn insert(&mut self, path: impl Into<String>, entry: Entry) {
        self.entries.insert(path.into(), entry);
    }

    /// Puts the text of an open buffer in place of a file.
    pub fn overlay(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.insert(path, Entry::File(Content::Bytes(bytes)));
    }

    /// All paths, sorted.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// What lies at a path.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// True when a path is there.
    pub fn contains(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// True when nothing lies under `folder/`.
    pub fn is_empty_under(&self, folder: &str) -> bool {
        !self.entries.keys().any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }
}
