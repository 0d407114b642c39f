//! git runs the hook that `hook install` wrote; what is checked is what git really commits.

use std::fs;
use std::path::Path;

use super::{Repository, SHIMIN, SOMU, real_git};

fn with_hook(name: &str) -> Repository {
    let repository = Repository::new(name);
    repository.kpolicy(&["hook", "install"]).expect(0, &["コミットの前に点検"]);
    repository
}

fn commits(repository: &Repository) -> String {
    repository.git(&["rev-list", "--count", "--all"]).text.trim().to_owned()
}

#[test]
fn commit_all_is_checked_as_it_will_be() {
    let repository = with_hook("hook-all");
    repository.break_plan(SOMU);
    // Nothing is staged: the index at rest would look clean.
    repository.git(&["commit", "-a", "-m", "誤り"]).expect(1, &["K201", SOMU]);
    assert_eq!(commits(&repository), "1");
    repository.git(&["commit", "--no-verify", "-a", "-m", "急ぎ"]).expect(0, &[]);
    repository.mend_plan(SOMU);
    repository.git(&["commit", "-a", "-m", "直した"]).expect(0, &["問題はありません"]);
}

#[test]
fn commit_of_one_file_is_checked_without_what_else_is_staged() {
    let repository = with_hook("hook-file");
    repository.break_plan(SOMU);
    repository.git(&["add", SOMU]).expect(0, &[]);
    repository.edit(SHIMIN, "窓口を止めない仕組み", "窓口の備え");
    repository.git(&["commit", "-m", "市民部だけ", SHIMIN]).expect(0, &["問題はありません"]);
    repository.git(&["commit", "-m", "総務部だけ", SOMU]).expect(1, &["K201"]);
    // What is staged alone is right, the file named is not.
    repository.git(&["reset", "--quiet", "--hard"]).expect(0, &[]);
    repository.edit(SHIMIN, "窓口の備え", "窓口");
    repository.git(&["add", SHIMIN]).expect(0, &[]);
    repository.break_plan(SOMU);
    repository.git(&["commit", "-m", "総務部だけ", SOMU]).expect(1, &["K201"]);
}

#[test]
fn of_a_file_staged_in_part_that_part_is_checked() {
    let repository = with_hook("hook-part");
    repository.edit(SOMU, "direction: |-\n  市民が", "direction: |-\n  全ての市民が");
    let good = repository.git(&["diff"]).text;
    repository.break_plan(SOMU);
    repository.edit(SOMU, "全ての市民が", "市民が");
    let bad = repository.git(&["diff"]).text;
    repository.git(&["checkout", "--quiet", "--", SOMU]).expect(0, &[]);
    for (part, code) in [(good, 0), (bad, 1)] {
        let patch = repository.scratch.0.join("part.patch");
        fs::write(&patch, part).expect("patch");
        repository.git(&["apply", "--cached", &patch.to_string_lossy()]).expect(0, &[]);
        let said = repository.git(&["commit", "-m", "一部"]);
        said.expect(code, if code == 0 { &["問題はありません"] } else { &["K201"] });
    }
}

#[test]
fn a_clean_merge_that_doubles_an_id_is_stopped() {
    let repository = super::merges::two_branches_with_one_new_id("hook-merge");
    repository.kpolicy(&["hook", "install"]).expect(0, &[]);
    let said = repository.git(&["merge", "--no-edit", "other"]);
    assert_ne!(said.code, 0, "{}", said.text);
    said.expect(said.code, &["K205", "G2"]);
}

#[test]
fn a_merge_is_not_stopped_by_what_the_other_side_already_had() {
    for stays in [false, true] {
        let repository = with_hook(if stays { "hook-merge-waits" } else { "hook-merge-smooth" });
        repository.git(&["switch", "--quiet", "-c", "other"]).expect(0, &[]);
        repository.break_plan(SOMU);
        repository.git(&["commit", "--no-verify", "-a", "-m", "他の部の誤り"]).expect(0, &[]);
        repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
        repository.edit(SHIMIN, "窓口を止めない仕組み", "窓口の備え");
        repository.git(&["commit", "-a", "-m", "市民部"]).expect(0, &[]);
        if stays {
            repository.git(&["merge", "--no-commit", "other"]).expect(0, &[]);
            // What this merge adds by itself is still its own.
            repository.break_plan(SHIMIN);
            repository.git(&["commit", "-a", "-m", "併せる"]).expect(1, &["K201", SHIMIN]).without(&[SOMU]);
            repository.mend_plan(SHIMIN);
            repository.git(&["commit", "-a", "-m", "併せる"]).expect(0, &["数えていません"]);
        } else {
            repository.git(&["merge", "--no-edit", "other"]).expect(0, &["数えていません"]);
        }
        assert_eq!(commits(&repository), "4");
    }
}

#[test]
fn a_hook_that_is_there_is_kept_and_runs_first() {
    let repository = Repository::new("hook-kept");
    let hook = repository.top().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("folder")).expect("folder");
    let witness = repository.scratch.0.join("ran");
    script(&hook, &format!("echo first > '{}'\n", witness.display()));
    let text = fs::read(&hook).expect("hook");
    repository.kpolicy(&["hook", "install"]).expect(0, &["pre-commit.before-kpolicy"]);
    let aside = hook.with_file_name("pre-commit.before-kpolicy");
    assert_eq!(fs::read(&aside).expect("kept"), text);
    // Once more: nothing is kept twice, nothing is lost.
    repository.kpolicy(&["hook", "install"]).expect(0, &[]);
    assert_eq!(fs::read(&aside).expect("kept"), text);
    repository.break_plan(SOMU);
    repository.git(&["commit", "-a", "-m", "誤り"]).expect(1, &["K201"]);
    assert!(witness.exists());
    // When it says no, that stands.
    script(&aside, "echo 前からの点検 >&2\nexit 7\n");
    repository.mend_plan(SOMU);
    repository.git(&["commit", "--allow-empty", "-m", "良い"]).expect(1, &["前からの点検"]);
    // Where nothing can be kept, nothing is written.
    script(&hook, "exit 0\n");
    repository.kpolicy(&["hook", "install"]).expect(2, &["何も書き込みませんでした", "kpolicy check --staged"]);
    assert!(fs::read_to_string(&hook).expect("hook").contains("exit 0"));
}

#[test]
fn hooks_are_written_where_git_looks_for_them_but_not_outside() {
    let repository = Repository::new("hook-path");
    repository.git(&["config", "core.hooksPath", ".githooks"]).expect(0, &[]);
    repository.kpolicy(&["hook", "install"]).expect(0, &[".githooks"]);
    let own = env!("CARGO_BIN_EXE_kpolicy");
    let shared = fs::read_to_string(repository.top().join(".githooks/pre-commit")).expect("hook");
    assert!(!shared.contains(own), "a file that others receive names a place of this machine");
    assert!(!repository.top().join(".git/hooks/pre-commit").exists());
    repository.break_plan(SOMU);
    let path = format!("{}:{}", Path::new(own).parent().expect("folder").display(), env!("PATH"));
    let run = real_git(&repository.home(), &repository.top())
        .env("PATH", path)
        .args(["commit", "-a", "-m", "誤り"])
        .output()
        .expect("git runs");
    assert_eq!(run.status.code(), Some(1));
    let outside = repository.home().join("hooks");
    fs::create_dir_all(&outside).expect("folder");
    for place in [outside.to_string_lossy().into_owned(), "../home/hooks".to_owned()] {
        repository.git(&["config", "core.hooksPath", &place]).expect(0, &[]);
        let said = repository.kpolicy(&["hook", "install"]);
        said.expect(2, &["リポジトリーの外", "kpolicy check --staged || exit 1"]);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&outside, repository.top().join("linked")).expect("link");
        repository.git(&["config", "core.hooksPath", "linked"]).expect(0, &[]);
        repository.kpolicy(&["hook", "install"]).expect(2, &["リポジトリーの外"]);
    }
    assert_eq!(fs::read_dir(&outside).expect("folder").count(), 0);
}

/// A program of the shell.
pub(super) fn script(path: &Path, body: &str) {
    fs::write(path, format!("#!/bin/sh\n{body}")).expect("script");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("mode");
    }
}
