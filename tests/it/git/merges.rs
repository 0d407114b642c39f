//! Merging in memory: what git joins without a word may still be wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Repository, SHIMIN, SOMU};

const GOAL: &str = "  - id: G2
    title: 職員の研修
    outcome: 市民が同じ説明を受けられる
    cites:
      - 1-1
    division: shokuin
    measures:
      - name: 研修の回数
        kind: output
        unit: 回
        baseline:
          value: 1
        target:
          value: 2
    actions:
      - what: 計画を立てる
        by: 2025-09-30
";

/// `main` has a new goal G2 at the top of the list, `other` another one at its end.
pub(super) fn two_branches_with_one_new_id(name: &str) -> Repository {
    let repository = Repository::new(name);
    repository.git(&["switch", "--quiet", "-c", "other"]).expect(0, &[]);
    let path = repository.top().join(SOMU);
    let text = fs::read_to_string(&path).expect("plan");
    fs::write(&path, format!("{text}{GOAL}")).expect("write");
    repository.commit("末尾に G2");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    repository.edit(SOMU, "goals:\n", &format!("goals:\n{}", GOAL.replace("職員の研修", "手順の見直し")));
    repository.commit("先頭に G2");
    repository
}

/// Every file below a folder, with its content.
pub(super) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    walk.map(|entry| (entry.path().to_path_buf(), fs::read(entry.path()).expect("file"))).collect()
}

#[test]
fn an_id_doubled_by_a_merge_is_found_before_it_and_nothing_is_written() {
    let repository = two_branches_with_one_new_id("merge-double");
    repository.kpolicy(&["check"]).expect(0, &[]);
    repository.kpolicy(&["check", "--rev", "other"]).expect(0, &[]);
    let before = files(&repository.top());
    repository.kpolicy(&["check", "--merge-with", "other"]).expect(1, &["K205", "G2"]);
    assert!(before == files(&repository.top()), "the repository was written to");
    // git itself sees nothing wrong.
    repository.git(&["merge", "--no-edit", "other"]).expect(0, &[]);
    repository.kpolicy(&["check"]).expect(1, &["K205"]);
}

#[test]
fn with_changed_since_only_what_the_merge_brings_counts() {
    let repository = two_branches_with_one_new_id("merge-since");
    repository.git(&["switch", "--quiet", "other"]).expect(0, &[]);
    repository.break_plan(SHIMIN);
    repository.commit("other の誤り");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    let said = repository.kpolicy(&["check", "--merge-with", "other", "--changed-since", "other"]);
    said.expect(1, &["K205", "この変更より前からある指摘"]);
    said.without(&["K201"]);
}

#[test]
fn a_conflict_names_the_line() {
    let repository = Repository::new("merge-conflict");
    repository.git(&["switch", "--quiet", "-c", "other"]).expect(0, &[]);
    repository.edit(SOMU, "窓口を止めない仕組み", "窓口の備え");
    repository.git(&["rm", "--quiet", SHIMIN]).expect(0, &[]);
    repository.commit("other");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    repository.edit(SOMU, "窓口を止めない仕組み", "窓口を守る");
    repository.edit(SHIMIN, "窓口を止めない仕組み", "窓口を守る");
    repository.commit("main");
    let said = repository.kpolicy(&["check", "--merge-with", "other"]);
    // One side changed the other plan, the other side removed it: that is for people, too.
    said.expect(
        1,
        &[
            "K003",
            "departments/2025/somu.yaml:12:1",
            "departments/2025/shimin.yaml:1:1",
            "手元のファイルに印はありません",
        ],
    );
    let nothing = repository.kpolicy(&["check", "--merge-with", "HEAD"]);
    nothing.expect(0, &["問題はありません"]);
    // Half way through a real merge, the index shows the same.
    assert_ne!(repository.git(&["merge", "other"]).code, 0);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["K003"]);
}

#[test]
fn histories_without_a_common_root_are_told_so() {
    let repository = Repository::new("merge-strangers");
    repository.git(&["switch", "--quiet", "--orphan", "stranger"]).expect(0, &[]);
    repository.commit("別の初め");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    for option in ["--merge-with", "--changed-since"] {
        repository.kpolicy(&["check", option, "stranger"]).expect(2, &["共通の履歴がありません"]);
    }
}
