//! The contract's sentences, pinned from outside: the built program on scratch copies of a city.
//!
//! Each test is a paragraph of the contract; a row that fails is named with all others that do.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it wrote should stop")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cases::{Scratch, lay_out, program};

const SOMU: &str = "departments/2025/somu.yaml";
const SHIMIN: &str = "departments/2025/shimin.yaml";
const POLICY: &str = "policy/2025/policy.yaml";
const ORGANIZATION: &str = "policy/2025/organization.yaml";
const SETTINGS: &str = "policy/kpolicy.yaml";

/// A scratch copy of a city.
struct Town(Scratch);

/// How a run ended.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Town {
    fn of(base: &str, name: &str) -> Town {
        let scratch = Scratch::new(&format!("contract-{name}"));
        lay_out(base, &scratch.0);
        Town(scratch)
    }

    fn small(name: &str) -> Town {
        Town::of("small", name)
    }

    fn root(&self) -> &Path {
        &self.0.0
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).expect(below)
    }

    fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).expect(below);
    }

    #[track_caller]
    fn edit(&self, below: &str, old: &str, new: &str) {
        let text = self.read(below);
        assert!(text.contains(old), "{below} has no {old:?}");
        self.write(below, text.replacen(old, new, 1));
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program(self.root());
        command.args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        ended(&mut self.command(args))
    }

    fn json(&self, args: &[&str]) -> Value {
        let ran = self.run(args);
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{args:?}: {error}: {ran:?}"))
    }

    fn check(&self) -> Value {
        self.json(&["check", "--format", "json"])
    }

    fn coverage(&self) -> Value {
        self.json(&["coverage", "--format", "json"])
    }

    /// `K201 path` for every finding, in the report's order.
    fn codes(&self) -> Vec<String> {
        codes(&self.check())
    }

    /// The codes of all findings, sorted.
    fn bare(&self) -> Vec<String> {
        let report = self.check();
        let mut all: Vec<String> = list(&report, "diagnostics").iter().map(|d| text(d, "code")).collect();
        all.retain(|code| is_about_form(code));
        all.sort();
        all
    }

    /// Every file with its bytes.
    fn tree(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        walk(self.root(), &mut all);
        all.sort();
        all
    }
}

fn walk(folder: &Path, all: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            walk(&entry.path(), all);
        } else if kind.is_file() {
            all.push((entry.path(), fs::read(entry.path()).unwrap()));
        } else {
            all.push((entry.path(), Vec::new()));
        }
    }
}

fn ended(command: &mut Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().expect("the program runs");
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().unwrap_or(-1), out: words(output.stdout), err: words(output.stderr) }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list in {value}"))
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}")).to_owned()
}

fn codes(report: &Value) -> Vec<String> {
    let all = list(report, "diagnostics").iter();
    let all = all.filter(|d| is_about_form(&text(d, "code")));
    all.map(|d| format!("{} {}", text(d, "code"), text(d, "path"))).collect()
}

/// Remarks on a goal's content and on time are tested by their own pages; the short plans of these
/// tests draw them without meaning to.
fn is_about_form(code: &str) -> bool {
    !matches!(code, "K405" | "K407" | "K408" | "K409" | "K410" | "K411") && !code.starts_with("K5")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

/// Collects what differs, so that one run shows all.
#[derive(Default)]
struct Rows(Vec<String>);

impl Rows {
    fn same<T: std::fmt::Debug + PartialEq>(&mut self, what: impl std::fmt::Display, is: T, should: T) {
        if is != should {
            self.0.push(format!("{what}\n    is     {is:?}\n    should {should:?}"));
        }
    }

    fn holds(&mut self, what: impl std::fmt::Display, holds: bool) {
        if !holds {
            self.0.push(what.to_string());
        }
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "{} rows differ:\n{}", self.0.len(), self.0.join("\n"));
        }
    }
}

// ---- 1 The folder ----

#[test]
fn the_root_is_found_upwards_and_named_when_it_is_not() {
    let (town, mut rows) = (Town::small("root"), Rows::default());
    rows.same("from below", ended(program(&town.path("departments/2025")).arg("check")).code, 0);
    rows.same("-C .", town.run(&["-C", ".", "check"]).code, 0);
    let here = town.root().display().to_string();
    for args in [
        vec!["-C", here.as_str(), "check"],
        vec!["check", "-C", here.as_str()],
        vec!["check", "--root", here.as_str()],
        vec!["--root", here.as_str(), "check"],
    ] {
        rows.same(format!("{args:?}"), ended(program(&std::env::temp_dir()).args(&args)).code, 0);
    }
    let attached = ended(program(&std::env::temp_dir()).args([format!("-C{here}"), "check".to_owned()]));
    rows.same("-CDIR", attached.code, 0);
    // -C does not search.
    let below = town.path("departments").display().to_string();
    let ran = town.run(&["-C", &below, "check"]);
    rows.same("-C below", (ran.code, ran.out.as_str()), (2, ""));
    rows.holds("-C below names both", ran.err.contains("policy") && ran.err.contains("departments"));
    for missing in ["policy", "departments"] {
        let town = Town::small("root-without");
        fs::remove_dir_all(town.path(missing)).unwrap();
        let here = town.root().display().to_string();
        for args in [vec!["check"], vec!["-C", here.as_str(), "check"], vec![], vec!["coverage"], vec!["packet"]] {
            let ran = town.run(&args);
            rows.same(format!("{missing} {args:?}"), (ran.code, ran.out.as_str()), (2, ""));
            rows.holds(format!("{missing} is named: {}", ran.err), ran.err.contains(missing));
        }
    }
    let ran = town.run(&["-C", "/no/such/folder", "check"]);
    rows.same("no such folder", ran.code, 2);
    rows.holds("no such folder is named", ran.err.contains("/no/such/folder"));
}

#[test]
fn years_are_typed_in_every_form_and_the_newest_with_a_policy_counts() {
    let (town, mut rows) = (Town::small("years"), Rows::default());
    for year in ["2025", "r7", "R7", "令和7", "令和７年度", "令和７", "令和7年度"] {
        rows.same(
            year,
            town.json(&["check", "--format", "json", "--year", year])["fiscal_years"].clone(),
            [2025].to_vec().into(),
        );
    }
    for year in ["7", "x", "", "20255", "２０９９"] {
        let ran = town.run(&["check", "--year", year]);
        rows.same(format!("--year {year}"), (ran.code, ran.out.as_str()), (2, ""));
    }
    // The newest year that has a policy.yaml.
    for file in ["policy", "organization"] {
        town.write(
            &format!("policy/2026/{file}.yaml"),
            town.read(&format!("policy/2025/{file}.yaml")).replace("fiscal_year: 2025", "fiscal_year: 2026"),
        );
    }
    rows.same("newest", town.coverage()["fiscal_year"].clone(), 2026.into());
    rows.same("all years", town.check()["fiscal_years"].clone(), [2025, 2026].to_vec().into());
    rows.same(
        "one year",
        town.json(&["check", "--format", "json", "--year", "r8"])["fiscal_years"].clone(),
        [2026].to_vec().into(),
    );
    // A year without policy.yaml or organization.yaml cannot be judged.
    for file in ["policy.yaml", "organization.yaml"] {
        let town = Town::small("years-lacking");
        fs::remove_file(town.path(&format!("policy/2025/{file}"))).unwrap();
        for args in [vec!["check"], vec!["coverage"], vec!["packet"], vec![]] {
            let ran = town.run(&args);
            rows.same(format!("without {file} {args:?}"), (ran.code, ran.out.as_str()), (2, ""));
            rows.holds(format!("{file} is named: {}", ran.err), ran.err.contains(&format!("policy/2025/{file}")));
        }
    }
    // The others may be absent.
    let town = Town::small("years-bare");
    for file in ["policy/kpolicy.yaml", "policy/2025/references.yaml", "policy/2025/interviews.yaml"] {
        fs::remove_file(town.path(file)).unwrap();
    }
    rows.same("bare", town.codes(), vec![]);
}

#[test]
fn closed_years_are_judged_for_form_only() {
    let (town, mut rows) = (Town::small("closed"), Rows::default());
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-7\n");
    town.edit(SOMU, "    title:", "    tittle:");
    let all = town.bare();
    rows.holds(format!("open: {all:?}"), all.contains(&"K301".to_owned()) && all.contains(&"K201".to_owned()));
    town.edit(POLICY, "fiscal_year: 2025", "fiscal_year: 2025\nclosed: true");
    rows.same("closed", town.bare(), vec!["K101".to_owned(), "K201".to_owned()]);
    let named = town.json(&["check", "--format", "json", "--year", "2025"]);
    rows.holds("a closed year asked for is judged in full", codes(&named).iter().any(|code| code.starts_with("K301")));
}

#[test]
fn files_in_the_wrong_place_are_named_and_read() {
    let mut rows = Rows::default();
    for (to, also) in [
        ("departments/2025/shimin.yml", vec![]),
        ("departments/2025/shimin.YAML", vec![]),
        ("departments/2025/old/shimin.yaml", vec![]),
        ("departments/2025/a/b/shimin.Yml", vec![]),
    ] {
        let town = Town::small("misplaced");
        let plan = town.read(SHIMIN);
        fs::remove_file(town.path(SHIMIN)).unwrap();
        town.write(to, plan);
        let mut should = vec![format!("K207 {to}")];
        should.extend::<Vec<String>>(also);
        rows.same(to, town.codes(), should);
    }
    let town = Town::small("misplaced-policy");
    fs::rename(town.path(POLICY), town.path("policy/2025/policy.yml")).unwrap();
    rows.same("policy.yml", town.codes(), vec!["K207 policy/2025/policy.yml".to_owned()]);
    // A year without policy/, and a second file: the first counts.
    let town = Town::small("misplaced-year");
    town.write("departments/2031/somu.yaml", town.read(SOMU));
    rows.same("2031", town.codes(), vec!["K207 departments/2031/somu.yaml".to_owned()]);
    let town = Town::small("misplaced-second");
    town.write("departments/2025/shimin.yml", "status: draft\n");
    let found = town.codes();
    rows.holds(
        format!("somu.yaml beside somu.yml: {found:?}"),
        found.contains(&"K205 departments/2025/shimin.yml".to_owned()),
    );
    rows.same("the .yaml counts", town.coverage()["departments"][1]["plan"].clone(), SHIMIN.into());
    // What editors leave is ignored.
    let town = Town::small("misplaced-droppings");
    for name in
        ["somu.yaml~", ".#somu.yaml", ".somu.yaml.swp", "~$somu.yaml", "somu.yaml.swp", "readme.md", ".DS_Store"]
    {
        town.write(&format!("departments/2025/{name}"), "a: [");
    }
    rows.same("droppings", town.codes(), vec![]);
    rows.same("droppings", town.check()["summary"]["files"].clone(), 7.into());
    // What the file says of itself.
    for (line, code) in [
        ("fiscal_year: 2024", vec!["K206"]),
        ("fiscal_year: 2025", vec![]),
        ("fiscal_year: \"2025\"", vec![]),
        ("department: somu", vec![]),
        ("department: shimin", vec!["K207"]),
    ] {
        let town = Town::small("misplaced-says");
        town.edit(SOMU, "status: submitted", &format!("{line}\nstatus: submitted"));
        rows.same(line, town.bare(), code.into_iter().map(str::to_owned).collect());
    }
    let town = Town::small("misplaced-policy-year");
    town.edit(ORGANIZATION, "fiscal_year: 2025", "fiscal_year: 2024");
    rows.same("organization", town.bare(), vec!["K206".to_owned()]);
}

#[test]
fn the_yaml_subset_and_its_limits() {
    let mut rows = Rows::default();
    for (old, new, code) in [
        ("status: submitted", "status: &a submitted", "K007"),
        ("status: submitted", "status: !!str submitted", "K007"),
        ("status: submitted", "%YAML 1.2\n---\nstatus: submitted", "K007"),
        ("status: submitted", "? status\n: submitted", "K007"),
        ("        by: 2025-09-30\n", "        by: 2025-09-30\n---\na: b\n", "K007"),
        ("status: submitted", "status: submitted\nstatus: submitted", "K010"),
        ("status: submitted", "status: submitted\n\"status\": submitted", "K010"),
        ("    kind: output", "    kind: output\n        kind: outcome", "K010"),
    ] {
        let town = Town::small("subset");
        town.edit(SOMU, old, new);
        let found = town.bare();
        rows.holds(format!("{new:?}: {found:?}"), found.contains(&code.to_owned()));
        rows.same(
            format!("{new:?} state"),
            town.coverage()["departments"][0]["plan_state"].clone(),
            "unreadable".into(),
        );
    }
    // One document, with a marker or without.
    for (head, tail) in [("---\n", ""), ("", "...\n"), ("# 注\n---\n", "...\n")] {
        let town = Town::small("subset-one");
        town.write(SOMU, format!("{head}{}{tail}", town.read(SOMU)));
        rows.same(format!("{head:?} {tail:?}"), town.bare(), vec![]);
    }
    // 1 MiB: just at, and one over.
    for (over, codes) in [(0, vec![]), (1, vec!["K008".to_owned()])] {
        let town = Town::small("subset-size");
        let plan = town.read(SOMU);
        let fill = (1 << 20) - plan.len() - 2 + over;
        town.write(SOMU, format!("{plan}#{}\n", "x".repeat(fill)));
        assert_eq!(fs::metadata(town.path(SOMU)).unwrap().len() as usize, (1 << 20) + over);
        rows.same(format!("1 MiB + {over}"), town.bare(), codes);
    }
    // 64 levels: the root is the first.
    for (levels, deep) in [(64, false), (65, true)] {
        let town = Town::small("subset-depth");
        let flow = format!("{}{}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        town.edit(SOMU, "status: submitted", &format!("extra: {flow}\nstatus: submitted"));
        rows.same(format!("{levels} levels"), town.bare().contains(&"K008".to_owned()), deep);
    }
    // BOM and CRLF are tolerated.
    let town = Town::small("subset-bom");
    for file in [SOMU, SHIMIN, POLICY, ORGANIZATION, SETTINGS] {
        town.write(file, format!("\u{feff}{}", town.read(file).replace('\n', "\r\n")));
    }
    rows.same("BOM and CRLF", town.bare(), vec![]);
}

#[test]
fn the_type_of_the_field_decides_what_a_scalar_is() {
    let mut rows = Rows::default();
    let try_text = |value: &str| {
        let town = Town::small("scalar");
        town.edit(SOMU, "        unit: 件", &format!("        unit: {value}"));
        town.bare()
    };
    for number in [
        "1.10",
        "012",
        "1_000",
        "no",
        "~",
        "1",
        "-1",
        "0x1F",
        "0o7",
        "1e3",
        "true",
        "True",
        "YES",
        "on",
        "Off",
        "null",
        "NULL",
        ".5",
        "+1",
        ".inf",
        ".NaN",
        "12e03",
        "190:20:30",
    ] {
        let should: Vec<String> = if number == "190:20:30" { vec![] } else { vec!["K107".to_owned()] };
        rows.same(number, try_text(number), should);
    }
    for fine in ["2025-04-01", "10:30", "件", "\"1.10\"", "'no'", "nothing", "1件", "v1.2", "1-2", "", "\"\"", "'  '"]
    {
        rows.same(fine, try_text(fine), vec![]);
    }
    let try_value = |value: &str| {
        let town = Town::small("scalar");
        town.edit(SOMU, "          value: 4", &format!("          value: {value}"));
        town.bare()
    };
    for fine in ["4", "-4", "0", "0.5", "10.25", "\"4\"", "'4.5'", "-0.5"] {
        rows.same(fine, try_value(fine), vec![]);
    }
    for (bad, code) in [
        ("04", "K107"),
        ("4.", "K107"),
        (".5", "K107"),
        ("+4", "K107"),
        ("1e3", "K107"),
        ("四", "K103"),
        ("４", "K103"),
        ("1,200", "K103"),
        ("\"04\"", "K103"),
        ("[4]", "K103"),
    ] {
        rows.same(bad, try_value(bad), vec![code.to_owned()]);
    }
    let try_bool = |value: &str| {
        let town = Town::small("scalar");
        town.edit(SOMU, "status: submitted", &format!("status: submitted\nexample: {value}"));
        town.bare()
    };
    for fine in ["true", "false", "\"true\"", "'false'"] {
        rows.same(fine, try_bool(fine), vec![]);
    }
    for (bad, code) in [("yes", "K107"), ("True", "K107"), ("はい", "K103"), ("1", "K103")] {
        rows.same(bad, try_bool(bad), vec![code.to_owned()]);
    }
    let try_date = |value: &str| {
        let town = Town::small("scalar");
        town.edit(SOMU, "        by: 2025-09-30", &format!("        by: {value}"));
        town.bare()
    };
    for fine in ["2025-09-30", "\"2025-09-30\"", "'2025-09-30'", "2024-02-29"] {
        rows.same(fine, try_date(fine), vec![]);
    }
    for bad in ["令和７年４月１日", "R7.4.1", "2025/4/1", "2025-9-30", "2025-02-29", "2025-13-01", "９月"] {
        rows.same(bad, try_date(bad), vec!["K105".to_owned()]);
    }
    // Null or blank is as if absent: a required field is then missing.
    for blank in ["", "null", "~", "\"\"", "\"  \"", "|-"] {
        let town = Town::small("scalar");
        town.edit(SOMU, "    outcome: 市民が待たずに手続を終えられる", &format!("    outcome: {blank}"));
        let found = town.bare();
        rows.holds(
            format!("outcome {blank:?}: {found:?}"),
            found == ["K102"] || (matches!(blank, "null" | "~") && found == ["K107"]),
        );
    }
    for blank in ["", "null", "~", "[]", "{}"] {
        let town = Town::small("scalar");
        town.edit(SOMU, "status: submitted", &format!("status: submitted\nrequests: {blank}\nmission: \n"));
        let found = town.bare();
        rows.same(format!("requests {blank:?}"), found, if blank == "{}" { vec!["K103".to_owned()] } else { vec![] });
    }
}

// ---- 1.4 Ids ----

#[test]
fn ids_as_people_type_them_are_understood_counted_and_reported_once() {
    let mut rows = Rows::default();
    for typed in ["１－６", "1−6", "1ー6", "1(6)", "１（６）", "(1)-6", "( 1 ) - 6", "１ － ６", "（１）－６"]
    {
        let typed = typed.replace('6', "1").replace('６', "１");
        let town = Town::small("ids");
        town.edit(SHIMIN, "      - 1-1\n", &format!("      - {typed}\n"));
        rows.same(&typed, town.bare(), vec!["K212".to_owned()]);
        rows.same(
            format!("{typed} counts"),
            town.coverage()["items"][0]["cells"]["shimin"]["state"].clone(),
            "answered".into(),
        );
        let fix = town.check()["diagnostics"][0]["fix"].clone();
        rows.same(
            format!("{typed} is mended"),
            (fix["safe"].clone(), fix["edits"][0]["text"].clone()),
            (true.into(), "1-1".into()),
        );
    }
    // Clauses: ア イ ウ = a b c.
    for (typed, clause) in [
        ("1-1ア", "a"),
        ("1-1-A", "a"),
        ("1-1(ア)", "a"),
        ("1-1イ", "b"),
        ("１－１－ア", "a"),
        ("1(1)ア", "a"),
        ("1-1-B", "b"),
    ] {
        let town = Town::small("ids-clause");
        clauses(&town);
        town.edit(SHIMIN, "      - 1-1\n", &format!("      - {typed}\n"));
        let found: Vec<String> = town.bare();
        rows.same(format!("{typed} once"), found.iter().filter(|code| *code == "K212").count(), 1);
        rows.holds(format!("{typed}: {found:?}"), !found.iter().any(|code| matches!(code.as_str(), "K106" | "K201")));
        let index = usize::from(clause == "b");
        rows.same(
            format!("{typed} counts"),
            town.coverage()["items"][0]["clauses"][index]["cells"]["shimin"]["state"].clone(),
            "answered".into(),
        );
    }
    for (typed, code) in [
        ("1-9", "K201"),
        ("9-1", "K201"),
        ("1-1-z", "K201"),
        ("2024:1-6", ""),
        ("01-1", "K106"),
        ("1-01", "K106"),
        ("防災", "K106"),
        ("1.6", "K107"),
        ("1.10", "K107"),
        ("1-1-aa", "K106"),
    ] {
        let town = Town::small("ids-unknown");
        town.edit(SHIMIN, "      - 1-1\n", &format!("      - 1-1\n      - {typed}\n"));
        let should: Vec<String> = if code.is_empty() { vec![] } else { vec![code.to_owned()] };
        rows.same(typed, town.bare(), should);
    }
}

/// Gives item 1-1 two clauses.
fn clauses(town: &Town) {
    town.edit(
        POLICY,
        "          市民の窓口での待ち時間を短くすること。\n        scope: every_department\n",
        "          市民の窓口での待ち時間を短くすること。\n          手続を分かりやすくすること。\n        scope: every_department\n        clauses:\n          - id: 1-1-a\n            quote: 待ち時間を短くする\n          - id: 1-1-b\n            quote: 手続を分かりやすくする\n",
    );
}

#[test]
fn names_short_names_and_labels_are_understood() {
    let mut rows = Rows::default();
    for (old, new) in [
        ("division: bosai", "division: 防災課"),
        ("division: bosai", "division: bosai\n    partners:\n      - 市民部"),
        ("division: bosai", "division: bosai\n    partners:\n      - 市民"),
        ("division: bosai", "division: bosai\n    partners:\n      - 窓口課"),
        ("division: bosai", "division: bosai\n    references:\n      - id: 総合ビジョン"),
        ("division: bosai", "division: bosai\n    references:\n      - id: ビジョン"),
        ("    title: ", "    目標名: "),
        ("kind: output", "kind: 活動"),
        ("kind: output", "kind: 活動指標"),
        ("status: submitted", "status: 提出済み"),
        ("status: submitted", "状態: submitted"),
    ] {
        let town = Town::small("labels");
        town.edit(SOMU, old, new);
        rows.same(new, town.bare(), vec!["K212".to_owned()]);
        rows.same(format!("{new} state"), town.coverage()["departments"][0]["plan_state"].clone(), "ok".into());
        let fix = town.check()["diagnostics"][0]["fix"].clone();
        rows.same(format!("{new} safe"), fix["safe"].clone(), true.into());
    }
}

#[test]
fn names_are_bounded_and_never_reserved() {
    let mut rows = Rows::default();
    let long = "a".repeat(64);
    let longer = "a".repeat(65);
    for (id, fine) in [
        ("a", true),
        ("a-1", true),
        (long.as_str(), true),
        (longer.as_str(), false),
        ("con", false),
        ("aux", false),
        ("com1", false),
        ("LPT1", false),
        ("1a", false),
        ("a_b", false),
        ("nul", false),
        ("com0", true),
    ] {
        let town = Town::small("reserved");
        town.edit(ORGANIZATION, "      - id: shokuin", &format!("      - id: {id}"));
        rows.same(id, town.bare().contains(&"K106".to_owned()), !fine);
    }
    for (goal, fine) in [("G1", true), ("ABC123", true), ("ABCD1", false), ("G1234", false), ("G", false)] {
        let town = Town::small("reserved-goal");
        town.edit(SOMU, "  - id: G1", &format!("  - id: {goal}"));
        rows.same(goal, town.bare(), if fine { vec![] } else { vec!["K106".to_owned()] });
    }
}

// ---- 2 Coverage ----

const CELL: [&str; 7] = ["state", "must", "goals", "responses", "reason", "handled_by", "stale"];

fn cell_rows(rows: &mut Rows, what: &str, cells: &Value) {
    rows.same(format!("{what} departments"), keys(cells).len(), 10);
    for (department, cell) in cells.as_object().unwrap() {
        rows.same(format!("{what} {department}"), keys(cell), CELL.to_vec());
        let state = cell["state"].as_str().unwrap_or_default();
        rows.holds(
            format!("{what} {state}"),
            ["answered", "partial", "missing", "declined", "not_required", "unreadable"].contains(&state),
        );
        rows.holds(format!("{what} {department} lists"), cell["goals"].is_array() && cell["responses"].is_array());
        rows.holds(format!("{what} {department} bools"), cell["must"].is_boolean() && cell["stale"].is_boolean());
        rows.same(format!("{what} {department} reason"), cell["reason"].is_null(), state != "declined");
    }
}

#[test]
fn every_key_of_coverage_is_there() {
    let (town, mut rows) = (Town::of("shipped", "coverage"), Rows::default());
    let report = town.coverage();
    rows.same("top", keys(&report), vec!["schema_version", "fiscal_year", "departments", "items", "summary"]);
    rows.same("version", report["schema_version"].clone(), 1.into());
    for department in list(&report, "departments") {
        rows.same("department", keys(department), vec!["id", "name", "plan", "plan_state"]);
    }
    let (mut items, mut sums) = (0, [0_u64; 4]);
    for item in list(&report, "items") {
        items += 1;
        let id = text(item, "id");
        rows.same(
            &id,
            keys(item),
            vec!["id", "section", "mark", "short", "text", "scope", "answered_by", "state", "cells", "clauses"],
        );
        cell_rows(&mut rows, &id, &item["cells"]);
        let clauses = list(item, "clauses");
        for clause in clauses {
            rows.same(&id, keys(clause), vec!["id", "quote", "scope", "answered_by", "state", "cells"]);
            cell_rows(&mut rows, &text(clause, "id"), &clause["cells"]);
        }
        for leaf in if clauses.is_empty() { std::slice::from_ref(item) } else { clauses } {
            for cell in leaf["cells"].as_object().unwrap().values().filter(|cell| cell["must"] == true) {
                let at =
                    ["answered", "partial", "missing", "unreadable"].iter().position(|state| cell["state"] == *state);
                if let Some(at) = at {
                    sums[at] += 1;
                }
            }
        }
    }
    rows.holds(format!("{items} items"), items >= 21);
    let summary = &report["summary"];
    rows.same(
        "summary",
        keys(summary),
        vec!["required", "answered", "partial", "missing", "declined", "unreadable", "percent", "uncovered_items"],
    );
    for (key, sum) in ["answered", "partial", "missing", "unreadable"].into_iter().zip(sums) {
        rows.same(key, summary[key].as_u64(), Some(sum));
    }
    rows.same("required", summary["required"].as_u64(), Some(sums.iter().sum()));
}

#[test]
fn cells_say_who_cites_what() {
    let (town, mut rows) = (Town::small("cells"), Rows::default());
    clauses(&town);
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-1-a\n");
    town.edit(SHIMIN, "goals:", "responses:\n  - cites:\n      - 1-1-b\n    text: 分かりやすくする\n  - cites:\n      - 1-2\n    text: 備える\nnot_applicable:\n  - items:\n      - 1-1-b\n    reason: 受付がない\n    handled_by: somu\ngoals:");
    let report = town.coverage();
    let item = &report["items"][0];
    let cell = |value: &Value| (value["goals"].to_string(), value["responses"].to_string());
    rows.same("item: its own or a clause's", cell(&item["cells"]["shimin"]), ("[\"G1\"]".into(), "[0]".into()));
    rows.same(
        "clause a: it or its item's",
        cell(&item["clauses"][0]["cells"]["shimin"]),
        ("[\"G1\"]".into(), "[]".into()),
    );
    rows.same("clause b", cell(&item["clauses"][1]["cells"]["shimin"]), ("[]".into(), "[0]".into()));
    rows.same("clause a by somu", cell(&item["clauses"][0]["cells"]["somu"]), ("[\"G1\"]".into(), "[]".into()));
    rows.same("1-2", cell(&report["items"][1]["cells"]["shimin"]), ("[]".into(), "[1]".into()));
    // Declines: allowed where the policy says so, with reason and handler.
    let town = Town::small("cells-decline");
    town.edit(
        POLICY,
        "        scope: every_department\n",
        "        scope: every_department\n        may_decline: true\n",
    );
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-2\n");
    town.edit(
        SHIMIN,
        "goals:",
        "not_applicable:\n  - items:\n      - 1-1\n    reason: 窓口がない\n    handled_by: 総務部\ngoals:",
    );
    let report = town.coverage();
    let cell = &report["items"][0]["cells"]["shimin"];
    rows.same(
        "declined",
        (cell["state"].as_str(), cell["reason"].as_str(), cell["handled_by"].as_str()),
        (Some("declined"), Some("窓口がない"), Some("somu")),
    );
    rows.same(
        "declined is not required",
        (report["summary"]["declined"].clone(), report["summary"]["required"].clone()),
        (1.into(), 2.into()),
    );
    rows.same("K212 for the name", town.bare(), vec!["K212".to_owned()]);
    // Stale: amended after the plan was handed in.
    let town = Town::small("cells-stale");
    town.edit(POLICY, "        scope: every_department\n", "        scope: every_department\n        amended:\n          since: 2025-04-02\n          was: 待ち時間を短くすること。\n");
    let cell = |town: &Town| town.coverage()["items"][0]["cells"]["shimin"].clone();
    rows.same("stale", (cell(&town)["state"].clone(), cell(&town)["stale"].clone()), ("partial".into(), true.into()));
    town.edit(SHIMIN, "    cites:", "    reviewed: 2025-04-02\n    cites:");
    rows.same(
        "looked at again",
        (cell(&town)["state"].clone(), cell(&town)["stale"].clone()),
        ("answered".into(), false.into()),
    );
}

#[test]
fn percentages_are_cut_and_uncovered_items_named() {
    let (town, mut rows) = (Town::small("percent"), Rows::default());
    town.edit(SOMU, "      - 1-2\n", "");
    let summary = town.coverage()["summary"].clone();
    rows.same("two of three", summary["percent"].to_string(), "66.6".to_owned());
    rows.same("1-2", summary["uncovered_items"].clone(), vec!["1-2"].into());
    let found = town.codes();
    rows.same("K307 for the lead and K302 once", found, vec![format!("K307 {SOMU}"), format!("K302 {POLICY}")]);
    town.edit(POLICY, "scope: every_department", "scope: standing");
    town.edit(POLICY, "        scope: any_department\n        lead:\n          - somu\n", "        scope: standing\n");
    let summary = town.coverage()["summary"].clone();
    rows.same(
        "nothing required",
        (summary["required"].clone(), summary["percent"].to_string()),
        (0.into(), "100.0".to_owned()),
    );
    let town = Town::small("percent-plans");
    fs::remove_file(town.path(SHIMIN)).unwrap();
    town.edit(SOMU, "status: submitted", "status: draft");
    let report = town.coverage();
    let of = |at: usize| (report["departments"][at]["plan"].clone(), report["departments"][at]["plan_state"].clone());
    rows.same("draft", of(0), (SOMU.into(), "draft".into()));
    rows.same("missing", of(1), (Value::Null, "missing".into()));
    town.write(SHIMIN, "status: [\n");
    rows.same("unreadable", town.coverage()["departments"][1]["plan_state"].clone(), "unreadable".into());
    rows.same("unreadable cell", town.coverage()["items"][0]["cells"]["shimin"]["state"].clone(), "unreadable".into());
}

// ---- 3 Commands ----

#[test]
fn exits_and_streams() {
    let mut rows = Rows::default();
    let town = Town::small("exits");
    rows.same("clean", town.run(&["check"]).code, 0);
    for args in [
        vec!["check", "--nope"],
        vec!["nope"],
        vec!["check", "nobody"],
        vec!["coverage", "nobody"],
        vec!["coverage", "--item", "9-9"],
        vec!["packet", "nobody"],
        vec!["show", "9-9"],
        vec!["show", "nobody"],
        vec!["show", "somu:G9"],
        vec!["show"],
        vec!["explain", "K999"],
        vec!["check", "--select", "K999"],
        vec!["check", "--today", "2025-02-30"],
        vec!["check", "--format", "yaml"],
        vec!["check", "--rev", "HEAD"],
        vec!["check", "-"],
        vec!["coverage", "--rev", "HEAD"],
        vec!["packet", "--rev", "HEAD"],
        vec!["check", "-o", "no/such/folder/x.txt"],
        vec!["check", "--year", "2026"],
        vec!["coverage", "-o", "no/such/folder/x.txt"],
        vec!["check", "departments/2025/nobody.yaml"],
    ] {
        let ran = town.run(&args);
        rows.same(format!("{args:?}"), (ran.code, ran.out.as_str()), (2, ""));
        rows.holds(
            format!("{args:?} says why: {}", ran.err),
            ran.err.lines().count() >= 1 && !ran.err.contains("panicked"),
        );
    }
    for args in [
        vec!["check"],
        vec!["coverage"],
        vec!["coverage", "--gaps"],
        vec!["show", "1-1"],
        vec!["show", "somu"],
        vec!["show", "somu:G1"],
        vec!["show", "総務部"],
        vec!["show", "1(1)"],
        vec!["explain"],
        vec!["explain", "K301"],
        vec!["explain", "k301"],
        vec!["explain", "unanswered-item"],
        vec!["--help"],
        vec!["-h"],
        vec!["-V"],
        vec!["--version"],
        vec!["check", "--help"],
        vec![],
    ] {
        let ran = town.run(&args);
        rows.same(format!("{args:?}"), (ran.code, ran.err.as_str()), (0, ""));
        rows.holds(format!("{args:?} prints"), !ran.out.is_empty() && ran.out.ends_with('\n'));
    }
    // Findings, fail levels, and that nothing of a result goes to stderr.
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-2\n");
    for (args, code) in [
        (vec!["check"], 1),
        (vec!["check", "--fail-level", "never"], 0),
        (vec!["check", "--ignore", "K3"], 0),
        (vec!["check", "--select", "K2"], 0),
        (vec!["check", "--select", "unanswered-item"], 1),
        (vec!["check", "somu"], 0),
        (vec!["check", "shimin"], 1),
    ] {
        let ran = town.run(&args);
        rows.same(format!("{args:?}"), (ran.code, ran.err.as_str()), (code, ""));
    }
    let town = Town::small("exits-warning");
    town.edit(SHIMIN, "kind: output", "kind: 活動");
    for (level, code) in [("error", 0), ("warning", 1), ("info", 1), ("never", 0)] {
        rows.same(level, town.run(&["check", "--fail-level", level]).code, code);
    }
    // 2 beats 1: findings, and an output that cannot be written.
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-9\n");
    rows.same("2 beats 1", town.run(&["check", "-o", "no/such/x"]).code, 2);
}

#[test]
fn a_reader_that_goes_changes_nothing_and_a_full_disk_is_told() {
    let (town, mut rows) = (Town::small("pipes"), Rows::default());
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-2\n");
    let closed = |args: &[&str]| {
        let mut child =
            town.command(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (args, code) in [
        (vec!["check"], 1),
        (vec!["check", "--format", "json"], 1),
        (vec!["coverage"], 0),
        (vec!["explain"], 0),
        (vec!["--help"], 0),
        (vec!["show", "1-1"], 0),
        (vec!["packet", "-o", "papers"], 0),
    ] {
        rows.same(format!("closed {args:?}"), closed(&args), (Some(code), String::new()));
    }
    if cfg!(target_os = "linux") {
        for args in [
            vec!["check"],
            vec!["check", "--format", "json"],
            vec!["coverage"],
            vec!["coverage", "--format", "json"],
            vec!["explain"],
            vec!["--help"],
            vec!["--version"],
            vec!["show", "1-1"],
            vec![],
            vec!["packet", "-o", "papers"],
            vec!["schema"],
        ] {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let mut command = town.command(&args);
            let output = command.stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().unwrap();
            rows.same(format!("full {args:?}"), output.status.code(), Some(2));
            rows.holds(format!("full {args:?} says so"), !output.stderr.is_empty());
        }
    }
}

#[test]
fn the_day_and_the_language_come_in_order() {
    let mut rows = Rows::default();
    // The papers print the day.
    let town = Town::small("day");
    let printed = |town: &Town, args: &[&str], today: Option<&str>| {
        let mut command = town.command(&["packet", "somu", "--format", "json", "-o", "papers"]);
        command.args(args);
        if let Some(today) = today {
            command.env("KPOLICY_TODAY", today);
        }
        rows_code(ended(&mut command));
        town.read("papers/somu-department.json")
    };
    let day = |paper: &str| text(&serde_json::from_str(paper).unwrap(), "day");
    let found = [
        day(&printed(&town, &[], None)),
        day(&printed(&town, &[], Some("2025-05-02"))),
        day(&printed(&town, &["--today", "2025-06-03"], Some("2025-05-02"))),
    ];
    let days = ["2025-04-01", "2025-05-02", "2025-06-03"].map(str::to_owned);
    rows.same("as_of, KPOLICY_TODAY, --today", found, days);
    rows.same("KPOLICY_TODAY is read", ended(town.command(&["check"]).env("KPOLICY_TODAY", "nonsense")).code, 2);
    rows.same(
        "--today beats it",
        ended(town.command(&["check", "--today", "2025-04-01"]).env("KPOLICY_TODAY", "nonsense")).code,
        0,
    );
    rows.same("an empty one says nothing", ended(town.command(&["check"]).env("KPOLICY_TODAY", "")).code, 0);
    // Language: --lang, KPOLICY_LANG, the city's, the locale, Japanese.
    let english = |town: &Town, args: &[&str], set: &[(&str, &str)]| {
        let mut command = town.command(args);
        command.envs(set.iter().copied());
        let ran = ended(&mut command);
        (ran.out + &ran.err).contains("fiscal year")
    };
    let all = [("KPOLICY_LANG", "en"), ("LANG", "en_US.UTF-8")];
    rows.same("--lang", english(&town, &["check", "--lang", "ja"], &all), false);
    rows.same("--lang first", english(&town, &["--lang=en", "check"], &[("KPOLICY_LANG", "ja")]), true);
    rows.same("KPOLICY_LANG", english(&town, &["check"], &all), true);
    rows.same("the city's ja", english(&town, &["check"], &[("LANG", "en_US.UTF-8")]), false);
    town.edit(SETTINGS, "lang: ja", "lang: en");
    rows.same("the city's en", english(&town, &["check"], &[("LANG", "ja_JP.UTF-8")]), true);
    rows.same("the city's en before KPOLICY_LANG", english(&town, &["check"], &[("KPOLICY_LANG", "ja")]), false);
    let here = town.root().display().to_string();
    for args in [
        vec!["-C".to_owned(), here.clone(), "check".to_owned()],
        vec![format!("-C{here}"), "check".to_owned()],
        vec![format!("--root={here}"), "check".to_owned()],
        vec!["check".to_owned(), format!("-C={here}")],
    ] {
        let ran = ended(program(&std::env::temp_dir()).args(&args));
        rows.holds(
            format!("{args:?} speaks the city's language: {}{}", ran.out, ran.err),
            ran.out.contains("fiscal year"),
        );
    }
    town.edit(SETTINGS, "lang: en\n", "");
    rows.same("the locale", english(&town, &["check"], &[("LANG", "en_US.UTF-8")]), true);
    rows.same(
        "LC_ALL before LANG",
        english(&town, &["check"], &[("LC_ALL", "ja_JP.UTF-8"), ("LANG", "en_US.UTF-8")]),
        false,
    );
    rows.same("else Japanese", english(&town, &["check"], &[]), false);
    rows.same("C says nothing", english(&town, &["check"], &[("LC_ALL", "C")]), false);
    rows.same("--lang xx", town.run(&["check", "--lang", "xx"]).code, 2);
    // Settings that cannot be read do not stop the language.
    town.write(SETTINGS, "lang: [");
    rows.same("a broken kpolicy.yaml", town.run(&["check"]).code, 1);
}

#[track_caller]
fn rows_code(ran: Ran) {
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn colours_and_widths() {
    let (town, mut rows) = (Town::small("colours"), Rows::default());
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-2\n");
    let escape = '\u{1b}';
    for (args, set, should) in [
        (vec!["check"], vec![], false),
        (vec!["check", "--color", "always"], vec![], true),
        (vec!["check", "--color", "never"], vec![], false),
        (vec!["check", "--color", "auto"], vec![("NO_COLOR", "1")], false),
        (vec!["--color=always", "check"], vec![("NO_COLOR", "1")], true),
        (vec!["check", "--color", "always", "--format", "json"], vec![], false),
        (vec!["coverage", "--color", "always", "--format", "csv"], vec![], false),
        (vec!["coverage", "--color", "always", "--format", "json"], vec![], false),
        (vec!["coverage", "--color", "always"], vec![], true),
    ] {
        let mut command = town.command(&args);
        rows.same(format!("{args:?} {set:?}"), ended(command.envs(set)).out.contains(escape), should);
    }
    rows_code(ended(town.command(&["check", "somu", "--color", "always", "-o", "out.txt"]).env("TERM", "xterm")));
    rows.holds("a file has no colours", !town.read("out.txt").contains(escape));
    // Odd environments: the exit is the same, and nothing panics.
    for set in [
        vec![("LC_ALL", "C")],
        vec![("COLUMNS", "0")],
        vec![("COLUMNS", "99999999999999999999")],
        vec![("COLUMNS", "400000")],
        vec![("COLUMNS", "x")],
        vec![("COLUMNS", "1")],
        vec![("TERM", "dumb")],
    ] {
        for args in [
            vec!["check"],
            vec!["coverage"],
            vec!["coverage", "--gaps"],
            vec!["show", "1-1"],
            vec!["show", "somu"],
            vec![],
        ] {
            let ran = ended(town.command(&args).envs(set.iter().copied()));
            rows.same(format!("{args:?} {set:?}"), (ran.code, ran.err.as_str()), (i32::from(args == ["check"]), ""));
        }
    }
    let mut bare = Command::new(env!("CARGO_BIN_EXE_kpolicy"));
    let ran = ended(bare.env_clear().current_dir(town.root()).arg("check"));
    rows.same("empty environment", ran.code, 1);
    // No character of ambiguous width on a terminal.
    for args in [
        vec!["check"],
        vec!["coverage"],
        vec!["coverage", "--gaps"],
        vec!["coverage", "--by", "clause"],
        vec!["show", "1-1"],
        vec!["show", "somu"],
        vec!["explain"],
        vec![],
    ] {
        let ran = town.run(&args);
        let odd: String = ran.out.chars().filter(|c| "─│┌┐└┘├┤╭╮→←…○△×※―①●■□◎".contains(*c)).collect();
        rows.same(format!("{args:?} ambiguous"), odd, String::new());
    }
}

#[test]
fn check_names_departments_and_files_in_every_form() {
    let (town, mut rows) = (Town::small("forms"), Rows::default());
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-7\n");
    town.edit(SOMU, "    title:", "    tittle:");
    let report = |args: &[&str]| {
        let mut all = vec!["check", "--format", "json"];
        all.extend(args);
        let ran = town.run(&all);
        serde_json::from_str::<Value>(&ran.out).map(|report| codes(&report)).unwrap_or_else(|_| vec![ran.err])
    };
    let (absolute, dotted) = (town.path(SHIMIN).display().to_string(), format!("./{SHIMIN}"));
    let own = vec![format!("K201 {SHIMIN}"), format!("K301 {SHIMIN}")];
    let found = report(&["shimin"]);
    let mut sorted = found.clone();
    sorted.sort();
    rows.same("id", sorted, own);
    for form in [
        "市民部",
        "市民",
        "SHIMIN",
        SHIMIN,
        dotted.as_str(),
        absolute.as_str(),
        "departments/2025/../2025/shimin.yaml",
        "departments//2025/shimin.yaml",
    ] {
        rows.same(form, report(&[form]), found.clone());
    }
    let all = report(&[]);
    for form in ["departments/2025", "departments/2025/", "departments", "./departments", "."] {
        rows.same(form, report(&[form]), all.clone());
    }
    rows.same("two", report(&["somu", "shimin"]), all.clone());
    rows.same("one twice", report(&["shimin", "市民部", SHIMIN]), found.clone());
    rows.same("another file", report(&[POLICY]), vec![]);
    rows.same("a folder of policy", report(&["policy"]), vec![]);
    // From a folder below, paths are those of that folder.
    let below = ended(program(&town.path("departments/2025")).args(["check", "--format", "json", "shimin.yaml"]));
    rows.same(
        "shimin.yaml from its folder",
        serde_json::from_str::<Value>(&below.out).map(|r| codes(&r)).unwrap_or_default(),
        found.clone(),
    );
    let outside = ended(program(&std::env::temp_dir()).args([
        "-C",
        &town.root().display().to_string(),
        "check",
        "--format",
        "json",
        &absolute,
    ]));
    rows.same(
        "absolute with -C",
        serde_json::from_str::<Value>(&outside.out).map(|r| codes(&r)).unwrap_or_default(),
        found,
    );
    // stdin stands for a file.
    let fine = Town::small("forms-fine").read(SHIMIN);
    for name in [SHIMIN, dotted.as_str(), absolute.as_str()] {
        let mut child = town
            .command(&["check", "-", "--stdin-filename", name, "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(fine.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        rows.same(
            format!("- as {name}"),
            (output.status.code(), codes(&serde_json::from_slice(&output.stdout).unwrap())),
            (Some(0), vec![]),
        );
    }
    for form in ["市民部", "市民", "shimin", SHIMIN, dotted.as_str(), absolute.as_str()] {
        for command in ["coverage", "show", "packet"] {
            rows.same(format!("{command} {form}"), town.run(&[command, form]).code, 0);
        }
    }
    rows.same("--stdin-filename without -", town.run(&["check", "--stdin-filename", SHIMIN]).code, 2);
    // The whole city is validated even where one department is asked for.
    rows.same("names other departments", ended(town.command(&["check", "somu"]).arg("--warnings")).code, 1);
}

#[test]
fn a_city_may_lie_under_any_name() {
    let mut rows = Rows::default();
    for name in ["a b", "市 役所", "x'y", "a&b;c"] {
        let scratch = Scratch::new(&format!("contract-{name}"));
        lay_out("small", &scratch.0);
        let plan = scratch.0.join(SHIMIN).display().to_string();
        rows.same(name, ended(program(&scratch.0).args(["check", &plan])).code, 0);
        rows.same(format!("{name} packet"), ended(program(&scratch.0).args(["packet", "-o", "資 料"])).code, 0);
        rows.holds(format!("{name} papers"), scratch.0.join("資 料/somu-interviewer.pdf").is_file());
    }
    let town = Town::small("names");
    town.write("departments/2025/総務 部.yaml", town.read(SOMU));
    rows.same(
        "a plan by the department's name",
        town.codes().iter().any(|code| code.ends_with("departments/2025/総務 部.yaml")),
        true,
    );
}

const POINT: [&str; 3] = ["line", "column", "offset"];

/// Every range lies in its file: lines and columns are those of its offsets.
fn place_rows(rows: &mut Rows, town: &Town, path: &str, range: &Value) {
    rows.same(path, keys(range), vec!["start", "end"]);
    let text = String::from_utf8_lossy(&fs::read(town.path(path)).unwrap_or_default()).into_owned();
    let mut offsets = [0_usize; 2];
    for (at, end) in ["start", "end"].into_iter().enumerate() {
        rows.same(path, keys(&range[end]), POINT.to_vec());
        let number = |key: &str| usize::try_from(range[end][key].as_u64().unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        offsets[at] = number("offset");
        let Some(before) = text.get(..number("offset")) else {
            rows.0.push(format!("{path}: no boundary at {range}"));
            continue;
        };
        let line = before.matches('\n').count() + 1;
        let column =
            before[before.rfind('\n').map_or(0, |at| at + 1)..].trim_start_matches('\u{feff}').chars().count() + 1;
        rows.same(format!("{path} {range}"), (number("line"), number("column")), (line, column));
    }
    rows.holds(format!("{path} {range} is forward"), offsets[0] <= offsets[1]);
}

fn report_rows(rows: &mut Rows, town: &Town, report: &Value) {
    rows.same("top", keys(report), vec!["schema_version", "tool", "fiscal_years", "summary", "diagnostics"]);
    rows.same(
        "tool",
        (keys(&report["tool"]), report["tool"]["name"].clone()),
        (vec!["name", "version"], "kpolicy".into()),
    );
    rows.same("summary", keys(&report["summary"]), vec!["files", "plans", "errors", "warnings", "infos", "unreadable"]);
    let all = list(report, "diagnostics");
    let key = |d: &Value| (text(d, "path"), d["range"]["start"]["offset"].as_u64(), text(d, "code"));
    rows.holds("sorted", all.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])));
    for (level, name) in [("error", "errors"), ("warning", "warnings"), ("info", "infos")] {
        rows.same(
            name,
            report["summary"][name].as_u64(),
            Some(all.iter().filter(|d| d["severity"] == level).count() as u64),
        );
    }
    for d in all {
        rows.same(
            "diagnostic",
            keys(d),
            vec!["code", "name", "severity", "message", "help", "path", "range", "related", "fix"],
        );
        rows.holds("a relative path with /", !text(d, "path").starts_with('/') && !text(d, "path").contains('\\'));
        place_rows(rows, town, &text(d, "path"), &d["range"]);
        for other in list(d, "related") {
            rows.same("related", keys(other), vec!["path", "range", "message"]);
            place_rows(rows, town, &text(other, "path"), &other["range"]);
        }
        if d["fix"].is_null() {
            continue;
        }
        rows.same("fix", keys(&d["fix"]), vec!["safe", "title", "edits"]);
        rows.holds("a fix has edits", !list(&d["fix"], "edits").is_empty());
        for edit in list(&d["fix"], "edits") {
            rows.same("edit", keys(edit), vec!["path", "range", "text"]);
            place_rows(rows, town, &text(edit, "path"), &edit["range"]);
        }
    }
}

#[test]
fn the_json_of_check() {
    let mut rows = Rows::default();
    let town = Town::small("json");
    report_rows(&mut rows, &town, &town.check());
    rows.same(
        "clean",
        town.check()["summary"].to_string(),
        r#"{"files":7,"plans":2,"errors":0,"warnings":0,"infos":0,"unreadable":[]}"#.to_owned(),
    );
    // Many slips at once, with and without BOM and CRLF.
    for (bom, ends) in [("", "\n"), ("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n")] {
        let town = Town::small("json-slips");
        town.edit(SOMU, "    title:", "    tittle:");
        town.edit(SOMU, "      - 1-1\n", "      - 1-9\n      - １－２\n");
        town.edit(SOMU, "        by: 2025-09-30", "        by: 令和７年９月30日");
        town.edit(SOMU, "    division: bosai", "    division： 防災課");
        town.edit(SHIMIN, "      - 1-1\n", "      - 1.1\n      - 防災\n");
        town.edit(SHIMIN, "status: submitted", "# 注 🏢\nstatus: 提出済み");
        for file in [SOMU, SHIMIN, POLICY] {
            town.write(file, format!("{bom}{}", town.read(file).replace('\n', ends)));
        }
        let report = town.check();
        report_rows(&mut rows, &town, &report);
        let status = list(&report, "diagnostics").iter().find(|d| d["path"] == SHIMIN).unwrap().clone();
        let start = bom.len() + "# 注 🏢".len() + ends.len() + "status: ".len();
        rows.same(
            "offset of 提出済み",
            status["range"]["start"].to_string(),
            format!(r#"{{"line":2,"column":9,"offset":{start}}}"#),
        );
        rows.same(
            "end is exclusive",
            status["range"]["end"].to_string(),
            format!(r#"{{"line":2,"column":13,"offset":{}}}"#, start + 12),
        );
    }
    // Findings on a whole file.
    let whole = r#"{"start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0}}"#;
    let town = Town::small("json-whole");
    fs::remove_file(town.path(SHIMIN)).unwrap();
    town.write("departments/2025/shimin.yml", "status: draft\n");
    town.write("policy/2025/memo.yaml", "a: b\n");
    town.write("departments/2025/somu.yaml", b"status: \x8e\x73\n");
    let report = town.check();
    for code in ["K207", "K001"] {
        let found = list(&report, "diagnostics").iter().find(|d| d["code"] == code).map(|d| d["range"].to_string());
        rows.same(code, found, Some(whole.to_owned()));
    }
    rows.same("unreadable", report["summary"]["unreadable"].clone(), vec![SOMU].into());
    let town = Town::small("json-missing");
    fs::remove_file(town.path(SHIMIN)).unwrap();
    rows.same("K306 alone", town.bare(), vec!["K306".to_owned()]);
    report_rows(&mut rows, &town, &town.check());
    // Never cut, in either language, and the same for the same input.
    let town = Town::of("shipped", "json-many");
    let mut plan = town.read("departments/2025/somu.yaml");
    for at in 0..150 {
        plan.push_str(&format!("unknown{at}: 1\n"));
    }
    town.write(SOMU, plan);
    let report = town.json(&["check", "--format", "json", "--max-diagnostics", "3"]);
    rows.holds("never cut", list(&report, "diagnostics").len() >= 150);
    report_rows(&mut rows, &town, &report);
    rows.same(
        "the same again",
        town.run(&["check", "--format", "json"]).out,
        town.run(&["check", "--format", "json"]).out,
    );
    rows_code(town.run(&["check", "--format", "json", "--fail-level", "never", "-o", "report.json"]));
    rows.same("-o", town.read("report.json"), town.run(&["check", "--format", "json"]).out);
}

#[test]
fn a_revision_is_judged_without_the_work_tree() {
    let (town, mut rows) = (Town::small("rev"), Rows::default());
    let first = commit(town.root(), "最初");
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-7\n");
    rows.same("work tree", town.run(&["check"]).code, 1);
    for rev in ["HEAD", first.as_str(), &first[..8], "main"] {
        let ran = town.run(&["check", "--rev", rev]);
        rows.same(format!("--rev {rev}"), (ran.code, ran.err.as_str()), (0, ""));
    }
    let second = commit(town.root(), "次");
    rows.same("HEAD now", town.run(&["check", "--rev", "HEAD"]).code, 1);
    rows.same("HEAD~1", town.run(&["check", "--rev", "HEAD~1"]).code, 0);
    let percent =
        |rev: &str| town.json(&["coverage", "--format", "json", "--rev", rev])["summary"]["percent"].to_string();
    rows.same("coverage", (percent(&first), percent(&second)), ("100.0".to_owned(), "66.6".to_owned()));
    for rev in ["nope", "HEAD~9", ""] {
        let ran = town.run(&["check", "--rev", rev]);
        rows.same(format!("--rev {rev:?}"), (ran.code, ran.out.as_str()), (2, ""));
    }
    // A city below the repository's top.
    let outer = Scratch::new("contract-rev-below");
    lay_out("small", &outer.0.join("市/x"));
    commit(&outer.0, "一つ");
    let ran = ended(program(&outer.0.join("市/x")).args(["check", "--rev", "HEAD"]));
    rows.same("below", (ran.code, ran.err.as_str()), (0, ""));
}

/// Commits everything below a folder; the repository is made when there is none.
fn commit(folder: &Path, message: &str) -> String {
    let repository = git2::Repository::open(folder).unwrap_or_else(|_| {
        git2::Repository::init_opts(folder, git2::RepositoryInitOptions::new().initial_head("main")).unwrap()
    });
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let who = git2::Signature::new("t", "t@example.jp", &git2::Time::new(1_743_465_600, 540)).unwrap();
    let parent = repository.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
    repository.commit(Some("HEAD"), &who, &who, message, &tree, &parents).unwrap().to_string()
}

// ---- 4 Rules ----

#[test]
fn levels_come_from_the_settings_but_unreadable_files_stay_errors() {
    let mut rows = Rows::default();
    let level = |code: &str, level: &str, file: &str, old: &str, new: &str| {
        let town = Town::small("levels");
        town.edit(SETTINGS, "lang: ja", &format!("lang: ja\nrules:\n  {code}: {level}"));
        town.edit(file, old, new);
        let report = town.check();
        let found = list(&report, "diagnostics").iter().find(|d| d["code"] == code).map(|d| text(d, "severity"));
        (found, town.run(&["check"]).code)
    };
    for (word, severity, code) in [
        ("error", Some("error"), 1),
        ("warning", Some("warning"), 0),
        ("info", Some("info"), 0),
        ("off", None, 0),
        ("\"off\"", None, 0),
    ] {
        rows.same(
            word,
            level("K201", word, SHIMIN, "      - 1-1\n", "      - 1-1\n      - 1-9\n"),
            (severity.map(str::to_owned), code),
        );
    }
    rows.same("raised", level("K212", "error", SHIMIN, "kind: output", "kind: 活動"), (Some("error".to_owned()), 1));
    rows.same("raised info", level("K212", "info", SHIMIN, "kind: output", "kind: 活動"), (Some("info".to_owned()), 0));
    for (code, old, new) in [
        ("K002", "direction: |-", "direction: [|-"),
        ("K003", "goals:", "<<<<<<< HEAD\nmission: a\n=======\nmission: b\n>>>>>>> x\ngoals:"),
        ("K007", "status: submitted", "status: &a submitted"),
        (
            "K008",
            "status: submitted",
            "status: submitted\nextra: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        ),
        ("K010", "status: submitted", "status: submitted\nstatus: draft"),
    ] {
        for word in ["off", "warning", "info"] {
            rows.same(format!("{code} {word}"), level(code, word, SHIMIN, old, new), (Some("error".to_owned()), 1));
        }
    }
    let town = Town::small("levels-utf8");
    town.edit(SETTINGS, "lang: ja", "lang: ja\nrules:\n  K001: off\n  K011: off");
    town.write(SHIMIN, b"status: \x8e\x73\n");
    rows.same("K001", town.bare(), vec!["K001".to_owned()]);
    // The contract's own example names a rule to come.
    let town = Town::small("levels-later");
    town.edit(SETTINGS, "lang: ja", "lang: ja\nrules:\n  K405: warning\n  K602: off");
    rows.same("rules to come", town.bare(), vec![]);
    rows.same("--ignore them", town.run(&["check", "--ignore", "K405,K5,K6"]).code, 0);
    // A word for the level that is none.
    let town = Town::small("levels-word");
    town.edit(SETTINGS, "lang: ja", "lang: ja\nrules:\n  K201: fatal");
    rows.same("no such level", town.bare(), vec!["K108".to_owned()]);
}

#[test]
fn a_draft_may_lack_what_is_still_to_be_written() {
    let mut rows = Rows::default();
    let of = |status: &str, edits: &[(&str, &str)]| {
        let town = Town::small("draft");
        // A policy that asks in every way.
        town.edit(
            POLICY,
            "        scope: every_department\n",
            "        scope: every_department\n        answered_by: goal\n",
        );
        let more: String = ["review", "information", "reform", "handover", "plan", "interview"]
            .iter()
            .enumerate()
            .map(|(at, way)| format!("      - id: 1-{}\n        short: 項目\n        text: |-\n          行うこと。\n        scope: every_department\n        answered_by: {way}\n", at + 3))
            .collect();
        let view = "      - id: 1-9\n        short: 視点\n        text: |-\n          視点を入れること。\n        scope: every_goal\n        answered_by: viewpoint\n        viewpoint: decarbonization\n";
        let policy = town.read(POLICY);
        town.write(POLICY, format!("{policy}{more}{view}"));
        town.edit(SOMU, "status: submitted", &format!("status: {status}"));
        town.edit(SOMU, "    since: 2024-04-01", "    since: 2025-04-01");
        for (old, new) in edits {
            town.edit(SOMU, old, new);
        }
        let report = town.json(&["check", "--format", "json", "somu"]);
        let mut found: Vec<String> = list(&report, "diagnostics")
            .iter()
            .map(|d| format!("{} {}", text(d, "code"), text(d, "severity")))
            .collect();
        found.sort();
        (found, town.run(&["check", "somu"]))
    };
    let (found, ran) = of("submitted", &[]);
    rows.same(
        "submitted",
        (found, ran.code),
        (["K303 error", "K401 error", "K402 error", "K403 error", "K412 error"].map(str::to_owned).to_vec(), 1),
    );
    let (found, ran) = of("draft", &[]);
    rows.same(
        "draft",
        (found, ran.code),
        (["K303 info", "K401 info", "K402 info", "K403 info", "K412 info"].map(str::to_owned).to_vec(), 0),
    );
    rows.holds(format!("one list: {}", ran.out), ran.out.contains("提出までに書くこと 5か所"));
    let lack = [
        ("    outcome: 市民が待たずに手続を終えられる\n", ""),
        ("      - 1-1\n      - 1-2\n", "      - （記入）\n"),
        ("      - name: 非常用電源で動く窓口の数", "      - name: （記入）"),
    ];
    let (found, ran) = of("draft", &lack);
    rows.holds(
        format!("draft with placeholders: {found:?}"),
        found.iter().all(|line| line.ends_with("info")) && found.iter().any(|line| line.starts_with("K102")),
    );
    rows.same("a draft can be committed", ran.code, 0);
    let (found, ran) = of("submitted", &lack);
    rows.holds(
        format!("submitted with placeholders: {found:?}"),
        ran.code == 1 && found.iter().any(|line| line == "K104 error") && found.iter().any(|line| line == "K102 error"),
    );
    // Faults of form stay errors.
    for (old, new, code) in [
        ("    title:", "    tittle:", "K101 error"),
        ("      - 1-1\n", "      - 9-9\n", "K201 error"),
        ("        by: 2025-09-30", "        by: 九月", "K105 error"),
    ] {
        let (found, ran) = of("draft", &[(old, new)]);
        rows.holds(format!("{new}: {found:?}"), found.contains(&code.to_owned()) && ran.code == 1);
    }
    // A missing status is no draft.
    let town = Town::small("draft-none");
    town.edit(SOMU, "status: submitted\n", "");
    rows.same("no status", (town.bare(), town.run(&["check"]).code), (vec!["K102".to_owned()], 1));
    // K302 waits for the draft that must answer.
    let town = Town::small("draft-302");
    town.edit(SOMU, "status: submitted", "status: draft");
    town.edit(SOMU, "      - 1-2\n", "");
    let report = town.check();
    rows.same(
        "K302 of a draft",
        list(&report, "diagnostics").iter().map(|d| format!("{} {}", text(d, "code"), text(d, "severity"))).collect(),
        vec!["K307 info".to_owned(), "K302 info".to_owned()],
    );
}

#[test]
fn one_slip_is_one_finding() {
    let mut rows = Rows::default();
    let mut row = |what: &str, edits: &[(&str, &str, &str)], should: &[&str]| {
        let town = Town::small("slip");
        for (file, old, new) in edits {
            town.edit(file, old, new);
        }
        let mut should: Vec<String> = should.iter().map(|code| (*code).to_owned()).collect();
        should.sort();
        rows.same(what, town.bare(), should);
    };
    // K003–K006 replace K002.
    row("full-width colon", &[(SOMU, "    title: ", "    title：")], &["K004"]);
    row("full-width bullet", &[(SOMU, "      - 1-2", "      － 1-2")], &["K004"]);
    row("full-width hash", &[(SOMU, "status: submitted", "＃ 注\nstatus: submitted")], &["K004"]);
    row("tab", &[(SOMU, "    division: bosai", "\tdivision: bosai")], &["K005"]);
    row("invisible", &[(SOMU, "    division: bosai", "    division:\u{200b} bosai")], &["K006"]);
    row("ideographic space", &[(SOMU, "    division: bosai", "    division:\u{3000}bosai")], &["K006"]);
    row(
        "merge",
        &[(
            SOMU,
            "    division: bosai\n",
            "<<<<<<< HEAD\n    division: bosai\n=======\n    division: shokuin\n>>>>>>> x\n",
        )],
        &["K003"],
    );
    row(
        "a row of = alone is no marker",
        &[(SOMU, "  市民が安心して使える窓口をつくる。", "  市民が\n  =======\n  使える窓口をつくる。")],
        &[],
    );
    // K104 replaces what follows from it.
    // One placeholder hides one item; of two gaps nobody can tell which follows, and both are told.
    row("placeholder cites", &[(SHIMIN, "      - 1-1\n", "      - （記入）\n")], &["K104"]);
    row("placeholder cites besides", &[(SHIMIN, "      - 1-1\n", "      - 1-1\n      - （記入）\n")], &["K104"]);
    row(
        "placeholder response",
        &[
            (SHIMIN, "      - 1-1\n", "      - 1-2\n"),
            (SHIMIN, "goals:", "responses:\n  - cites:\n      - 1-1\n    text: （記入）\ngoals:"),
        ],
        &["K104"],
    );
    row(
        "placeholder reason",
        &[
            (
                POLICY,
                "        scope: every_department\n",
                "        scope: every_department\n        may_decline: true\n",
            ),
            (SHIMIN, "      - 1-1\n", "      - 1-2\n"),
            (SHIMIN, "goals:", "not_applicable:\n  - items:\n      - 1-1\n    reason: （記入）\ngoals:"),
        ],
        &["K104"],
    );
    row("placeholder division", &[(SOMU, "division: bosai", "division: （記入）")], &["K104"]);
    row("placeholder value", &[(SOMU, "          value: 4", "          value: （記入）")], &["K104"]);
    row("placeholder by", &[(SOMU, "by: 2025-09-30", "by: （記入）")], &["K104"]);
    row("placeholder title", &[(SOMU, "title: 窓口を止めない仕組み", "title: （記入）")], &["K104"]);
    row("placeholder direction", &[(SOMU, "  市民が安心して使える窓口をつくる。", "  （記入）")], &["K104"]);
    row("placeholder measure", &[(SOMU, "name: 非常用電源で動く窓口の数", "name: （記入）")], &["K104"]);
    row("placeholder status", &[(SOMU, "status: submitted", "status: （記入）")], &["K104"]);
    row("placeholder signer", &[(SOMU, "post: 総務部長", "post: （記入）")], &["K104"]);
    row("to be confirmed", &[(SOMU, "division: bosai", "division: bosai # （確認）")], &["K104"]);
    row("to be confirmed counts", &[(SHIMIN, "      - 1-1\n", "      - 1-1 # （確認）\n")], &["K104"]);
    row("placeholder within words", &[(SOMU, "title: 窓口を止めない仕組み", "title: 窓口を（記入）する")], &["K104"]);
    // K107, K106.
    row("K107 for an id", &[(SHIMIN, "      - 1-1\n", "      - 1-1\n      - 1.6\n")], &["K107"]);
    row("K107 for a word", &[(SOMU, "kind: output", "kind: no")], &["K107"]);
    row("K107 for a division", &[(SOMU, "division: bosai", "division: 012")], &["K107"]);
    row("K106 for a division", &[(SOMU, "division: bosai", "division: Bosai_Anzen")], &["K106"]);
    row("K108", &[(SOMU, "kind: output", "kind: 効果")], &["K108"]);
    // A gap each.
    row("K301", &[(SHIMIN, "      - 1-1\n", "      - 1-2\n")], &["K301"]);
    row("K307", &[(SOMU, "      - 1-2\n", "")], &["K302", "K307"]);
    row(
        "K406",
        &[(
            SOMU,
            "    division: bosai",
            "    division: bosai\n  - id: G2\n    title: 研修\n    outcome: 育つ\n    division: bosai\n    no_measures: 初年度のため\n  - id: G3\n    title: 訓練\n    outcome: 慣れる\n    cites:\n      - 1-1",
        )],
        &["K404", "K406"],
    );
    row(
        "K305 replaces K301",
        &[
            (SHIMIN, "      - 1-1\n", "      - 1-2\n"),
            (SHIMIN, "goals:", "not_applicable:\n  - items:\n      - 1-1\n    reason: ない\ngoals:"),
        ],
        &["K305"],
    );
    row(
        "K308 replaces K301",
        &[
            (
                POLICY,
                "        scope: every_department\n",
                "        scope: every_department\n        may_decline: true\n",
            ),
            (SHIMIN, "      - 1-1\n", "      - 1-2\n"),
            (SOMU, "      - 1-1\n", ""),
            (
                SHIMIN,
                "goals:",
                "not_applicable:\n  - items:\n      - 1-1\n    reason: ない\n    handled_by: somu\ngoals:",
            ),
        ],
        &["K301", "K302", "K308"],
    );
    row(
        "K304",
        &[
            (
                POLICY,
                "        scope: every_department\n",
                "        scope: every_department\n        may_decline: true\n",
            ),
            (SHIMIN, "goals:", "not_applicable:\n  - items:\n      - 1-1\n    reason: ない\ngoals:"),
        ],
        &["K304"],
    );
    row(
        "K303",
        &[(
            POLICY,
            "        scope: any_department\n        lead:\n          - somu\n",
            "        scope: every_goal\n        answered_by: viewpoint\n        viewpoint: decarbonization\n",
        )],
        &["K303", "K303", "K302"],
    );
    row(
        "K303 partial",
        &[
            (
                POLICY,
                "        scope: any_department\n        lead:\n          - somu\n",
                "        scope: every_goal\n        answered_by: viewpoint\n        viewpoint: decarbonization\n",
            ),
            (SOMU, "    division: bosai", "    viewpoints:\n      decarbonization: 電気を減らす\n    division: bosai"),
        ],
        &["K303"],
    );
    row(
        "K310",
        &[
            (
                POLICY,
                "        scope: every_department\n",
                "        scope: every_department\n        answered_by: goal\n",
            ),
            (SHIMIN, "      - 1-1\n", "      - 1-2\n"),
            (SHIMIN, "goals:", "responses:\n  - cites:\n      - 1-1\n    text: 改める\ngoals:"),
        ],
        &["K310"],
    );
    row(
        "K309",
        &[(
            ORGANIZATION,
            "  - id: shimin\n    name: 市民部\n",
            "  - id: shimin2\n    name: 市民２部\n    plan: none\n",
        )],
        &["K309", "K203"],
    );
    row(
        "K108 of every_goal",
        &[(
            POLICY,
            "        scope: any_department\n        lead:\n          - somu\n",
            "        scope: every_goal\n        answered_by: interview\n",
        )],
        &["K108"],
    );
}

#[test]
fn one_gap_is_one_finding_per_item() {
    let (town, mut rows) = (Town::small("gap"), Rows::default());
    clauses(&town);
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-2\n");
    let report = town.check();
    rows.same("one K301 for both clauses", codes(&report), vec![format!("K301 {SHIMIN}")]);
    let told = report["diagnostics"][0].to_string();
    rows.holds(format!("it names both: {told}"), told.contains("1-1"));
    town.edit(SHIMIN, "      - 1-2\n", "      - 1-2\n      - 1-1-a\n");
    let report = town.check();
    rows.same("one K301 for one clause", codes(&report), vec![format!("K301 {SHIMIN}")]);
    let told = report["diagnostics"][0].to_string();
    rows.holds(
        format!("it names the clause: {told}"),
        told.contains("1-1-b") || told.contains("イ") || told.contains("手続を分かりやすくする"),
    );
    // No plan: K306 and nothing else of K3 and K4.
    let town = Town::small("gap-plan");
    fs::remove_file(town.path(SOMU)).unwrap();
    let found = town.bare();
    rows.same("K306, and K302 for what nobody answers", found, vec!["K302".to_owned(), "K306".to_owned()]);
    // A broken plan is unreadable, not missing.
    let town = Town::small("gap-broken");
    town.edit(SHIMIN, "direction: |-", "direction: [|-");
    rows.same("K002 alone", town.bare(), vec!["K002".to_owned()]);
    // With the policy unreadable, one line says what was not done.
    for file in [POLICY, ORGANIZATION] {
        let town = Town::small("gap-policy");
        let all = town.read(file);
        town.write(file, format!("{all}broken: [\n"));
        town.edit(SHIMIN, "      - 1-1\n", "      - 1-9\n");
        town.edit(SOMU, "    title:", "    tittle:");
        let ran = town.run(&["check", "--format", "json"]);
        rows.same(file, (ran.code, ran.err.lines().count()), (1, 1));
        rows.holds(format!("{file} is named: {}", ran.err), ran.err.contains(file));
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let mut found: Vec<String> = list(&report, "diagnostics").iter().map(|d| text(d, "code")).collect();
        found.sort();
        rows.same(format!("{file} codes"), found, vec!["K002".to_owned(), "K101".to_owned()]);
        rows.same(format!("{file} coverage"), town.run(&["coverage"]).code, 2);
    }
    // One broken plan never hides the others.
    let town = Town::small("gap-others");
    town.write(SOMU, "a: [\n");
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-9\n");
    let found = town.bare();
    rows.holds(format!("{found:?}"), found.contains(&"K201".to_owned()) && found.contains(&"K002".to_owned()));
}

// ---- Papers, and what the tool never does ----

#[test]
fn papers_are_named_and_written_whole() {
    let (town, mut rows) = (Town::small("papers"), Rows::default());
    // Nothing that somu is asked for: only the appendix of all items has it.
    let policy = town.read(POLICY);
    town.write(POLICY, format!("{policy}      - id: 1-3\n        short: 市民相談\n        text: |-\n          相談に応じること。\n        scope: any_department\n        lead:\n          - shimin\n"));
    town.edit(SHIMIN, "      - 1-1\n", "      - 1-1\n      - 1-3\n");
    let names = |folder: &str| {
        let mut names: Vec<String> = fs::read_dir(town.path(folder))
            .map(|all| all.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        names.sort();
        names
    };
    for (args, folder, should) in [
        (vec!["packet"], "packets/2025", vec!["shimin-interviewer.pdf", "somu-interviewer.pdf"]),
        (vec!["packet", "--all", "-o", "all"], "all", vec!["shimin-interviewer.pdf", "somu-interviewer.pdf"]),
        (
            vec!["packet", "総務部", "-o", "one", "--format", "pdf,html"],
            "one",
            vec!["somu-department.html", "somu-department.pdf"],
        ),
        (vec!["packet", "somu", "--for", "interviewer", "-o", "asked"], "asked", vec!["somu-interviewer.pdf"]),
        (
            vec!["packet", "--for", "department", "-o", "dept"],
            "dept",
            vec!["shimin-department.pdf", "somu-department.pdf"],
        ),
        (vec!["packet", "somu", "市民", "-o", "two"], "two", vec!["shimin-department.pdf", "somu-department.pdf"]),
        (
            vec!["packet", "somu", "--format", "html,markdown,json", "-o", "deep/er"],
            "deep/er",
            vec!["somu-department.html", "somu-department.json", "somu-department.md"],
        ),
        (vec!["packet", SOMU, "--full", "-o", "full", "--format", "html"], "full", vec!["somu-department.html"]),
    ] {
        let ran = town.run(&args);
        rows.same(format!("{args:?}"), (ran.code, ran.err.as_str()), (0, ""));
        rows.same(format!("{args:?}"), names(folder), should.into_iter().map(str::to_owned).collect());
    }
    rows.same("--all with a name", town.run(&["packet", "--all", "somu"]).code, 2);
    let html = town.read("one/somu-department.html");
    rows.holds("--full is longer", town.read("full/somu-department.html").len() > html.len());
    rows.holds(
        "HTML stands alone",
        html.starts_with("<!DOCTYPE html>")
            && html.trim_end().ends_with("</html>")
            && !html.contains("http://")
            && !html.contains("src=\"http"),
    );
    rows.holds("JSON is JSON", serde_json::from_str::<Value>(&town.read("deep/er/somu-department.json")).is_ok());
    rows.holds("no git", html.contains("git 管理外"));
    // Deterministic, and foreign files are kept.
    town.write("one/memo.txt", "手書き");
    town.write("one/somu-interviewer.html", "別のもの");
    let pdf = fs::read(town.path("one/somu-department.pdf")).unwrap();
    rows_code(town.run(&["packet", "somu", "-o", "one", "--format", "html,pdf"]));
    rows.same("the same again", town.read("one/somu-department.html") == html, true);
    rows.holds("the same PDF again", fs::read(town.path("one/somu-department.pdf")).unwrap() == pdf);
    rows.same(
        "foreign files",
        (town.read("one/memo.txt"), town.read("one/somu-interviewer.html")),
        ("手書き".to_owned(), "別のもの".to_owned()),
    );
    rows.same(
        "nothing else is left",
        names("one"),
        ["memo.txt", "somu-department.html", "somu-department.pdf", "somu-interviewer.html"]
            .map(str::to_owned)
            .to_vec(),
    );
    // What cannot be written is said, and an old paper is never half overwritten.
    town.write("blocked", "a file");
    rows.same("-o a file", town.run(&["packet", "-o", "blocked"]).code, 2);
    fs::create_dir_all(town.path("odd/somu-department.pdf")).unwrap();
    rows.same("a folder in the way", town.run(&["packet", "somu", "-o", "odd"]).code, 2);
    // A link is never written through.
    #[cfg(unix)]
    {
        town.write("precious.pdf", "大事");
        fs::create_dir_all(town.path("linked")).unwrap();
        std::os::unix::fs::symlink(town.path("precious.pdf"), town.path("linked/somu-department.pdf")).unwrap();
        rows.same("a link in the way", town.run(&["packet", "somu", "-o", "linked"]).code, 2);
        rows.same("kept", town.read("precious.pdf"), "大事".to_owned());
    }
    // The default folder is kept out of git by itself; other folders are the user's own.
    rows.same("packets/.gitignore", town.read("packets/.gitignore"), "*\n".to_owned());
    rows.holds("no .gitignore elsewhere", !town.path("one/.gitignore").exists());
    town.write("packets/.gitignore", "# 市の決まり\n");
    rows_code(town.run(&["packet", "somu"]));
    rows.same("kept as it is", town.read("packets/.gitignore"), "# 市の決まり\n".to_owned());
    // Papers do not disturb the city.
    rows.same("check after", town.run(&["check"]).code, 0);
}

#[test]
fn papers_say_where_they_come_from() {
    let (town, mut rows) = (Town::small("provenance"), Rows::default());
    let paper = |args: &[&str]| {
        let mut all = vec!["packet", "somu", "-o", "papers", "--format", "html,markdown,json"];
        all.extend(args);
        let ran = town.run(&all);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        (["html", "md", "json"].map(|ending| town.read(&format!("papers/somu-department.{ending}"))), ran.out)
    };
    let first = commit(town.root(), "最初");
    let short = &first[..7];
    let (papers, out) = paper(&[]);
    for paper in &papers {
        rows.holds("the commit is printed", paper.contains(short));
    }
    rows.holds(
        "clean says nothing of changes",
        !papers[1].contains("未コミットの変更") && !out.contains("コミットしていない"),
    );
    town.edit(SOMU, "  市民が安心して使える窓口をつくる。", "  市民が安心して使える窓口を直ちにつくる。");
    let (papers, out) = paper(&[]);
    rows.holds(
        format!("changes are printed: {out}"),
        papers[0].contains("未コミットの変更") && papers[1].contains("未コミットの変更") && out.contains("somu.yaml"),
    );
    let (papers, _) = paper(&["--rev", "HEAD"]);
    rows.holds(
        "--rev is of the commit",
        papers[0].contains(short) && !papers[0].contains("直ちに") && !papers[0].contains("未コミットの変更"),
    );
    // A repository without a commit, and one that is refused.
    let town = Town::small("provenance-empty");
    git2::Repository::init(town.root()).unwrap();
    rows.same("before the first commit", town.run(&["packet", "somu", "-o", "papers"]).code, 0);
    let town = Town::small("provenance-refused");
    commit(town.root(), "最初");
    fs::write(town.path(".git/HEAD"), "garbage\n").unwrap();
    let ran = town.run(&["packet", "somu", "-o", "papers"]);
    rows.same("refused", (ran.code, ran.out.as_str()), (2, ""));
    rows.holds("nothing was written", !town.path("papers/somu-department.pdf").exists());
    rows.same("check needs no git", town.run(&["check"]).code, 0);
    let town = Town::small("provenance-format");
    commit(town.root(), "最初");
    let config = town.read(".git/config");
    town.write(
        ".git/config",
        format!(
            "{}\n[extensions]\n\tobjectformat = sha9\n",
            config.replace("repositoryformatversion = 0", "repositoryformatversion = 1")
        ),
    );
    let ran = town.run(&["packet", "somu", "-o", "papers"]);
    rows.same("an unknown format", ran.code, 2);
}

#[test]
fn looking_never_writes() {
    let (town, mut rows) = (Town::of("shipped", "never"), Rows::default());
    commit(town.root(), "最初");
    town.edit(SOMU, "status: ", "state: ");
    let before = town.tree();
    for args in [
        vec!["check"],
        vec!["check", "--format", "json"],
        vec!["check", "--rev", "HEAD"],
        vec!["coverage"],
        vec!["coverage", "--gaps"],
        vec!["coverage", "--format", "csv"],
        vec!["show", "1-1"],
        vec!["show", "somu"],
        vec!["explain", "K301"],
        vec!["schema", "--check"],
        vec![],
    ] {
        let ran = town.run(&args);
        rows.holds(format!("{args:?} {}", ran.err), ran.code < 2);
        rows.holds(format!("{args:?} writes nothing"), town.tree() == before);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_never_opened() {
    use std::os::unix::fs::symlink;
    let mut rows = Rows::default();
    let at = "departments/2025/shimin.yaml";
    type Make = fn(&Town, &str);
    let kinds: [(&str, Make); 5] = [
        ("a link to a plan", |town, at| symlink(town.path(SOMU), town.path(at)).unwrap()),
        ("a link to nothing", |town, at| symlink("/no/such/file", town.path(at)).unwrap()),
        ("a link to itself", |town, at| symlink(town.path(at), town.path(at)).unwrap()),
        ("a folder", |town, at| fs::create_dir(town.path(at)).unwrap()),
        ("a pipe", |town, at| assert!(Command::new("mkfifo").arg(town.path(at)).status().unwrap().success())),
    ];
    for (what, make) in kinds {
        let town = Town::small("unsafe");
        fs::remove_file(town.path(at)).unwrap();
        make(&town, at);
        rows.same(what, town.codes(), vec![format!("K011 {at}")]);
        rows.same(
            format!("{what} is unreadable"),
            town.coverage()["departments"][1]["plan_state"].clone(),
            "unreadable".into(),
        );
        rows.same(format!("{what} in the summary"), town.check()["summary"]["unreadable"].clone(), vec![at].into());
        rows.same(format!("{what} explained"), town.run(&["check", "shimin"]).code, 1);
    }
    // A linked folder would borrow whole years.
    let town = Town::small("unsafe-folder");
    fs::rename(town.path("departments/2025"), town.path("elsewhere")).unwrap();
    symlink(town.path("elsewhere"), town.path("departments/2025")).unwrap();
    let found = town.codes();
    rows.holds(format!("a linked year: {found:?}"), found.iter().any(|code| code == "K011 departments/2025"));
    // The settings, the policy.
    let town = Town::small("unsafe-settings");
    fs::remove_file(town.path(SETTINGS)).unwrap();
    symlink("/dev/zero", town.path(SETTINGS)).unwrap();
    rows.same("settings", town.codes(), vec![format!("K011 {SETTINGS}")]);
    let town = Town::small("unsafe-policy");
    fs::remove_file(town.path(POLICY)).unwrap();
    symlink("/dev/zero", town.path(POLICY)).unwrap();
    let ran = town.run(&["check", "--format", "concise"]);
    rows.holds(format!("policy: {ran:?}"), ran.code == 1 && ran.out.contains("K011") && ran.err.contains(POLICY));
    // No command hangs on the way either.
    rows.same("coverage", town.run(&["coverage"]).code, 2);
}

#[test]
fn odd_names_and_bytes_are_harmless() {
    let mut rows = Rows::default();
    let town = Town::small("odd");
    for name in
        ["con.yaml", "COM1.yaml", "a\u{202e}b.yaml", "x\u{1b}[31m.yaml", "-rf.yaml", "総務.yaml", ".yaml", "..yaml"]
    {
        town.write(&format!("departments/2025/{name}"), "status: draft\n");
    }
    let ran = town.run(&["check"]);
    rows.holds(format!("{} {}", ran.code, ran.err), ran.code == 1);
    rows.holds(
        "no control character reaches the terminal",
        !ran.out.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
    );
    let found = town.codes();
    for name in ["con", "COM1", "-rf", "総務"] {
        rows.holds(format!("{name}: {found:?}"), found.iter().any(|code| code.ends_with(&format!("/{name}.yaml"))));
    }
    // Controls inside a plan.
    let town = Town::small("odd-inside");
    town.edit(SOMU, "title: 窓口を止めない仕組み", "title: \"窓口を\\e[31m止めない\\u202e仕組み\"");
    town.edit(ORGANIZATION, "name: 総務部", "name: \"総\\e[31m務\\u202e部\"");
    town.edit(ORGANIZATION, "short: 総務", "short: \"総\\u202e\"");
    town.edit(POLICY, "title: 令和７年度", "title: \"令\\e[31m\\u202e\" #");
    town.edit(POLICY, "short: 窓口の改善", "short: \"窓\\e[31m\\u202e\"");
    town.edit(SETTINGS, "city: 国分寺市", "city: \"国\\e[31m\\u202e\"");
    town.edit(SOMU, "      - 1-1\n", "");
    for args in [
        vec![],
        vec!["check", "--format", "concise"],
        vec!["check", "somu"],
        vec!["show", "1-1"],
        vec!["coverage", "--gaps"],
        vec!["coverage", "--format", "markdown"],
        vec!["coverage", "--lang", "en"],
        vec!["check"],
        vec!["show", "somu"],
        vec!["show", "somu:G1"],
        vec!["coverage"],
        vec!["coverage", "--format", "csv"],
        vec!["packet", "somu", "-o", "papers"],
    ] {
        let ran = town.run(&args);
        rows.holds(
            format!("{args:?}"),
            !(ran.out + &ran.err).chars().any(|c| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}'),
        );
    }
    // Empty files, empty folders.
    let town = Town::small("odd-empty");
    town.write(SHIMIN, "");
    let ran = town.run(&["check"]);
    rows.holds(format!("an empty plan: {ran:?}"), ran.code == 1);
    town.write(SETTINGS, "");
    town.write("policy/2025/interviews.yaml", "# 未定\n");
    town.write(SHIMIN, fs::read(town.path(SOMU)).unwrap());
    rows.holds("empty settings", town.run(&["check"]).code < 2);
    let town = Town::of("none", "odd-bare");
    fs::create_dir_all(town.path("policy/2025")).unwrap();
    fs::create_dir_all(town.path("departments")).unwrap();
    for args in [vec!["check"], vec!["coverage"], vec!["check", "--year", "2025"], vec![]] {
        let ran = town.run(&args);
        rows.same(format!("an empty city {args:?}"), (ran.code, ran.out.as_str()), (2, ""));
    }
    rows.holds("it names what is missing", town.run(&["check", "--year", "2025"]).err.contains("policy"));
}

// ---- Several years, and what the contract leaves to sense ----

#[test]
fn several_years_are_judged_each_by_its_own_folder() {
    let (town, mut rows) = (Town::small("two"), Rows::default());
    for file in ["policy", "organization", "references"] {
        town.write(
            &format!("policy/2024/{file}.yaml"),
            town.read(&format!("policy/2025/{file}.yaml")).replace("fiscal_year: 2025", "fiscal_year: 2024"),
        );
    }
    for plan in ["somu", "shimin"] {
        town.write(&format!("departments/2024/{plan}.yaml"), town.read(&format!("departments/2025/{plan}.yaml")));
    }
    let report = town.check();
    rows.same("both", (report["fiscal_years"].clone(), codes(&report)), ([2024, 2025].to_vec().into(), vec![]));
    rows.same("files", report["summary"]["files"].clone(), 12.into());
    // Findings of the other year are not shown when one is asked for.
    town.edit("departments/2024/somu.yaml", "      - 1-1\n", "      - 1-9\n");
    let of = |year: &str| codes(&town.json(&["check", "--format", "json", "--year", year]));
    rows.same("2025", of("2025"), vec![]);
    rows.holds(format!("2024: {:?}", of("2024")), of("2024").contains(&"K201 departments/2024/somu.yaml".to_owned()));
    town.edit("departments/2024/shimin.yaml", "    title:", "    tittle:");
    rows.same("2025 knows nothing of 2024's form", of("2025"), vec![]);
    rows.same("2025 exits clean", town.run(&["check", "--year", "2025"]).code, 0);
    rows.same(
        "a path of another year than the one asked for",
        town.run(&["check", "--year", "2025", "departments/2024/somu.yaml"]).code,
        2,
    );
    rows.same("a folder of both", town.run(&["check", "--year", "2025", "departments"]).code, 0);
    // A path of the other year.
    let ran = town.run(&["check", "departments/2024/somu.yaml", "--format", "json"]);
    let found = codes(&serde_json::from_str::<Value>(&ran.out).unwrap_or_default());
    rows.holds(
        format!("{found:?}"),
        !found.is_empty() && found.iter().all(|code| code.ends_with("departments/2024/somu.yaml")),
    );
    // A department of both years by its name: both plans.
    let found = codes(&town.json(&["check", "--format", "json", "shimin"]));
    rows.same("shimin", found, vec!["K101 departments/2024/shimin.yaml".to_owned()]);
    // The newest year is the default of the others.
    rows.same("coverage", town.coverage()["fiscal_year"].clone(), 2025.into());
    rows.same(
        "coverage of 2024",
        town.json(&["coverage", "--format", "json", "--year", "r6"])["fiscal_year"].clone(),
        2024.into(),
    );
    // A closed year keeps its form and references checked, no more.
    town.edit("policy/2024/policy.yaml", "fiscal_year: 2024", "fiscal_year: 2024\nclosed: true");
    let found = town.codes();
    rows.same(
        "closed",
        found,
        vec!["K101 departments/2024/shimin.yaml".to_owned(), "K201 departments/2024/somu.yaml".to_owned()],
    );
    // Goals of last year are known by name.
    for (goal, code) in [
        ("2024:G1", vec![]),
        ("2024:G9", vec!["K204"]),
        ("2024:somu:G1", vec![]),
        ("2019:G1", vec![]),
        ("2024", vec!["K107"]),
        ("G1", vec!["K106"]),
    ] {
        let town = Town::small("two-continues");
        for file in ["policy", "organization", "references"] {
            town.write(
                &format!("policy/2024/{file}.yaml"),
                town.read(&format!("policy/2025/{file}.yaml")).replace("fiscal_year: 2025", "fiscal_year: 2024"),
            );
        }
        for plan in ["somu", "shimin"] {
            town.write(&format!("departments/2024/{plan}.yaml"), town.read(&format!("departments/2025/{plan}.yaml")));
        }
        town.edit(SHIMIN, "    cites:", &format!("    continues: {goal}\n    cites:"));
        rows.same(goal, town.bare(), code.into_iter().map(str::to_owned).collect());
    }
}

#[test]
fn citations_of_another_year_do_not_answer_this_one() {
    let (town, mut rows) = (Town::small("other-year"), Rows::default());
    town.edit(SHIMIN, "      - 1-1\n", "      - 2024:1-1\n");
    rows.same("K301", town.bare(), vec!["K301".to_owned(), "K406".to_owned()]);
    town.edit(SHIMIN, "2024:1-1", "2025:1-1");
    rows.same("its own year", town.bare().iter().filter(|code| *code == "K301").count(), 0);
}
