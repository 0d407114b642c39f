//! Fixes through the whole engine: what is mended stays mended, nothing else changes.

use kpolicy::city::City;
use kpolicy::date::FiscalYear;
use kpolicy::error::Error;
use kpolicy::finding::Finding;
use kpolicy::fix::{Choice, Outcome, fix};
use kpolicy::rules::{self, Page, RULES};
use kpolicy::store::{Content, Entry, Snapshot};

use crate::pages::laid_over;
use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";

fn judged(city: &City) -> Result<Vec<Finding>, Error> {
    let years: Vec<FiscalYear> = city.years.keys().copied().collect();
    Ok(rules::judge(city, &years, support::DAY, false)?.findings)
}

fn run(snapshot: &Snapshot, all: bool) -> Outcome {
    fix(snapshot, &Choice { all, wanted: &|_, _| true, judge: &judged }).expect("the city can be judged")
}

/// The snapshot after its fixes.
fn mended(snapshot: &Snapshot, outcome: &Outcome) -> Snapshot {
    let mut after = snapshot.clone();
    for file in &outcome.files {
        after.overlay(file.path.clone(), file.after.clone().into_bytes());
    }
    after
}

#[test]
fn a_second_run_changes_nothing_and_what_was_fixed_is_gone() {
    for rule in RULES {
        let snapshot = laid_over(&Page::parse(rule.page).bad);
        let outcome = run(&snapshot, false);
        let after = mended(&snapshot, &outcome);
        assert!(run(&after, false).files.is_empty(), "{}: a second run changes something", rule.code);
        let fixed = outcome.files.iter().any(|file| file.applied.contains_key(rule.code));
        let left = judged(&City::load(&after)).expect("judged");
        let again = left
            .iter()
            .any(|finding| finding.rule.code == rule.code && finding.fix.as_ref().is_some_and(|fix| fix.safe));
        assert!(!(fixed && again), "{}: fixed, but still there", rule.code);
    }
}

#[test]
fn comments_line_ends_and_the_mark_at_the_beginning_stay() {
    let text = "\u{feff}# 計画\r\nstatus： 提出済み # 四月に提出\r\nsigners:\r\n  - post: 総務部長\r\ndirection: |-\r\n  庁舎を守る。\r\n# 目標\r\ngoals:\r\n  - id: Ｇ１\r\n    title: 停電の対策\r\n    outcome: 窓口が開いている\r\n    cites:\r\n      - １－１ # 窓口\r\n      - 1(2)\r\n    division: 防災課\r\n    measures:\r\n      - name: 台数\r\n        baseline:\r\n          value: 1\r\n        target:\r\n          value: 2\r\n          by: 令和８年３月31日\r\n";
    let mut snapshot = support::small_city();
    snapshot.insert(SOMU, Entry::File(Content::Bytes(text.as_bytes().to_vec())));
    let outcome = run(&snapshot, false);
    let [file] = outcome.files.as_slice() else { panic!("{outcome:?}") };
    let want = text
        .replace("status： 提出済み", "status: submitted")
        .replace("Ｇ１", "G1")
        .replace("１－１", "1-1")
        .replace("1(2)", "1-2")
        .replace("防災課", "bosai")
        .replace("令和８年３月31日", "2026-03-31");
    assert_eq!(file.after, want);
    assert!(outcome.held.is_empty() && judged(&City::load(&mended(&snapshot, &outcome))).expect("judged").is_empty());
}

#[test]
fn a_fix_that_would_change_something_else_is_held_back() {
    // A rule whose fix eats its neighbour: the engine, not the rule, must notice.
    let snapshot = support::small_city();
    let judge = |city: &City| {
        let file = city.find(SOMU).expect("plan");
        let at = city.file(file).text.find("id: G1").expect("goal");
        let place = file.at(kpolicy::place::Span::new(at, at + 6));
        let edit = kpolicy::source::Edit {
            span: kpolicy::place::Span::new(at, at + 6),
            text: "id: G1\n    cites: []\n    outcome: x".into(),
        };
        let finding =
            Finding::new(RULES[0], place, kpolicy::lang::Say::same("a")).fix(kpolicy::lang::Say::same("b"), vec![edit]);
        Ok(vec![finding])
    };
    let outcome = fix(&snapshot, &Choice { all: false, wanted: &|_, _| true, judge: &judge }).expect("judged");
    assert!(outcome.files.is_empty() && outcome.held.get(SOMU) == Some(&1), "{outcome:?}");
}
