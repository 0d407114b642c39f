//! Renaming: every place that names a thing is found, nothing else is touched, the way back gives
//! the same bytes, and what a city answers is the same under the new id.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kpolicy::city::City;
use kpolicy::date::FiscalYear;
use kpolicy::mentions::{Role, Thing, definition, mentions, occurrences};
use kpolicy::rename::{ask, rename};
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};

use crate::cases::{Scratch, lay_out, program};
use crate::support;

const YEAR: FiscalYear = FiscalYear(2025);

type Texts = BTreeMap<String, String>;

fn shipped() -> Snapshot {
    read_work_tree(&support::tests_dir("..")).expect("the shipped city")
}

fn texts(snapshot: &Snapshot) -> Texts {
    let text = |entry: &Entry| match entry {
        Entry::File(content) => String::from_utf8(content.read(1 << 20).expect("bytes")).expect("text"),
        Entry::Unsafe(_) => String::new(),
    };
    snapshot.entries().map(|(path, entry)| (path.to_owned(), text(entry))).collect()
}

fn snapshot(texts: &Texts) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for (path, text) in texts {
        snapshot.insert(path.as_str(), Entry::File(Content::Bytes(text.clone().into_bytes())));
    }
    snapshot
}

/// Every thing that has an id in a city's year.
fn things(city: &City) -> Vec<Thing> {
    let found = mentions(city);
    let defined = found.iter().filter(|mention| mention.role == Role::Definition && mention.year == YEAR);
    defined.filter_map(|mention| mention.named.things().into_iter().next()).collect()
}

/// A free id of the same kind.
fn another(thing: &Thing) -> String {
    match thing {
        Thing::Item(id) => format!("{}-99", id.section),
        Thing::Clause(id) => format!("{}-z", id.item),
        Thing::Goal(owner, _) => format!("{owner}:Z99"),
        Thing::Division(owner, _) | Thing::Node(owner, _) => format!("{owner}/quite-another"),
        _ => "quite-another".to_owned(),
    }
}

fn renamed(before: &Snapshot, old: &str, new: &str, year: Option<FiscalYear>) -> Snapshot {
    let city = City::load(before);
    let wanted = ask(&city, year, old, new).unwrap_or_else(|error| panic!("{old}: {}", error.message.ja));
    let outcome = rename(before, &city, &wanted, support::DAY).unwrap_or_else(|error| panic!("{old}: {error:?}"));
    outcome.applied(before)
}

#[test]
fn there_and_back_gives_the_same_bytes() {
    let before = shipped();
    let city = City::load(&before);
    let all = things(&city);
    // One of each kind, and a spread over the others.
    let mut seen = Vec::new();
    let mut some: Vec<&Thing> = Vec::new();
    for (index, thing) in all.iter().enumerate().filter(|(_, thing)| !matches!(thing, Thing::Node(..))) {
        let kind = thing.kind().en;
        if !seen.contains(&kind) || index % 71 == 0 {
            seen.push(kind);
            some.push(thing);
        }
    }
    assert!(some.len() > 8 && seen.len() >= 8, "{some:?}");
    for thing in some {
        let new = another(thing);
        let after = renamed(&before, &thing.to_string(), &new, None);
        assert_ne!(texts(&after), texts(&before), "{thing}");
        assert_eq!(texts(&renamed(&after, &new, &thing.to_string(), None)), texts(&before), "{thing}");
    }
}

/// The values of a file, line by line, remarks left out: `id: x`, `- x`, `- id: x`, `x: …` for names.
fn values(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let pair = |line: &str| {
        let bare = line.trim_start().trim_start_matches("- ");
        let (key, value) = bare.split_once(": ").unwrap_or((bare.trim_end_matches(':'), bare));
        (key.to_owned(), value.trim().trim_matches('"').to_owned())
    };
    lines.map(pair).collect()
}

/// A count that knows nothing of shapes: lines whose value is the id.
fn recount(texts: &Texts, thing: &Thing) -> usize {
    let id = thing.own_id();
    let in_file = |path: &str, text: &str| {
        let own = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml"));
        let values = values(text);
        let count = |is: &dyn Fn(&str, &str) -> bool| values.iter().filter(|(key, value)| is(key, value)).count();
        match thing {
            Thing::Item(_) => {
                count(&|_, value| value == id || (value.len() == id.len() + 2 && value.starts_with(&format!("{id}-"))))
            }
            Thing::Clause(_) | Thing::Reference(_) => count(&|_, value| value == id),
            Thing::Viewpoint(_) => count(&|key, value| value == id || key == id),
            Thing::Goal(owner, _) if Some(owner.as_str()) == own => count(&|_, value| value == id),
            Thing::Goal(owner, _) => count(&|_, value| value == format!("{owner}:{id}")),
            Thing::Department(_) => count(&|_, value| {
                value == id || value.starts_with(&format!("{id}/")) || value.starts_with(&format!("{id}:"))
            }),
            Thing::Division(owner, _) => {
                let own = own == Some(owner.as_str());
                count(&|_, value| value == format!("{owner}/{id}") || (own && value == id))
            }
            _ => 0,
        }
    };
    texts.iter().map(|(path, text)| in_file(path, text)).sum()
}

#[test]
fn every_place_is_found() {
    let before = shipped();
    let (city, texts) = (City::load(&before), texts(&before));
    let divisions: Vec<String> =
        things(&city).iter().filter(|thing| matches!(thing, Thing::Division(..))).map(Thing::own_id).collect();
    let (all, mut counted) = (mentions(&city), 0);
    for thing in things(&city) {
        let known = matches!(
            thing,
            Thing::Item(_) | Thing::Clause(_) | Thing::Reference(_) | Thing::Viewpoint(_) | Thing::Goal(..)
        );
        // A division that is called like a department would be counted with it.
        let department = matches!(&thing, Thing::Department(id) if !divisions.contains(id));
        if !known && !department {
            continue;
        }
        let found: Vec<_> = all.iter().filter(|mention| mention.names(YEAR, &thing)).collect();
        assert_eq!(found.len(), recount(&texts, &thing), "{thing}");
        for mention in &found {
            assert!(city.text(mention.place).contains(&thing.own_id()), "{thing} in {}", city.text(mention.place));
        }
        let defined = found.iter().find(|mention| mention.role == Role::Definition).expect("it is defined");
        assert_eq!(city.text(defined.place), thing.own_id());
        counted += found.len();
    }
    assert!(counted > 500, "{counted}");
    // A division stands with its department in front, alone in its own plan, and in the slots.
    let bosai = Thing::Division("somu".into(), "bosai-anzen".into());
    assert!(definition(&city, YEAR, &bosai).is_some_and(|place| city.text(place) == "bosai-anzen"));
    let bosai = occurrences(&city, YEAR, &bosai);
    let by_hand = texts
        .values()
        .flat_map(|text| values(text))
        .filter(|(_, value)| value == "bosai-anzen" || value == "somu/bosai-anzen");
    assert_eq!(bosai.len(), by_hand.count());
}

/// `coverage --format json` of a folder.
fn coverage(folder: &Path) -> String {
    let output = program(folder).args(["coverage", "--format", "json"]).output().expect("runs");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn what_a_city_answers_stays_the_same() {
    for (old, new) in [("1-6", "1-77"), ("somu", "soumu"), ("kensetsu-kankyo:G1", "G77")] {
        let city = Scratch::new("answers");
        lay_out("shipped", &city.0);
        let before = coverage(&city.0);
        let ran = program(&city.0).args(["rename", old, new]).output().expect("runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let text = coverage(&city.0);
        let (old_own, new_own) = (old.rsplit(':').next().expect("id"), new);
        let mut expected = before.replace(&format!("\"{old_own}\""), &format!("\"{new_own}\""));
        if old == "1-6" {
            expected = expected.replace("\"1-6-", "\"1-77-");
        }
        if old == "somu" {
            expected = expected.replace("2025/somu.yaml", "2025/soumu.yaml");
        }
        if old.contains(':') {
            // Goals of all departments have such ids; only this one's changed.
            let changed = |text: &str| text.matches("\"G77\"").count();
            assert!(changed(&text) > 0 && text.replace("\"G77\"", "\"G1\"") == before);
            continue;
        }
        assert!(text == expected, "{old}");
    }
}

/// Two years of the small city; in the later one somu goes on with last year's goal.
fn two_years(closed: bool) -> Texts {
    let mut texts = texts(&support::small_city());
    let year = |text: &str| text.replace("2025", "2024").replace("2026", "2025");
    for (path, text) in texts.clone() {
        if path.contains("/2025/") {
            texts.insert(path.replace("/2025/", "/2024/"), year(&text));
        }
    }
    let policy = texts.get_mut("policy/2024/policy.yaml").expect("policy");
    policy.push_str(if closed { "closed: true\n" } else { "" });
    let plan = texts.get_mut("departments/2025/somu.yaml").expect("plan");
    *plan = plan.replace("    outcome: ", "    continues: 2024:G1   # 前年度から\n    outcome: ");
    let organization = texts.get_mut("policy/2025/organization.yaml").expect("organization");
    *organization = organization.replacen(
        "    divisions:\n      - id: madoguchi",
        "    predecessors:\n      - somu\n    divisions:\n      - id: madoguchi",
        1,
    );
    texts
}

#[test]
fn another_year_keeps_its_own_ids() {
    let before = two_years(true);
    let after = texts(&renamed(&snapshot(&before), "somu", "soumu", None));
    for (path, text) in after.iter().filter(|(path, _)| path.contains("/2024/")) {
        assert_eq!(Some(text), before.get(path), "a closed year is not touched");
    }
    let plan = after.get("departments/2025/soumu.yaml").expect("the plan is moved");
    assert!(!after.contains_key("departments/2025/somu.yaml"));
    assert!(plan.contains("continues: 2024:somu:G1   # 前年度から\n"), "{plan}");
    let organization = &after["policy/2025/organization.yaml"];
    assert!(organization.contains("  - id: soumu\n") && organization.contains("      - somu\n"), "{organization}");
    // Back again, all is as before; that the department came from itself stands there now.
    let mut back = texts(&renamed(&snapshot(&after), "soumu", "somu", None));
    let organization = back.get_mut("policy/2025/organization.yaml").expect("an organization");
    *organization = organization.replacen("    predecessors:\n      - somu\n", "", 1);
    assert_eq!(back, before);

    // Open in both years, it is one department, and last year's goal is its own again.
    let before = two_years(false);
    let after = texts(&renamed(&snapshot(&before), "somu", "soumu", None));
    assert!(after.contains_key("departments/2024/soumu.yaml"));
    assert!(after["departments/2025/soumu.yaml"].contains("continues: 2024:G1 "));
    assert!(after["policy/2025/organization.yaml"].contains("      - soumu\n"), "named as predecessor");
    assert_eq!(texts(&renamed(&snapshot(&after), "soumu", "somu", None)), before);

    // In the earlier year alone.
    let after = texts(&renamed(&snapshot(&before), "somu", "soumu", Some(FiscalYear(2024))));
    assert!(after["departments/2025/somu.yaml"].contains("continues: 2024:soumu:G1 "));
    assert!(after["policy/2025/organization.yaml"].contains("      - soumu\n"));
    // A goal belongs to its year.
    let after = texts(&renamed(&snapshot(&before), "somu:G1", "G8", Some(FiscalYear(2024))));
    assert!(after["departments/2025/somu.yaml"].contains("continues: 2024:G8 "));
    assert!(after["departments/2025/somu.yaml"].contains("id: G1\n"));
    let after = texts(&renamed(&snapshot(&before), "somu:G1", "G8", None));
    assert!(after["departments/2025/somu.yaml"].contains("continues: 2024:G1 "));
    assert!(after["departments/2024/somu.yaml"].contains("id: G1\n"));
}

#[test]
fn other_spellings_and_quotes_are_understood() {
    let mut before = texts(&support::small_city());
    let plan = before.get_mut("departments/2025/shimin.yaml").expect("plan");
    *plan = plan.replacen("- 1-1\n", "- \"１－１\"   # 引用\n", 1);
    let plan = before.get_mut("departments/2025/somu.yaml").expect("plan");
    *plan = plan.replacen("- 1-1\n", "- '1-1'\n", 1).replacen("division: bosai", "担当課: 防災課", 1);
    let after = texts(&renamed(&snapshot(&before), "１(1)", "1-8", None));
    assert!(after["departments/2025/shimin.yaml"].contains("- \"1-8\"   # 引用\n"));
    assert!(after["departments/2025/somu.yaml"].contains("- '1-8'\n"));
    // A title stays right when the id changes.
    let after = texts(&renamed(&snapshot(&before), "防災課", "bosai-anzen", None));
    assert!(after["policy/2025/organization.yaml"].contains("- id: bosai-anzen\n"));
    assert_eq!(after["departments/2025/somu.yaml"], before["departments/2025/somu.yaml"]);
}

#[test]
fn a_rename_that_is_refused_changes_nothing() {
    let city = Scratch::new("refused-rename");
    lay_out("small", &city.0);
    let plan = city.0.join("departments/2025/shimin.yaml");
    let broken = fs::read_to_string(&plan).expect("plan") + "mission: \"開いたまま\n";
    fs::write(&plan, broken).expect("write");
    let before = texts(&read_work_tree(&city.0).expect("city"));
    let ran = program(&city.0).args(["rename", "1-1", "1-8"]).output().expect("runs");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2));
    assert!(told.contains("departments/2025/shimin.yaml に読めない所があり"), "{told}");
    assert_eq!(texts(&read_work_tree(&city.0).expect("city")), before);
}
