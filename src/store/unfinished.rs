//! What a run that was stopped between two files leaves to be finished.
//!
//! Before the first of several files is put in place, the old and the new texts of all of them are
//! written to one file in the city's folder; when the last is in place, it is taken away. It also
//! keeps two runs from writing at once: whoever holds its lock is the one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::lang::Say;
use crate::say;
use crate::store::is_yaml_name;
use crate::store::together::Rewrite;
use crate::store::write::{cannot_write, check_unchanged, sync_folder, write_whole};
use crate::ui::harmless;

/// Its name; what ends so is never read as a plan.
const NAME: &str = ".kpolicy-unfinished.tmp";
/// More than any city's texts; what is larger is not ours.
const MOST: u64 = 256 * 1024 * 1024;

/// Several files that belong together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unfinished {
    /// The command that was to change them, as it was typed behind `kpolicy`.
    pub typed: Vec<String>,
    files: Vec<Part>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Part {
    path: String,
    to: Option<String>,
    before: String,
    after: String,
    /// The name of the new text while it waits beside.
    beside: String,
}

/// How far one file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Old,
    /// Under its new name, and still under its old one.
    Both,
    New,
    /// Somebody has changed it since.
    Other,
}

impl Unfinished {
    /// What an earlier run left halfway, if any. A run that is still going on is none, nor is one that
    /// changed nothing or everything.
    pub fn find(root: &Path) -> Option<Unfinished> {
        let path = root.join(NAME);
        if !fs::symlink_metadata(&path).is_ok_and(|there| there.is_file() && there.len() <= MOST) {
            return None;
        }
        let mut file = File::open(path).ok()?;
        if matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            return None;
        }
        let found = read(&mut file)?;
        let states: Vec<State> = found.files.iter().map(|part| part.state(root)).collect();
        let all = |state: State| states.iter().all(|other| *other == state);
        (!all(State::Old) && !all(State::New)).then_some(found)
    }

    /// The command, to be typed again.
    pub fn command(&self) -> String {
        harmless(&format!("kpolicy {}", self.typed.join(" ")))
    }

    /// That it was stopped, and how to finish it.
    pub fn words(&self, root: &Path) -> Say {
        let command = self.command();
        let left = self.files.iter().filter(|part| part.state(root) != State::New).count();
        let all = self.files.len();
        say!(
            "前回の {command} が途中で止まり、改めたファイルとまだのファイルが混ざっています（{all}ファイルのうち {left} が未了）。\n  仕上げるには、同じ命令をもう一度実行してください: {command}",
            "An earlier {command} was stopped halfway: some files are changed and others not yet ({left} of {all} left).\n  To finish it, run the same command again: {command}"
        )
    }

    /// Puts in place what is not yet; the paths of all files. Nothing is written where one of them was
    /// changed by somebody else.
    pub fn finish(&self, root: &Path) -> Result<Vec<String>, Error> {
        let notes = Notes::open(root)?;
        for part in &self.files {
            part.check(root).map_err(|path| self.changed(&path))?;
        }
        for part in &self.files {
            part.put(root)?;
        }
        notes.close();
        Ok(self.files.iter().map(|part| part.target().to_owned()).collect())
    }

    fn changed(&self, path: &str) -> Error {
        let (command, path) = (self.command(), harmless(path));
        Error::environment(say!(
            "前回の {command} は途中で止まりましたが、その後 {path} が書き換えられているため、仕上げられません。何も書き込んでいません。",
            "an earlier {command} was stopped halfway, and {path} was changed since, so it cannot be finished. Nothing was written."
        ))
        .hint(say!(
            "手で仕上げるときは、{NAME} を消し、kpolicy check が挙げる所を直してください。",
            "To finish it by hand, delete {NAME} and mend what kpolicy check names."
        ))
    }
}

impl Part {
    fn target(&self) -> &str {
        self.to.as_ref().unwrap_or(&self.path)
    }

    fn state(&self, root: &Path) -> State {
        let is = |path: &str, text: &str| fs::read(root.join(path)).is_ok_and(|now| now == text.as_bytes());
        let gone = |path: &str| fs::symlink_metadata(root.join(path)).is_err();
        match &self.to {
            None if is(&self.path, &self.after) => State::New,
            None if is(&self.path, &self.before) => State::Old,
            Some(to) if is(to, &self.after) && gone(&self.path) => State::New,
            Some(to) if is(&self.path, &self.before) && gone(to) => State::Old,
            Some(to) if is(&self.path, &self.before) && is(to, &self.after) => State::Both,
            _ => State::Other,
        }
    }

    /// Refuses what cannot be put in place, with its path.
    fn check(&self, root: &Path) -> Result<(), String> {
        match self.state(root) {
            State::New => Ok(()),
            State::Old | State::Both => {
                check_unchanged(root, &self.path, self.before.as_bytes()).map_err(|_| self.path.clone())
            }
            State::Other => Err(self.path.clone()),
        }
    }

    fn put(&self, root: &Path) -> Result<(), Error> {
        if self.state(root) != State::New {
            write_whole(&root.join(self.target()), self.after.as_bytes())?;
            if self.to.is_some() {
                let old = root.join(&self.path);
                fs::remove_file(&old).map_err(|error| cannot_write(&old, &error))?;
            }
        }
        self.tidy(root);
        Ok(())
    }

    /// Takes away the new text that waited beside.
    fn tidy(&self, root: &Path) {
        let ours = self.beside.starts_with('.') && self.beside.ends_with(".tmp") && !self.beside.contains(['/', '\\']);
        if ours {
            _ = fs::remove_file(root.join(&self.path).with_file_name(&self.beside));
        }
    }

    /// True for a file of a city; nobody else's is touched, whatever the notes say.
    fn is_sound(&self) -> bool {
        [Some(&self.path), self.to.as_ref()].into_iter().flatten().all(|path| {
            let below = path.starts_with("policy/") || path.starts_with("departments/");
            let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
            below && plain && !path.contains('\\') && is_yaml_name(path)
        })
    }
}

/// The notes while they are being kept.
pub(super) struct Notes {
    path: PathBuf,
    file: File,
}

impl Notes {
    /// Takes the lock. Another run that writes at this moment has it.
    pub(super) fn open(root: &Path) -> Result<Notes, Error> {
        let path = root.join(NAME);
        if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(cannot_write(&path, &io::Error::from(io::ErrorKind::AlreadyExists)));
        }
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(|error| cannot_write(&path, &error))?;
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(Error::environment(say!(
                "ほかの kpolicy が、このフォルダーに書き込んでいるところです。",
                "another kpolicy is writing to this folder just now."
            ))
            .hint(say!("少し待って、もう一度実行してください。", "Wait a moment and try again.")));
        }
        // What earlier notes say of texts that waited beside.
        read(&mut file).iter().flat_map(|old| &old.files).for_each(|part| {
            if part.state(root) != State::Other {
                part.tidy(root);
            }
        });
        Ok(Notes { path, file })
    }

    /// Writes what is to be done, on disk before anything is.
    pub(super) fn write(&mut self, typed: &[String], files: &[Rewrite], beside: &[PathBuf]) -> io::Result<()> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part = |(file, beside): (&Rewrite, &PathBuf)| Part {
            path: file.path.clone(),
            to: file.to.clone(),
            before: text(&file.before),
            after: text(&file.after),
            beside: name(beside),
        };
        let files = files.iter().zip(beside).map(part).collect();
        let notes = Unfinished { typed: typed.to_vec(), files };
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(&serde_json::to_vec(&notes)?)?;
        self.file.sync_all()?;
        sync_folder(&self.path)
    }

    /// All is done, or nothing is.
    pub(super) fn close(self) {
        _ = fs::remove_file(&self.path);
    }
}

/// Notes that are whole, and about files of a city.
fn read(file: &mut File) -> Option<Unfinished> {
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes).ok()?;
    let found: Unfinished = serde_json::from_slice(&bytes).ok()?;
    found.files.iter().all(Part::is_sound).then_some(found)
}
