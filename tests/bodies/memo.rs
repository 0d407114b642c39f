//! A memo of any bytes: nothing is lost, and what is written reads back.

use std::collections::BTreeMap;

use kpolicy::city::{City, Doc};
use kpolicy::date::FiscalYear;
use kpolicy::memo::{Fate, Memo, Options, amend, characters, kanji_of_radical, write_policy};
use kpolicy::source::{apply, parse};
use kpolicy::store::Snapshot;
use kpolicy::ui::is_hidden;

/// Any bytes, as the file of a memo.
pub(crate) fn body(bytes: &[u8]) {
    let Ok((text, _)) = characters(bytes.to_vec()) else { return };
    let memo = Memo::read(&text);
    assert_eq!(memo.pieces.len(), memo.fates.len());
    every_character_is_somewhere(&text, &memo);
    let file = write_policy(&memo, FiscalYear(2025));
    let mut snapshot = Snapshot::default();
    snapshot.overlay("policy/2025/policy.yaml", file.clone().into_bytes());
    let city = City::load(&snapshot);
    let read = city.file(city.find("policy/2025/policy.yaml").expect("the file"));
    // A file that is too large or too deep is refused by the reader, and said so by the command.
    let Doc::Policy(policy) = &read.doc else { return };
    assert!(read.faults.is_empty(), "{:?} of {text:?} in\n{file}", read.faults);
    let texts: Vec<String> = policy.items().filter_map(|item| Some(item.text.as_ref()?.value.to_string())).collect();
    let wanted: Vec<String> = memo.items().map(|item| item.text.clone()).filter(|text| !text.is_empty()).collect();
    let written: Vec<String> = texts.into_iter().filter(|text| text != "（記入）").collect();
    assert_eq!(written, wanted, "{text:?}");
    once_more(&file, &memo);
}

/// The same memo over its own file changes nothing but what is still to be written.
fn once_more(file: &str, memo: &Memo) {
    let Ok(amended) = amend(file, memo, Options { since: None, overwrite: true }) else { return };
    let again = apply(file, &amended.edits).text.into_owned();
    let whole = apply(&again, &[]);
    assert!(parse(&again, 0, &whole).is_whole(), "{again}");
}

/// Counts of what is no white space and can be seen.
fn count(counts: &mut BTreeMap<char, i64>, text: &str, by: i64) {
    let seen = |c: &char| !c.is_whitespace() && (*c == '\u{200d}' || !is_hidden(*c));
    let character = |c: &char| !(matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(*c) & 0xfffe == 0xfffe);
    for c in text.chars().filter(seen).filter(character).map(kanji_of_radical) {
        *counts.entry(c).or_default() += by;
    }
}

/// What is in the source is in the policy, among its readings, or in a piece that is left out.
fn every_character_is_somewhere(text: &str, memo: &Memo) {
    let mut pieces = BTreeMap::new();
    count(&mut pieces, text, 1);
    memo.pieces.iter().for_each(|piece| count(&mut pieces, &piece.text, -1));
    pieces.retain(|_, left| *left != 0);
    assert!(pieces.is_empty(), "{pieces:?} of {text:?}");

    let mut counts = BTreeMap::new();
    for (piece, fate) in memo.pieces.iter().zip(&memo.fates) {
        if !matches!(fate, Fate::Out(_) | Fate::Issued) {
            count(&mut counts, &piece.text, 1);
        }
    }
    let front = &memo.front;
    let name = front.name.as_ref().map(|(name, _)| name);
    for words in [front.title.as_ref(), front.post.as_ref(), name].into_iter().flatten() {
        count(&mut counts, words, -1);
    }
    for section in &memo.sections {
        let heading = section.heading.as_ref().filter(|_| section.mark.is_some());
        for words in [section.mark.as_ref(), heading].into_iter().flatten() {
            count(&mut counts, words, -1);
        }
        for item in &section.items {
            count(&mut counts, item.mark.as_deref().unwrap_or_default(), -1);
            count(&mut counts, &item.text, -1);
            item.ruby.iter().for_each(|ruby| count(&mut counts, &ruby.reading, -1));
            if item.short.why.is_none() {
                count(&mut counts, &item.short.value, -1);
            }
        }
    }
    counts.retain(|_, left| *left != 0);
    assert!(counts.is_empty(), "{counts:?} of {text:?}: {memo:#?}");
}
