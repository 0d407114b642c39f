//! Keys of findings stay while lines move, and tell findings apart.

use kpolicy::city::City;
use kpolicy::fingerprint::{Fingerprint, fingerprints};
use kpolicy::store::read_work_tree;

use crate::support;

/// Keys of the shipped city with one plan put in place of its own.
fn keys(edit: impl Fn(&str) -> String) -> Vec<(String, Fingerprint)> {
    let mut snapshot = read_work_tree(&support::tests_dir("..")).expect("the shipped city");
    let path = "departments/2025/somu.yaml";
    let plan = std::fs::read_to_string(support::tests_dir("..").join(path)).expect("plan");
    snapshot.overlay(path, edit(&plan).into_bytes());
    let city = City::load(&snapshot);
    support::findings(&city, |findings| {
        let all: Vec<_> = findings.iter().collect();
        let codes = findings.iter().map(|finding| finding.rule.code.to_owned());
        codes.zip(fingerprints(&city, &all)).collect()
    })
}

const SLIPS: [(&str, &str); 2] = [("      - 3-6-a", "      - 3-9"), ("      - 1-1", "      - 7-7")];

fn slipped(plan: &str) -> String {
    SLIPS.iter().fold(plan.to_owned(), |plan, (old, new)| plan.replacen(old, new, 1))
}

#[test]
fn keys_stay_while_lines_move() {
    let before = keys(slipped);
    assert!(before.len() >= 2, "the slips are found");
    assert_eq!(before, keys(|plan| format!("# a remark\n\n{}", slipped(plan))));
    assert_eq!(before, keys(|plan| slipped(plan).replace('\n', "\r\n")));
}

#[test]
fn keys_differ_from_one_another_and_a_further_slip_is_one_new_key() {
    let before = keys(slipped);
    let mut distinct: Vec<_> = before.iter().map(|(_, key)| key.clone()).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len());
    let after = keys(|plan| slipped(plan).replacen("      - 3-9", "      - 3-9\n      - 9-9", 1));
    let new: Vec<_> = after.iter().filter(|(_, key)| !distinct.contains(key)).collect();
    assert_eq!(new.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["K201"]);
}
