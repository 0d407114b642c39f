//! The only place that knows git2. Reading only; nothing that a repository configures is run.

use std::path::Path;

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository, Status, StatusOptions, TreeWalkMode, TreeWalkResult};

use crate::date::Date;
use crate::error::Error;
use crate::say;
use crate::store::{Content, Entry, Snapshot, UnsafeKind, is_dropping, is_yaml_name};

/// Whether there is a repository, and if so, one that can be read.
pub enum Opened {
    /// No repository: papers say 「git 管理外」.
    None,
    /// One that can be read.
    Repository(Box<History>),
}

/// A repository around a city.
pub struct History {
    repository: Repository,
    /// The city's folder inside the repository, empty or ending in `/`.
    prefix: String,
}

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
    /// Opens the repository around `root`, if there is one. Inside a hook, the one git names.
    pub fn open(root: &Path) -> Result<Opened, Error> {
        let opened = if std::env::var_os("GIT_INDEX_FILE").is_some() || std::env::var_os("GIT_DIR").is_some() {
            Repository::open_from_env()
        } else {
            Repository::discover(root)
        };
        let repository = match opened {
            Ok(repository) => repository,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(Opened::None),
            Err(error) => return Err(refused(root, &error)),
        };
        let prefix = match repository.workdir().and_then(|top| inside(top, root)) {
            Some(prefix) => prefix,
            None if repository.is_bare() => String::new(),
            None => return Ok(Opened::None),
        };
        Ok(Opened::Repository(Box::new(History { repository, prefix })))
    }

    /// Opens the repository for a command that cannot do without.
    pub fn require(root: &Path) -> Result<Box<History>, Error> {
        match History::open(root)? {
            Opened::Repository(history) => Ok(history),
            Opened::None => Err(Error::environment(say!(
                "このフォルダーは git で管理されていないため、過去の版を読めません。",
                "this folder is not kept in git, so no revision can be read."
            ))
            .hint(say!(
                "--rev を付けずに実行すると、今のファイルを使います。",
                "Without --rev, the files as they are now are used."
            ))),
        }
    }

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

    /// The path below the city's root, for YAML files of the two folders.
    fn wanted(&self, path: &str) -> Option<String> {
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

fn day(time: &git2::Time) -> Date {
    Date::from_unix(time.seconds(), time.offset_minutes())
}

fn inside(top: &Path, root: &Path) -> Option<String> {
    let (top, root) = (top.canonicalize().ok()?, root.canonicalize().ok()?);
    let below = super::worktree::relative(&top, &root)?;
    Some(if below.is_empty() { below } else { format!("{below}/") })
}

/// A repository that is there but cannot be read: what, why, and the way out.
fn refused(root: &Path, error: &git2::Error) -> Error {
    let detail = error.message().to_owned();
    let place = root.display().to_string();
    if error.class() == ErrorClass::Config && error.code() == ErrorCode::Owner || error.code() == ErrorCode::Owner {
        return Error::environment(say!(
            "履歴を読めません: フォルダーの所有者が、実行した人と異なります。",
            "the history cannot be read: the folder belongs to another user."
        ))
        .hint(say!(
            "信頼できるフォルダーであれば、次を実行してください。\n  git config --global --add safe.directory {place}",
            "If you trust the folder, run:\n  git config --global --add safe.directory {place}"
        ));
    }
    if detail.contains("unknown object format") || detail.contains("unsupported extension") {
        return Error::environment(say!(
            "履歴を読めません: この形式の git リポジトリーには対応していません（{detail}）。",
            "the history cannot be read: this kind of git repository is not supported ({detail})."
        ))
        .hint(say!("点検（kpolicy check）は履歴がなくても使えます。", "kpolicy check works without any history."));
    }
    Error::environment(say!("履歴を読めません（{detail}）。", "the history cannot be read ({detail})."))
}
