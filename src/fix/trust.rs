//! Whether a fixed text can be trusted.
//!
//! Of a file that parsed, nothing but what the fixes name may differ. One that did not must parse,
//! without the fixed findings and without a new fault of form.

use std::collections::{BTreeMap, BTreeSet};

use crate::city::City;
use crate::error::Error;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::Span;
use crate::source::{Edit, FaultKind, Kind, NodeId, Readable, Tree, apply, parse};

/// How a text stands to the text it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Only what the edits touch differs.
    Same,
    /// Something else differs, or it does not parse any more.
    Different,
    /// The text did not parse before, but does now.
    WasBroken,
}

/// Compares the values of two texts around their edits.
pub(super) fn compare(before: &str, after: &str, edits: &[Edit]) -> Verdict {
    match (values(before), values(after)) {
        (_, None) => Verdict::Different,
        (None, Some(_)) => Verdict::WasBroken,
        // Two names mended into one would leave a file that nobody can read.
        (Some(old), Some(new)) if new.doubled <= old.doubled && only_named(&old.all, &new.all, edits) => Verdict::Same,
        (Some(_), Some(_)) => Verdict::Different,
    }
}

/// What a text holds.
struct Values {
    /// Every name and value with its place.
    all: Vec<(String, Span)>,
    /// How many fields stand twice in one place.
    doubled: usize,
}

/// The names and values of a text; none when it does not parse.
fn values(text: &str) -> Option<Values> {
    let whole = apply(text, &[]);
    let parsed = parse(&whole.text, 0, &whole);
    if parsed.error.is_some() {
        return None;
    }
    let mut all = Vec::new();
    if let Some(root) = parsed.tree.root() {
        collect(&parsed.tree, root, 0, &mut all);
    }
    let doubled = parsed.faults.iter().filter(|fault| matches!(fault.kind, FaultKind::DuplicateKey { .. })).count();
    Some(Values { all, doubled })
}

/// Values carry their depth, so that one which changes its level is another one.
fn collect(tree: &Tree<'_>, node: NodeId, depth: usize, values: &mut Vec<(String, Span)>) {
    let span = tree.span(node);
    match &tree.node(node).kind {
        Kind::Blank => values.push((format!("{depth} "), span)),
        Kind::Scalar { text, .. } => values.push((format!("{depth} {text}"), span)),
        Kind::List(children) => children.iter().for_each(|child| collect(tree, *child, depth + 1, values)),
        Kind::Map(fields) => {
            for (key, value) in fields {
                values.push((format!("{depth} {}:", tree.text(*key).unwrap_or_default()), tree.span(*key)));
                collect(tree, *value, depth + 1, values);
            }
        }
    }
}

/// True when every value that no edit touches is there afterwards as often as before.
fn only_named(old: &[(String, Span)], new: &[(String, Span)], edits: &[Edit]) -> bool {
    let touched = |span: &Span| edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end);
    let mut kept: BTreeMap<&str, isize> = BTreeMap::new();
    let mut free = 0;
    for (value, span) in old {
        if touched(span) {
            free += 1;
        } else {
            *kept.entry(value).or_default() += 1;
        }
    }
    let mut extra = 0;
    for (value, _) in new {
        match kept.get_mut(value.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => extra += 1,
        }
    }
    kept.values().all(|count| *count == 0) && extra <= free + edits.len()
}

/// True when a mended file is readable, the fixed findings are gone, and no fault of form is new.
pub(super) fn mends(
    mended: &City,
    path: &str,
    fixes: &[&Finding],
    judge: &dyn Fn(&City) -> Result<Vec<Finding>, Error>,
) -> Result<bool, Error> {
    let Some(id) = mended.find(path) else { return Ok(false) };
    if mended.file(id).readable != Readable::Whole {
        return Ok(false);
    }
    let fixed: BTreeSet<&str> = fixes.iter().map(|finding| finding.rule.code).collect();
    let left = judge(mended)?;
    let mut form = left
        .iter()
        .filter(|finding| finding.place.file == id && finding.level == Level::Error && finding.rule.family() == 0);
    Ok(form.all(|finding| !fixed.contains(finding.rule.code)))
}
