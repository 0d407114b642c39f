//! Plans that begin, and begun plans that are completed: what `new` writes is never wrong, what
//! `--missing` adds changes no line and is asked for once.

use std::fmt::Write;

use kpolicy::city::{City, Year};
use kpolicy::coverage::Coverage;
use kpolicy::date::FiscalYear;
use kpolicy::links::Links;
use kpolicy::model::Level;
use kpolicy::skeleton::{self, Added};
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};

use crate::support::{self, DAY};

const YEAR: FiscalYear = FiscalYear(2025);

fn cities() -> Vec<(&'static str, Snapshot)> {
    let read = |folder: &str| read_work_tree(&support::tests_dir(folder)).expect(folder);
    vec![("shipped", read("..")), ("small", read("cities/small")), ("two years", read("cities/two-years"))]
}

fn text_of(snapshot: &Snapshot, path: &str) -> String {
    match snapshot.get(path) {
        Some(Entry::File(Content::Disk(file))) => std::fs::read_to_string(file).expect(path),
        Some(Entry::File(Content::Bytes(bytes))) => String::from_utf8(bytes.clone()).expect(path),
        _ => panic!("no {path}"),
    }
}

fn plans(snapshot: &Snapshot) -> Vec<String> {
    let paths = snapshot.entries().map(|(path, _)| path.to_owned());
    paths.filter(|path| path.starts_with("departments/2025/")).collect()
}

/// Looks at year 2025 of a city.
fn year<T>(snapshot: &Snapshot, look: impl FnOnce(&Year<'_>) -> T) -> T {
    let city = City::load(snapshot);
    let year = Year::new(&city, YEAR, DAY).expect("a year").expect("readable");
    look(&year)
}

/// A new plan for the department of a path, whatever is there.
fn begun(snapshot: &Snapshot, path: &str) -> String {
    let mut snapshot = snapshot.clone();
    snapshot.overlay(path, skeleton::BEGUN.as_bytes().to_vec());
    year(&snapshot, |year| {
        let index = index_of(year, path);
        let coverage = Coverage::new(year, &Links::new(year));
        skeleton::plan(year, &coverage, index, &skeleton::carried(year, index))
    })
}

/// The plan at a path with what it lacks; none where it cannot be read.
fn completed(snapshot: &Snapshot, path: &str) -> Option<Added> {
    year(snapshot, |year| {
        let (links, index) = (Links::new(year), index_of(year, path));
        let coverage = Coverage::new(year, &links);
        skeleton::add_missing(year, &links, &coverage, index, &skeleton::carried(year, index))
    })
}

fn index_of(year: &Year<'_>, path: &str) -> usize {
    let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).expect("a plan's path");
    year.departments.iter().position(|department| department.id() == id).expect("a department")
}

/// Errors in one file.
fn errors(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let city = City::load(snapshot);
    support::findings(&city, |findings| {
        let own = findings
            .iter()
            .filter(|finding| city.file(finding.place.file).path == path && finding.level == Level::Error);
        support::lines(&city, &own.cloned().collect::<Vec<_>>())
    })
}

#[test]
fn what_new_writes_has_no_error_and_lacks_nothing() {
    for (name, snapshot) in cities() {
        for path in plans(&snapshot) {
            let mut snapshot = snapshot.clone();
            let text = begun(&snapshot, &path);
            snapshot.overlay(&path, text.clone().into_bytes());
            assert_eq!(errors(&snapshot, &path), Vec::<String>::new(), "{name} {path}\n{text}");
            let added = completed(&snapshot, &path).expect("readable");
            assert!(added.written.is_empty() && added.left.is_empty(), "{name} {path}: {:?}", added.written);
            let tidy = kpolicy::fmt::format(&text, kpolicy::shape::FileKind::Plan.vocabulary());
            assert!(matches!(tidy, Ok(None)), "{name} {path} is not tidy");
            assert!(!text.lines().any(|line| line.contains(['[', '{'])), "{name} {path}: block style only");
        }
    }
}

/// A plan without the lines from `from` to before `to`.
fn without(text: &str, from: usize, to: usize) -> String {
    let kept = text.lines().enumerate().filter(|(index, _)| *index < from || *index >= to);
    kept.fold(String::new(), |mut all, (_, line)| {
        _ = writeln!(all, "{line}");
        all
    })
}

/// Where fields and entries begin: lines with a name or dash, by their indentation.
fn blocks(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut blocks = Vec::new();
    for (from, line) in lines.iter().enumerate() {
        let starts = line.trim_start().starts_with("- ") || line.trim_end().contains(": ") || line.ends_with(':');
        if !starts || line.trim_start().starts_with('#') || indent(line) > 4 {
            continue;
        }
        let inside = |next: &&str| next.trim().is_empty() || indent(next) > indent(line);
        blocks.push((from, from + 1 + lines[from + 1..].iter().take_while(|next| inside(next)).count()));
    }
    blocks
}

/// The policy side and one plan: what other departments write does not matter here.
fn alone(snapshot: &Snapshot, path: &str) -> Snapshot {
    let mut alone = Snapshot::default();
    for (other, entry) in snapshot.entries().filter(|(other, _)| other.starts_with("policy/") || *other == path) {
        alone.insert(other, entry.clone());
    }
    alone
}

#[test]
fn missing_keeps_every_line_and_adds_nothing_twice() {
    let mut tried = 0;
    for (name, snapshot) in cities() {
        for path in plans(&snapshot) {
            let (text, alone) = (text_of(&snapshot, &path), alone(&snapshot, &path));
            let blocks = blocks(&text);
            // Every part that may be lacking; of long plans some.
            for (index, (from, to)) in blocks.iter().enumerate().step_by(blocks.len().div_ceil(12)) {
                let end = if index % 2 == 0 { "\n" } else { "\r\n" };
                let cut = without(&text, *from, *to).replace('\n', end);
                tried += usize::from(completes(name, &alone, &path, &cut));
            }
        }
    }
    assert!(tried > 80, "only {tried} plans were completed");
}

/// Completes a plan twice; false where it cannot be read.
fn completes(name: &str, snapshot: &Snapshot, path: &str, cut: &str) -> bool {
    let mut snapshot = snapshot.clone();
    snapshot.overlay(path, cut.as_bytes().to_vec());
    let Some(added) = completed(&snapshot, path) else { return false };
    let mut lines = added.text.split_inclusive('\n');
    for line in cut.split_inclusive('\n') {
        assert!(lines.any(|other| other == line), "{name} {path}: {line:?} is gone\n{}", added.text);
    }
    assert_eq!(added.text == cut, added.written.is_empty(), "{name} {path}");
    snapshot.overlay(path, added.text.clone().into_bytes());
    let again = completed(&snapshot, path).unwrap_or_else(|| panic!("{name} {path}: not readable\n{}", added.text));
    assert!(again.written.is_empty(), "{name} {path}: {:?} twice\n{}", again.written, added.text);
    true
}

#[test]
fn what_people_pasted_last_year_goes_on_as_it_is() {
    let pasted = [
        "髙﨑と𠮷田の窓口 ㈱①Ⅱ 🏛 ｶﾞｷﾞ",        // 髙﨑𠮷, one-character signs, half-width kana
        "カ\u{3099}キ\u{3099} を分けたまま", // NFD
        "目標: 30件 #1 - [x] {y} & *z !t %u @v `w` \"q\" 'r' \\n",
        "kpolicy: allow K405 と（確認）を含む",
        "- 箇条書き",
        "1.10",
        "no",
    ];
    for words in pasted {
        let mut snapshot = read_work_tree(&support::tests_dir("cities/two-years")).expect("a city");
        let path = "departments/2024/somu.yaml";
        let quoted = format!("'{}'", words.replace('\'', "''"));
        let past = text_of(&snapshot, path).replace("\"採用: 若手が辞めない職場 #1\"", &quoted);
        assert!(past.contains(&quoted));
        snapshot.overlay(path, past.into_bytes());
        let path = "departments/2025/somu.yaml";
        let text = begun(&snapshot, path);
        snapshot.overlay(path, text.clone().into_bytes());
        let titles: Vec<String> = year(&snapshot, |year| {
            let plan = year.departments[index_of(year, path)].plan.expect("a plan");
            plan.goals.iter().filter_map(|goal| Some(goal.title.as_ref()?.value.to_string())).collect()
        });
        assert!(titles.iter().any(|title| title == words), "{words}: {titles:?}\n{text}");
        let city = City::load(&snapshot);
        let file = city.file(city.find(path).expect("a file"));
        assert!(file.allows.is_empty(), "a remark silences something:\n{text}");
        assert_eq!(errors(&snapshot, path), Vec::<String>::new(), "{text}");
    }
}
