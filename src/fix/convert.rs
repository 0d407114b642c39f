//! Files in another encoding: the whole file is replaced, so no text edit can say it.
//!
//! A converted file must be readable, like any other that was not. Whatever else it says was there
//! before, only nobody could see it; the usual rounds go on with it.

use crate::city::City;
use crate::finding::Finding;
use crate::fix::{Choice, Converted, FixedFile, HeldBack, Reason, State, Work};
use crate::place::{FileId, LineIndex};
use crate::source::{Encoding, FaultKind, MAX_BYTES, Readable, Unconverted, apply, convert, parse};
use crate::store::{Entry, Snapshot};

/// The finding that a conversion mends.
const NOT_UTF8: &str = "K001";

/// Wanted files in an encoding that has a name, with that name.
pub(super) fn candidates<'s>(
    state: &'s State,
    wanted: &'s [&'s Finding],
) -> impl Iterator<Item = (FileId, Encoding)> + 's {
    let named = wanted.iter().filter(|finding| finding.rule.code == NOT_UTF8).map(|finding| finding.place.file);
    named.filter_map(|id| {
        let guess = state.city.file(id).faults.iter().find_map(|fault| match fault.kind {
            FaultKind::NotUtf8 { guess, .. } => guess,
            _ => None,
        })?;
        Some((id, guess))
    })
}

/// Converts what can be converted; returns what was held back.
pub(super) fn run(work: &mut Work, state: &State, choice: &Choice<'_>) -> Vec<HeldBack> {
    let wanted = state.wanted(choice);
    let mut held = Vec::new();
    let mut texts: Vec<(String, Encoding, Vec<u8>, String)> = Vec::new();
    let mut tried = work.snapshot.clone();
    for (id, from) in candidates(state, &wanted) {
        let path = &state.city.file(id).path;
        let Some(bytes) = bytes(&work.snapshot, path) else { continue };
        match convert(&bytes, from) {
            Ok(text) => {
                tried.overlay(path.as_str(), text.clone().into_bytes());
                texts.push((path.clone(), from, bytes, text));
            }
            Err(why) => held.push(hold(path, None, reason(why, from))),
        }
    }
    if texts.is_empty() {
        return held;
    }
    let city = City::load(&tried);
    for (path, from, bytes, text) in texts {
        if let Some(line) = unreadable(&city, &path) {
            held.push(hold(&path, line, Reason::Unreadable));
            continue;
        }
        let file = work.put(&path, &text, &text);
        file.converted = Some(Converted { from, bytes });
        file.applied.insert(NOT_UTF8, 1);
    }
    held
}

/// Takes back conversions after which the file does not parse by itself: where the rest could only
/// be mended in memory, nothing was won, and the old bytes are worth more than a guess.
pub(super) fn take_back(work: &mut Work, held: &mut Vec<HeldBack>) {
    let broken = |file: &FixedFile| {
        let whole = apply(&file.after, &[]);
        file.converted.is_some() && parse(&whole.text, 0, &whole).error.is_some()
    };
    let paths: Vec<String> = work.changed.values().filter(|file| broken(file)).map(|file| file.path.clone()).collect();
    for path in paths {
        work.changed.remove(&path);
        held.retain(|other| other.path != path);
        held.push(hold(&path, None, Reason::Unreadable));
    }
}

fn hold(path: &str, line: Option<u32>, reason: Reason) -> HeldBack {
    HeldBack { path: path.to_owned(), line, code: Some(NOT_UTF8), reason }
}

fn reason(why: Unconverted, from: Encoding) -> Reason {
    match why {
        Unconverted::Uncertain => Reason::Uncertain(from),
        Unconverted::OneWay { line } => Reason::OneWay(line),
    }
}

fn bytes(snapshot: &Snapshot, path: &str) -> Option<Vec<u8>> {
    match snapshot.get(path)? {
        Entry::File(content) => content.read(MAX_BYTES).ok(),
        Entry::Unsafe(_) => None,
    }
}

/// For a file that cannot be read: the line of its first fault, where it has one.
fn unreadable(city: &City, path: &str) -> Option<Option<u32>> {
    let Some(id) = city.find(path) else { return Some(None) };
    let file = city.file(id);
    if file.readable == Readable::Whole {
        return None;
    }
    let lines = LineIndex::new(&file.text);
    Some(file.faults.iter().map(|fault| lines.line(fault.span.start)).min().filter(|_| !file.text.is_empty()))
}
