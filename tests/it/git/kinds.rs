//! Every kind of repository: `check` always works; where history is needed and cannot be read, the
//! way out is named.

use std::fs;

use super::{Repository, SOMU, Said, edit};
use crate::cases::{copy, program};

#[test]
fn another_work_tree_of_the_same_repository() {
    let repository = Repository::new("worktree");
    repository.kpolicy(&["hook", "install"]).expect(0, &[]);
    let tree = repository.scratch.0.join("tree");
    repository.git(&["worktree", "add", "--quiet", "-b", "side", &tree.to_string_lossy()]).expect(0, &[]);
    edit(&tree.join(SOMU), "      - 1-1\n", "      - 1-9\n");
    repository.kpolicy_at(&tree, &["check", "--staged"]).expect(0, &[]);
    repository.git_at(&tree, &["commit", "-a", "-m", "誤り"]).expect(1, &["K201"]);
    repository.kpolicy_at(&tree, &["check", "--changed-since", "main"]).expect(1, &["K201"]);
    repository.kpolicy(&["check", "--staged"]).expect(0, &["問題はありません"]);
    repository.kpolicy_at(&tree, &["hook", "install"]).expect(0, &[]);
}

#[test]
fn a_city_inside_another_repository() {
    let repository = Repository::new("submodule");
    let outer = repository.scratch.0.join("outer");
    fs::create_dir_all(&outer).expect("folder");
    repository.git_at(&outer, &["init", "--quiet", "."]).expect(0, &[]);
    let inner = repository.top().to_string_lossy().into_owned();
    let add = ["-c", "protocol.file.allow=always", "submodule", "add", "--quiet", &inner, "city"];
    repository.git_at(&outer, &add).expect(0, &[]);
    let city = outer.join("city");
    repository.kpolicy_at(&city, &["hook", "install"]).expect(0, &[]);
    edit(&city.join(SOMU), "      - 1-1\n", "      - 1-9\n");
    repository.git_at(&city, &["commit", "-a", "-m", "誤り"]).expect(1, &["K201"]);
    repository.kpolicy_at(&city, &["check", "--changed-since", "HEAD"]).expect(1, &["K201"]);
}

#[test]
fn a_city_in_a_folder_of_a_repository() {
    let repository = Repository::new("folder");
    let city = repository.top().join("市 の/フォルダー's");
    fs::create_dir_all(&city).expect("folder");
    for folder in ["policy", "departments"] {
        fs::rename(repository.top().join(folder), city.join(folder)).expect("move");
    }
    repository.commit("移動");
    repository.kpolicy_at(&city, &["hook", "install"]).expect(0, &[]);
    edit(&city.join(SOMU), "      - 1-1\n", "      - 1-9\n");
    repository.git(&["commit", "-a", "-m", "誤り"]).expect(1, &["K201"]);
}

#[test]
fn a_repository_without_files_as_on_a_server() {
    let repository = Repository::new("bare");
    repository.git(&["branch", "bad"]).expect(0, &[]);
    repository.git(&["switch", "--quiet", "bad"]).expect(0, &[]);
    repository.break_plan(SOMU);
    repository.commit("誤り");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    let bare = repository.scratch.0.join("bare.git");
    repository.git(&["clone", "--quiet", "--bare", ".", &bare.to_string_lossy()]).expect(0, &[]);
    repository.kpolicy_at(&bare, &["check", "--rev", "main"]).expect(0, &["問題はありません"]);
    repository.kpolicy_at(&bare, &["check", "--rev", "bad", "--changed-since", "main"]).expect(1, &["K201"]);
    repository.kpolicy_at(&bare, &["check", "--merge-with", "bad"]).expect(1, &["K201"]);
    repository.kpolicy_at(&bare, &["check"]).expect(2, &["市のフォルダーが見つかりません"]);
    // A server's own hook sees objects that are not in their place yet.
    super::hooks::script(
        &bare.join("hooks/pre-receive"),
        &format!(
            "while read old new ref; do '{}' check --rev $new --changed-since $old || exit 1; done\n",
            env!("CARGO_BIN_EXE_kpolicy")
        ),
    );
    repository.git(&["remote", "add", "server", &bare.to_string_lossy()]).expect(0, &[]);
    repository.break_plan("departments/2025/shimin.yaml");
    repository.commit("新しい誤り");
    let said = repository.git(&["push", "server", "main"]);
    said.expect(1, &["K201"]);
}

#[test]
fn a_history_fetched_in_part() {
    let repository = Repository::new("shallow");
    repository.edit(SOMU, "窓口を止めない仕組み", "窓口の備え");
    repository.commit("二つ目");
    let (clone, from) = (repository.scratch.0.join("clone"), format!("file://{}", repository.top().display()));
    repository.git(&["clone", "--quiet", "--depth", "1", &from, &clone.to_string_lossy()]).expect(0, &[]);
    repository.kpolicy_at(&clone, &["check"]).expect(0, &[]);
    repository.kpolicy_at(&clone, &["check", "--staged"]).expect(0, &[]);
    repository.kpolicy_at(&clone, &["check", "--changed-since", "HEAD"]).expect(0, &[]);
    let asked = ["check", "--changed-since", "HEAD~1"];
    let headline = "変更の比較ができません: 履歴が途中までしか取得されていません（最新の 1件）。";
    repository.kpolicy_at(&clone, &asked).expect(2, &[headline, "git fetch --unshallow"]);
    for (server, way_out) in [("GITLAB_CI", "      GIT_DEPTH: \"0\"\n"), ("GITHUB_ACTIONS", "fetch-depth: 0")] {
        let output = program(&clone).env(server, "true").args(asked).output().expect("the program runs");
        Said::of(output).expect(2, &[headline, way_out]);
    }
    repository.git_at(&clone, &["fetch", "--quiet", "--unshallow"]).expect(0, &[]);
    repository.kpolicy_at(&clone, &asked).expect(0, &[]);
}

#[test]
fn before_the_first_commit_and_off_any_branch() {
    let repository = Repository::unborn("unborn");
    repository.kpolicy(&["check"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(2, &["git add policy departments"]);
    repository.break_plan(SOMU);
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["K201"]);
    repository.kpolicy(&["check", "--changed-since", "HEAD"]).expect(2, &["まだ１度もコミットされていません"]);
    repository.mend_plan(SOMU);
    repository.commit("初め");
    repository.git(&["checkout", "--quiet", "--detach"]).expect(0, &[]);
    repository.break_plan(SOMU);
    repository.kpolicy(&["check", "--staged"]).expect(0, &[]);
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["K201"]);
}

#[test]
fn without_git_at_all() {
    let repository = Repository::unborn("none");
    fs::remove_dir_all(repository.top().join(".git")).expect("remove");
    repository.kpolicy(&["check"]).expect(0, &[]);
    for asked in [&["check", "--staged"][..], &["check", "--rev", "HEAD"], &["hook", "install"]] {
        repository.kpolicy(asked).expect(2, &["git で管理されていない", "kpolicy check"]);
    }
}

#[test]
fn kinds_that_cannot_be_read() {
    for (name, option, way_out) in [
        ("sha256", "--object-format=sha256", "kpolicy check だけで使えます"),
        ("reftable", "--ref-format=reftable", "git refs migrate --ref-format=files"),
    ] {
        let repository = Repository::unborn(name);
        fs::remove_dir_all(repository.top().join(".git")).expect("remove");
        if repository.git(&["init", "--quiet", option, "."]).code != 0 {
            println!("skipped: this git knows no {option}");
            continue;
        }
        repository.commit("初め");
        repository.kpolicy(&["check"]).expect(0, &[]);
        for asked in [["check", "--staged", "-q"], ["check", "--changed-since", "HEAD"]] {
            repository.kpolicy(&asked).expect(2, &["対応していません", way_out]);
        }
        if name == "reftable" && repository.git(&["refs", "migrate", "--ref-format=files"]).code == 0 {
            repository.kpolicy(&["check", "--staged"]).expect(0, &[]);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_another_user() {
    use std::os::unix::fs::MetadataExt;
    let repository = Repository::new("owner");
    let place = repository.scratch.0.join("場 所");
    copy(&repository.top(), &place);
    if fs::metadata(&place).expect("folder").uid() != 0 {
        println!("skipped: only the administrator can give a folder away");
        return;
    }
    let walk = walkdir::WalkDir::new(&place).into_iter().flatten();
    for entry in walk {
        std::os::unix::fs::lchown(entry.path(), Some(65534), Some(65534)).expect("another owner");
    }
    repository.kpolicy_at(&place, &["check"]).expect(0, &[]);
    let line = format!("git config --global --add safe.directory '{}'", place.display());
    repository.kpolicy_at(&place, &["check", "--staged"]).expect(2, &["所有者", &line]);
    // The line does what it says.
    let typed = std::process::Command::new("sh").args(["-c", &line]).env("HOME", repository.home()).output();
    assert!(typed.expect("sh runs").status.success());
    repository.kpolicy_at(&place, &["check", "--staged"]).expect(0, &[]);
}
