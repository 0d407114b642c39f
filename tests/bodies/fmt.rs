//! Tidying: the values, names and remarks of a file stay, and once is enough.

use kpolicy::fmt::format;
use kpolicy::shape::FileKind;
use kpolicy::source::{Kind, NodeId, Tree, apply, parse};

/// Any bytes that are UTF-8, as a plan and as the policy.
pub(crate) fn body(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for kind in [FileKind::Plan, FileKind::Policy] {
        let words = kind.vocabulary();
        let Ok(Some(after)) = format(text, words) else { continue };
        assert_eq!(format(&after, words), Ok(None), "tidying {text:?} twice");
        assert_eq!(said(text), said(&after), "tidying {text:?} gives {after:?}");
        assert_eq!(text.starts_with('\u{feff}'), after.starts_with('\u{feff}'), "the mark of {text:?}");
    }
}

/// Every value and name with its depth, in order, and every remark.
fn said(text: &str) -> (Vec<String>, Vec<String>) {
    // What ends the lines is layout.
    let text = text.replace("\r\n", "\n");
    let whole = apply(&text, &[]);
    let parsed = parse(&whole.text, 0, &whole);
    assert!(parsed.is_whole(), "{text:?} does not parse");
    let mut values = Vec::new();
    if let Some(root) = parsed.tree.root() {
        collect(&parsed.tree, root, 0, &mut values);
    }
    let mut remarks: Vec<String> = parsed.tree.comments().map(|(_, words)| words.trim().to_owned()).collect();
    remarks.sort();
    (values, remarks)
}

fn collect(tree: &Tree<'_>, node: NodeId, depth: usize, values: &mut Vec<String>) {
    match &tree.node(node).kind {
        Kind::Blank => values.push(format!("{depth}")),
        Kind::Scalar { text, .. } => values.push(format!("{depth} {text}")),
        Kind::List(children) => {
            values.push(format!("{depth} list of {}", children.len()));
            children.iter().for_each(|child| collect(tree, *child, depth + 1, values));
        }
        Kind::Map(fields) => {
            values.push(format!("{depth} fields {}", fields.len()));
            for (key, value) in fields {
                values.push(format!("{depth} {:?}:", tree.text(*key)));
                collect(tree, *value, depth + 1, values);
            }
        }
    }
}
