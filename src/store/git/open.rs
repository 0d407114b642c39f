//! Finds the repository around a city.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Repository};

use crate::error::Error;
use crate::say;
use crate::store::git::refusal::refused;
use crate::store::git::{History, Opened};
use crate::store::relative;

/// With one of these in the environment, git runs us from a hook: the index being committed need
/// not be `.git/index` (`commit -a` and `commit FILE` write another one), nor the objects in place.
const FROM_A_HOOK: [&str; 2] = ["GIT_INDEX_FILE", "GIT_DIR"];

impl History {
    /// Opens the repository around `root`, if there is one. Inside a hook, the one git names.
    pub fn open(root: &Path) -> Result<Opened, Error> {
        if FROM_A_HOOK.iter().any(|name| std::env::var_os(name).is_some())
            && let Opened::Repository(history) = around(root, Repository::open_from_env())?
        {
            return Ok(Opened::Repository(history));
        }
        around(root, Repository::discover(root))
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
                "今のファイルの点検であれば、kpolicy check だけで使えます。",
                "To check the files as they are now, kpolicy check alone will do."
            ))),
        }
    }

    /// True for a folder that is a repository without a work tree, as on a server.
    pub fn is_bare(folder: &Path) -> bool {
        matches!(History::open(folder), Ok(Opened::Repository(history)) if history.repository.is_bare())
    }

    /// The top of the work tree.
    pub fn top(&self) -> Option<PathBuf> {
        self.repository.workdir().map(Path::to_path_buf)
    }
}

/// The history, if the repository holds the city.
fn around(root: &Path, opened: Result<Repository, git2::Error>) -> Result<Opened, Error> {
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

fn inside(top: &Path, root: &Path) -> Option<String> {
    let (top, root) = (top.canonicalize().ok()?, root.canonicalize().ok()?);
    let below = relative(&top, &root)?;
    Some(if below.is_empty() { below } else { format!("{below}/") })
}
