//! What must hold of CONTRACT 2 whatever the city: laws over generated cities, and a tally that
//! the generator reaches what the laws are about.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_yaml::Value;

use crate::any_city::any_city;
use crate::builder::{CityBuilder, DutyText, load};
use crate::coverage::counted;
use crate::recount::{CellFacts, Recount, recount, ways};

type Files = Vec<(String, String)>;
type Rows = BTreeMap<String, (String, BTreeMap<String, CellFacts>)>;

fn plan_of(path: &str) -> Option<&str> {
    path.strip_prefix("departments/2025/")?.strip_suffix(".yaml")
}

/// How much a cell shows. What a plan that cannot be read says could be anything.
fn rank(cell: &CellFacts) -> usize {
    match cell.0.as_str() {
        "partial" => 1,
        "declined" => 2,
        "answered" => 3,
        "unreadable" => 4,
        _ => 0,
    }
}

fn rank_of_leaf(state: &str) -> usize {
    ["uncovered", "partial", "unreadable", "covered", "standing"].iter().position(|known| *known == state).unwrap()
}

/// What got less from one count to the other; only for leaves that `looked_at` wants.
fn lowered(before: &Recount, after: &Recount, looked_at: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lower = lowered_leaves(before, after, &looked_at);
    lower.extend(lowered_cells(before, after, looked_at));
    lower
}

fn lowered_leaves(before: &Recount, after: &Recount, looked_at: impl Fn(&str) -> bool) -> Vec<String> {
    let leaves = before.leaves.iter().filter(|(id, _)| looked_at(id));
    leaves
        .map(|(id, (state, _))| (id, state, &after.leaves[id].0))
        .filter(|(_, state, new)| rank_of_leaf(new) < rank_of_leaf(state))
        .map(|(id, state, new)| format!("{id}: {state} → {new}"))
        .collect()
}

fn lowered_cells(before: &Recount, after: &Recount, looked_at: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lower = Vec::new();
    for (id, (_, cells)) in before.leaves.iter().filter(|(id, _)| looked_at(id)) {
        let new = &after.leaves[id].1;
        let less = cells.iter().filter_map(|(dept, cell)| Some((dept, cell, new.get(dept)?)));
        let less = less.filter(|(_, cell, new)| rank(new) < rank(cell));
        lower.extend(less.map(|(dept, cell, new)| format!("{id} {dept}: {} → {}", cell.0, new.0)));
    }
    lower
}

fn as_text(files: &Files) -> String {
    files.iter().map(|(path, text)| format!("# {path}\n{text}")).collect()
}

/// The files with a citation of `cite` put first into the `nth` list of citations of all plans.
fn with_citation(files: &Files, nth: usize, cite: &str) -> Option<Files> {
    let mut lists: Vec<(usize, usize)> = Vec::new();
    for (file, (_, text)) in files.iter().enumerate().filter(|(_, (path, _))| plan_of(path).is_some()) {
        lists.extend(text.match_indices("    cites:\n").map(|(at, found)| (file, at + found.len())));
    }
    let (file, at) = *lists.get(nth % lists.len().max(1))?;
    let mut changed = files.clone();
    changed[file].1.insert_str(at, &format!("      - {cite}\n"));
    Some(changed)
}

/// The words of a text changed one by one; words end at blanks and brackets of YAML.
fn words_renamed(text: &str, rename: impl Fn(&str) -> String) -> String {
    text.split_inclusive([' ', '\n'])
        .map(|word| {
            let bare = word.trim_end_matches([' ', '\n']);
            rename(bare) + &word[bare.len()..]
        })
        .collect()
}

const NEW_NAMES: [(&str, &str); 4] =
    [("somu", "zaisei"), ("shimin", "a-shimin-2"), ("kenko", "bunka"), ("gikai", "zz")];

/// A department, goal, item or clause by its new name.
fn renamed(word: &str) -> String {
    if let Some((_, new)) = NEW_NAMES.iter().find(|(old, _)| *old == word) {
        return (*new).to_owned();
    }
    if let Some((past, goal)) = word.rsplit_once('G').filter(|(_, number)| number.parse::<u8>().is_ok()) {
        return format!("{past}QX{}", 90 - goal.parse::<u8>().unwrap());
    }
    let mut parts = word.split('-');
    let (Some("1"), Some(Ok(number))) = (parts.next(), parts.next().map(str::parse::<u16>)) else {
        return word.to_owned();
    };
    match parts.next() {
        None => format!("1-{}", 40 - number),
        Some("a") => format!("1-{}-m", 40 - number),
        Some("b") => format!("1-{}-c", 40 - number),
        Some(_) => format!("1-{}-b", 40 - number),
    }
}

fn rows_renamed(rows: &Rows) -> Rows {
    rows.iter()
        .map(|(id, (state, cells))| {
            let cells = cells.iter().map(|(dept, cell)| {
                let goals = cell.2.iter().map(|goal| renamed(goal)).collect();
                (renamed(dept), (cell.0.clone(), cell.1, goals, cell.3.clone()))
            });
            (renamed(id), (state.clone(), cells.collect()))
        })
        .collect()
}

/// The count with goals in the order of their ids, and items that nobody answers likewise.
fn in_order(mut count: Recount) -> Recount {
    for (_, cells) in count.leaves.values_mut().chain(count.items.values_mut()) {
        cells.values_mut().for_each(|cell| cell.2.sort());
    }
    count.uncovered.sort();
    count
}

/// The list at `path` of a file turned round.
fn reversed(text: &str, path: &[&str]) -> Option<String> {
    let mut root: Value = serde_yaml::from_str(text).ok()?;
    let mut at = &mut root;
    for key in path {
        at = if let Ok(index) = key.parse::<usize>() { at.get_mut(index)? } else { at.get_mut(*key)? };
    }
    at.as_sequence_mut()?.reverse();
    serde_yaml::to_string(&root).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_citation_more_lowers_no_cell(
        bytes in proptest::collection::vec(any::<u8>(), 200..900), nth in 0..64usize, pick in 0..64usize,
    ) {
        let files = any_city(&bytes).files();
        let before = counted(&load(&files));
        let known: Vec<&String> = before.leaves.keys().chain(before.items.keys()).collect();
        if let Some(more) = with_citation(&files, nth, known[pick % known.len()]) {
            let lower = lowered(&before, &counted(&load(&more)), |_| true);
            prop_assert!(lower.is_empty(), "{:?}\n{}", lower, as_text(&more));
        }
    }

    #[test]
    fn a_plan_less_raises_no_cell(bytes in proptest::collection::vec(any::<u8>(), 200..900), nth in 0..8usize) {
        let builder = any_city(&bytes);
        let files = builder.files();
        let before = counted(&load(&files));
        // A voluntary department without a plan is not judged at all.
        let organization = &files[1].1;
        let voluntary = |id: &str| organization.contains(&format!("id: {id}\n    name: {id}の部\n    plan: voluntary"));
        let plans: Vec<usize> =
            (0..files.len()).filter(|at| plan_of(&files[*at].0).is_some_and(|id| !voluntary(id))).collect();
        if let Some(at) = plans.get(nth % plans.len().max(1)) {
            let mut less = files.clone();
            less.remove(*at);
            let after = counted(&load(&less));
            // Whether anybody came, and so must hand over, only a plan can say.
            let ways = ways(&files);
            let judged = |id: &str| ways[id].1 != "handover";
            let mut raised = lowered_cells(&after, &before, judged);
            // A decline in favour of a plan that cannot be read holds, and hides an answer begun.
            let dept = plan_of(&files[*at].0).unwrap();
            let unread = |id: &str| before.leaves[id].1.get(dept).is_some_and(|cell| cell.0 == "unreadable");
            raised.extend(lowered_leaves(&after, &before, |id| judged(id) && !unread(id)));
            prop_assert!(raised.is_empty(), "{:?}\n{}", raised, as_text(&files));
            prop_assert!(after.counts[1] <= before.counts[1], "{}", as_text(&files));
        }
    }

    #[test]
    fn other_names_change_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        let files = any_city(&bytes).files();
        let others: Files = files
            .iter()
            .map(|(path, text)| {
                let path = plan_of(path)
                    .map_or_else(|| path.clone(), |id| format!("departments/2025/{}.yaml", renamed(id)));
                (path, words_renamed(text, renamed))
            })
            .collect();
        let before = counted(&load(&files));
        let expected = Recount {
            leaves: rows_renamed(&before.leaves),
            items: rows_renamed(&before.items),
            uncovered: before.uncovered.iter().map(|id| renamed(id)).collect(),
            ..before
        };
        let after = counted(&load(&others));
        prop_assert_eq!(in_order(after), in_order(expected), "{}", as_text(&others));
    }

    #[test]
    fn no_order_changes_anything(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        let files = any_city(&bytes).files();
        let mut others: Files = files
            .iter()
            .map(|(path, text)| {
                let lists: &[&[&str]] = match path.as_str() {
                    "policy/2025/policy.yaml" => &[&["sections", "0", "items"], &["viewpoints"]],
                    "policy/2025/organization.yaml" => &[&["departments"]],
                    _ => &[&["goals"], &["review"], &["signers"], &["handover"], &["not_applicable"]],
                };
                let turn = |text: String, list: &&[&str]| reversed(&text, list).unwrap_or(text);
                (path.clone(), lists.iter().fold(text.clone(), turn))
            })
            .collect();
        others.reverse();
        let (before, after) = (counted(&load(&files)), counted(&load(&others)));
        prop_assert_eq!(in_order(after), in_order(before), "{}", as_text(&others));
    }
}

/// Bytes that look random and are always the same.
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..900)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .collect()
}

#[test]
fn the_generator_reaches_every_state() {
    let mut tally: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    let mut leaf_states = BTreeSet::new();
    for seed in 1..1000 {
        let files = any_city(&bytes(seed)).files();
        let (count, ways) = (recount(&files), ways(&files));
        for (id, (state, cells)) in &count.leaves {
            leaf_states.insert(state.clone());
            let reached = tally.entry(ways[id].clone()).or_default();
            for (state, must, _, _) in cells.values() {
                *reached.entry(format!("{state}{}", if *must { " must" } else { "" })).or_default() += 1;
            }
        }
    }
    let table: String =
        tally.iter().map(|((scope, way), states)| format!("{scope:16} {way:12} {states:?}\n")).collect();
    println!("{table}");
    let mut blind = Vec::new();
    for scope in ["every_goal", "every_department", "any_department", "standing"] {
        for way in ["citation", "goal", "viewpoint", "plan", "review", "information", "reform", "interview", "handover"]
        {
            let none = BTreeMap::new();
            let reached = tally.get(&(scope.to_owned(), way.to_owned())).unwrap_or(&none);
            let wanted: Vec<&str> = match (scope, way) {
                ("standing", _) => vec!["not_required"],
                (_, "interview") => vec!["answered", "missing", "declined", "unreadable"],
                _ => vec!["answered", "partial", "missing", "declined", "unreadable"],
            };
            // Who must is told by a plan that cannot be read in all ways but one.
            let must = |state: &str| reached.contains_key(&format!("{state} must"));
            let seen = |state: &str| must(state) || reached.contains_key(state);
            blind.extend(wanted.iter().filter(|state| !seen(state)).map(|state| format!("{scope} {way} {state}")));
            // A lead answers, and one who need not.
            let both = ["answered", "answered must"];
            let both = both.iter().filter(|state| scope == "any_department" && !reached.contains_key(**state));
            blind.extend(both.map(|state| format!("{scope} {way} {state}")));
        }
    }
    assert!(blind.is_empty(), "never reached: {blind:#?}\n{table}");
    let all = ["covered", "partial", "standing", "uncovered", "unreadable"].map(str::to_owned);
    assert_eq!(leaf_states, BTreeSet::from(all));
}

#[test]
fn the_generator_reaches_every_mix() {
    let (mut delegated, mut refused, mut stale, mut drafts, mut unread) = (0, 0, 0, 0, 0);
    for seed in 1..500 {
        let files = any_city(&bytes(seed)).files();
        let count = recount(&files);
        let without = |key: &str| -> Files {
            let kept = |line: &&str| !line.trim_start().starts_with(key);
            files
                .iter()
                .map(|(path, text)| (path.clone(), text.lines().filter(kept).map(|line| format!("{line}\n")).collect()))
                .collect()
        };
        // What changes without the line was decided by it.
        let cells = |count: &Recount, wanted: &str| -> usize {
            let all = count.leaves.values().flat_map(|row| row.1.values());
            all.filter(|cell| cell.0 == wanted).count()
        };
        let held_by_nobody = recount(&without("handled_by:"));
        refused += usize::from(cells(&held_by_nobody, "declined") > cells(&count, "declined"));
        let named = files.iter().any(|(_, text)| text.contains("handled_by: s"));
        delegated += usize::from(named && cells(&count, "declined") > 0);
        stale += usize::from(cells(&recount(&without("since: 2025-06-01")), "answered") > cells(&count, "answered"));
        drafts += usize::from(files.iter().any(|(_, text)| text.starts_with("status: draft")));
        unread += usize::from(cells(&count, "unreadable") > 0);
    }
    let tally = format!("delegated {delegated}, refused {refused}, stale {stale}, drafts {drafts}, unread {unread}");
    println!("{tally}");
    assert!([delegated, refused, stale, drafts, unread].iter().all(|count| *count > 20), "{tally}");
}

/// Why `a_plan_less_raises_no_cell` leaves out what only a plan that cannot be read was to answer.
#[test]
fn a_decline_for_a_plan_that_cannot_be_read_hides_an_answer_begun() {
    let duty = DutyText {
        scope: Some("every_goal"),
        answered_by: Some("goal"),
        may_decline: Some(true),
        ..DutyText::default()
    };
    let begun = "status: submitted\ndirection: 窓口を一つにする\nnot_applicable:\n  - items:\n      - 1-1\n    \
                 reason: 総務部が全ての部の分を行う\n    handled_by: somu\ngoals:\n  - id: G1\n    title: 目標\n    \
                 cites:\n      - 1-1\n  - id: G2\n    title: 目標\n";
    let without = CityBuilder::default()
        .item(1, &duty, &[])
        .department("somu", "required")
        .department("shimin", "required")
        .department("kenko", "required")
        .plan("shimin", begun);
    let less = counted(&without.city());
    let more = counted(&without.plan("somu", "status: \"submitted\n").city());
    assert_eq!((less.leaves["1-1"].0.as_str(), less.leaves["1-1"].1["shimin"].0.as_str()), ("partial", "partial"));
    assert_eq!((more.leaves["1-1"].0.as_str(), more.leaves["1-1"].1["shimin"].0.as_str()), ("uncovered", "declined"));
}
