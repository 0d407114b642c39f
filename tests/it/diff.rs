//! `kpolicy diff` over two cities: nothing that a plan says is lost without a word, and the ratchet
//! names each lost cell.

use std::collections::BTreeSet;

use kpolicy::city::City;
use kpolicy::diff::{Diff, compare};
use kpolicy::store::{Snapshot, read_work_tree};

use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";

fn shipped() -> (Snapshot, String) {
    let top = support::tests_dir("..");
    let plan = std::fs::read_to_string(top.join(SOMU)).expect("plan");
    (read_work_tree(&top).expect("the shipped city"), plan)
}

fn diff(before: &City, snapshot: &Snapshot) -> Diff {
    let after = City::load(snapshot);
    compare(before, &after, &BTreeSet::new(), support::DAY, None).expect("both can be judged")
}

/// Every line of a plan that says something: a change of it shows.
#[test]
fn every_changed_line_of_a_plan_is_told() {
    let (_, plan) = shipped();
    // The plan by itself: no year is judged, which is quick.
    let mut snapshot = Snapshot::default();
    snapshot.overlay(SOMU, plan.clone().into_bytes());
    let before = City::load(&snapshot);
    let lines: Vec<&str> = plan.lines().collect();
    let mut seen = 0;
    // One in five: all kinds of fields come up, and the test stays quick.
    for (index, line) in lines.iter().enumerate().step_by(5) {
        let remark = line.trim_start().starts_with('#') || line.trim().is_empty();
        if remark || line.ends_with(['"', '-', ':']) {
            continue;
        }
        seen += 1;
        let mut changed = lines.clone();
        let other = match line.rsplit_once(|c: char| c.is_ascii_digit()) {
            Some((head, "")) => format!("{head}{}", if line.ends_with('7') { 8 } else { 7 }),
            _ => format!("{line}ほか"),
        };
        changed[index] = &other;
        snapshot.overlay(SOMU, (changed.join("\n") + "\n").into_bytes());
        let diff = diff(&before, &snapshot);
        let department = diff.years.first().and_then(|year| year.departments.first());
        let told = department.is_some_and(|department| !department.changes.is_empty());
        assert!(told, "line {}: {line} -> {other}", index + 1);
    }
    assert!(seen > 40, "only {seen} lines were tried");
}

#[test]
fn layout_and_remarks_are_no_change() {
    let (mut snapshot, plan) = shipped();
    let before = City::load(&snapshot);
    let other = plan.replace("\ngoals:", "\n\n# 目標\ngoals:").replace('\n', "\r\n");
    snapshot.overlay(SOMU, other.into_bytes());
    let diff = diff(&before, &snapshot);
    assert!(diff.is_empty(), "{diff:#?}");
}

#[test]
fn a_goal_under_another_number_is_the_same_goal() {
    let (mut snapshot, plan) = shipped();
    let before = City::load(&snapshot);
    // G1 and G2 change numbers; nothing else in the goals does.
    let swapped = plan.replace("  - id: G1\n", "  - id: GX\n").replace("  - id: G2\n", "  - id: G1\n");
    snapshot.overlay(SOMU, swapped.replace("  - id: GX\n", "  - id: G2\n").into_bytes());
    let diff = diff(&before, &snapshot);
    let changes = &diff.years[0].departments[0].changes;
    let told: Vec<_> = changes.iter().map(|change| (change.path_text(), change.before.concat())).collect();
    let renamed = |id: &str, old: &str| (format!("goals[{id}].id"), old.to_owned());
    assert_eq!(told, [renamed("G2", "G1"), renamed("G1", "G2")]);
}

#[test]
fn a_dropped_plan_and_a_dropped_item_lose_their_cells() {
    let (mut snapshot, plan) = shipped();
    let before = City::load(&snapshot);
    let answered = {
        let whole = diff(&City::default(), &snapshot);
        let year = whole.years.iter().find(|year| year.year.0 == 2025).expect("2025");
        year.departments.iter().find(|department| department.id == "somu").expect("somu").cells.len()
    };
    assert!(answered > 20);
    let all = std::mem::take(&mut snapshot);
    for (path, entry) in all.entries().filter(|(path, _)| *path != SOMU) {
        snapshot.insert(path, entry.clone());
    }
    let gone = diff(&before, &snapshot);
    assert!(gone.lost().count() > 20);
    assert!(gone.lost().all(|(_, department, _)| department.id == "somu"));
    // A plan that cannot be read answers nothing, and its fields are not said to be gone.
    snapshot.overlay(SOMU, plan.replace("mission: |-", "mission: \"").into_bytes());
    let broken = diff(&before, &snapshot);
    let somu = broken.years[0].departments.iter().find(|department| department.id == "somu").expect("somu");
    assert_eq!((somu.plan, somu.changes.len()), (kpolicy::diff::Fate::Unreadable, 0));
    assert!(somu.cells.iter().any(|cell| cell.lost));
}

#[test]
fn nothing_panics_from_nothing_to_everything() {
    let (snapshot, _) = shipped();
    let whole = City::load(&snapshot);
    assert!(!diff(&City::default(), &snapshot).is_empty());
    assert!(!diff(&whole, &Snapshot::default()).is_empty());
}
