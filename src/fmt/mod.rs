//! `fmt`: the layout of one file made tidy, its content left as it is.
//!
//! The file is parsed into its spanned tree and written anew, every value and name by the very
//! characters that stand in the source; only what lies between them is chosen here:
//!
//! - two spaces for each level, entries of a list two spaces deeper than the name of the list;
//! - `[…]` and `{…}` become lines of their own. Empty ones stay, and so does one whose line has a
//!   `kpolicy: allow`, because that remark speaks of exactly this line;
//! - one space after `:` and `-`, no blanks at line ends, at most one blank line in a row, none at
//!   the beginning and the end, and a line end after the last line;
//! - a block text moves as a whole, with its `|-` as written;
//! - a remark on a line of its own moves with what it stands before or below; one behind a value
//!   keeps its distance, and remarks that follow each other in one column stay in one column.
//!
//! Order, quotes, a byte order mark and the kind of line ends (the more common one, where a file
//! has both) are kept. Nothing of this is taken on trust: the result is read again, by our parser
//! and by a second one, and is only handed out when values, remarks and characters are the same
//! (`proof.rs`).

mod block_text;
mod brackets;
mod lines;
mod proof;
mod remarks;
mod writer;

use crate::source::{Fault, Kind, Readable, Vocabulary, apply, parse, read};

/// Why a file is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// It has faults of bytes or YAML (K0) or no field at all, so that nobody can say what belongs
    /// where.
    Broken,
    /// The tidy text would not have proved to be the same.
    Unsure,
}

/// The mark that some editors put before the first character.
const BOM: char = '\u{feff}';

/// The tidy text of a file; none where it is tidy already. `words` are the names of its fields.
pub fn format(text: &str, words: &Vocabulary) -> Result<Option<String>, WhyNot> {
    let mut faults: Vec<Fault> = Vec::new();
    let readable = read(text, words, &mut faults, &mut |_, _| {});
    if readable != Readable::Whole || !faults.is_empty() {
        return Err(WhyNot::Broken);
    }
    let bare = text.strip_prefix(BOM).unwrap_or(text);
    let windows = bare.matches("\r\n").count();
    let crlf = windows > bare.matches('\n').count() - windows;
    let before = bare.replace("\r\n", "\n");
    let whole = apply(&before, &[]);
    let parsed = parse(&before, 0, &whole);
    let tree = &parsed.tree;
    if tree.root().is_some_and(|root| matches!(tree.node(root).kind, Kind::Scalar { .. })) {
        // One text and no field, as after a full-width colon: no file whose layout we know.
        return Err(WhyNot::Broken);
    }
    let after = writer::write(&before, tree).ok_or(WhyNot::Broken)?;
    if !proof::same(&before, tree, &after) {
        return Err(WhyNot::Unsure);
    }
    // A sign that means nothing in brackets may look like a slip on a line of its own.
    if read(&after, words, &mut faults, &mut |_, _| {}) != Readable::Whole || !faults.is_empty() {
        return Err(WhyNot::Unsure);
    }
    let after = if crlf { after.replace('\n', "\r\n") } else { after };
    let mark = if bare.len() < text.len() { BOM.to_string() } else { String::new() };
    let after = mark + &after;
    Ok((after != text).then_some(after))
}
