//! Writing: a file appears under its name only when it is whole and on disk.
//!
//! The text goes to a new file in the same folder, is synced, takes over the old file's mode, and is
//! renamed over it; the folder is synced after. A link is never written through.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::say;
use crate::store::names;

/// Writes `bytes` as the whole content of `path`.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_with(path, bytes, false)
}

/// The same for a program: everybody may run it.
pub fn write_program(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_with(path, bytes, true)
}

fn write_with(path: &Path, bytes: &[u8], program: bool) -> Result<(), Error> {
    put(path, bytes, program)?;
    sync_folder(path).map_err(|error| cannot_write(path, &error))
}

/// Writes one of many files of a folder: each whole, and their names on disk once [`list`] is done.
pub fn write_one_of(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    put(path, bytes, false)
}

/// Sees to it that the names of the files in a folder are on disk.
pub fn list(folder: &Path) -> Result<(), Error> {
    sync(folder).map_err(|error| cannot_write(folder, &error))
}

fn put(path: &Path, bytes: &[u8], program: bool) -> Result<(), Error> {
    let staged = stage_with(path, bytes, program)?;
    fs::rename(&staged.beside, path).map_err(|error| {
        staged.discard();
        cannot_write(path, &error)
    })
}

pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Error {
    let place = path.display().to_string();
    let hint = match error.kind() {
        io::ErrorKind::InvalidFilename => names::not_taken(),
        _ => say!(
            "フォルダーがあるか、書き込めるか、ほかのソフトで開いたままでないかを確かめてください。",
            "Check that the folder exists and may be written to, and that no other program has the file open."
        ),
    };
    Error::environment(say!("「{place}」に書き出せません: {error}", "cannot write {place}: {error}")).hint(hint)
}

/// A new text on disk beside the file whose place it shall take.
pub(super) struct Staged {
    /// Where it is until then.
    pub(super) beside: PathBuf,
}

impl Staged {
    /// Takes it away again.
    pub(super) fn discard(&self) {
        _ = fs::remove_file(&self.beside);
    }
}

/// Writes and syncs a new text beside `path`, with the mode of what is there.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> Result<Staged, Error> {
    stage_with(path, bytes, false)
}

fn stage_with(path: &Path, bytes: &[u8], program: bool) -> Result<Staged, Error> {
    names::check(path)?;
    let old = fs::symlink_metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let place = path.display().to_string();
        return Err(Error::environment(say!(
            "「{place}」は普通のファイルではないため、書き出しません。",
            "{place} is no regular file, so it is not written."
        ))
        .hint(say!("別の場所を示すか、これを取り除いてください。", "Name another place, or remove it.")));
    }
    // Windows puts nothing in its place, Linux would: whoever locked the file is heard on both.
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(read_only(path));
    }
    let (beside, mut file) = create_beside(path).map_err(|error| cannot_write(path, &error))?;
    let staged = Staged { beside };
    let mode = if program { runnable() } else { old.map(|old| old.permissions()) };
    fill(&mut file, bytes, mode).map_err(|error| {
        staged.discard();
        cannot_write(path, &error)
    })?;
    Ok(staged)
}

fn read_only(path: &Path) -> Error {
    let place = path.display().to_string();
    Error::environment(say!(
        "「{place}」は読み取り専用なので、書き換えません。",
        "{place} is read-only, so it is not written."
    ))
    .hint(say!(
        "書き換えてよければ、読み取り専用を外して（Windows ではファイルのプロパティで）、もう一度実行してください。",
        "If it may be changed, make it writable (on Windows in the file's properties) and try again."
    ))
}

/// Why a file of the city was not replaced.
#[derive(Debug, Clone)]
pub enum NotReplaced {
    /// Its bytes are no longer those that were read.
    Changed,
    /// A folder on the way to it is a link.
    BehindLink,
    /// The system refused.
    Failed(Error),
}

impl NotReplaced {
    /// What to tell of it, and the way out.
    pub fn explained(self, path: &str) -> Error {
        match self {
            NotReplaced::Failed(error) => error,
            NotReplaced::Changed => Error::environment(say!(
                "{path} がこの間にほかで書き換えられたため、書き込んでいません。",
                "nothing was written: {path} was changed meanwhile."
            ))
            .hint(say!("もう一度行ってください。", "Try again.")),
            NotReplaced::BehindLink => Error::environment(say!(
                "{path} は別の場所につながっている（リンクの先にある）ため、書き込んでいません。",
                "nothing was written: {path} lies behind a link."
            ))
            .hint(say!("市のフォルダーの中に移してください。", "Move it into the city's folder.")),
        }
    }
}

/// Replaces the content of `path` below `root`, if it is still `before` and no link leads there.
pub fn replace(root: &Path, path: &str, before: &[u8], after: &[u8]) -> Result<(), NotReplaced> {
    check_unchanged(root, path, before)?;
    write_whole(&root.join(path), after).map_err(NotReplaced::Failed)
}

/// Refuses a file that is no longer `before`, or to which a link leads.
pub(super) fn check_unchanged(root: &Path, path: &str, before: &[u8]) -> Result<(), NotReplaced> {
    let file = root.join(path);
    let folders = file.ancestors().skip(1).take(path.matches('/').count());
    for folder in folders {
        if fs::symlink_metadata(folder).is_ok_and(|folder| folder.is_symlink()) {
            return Err(NotReplaced::BehindLink);
        }
    }
    let plain = fs::symlink_metadata(&file).is_ok_and(|now| now.is_file() && now.len() == before.len() as u64);
    if !plain {
        return Err(NotReplaced::Changed);
    }
    match fs::read(&file) {
        Ok(now) if now == before => Ok(()),
        Ok(_) => Err(NotReplaced::Changed),
        // Not to be opened is another matter than saved meanwhile, and trying again does not help.
        Err(error) => Err(NotReplaced::Failed(cannot_write(&file, &error))),
    }
}

fn fill(file: &mut File, bytes: &[u8], mode: Option<fs::Permissions>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(mode) = mode {
        file.set_permissions(mode)?;
    }
    file.sync_all()
}

/// A name beside `path` that is never read as a plan. One that would be too long for a disk is cut.
pub(super) fn beside(path: &Path, attempt: usize) -> PathBuf {
    const MOST: usize = 200;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let end = (0..=MOST.min(name.len())).rev().find(|at| name.is_char_boundary(*at)).unwrap_or_default();
    path.with_file_name(format!(".{}.{}-{attempt}.tmp", &name[..end], std::process::id()))
}

/// A new file beside `path`, with a name that is never read as a plan.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..100 {
        let beside = beside(path, attempt);
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// The rename itself must survive a power loss. Windows has no handle for a folder.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync(folder)
}

fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}

/// What lets everybody run a file. Windows asks for nothing of the kind.
#[cfg(unix)]
fn runnable() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn runnable() -> Option<fs::Permissions> {
    None
}
