//! Walks the tables of `shape`, so that no field can be declared and forgotten by the decoder: for
//! every field of every kind of file, a value of the wrong type gives exactly one K103, a required
//! field left out K102, an unknown field K101, and the Japanese label K212 and the same data.

use std::fmt::Write as _;

use kpolicy::city::City;
use kpolicy::finding::Finding;
use kpolicy::rules::{Check, RULES};
use kpolicy::shape::{Field, FileKind, Kind, Shape, Target};
use kpolicy::store::{Content, Entry, Snapshot};

/// Where a file of this kind lies.
fn path(kind: FileKind) -> String {
    match kind {
        FileKind::Settings => "policy/kpolicy.yaml".to_owned(),
        FileKind::Plan => "departments/2025/somu.yaml".to_owned(),
        kind => format!("policy/2025/{}.yaml", kind.schema_name()),
    }
}

/// A value that is right for `kind`, as the text after the colon or dash.
fn right(kind: &Kind, indent: usize) -> String {
    let pad = " ".repeat(indent);
    match kind {
        Kind::Text => "\"文\"".to_owned(),
        Kind::TextOrNumber | Kind::Number => "12".to_owned(),
        Kind::Count => "2025".to_owned(),
        Kind::Bool => "true".to_owned(),
        Kind::Date => "2025-04-01".to_owned(),
        Kind::DateTime => "\"2025-04-03T10:00\"".to_owned(),
        Kind::MonthDay => "\"09-30\"".to_owned(),
        Kind::ItemId | Kind::Cite | Kind::Subject => "1-1".to_owned(),
        Kind::ClauseId => "1-1-a".to_owned(),
        Kind::GoalId | Kind::Ref(Target::OwnGoal) => "G1".to_owned(),
        Kind::Ref(Target::PastGoal) => "2024:G1".to_owned(),
        Kind::Ref(Target::OthersGoal) => "somu:G1".to_owned(),
        Kind::Name | Kind::Ref(_) => "somu".to_owned(),
        // The last word: the first may be what an absent field means.
        Kind::Choice(choices) => choices[choices.len() - 1].id.to_owned(),
        Kind::List(Kind::One(shape)) => format!("\n{pad}  - {}", required(shape, indent + 4).trim_start()),
        Kind::List(inner) => format!("\n{pad}  - {}", right(inner, indent + 4)),
        Kind::One(shape) => format!("\n{}", required(shape, indent + 2)),
        Kind::Map(Some(Target::Rule), inner) => format!("\n{pad}  K201: {}", right(inner, indent + 2)),
        Kind::Map(_, inner) => format!("\n{pad}  word: {}", right(inner, indent + 2)),
    }
}

/// The required fields of an object, or its first field where none is.
fn required(shape: &'static Shape, indent: usize) -> String {
    let any = shape.fields.iter().any(|field| field.required);
    let chosen = shape.fields.iter().enumerate().filter(|(at, field)| field.required || (!any && *at == 0));
    let lines: Vec<String> = chosen.map(|(_, field)| line(field.key, &right(&field.kind, indent), indent)).collect();
    lines.join("\n")
}

fn line(key: &str, value: &str, indent: usize) -> String {
    let space = if value.starts_with('\n') { "" } else { " " };
    format!("{}{key}:{space}{value}", " ".repeat(indent))
}

/// Values of another type than `kind`, with a name for the message.
fn wrong(kind: &Kind, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let (list, fields) = (format!("\n{pad}  - \"x\""), format!("\n{pad}  unknown-word: \"x\""));
    match kind {
        Kind::List(inner) => {
            let entry = match inner {
                Kind::One(_) => format!("\n{pad}  - \"x\""),
                _ => format!("\n{pad}  - unknown-word: \"x\""),
            };
            vec!["\"x\"".to_owned(), fields, entry]
        }
        Kind::One(_) | Kind::Map(..) => vec!["\"x\"".to_owned(), list],
        Kind::Number | Kind::Count | Kind::Bool => vec!["\"多い\"".to_owned(), list, fields],
        _ => vec![list, fields],
    }
}

/// One field of a file, with a way to write the file around it.
struct Spot {
    kind: FileKind,
    shape: &'static Shape,
    field: &'static Field,
    /// The field's name with those it lies in, for messages.
    name: String,
    /// Text before and after the object that has the field, and its indentation.
    before: String,
    after: String,
    indent: usize,
}

impl Spot {
    /// The file with the object's required fields, and this field written as given (or not at all).
    fn file(&self, key: &str, value: Option<&str>) -> String {
        let mut text = self.before.clone();
        for field in self.shape.fields {
            if field.key == self.field.key {
                if let Some(value) = value {
                    let _ = writeln!(text, "{}", line(key, value, self.indent));
                }
            } else if field.required {
                let _ = writeln!(text, "{}", line(field.key, &right(&field.kind, self.indent), self.indent));
            }
        }
        if text == self.before && value.is_none() {
            let _ = writeln!(text, "{}# nothing", " ".repeat(self.indent));
        }
        text + &self.after
    }
}

/// Every field of every file.
fn spots() -> Vec<Spot> {
    let mut all = Vec::new();
    for kind in FileKind::ALL {
        walk(kind, kind.shape(), kind.schema_name(), "", "", 0, &mut all);
    }
    all
}

fn walk(kind: FileKind, shape: &'static Shape, name: &str, before: &str, after: &str, at: usize, all: &mut Vec<Spot>) {
    for field in shape.fields {
        let name = format!("{name}.{}", field.key);
        let (before_field, others) = (before.to_owned(), others(shape, field, at));
        let pad = " ".repeat(at);
        match &field.kind {
            Kind::One(inner) => {
                let before = format!("{before}{others}{pad}{}:\n", field.key);
                walk(kind, inner, &name, &before, after, at + 2, all);
            }
            Kind::List(Kind::One(inner)) => {
                let before = format!("{before}{others}{pad}{}:\n{pad}  -\n", field.key);
                walk(kind, inner, &name, &before, after, at + 4, all);
            }
            _ => {}
        }
        all.push(Spot { kind, shape, field, name, before: before_field, after: after.to_owned(), indent: at });
    }
}

/// The other required fields of an object, before the one that is looked into.
fn others(shape: &'static Shape, field: &Field, indent: usize) -> String {
    let other = |other: &&Field| other.required && other.key != field.key;
    let lines =
        shape.fields.iter().filter(other).map(|other| line(other.key, &right(&other.kind, indent), indent) + "\n");
    lines.collect()
}

fn city(kind: FileKind, text: &str) -> City {
    let mut snapshot = Snapshot::default();
    snapshot.insert(path(kind).as_str(), Entry::File(Content::Bytes(text.as_bytes().to_vec())));
    City::load(&snapshot)
}

/// Codes and messages of the rules on single files, but for those about the place of a file.
fn findings(city: &City) -> Vec<Finding> {
    let mut found = Vec::new();
    for id in city.file_ids() {
        for rule in RULES {
            if let Check::File(check) | Check::Both(check, _) = rule.check {
                check(city, id, &mut found);
            }
        }
    }
    found.retain(|finding| !matches!(finding.rule.code, "K205" | "K206" | "K207"));
    found
}

fn codes(kind: FileKind, text: &str) -> Vec<&'static str> {
    findings(&city(kind, text)).iter().map(|finding| finding.rule.code).collect()
}

/// The decoded data without its places.
fn data(kind: FileKind, text: &str) -> String {
    let city = city(kind, text);
    let all = format!("{:?}", city.files[0].doc);
    let mut parts = all.split("Span { start: ");
    let mut without = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        without.push_str(part.split_once(" }").map_or(part, |(_, rest)| rest));
    }
    without
}

#[test]
fn every_field_is_read() {
    let all = spots();
    assert!(all.len() > 150, "{} fields", all.len());
    for spot in &all {
        let value = right(&spot.field.kind, spot.indent);
        let (with, without) = (spot.file(spot.field.key, Some(&value)), spot.file(spot.field.key, None));
        assert_eq!(codes(spot.kind, &with), Vec::<&str>::new(), "{}\n{with}", spot.name);
        assert_ne!(data(spot.kind, &with), data(spot.kind, &without), "{} is not decoded\n{with}", spot.name);
    }
}

#[test]
fn a_wrong_type_is_one_finding() {
    for spot in spots() {
        for value in wrong(&spot.field.kind, spot.indent) {
            let text = spot.file(spot.field.key, Some(&value));
            assert_eq!(codes(spot.kind, &text), ["K103"], "{}\n{text}", spot.name);
        }
    }
}

#[test]
fn a_missing_required_field_is_reported() {
    for spot in spots() {
        let expected: &[&str] = if spot.field.required { &["K102"] } else { &[] };
        for value in [None, Some("")] {
            let text = spot.file(spot.field.key, value);
            assert_eq!(codes(spot.kind, &text), expected, "{}\n{text}", spot.name);
        }
    }
}

#[test]
fn an_unknown_field_is_reported_wherever_it_stands() {
    for spot in spots() {
        let value = right(&spot.field.kind, spot.indent);
        let mut text = spot.file(spot.field.key, Some(&value));
        let extra = line("qqqqqqqqqq", "\"x\"", spot.indent) + "\n";
        text.insert_str(spot.before.len(), &extra);
        assert_eq!(codes(spot.kind, &text), ["K101"], "{}\n{text}", spot.name);
    }
}

#[test]
fn a_japanese_label_is_understood() {
    for spot in spots() {
        let value = right(&spot.field.kind, spot.indent);
        let (by_key, by_label) = (spot.file(spot.field.key, Some(&value)), spot.file(spot.field.label, Some(&value)));
        assert_eq!(codes(spot.kind, &by_label), ["K212"], "{}\n{by_label}", spot.name);
        assert_eq!(data(spot.kind, &by_key), data(spot.kind, &by_label), "{}", spot.name);
    }
}

#[test]
fn a_placeholder_is_one_finding() {
    for spot in spots() {
        let text = spot.file(spot.field.key, Some("（記入）ここに書く"));
        assert_eq!(codes(spot.kind, &text), ["K104"], "{}\n{text}", spot.name);
    }
}

#[test]
fn a_choice_is_understood_by_its_labels() {
    for spot in spots() {
        let Kind::Choice(choices) = spot.field.kind else { continue };
        for choice in choices {
            let exact = data(spot.kind, &spot.file(spot.field.key, Some(choice.id)));
            for label in choice.ja {
                let text = spot.file(spot.field.key, Some(label));
                assert_eq!(codes(spot.kind, &text), ["K212"], "{} {label}", spot.name);
                assert_eq!(data(spot.kind, &text), exact, "{} {label}", spot.name);
            }
        }
        let text = spot.file(spot.field.key, Some("\"何か別の言葉\""));
        assert_eq!(codes(spot.kind, &text), ["K108"], "{}", spot.name);
    }
}
