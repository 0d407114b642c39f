//! Places: inside the text, on the borders of characters, nested as the values are.

use kpolicy::place::Span;
use kpolicy::source::{Fault, Kind, NodeId, Style, Tree};

/// A span that slices the text.
pub(crate) fn slice(span: Span, text: &str) -> &str {
    text.get(span.range()).unwrap_or_else(|| panic!("{span:?} is no place in {text:?}"))
}

/// The places of faults and of their edits.
pub(crate) fn faults(faults: &[Fault], text: &str) {
    for fault in faults {
        slice(fault.span, text);
        for edit in fault.edits.iter().chain(&fault.likely) {
            slice(edit.span, text);
        }
    }
}

/// Every value lies inside the value that holds it, and the place of a value on one line slices
/// the text to the words it names, unless the text was mended on the way.
pub(crate) fn tree(tree: &Tree<'_>, text: &str, mended: bool) {
    for (span, _) in tree.comments() {
        slice(span, text);
    }
    let mut open: Vec<(NodeId, Span)> = tree.root().map(|root| (root, Span::new(0, text.len()))).into_iter().collect();
    while let Some((node, outer)) = open.pop() {
        let here = tree.node(node);
        let words = slice(here.span, text);
        assert!(outer.holds(here.span), "{:?} is not inside {outer:?} of {text:?}", here.span);
        match &here.kind {
            Kind::Scalar { text: value, style } if !mended => same_words(words, value, *style),
            Kind::List(children) => open.extend(children.iter().map(|child| (*child, here.span))),
            Kind::Map(fields) => {
                open.extend(fields.iter().flat_map(|(key, value)| [(*key, here.span), (*value, here.span)]));
            }
            _ => {}
        }
    }
}

fn same_words(slice: &str, value: &str, style: Style) {
    // The last three end a line in YAML 1.1 only, which is what serde_yaml reads.
    let one_line = !slice.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    match style {
        Style::Plain if one_line => assert_eq!(slice, value),
        Style::Quoted if one_line => {
            let whole: serde_yaml::Value = serde_yaml::from_str(slice).unwrap_or_default();
            let plain = slice.len() >= 2 && slice.starts_with(['"', '\'']) && slice.ends_with(['"', '\'']);
            assert!(plain, "{slice:?}");
            assert!(whole.as_str().is_none_or(|whole| whole == value), "{slice:?} {value:?}");
        }
        _ => {}
    }
}
