//! Several files written as one: all of them, or none.
//!
//! Every new text is first written and synced beside its file, so that a full disk or a folder that
//! may not be written to changes nothing. Then the files are put in place one by one; where one
//! fails, those before it get their old text and name again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::NotReplaced;
use crate::store::write::{Staged, cannot_write, check_unchanged, stage, sync_folder};

/// A file of the city that gets a new text, and perhaps a new name.
#[derive(Debug, Clone)]
pub struct Rewrite {
    /// Path below the root.
    pub path: String,
    /// Its new path; the file must not be there.
    pub to: Option<String>,
    /// The bytes as they were read.
    pub before: Vec<u8>,
    /// The bytes as they shall be.
    pub after: Vec<u8>,
}

/// How one file takes the place of another; in tests, also how that fails.
type Put<'p> = &'p mut dyn FnMut(&Path, &Path) -> io::Result<()>;

/// Writes all files or none; on failure, says which file it was.
pub fn replace_all(root: &Path, files: &[Rewrite]) -> Result<(), (String, NotReplaced)> {
    replace_with(root, files, &mut |from, to| fs::rename(from, to))
}

fn replace_with(root: &Path, files: &[Rewrite], put: Put<'_>) -> Result<(), (String, NotReplaced)> {
    for file in files {
        check_unchanged(root, &file.path, &file.before).map_err(|why| (file.path.clone(), why))?;
        if let Some(to) = &file.to
            && fs::symlink_metadata(root.join(to)).is_ok()
        {
            return Err((to.clone(), NotReplaced::Changed));
        }
    }
    let mut staged: Vec<Staged> = Vec::new();
    for file in files {
        match stage(&root.join(&file.path), &file.after) {
            Ok(one) => staged.push(one),
            Err(error) => {
                staged.iter().for_each(Staged::discard);
                return Err((file.path.clone(), NotReplaced::Failed(error)));
            }
        }
    }
    for (at, file) in files.iter().enumerate() {
        if let Err(error) = put_one(root, file, &staged[at], put) {
            staged[at..].iter().for_each(Staged::discard);
            // What cannot be restored is named by the error that follows.
            let lost = files[..at].iter().rev().find(|done| restore(root, done).is_err());
            let path = lost.map_or(&file.path, |lost| &lost.path);
            return Err((path.clone(), NotReplaced::Failed(cannot_write(&root.join(path), &error))));
        }
    }
    Ok(())
}

/// Puts a new text in place; a moved file appears under its new name before the old one goes.
fn put_one(root: &Path, file: &Rewrite, staged: &Staged, put: Put<'_>) -> io::Result<()> {
    let (old, new) = (root.join(&file.path), target(root, file));
    put(&staged.beside, &new)?;
    let gone = if new == old { Ok(()) } else { fs::remove_file(&old) };
    let done = gone.and_then(|()| sync_folder(&new));
    if done.is_err() && new != old {
        _ = fs::remove_file(&new);
    }
    done
}

/// Gives a file its old text and name again.
fn restore(root: &Path, file: &Rewrite) -> Result<(), crate::error::Error> {
    let (old, new) = (root.join(&file.path), target(root, file));
    // The mode is the one that the new file took over.
    let staged = stage(&new, &file.before)?;
    fs::rename(&staged.beside, &old).map_err(|error| {
        staged.discard();
        cannot_write(&old, &error)
    })?;
    if new != old {
        _ = fs::remove_file(&new);
    }
    Ok(())
}

fn target(root: &Path, file: &Rewrite) -> PathBuf {
    root.join(file.to.as_ref().unwrap_or(&file.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names and texts of a folder.
    fn listed(folder: &Path) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = fs::read_dir(folder)
            .expect("folder")
            .map(|entry| {
                let entry = entry.expect("entry");
                let text = fs::read_to_string(entry.path()).expect("text");
                (entry.file_name().to_string_lossy().into_owned(), text)
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn whichever_file_fails_all_are_as_they_were() {
        let root = std::env::temp_dir().join(format!("kpolicy-together-{}", std::process::id()));
        fs::create_dir_all(&root).expect("folder");
        let file = |path: &str, to: Option<&str>| Rewrite {
            path: path.to_owned(),
            to: to.map(str::to_owned),
            before: format!("old {path}").into_bytes(),
            after: format!("new {path}").into_bytes(),
        };
        let files = [file("a", None), file("b", Some("c")), file("d", None), file("e", Some("f"))];
        for one in &files {
            fs::write(root.join(&one.path), &one.before).expect("write");
        }
        let before = listed(&root);
        for fails_at in 0..files.len() {
            let mut at = 0;
            let mut put = |from: &Path, to: &Path| {
                at += 1;
                if at == fails_at + 1 { Err(io::Error::other("no")) } else { fs::rename(from, to) }
            };
            let refused = replace_with(&root, &files, &mut put);
            assert!(matches!(refused, Err((path, NotReplaced::Failed(_))) if path == files[fails_at].path));
            assert_eq!(listed(&root), before, "the file number {fails_at}");
        }
        fs::write(root.join("f"), "somebody's").expect("write");
        assert!(matches!(replace_all(&root, &files), Err((path, NotReplaced::Changed)) if path == "f"));
        fs::remove_file(root.join("f")).expect("remove");
        assert_eq!(listed(&root), before);
        assert!(replace_all(&root, &files).is_ok());
        let names: Vec<(String, String)> = [("a", "a"), ("c", "b"), ("d", "d"), ("f", "e")]
            .map(|(now, was)| (now.into(), format!("new {was}")))
            .into();
        assert_eq!(listed(&root), names);
        fs::remove_dir_all(&root).expect("remove");
    }
}
