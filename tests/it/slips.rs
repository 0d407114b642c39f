//! Slips of shape and name as people make them: one slip is one finding, and its certain fix mends it.

use kpolicy::city::City;
use kpolicy::place::FileId;
use kpolicy::rules::{Page, RULES};
use kpolicy::source::Edit;
use kpolicy::store::{Content, Entry};

use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";

/// The small city with one line of a file replaced, as text of that file.
fn with(path: &str, from: &str, to: &str) -> String {
    let text =
        std::fs::read_to_string(support::tests_dir("cities/small").join(path)).expect("a file of the small city");
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn city(path: &str, text: &str) -> City {
    let mut snapshot = support::small_city();
    snapshot.insert(path, Entry::File(Content::Bytes(text.as_bytes().to_vec())));
    City::load(&snapshot)
}

/// Codes of the findings, and the file after its safe fixes.
fn judged(path: &str, text: &str) -> (Vec<&'static str>, String) {
    let city = city(path, text);
    support::findings(&city, |findings| {
        let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe);
        let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
        (findings.iter().map(|finding| finding.rule.code).collect(), apply(text, edits))
    })
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

#[track_caller]
fn mended(from: &str, to: &str, code: &str, fixed: &str) {
    let text = with(SOMU, from, to);
    let (codes, after) = judged(SOMU, &text);
    assert_eq!(codes, [code], "{text}");
    assert_eq!(after, with(SOMU, from, fixed));
    assert_eq!(judged(SOMU, &after).0, Vec::<&str>::new(), "{after}");
}

#[test]
fn citations_as_people_type_them_are_mended() {
    for typed in ["１－２", "1−2", "1ー2", "1(2)", "１（２）", "(1)-2"] {
        mended("- 1-2", &format!("- {typed}"), "K212", "- 1-2");
    }
}

#[test]
fn departments_and_divisions_by_name_are_mended() {
    mended("division: bosai", "division: 防災課", "K212", "division: bosai");
    let typed = "division: bosai\n    partners:\n      - ";
    for name in ["市民部", "市民"] {
        mended("division: bosai", &format!("{typed}{name}"), "K212", &format!("{typed}shimin"));
    }
    mended("division: bosai", &format!("{typed}窓口課"), "K212", &format!("{typed}shimin/madoguchi"));
}

#[test]
fn words_by_their_label_are_mended() {
    mended("status: submitted", "status: 提出済み", "K212", "status: submitted");
    mended("kind: output", "kind: 活動", "K212", "kind: output");
    mended("kind: output", "kind: Output", "K212", "kind: output");
    mended("    title:", "    目標名:", "K212", "    title:");
}

#[test]
fn dates_as_people_type_them_are_mended() {
    for typed in ["令和７年９月30日", "R7.9.30", "2025/9/30", "2025年9月30日", "\"2025/09/30\""] {
        mended("by: 2025-09-30", &format!("by: {typed}"), "K105", "by: 2025-09-30");
    }
    for unknown in ["９月末", "2025-02-30", "未定"] {
        let (codes, after) = judged(SOMU, &with(SOMU, "by: 2025-09-30", &format!("by: {unknown}")));
        assert_eq!(codes, ["K105"], "{unknown}");
        assert!(after.contains(unknown));
    }
}

#[test]
fn times_and_days_of_the_year_are_mended() {
    let path = "policy/2025/interviews.yaml";
    for typed in ["2025/4/3 10:00", "令和７年４月３日 10時", "\"2025-4-3T10:00\""] {
        let (codes, after) = judged(path, &with(path, "\"2025-04-03T10:00\"", typed));
        assert_eq!((codes, after), (vec!["K105"], with(path, "", "")), "{typed}");
    }
    let path = "policy/kpolicy.yaml";
    for typed in ["９月30日", "9/30", "9-30"] {
        let (codes, after) = judged(path, &with(path, "\"09-30\"", typed));
        assert_eq!((codes, after), (vec!["K105"], with(path, "", "")), "{typed}");
    }
}

#[test]
fn numbers_are_mended() {
    for typed in ["04", "+4", "4.", "0_4"] {
        mended("value: 4", &format!("value: {typed}"), "K107", "value: 4");
    }
    for typed in ["４", "\"+4\""] {
        mended("value: 4", &format!("value: {typed}"), "K103", "value: 4");
    }
    mended("value: 4", "value: 1,200", "K103", "value: 1200");
    for typed in ["1.10", "012", "1_000", "no", "~", "Yes", "null", "1e3"] {
        let (typed, fixed) = (format!("unit: {typed}"), format!("unit: \"{typed}\""));
        mended("unit: 件", &typed, "K107", &fixed);
    }
}

#[test]
fn ids_written_as_numbers_are_one_finding() {
    for typed in ["1.6", "1.10", "012", "16", "yes"] {
        let text = with(SOMU, "      - 1-2\n", &format!("      - 1-2\n      - {typed}\n"));
        assert_eq!(judged(SOMU, &text).0, ["K107"], "{typed}");
    }
    // What was surely meant is counted: no K301 besides.
    assert_eq!(judged(SOMU, &with(SOMU, "- 1-2", "- 1.2")).0, ["K107"]);
    assert_eq!(judged(SOMU, &with(SOMU, "kind: output", "kind: no")).0, ["K107"]);
}

#[test]
fn malformed_ids_are_one_finding() {
    for typed in ["防災", "1-", "1-6-ab", "01-6", "３章"] {
        let text = with(SOMU, "      - 1-2\n", &format!("      - 1-2\n      - {typed}\n"));
        assert_eq!(judged(SOMU, &text).0, ["K106"], "{typed}");
    }
    assert_eq!(judged(SOMU, &with(SOMU, "division: bosai", "division: 防災担当")).0, ["K106"]);
    assert_eq!(judged(SOMU, &with(SOMU, "division: bosai", "division: bosai\n    continues: Ｇ１")).0, ["K106"]);
}

#[test]
fn one_value_for_a_list_is_read_and_mended() {
    let lists = "    cites:\n      - 1-1\n      - 1-2\n";
    let text = with(SOMU, lists, "    cites: 1-2\n");
    let (codes, after) = judged(SOMU, &text);
    assert!(codes.contains(&"K103") && !codes.contains(&"K406"), "{codes:?}");
    assert_eq!(after, with(SOMU, lists, "    cites:\n      - 1-2\n"));
    mended(
        "division: bosai",
        "division: bosai\n    partners: shimin",
        "K103",
        "division: bosai\n    partners:\n      - shimin",
    );
}

#[test]
fn the_fields_of_one_entry_for_a_list_are_read() {
    let text = with(SOMU, "      - what: 手順書を改める\n        by:", "      what: 手順書を改める\n      by:");
    assert_eq!(judged(SOMU, &text).0, ["K103"]);
}

#[test]
fn a_misspelt_required_field_is_not_missing_too() {
    assert_eq!(judged(SOMU, &with(SOMU, "    title:", "    tittle:")).0, ["K101"]);
    assert_eq!(judged(SOMU, &with(SOMU, "    outcome:", "    outcom:")).0, ["K101"]);
}

#[test]
fn unknown_rules_of_the_settings_are_reported() {
    let path = "policy/kpolicy.yaml";
    for (rule, expected) in
        [("K999", "K101"), ("unknown-citations", "K101"), ("k201", "K212"), ("unknown-citation", "K212")]
    {
        let text = with(path, "lang: ja", &format!("lang: ja\nrules:\n  {rule}: warning"));
        assert_eq!(judged(path, &text).0, [expected], "{rule}");
    }
    let text = with(path, "lang: ja", "lang: ja\nrules:\n  K201: off");
    assert_eq!(judged(path, &text).0, Vec::<&str>::new());
}

#[test]
fn a_second_citation_is_removed_with_its_line() {
    mended("      - 1-2\n", "      - 1-2\n      - 1-1\n", "K202", "      - 1-2\n");
    mended("      - 1-2\n", "      - 1-2\n      - \"1-1\"\n", "K202", "      - 1-2\n");
    // A comment is never lost.
    let text = with(SOMU, "      - 1-2\n", "      - 1-2\n      - 1-1 # 窓口も\n");
    let (codes, after) = judged(SOMU, &text);
    assert_eq!((codes, after), (vec!["K202"], text.clone()));
}

#[test]
fn unknown_names_are_told_by_their_sort() {
    for (from, to, code) in [
        ("division: bosai", "division: bousai", "K203"),
        ("division: bosai", "division: bosai\n    partners:\n      - shimin/bosai", "K203"),
        ("division: bosai", "division: bosai\n    references:\n      - id: visio", "K204"),
        ("division: bosai", "division: bosai\n    references:\n      - id: vision\n        node: kouki", "K204"),
        ("division: bosai", "division: bosai\n    viewpoints:\n      equality: 文", "K204"),
        ("goals:", "supports:\n  - shimin:G9\ngoals:", "K204"),
        ("goals:", "supports:\n  - shiminn:G1\ngoals:", "K203"),
        ("goals:", "information:\n  - source: 都\n    finding: 補助\n    goals:\n      - G9\ngoals:", "K204"),
    ] {
        assert_eq!(judged(SOMU, &with(SOMU, from, to)).0, [code], "{to}");
    }
}

#[test]
fn safe_fixes_of_the_pages_leave_nothing_of_their_rule() {
    for rule in RULES.iter().filter(|rule| matches!(rule.family(), 1 | 2)) {
        for example in Page::parse(rule.page).bad.iter().filter(|example| example.manner.is_empty()) {
            let (before, text) = (city(&example.path, &example.content), example.content.clone());
            let left = support::findings(&before, |findings| {
                let here = |file: FileId| before.file(file).path == example.path;
                // What another file of the page lays out, or no fix of this file mends, stays.
                let own = findings.iter().filter(|f| f.rule.code == rule.code);
                own.filter(|f| !here(f.place.file) || f.fix.as_ref().is_none_or(|fix| !fix.safe)).count()
            });
            let (_, after) = judged(&example.path, &text);
            let again = judged(&example.path, &after).0.iter().filter(|code| **code == rule.code).count();
            assert!(again <= left, "{}: {after}", rule.code);
        }
    }
}

/// Codes and messages over the small city with files added.
fn with_files(files: &[(&str, &str)]) -> Vec<String> {
    let mut snapshot = support::small_city();
    for (path, text) in files {
        snapshot.insert(*path, Entry::File(Content::Bytes(text.as_bytes().to_vec())));
    }
    let city = City::load(&snapshot);
    support::findings(&city, |findings| {
        let place = |finding: &kpolicy::finding::Finding| city.file(finding.place.file).path.clone();
        findings.iter().map(|finding| format!("{} {}", finding.rule.code, place(finding))).collect()
    })
}

#[test]
fn a_second_file_is_reported_once() {
    let plan = with(SOMU, "", "");
    for path in ["departments/2025/somu.yml", "departments/2025/old/somu.yaml"] {
        assert_eq!(with_files(&[(path, &plan)]), [format!("K205 {path}")]);
    }
    assert_eq!(with_files(&[("policy/kpolicy.yml", "city: 国分寺市\n")]), ["K205 policy/kpolicy.yml"]);
    assert_eq!(with_files(&[("policy/2025/references.yml", "references: []\n")]), ["K205 policy/2025/references.yml"]);
}

#[test]
fn misplaced_files_are_reported_once() {
    assert_eq!(with_files(&[("policy/2025/memo.yaml", "a: b\n")]), ["K207 policy/2025/memo.yaml"]);
    let plan = with(SOMU, "", "");
    let two = [("departments/2031/shimin.yaml", plan.as_str()), ("departments/2031/somu.yaml", plan.as_str())];
    assert_eq!(with_files(&two), ["K207 departments/2031/shimin.yaml"]);
    assert_eq!(judged(SOMU, &format!("department: shimin\n{plan}")).0, ["K207"]);
    assert_eq!(judged(SOMU, &format!("department: 総務部\n{plan}")).0, ["K212"]);
    assert_eq!(judged(SOMU, &format!("department: soumu\n{plan}")).0, ["K203"]);
}

#[test]
fn citations_of_other_years_and_clauses_say_where_to_look() {
    for (typed, expected) in [("1-1-c", "項目 1-1 は部分に分かれていません"), ("9-1", "この章はありません")]
    {
        let city = city(SOMU, &with(SOMU, "      - 1-2\n", &format!("      - 1-2\n      - {typed}\n")));
        let labels = support::findings(&city, |findings| {
            findings.iter().map(|finding| finding.label.ja.to_string()).collect::<Vec<_>>()
        });
        assert_eq!(labels, [expected]);
    }
}

#[test]
fn a_draft_of_placeholders_has_no_error() {
    let draft = "status: draft\nsigners:\n  - post: 総務部長\n    name: （記入）\ndirection: |-\n  （記入）運営方針\n\
        goals:\n  - id: G1\n    title: （記入）\n    outcome: （記入）\n    cites:\n      - （記入） # 番号\n    \
        division: （記入）\n    measures:\n      - name: （記入）\n        baseline:\n          value: （記入）\n";
    let city = city(SOMU, draft);
    support::findings(&city, |findings| {
        let errors: Vec<_> = findings.iter().filter(|f| f.level == kpolicy::model::Level::Error).collect();
        assert!(errors.is_empty(), "{:#?}", support::lines(&city, findings));
        let todo: Vec<String> = findings
            .iter()
            .filter(|f| f.rule.code == "K104")
            .filter_map(|f| Some(f.todo.as_ref()?.0.ja.to_string()))
            .collect();
        assert_eq!(todo, ["署名する者", "運営方針", "目標 G1", "目標 G1", "目標 G1", "目標 G1", "目標 G1", "目標 G1"]);
    });
}

#[test]
fn fixes_leave_long_texts_and_windows_lines_whole() {
    let text = with(SOMU, "division: bosai", "division: |-\n      防災課");
    let (_, after) = judged(SOMU, &text);
    assert_eq!(judged(SOMU, &after).0, Vec::<&str>::new(), "{after}");
    let text = with(SOMU, "division: bosai", "division: bosai\n    partners: shimin # 市民部").replace('\n', "\r\n");
    let fixed =
        with(SOMU, "division: bosai", "division: bosai\n    partners:\n      - shimin # 市民部").replace('\n', "\r\n");
    assert_eq!(judged(SOMU, &text), (vec!["K103"], fixed));
    let text = with(SOMU, "      - 1-2\n", "      - 1-2\n      - 1-1\n").replace('\n', "\r\n");
    assert_eq!(judged(SOMU, &text), (vec!["K202"], with(SOMU, "", "").replace('\n', "\r\n")));
}
