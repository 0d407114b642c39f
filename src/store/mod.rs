//! Where the bytes of a city come from: the work tree, a revision, the index, or an open buffer.
//!
//! One loader reads them all ([`crate::city::City::load`]); it sees only a [`Snapshot`].

mod create;
pub mod git;
mod names;
mod snapshot;
mod together;
mod unfinished;
mod worktree;
mod write;

pub use create::create_all;
pub use names::make_folder;
pub use snapshot::{Content, Entry, Snapshot, UnsafeKind};
pub use together::{Rewrite, replace_all};
pub use unfinished::Unfinished;
pub(crate) use worktree::relative;
pub use worktree::{check_root, find_root, read_work_tree};
pub use write::{NotReplaced, list, replace, write_one_of, write_program, write_whole};

/// True for what editors leave beside a file; never read, never reported.
pub fn is_dropping(name: &str) -> bool {
    name.ends_with('~')
        || name.starts_with(".#")
        || name.starts_with("~$")
        || name.starts_with('#')
        || has_extension(name, "swp")
        || has_extension(name, "tmp")
}

/// True for names that end in `.yaml` or `.yml`, in any case.
pub fn is_yaml_name(name: &str) -> bool {
    has_extension(name, "yaml") || has_extension(name, "yml")
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, last)| !stem.is_empty() && last.eq_ignore_ascii_case(extension))
}
