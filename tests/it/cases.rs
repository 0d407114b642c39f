//! Data-only cases: a folder in, the exact screens expected. See README.md in `tests/cases`.
//!
//! `UPDATE_CASES=1 cargo test --test it cases` rewrites the expected screens; read the diff.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support;

/// A folder that is gone when the test ends.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Scratch {
        // Tests of one process share its number: two of one name must not share a folder.
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("kpolicy-{}-{made}-{name}", std::process::id()));
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a scratch folder");
        Scratch(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// The program in a folder, with an environment that says nothing.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kpolicy"));
    command.current_dir(folder).env_clear().env("COLUMNS", "80").env("HOME", folder);
    // Windows programs need it to start at all.
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command
}

/// Copies a folder of a city.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copy");
        }
    }
}

/// Lays out a base city: `shipped`, or one of `tests/cities`.
pub(crate) fn lay_out(base: &str, folder: &Path) {
    let top = support::tests_dir("..");
    match base {
        "none" => {}
        "shipped" => {
            copy(&top.join("policy"), &folder.join("policy"));
            copy(&top.join("departments"), &folder.join("departments"));
        }
        name => copy(&support::tests_dir("cities").join(name), folder),
    }
}

/// Applies a case's set-up lines, and returns its transcript as it really runs.
fn play(text: &str, case: &Path, folder: &Path) -> String {
    let mut lines = text.lines().peekable();
    let mut out = String::new();
    while let Some(line) = lines.next() {
        if let Some(command) = line.strip_prefix("$ kpolicy") {
            out.push_str(&format!("$ kpolicy{command}\n{}", transcript(command, folder)));
            while lines.next_if(|next| !next.starts_with("$ ") && !next.starts_with("% ")).is_some() {}
            continue;
        }
        out.push_str(&format!("{line}\n"));
        let Some(step) = line.strip_prefix("% ") else { continue };
        let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
        match verb {
            "base" => {
                lay_out(rest, folder);
                let files = case.with_extension("files");
                if files.is_dir() {
                    copy(&files, folder);
                }
            }
            "remove" => {
                let path = folder.join(rest);
                if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect(rest);
            }
            "rename" => {
                let (from, to) = rest.split_once(' ').expect("from and to");
                fs::rename(folder.join(from), folder.join(to)).expect(rest);
            }
            "edit" => {
                let path = folder.join(rest);
                let mut take = |sign: &str| {
                    let line = lines.next().expect("an edit has two lines");
                    out.push_str(&format!("{line}\n"));
                    line.strip_prefix(sign).expect("old after -, new after +").replace("\\n", "\n").replace("\\t", "\t")
                };
                let (old, new) = (take("- "), take("+ "));
                let content = fs::read_to_string(&path).expect(rest);
                assert!(content.contains(&old), "{}: nothing like {old}", case.display());
                fs::write(path, content.replacen(&old, &new, 1)).expect("write");
            }
            "git" => git(folder, rest),
            "show" => {
                let content = fs::read_to_string(folder.join(rest)).expect(rest);
                for line in content.lines() {
                    out.push_str(format!("| {line}").trim_end());
                    out.push('\n');
                }
                while lines.next_if(|next| next.starts_with('|')).is_some() {}
            }
            other => panic!("{}: no step {other}", case.display()),
        }
    }
    out
}

/// One git command in the folder, with a fixed author and clock; `commit MESSAGE` takes everything
/// along, and begins the history where there is none.
pub(crate) fn git(folder: &Path, step: &str) {
    if let Some(message) = step.strip_prefix("commit ") {
        if !folder.join(".git").exists() {
            run_git(folder, &["init", "--quiet", "--initial-branch=main"]);
        }
        run_git(folder, &["add", "--all"]);
        run_git(folder, &["commit", "--quiet", "--allow-empty", "--message", message]);
    } else {
        run_git(folder, &step.split_whitespace().collect::<Vec<_>>());
    }
}

/// Runs the real git, with no settings but its own defaults.
pub(crate) fn run_git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .args(["-c", "core.autocrlf=false", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", folder.join("no-such-file"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "記入 例"), ("GIT_AUTHOR_EMAIL", "example@example.invalid")])
        .envs([("GIT_COMMITTER_NAME", "記入 例"), ("GIT_COMMITTER_EMAIL", "example@example.invalid")])
        .envs([("GIT_AUTHOR_DATE", "2025-04-01T09:00:00+09:00"), ("GIT_COMMITTER_DATE", "2025-04-01T09:00:00+09:00")]);
    let output = command.output().expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {}: {said}", arguments.join(" "));
}

fn transcript(arguments: &str, folder: &Path) -> String {
    let output = program(folder).args(arguments.split_whitespace()).output().expect("the program runs");
    let here = folder.display().to_string();
    let clean = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8 output").replace(&here, "CITY");
    let mut text = clean(&output.stdout);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str("[no line end]\n");
    }
    text.extend(clean(&output.stderr).lines().map(|line| format!("! {line}\n")));
    text.push_str(&format!("[exit {}]\n\n", output.status.code().unwrap_or(-1)));
    text
}

#[test]
fn cases() {
    let folder = support::tests_dir("cases");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut names: Vec<PathBuf> = fs::read_dir(folder).expect("cases").flatten().map(|entry| entry.path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "case"));
    names.sort();
    assert!(!names.is_empty());
    let mut wrong = Vec::new();
    for case in names {
        let text = fs::read_to_string(&case).expect("case");
        let scratch = Scratch::new(&case.file_stem().unwrap_or_default().to_string_lossy());
        let played = play(&text, &case, &scratch.0).trim_end().to_owned() + "\n";
        if played == text {
            continue;
        }
        if update {
            fs::write(&case, &played).expect("write");
        }
        let (at, (is, was)) = first_difference(&played, &text);
        wrong.push(format!("{}:{at}\n  expected: {was}\n  actual:   {is}", case.display()));
    }
    assert!(wrong.is_empty() || update, "{}", wrong.join("\n"));
}

fn first_difference<'t>(is: &'t str, was: &'t str) -> (usize, (&'t str, &'t str)) {
    let longest = is.lines().count().max(was.lines().count());
    let line = |text: &'t str, at: usize| text.lines().nth(at).unwrap_or("(end)");
    let at = (0..longest).find(|at| line(is, *at) != line(was, *at)).unwrap_or(0);
    (at + 1, (line(is, at), line(was, at)))
}
