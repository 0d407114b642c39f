//! Papers tell what changed since the plan was handed in, as far as the history knows.

use std::fs;
use std::path::Path;

use super::{Repository, SOMU};

/// A draft, handed in, and its title changed after that.
fn handed_in(name: &str) -> Repository {
    let repository = Repository::unborn(name);
    repository.edit(SOMU, "status: submitted", "status: draft");
    repository.edit(SOMU, "value: 4", "value: 9");
    repository.commit("下書き");
    repository.edit(SOMU, "value: 9", "value: 4");
    repository.edit(SOMU, "status: draft", "status: submitted");
    repository.commit("計画を提出");
    repository.edit(SOMU, "窓口を止めない仕組み", "窓口の備え");
    repository.commit("題を改める");
    repository
}

/// The part of the papers that tells it.
fn told(repository: &Repository, folder: &Path, more: &[&str]) -> String {
    let out = repository.scratch.0.join("out");
    let out_name = out.to_string_lossy().into_owned();
    let asked = [&["packet", "総務部", "--format", "markdown", "-o", &out_name], more].concat();
    repository.kpolicy_at(folder, &asked).expect(0, &["somu-department.md"]);
    let text = fs::read_to_string(out.join("somu-department.md")).expect("papers");
    let from = text.find("## 提出してから変わったこと").expect("the part");
    let part = &text[from..];
    part[..part.find("\n## 記載の足りない項目").expect("its end")].to_owned()
}

#[test]
fn compared_with_the_commit_that_handed_it_in() {
    let repository = handed_in("handed-in");
    repository.edit(SOMU, "手順書を改める", "手順書を全て改める");
    let part = told(&repository, &repository.top(), &[]);
    for words in ["計画を提出", "窓口を止めない仕組み → 窓口の備え", "手順書を全て改める"]
    {
        assert!(part.contains(words), "{words}:\n{part}");
    }
    // What changed while it was a draft was never handed in.
    assert!(!part.contains("9件") && !part.contains("下書き"), "{part}");
    // A revision is compared as it was.
    let part = told(&repository, &repository.top(), &["--rev", "HEAD~1"]);
    assert!(part.contains("変わっていません。"), "{part}");
    let part = told(&repository, &repository.top(), &["--rev", "HEAD~2"]);
    assert!(part.contains("提出済みとしてコミットされた版がありません"), "{part}");
}

#[test]
fn handed_in_again_the_last_time_counts() {
    let repository = handed_in("handed-in-again");
    repository.edit(SOMU, "status: submitted", "status: draft");
    repository.commit("差し戻し");
    repository.edit(SOMU, "status: draft", "status: submitted");
    repository.commit("再び提出");
    repository.edit(SOMU, "status: submitted", "status: settled");
    repository.commit("確定");
    let part = told(&repository, &repository.top(), &[]);
    assert!(part.contains("再び提出") && part.contains("提出済み → 確定"), "{part}");
    assert!(!part.contains("窓口の備え"), "{part}");
}

#[test]
fn what_nobody_can_mend_stops_no_paper() {
    let repository = Repository::unborn("handed-in-rare");
    repository.edit(SOMU, "窓口を止めない仕組み", "𠮷野の窓口");
    repository.commit("計画を提出 🎉");
    repository.edit(SOMU, "𠮷野の窓口", "よしのの窓口");
    let out = repository.scratch.0.join("out").to_string_lossy().into_owned();
    repository.kpolicy(&["packet", "総務部", "--format", "pdf,html", "-o", &out]).expect(0, &["somu-department.pdf"]);
    let html = fs::read_to_string(format!("{out}/somu-department.html")).expect("papers");
    assert!(html.contains("〓野の窓口 → よしのの窓口") && html.contains("計画を提出 〓"));
    // Where no font is needed, the past is shown as it was.
    let part = told(&repository, &repository.top(), &[]);
    assert!(part.contains("𠮷野の窓口") && part.contains('🎉'), "{part}");
}

#[test]
fn where_the_history_is_cut_nothing_is_guessed() {
    let repository = handed_in("handed-in-shallow");
    let clone = repository.scratch.0.join("clone");
    let from = format!("file://{}", repository.top().display());
    repository.git(&["clone", "--quiet", "--depth", "1", &from, &clone.to_string_lossy()]).expect(0, &[]);
    let part = told(&repository, &clone, &[]);
    assert!(part.contains("手元の履歴に、提出済みとしてコミットされた版がありません"), "{part}");
    repository.git_at(&clone, &["fetch", "--quiet", "--unshallow"]).expect(0, &[]);
    assert!(told(&repository, &clone, &[]).contains("計画を提出"));
}
