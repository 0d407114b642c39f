//! `status`, `list` and the first screen: what no transcript can show by itself.

use std::fs;
use std::process::Stdio;

use serde_json::Value;

use kpolicy::lang::Lang;
use kpolicy::report::list::KINDS;
use kpolicy::report::wrap::width;

use crate::cases::{Scratch, lay_out, program};

fn town(base: &str, name: &str) -> Scratch {
    let scratch = Scratch::new(&format!("status-{name}"));
    lay_out(base, &scratch.0);
    scratch
}

fn run(town: &Scratch, arguments: &[&str]) -> String {
    let output = program(&town.0).args(arguments).stdin(Stdio::null()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(town: &Scratch, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(town, arguments)).expect("JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

#[test]
fn forty_departments_stand_on_eighty_columns() {
    let town = town("small", "forty");
    let path = town.0.join("policy/2025/organization.yaml");
    let mut organization = fs::read_to_string(&path).expect("organization");
    for number in 0..38 {
        organization.push_str(&format!(
            "  - id: d{number}\n    name: とても長い名前を持つまちづくり推進本部第{number}部\n    interviewer: mayor\n"
        ));
    }
    fs::write(path, organization).expect("write");
    for lang in ["ja", "en"] {
        let screen = run(&town, &["status", "--lang", lang]);
        let wide: Vec<&str> = screen.lines().filter(|line| width(line) > 80).collect();
        assert!(wide.is_empty(), "{}", wide.join("\n"));
        let rows =
            screen.lines().skip_while(|line| !line.starts_with("総務部")).take_while(|line| !line.starts_with('-'));
        assert_eq!(rows.count(), 40, "{screen}");
    }
}

#[test]
fn status_agrees_with_coverage_and_check() {
    let town = town("shipped", "agrees");
    let somu = town.0.join("departments/2025/somu.yaml");
    let text = fs::read_to_string(&somu).expect("somu").replacen("- 3-6-a", "- 9-9", 1);
    fs::write(somu, text).expect("write");
    fs::remove_file(town.0.join("departments/2025/kenko.yaml")).expect("remove");
    let status = json(&town, &["status", "--format", "json", "--today", "2025-11-10"]);
    let coverage: Value = json(&town, &["coverage", "--format", "json"]);
    for key in ["required", "answered", "partial", "missing", "declined", "unreadable", "percent"] {
        assert_eq!(status["summary"]["coverage"][key], coverage["summary"][key], "{key}");
    }
    let check =
        program(&town.0).args(["check", "--format", "json", "--today", "2025-11-10"]).output().expect("it runs");
    let check: Value = serde_json::from_slice(&check.stdout).expect("JSON");
    let errors = |value: &Value| value.as_u64().expect("a count");
    let own = errors(&status["summary"]["errors"]) + errors(&status["summary"]["policy_errors"]);
    assert_eq!(own, errors(&check["summary"]["errors"]));
    let overdue = list(&check, "diagnostics").iter().filter(|it| it["code"] == "K507").count() as u64;
    assert!(overdue > 0 && errors(&status["summary"]["progress_overdue"]) == overdue);
    for department in list(&status, "departments") {
        let gaps = list(department, "gaps").len() as u64;
        let counts = &department["coverage"];
        let open = ["partial", "missing", "unreadable"].iter().map(|key| errors(&counts[*key])).sum::<u64>();
        assert_eq!(gaps, open, "{}", department["id"]);
    }
    let missing = list(&status, "departments").iter().find(|it| it["id"] == "kenko").expect("kenko");
    assert_eq!((missing["state"].as_str(), &missing["plan"]), (Some("missing"), &Value::Null));
}

#[test]
fn status_json_has_every_key() {
    let town = town("shipped", "keys");
    let status = json(&town, &["status", "--format", "json"]);
    let top = "schema_version fiscal_year day window next_interview departments summary speak_to_first other_years";
    assert_eq!(keys(&status).join(" "), top);
    assert_eq!(status["schema_version"], 1);
    let each = "id name plan state errors warnings unfinished coverage interviews gaps goals progress goal_progress slow_goals progress_overdue follow_ups";
    for department in list(&status, "departments") {
        assert_eq!(keys(department).join(" "), each);
        let counts = department["progress"].as_object().expect("counts").values().filter_map(Value::as_u64);
        assert_eq!(Some(counts.sum::<u64>()), department["goals"].as_u64(), "{}", department["id"]);
    }
    let autumn = json(&town, &["status", "kenko", "--format", "json", "--today", "2025-11-10"]);
    let goals = list(&autumn["departments"][0], "goal_progress");
    assert_eq!(goals.len(), 5);
    let first = &goals[0];
    assert_eq!((first["goal"].as_str(), first["state"].as_str()), (Some("G3"), Some("behind")), "the worst first");
    assert_eq!(first["measures"][0]["actual"], "14％");
    assert_eq!(first["entries"][0]["rating"], "C");
    let kenko = list(&status, "departments").iter().find(|it| it["id"] == "kenko").expect("kenko");
    assert_eq!(list(kenko, "goal_progress").len(), 0, "nothing is known in April");
    let one = json(&town, &["status", "somu", "--format", "json"]);
    assert_eq!(keys(&one).join(" "), top);
    assert_eq!(list(&one, "departments").len(), 1);
    assert_eq!(
        one["departments"][0],
        *list(&status, "departments").iter().find(|it| it["id"] == "somu").expect("somu")
    );
}

#[test]
fn every_kind_is_listed_with_the_same_keys() {
    let town = town("shipped", "list");
    for kind in KINDS {
        let report = json(&town, &["list", kind.id, "--format", "json"]);
        assert_eq!(keys(&report).join(" "), "schema_version fiscal_year kind entries");
        assert_eq!(report["kind"], kind.id);
        let entries = list(&report, "entries");
        assert!(!entries.is_empty(), "{}", kind.id);
        let first = keys(&entries[0]);
        assert!(entries.iter().all(|entry| keys(entry) == first), "{}", kind.id);
        assert_eq!(run(&town, &["list", kind.id]), run(&town, &["list", kind.name.ja]));
        for lang in ["ja", "en"] {
            let screen = run(&town, &["list", kind.id, "--lang", lang]);
            assert_eq!(screen.lines().count(), entries.len() + 3, "{screen}");
            assert!(screen.lines().all(|line| width(line) <= 80), "{screen}");
        }
        let mine = json_of_somu(&town, kind.id, kind.of_departments);
        assert!(mine.is_none_or(|mine| mine < entries.len()), "{}", kind.id);
    }
}

fn json_of_somu(town: &Scratch, kind: &str, of_departments: bool) -> Option<usize> {
    of_departments.then(|| list(&json(town, &["list", kind, "somu", "--format", "json"]), "entries").len())
}

#[test]
fn the_first_screen_names_only_commands_that_exist() {
    let town = town("small", "home");
    for (lang, word) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let screen = run(&town, &["--lang", word]);
        let command = kpolicy::commands::command(lang);
        let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        let listed =
            screen.lines().filter(|line| line.starts_with("  ")).filter_map(|line| line.split_whitespace().next());
        let typed = screen.split("kpolicy ").skip(1).filter_map(|rest| rest.split_whitespace().next());
        let named: Vec<&str> = listed.chain(typed.filter(|word| !word.starts_with('-'))).collect();
        assert!(named.len() > 6, "{screen}");
        let lost: Vec<&&str> = named.iter().filter(|name| !known.contains(name)).collect();
        assert!(lost.is_empty(), "{lost:?} in\n{screen}");
    }
}
