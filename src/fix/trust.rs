//! Whether a fixed text can be trusted.
//!
//! Of a file that parsed, nothing but what the fixes name may differ; one that did not must be
//! readable. In both, the fixed findings are gone, and no error is new, in the whole city. What was
//! only hidden is not new: what stands in a file that could not be read, or under a name that was
//! not known, is seen at last with all that follows from it. Faults of form were never hidden.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::fix::round::Trial;
use crate::fix::{Reason, State};
use crate::model::Level;
use crate::place::Span;
use crate::source::{Edit, Kind, NodeId, Readable, Repaired, Tree, apply, parse};

/// How a text stands to the text it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Only what the edits touch differs.
    Same,
    /// Something else differs.
    Different,
    /// It parses now, and did not before.
    WasBroken,
    /// It does not parse.
    Unreadable,
}

/// A name or value: how deep it stands (so that one which changes its level is another one), its
/// text, and its place; for a name, the place of what stands under it.
struct Word {
    depth: usize,
    text: String,
    span: Span,
    under: Option<Span>,
}

/// Compares a text with what its edits made of it; with the places under names they brought in.
pub(super) fn compare(before: &str, after: &Repaired<'_>, edits: &[Edit]) -> (Shape, Vec<Span>) {
    let Some(new) = words(&after.text) else { return (Shape::Unreadable, Vec::new()) };
    let touched = |span: Span| edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end);
    let named = |word: &&Word| touched(after.original_span(word.span));
    let Some(old) = words(before) else { return (Shape::WasBroken, Vec::new()) };
    let known: Vec<&str> = old.iter().filter(|word| touched(word.span)).map(|word| word.text.as_str()).collect();
    let brought_in = |word: &&Word| named(word) && !known.contains(&word.text.as_str());
    let opened = new.iter().filter(brought_in).filter_map(|word| word.under).collect();
    let said = |word: &'_ Word| (word.depth, word.text.clone());
    let kept_old: Vec<_> = old.iter().filter(|word| !touched(word.span)).map(said).collect();
    let kept_new: Vec<_> = new.iter().filter(|word| !named(word)).map(said).collect();
    // A fix may bring in a word for each line that it writes itself, not a whole part.
    let brought = new.len() - kept_new.len();
    let written: usize = edits.iter().map(|edit| edit.text.lines().count().max(1)).sum();
    let same = kept_old == kept_new && brought <= old.len() - kept_old.len() + written;
    (if same { Shape::Same } else { Shape::Different }, opened)
}

/// Every name and value in order; none when the text does not parse.
fn words(text: &str) -> Option<Vec<Word>> {
    let whole = apply(text, &[]);
    let parsed = parse(&whole.text, 0, &whole);
    if parsed.error.is_some() {
        return None;
    }
    let mut words = Vec::new();
    if let Some(root) = parsed.tree.root() {
        collect(&parsed.tree, root, 0, &mut words);
    }
    Some(words)
}

fn collect(tree: &Tree<'_>, node: NodeId, depth: usize, words: &mut Vec<Word>) {
    let span = tree.span(node);
    let mut value = |text: String| words.push(Word { depth, text, span, under: None });
    match &tree.node(node).kind {
        Kind::Blank => value(String::new()),
        Kind::Scalar { text, .. } => value(text.to_string()),
        Kind::List(children) => children.iter().for_each(|child| collect(tree, *child, depth + 1, words)),
        Kind::Map(fields) => {
            for (key, inner) in fields {
                let text = format!("{}:", tree.text(*key).unwrap_or_default());
                words.push(Word { depth, text, span: tree.span(*key), under: Some(tree.span(*inner)) });
                collect(tree, *inner, depth + 1, words);
            }
        }
    }
}

/// Why the city after some trials cannot be trusted, if so.
pub(super) fn doubt(before: &State, after: &State, trials: &[&Trial<'_>]) -> Option<Reason> {
    let unreadable = trials.iter().any(|trial| after.city.file(trial.file).readable != Readable::Whole);
    if unreadable {
        return Some(Reason::Unreadable);
    }
    if trials.iter().any(|trial| still_there(before, after, trial)) {
        return Some(Reason::StillThere);
    }
    let read_at_last = trials.iter().any(|trial| before.city.file(trial.file).readable != Readable::Whole);
    let mut known = errors(before);
    let mut new = after.findings.iter().filter(|finding| {
        finding.level == Level::Error
            && match known.get_mut(&name(after, finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
    });
    let hidden = |finding: &Finding| {
        let under = |trial: &&Trial<'_>| {
            trial.file == finding.place.file && trial.opened.iter().any(|span| span.holds(finding.place.span))
        };
        finding.rule.family() != 0 && (read_at_last || trials.iter().any(under))
    };
    new.find(|finding| !hidden(finding)).map(|finding| Reason::NewError(finding.rule.code))
}

/// True when a file has more findings of a fixed rule than those that were not to be fixed.
fn still_there(before: &State, after: &State, trial: &Trial<'_>) -> bool {
    let count = |state: &State, code: &str| {
        state.findings.iter().filter(|found| found.place.file == trial.file && found.rule.code == code).count()
    };
    let shown = |code: &str| {
        let under = |found: &&Finding| trial.opened.iter().any(|span| span.holds(found.place.span));
        let own = after.findings.iter().filter(|found| found.place.file == trial.file && found.rule.code == code);
        own.filter(under).count()
    };
    let mut fixed: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &trial.fixes {
        *fixed.entry(finding.rule.code).or_default() += 1;
    }
    let was_whole = before.city.file(trial.file).readable == Readable::Whole;
    fixed.iter().any(|(code, fixes)| {
        // Of a file that could not be read, only faults of form were all seen.
        let seen = was_whole || code.starts_with("K0");
        seen && count(after, code) > (count(before, code) + shown(code)).saturating_sub(*fixes)
    })
}

/// Rule, path and words of a finding: what stays the same when lines move.
fn name(state: &State, finding: &Finding) -> (&'static str, String, String) {
    let mut words = String::with_capacity(finding.message.ja.len());
    for (index, part) in finding.message.ja.split("行目").enumerate() {
        words.push_str(if index > 0 { "行目" } else { "" });
        words.push_str(part.trim_end_matches(|c: char| c.is_ascii_digit()));
    }
    (finding.rule.code, state.city.file(finding.place.file).path.clone(), words)
}

fn errors(state: &State) -> BTreeMap<(&'static str, String, String), usize> {
    let mut errors = BTreeMap::new();
    for finding in state.findings.iter().filter(|finding| finding.level == Level::Error) {
        *errors.entry(name(state, finding)).or_default() += 1;
    }
    errors
}
