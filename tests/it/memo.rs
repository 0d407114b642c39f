//! Memos as data: each `tests/memos/NAME.txt` gives exactly the outline in `NAME.outline`.
//!
//! `UPDATE_CASES=1 cargo test --test it memo` rewrites the outlines; read the diff against the memo.

use std::fmt::Write;
use std::fs;

use kpolicy::city::{City, Doc};
use kpolicy::date::FiscalYear;
use kpolicy::memo::{Fate, Item, Memo, characters, write_policy};
use kpolicy::model::{Policy, Text};
use kpolicy::store::Snapshot;

use crate::support;

fn memo(name: &str) -> Memo {
    let bytes = fs::read(support::tests_dir("memos").join(format!("{name}.txt"))).expect("a memo");
    Memo::read(&characters(bytes).expect("characters").0)
}

#[test]
fn every_memo_gives_its_outline() {
    let folder = support::tests_dir("memos");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("memos")
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() > 12, "{names:?}");
    let mut wrong = Vec::new();
    for name in names {
        let is = outline(&memo(&name));
        let path = folder.join(format!("{name}.outline"));
        let was = fs::read_to_string(&path).unwrap_or_default();
        if is != was {
            if update {
                fs::write(&path, &is).expect("write");
            }
            let differs = is.lines().zip(was.lines()).find(|(is, was)| is != was);
            wrong.push(format!("{name}: {differs:?}"));
        }
    }
    assert!(wrong.is_empty() || update, "{wrong:#?}");
}

fn outline(memo: &Memo) -> String {
    let mut out = String::new();
    let front = &memo.front;
    let line = |out: &mut String, text: String| writeln!(out, "{}", text.trim_end()).expect("a string");
    line(&mut out, format!("title {}", front.title.as_deref().unwrap_or("-")));
    line(&mut out, format!("issued {}", front.issued.map_or("-".to_owned(), |day| day.to_string())));
    let name = front.name.as_ref().map(|(name, guessed)| format!("{name}{}", if *guessed { "?" } else { "" }));
    line(&mut out, format!("issuer {} {}", front.post.as_deref().unwrap_or("-"), name.unwrap_or_default()));
    for section in &memo.sections {
        let (mark, heading) = (section.mark.as_deref().unwrap_or("-"), section.heading.as_deref().unwrap_or("-"));
        line(&mut out, format!("\n== {} [{mark}] {heading}", section.number));
        section.items.iter().for_each(|entry| item(&mut out, entry));
    }
    line(&mut out, "\n-- left out, notes".to_owned());
    for (piece, fate) in memo.pieces.iter().zip(&memo.fates) {
        if let Fate::Out(why) = fate {
            line(&mut out, format!("{} {why:?} {}", piece.line, piece.text));
        }
    }
    for note in &memo.notes {
        line(&mut out, format!("{} {} {}", note.line, if note.grave { "?" } else { "." }, note.words.ja));
    }
    out
}

fn item(out: &mut String, item: &Item) {
    let short = if item.short.why.is_none() { item.short.value.as_str() } else { "" };
    let way = item.answered_by.as_ref().map_or("", |way| way.value.id());
    let head =
        format!("{} [{}] {short} <{} {way}>", item.id, item.mark.as_deref().unwrap_or("-"), item.scope.value.id());
    writeln!(out, "{head}").expect("a string");
    item.text.lines().for_each(|line| writeln!(out, "    {line}").expect("a string"));
    for ruby in &item.ruby {
        writeln!(out, "  ruby {} {}{}", ruby.base, ruby.reading, if ruby.guessed { "?" } else { "" })
            .expect("a string");
    }
    for clause in &item.clauses {
        let scope = clause.scope.as_ref().map_or("", |scope| scope.value.id());
        let way = clause.answered_by.as_ref().map_or("", |way| way.value.id());
        writeln!(out, "  - {} <{scope} {way}>", clause.quote).expect("a string");
    }
}

/// The policy that a text gives.
fn policy(text: &str) -> Policy {
    let mut snapshot = Snapshot::default();
    snapshot.overlay("policy/2025/policy.yaml", text.as_bytes().to_vec());
    let city = City::load(&snapshot);
    let file = city.file(city.find("policy/2025/policy.yaml").expect("the file"));
    assert!(file.is_readable(), "{:?}\n{text}", file.faults);
    match &file.doc {
        Doc::Policy(policy) => *policy.clone(),
        _ => panic!("no policy"),
    }
}

fn words(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", |text| text.value.as_str())
}

/// What the memo itself says, of a policy.
fn said(policy: &Policy) -> Vec<String> {
    let mut said = vec![
        words(&policy.title).to_owned(),
        policy.issued.as_ref().map_or(String::new(), |day| day.value.to_string()),
        format!("{} {}", words(&policy.issuer.0), words(&policy.issuer.1)),
    ];
    for section in &policy.sections {
        let number = section.number.as_ref().map_or(0, |number| number.value);
        said.push(format!("{number} {} {}", words(&section.mark), words(&section.heading)));
        for item in &section.items {
            let ruby: Vec<String> =
                item.ruby.iter().map(|(base, reading)| words(base).to_owned() + words(reading)).collect();
            said.push(format!("{} {} {} {ruby:?}", item.id.value, words(&item.mark), words(&item.text)));
        }
    }
    said
}

#[test]
fn the_shipped_memo_gives_the_shipped_policy() {
    let memo = memo("shipped-2025");
    let doubts: Vec<_> = memo.doubts().collect();
    assert!(doubts.is_empty(), "{doubts:#?}");
    let shipped = fs::read_to_string(support::tests_dir("..").join("policy/2025/policy.yaml")).expect("the policy");
    assert_eq!(said(&policy(&write_policy(&memo, FiscalYear(2025)))), said(&policy(&shipped)));
}

#[test]
fn every_draft_reads_back_as_it_was_understood() {
    for entry in fs::read_dir(support::tests_dir("memos")).expect("memos").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let memo = memo(&path.file_stem().unwrap_or_default().to_string_lossy());
        let read = policy(&write_policy(&memo, FiscalYear(2025)));
        let texts: Vec<&str> = read.items().map(|item| words(&item.text)).collect();
        let wanted: Vec<&str> = memo.items().map(|item| item.text.as_str()).collect();
        assert_eq!(texts, wanted, "{}", path.display());
    }
}
