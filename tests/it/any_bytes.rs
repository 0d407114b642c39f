//! The bodies that libFuzzer runs, as property tests: over every kept input, and over texts
//! generated from the shipped plans and the small city.

use std::fs;
use std::panic::catch_unwind;

use proptest::prelude::*;

use crate::bodies::{self, BODIES};
use crate::reading::mangled;
use crate::support;

/// `tests/regressions/<body>/`: inputs that once broke a promise.
#[test]
fn kept_inputs_stay_mended() {
    let mut wrong = Vec::new();
    for (name, body) in BODIES {
        for entry in fs::read_dir(support::tests_dir("regressions").join(name)).into_iter().flatten().flatten() {
            let input = fs::read(entry.path()).expect("a kept input");
            if catch_unwind(|| body(&input)).is_err() {
                wrong.push(entry.path());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_body_takes_the_shipped_city_and_the_empty_input() {
    for (_, body) in BODIES {
        body(b"");
        body(b"\n");
    }
    for path in ["policy/2025/policy.yaml", "policy/2025/organization.yaml", "departments/2025/somu.yaml"] {
        let text = fs::read(support::tests_dir("..").join(path)).expect("the shipped city");
        bodies::scan::body(&text);
        bodies::parse::body(&text);
        let input = [path.as_bytes(), b"\n", &text].concat();
        bodies::decode::body(&input);
        bodies::fixes::body(&input);
    }
}

/// Pieces of memos, put together anyhow: marks, breaks, spaces and words of the kept memos.
fn memo() -> impl Strategy<Value = String> {
    let signs = "１ 2 (3) （四） 五 第６ 第七　 ア イ　 (ウ) ① ⑵ Ⅲ @ A 、 。 「 」 （ ） こと。 以上 記 \u{c} \t - 1 - 28 年度 じん 靱";
    let mut parts: Vec<String> = signs.split(' ').map(str::to_owned).collect();
    parts.extend(["\n", "\n", "\r\n", "\n\n", " ", "\u{3000}", "\u{200b}", "\u{feff}", "🎌"].map(str::to_owned));
    for entry in fs::read_dir(support::tests_dir("memos")).into_iter().flatten().flatten() {
        let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap_or_default()).into_owned();
        parts.extend(text.lines().filter(|line| !line.trim().is_empty()).take(40).map(str::to_owned));
    }
    prop::collection::vec(prop::sample::select(parts), 0..60).prop_map(|parts| parts.concat())
}

/// Marks one upon another, alone on lines and among a few words: where numbers are doubted most.
fn marks() -> impl Strategy<Value = String> {
    let marks = "１ 2 3. (1) （２） (3) （四） 五 第６ 第七章 ア イ (ウ) ① ⑵ Ⅲ @ B 1) a じん - 1 -";
    let words = "28 年度から続く、 靱 事業を見直すこと。 を選ぶ。 に掲げる 施政方針 「 」 以上 ・";
    let mut parts: Vec<String> = marks.split(' ').chain(words.split(' ')).map(str::to_owned).collect();
    parts.extend([" ", "    ", "\u{3000}", "\n", "\n", "\n", "\n\n", "2 8 "].map(str::to_owned));
    parts.push("職員一人ひとりが経営感覚を持って事業の必要性と効果を見極め、".repeat(5));
    prop::collection::vec(prop::sample::select(parts), 0..40).prop_map(|parts| parts.concat())
}

/// A path of a city, each kind of file and some odd places.
fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "departments/2025/somu.yaml",
        "departments/2025/shimin.yml",
        "departments/2024/somu.yaml",
        "policy/2025/policy.yaml",
        "policy/2025/organization.yaml",
        "policy/2025/references.yaml",
        "policy/2025/interviews.yaml",
        "policy/kpolicy.yaml",
        "policy/2025/memo.yaml",
    ])
}

proptest! {
    #![proptest_config(support::draws(150))]

    #[test]
    fn scan_and_parse(text in mangled()) {
        bodies::scan::body(text.as_bytes());
        bodies::parse::body(text.as_bytes());
        bodies::fmt::body(text.as_bytes());
    }

    #[test]
    fn memos(text in memo()) {
        bodies::memo::body(text.as_bytes());
    }

    #[test]
    fn memos_of_many_marks(text in marks()) {
        bodies::memo::body(text.as_bytes());
    }

    #[test]
    fn scan_and_parse_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        bodies::scan::body(&bytes);
        bodies::decode::body(&bytes);
        bodies::memo::body(&bytes);
        bodies::sheet::body(&bytes);
    }
}

proptest! {
    #![proptest_config(support::draws(60))]

    #[test]
    fn decode(path in path(), text in mangled()) {
        bodies::decode::body(format!("{path}\n{text}").as_bytes());
    }

    #[test]
    fn a_sheet_of_any_words(part in 0_u8..40, text in mangled()) {
        bodies::sheet::body(&[&[part], text.as_bytes()].concat());
    }

    #[test]
    fn fixes(path in path(), text in mangled()) {
        bodies::fixes::body(format!("{path}\n{text}").as_bytes());
    }
}
