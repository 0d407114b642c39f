//! Several files written as one: all of them, or none.
//!
//! Every new text is first written and synced beside its file, so that a full disk or a folder that
//! may not be written to changes nothing. Then the files are put in place one by one; where one
//! fails, those before it get their old text and name again. A run that is stopped in between leaves
//! notes (`unfinished`), so that the same command finishes what it began.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::lang::Say;
use crate::say;
use crate::store::NotReplaced;
use crate::store::unfinished::Notes;
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

/// Writes all files or none; on failure, says which file it was. `typed` is the command that does it,
/// to be typed again where it is stopped halfway.
pub fn replace_all(root: &Path, files: &[Rewrite], typed: &[String]) -> Result<(), (String, NotReplaced)> {
    replace_with(root, files, typed, &mut |from, to| fs::rename(from, to))
}

fn replace_with(root: &Path, files: &[Rewrite], typed: &[String], put: Put<'_>) -> Result<(), (String, NotReplaced)> {
    let failed = |error: Error| (String::new(), NotReplaced::Failed(error.hint(nothing_changed())));
    let mut notes = Notes::open(root).map_err(failed)?;
    match prepare(root, files) {
        Ok(staged) => {
            let beside: Vec<PathBuf> = staged.iter().map(|staged| staged.beside.clone()).collect();
            if let Err(error) = notes.write(typed, files, &beside) {
                staged.iter().for_each(Staged::discard);
                notes.close();
                return Err(failed(cannot_write(root, &error)));
            }
            let (whole, ended) = put_all(root, files, &staged, put);
            // Where not even the old texts could be put back, the notes tell the next run.
            if whole {
                notes.close();
            }
            ended
        }
        Err(refused) => {
            notes.close();
            Err(refused)
        }
    }
}

/// Looks at every file, and writes its new text beside it.
fn prepare(root: &Path, files: &[Rewrite]) -> Result<Vec<Staged>, (String, NotReplaced)> {
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
                return Err((file.path.clone(), NotReplaced::Failed(error.hint(nothing_changed()))));
            }
        }
    }
    Ok(staged)
}

/// Puts all in place, or nothing; false where some are and some are not.
fn put_all(
    root: &Path,
    files: &[Rewrite],
    staged: &[Staged],
    put: Put<'_>,
) -> (bool, Result<(), (String, NotReplaced)>) {
    for (at, file) in files.iter().enumerate() {
        if let Err(error) = put_one(root, file, &staged[at], put) {
            staged[at..].iter().for_each(Staged::discard);
            // What cannot be restored is named by the error that follows.
            let begun = files[..=at].iter().rev().filter(|file| !is_old(root, file));
            let mut lost = None;
            for file in begun {
                if restore(root, file).is_err() {
                    lost = Some(file);
                }
            }
            let path = lost.map_or(&file.path, |lost| &lost.path);
            let error = cannot_write(&root.join(path), &error);
            let error = error.hint(lost.map_or_else(nothing_changed, |_| halfway()));
            return (lost.is_none(), Err((path.clone(), NotReplaced::Failed(error))));
        }
    }
    (true, Ok(()))
}

fn nothing_changed() -> Say {
    say!("どのファイルも元のままです。", "Every file is as it was.")
}

fn halfway() -> Say {
    say!(
        "元に戻せないファイルがあり、途中までの状態です。書き込めるようになったら、同じ命令をもう一度実行してください。",
        "Not every file could be put back: the change is halfway. Once they can be written, run the same command again."
    )
}

/// Puts a new text in place; a moved file appears under its new name before the old one goes.
fn put_one(root: &Path, file: &Rewrite, staged: &Staged, put: Put<'_>) -> io::Result<()> {
    let (old, new) = (root.join(&file.path), target(root, file));
    put(&staged.beside, &new)?;
    if new != old {
        fs::remove_file(&old)?;
    }
    sync_folder(&new)
}

/// True for a file that is as it was.
fn is_old(root: &Path, file: &Rewrite) -> bool {
    let (old, new) = (root.join(&file.path), target(root, file));
    fs::read(&old).is_ok_and(|now| now == file.before) && (new == old || fs::symlink_metadata(&new).is_err())
}

/// Gives a file its old text and name again.
fn restore(root: &Path, file: &Rewrite) -> Result<(), Error> {
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
    sync_folder(&old).map_err(|error| cannot_write(&old, &error))
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
            let refused = replace_with(&root, &files, &[], &mut put);
            assert!(matches!(refused, Err((path, NotReplaced::Failed(_))) if path == files[fails_at].path));
            assert_eq!(listed(&root), before, "the file number {fails_at}");
        }
        fs::write(root.join("f"), "somebody's").expect("write");
        assert!(matches!(replace_all(&root, &files, &[]), Err((path, NotReplaced::Changed)) if path == "f"));
        fs::remove_file(root.join("f")).expect("remove");
        assert_eq!(listed(&root), before);
        assert!(replace_all(&root, &files, &[]).is_ok());
        let names: Vec<(String, String)> = [("a", "a"), ("c", "b"), ("d", "d"), ("f", "e")]
            .map(|(now, was)| (now.into(), format!("new {was}")))
            .into();
        assert_eq!(listed(&root), names);
        fs::remove_dir_all(&root).expect("remove");
    }
}
