//! New files: all of them or none, and never over one that is there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::say;
use crate::store::names;
use crate::store::write::{beside, sync_folder};

/// Creates each file below `root` with its text, with the folders that it needs. Where one cannot be
/// created, those before it are taken away again.
pub fn create_all(root: &Path, files: &[(String, String)]) -> Result<(), Error> {
    names::check_folder(root)?;
    let (mut made, mut folders) = (Vec::new(), Vec::new());
    let mut create = |path: &str, text: &str| -> io::Result<()> {
        let file = root.join(path);
        if let Some(folder) = file.parent() {
            new_folders(root, folder, &mut folders)?;
        }
        place(&file, text)?;
        made.push(file);
        Ok(())
    };
    let failed = files.iter().find_map(|(path, text)| create(path, text).err().map(|error| (path, error)));
    let Some((path, error)) = failed else { return Ok(()) };
    made.iter().for_each(|file| _ = fs::remove_file(file));
    // Only a folder that is empty again goes away.
    folders.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
    let hint = match error.kind() {
        io::ErrorKind::InvalidFilename => names::not_taken(),
        _ => say!(
            "同じ名前のものがないか、フォルダーに書き込めるかを確かめてください。",
            "Check that nothing of this name is there, and that the folder may be written to."
        ),
    };
    Err(Error::environment(say!(
        "「{path}」を作れないため、何も作りませんでした: {error}",
        "nothing was created, because {path} cannot be: {error}"
    ))
    .hint(hint))
}

/// Makes the folders from below `root` down to `folder`; a link on the way leads elsewhere.
fn new_folders(root: &Path, folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut missing: Vec<&Path> = Vec::new();
    for folder in folder.ancestors() {
        match folder.symlink_metadata() {
            Ok(there) if there.is_symlink() && folder != root => {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{} is a link", folder.display())));
            }
            Ok(_) => {}
            Err(_) => missing.push(folder),
        }
        if folder == root {
            break;
        }
    }
    for folder in missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
        if !folder.exists() {
            fs::create_dir_all(folder)?;
            made.push(folder.to_path_buf());
        }
    }
    Ok(())
}

/// The file appears under its name only when it is whole and on disk.
fn place(path: &Path, text: &str) -> io::Result<()> {
    let beside = beside(path, 0);
    let fill = |target: &Path| -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(target)?;
        let done = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        done.inspect_err(|_| _ = fs::remove_file(target))
    };
    fill(&beside)?;
    // A second name never replaces a file. Where the disk knows none, the name is taken by an empty
    // file first, which the whole one then replaces.
    let placed = match fs::hard_link(&beside, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .and_then(|_| fs::rename(&beside, path).inspect_err(|_| _ = fs::remove_file(path))),
        other => other,
    };
    _ = fs::remove_file(&beside);
    placed.and_then(|()| sync_folder(path).inspect_err(|_| _ = fs::remove_file(path)))
}
