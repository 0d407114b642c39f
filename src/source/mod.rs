//! From bytes to a tree with places: size, encoding and line shapes first, then one parse.
//!
//! Nothing here knows what a plan is; the field names that the line scan needs come in as a
//! [`Vocabulary`]. A file's tree lives only while it is decoded.

mod decode_bytes;
mod fault;
mod parse;
mod recover;
mod repair;
mod scan;
mod syntax;
mod tree;

pub use decode_bytes::{Encoding, decode_bytes};
pub use fault::{Edit, Fault, FaultKind, FullWidthAt, Syntax, Unsupported};
pub use parse::{MAX_DEPTH, parse};
pub use recover::blocks;
pub use repair::{Repaired, apply};
pub use scan::{Vocabulary, scan};
pub use tree::{Kind, Node, NodeId, Style, Tree};

use crate::place::Span;

/// Files larger than this are refused (K008).
pub const MAX_BYTES: usize = 1 << 20;

/// How well a file could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// Parsed, if need be after slips with a certain fix were mended in memory.
    Whole,
    /// Only some top-level blocks parsed; the rest is unknown.
    Parts,
    /// Nothing could be read.
    Nothing,
}

/// Reads one text: scans its lines, mends certain slips in memory, parses, and hands each tree
/// (one, or one a block where the whole does not parse) to `each`, with `true` for a block.
///
/// All spans, those of faults and those inside trees, are places in the text as it stands in the
/// file. Every fault of the file is pushed to `faults`.
pub fn read(
    text: &str,
    words: &Vocabulary,
    faults: &mut Vec<Fault>,
    each: &mut dyn FnMut(&Tree<'_>, bool),
) -> Readable {
    if text.len() > MAX_BYTES {
        faults.push(Fault::new(Span::at(0), FaultKind::TooLarge { bytes: text.len() }));
        return Readable::Nothing;
    }
    let found = scan(text, words);
    let markers = found.faults.iter().any(|fault| matches!(fault.kind, FaultKind::ConflictMarker));
    let edits: Vec<Edit> = found.faults.iter().flat_map(|fault| fault.edits.iter().cloned()).collect();
    let repaired = apply(text, &edits);
    faults.extend(found.faults.iter().cloned());
    if !markers {
        let parsed = parse(&repaired.text, 0, &repaired);
        let Some(error) = parsed.error else {
            let refused = parsed.faults.iter().any(|fault| fault.kind.is_fatal());
            faults.extend(parsed.faults);
            each(&parsed.tree, false);
            return if refused { Readable::Parts } else { Readable::Whole };
        };
        let fault = syntax::explain(&repaired, error, &found.quotes, words);
        if !hidden_by_a_slip(text, &fault, &found.faults) {
            faults.push(fault);
        }
    }
    read_blocks(&repaired, words, faults, each)
}

/// One slip is one finding: a full-width sign, tab or invisible character on the line of a
/// syntax error, or the line before, is its cause.
fn hidden_by_a_slip(text: &str, error: &Fault, slips: &[Fault]) -> bool {
    let line = |at: u32| text.as_bytes()[..(at as usize).min(text.len())].iter().filter(|b| **b == b'\n').count();
    let wrong = line(error.span.start);
    slips
        .iter()
        .any(|slip| slip.kind.is_line_slip() && (line(slip.span.start)..=line(slip.span.start) + 1).contains(&wrong))
}

fn read_blocks(
    repaired: &Repaired<'_>,
    words: &Vocabulary,
    faults: &mut Vec<Fault>,
    each: &mut dyn FnMut(&Tree<'_>, bool),
) -> Readable {
    let mut any = false;
    for block in blocks(&repaired.text, words) {
        let parsed = parse(&repaired.text[block.range()], block.start as usize, repaired);
        if parsed.error.is_none() && parsed.tree.root().is_some() {
            faults.extend(parsed.faults);
            each(&parsed.tree, true);
            any = true;
        }
    }
    if any { Readable::Parts } else { Readable::Nothing }
}
