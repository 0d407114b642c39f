//! The only folder that knows git2. Reading only; nothing that a repository configures is run.
//!
//! `open` finds the repository, `snapshot` reads files from it, `log` walks over its commits,
//! `merge` joins two lines of history, `provenance` tells which commit files are of, `hooks` where
//! git takes hooks from, `refusal` puts into words why something cannot be read.

mod hooks;
mod log;
mod merge;
mod open;
mod provenance;
mod refusal;
mod snapshot;

use git2::Repository;

pub use hooks::Hooks;
pub use log::{CommitNote, FileChange, Version};
pub use provenance::Provenance;

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
