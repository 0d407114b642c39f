//! What is being committed: real repositories, made by the real git.

mod hooks;
mod hostile;
mod kinds;
mod merges;
mod packets;
mod staged;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::cases::{Scratch, lay_out, program};

pub(super) const SOMU: &str = "departments/2025/somu.yaml";
pub(super) const SHIMIN: &str = "departments/2025/shimin.yaml";

/// How a command ended, and all it said.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: i32,
    pub(super) text: String,
}

impl Said {
    fn of(output: Output) -> Said {
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        Said { code: output.status.code().unwrap_or(-1), text: text.into_owned() }
    }

    /// Asserts how it ended and that it said each of these.
    pub(super) fn expect(&self, code: i32, words: &[&str]) -> &Said {
        assert_eq!(self.code, code, "{}", self.text);
        for word in words {
            assert!(self.text.contains(word), "no {word} in:\n{}", self.text);
        }
        self
    }

    pub(super) fn without(&self, words: &[&str]) {
        for word in words {
            assert!(!self.text.contains(word), "{word} in:\n{}", self.text);
        }
    }
}

/// A repository with the small city in one commit; its home is a folder of its own.
pub(super) struct Repository {
    pub(super) scratch: Scratch,
}

impl Repository {
    pub(super) fn new(name: &str) -> Repository {
        let repository = Repository::unborn(name);
        repository.git(&["add", "--all"]).expect(0, &[]);
        repository.git(&["commit", "--quiet", "-m", "初め"]).expect(0, &[]);
        repository
    }

    /// The same before its first commit.
    pub(super) fn unborn(name: &str) -> Repository {
        let repository = Repository { scratch: Scratch::new(&format!("git-{name}")) };
        fs::create_dir_all(repository.scratch.0.join("home")).expect("home");
        lay_out("small", &repository.top());
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]).expect(0, &[]);
        repository
    }

    pub(super) fn top(&self) -> PathBuf {
        self.scratch.0.join("top")
    }

    pub(super) fn home(&self) -> PathBuf {
        self.scratch.0.join("home")
    }

    pub(super) fn git(&self, arguments: &[&str]) -> Said {
        self.git_at(&self.top(), arguments)
    }

    pub(super) fn git_at(&self, folder: &Path, arguments: &[&str]) -> Said {
        Said::of(real_git(&self.home(), folder).args(arguments).output().expect("git runs"))
    }

    pub(super) fn kpolicy(&self, arguments: &[&str]) -> Said {
        self.kpolicy_at(&self.top(), arguments)
    }

    pub(super) fn kpolicy_at(&self, folder: &Path, arguments: &[&str]) -> Said {
        Said::of(program(folder).env("HOME", self.home()).args(arguments).output().expect("the program runs"))
    }

    pub(super) fn edit(&self, path: &str, old: &str, new: &str) {
        edit(&self.top().join(path), old, new);
    }

    /// Writes a citation of an item that is not there.
    pub(super) fn break_plan(&self, path: &str) {
        self.edit(path, "      - 1-1\n", "      - 1-9\n");
    }

    pub(super) fn mend_plan(&self, path: &str) {
        self.edit(path, "      - 1-9\n", "      - 1-1\n");
    }

    pub(super) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]).expect(0, &[]);
        self.git(&["commit", "--quiet", "--no-verify", "--allow-empty", "-m", message]).expect(0, &[]);
    }
}

pub(super) fn edit(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).expect("file");
    assert!(text.contains(old), "nothing like {old} in {}", path.display());
    fs::write(path, text.replacen(old, new, 1)).expect("write");
}

/// git with no settings but its own defaults, and a fixed author and clock.
fn real_git(home: &Path, folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("LANG", "C"), ("LC_ALL", "C"), ("KPOLICY_LANG", "ja"), ("KPOLICY_TODAY", "2025-04-01")])
        .envs([("GIT_AUTHOR_NAME", "記入 例"), ("GIT_AUTHOR_EMAIL", "example@example.invalid")])
        .envs([("GIT_COMMITTER_NAME", "記入 例"), ("GIT_COMMITTER_EMAIL", "example@example.invalid")])
        .envs([("GIT_AUTHOR_DATE", "2025-04-01T09:00:00+09:00"), ("GIT_COMMITTER_DATE", "2025-04-01T09:00:00+09:00")]);
    command
}
