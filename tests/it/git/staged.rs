//! What a change brings counts; what was there before is one line.

use std::fs;

use super::{Repository, SHIMIN, SOMU};

const BEFORE: &str = "この変更より前からある指摘";

#[test]
fn what_was_there_before_is_counted_and_does_not_decide() {
    let repository = Repository::new("before");
    repository.break_plan(SOMU);
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["K201", "1-9"]);
    repository.commit("誤り");
    let said = repository.kpolicy(&["check", "--staged"]);
    said.expect(0, &[BEFORE, "コミットできます"]);
    said.without(&["K201"]);
    repository.kpolicy(&["check", "--staged", "--lang", "en"]).expect(0, &["Not counted"]);
    repository.kpolicy(&["check"]).expect(1, &["K201"]);
    // Lines move, another plan changes: still nothing new.
    repository.edit(SOMU, "dates:\n", "# 書き足した行\n\ndates:\n");
    repository.edit(SHIMIN, "窓口を止めない仕組み", "窓口を止めない備え");
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(0, &[BEFORE]);
    // One more of the same kind is new.
    repository.edit(SOMU, "      - 1-2\n", "      - 1-8\n");
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["1-8", BEFORE]);
}

#[test]
fn the_json_holds_what_is_new_and_nothing_else() {
    let repository = Repository::new("json");
    repository.break_plan(SOMU);
    repository.commit("誤り");
    repository.break_plan(SHIMIN);
    repository.git(&["add", "--all"]).expect(0, &[]);
    let said = repository.kpolicy(&["check", "--staged", "--format", "json", "--quiet"]);
    let report: serde_json::Value = serde_json::from_str(&said.text).expect("JSON");
    let paths: Vec<&str> =
        report["diagnostics"].as_array().expect("a list").iter().filter_map(|one| one["path"].as_str()).collect();
    assert!(paths.contains(&SHIMIN) && !paths.contains(&SOMU), "{paths:?}");
    assert_eq!(report["summary"]["errors"].as_u64(), Some(paths.len() as u64));
}

#[test]
fn a_change_counts_in_whatever_file_it_shows() {
    let repository = Repository::new("elsewhere");
    repository.edit(SHIMIN, "goals:\n", "supports:\n  - somu:G1\ngoals:\n");
    repository.commit("連携");
    repository.kpolicy(&["check"]).expect(0, &[]);
    repository.edit(SOMU, "  - id: G1\n", "  - id: G9\n");
    repository.git(&["add", SOMU]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["departments/2025/shimin.yaml", "G1"]);
}

#[test]
fn handing_in_a_draft_brings_its_gaps() {
    let repository = Repository::new("draft");
    repository.edit(SOMU, "status: submitted", "status: draft");
    repository.edit(SOMU, "      - 1-1\n", "");
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(0, &[]);
    repository.commit("下書き");
    repository.edit(SOMU, "status: draft", "status: submitted");
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["K301"]);
}

#[test]
fn a_branch_is_compared_with_where_it_parted() {
    let repository = Repository::new("since");
    repository.git(&["switch", "--quiet", "-c", "somu"]).expect(0, &[]);
    repository.edit(SOMU, "窓口を止めない仕組み", "窓口を止めない備え");
    repository.commit("題");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    repository.break_plan(SHIMIN);
    repository.commit("main の誤り");
    repository.git(&["switch", "--quiet", "somu"]).expect(0, &[]);
    // The fault of main came after the branch parted: it is no matter of the branch.
    repository.kpolicy(&["check", "--changed-since", "main"]).expect(0, &["問題はありません"]);
    repository.kpolicy(&["check", "--rev", "main"]).expect(1, &["K201"]);
    repository.kpolicy(&["check", "--rev", "main", "--changed-since", "somu"]).expect(1, &["K201"]);
    repository.break_plan(SOMU);
    repository.kpolicy(&["check", "--changed-since", "main"]).expect(1, &[SOMU, "K201"]);
    repository.kpolicy(&["check", "--changed-since", "mian"]).expect(2, &["版「mian」が見つかりません", "例: "]);
}

#[test]
fn a_renamed_plan_keeps_what_was_found_in_it() {
    let repository = Repository::new("renamed");
    repository.break_plan(SOMU);
    repository.commit("誤り");
    repository.git(&["mv", SOMU, "departments/2025/somu.yml"]).expect(0, &[]);
    let said = repository.kpolicy(&["check", "--staged"]);
    said.expect(1, &["K207", BEFORE]);
    said.without(&["K201"]);
}

#[test]
fn names_in_japanese_composed_or_not() {
    let repository = Repository::new("names");
    let (composed, apart) = ("departments/2025/ガス課.yaml", "departments/2025/カ\u{3099}ス課.yaml");
    let plan = fs::read_to_string(repository.top().join(SOMU)).expect("plan");
    fs::write(repository.top().join(composed), &plan).expect("write");
    let (staged, since) = (["check", "--staged", "--warnings"], ["check", "--changed-since", "HEAD", "--warnings"]);
    repository.kpolicy(&staged).expect(0, &["K601", "ガス課.yaml"]);
    repository.kpolicy(&since).expect(1, &["K601", "ガス課.yaml"]);
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&staged).expect(1, &["ガス課.yaml"]);
    // The same name in pieces on disk, as some systems write it: git does hold it.
    fs::rename(repository.top().join(composed), repository.top().join(apart)).expect("rename");
    repository.kpolicy(&staged).without(&["K601"]);
    repository.kpolicy(&since).without(&["K601"]);
    // Both at once clash.
    repository.git(&["add", apart]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged"]).expect(1, &["K012"]);
}

#[test]
fn a_plan_that_git_does_not_hold_is_named() {
    let repository = Repository::new("outside");
    fs::write(repository.top().join(".gitignore"), "shimin.yaml\n").expect("write");
    repository.git(&["rm", "--quiet", "--cached", SHIMIN]).expect(0, &[]);
    repository.commit("対象外");
    let said = repository.kpolicy(&["check", "--staged", "--warnings"]);
    said.expect(0, &["K601", "git add departments/2025/shimin.yaml", "policy/2025/organization.yaml"]);
    repository.kpolicy(&["check", "--changed-since", "HEAD", "--warnings"]).expect(0, &["K601", SHIMIN]);
    repository.kpolicy(&["check", "--warnings"]).without(&["K601"]);
}

#[test]
fn a_settled_plan_says_what_it_was() {
    let repository = Repository::new("settled");
    repository.edit(SOMU, "status: submitted", "status: settled");
    repository.commit("確定");
    repository.edit(SOMU, "title: 窓口を止めない仕組み", "title: '窓口を止めない仕組み'");
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged", "--warnings"]).without(&["K602"]);
    repository.edit(SOMU, "value: 4", "value: 3");
    repository.edit(SOMU, "title: '窓口を止めない仕組み'", "title: 窓口の備え");
    repository.git(&["add", "--all"]).expect(0, &[]);
    let said = repository.kpolicy(&["check", "--staged", "--warnings"]);
    said.expect(0, &["K602", "目標 G1", "前の内容は「窓口を止めない仕組み」", "指標"]);
    repository.kpolicy(&["check", "--staged", "--fail-level", "warning"]).expect(1, &[]);
    repository.edit(SOMU, "status: settled", "status: draft");
    repository.git(&["add", "--all"]).expect(0, &[]);
    repository.kpolicy(&["check", "--staged", "--warnings"]).expect(0, &["確定の前に戻されました"]);
}
