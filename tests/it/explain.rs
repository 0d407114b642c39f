//! The pages of fields: every field has one, its example stands in a city that is checked clean,
//! and the memo's words are the memo's.

use std::collections::BTreeSet;

use kpolicy::city::City;
use kpolicy::explain::{FILES, Found, common_rules, cut, entries, find, note, notes, page, path_of};
use kpolicy::lang::Lang;
use kpolicy::rules::{RULES, rule};
use kpolicy::source::{Readable, read};
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};
use unicode_width::UnicodeWidthStr;

use crate::support;

/// The example city; with the year open, so that all rules look at it.
fn example(closed: bool) -> City {
    let mut snapshot = Snapshot::default();
    for (path, text) in FILES {
        let text = if closed { text.to_owned() } else { text.replace("closed: true", "closed: false") };
        snapshot.insert(path, Entry::File(Content::Bytes(text.into_bytes())));
    }
    City::load(&snapshot)
}

#[test]
fn the_example_city_is_clean() {
    for closed in [true, false] {
        let city = example(closed);
        let found = support::findings(&city, |findings| support::lines(&city, findings));
        assert_eq!(found, Vec::<String>::new(), "closed: {closed}");
    }
}

#[test]
fn every_field_has_an_example_that_reads() {
    for entry in entries() {
        let (path, example) = (entry.full_path(), cut(&entry));
        let key = entry.field().key;
        assert!(example.contains(&format!("{key}:")), "{path}:\n{example}");
        assert!(example.lines().count() <= 80, "{path} is long");
        // In block style, as the tool writes.
        assert!(!example.contains(['{', '[']), "{path}:\n{example}");
        let mut faults = Vec::new();
        let mut deepest = false;
        let keys: Vec<&str> = entry.way.iter().map(|field| field.key).collect();
        let readable = read(&example, entry.kind.vocabulary(), &mut faults, &mut |tree, _| {
            deepest = tree.root().is_some_and(|root| stands(tree, root, &keys));
        });
        assert!(readable == Readable::Whole && faults.is_empty() && deepest, "{path}: {faults:?}\n{example}");
    }
}

/// True where the way is there, with something at its end.
fn stands(tree: &kpolicy::source::Tree<'_>, node: kpolicy::source::NodeId, keys: &[&str]) -> bool {
    use kpolicy::source::Kind;
    match (&tree.node(node).kind, keys.split_first()) {
        (Kind::Blank, _) => false,
        (_, None) => true,
        (Kind::List(entries), _) => entries.iter().any(|entry| stands(tree, *entry, keys)),
        (Kind::Map(_), Some((first, rest))) => tree.get(node, first).is_some_and(|value| stands(tree, value, rest)),
        (Kind::Scalar { .. }, _) => false,
    }
}

#[test]
fn every_field_is_found_by_what_people_type() {
    for entry in entries() {
        let path = entry.full_path();
        for word in [path_of(&entry), path.clone(), path.to_uppercase()] {
            assert!(matches!(find(&word), Found::One(found) if found.full_path() == path), "{word}");
        }
        for word in [entry.field().key, entry.field().label] {
            let found = match find(word) {
                Found::One(one) => vec![one],
                Found::Many(many) => many,
                Found::None(_) => Vec::new(),
            };
            assert!(found.iter().any(|one| one.full_path() == path), "{word} finds {path}");
        }
        for lang in [Lang::Ja, Lang::En] {
            let text = page(&entry, lang, 80);
            for part in [["意味", "Meaning"], ["なぜ", "Why"], ["書き方", "How to write it"], ["例", "Example"]]
            {
                assert!(text.contains(&format!("[{}]", lang.pick(part[0], part[1]))), "{path}: {part:?}");
            }
            assert!(!text.contains("  \n") && !text.contains("！"), "{path}");
            // Two columns in one terminal and one in another would break a table, a frame or a line.
            assert!(text.lines().all(|line| line.width() == line.width_cjk()), "{path}:\n{text}");
            assert!(text.lines().take_while(|line| !line.contains("[例]")).all(|line| line.width() <= 80), "{path}");
        }
    }
    assert!(matches!(find("basline"), Found::None(Some(near)) if near == "baseline"));
    assert!(matches!(find("目標値"), Found::One(one) if one.path() == "goals.measures.target"));
}

#[test]
fn notes_are_about_fields_and_in_the_memos_words() {
    let all: BTreeSet<String> = entries().iter().map(|entry| entry.full_path()).collect();
    let city = City::load(&read_work_tree(&support::tests_dir("..")).expect("the shipped city"));
    let policy = city.find("policy/2025/policy.yaml").and_then(|id| city.file(id).policy()).expect("policy");
    let mut told = BTreeSet::new();
    for note in notes() {
        assert!(all.contains(note.path), "{} is no field", note.path);
        assert!(!note.ja.is_empty() && note.ja.ends_with('。') && note.en.ends_with('.'), "{}", note.path);
        assert_eq!(note.more_ja.is_empty(), note.more_en.is_empty(), "{}", note.path);
        assert!(told.insert(note.path), "{} has two notes", note.path);
        if let Some((item, words)) = note.memo {
            let text = policy.items().find(|it| it.id.value.to_string() == item).and_then(|it| it.text.as_ref());
            assert!(text.is_some_and(|text| text.joined().contains(words)), "{}: {words}", note.path);
        }
        for code in &note.rules {
            assert!(rule(code).is_some_and(|rule| rule.code == *code), "{}: {code}", note.path);
        }
    }
    for entry in entries() {
        assert!(note(&entry).is_some(), "{} has no reason", entry.full_path());
        assert!(common_rules(entry.field()).iter().all(|code| rule(code).is_some()));
    }
    // What is judged of content is judged of some field.
    let named: BTreeSet<&str> = notes().iter().flat_map(|note| note.rules.iter().copied()).collect();
    let missing: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.code)
        .filter(|code| code.starts_with(['K']) && matches!(&code[1..2], "3" | "4" | "5" | "6"))
        .filter(|code| !named.contains(code))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
