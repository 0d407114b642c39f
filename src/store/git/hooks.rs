//! Where git looks for hooks.

use std::path::{Component, Path, PathBuf};

use crate::error::Error;
use crate::say;
use crate::store::git::History;

/// A folder of hooks.
pub struct Hooks {
    /// Where it is.
    pub folder: PathBuf,
    /// True where it belongs to this machine alone: inside `.git`, not among the files of the work tree.
    pub private: bool,
}

impl History {
    /// The folder git takes hooks from: `core.hooksPath`, else `hooks` inside the repository. One
    /// outside the repository belongs to something else, and is never written to.
    pub fn hooks(&self) -> Result<Hooks, Error> {
        let common = self.repository.commondir().to_path_buf();
        let Some(top) = self.top() else { return Ok(Hooks { folder: common.join("hooks"), private: true }) };
        let configured = self.repository.config().and_then(|config| config.get_path("core.hooksPath"));
        let folder = match configured {
            Ok(path) => tidied(&top.join(path)),
            Err(_) => return Ok(Hooks { folder: common.join("hooks"), private: true }),
        };
        let holds = |place: &Path| folder.starts_with(tidied(place)) || real(&folder).starts_with(real(place));
        // A link may lead out of the repository: what counts is where the folder really is.
        let really_inside = real(&folder).starts_with(real(&top)) || real(&folder).starts_with(real(&common));
        if holds(&common) && really_inside {
            return Ok(Hooks { folder, private: true });
        }
        if holds(&top) && really_inside {
            return Ok(Hooks { folder, private: false });
        }
        let place = folder.display().to_string();
        Err(Error::environment(say!(
            "フックの置き場所（core.hooksPath）がこのリポジトリーの外にあるため、書き込みません: {place}",
            "hooks are kept outside this repository (core.hooksPath), so nothing is written: {place}"
        ))
        .hint(say!(
            "そこの pre-commit と pre-merge-commit に、次の行を加えてください。\n  kpolicy check --staged || exit 1",
            "Add this line to pre-commit and pre-merge-commit there:\n  kpolicy check --staged || exit 1"
        )))
    }

    /// The city's folder below the top of the work tree, empty or ending in `/`.
    pub fn city_below_top(&self) -> &str {
        &self.prefix
    }
}

/// A path without `.` and `..`.
fn tidied(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = tidy.pop(),
            Component::CurDir => {}
            part => tidy.push(part),
        }
    }
    tidy
}

/// The path with links resolved, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let exists = path.ancestors().find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    exists.map_or_else(
        || path.to_path_buf(),
        |(folder, real)| path.strip_prefix(folder).map_or_else(|_| real.clone(), |rest| real.join(rest)),
    )
}
