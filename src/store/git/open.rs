//! Finds the repository around a city.

use std::path::Path;

use git2::{ErrorCode, Repository};

use crate::error::Error;
use crate::say;
use crate::store::git::refusal::refused;
use crate::store::git::{History, Opened};
use crate::store::relative;

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
}

fn inside(top: &Path, root: &Path) -> Option<String> {
    let (top, root) = (top.canonicalize().ok()?, root.canonicalize().ok()?);
    let below = relative(&top, &root)?;
    Some(if below.is_empty() { below } else { format!("{below}/") })
}
