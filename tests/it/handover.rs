//! Papers for a successor: three pages for every shipped department, names only once they are
//! official, reasons from both sides of a merge, the same in every format.

use std::fs;
use std::path::Path;

use crate::cases::{Scratch, git, lay_out, program};

const PLAN: &str = "departments/2025/kensetsu-kankyo.yaml";

fn handover(folder: &Path, args: &[&str]) -> String {
    let output = program(folder).arg("handover").args(args).output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{args:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn shipped(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    lay_out("shipped", &scratch.0);
    scratch
}

fn edit(folder: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(folder.join(PLAN)).expect("the plan is there");
    assert!(text.contains(old), "{old}");
    fs::write(folder.join(PLAN), text.replacen(old, new, 1)).expect("it can be written");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect(name)
}

#[test]
fn three_pages_for_every_department() {
    let scratch = shipped("handover-pages");
    let plans = fs::read_dir(scratch.0.join("departments/2025")).expect("plans").flatten();
    let mut seen = 0;
    for plan in plans {
        let id = plan.path().file_stem().expect("a name").to_string_lossy().into_owned();
        let said = handover(&scratch.0, &[&id]);
        assert!(said.contains("３ページ"), "{id}: {said}");
        let said = handover(&scratch.0, &[&id, "--lang", "en", "-o", "en"]);
        assert!(said.contains("3 pages"), "{id}: {said}");
        seen += 1;
    }
    assert_eq!(seen, 10);
}

/// Neither before the notice, nor between it and the appointment; in no format.
#[test]
fn no_name_before_the_appointment() {
    let scratch = shipped("handover-names");
    let formats = ["--format", "markdown,html,json", "-o", "."];
    for (day, official) in [("2025-03-20", false), ("2025-03-31", false), ("2025-04-01", true)] {
        handover(&scratch.0, &[&["kensetsu-kankyo", "--today", day][..], &formats].concat());
        for ending in ["md", "html", "json"] {
            let text = read(&scratch.0, &format!("kensetsu-kankyo-handover.{ending}"));
            assert_eq!(text.contains("富士本"), official, "{day} {ending}");
            assert_eq!(text.contains("日吉"), official, "{day} {ending}");
        }
    }
    // A notice that is still to come counts for more than the day of taking the post.
    edit(&scratch.0, "notified: 2025-03-24", "notified: 2025-04-20");
    handover(&scratch.0, &[&["kensetsu-kankyo"][..], &formats].concat());
    assert!(!read(&scratch.0, "kensetsu-kankyo-handover.json").contains("日吉"));
    // Of a successor whose first day nobody tells, nothing says that it is official.
    edit(&scratch.0, "notified: 2025-04-20", "notified: 2025-03-24");
    edit(&scratch.0, "    since: 2025-04-01\n", "");
    handover(&scratch.0, &[&["kensetsu-kankyo"][..], &formats].concat());
    assert!(!read(&scratch.0, "kensetsu-kankyo-handover.json").contains("富士本"));
}

#[test]
fn reasons_from_both_sides_of_a_merge_and_up_to_a_revision() {
    let scratch = shipped("handover-merge");
    let folder = &scratch.0;
    git(folder, "commit 計画を作る");
    git(folder, "checkout --quiet -b side");
    edit(folder, "mission: |-\n  ", "mission: |-\n  まず、");
    git(folder, "commit 使命を言い直す");
    git(folder, "checkout --quiet main");
    edit(folder, "      - 橋の補修で", "      - 急ぐ橋の補修で");
    git(folder, "commit 残りを書き足す🎉");
    git(folder, "merge --quiet --no-edit side");
    git(folder, "tag merged");
    edit(folder, "status: submitted", "status: settled");
    git(folder, "commit 確定する");
    let subjects = |args: &[&str]| -> Vec<String> {
        handover(folder, &[&["建設環境部", "--format", "json,pdf", "-o", "."][..], args].concat());
        let json = read(folder, "kensetsu-kankyo-handover.json");
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let changes = json["past"]["changes"].as_array().expect("changes").clone();
        changes.iter().map(|it| it["subject"].as_str().expect("a subject").to_owned()).collect()
    };
    let all = subjects(&[]);
    assert_eq!(all.first().map(String::as_str), Some("確定する"));
    assert_eq!(all.last().map(String::as_str), Some("計画を作る"));
    for subject in ["使命を言い直す", "残りを書き足す🎉"] {
        assert!(all.iter().any(|it| it == subject), "{all:?}");
    }
    let before = subjects(&["--rev", "merged"]);
    assert_eq!(before, all[1..]);
    assert_eq!(subjects(&["--rev", "merged~1"]).len(), 2);
}
