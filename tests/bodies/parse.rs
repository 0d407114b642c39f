//! The parser: places nest and slice, and what is accepted without a word reads the same in
//! another YAML reader.

use std::borrow::Cow;

use kpolicy::shape::FileKind;
use kpolicy::source::{
    Kind, NodeId, Readable, Style, Tree, Widths, apply, parse, parse_events, read, read_plain, scan,
};
use serde_yaml::Value;

use super::places;

/// Any bytes that are UTF-8.
pub(crate) fn body(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    alone(text);
    let accepted = in_full(text);
    if accepted {
        let whole = apply(text, &[]);
        let ours = parse(text, 0, &whole);
        // To serde_yaml a block text without a last line end has none in its value, to us and to the
        // YAML test suite (L24T) it has one.
        let ended = if text.ends_with('\n') { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n")) };
        if let Ok(theirs) = serde_yaml::from_str::<Value>(&ended) {
            let same = ours.tree.root().map_or(theirs.is_null(), |root| same(&ours.tree, root, &theirs));
            assert!(same, "{text:?} is {theirs:#?} to serde_yaml, and to us {:#?}", ours.tree);
        }
    }
}

/// The parser by itself.
fn alone(text: &str) {
    let whole = apply(text, &[]);
    let parsed = parse(text, 0, &whole);
    places::faults(&parsed.faults, text);
    if let Some(at) = parsed.error {
        assert!(text.is_char_boundary(at), "the error at {at} of {text:?}");
    }
    if read_plain(text).is_some() {
        assert!(parsed.is_whole() && parsed.faults.is_empty(), "{text:?}");
        // Such a text is not scanned.
        for kind in FileKind::ALL {
            let slips = scan(text, kind.vocabulary(), Widths::LIKELY[0]).faults;
            assert!(slips.is_empty(), "{text:?} has {slips:?}");
        }
    }
    if parsed.is_whole() {
        // What was read without the parser is what the parser reads.
        assert_eq!(format!("{parsed:?}"), format!("{:?}", parse_events(text, 0, &whole)), "{text:?}");
        places::tree(&parsed.tree, text, false);
    }
}

/// The whole way from a text to its trees, slips mended; true when there was nothing to say.
pub(crate) fn in_full(text: &str) -> bool {
    let words = FileKind::Plan.vocabulary();
    let mut faults = Vec::new();
    read(text, words, &mut faults, &mut |_, _| {});
    places::faults(&faults, text);
    let mended = faults.iter().any(|fault| !fault.edits.is_empty());
    let readable = read(text, words, &mut Vec::new(), &mut |tree, _| places::tree(tree, text, mended));
    readable == Readable::Whole && faults.is_empty()
}

/// True when our tree holds what serde_yaml read.
pub(crate) fn same(tree: &Tree<'_>, node: NodeId, theirs: &Value) -> bool {
    match (&tree.node(node).kind, theirs) {
        (Kind::Blank, Value::Null) => true,
        (Kind::Scalar { text, .. }, Value::String(theirs)) => text == theirs,
        (Kind::Scalar { text, style: Style::Plain }, theirs) => {
            serde_yaml::from_str::<Value>(text).is_ok_and(|ours| ours == *theirs)
        }
        (Kind::List(children), Value::Sequence(theirs)) => {
            children.len() == theirs.len()
                && children.iter().zip(theirs).all(|(ours, theirs)| same(tree, *ours, theirs))
        }
        (Kind::Map(fields), Value::Mapping(theirs)) => {
            fields.len() == theirs.len()
                && fields.iter().zip(theirs).all(|((key, value), (their_key, their_value))| {
                    same(tree, *key, their_key) && same(tree, *value, their_value)
                })
        }
        _ => false,
    }
}
