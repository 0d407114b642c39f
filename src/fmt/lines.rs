//! The lines of the tidy text, and the columns of the remarks behind them.

use unicode_width::UnicodeWidthStr;

/// One line to be written.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Spaces before the words.
    pub(super) indent: usize,
    /// What stands on it, a remark on a line of its own included; empty for a blank line.
    pub(super) words: String,
    /// The remark behind the words.
    pub(super) remark: Option<Behind>,
    /// True for a line that takes no remark: a remark itself, a blank line, a line of block text.
    pub(super) full: bool,
}

/// A remark behind a value.
#[derive(Debug)]
pub(super) struct Behind {
    /// From its `#`.
    pub(super) text: String,
    /// The column (from 0, in cells of a screen) where it stood.
    pub(super) column: usize,
    /// The blanks before it.
    pub(super) gap: usize,
}

impl Line {
    fn width(&self) -> usize {
        self.indent + self.words.width()
    }
}

/// All lines as one text.
pub(super) fn join(lines: &[Line], last_end: bool) -> String {
    let mut columns = columns(lines).into_iter();
    let mut text = String::new();
    for line in lines {
        if !line.words.is_empty() {
            text.extend(std::iter::repeat_n(' ', line.indent));
            text.push_str(&line.words);
        }
        if let Some(remark) = &line.remark {
            let column = columns.next().unwrap_or_default();
            text.extend(std::iter::repeat_n(' ', column.saturating_sub(line.width()).max(1)));
            text.push_str(&remark.text);
        }
        text.push('\n');
    }
    if !last_end {
        text.pop();
    }
    text
}

/// The column of every remark behind a value. Remarks that follow each other in one column stay in
/// one column, further right if one of their lines has grown; a lone one keeps its distance.
fn columns(lines: &[Line]) -> Vec<usize> {
    let with: Vec<(&Line, &Behind)> =
        lines.iter().filter_map(|line| line.remark.as_ref().map(|remark| (line, remark))).collect();
    let mut columns = Vec::with_capacity(with.len());
    for group in with.chunk_by(|one, next| one.1.column == next.1.column) {
        if let [(line, remark)] = group {
            columns.push(line.width() + remark.gap.max(1));
            continue;
        }
        let columns_of = |(line, remark): &(&Line, &Behind)| remark.column.max(line.width() + 1);
        let column = group.iter().map(columns_of).max().unwrap_or_default();
        columns.extend(group.iter().map(|_| column));
    }
    columns
}
