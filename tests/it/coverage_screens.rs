//! The screens of `coverage`: as wide as the terminal and no wider, for twelve departments and for
//! forty; what is shown is what is counted.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use kpolicy::report::wrap::width;
use serde_json::Value;

/// What a run said, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A city of its own in a folder that goes with it.
pub(crate) struct Town(PathBuf);

impl Town {
    /// A copy of the city in this repository.
    pub(crate) fn shipped() -> Town {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let town = Town(std::env::temp_dir().join(format!("kpolicy-coverage-{}-{number}", std::process::id())));
        for folder in ["policy", "departments"] {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &town.path(folder));
        }
        town
    }

    /// The shipped city grown or shrunk to so many departments.
    fn of(count: usize) -> Town {
        let town = Town::shipped();
        let mut organization = "interviewers:\n  - id: mayor\n    title: 市長\ndepartments:\n".to_owned();
        let plans = ["seisaku", "somu", "kenko", "fukushi"];
        let texts: Vec<String> =
            plans.map(|id| fs::read_to_string(town.path(&format!("departments/2025/{id}.yaml"))).unwrap()).into();
        fs::remove_dir_all(town.path("departments/2025")).unwrap();
        fs::create_dir_all(town.path("departments/2025")).unwrap();
        for number in 0..count {
            let id = format!("bu-{number}");
            let (tens, ones) = (number / 10, number % 10);
            let ones = ["東", "西", "南", "北", "中", "上", "下", "本", "新", "元"][ones];
            let tens = ["総", "税", "港", "森"][tens % 4];
            writeln!(organization, "  - id: {id}\n    name: {tens}{ones}まちづくり部\n    short: {tens}{ones}\n    plan: required\n    interviewer: mayor").unwrap();
            // Every seventh has no plan, every ninth one that cannot be read.
            let text = match number {
                number if number % 7 == 3 => continue,
                number if number % 9 == 5 => "status: \"broken\n".to_owned(),
                number => texts[number % texts.len()].replace(&format!("department: {}", plans[number % 4]), ""),
            };
            fs::write(town.path(&format!("departments/2025/{id}.yaml")), text).unwrap();
        }
        fs::write(town.path("policy/2025/organization.yaml"), organization).unwrap();
        fs::remove_file(town.path("policy/2025/interviews.yaml")).ok();
        town
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.join(below)
    }

    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old:?}");
        fs::write(self.path(path), text.replacen(old, new, 1)).unwrap();
    }

    pub(crate) fn run(&self, columns: usize, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kpolicy"));
        command.env_clear().env("COLUMNS", columns.to_string()).current_dir(&self.0).args(args);
        // Without it, the folder above may be a repository.
        let ran = command.env("GIT_CEILING_DIRECTORIES", std::env::temp_dir()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: ran.status.code().unwrap(), out: text(ran.stdout), err: text(ran.stderr) }
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.run(80, args).out).unwrap()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { _ = fs::copy(entry.path(), target).unwrap() }
    }
}

/// The words in the last column.
fn last_words(screen: &str) -> Vec<&str> {
    let is_row = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains('-');
    screen.lines().filter(is_row).map(|line| line.rsplit(' ').next().unwrap()).collect()
}

#[test]
fn no_screen_is_wider_than_its_terminal() {
    for count in [1, 12, 40] {
        let town = Town::of(count);
        for columns in [80, 120, 200] {
            for args in [
                vec!["coverage"],
                vec!["coverage", "--by", "clause"],
                vec!["coverage", "--by", "reference"],
                vec!["coverage", "--gaps"],
                vec!["coverage", "--lang", "en"],
                vec!["coverage", "--by", "reference", "--lang", "en"],
                vec!["coverage", "--gaps", "--lang", "en"],
            ] {
                let ran = town.run(columns, &args);
                assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{count} {columns} {args:?}");
                let wide: Vec<&str> = ran.out.lines().filter(|line| width(line) > columns).collect();
                assert!(wide.is_empty(), "{count} departments, {columns} columns, {args:?}: {wide:#?}");
                assert!(ran.out.lines().all(|line| line.trim_end() == line), "blanks at a line's end: {args:?}");
            }
        }
    }
}

#[test]
fn twelve_departments_stand_beside_each_other_at_eighty_columns() {
    let screen = Town::of(12).run(80, &["coverage"]).out;
    assert!(screen.contains("総 総 総 総 総 総 総 総 総 総 税 税\n"), "{screen}");
    assert!(screen.contains("オンライ") && !screen.contains(".."), "a title was cut:\n{screen}");
    let words = last_words(&screen);
    assert_eq!(words.len(), 25, "{screen}");
    for word in words {
        let counted = word.split_once('/').is_some_and(|(n, m)| n.parse::<u8>().is_ok() && m.parse::<u8>().is_ok());
        assert!(counted || ["１部以上", "なし", "求めなし"].contains(&word), "{word:?}\n{screen}");
    }
}

#[test]
fn forty_departments_are_named_only_where_they_have_to_act() {
    let town = Town::of(40);
    let narrow = town.run(80, &["coverage"]).out;
    assert!(narrow.contains("部が 40 あるため"), "{narrow}");
    assert!(narrow.contains("\n    未 総北 税東"), "{narrow}");
    assert!(!narrow.contains(".."), "a title was cut:\n{narrow}");
    let wide = town.run(200, &["coverage"]).out;
    assert!(!wide.contains("部が 40") && !wide.contains(".."), "{wide}");
    let marks = wide.lines().find(|line| line.starts_with("3-1 ")).unwrap().matches(['有', '未', '読']).count();
    assert_eq!(marks, 40, "{wide}");
}

#[test]
fn a_missing_plan_is_one_gap_and_counts_for_all_it_must_answer() {
    let town = Town::of(12);
    let screen = town.run(80, &["coverage", "--gaps"]).out;
    let plans = screen.lines().filter(|line| line.contains("計画がありません")).count();
    assert_eq!(plans, 2, "{screen}");
    let missing = town.json(&["coverage", "--format", "json"])["summary"]["missing"].as_u64().unwrap();
    assert!(screen.starts_with(&format!("令和７年度  応えのない所 {missing}件\n")), "{screen}");
    assert!(screen.contains("bu-3.yaml") && screen.contains("bu-10.yaml"), "{screen}");
}

#[test]
fn what_is_shown_is_what_is_counted() {
    let town = Town::of(12);
    let whole = town.json(&["coverage", "--format", "json"]);
    let mut sum = [0; 6];
    let counts = |report: &Value| {
        ["required", "answered", "partial", "missing", "declined", "unreadable"]
            .map(|key| report["summary"][key].as_u64().unwrap())
    };
    for number in 0..12 {
        let one = counts(&town.json(&["coverage", &format!("bu-{number}"), "--format", "json"]));
        sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
    }
    assert_eq!(sum, counts(&whole));
    let ids: Vec<String> =
        whole["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    let mut sum = [0; 6];
    for id in ids {
        let one = counts(&town.json(&["coverage", "--item", &id, "--format", "json"]));
        sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
    }
    assert_eq!(sum, counts(&whole));
}

#[test]
fn the_gate_names_every_cell_that_is_lacking() {
    let town = Town::of(12);
    let report = town.json(&["coverage", "--format", "json"]);
    let summary = |key: &str| report["summary"][key].as_u64().unwrap() as usize;
    let open = summary("missing") + summary("partial") + summary("unreadable");
    let ran = town.run(80, &["coverage", "--min", "100", "-q", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(serde_json::from_str::<Value>(&ran.out).is_ok(), "the report stays whole");
    assert_eq!(ran.err.lines().count(), 1 + open, "{}", ran.err);
    assert!(ran.err.contains("  未記載 3-1 総北まちづくり部 departments/2025/bu-3.yaml\n"), "{}", ran.err);
    // Exact: the ratio itself is met, one step more is not.
    let (answered, required) = (summary("answered") as f64, summary("required") as f64);
    let percent = answered / required * 100.0;
    for (min, code) in [(percent - 0.000_001, 0), (percent + 0.000_001, 1), (0.0, 0)] {
        assert_eq!(town.run(80, &["coverage", "--min", &format!("{min:.6}")]).code, code, "{min}");
    }
    for bad in ["abc", "-1", "100.01", "", "1/2"] {
        let ran = town.run(80, &["coverage", "--min", bad]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{bad}");
        assert!(ran.err.contains("--min"), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_asked_at_once_is_refused_with_the_way_out() {
    let town = Town::shipped();
    for (args, way) in [
        (vec!["coverage", "--format", "xlsx"], "-o"),
        (vec!["coverage", "--format", "xlsx", "--by", "reference", "-o", "x.xlsx"], "csv"),
        (vec!["coverage", "--by", "reference", "--min", "9"], "--min"),
        (vec!["coverage", "--by", "reference", "--gaps"], "--gaps"),
    ] {
        for lang in ["ja", "en"] {
            let mut args = args.clone();
            args.extend(["--lang", lang]);
            let ran = town.run(80, &args);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
            assert!(ran.err.contains(way), "{args:?}: {}", ran.err);
        }
    }
    assert!(!town.path("x.xlsx").exists());
}

#[test]
fn every_format_tells_the_same_of_references() {
    let town = Town::shipped();
    let references = "policy/2025/references.yaml";
    town.edit(references, "      - id: zenki\n", "      - id: koki\n        title: 後期実行計画\n      - id: zenki\n");
    let report = town.json(&["coverage", "--by", "reference", "--format", "json"]);
    assert_eq!(report["summary"]["unnamed_nodes"], serde_json::json!(["city-vision-2/koki"]));
    assert_eq!(report["summary"]["nodes"], 2);
    let unnamed: Vec<&str> =
        report["summary"]["unnamed_references"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    // Against the plans' own text.
    let mut named = std::collections::BTreeSet::new();
    for plan in fs::read_dir(town.path("departments/2025")).unwrap().flatten() {
        let plan: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(plan.path()).unwrap()).unwrap();
        let goals = plan["goals"].as_sequence().unwrap();
        let references = goals.iter().filter_map(|goal| goal.get("references")?.as_sequence()).flatten();
        named.extend(references.map(|reference| reference["id"].as_str().unwrap().to_owned()));
    }
    for reference in report["references"].as_array().unwrap() {
        let id = reference["id"].as_str().unwrap();
        assert_eq!(unnamed.contains(&id), !named.contains(id), "{id}");
        assert_eq!(reference["goals"].as_array().unwrap().is_empty(), !named.contains(id), "{id}");
        for key in ["title", "short", "owner", "items", "nodes"] {
            assert!(reference.get(key).is_some(), "{id} {key}");
        }
    }
    let screen = town.run(80, &["coverage", "--by", "reference"]).out;
    assert!(screen.lines().any(|line| line.contains("koki 後期実行計画") && line.ends_with("なし")), "{screen}");
    let csv = town.run(80, &["coverage", "--by", "reference", "--format", "csv"]).out;
    assert!(csv.starts_with('\u{feff}') && csv.contains("city-vision-2/koki,後期実行計画,,0,\r\n"), "{csv}");
    let page = town.run(80, &["coverage", "--by", "reference", "--format", "markdown"]).out;
    assert!(page.contains("後期実行計画 |  | **なし** |"), "{page}");
}
