//! Every rule's page is executed: the bad example gives that rule's findings and no other, the good
//! example gives none at all, near misses give none of the rule.

use std::collections::BTreeSet;

use kpolicy::city::City;
use kpolicy::finding::Finding;
use kpolicy::model::Level;
use kpolicy::rules::{Change, Example, Page, RULES, judge_change};
use kpolicy::store::{Content, Entry, Snapshot, UnsafeKind, read_work_tree};

use crate::support;

/// The small city with the files of an example laid over it.
pub(crate) fn laid_over(examples: &[Example]) -> Snapshot {
    let base = support::small_city();
    let mut snapshot = Snapshot::default();
    let gone = |path: &str| examples.iter().any(|example| example.path == path && example.manner == "gone");
    for (path, entry) in base.entries().filter(|(path, _)| !gone(path)) {
        snapshot.insert(path, entry.clone());
    }
    for example in examples.iter().filter(|example| example.manner != "gone") {
        let entry = match example.manner.as_str() {
            "link" => Entry::Unsafe(UnsafeKind::Link),
            _ => Entry::File(Content::Bytes(example.bytes())),
        };
        snapshot.insert(example.path.as_str(), entry);
    }
    snapshot
}

fn city_with(examples: &[Example]) -> City {
    City::load(&laid_over(examples))
}

fn codes(examples: &[Example]) -> Vec<(String, String)> {
    let city = city_with(examples);
    support::findings(&city, |findings| coded(&city, findings))
}

fn coded(city: &City, findings: &[Finding]) -> Vec<(String, String)> {
    let lines = support::lines(city, findings);
    findings.iter().zip(lines).map(|(finding, line)| (finding.rule.code.to_owned(), line)).collect()
}

/// The findings of an example, after the city that the page shows as the one before.
fn codes_since(before: &[Example], examples: &[Example]) -> Vec<(String, String)> {
    with_findings(before, examples, coded)
}

fn with_findings<T>(before: &[Example], examples: &[Example], look: impl FnOnce(&City, &[Finding]) -> T) -> T {
    // A page without a city before shows no change.
    let before = if before.is_empty() { examples } else { before };
    let (before, after) = (city_with(before), city_with(examples));
    let years: Vec<_> = after.years.keys().copied().collect();
    let outside: BTreeSet<String> =
        examples.iter().filter(|example| example.manner == "outside").map(|example| example.path.clone()).collect();
    let change = Change { before: &before, after: &after, years: &years, outside: &outside };
    let day = after.settings().as_of.as_ref().map_or(support::DAY, |day| day.value);
    let judgement = judge_change(&change, day, false).expect("the city can be judged");
    look(&after, &judgement.findings)
}

#[test]
fn the_small_city_is_clean() {
    assert_eq!(codes(&[]), Vec::new());
}

#[test]
fn bad_examples_give_their_rule_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let page = Page::parse(rule.page);
        let found = codes_since(&page.before, &page.bad);
        if found.is_empty() || found.iter().any(|(code, _)| code != rule.code) {
            wrong.push((rule.code, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn good_examples_are_silent() {
    for rule in RULES {
        let page = Page::parse(rule.page);
        let found = codes_since(&page.before, &page.good);
        assert!(found.is_empty(), "{}: {found:#?}", rule.code);
    }
}

#[test]
fn near_misses_are_silent() {
    for rule in RULES {
        let page = Page::parse(rule.page);
        let found = codes_since(&page.before, &page.near);
        assert!(found.iter().all(|(code, _)| code != rule.code), "{}: {found:#?}", rule.code);
    }
}

#[test]
fn findings_have_words_in_both_languages() {
    for rule in RULES {
        let page = Page::parse(rule.page);
        with_findings(&page.before, &page.bad, |_, findings| {
            for finding in findings {
                for say in [&finding.message, &finding.why, &finding.help] {
                    assert!(!say.ja.is_empty() && !say.en.is_empty(), "{}: {finding:#?}", rule.code);
                }
                let english = finding.message.en.chars().any(|c| c.is_ascii_alphabetic());
                assert!(english && !finding.message.ja.is_ascii(), "{}", rule.code);
                assert!(!finding.message.ja.ends_with('。'), "{}: no full stop", rule.code);
            }
        });
    }
}

#[test]
fn the_registry_is_in_order_and_complete() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
    for rule in RULES {
        let page = Page::parse(rule.page);
        assert!(rule.page.starts_with(&format!("# {} {}\n", rule.code, rule.name)), "{}", rule.code);
        for (text, headings) in [
            (&page.ja, ["### 何を見るか", "### なぜ", "### 直し方"]),
            (&page.en, ["### What it looks at", "### Why", "### How to mend it"]),
        ] {
            assert!(headings.iter().all(|heading| text.contains(heading)), "{}: headings", rule.code);
        }
        assert!(rule.level != Level::Off && !page.bad.is_empty() && !page.good.is_empty(), "{}", rule.code);
        let file = rule.name.replace('-', "_");
        let source = support::tests_dir("..").join("src/rules").join(format!("{file}.rs"));
        assert!(source.is_file(), "{} is not where its name says", rule.code);
    }
    let folder = std::fs::read_dir(support::tests_dir("..").join("src/rules")).expect("rules").flatten();
    let pages = folder.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md")).count();
    assert_eq!(pages, RULES.len(), "a page without a rule");
}

/// The screen in the README is what the program prints.
#[test]
fn the_readme_shows_a_true_screen() {
    let readme = std::fs::read_to_string(support::tests_dir("../README.md")).expect("README");
    let screen = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a screen");
    let mut snapshot = read_work_tree(&support::tests_dir("..")).expect("the shipped city");
    let path = "departments/2025/somu.yaml";
    let plan = std::fs::read_to_string(support::tests_dir("..").join(path)).expect("plan");
    snapshot.overlay(path, plan.replacen("      - 3-6-a", "      - 3-9", 1).into_bytes());
    let city = City::load(&snapshot);
    let drawn = support::findings(&city, |findings| {
        let finding = findings.iter().find(|finding| finding.rule.code == "K201").expect("K201");
        kpolicy::report::frame::whole(&city, finding, kpolicy::lang::Lang::Ja, 80, false)
    });
    assert_eq!(drawn, screen);
}

/// A message that names a command names one that is there.
#[test]
fn every_command_that_is_named_exists() {
    let known = kpolicy::commands::command(kpolicy::lang::Lang::En);
    let known: Vec<String> = known.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut texts = vec![support::tests_dir("../README.md")];
    let mut folders = vec![support::tests_dir("../src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("folder").flatten().map(|entry| entry.path()) {
            let font = path.extension().is_some_and(|ending| ending == "ttf");
            if path.is_dir() {
                folders.push(path);
            } else if !font {
                texts.push(path);
            }
        }
    }
    let mut seen = 0;
    for path in texts {
        // Fonts are no text.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (at, name) in text.match_indices("kpolicy ") {
            let word: String = text[at + name.len()..].chars().take_while(char::is_ascii_lowercase).collect();
            let before = text[..at].chars().next_back();
            let typed = matches!(before, Some('`' | ' ' | '"' | '（' | '(')) && !word.is_empty();
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let prose = text[line..at].trim_start().starts_with("//");
            if typed && !prose && before != Some(' ') {
                seen += 1;
                assert!(known.contains(&word), "{}: kpolicy {word}", path.display());
            }
        }
    }
    assert!(seen > 10, "the search found only {seen}");
}

/// The memo has 21 numbered items and 35 sentences ending こと。 (CONTRACT 1.1).
#[test]
fn the_shipped_policy_holds_every_item_and_sentence() {
    let city = City::load(&read_work_tree(&support::tests_dir("..")).expect("the shipped city"));
    let id = city.find("policy/2025/policy.yaml").expect("policy");
    let policy = city.file(id).policy().expect("readable");
    let sentences = |section: u16| {
        let items = policy.items().filter(|item| item.id.value.item.section == section);
        items.filter_map(|item| item.text.as_ref()).map(|text| text.joined().matches("こと。").count()).sum::<usize>()
    };
    let numbered = |section: u16| {
        policy.items().filter(|item| item.id.value.item.section == section && item.mark.is_some()).count()
    };
    assert_eq!([1, 2, 3, 4].map(numbered), [6, 3, 8, 4]);
    assert_eq!((sentences(0), [1, 2, 3, 4].map(sentences).iter().sum::<usize>(), sentences(5)), (2, 31, 2));
}
