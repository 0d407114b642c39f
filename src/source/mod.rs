//! From bytes to a tree with places: size, encoding and line shapes first, then one parse.
//!
//! Nothing here knows what a plan is; the field names that the line scan needs come in as a
//! [`Vocabulary`]. A file's tree lives only while it is decoded.

mod chars;
mod convert;
mod decode_bytes;
mod fault;
mod flow;
mod parse;
mod quick;
mod recover;
mod repair;
mod scan;
mod syntax;
mod tree;

pub use convert::{Unconverted, convert};
pub use decode_bytes::{Encoding, decode_bytes};
pub use fault::{Edit, Fault, FaultKind, FullWidthAt, Syntax, Unsupported};
pub use parse::{MAX_DEPTH, Parsed, parse, parse_events};
pub use quick::read_plain;
pub use recover::blocks;
pub use repair::{Repaired, apply};
pub use scan::{Scan, Unclosed, Vocabulary, Widths, scan};
pub use tree::{Kind, Node, NodeId, Style, Tree};

use crate::place::{LineIndex, Span};

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
    if let Some(tree) = read_plain(text) {
        each(&tree, false);
        return Readable::Whole;
    }
    let slips = slips(text, words);
    let repaired = apply(text, &edits(&slips));
    let markers = slips.iter().any(|fault| matches!(fault.kind, FaultKind::ConflictMarker));
    let parsed = parse_events(&repaired.text, 0, &repaired);
    if parsed.is_whole() && !markers {
        let refused = parsed.faults.iter().any(|fault| fault.kind.is_fatal());
        faults.extend(slips);
        // What follows a second beginning was not read, so that no field can be said to lack.
        let cut = |fault: &Fault| matches!(fault.kind, FaultKind::Unsupported(Unsupported::SecondDocument));
        let part = parsed.faults.iter().any(cut);
        faults.extend(parsed.faults);
        each(&parsed.tree, part);
        return if refused { Readable::Parts } else { Readable::Whole };
    }
    let lines = LineIndex::new(text);
    let marked = slips.iter().filter(|fault| matches!(fault.kind, FaultKind::ConflictMarker));
    let marked = marked.map(|fault| fault.span).collect();
    let (found, told) = (Vec::new(), Vec::new());
    let mut reader = Blocks { repaired: &repaired, words, lines, slips: &slips, marked, found, told, errors: 0 };
    reader.whole(&parsed, markers);
    let any = reader.each_block(each);
    let found = reader.found;
    faults.extend(slips.iter().cloned());
    faults.extend(found);
    if any { Readable::Parts } else { Readable::Nothing }
}

fn edits(faults: &[Fault]) -> Vec<Edit> {
    faults.iter().flat_map(|fault| fault.edits.iter().cloned()).collect()
}

/// The slips that the lines show, each with its edits where they are certain.
///
/// How wide a tab is depends on the editor, so the width that parses is taken; where none does,
/// nothing about the indentation is certain.
fn slips(text: &str, words: &Vocabulary) -> Vec<Fault> {
    let parses = |faults: &[Fault]| {
        let repaired = apply(text, &edits(faults));
        parse(&repaired.text, 0, &repaired).is_whole()
    };
    let first = scan(text, words, Widths::LIKELY[0]);
    if !first.faults.iter().any(|fault| !fault.edits.is_empty()) {
        return first.faults;
    }
    if first.doubts == 0 && parses(&first.faults) {
        return first.faults;
    }
    let indented = |fault: &Fault| fault.kind.is_space() && fault.edits.iter().any(|edit| at_line_start(text, edit));
    if first.faults.iter().any(indented) {
        for widths in Widths::LIKELY.into_iter().skip(1) {
            let other = scan(text, words, widths);
            if other.doubts == 0 && parses(&other.faults) {
                return other.faults;
            }
        }
    }
    // Signs that are words after all: the text reads as it stands, and no longer once "mended".
    let invisible: Vec<Fault> = first.faults.iter().filter(|fault| fault.kind.is_removable()).cloned().collect();
    if first.doubts == 0 && parses(&invisible) {
        return invisible;
    }
    let mut faults = first.faults;
    for fault in faults.iter_mut().filter(|fault| indented(fault)) {
        fault.likely = std::mem::take(&mut fault.edits);
    }
    faults
}

fn at_line_start(text: &str, edit: &Edit) -> bool {
    let before = text.get(..edit.span.range().start).unwrap_or_default();
    before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}'])
}

/// A file that does not parse as a whole, read block by block.
struct Blocks<'a> {
    repaired: &'a Repaired<'a>,
    words: &'a Vocabulary,
    lines: LineIndex,
    slips: &'a [Fault],
    /// Places of conflict markers, in order.
    marked: Vec<Span>,
    found: Vec<Fault>,
    /// Places of the syntax errors among `found`.
    told: Vec<Span>,
    errors: usize,
}

/// Errors explained in one file; each costs a few parses of its block.
const MAX_ERRORS: usize = 20;

impl Blocks<'_> {
    /// Explains why the whole does not parse.
    fn whole(&mut self, parsed: &Parsed<'_>, markers: bool) {
        if parsed.too_deep {
            let deep = parsed.faults.iter().filter(|fault| matches!(fault.kind, FaultKind::TooDeep));
            self.found.extend(deep.cloned());
        }
        if let Some(at) = parsed.error.filter(|_| !markers) {
            self.explain(Span::new(0, self.repaired.text.len()), at);
        }
    }

    /// Hands out the tree of every block that parses, and explains the others.
    fn each_block(&mut self, each: &mut dyn FnMut(&Tree<'_>, bool)) -> bool {
        let mut any = false;
        for block in blocks(&self.repaired.text, self.words) {
            let Some(text) = self.repaired.text.get(block.range()) else { continue };
            let parsed = parse(text, block.start as usize, self.repaired);
            if let Some(at) = parsed.error {
                self.block_error(block, at);
                continue;
            }
            let fields = parsed.tree.root().is_some_and(|root| matches!(parsed.tree.node(root).kind, Kind::Map(_)));
            if fields && !parsed.too_deep {
                self.found.extend(parsed.faults);
                each(&parsed.tree, true);
                any = true;
            }
        }
        any
    }

    /// A block's own error, unless it was told already or a slip or marker in it is the cause.
    fn block_error(&mut self, block: Span, at: usize) {
        let place = self.repaired.original_span(block);
        let after = self.marked.partition_point(|marker| marker.start < place.start);
        let marked = self.marked.get(after).is_some_and(|marker| place.holds(*marker));
        if !self.told.iter().any(|told| place.holds(*told)) && !marked {
            self.explain(block, at);
        }
    }

    /// Explains an error; there are at most [`MAX_ERRORS`] of them.
    fn explain(&mut self, block: Span, at: usize) {
        self.errors += 1;
        let Some(text) = self.repaired.text.get(block.range()).filter(|_| self.errors <= MAX_ERRORS) else { return };
        let base = block.start as usize;
        let mut fault = syntax::explain(text, at.saturating_sub(base).min(text.len()), self.words);
        let place = |span: Span| {
            let span = span.range();
            self.repaired.original_span(Span::new(base + span.start, base + span.end))
        };
        fault.span = place(fault.span);
        for edit in fault.edits.iter_mut().chain(&mut fault.likely) {
            edit.span = place(edit.span);
        }
        let stopped = place(Span::at(at - base));
        if !self.hidden_by_a_slip(fault.span) && !self.hidden_by_a_slip(stopped) {
            self.told.push(fault.span);
            self.found.push(fault);
        }
    }

    /// One slip is one finding: a full-width sign, tab or invisible character on the line of a
    /// syntax error, or the line before, is its cause.
    fn hidden_by_a_slip(&self, error: Span) -> bool {
        let wrong = self.lines.line(error.start);
        self.slips.iter().any(|slip| {
            let line = self.lines.line(slip.span.start);
            // A list is told to stop where it begins, above the entry whose indentation nobody knows.
            let above = u32::from(slip.kind.is_space() && slip.edits.is_empty());
            slip.kind.is_line_slip() && (line.saturating_sub(above)..=line + 1).contains(&wrong)
        })
    }
}
