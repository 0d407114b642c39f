//! Cells beside each other on a terminal: the library sets them under each other, what is too wide
//! is cut here, so that no line is ever broken.

use comfy_table::{CellAlignment, Table, presets};

use crate::report::wrap::{cut, width};
use crate::ui::harmless;

/// Columns between two cells.
const BETWEEN: usize = 2;
/// A column is never cut below this.
const LEAST: usize = 8;

/// Lines of at most `columns`; the columns of `right` stand at their right. The widest column gives
/// way first.
pub(super) fn grid(rows: &[Vec<String>], right: &[usize], columns: usize) -> Vec<String> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect()).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count).map(widest).collect();
    while widths.iter().sum::<usize>() + BETWEEN * count.saturating_sub(1) > columns {
        match widths.iter_mut().max_by_key(|width| **width).filter(|width| **width > LEAST) {
            Some(width) => *width -= 1,
            None => break,
        }
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in &rows {
        table.add_row(row.iter().zip(&widths).map(|(cell, width)| cut(cell, *width)));
    }
    for at in 0..count {
        if let Some(column) = table.column_mut(at) {
            let between = if at + 1 == count { 0 } else { BETWEEN };
            column.set_padding((0, u16::try_from(between).unwrap_or(0)));
            if right.contains(&at) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// A text on one line, without what acts on a terminal.
fn line(text: &str) -> String {
    harmless(&text.lines().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_terminal_and_none_is_broken() {
        let long = "市民が待たずに手続を終えられる窓口をつくり、職員の手間も減らす".repeat(3);
        let rows = vec![
            vec!["部等".to_owned(), "件".to_owned(), "説明".to_owned()],
            vec!["まちづくり部".to_owned(), "12".to_owned(), long.clone()],
            vec!["a\nb".to_owned(), "3".to_owned(), long],
        ];
        for columns in 30..120 {
            let lines = grid(&rows, &[1], columns);
            assert_eq!(lines.len(), 3, "{columns}");
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            assert!(lines[2].starts_with("a b"), "{lines:?}");
        }
    }
}
