//! Fixes over any file of a city: the result parses, nothing else changes, and once is enough.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use kpolicy::city::City;
use kpolicy::error::Error;
use kpolicy::finding::Finding;
use kpolicy::fix::{Choice, FixedFile, Outcome, fix};
use kpolicy::model::Level;
use kpolicy::shape::FileKind;
use kpolicy::source::{Kind, NodeId, Readable, Style, Tree, apply, parse, read};
use kpolicy::store::Snapshot;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{judged, laid_over};

/// Fixing is tried again and again, so only small files are looked at.
const MOST: usize = 6_000;

/// A path and a file's bytes, as [`laid_over`] takes them.
pub(crate) fn body(input: &[u8]) {
    if input.len() > MOST {
        return;
    }
    let (snapshot, _) = laid_over(input);
    for all in [false, true] {
        let Ok(outcome) = run(&snapshot, all) else { return };
        if outcome.files.is_empty() {
            continue;
        }
        let after = mended(&snapshot, &outcome);
        let again = run(&after, all).expect("what could be judged can be judged again");
        assert!(
            again.files.is_empty(),
            "all {all}: a second run changes {:#?}\nafter {:#?}",
            again.files,
            outcome.files
        );
        for file in &outcome.files {
            parses_and_keeps(file);
        }
        no_new_error(&snapshot, &after, &outcome, all);
    }
}

fn findings(city: &City) -> Result<Vec<Finding>, Error> {
    Ok(judged(city)?.findings)
}

fn run(snapshot: &Snapshot, all: bool) -> Result<Outcome, Error> {
    fix(snapshot, &Choice { all, wanted: &|_, _| true, judge: &findings })
}

/// The snapshot after its fixes.
pub(crate) fn mended(snapshot: &Snapshot, outcome: &Outcome) -> Snapshot {
    let mut after = snapshot.clone();
    for file in &outcome.files {
        after.overlay(file.path.clone(), file.after.clone().into_bytes());
    }
    after
}

/// The result parses, and a value on lines that no fix touched is the value it was.
fn parses_and_keeps(file: &FixedFile) {
    let new = values(&file.after).unwrap_or_else(|| panic!("{} no longer parses: {:?}", file.path, file.after));
    let Some(old) = values(&file.before) else { return };
    let new: HashSet<(usize, usize, String)> =
        new.into_iter().map(|value| (value.start, value.end, value.words)).collect();
    let (before, after) = (lines(&file.before), lines(&file.after));
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    for Value { header, start, end, words } in old {
        let (first, last) = (line(&file.before, header), line(&file.before, end));
        let moved = ops.iter().find_map(|op| match *op {
            DiffOp::Equal { old_index, new_index, len } if old_index <= first && last < old_index + len => {
                let shift = |at: usize| at + place(&after, new_index) - place(&before, old_index);
                Some((shift(start), shift(end)))
            }
            _ => None,
        });
        let Some((start, end)) = moved else { continue };
        assert!(
            new.contains(&(start, end, words.clone())),
            "{words:?} is lost or changed\nbefore {:?}\nafter {:?}",
            file.before,
            file.after
        );
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The line (from 0) of a byte.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

/// Where a line begins.
fn place(lines: &[&str], line: usize) -> usize {
    lines[..line].iter().map(|line| line.len()).sum()
}

/// A text and its place.
struct Value {
    /// Where what decides its reading begins: for a block text the sign that opens it.
    header: usize,
    start: usize,
    end: usize,
    words: String,
}

/// Every text of a file; none when it does not parse.
fn values(text: &str) -> Option<Vec<Value>> {
    let whole = apply(text, &[]);
    let parsed = parse(&whole.text, 0, &whole);
    if !parsed.is_whole() {
        return None;
    }
    let mut values = Vec::new();
    if let Some(root) = parsed.tree.root() {
        collect(&parsed.tree, root, text, &mut values);
    }
    Some(values)
}

fn collect(tree: &Tree<'_>, node: NodeId, text: &str, values: &mut Vec<Value>) {
    let Range { start, end } = tree.span(node).range();
    match &tree.node(node).kind {
        Kind::Blank => {}
        Kind::Scalar { text: words, style } => {
            let block = matches!(style, Style::Literal | Style::Folded);
            let header = if block { text[..start].trim_end().len() } else { start };
            values.push(Value { header, start, end, words: words.to_string() });
        }
        Kind::List(children) => children.iter().for_each(|child| collect(tree, *child, text, values)),
        Kind::Map(fields) => fields.iter().for_each(|(key, value)| {
            collect(tree, *key, text, values);
            collect(tree, *value, text, values);
        }),
    }
}

/// A file that was read whole is so afterwards, and has no error more than before: of form none of a
/// kind that it did not have, and after certain fixes of all kinds no more together. Where a name was
/// mended, what stood under it is read at last, with the faults that it had all the time.
fn no_new_error(before: &Snapshot, after: &Snapshot, outcome: &Outcome, all: bool) {
    let (old, new) = (City::load(before), City::load(after));
    let (Ok(was), Ok(is)) = (findings(&old), findings(&new)) else { panic!("judged before, not after") };
    for file in &outcome.files {
        let whole = |city: &City| city.find(&file.path).is_some_and(|id| city.file(id).readable == Readable::Whole);
        assert!(whole(&new) || !whole(&old), "{} is no longer readable: {:?}", file.path, file.after);
        if !whole(&old) {
            continue;
        }
        let (was, is) = (errors(&old, &was, &file.path), errors(&new, &is, &file.path));
        let risen =
            is.iter().any(|(code, count)| code.starts_with("K0") && *count > was.get(code).copied().unwrap_or(0));
        let more = is.values().sum::<usize>() > was.values().sum();
        let kept = names(&file.after);
        let hidden = all || names(&file.before).iter().any(|name| !kept.contains(name));
        assert!(!risen && (!more || hidden), "{was:?} became {is:?}\nbefore {:?}\nafter {:?}", file.before, file.after);
    }
}

/// Every name of a file, with the name or names it stands under.
fn names(text: &str) -> Vec<Vec<String>> {
    fn collect(tree: &Tree<'_>, node: NodeId, above: &[String], names: &mut Vec<Vec<String>>) {
        match &tree.node(node).kind {
            Kind::Blank | Kind::Scalar { .. } => {}
            Kind::List(children) => children.iter().for_each(|child| collect(tree, *child, above, names)),
            Kind::Map(fields) => {
                for (key, value) in fields {
                    let path = [above, &[tree.text(*key).unwrap_or_default().to_owned()]].concat();
                    names.push(path.clone());
                    collect(tree, *value, &path, names);
                }
            }
        }
    }
    // As the program reads it: a name with a sign that nobody sees is one all the same.
    let mut names = Vec::new();
    read(text, FileKind::Plan.vocabulary(), &mut Vec::new(), &mut |tree, _| {
        if let Some(root) = tree.root() {
            collect(tree, root, &[], &mut names);
        }
    });
    names
}

/// How often each error is found in a file.
fn errors(city: &City, findings: &[Finding], path: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let here = findings.iter().filter(|finding| city.file(finding.place.file).path == path);
    for finding in here.filter(|finding| finding.level == Level::Error) {
        *counts.entry(finding.rule.code).or_default() += 1;
    }
    counts
}
