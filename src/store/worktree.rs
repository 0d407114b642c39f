//! The work tree: found from a folder upwards, read without following links.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::Error;
use crate::say;
use crate::store::{Content, Entry, Snapshot, UnsafeKind, is_dropping, is_yaml_name};

/// The two folders that make a city.
const FOLDERS: [&str; 2] = ["policy", "departments"];

/// The first folder from `from` upwards that has both `policy/` and `departments/`.
pub fn find_root(from: &Path) -> Result<PathBuf, Error> {
    let found = from.ancestors().find(|folder| FOLDERS.iter().all(|name| folder.join(name).is_dir()));
    found.map(Path::to_path_buf).ok_or_else(|| Error::no_city(&missing(from)))
}

/// The folder named by `-C`, if it is a city.
pub fn check_root(root: &Path) -> Result<(), Error> {
    let missing = missing(root);
    if missing.is_empty() { Ok(()) } else { Err(Error::incomplete_city(root, &missing)) }
}

fn missing(root: &Path) -> Vec<&'static str> {
    FOLDERS.into_iter().filter(|name| !root.join(name).is_dir()).collect()
}

/// Lists the YAML files of the work tree. Contents are read later, file by file.
pub fn read_work_tree(root: &Path) -> Result<Snapshot, Error> {
    let mut snapshot = Snapshot::default();
    for folder in FOLDERS {
        if root.join(folder).is_symlink() {
            return Err(linked(folder));
        }
        let walk = WalkDir::new(root.join(folder)).follow_links(false).sort_by_file_name();
        let mut walk = walk.into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry.map_err(|error| unreadable(root, &error))?;
            if entry.depth() == 0 {
                continue;
            }
            let Some(path) = relative(root, entry.path()) else { continue };
            let name = entry.file_name().to_string_lossy();
            let kind = entry.file_type();
            let yaml = is_yaml_name(&name);
            if is_dropping(&name) || name == ".git" {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
            } else if kind.is_file() {
                if yaml {
                    snapshot.insert(path, Entry::File(Content::Disk(entry.path().to_path_buf())));
                }
            } else if kind.is_dir() {
                if yaml {
                    snapshot.insert(path, Entry::Unsafe(UnsafeKind::Folder));
                    walk.skip_current_dir();
                }
            } else if kind.is_symlink() {
                // A link to a folder would hide or borrow whole years; both are refused.
                if yaml || entry.path().is_dir() {
                    snapshot.insert(path, Entry::Unsafe(UnsafeKind::Link));
                }
            } else if yaml {
                snapshot.insert(path, Entry::Unsafe(UnsafeKind::Special));
            }
        }
    }
    Ok(snapshot)
}

/// The path below the root, with `/`. Names that are not Unicode are shown with replacement signs.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// One of the two folders is a link: what it points to is not this city's.
fn linked(folder: &str) -> Error {
    Error::environment(say!(
        "{folder} フォルダーが、別の場所への近道（リンク）です。近道の先は読みません。",
        "the folder {folder} is a link to another place; what it points to is not read."
    ))
    .hint(say!(
        "近道を消し、フォルダーの本体をこの名前で置いてください。",
        "Delete the link and put the folder itself here under this name."
    ))
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Error {
    let path = error.path().and_then(|path| relative(root, path)).unwrap_or_default();
    Error::environment(say!("「{path}」を読めません: {error}", "cannot read {path}: {error}"))
        .hint(say!("フォルダーを読む権限があるかを確かめてください。", "Check that you may read the folder."))
}
