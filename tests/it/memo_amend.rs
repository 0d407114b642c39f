//! A memo against the policy that is there: blanks are filled, words are kept unless asked, and every
//! other line stays.

use kpolicy::city::City;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::memo::{Amended, Change, Memo, Options, amend, is_unwritten, write_policy};
use kpolicy::source::apply;
use kpolicy::store::Snapshot;

const MEMO: &str = "令和８年度市政運営の基本方針
令和８年４月１日
南市長　海老名　春

１ 窓口
(1) 待ち時間を短くすること。
(2) 案内の表示を見直すこと。
２ 財政
(1) 補助金の効果を検証すること。
";

fn policy() -> String {
    write_policy(&Memo::read(MEMO), FiscalYear(2026)).replace("  # 案（確認）", "  # 確かめました")
}

fn against(file: &str, memo: &str, options: Options) -> (Amended, String) {
    let amended = amend(file, &Memo::read(memo), options).expect("a policy");
    let after = apply(file, &amended.edits).text.into_owned();
    (amended, after)
}

#[test]
fn the_same_memo_changes_nothing() {
    let file = policy();
    let (amended, after) = against(&file, MEMO, Options { since: None, overwrite: true });
    assert_eq!((amended.changes, after), (Vec::new(), file));
}

#[test]
fn blanks_are_filled_and_remarks_stay() {
    let file = policy().replace("        mark: (2)\n", "").replace("issued: 2026-04-01\n", "issued:   # まだ\n");
    assert!(file.contains("# まだ") && file.contains("# 確かめました"));
    let (amended, after) = against(&file, MEMO, Options::default());
    assert!(amended.changes.iter().all(|change| matches!(change, Change::Filled(..))), "{:?}", amended.changes);
    assert!(after.contains("        mark: (2)\n") && after.contains("2026-04-01"), "{after}");
    assert_eq!(after.matches("# 確かめました").count(), file.matches("# 確かめました").count());
}

#[test]
fn a_revision_is_listed_and_written_only_where_wanted() {
    let file = policy();
    let revised = MEMO
        .replace("令和８年４月１日", "令和８年10月１日")
        .replace("待ち時間を短くすること", "待ち時間を半分にすること")
        .replace("(2) 案内の表示を見直すこと。\n", "")
        + "(2) 施設を統合すること。\n";
    let (kept, after) = against(&file, &revised, Options::default());
    let overwritten: Vec<&Change> = kept.changes.iter().filter(|change| change.overwrites()).collect();
    assert_eq!(overwritten.len(), 3, "{:?}", kept.changes);
    assert!(after.contains("待ち時間を短くすること") && !after.contains("半分に"), "{after}");
    // What is new takes nobody's words.
    assert!(after.contains("施設を統合すること") && after.contains("added: 2026-10-01"), "{after}");

    let (written, after) = against(&file, &revised, Options { since: None, overwrite: true });
    assert_eq!(written.since, Date::new(2026, 10, 1));
    let amendment = "待ち時間を半分にすること。";
    let was = "          was: |-\n            待ち時間を短くすること。";
    assert!(after.contains(amendment) && after.contains("since: 2026-10-01") && after.contains(was), "{after}");
    assert!(after.contains("案内の表示を見直すこと") && after.contains("withdrawn: 2026-10-01"), "{after}");
    let (again, _) = against(&after, &revised, Options { since: None, overwrite: true });
    assert!(again.changes.is_empty(), "{:?}", again.changes);
}

#[test]
fn the_same_memo_once_more_mends_words_without_an_amendment() {
    let file = policy().replace("待ち時間を短くすること", "待ち時問を短くすること");
    let (amended, after) = against(&file, MEMO, Options { since: None, overwrite: true });
    assert!(matches!(amended.changes.as_slice(), [Change::Changed(..)]), "{:?}", amended.changes);
    assert!(after.contains("待ち時間を短くすること") && !after.contains("amended"), "{after}");
}

#[test]
fn a_number_that_was_given_is_never_given_again() {
    let file = policy().replace(
        "          補助金の効果を検証すること。\n",
        "          補助金の効果を検証すること。\n        withdrawn: 2026-06-01\n",
    );
    let memo = MEMO.replace("補助金の効果を検証すること", "公用車を減らし、維持費を下げること");
    let (amended, after) = against(&file, &memo, Options::default());
    assert!(
        matches!(amended.changes.as_slice(), [Change::New(id)] if id.to_string() == "2-2"),
        "{:?}",
        amended.changes
    );
    assert!(after.contains("- id: 2-2"), "{after}");
}

#[test]
fn a_new_item_stands_where_the_memo_has_it() {
    let memo = MEMO
        .replace("(2) 案内の表示を見直すこと。", "(2) 駐輪場を増やし、夜も開けること。\n(3) 案内の表示を見直すこと。");
    assert_ne!(memo, MEMO);
    let (amended, after) = against(&policy(), &memo, Options::default());
    assert!(amended.changes.iter().any(|change| matches!(change, Change::New(_))), "{:?}", amended.changes);
    let at = |words: &str| after.find(words).unwrap_or_else(|| panic!("{words}\n{after}"));
    assert!(at("待ち時間を短くすること") < at("駐輪場を増やし"), "{after}");
    assert!(at("駐輪場を増やし") < at("案内の表示を見直すこと"), "{after}");
    // Before all others, too.
    let memo = MEMO.replace("(1) ", "(1) 駐輪場を増やし、夜も開けること。\n(2) ").replace("(2) 案内", "(3) 案内");
    let (_, after) = against(&policy(), &memo, Options::default());
    let at = |words: &str| after.find(words).unwrap_or_else(|| panic!("{words}\n{after}"));
    assert!(at("駐輪場を増やし") < at("待ち時間を短くすること"), "{after}");
}

#[test]
fn last_years_decisions_are_proposed_for_the_same_words() {
    let decided = policy()
        .replacen(
            "        scope: every_department",
            "        scope: any_department\n        lead:\n          - somu",
            1,
        )
        .replace("short: 待ち時間を短くする", "short: 待ち時間");
    let next =
        MEMO.replace("令和８年", "令和９年").replace("(2) 案内の表示を見直すこと。", "(2) 案内を三か国語にすること。");
    let mut snapshot = Snapshot::default();
    snapshot.overlay("policy/2026/policy.yaml", decided.into_bytes());
    let city = City::load(&snapshot);
    let past = city.years[&FiscalYear(2026)].policy.and_then(|id| city.file(id).policy()).expect("a policy");
    let mut memo = Memo::read(&next);
    memo.follow(past);
    let file = write_policy(&memo, FiscalYear(2027));
    let led = "        scope: any_department      # 案: 昨年度の 1-1 と同じ（確認）\n        lead:\n          - somu\n";
    assert!(file.contains(led), "{file}");
    assert!(!file.contains("昨年度の 1-2"), "{file}");
}

#[test]
fn a_file_that_nobody_wrote_into_is_told_from_one_with_words() {
    let blank =
        "sections:\n  - number: 1\n    heading: （記入）\n    items:\n      - id: 1-1\n        text: （記入）本文\n";
    assert!(is_unwritten(blank));
    assert!(!is_unwritten(&blank.replace("（記入）本文", "窓口を改めること。")));
    assert!(!is_unwritten(&blank.replace("heading: （記入）", "heading: 窓口")));
    assert!(!is_unwritten(&policy()));
}
