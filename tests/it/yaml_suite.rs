//! The YAML project's own test suite against our reader: each case is accepted with equal data, or
//! refused by the name of what lies outside the portable subset, or refused as broken. The outcome
//! of every case stands in `tests/yaml-test-suite.txt`.
//!
//! `tests/clients/yaml/run` brings the suite; with UPDATE_CASES=1 it writes the table anew.

use std::collections::BTreeSet;
use std::fmt::Write;

use kpolicy::source::{Fault, FaultKind, Kind, NodeId, Readable, Tree, Vocabulary, read};
use serde::Deserialize;

use crate::support::tests_dir;

/// A case as the suite tells it.
#[derive(Deserialize)]
struct Case {
    id: String,
    yaml: String,
    /// The events, one a line; to the fault where it is to be refused.
    tree: String,
    fail: bool,
}

/// Data without types and spelling.
#[derive(Debug, PartialEq)]
enum Data {
    Text(String),
    List(Vec<Data>),
    Map(Vec<(Data, Data)>),
}

#[test]
#[ignore = "tests/clients/yaml/run brings the suite"]
fn every_case_of_the_suite() {
    let path = std::env::var("YAML_TEST_SUITE").expect("YAML_TEST_SUITE names the cases");
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(path).expect("the cases")).expect("cases");
    assert!(cases.len() > 350, "only {} cases", cases.len());
    let table: String = cases.iter().fold(String::new(), |mut table, case| {
        let want = if case.fail { "broken" } else { "valid" };
        writeln!(table, "{:8} {want:6} {}", case.id, outcome(case)).expect("a line");
        table
    });
    let kept = tests_dir("yaml-test-suite.txt");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&kept, &table).expect("the table");
    }
    let known = std::fs::read_to_string(&kept).unwrap_or_default();
    let changed: Vec<_> = table.lines().filter(|line| !known.lines().any(|other| other == *line)).collect();
    assert!(changed.is_empty() && known.lines().count() == cases.len(), "no longer as in the table: {changed:#?}");
}

/// `accepted`, `outside: …`, `slip: …` or `refused`; with the data where it is not the suite's.
fn outcome(case: &Case) -> String {
    let words = Vocabulary::default();
    let (mut faults, mut data) = (Vec::new(), None);
    let readable = read(&case.yaml, &words, &mut faults, &mut |tree, _| data = tree.root().map(|root| of(tree, root)));
    let outside: BTreeSet<String> = faults.iter().filter_map(outside).collect();
    let slips: BTreeSet<String> = faults.iter().filter_map(slip).collect();
    let joined = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
    if !outside.is_empty() {
        return format!("outside: {}", joined(outside));
    }
    if !slips.is_empty() {
        return format!("slip: {}", joined(slips));
    }
    if readable != Readable::Whole || !faults.is_empty() {
        return "refused".to_owned();
    }
    let want = events(&case.tree);
    if case.fail || data == want { "accepted".to_owned() } else { format!("accepted, but {data:?} is not {want:?}") }
}

fn outside(fault: &Fault) -> Option<String> {
    match &fault.kind {
        FaultKind::Unsupported(what) => Some(format!("{what:?}")),
        FaultKind::DuplicateKey { .. } => Some("DuplicateKey".to_owned()),
        _ => None,
    }
}

fn slip(fault: &Fault) -> Option<String> {
    let syntax = matches!(fault.kind, FaultKind::Syntax(_));
    let name = format!("{:?}", fault.kind);
    (!syntax).then(|| name.split([' ', '(']).next().unwrap_or_default().to_owned())
}

fn of(tree: &Tree<'_>, node: NodeId) -> Data {
    match &tree.node(node).kind {
        Kind::Blank => Data::Text(String::new()),
        Kind::Scalar { text, .. } => Data::Text(text.to_string()),
        Kind::List(entries) => Data::List(entries.iter().map(|entry| of(tree, *entry)).collect()),
        Kind::Map(fields) => Data::Map(fields.iter().map(|(key, value)| (of(tree, *key), of(tree, *value))).collect()),
    }
}

/// The data that the suite's events tell.
fn events(tree: &str) -> Option<Data> {
    let skipped = ["+STR", "+DOC", "-DOC", "-STR"];
    let told = tree.lines().map(str::trim_start);
    let mut lines = told.filter(|line| !skipped.iter().any(|event| line.starts_with(event)));
    value(&mut lines)
}

fn value<'t>(lines: &mut impl Iterator<Item = &'t str>) -> Option<Data> {
    let line = lines.next()?;
    if let Some(rest) = line.strip_prefix("=VAL") {
        // Anchors and tags never come with a case that is accepted.
        let text = rest.trim_start().get(1..).unwrap_or_default();
        return Some(Data::Text(unescaped(text)));
    }
    let mut children = Vec::new();
    if !line.starts_with('+') {
        return None;
    }
    while let Some(child) = value(lines) {
        children.push(child);
    }
    if line.starts_with("+SEQ") {
        return Some(Data::List(children));
    }
    let mut fields = Vec::new();
    let mut children = children.into_iter();
    while let (Some(key), Some(value)) = (children.next(), children.next()) {
        fields.push((key, value));
    }
    Some(Data::Map(fields))
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some('b')) => out.push('\u{8}'),
            ('\\', Some('0')) => out.push('\0'),
            ('\\', Some(other)) => out.push(other),
            (other, _) => out.push(other),
        }
    }
    out
}
