//! P29: two runs at the same time, and the same run twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{command, run, said};
use crate::cases::{Scratch, lay_out};

/// Rounds of each pair; they meet at different moments.
const ROUNDS: usize = 8;

fn town(name: &str) -> Scratch {
    let town = Scratch::new(&format!("at-once-{name}"));
    lay_out("small", &town.0);
    town
}

/// Every file of a folder by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
    entries.map(|entry| (name(entry.path()), fs::read(entry.path()).expect("bytes"))).collect()
}

/// Runs commands at the same time; their codes and words.
fn together(folder: &Path, runs: &[&[&str]]) -> Vec<(Option<i32>, String)> {
    let spawn = |arguments: &&[&str]| {
        let mut command = command(folder, arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
    };
    let children: Vec<_> = runs.iter().map(spawn).collect();
    let end = |child: std::process::Child| {
        let output = child.wait_with_output().expect("an end");
        (output.status.code(), said(&output))
    };
    children.into_iter().map(end).collect()
}

#[test]
fn papers_and_pages_are_the_same_bytes_whoever_else_makes_them() {
    let packet: &[&str] = &["packet", "--format", "pdf,html,markdown,json"];
    let report: &[&str] = &["report", "-o", "report.html"];
    let town = town("papers");
    fs::create_dir_all(town.0.join("packets/2025")).expect("folder");
    fs::write(town.0.join("packets/2025/somebody's.pdf"), "theirs").expect("a stranger's file");
    for arguments in [packet, report] {
        assert_eq!(run(&town.0, arguments).status.code(), Some(0));
    }
    let whole = files(&town.0);
    assert!(whole.contains_key("packets/2025/somebody's.pdf") && whole.len() > 14, "{:?}", whole.keys());
    for _ in 0..ROUNDS {
        for (code, words) in together(&town.0, &[packet, packet, report, report]) {
            assert_eq!(code, Some(0), "{words}");
        }
        let now = files(&town.0);
        let differ: Vec<_> = whole.keys().chain(now.keys()).filter(|path| whole.get(*path) != now.get(*path)).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }
}

#[test]
fn two_renames_at_once_are_one_after_the_other_or_one_is_refused() {
    let one: &[&str] = &["rename", "somu", "kikaku"];
    let other: &[&str] = &["rename", "1-2", "1-7"];
    let after = |runs: &[&[&str]]| {
        let town = town("renamed");
        for arguments in runs {
            let output = run(&town.0, arguments);
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        }
        files(&town.0)
    };
    let (only, second, both) = (after(&[one]), after(&[other]), after(&[one, other]));
    assert_eq!(both, after(&[other, one]), "the order does not matter");
    for round in 0..ROUNDS {
        // The same twice: it is done once, and the other finds nothing to do or is refused.
        let same = town("same");
        let ended = together(&same.0, &[one, one]);
        assert!(ended.iter().any(|(code, _)| *code == Some(0)), "{ended:?}");
        assert!(ended.iter().all(|(code, _)| matches!(code, Some(0 | 2))), "{ended:?}");
        assert_eq!(files(&same.0), only, "round {round}: {ended:?}");
        // Two different ones: each is done as a whole or refused.
        let town = town("two");
        let ended = together(&town.0, &[one, other]);
        let expected = match (ended[0].0, ended[1].0) {
            (Some(0), Some(0)) => &both,
            (Some(0), Some(2)) => &only,
            (Some(2), Some(0)) => &second,
            codes => panic!("round {round}: {codes:?} {ended:?}"),
        };
        let now = files(&town.0);
        let differ = now.keys().chain(expected.keys()).filter(|path| now.get(*path) != expected.get(*path));
        let differ: Vec<_> = differ.collect();
        assert!(differ.is_empty(), "round {round}: {differ:?} {ended:?}");
    }
}

/// A run that was stopped between two files leaves notes; what they say is only done to this city.
#[test]
fn notes_of_a_stopped_run_are_about_files_of_this_city() {
    let town = town("notes");
    let plan = fs::read_to_string(town.0.join("departments/2025/somu.yaml")).expect("the plan");
    fs::write(town.0.join("outside.yaml"), "theirs\n").expect("file");
    let notes = |path: &str, to: serde_json::Value, before: &str, beside: &str| {
        let done = serde_json::json!({ "path": "departments/2025/somu.yaml", "to": null, "before": "x",
            "after": plan, "beside": ".x.tmp" });
        let part = serde_json::json!({ "path": path, "to": to, "before": before, "after": "ours\n", "beside": beside });
        let notes = serde_json::json!({ "typed": ["rename", "a", "b"], "files": [done, part] });
        fs::write(town.0.join(".kpolicy-unfinished.tmp"), notes.to_string()).expect("notes");
    };
    let shimin = "departments/2025/shimin.yaml";
    let text = fs::read_to_string(town.0.join(shimin)).expect("the plan");
    for (path, to, before, beside) in [
        ("outside.yaml", None, "theirs\n", ".x.tmp"),
        ("departments/../outside.yaml", None, "theirs\n", ".x.tmp"),
        ("policy/../../outside.yaml", None, "theirs\n", ".x.tmp"),
        (shimin, Some("../outside.yaml"), text.as_str(), ".x.tmp"),
        (shimin, Some("departments/2025/run.sh"), text.as_str(), ".x.tmp"),
    ] {
        notes(path, to.into(), before, beside);
        let before = files(&town.0);
        assert_eq!(run(&town.0, &["check"]).status.code(), Some(0), "{path} {to:?}");
        assert_eq!(run(&town.0, &["rename", "a", "b"]).status.code(), Some(2));
        assert_eq!(files(&town.0), before, "{path} {to:?}");
    }
    // Sound notes: check tells, nothing is mended around them, and the same command finishes.
    notes(shimin, serde_json::Value::Null, &text, "../../../outside.yaml");
    let told = run(&town.0, &["check", "--quiet"]);
    assert!(told.status.code() == Some(1) && said(&told).contains("途中で止まり"), "{}", said(&told));
    assert!(said(&told).contains("kpolicy rename a b"), "{}", said(&told));
    assert_eq!(run(&town.0, &["check", "--fix"]).status.code(), Some(2));
    assert_eq!(run(&town.0, &["rename", "a", "b", "--diff"]).status.code(), Some(2));
    fs::write(town.0.join(shimin), format!("{text}# 手で\n")).expect("edited");
    let refused = run(&town.0, &["rename", "a", "b"]);
    assert!(refused.status.code() == Some(2) && said(&refused).contains("書き換えられている"), "{}", said(&refused));
    fs::write(town.0.join(shimin), &text).expect("as it was");
    let done = run(&town.0, &["rename", "a", "b"]);
    assert!(done.status.code() == Some(0) && said(&done).contains("仕上げました"), "{}", said(&done));
    assert_eq!(fs::read_to_string(town.0.join(shimin)).expect("the plan"), "ours\n");
    assert_eq!(fs::read_to_string(town.0.join("outside.yaml")).expect("theirs"), "theirs\n");
    assert!(!town.0.join(".kpolicy-unfinished.tmp").exists());
}
