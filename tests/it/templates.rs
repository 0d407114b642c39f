//! Files that servers run: they can be read, name only what is pinned, and keep no paper.

use std::fs;

use kpolicy::city::{City, Doc};
use kpolicy::date::FiscalYear;
use kpolicy::templates::{GITEA, GITHUB, GITLAB, codeowners, hook};

use crate::support;

fn workflows() -> Vec<(String, String)> {
    let top = support::tests_dir("..");
    let own = fs::read_dir(top.join(".github/workflows")).expect("workflows").flatten();
    let own = own.map(|entry| (entry.path().display().to_string(), fs::read_to_string(entry.path()).expect("text")));
    let given = [("github.yml", GITHUB), ("gitlab.yml", GITLAB), ("gitea.yml", GITEA)];
    own.chain(given.map(|(name, text)| (name.to_owned(), text.to_owned()))).collect()
}

#[test]
fn workflows_are_sound() {
    let all = workflows();
    assert_eq!(all.len(), 5);
    for (name, text) in all {
        let read: serde_yaml::Value = serde_yaml::from_str(&text).expect(&name);
        assert!(read.is_mapping(), "{name}");
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            if let Some((_, action)) = line.split_once("uses: ") {
                let commit = action.split_once('@').map_or("", |(_, rest)| rest.split(' ').next().unwrap_or(""));
                assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{name}: {line}");
            }
            assert!(!line.contains("kpolicy packet") && !line.contains("packets/"), "{name}: {line}");
            // What people write (titles, names of branches) never becomes a part of a command.
            assert!(!(line.contains("run:") && line.contains("${{")), "{name}: {line}");
        }
    }
    for needed in ["GIT_DEPTH: \"0\"", "--changed-since"] {
        assert!(GITLAB.contains(needed), "{needed}");
    }
    assert!(GITHUB.contains("fetch-depth: 0") && GITHUB.contains("contents: read"));
}

#[test]
fn the_entry_for_pre_commit_takes_no_file_names() {
    let text = fs::read_to_string(support::tests_dir("../.pre-commit-hooks.yaml")).expect("entry");
    let read: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    let entry = &read[0];
    assert_eq!(entry["entry"].as_str(), Some("kpolicy check --staged"));
    assert_eq!((entry["pass_filenames"].as_bool(), entry["require_serial"].as_bool()), (Some(false), Some(true)));
}

#[test]
fn a_hook_takes_any_place_as_it_stands() {
    let script = hook("pre-commit", "市 の/it's $HOME/", Some("/opt/k policy/kpolicy"));
    assert!(script.contains(r"-C '市 の/it'\''s $HOME' check --staged"), "{script}");
    assert!(script.contains("kpolicy='/opt/k policy/kpolicy'"), "{script}");
    assert!(!script.replace("$@", "").contains('@'), "{script}");
}

#[test]
fn each_department_looks_at_its_own_plan() {
    let city = City::load(&support::small_city());
    let id = city.find("policy/2025/organization.yaml").expect("organization");
    let Doc::Organization(organization) = &city.file(id).doc else { panic!("readable") };
    let text = codeowners(organization, FiscalYear(2025), "@city/seisaku", &|id| format!("@city/{id}"));
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines[0], "/policy/ @city/seisaku");
    assert!(lines.contains(&"/departments/2025/somu.yaml @city/somu @city/seisaku"), "{text}");
    // What is asked for last counts: plans come after the folder they lie in.
    assert!(text.find("/departments/ ") < text.find("/departments/2025/somu.yaml"));
}
