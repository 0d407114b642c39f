//! The lines of a value in block style: two spaces a level, entries of a list two spaces deeper than
//! its name, remarks in one column.

use unicode_width::UnicodeWidthStr;

use super::{Noted, Value, scalar};

/// The column at which remarks behind a value begin, where the value leaves room for it.
const REMARKS: usize = 35;

/// What follows a name or dash: the rest of its line, and the lines below.
pub(super) struct Written {
    /// Without the blank before it; empty where the value stands on lines of its own.
    pub(super) head: String,
    /// Lines with their indentation.
    pub(super) below: Vec<String>,
}

/// A whole file of these fields.
pub fn document(fields: &[(String, Noted)]) -> String {
    let mut lines = Vec::new();
    for (key, value) in fields {
        field(key, value, 0, &mut lines);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A field's lines, with the name at `column`.
pub(super) fn field(key: &str, noted: &Noted, column: usize, lines: &mut Vec<String>) {
    remarks(noted, column, lines);
    let written = value(&noted.value, column);
    let head = if written.head.is_empty() { format!("{key}:") } else { format!("{key}: {}", written.head) };
    lines.push(with_remark(format!("{}{head}", blanks(column)), noted.remark.as_deref()));
    lines.extend(written.below);
}

/// An entry's lines, with the dash at `column`.
pub(super) fn entry(noted: &Noted, column: usize, lines: &mut Vec<String>) {
    remarks(noted, column, lines);
    let mut inner = Vec::new();
    match &noted.value {
        Value::Map(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                field(key, value, column + 2, &mut inner);
            }
            // Remarks above the first field stand above the dash.
            while inner.first().is_some_and(|line| line.trim_start().starts_with('#')) {
                lines.push(format!("{}{}", blanks(column), inner.remove(0).trim_start()));
            }
            if let Some(first) = inner.first_mut() {
                let undashed = first.split_off(column + 2);
                *first = with_remark(format!("{}- {undashed}", blanks(column)), noted.remark.as_deref());
            }
        }
        other => {
            let written = value(other, column);
            let dash = format!("{}- {}", blanks(column), written.head);
            inner.push(with_remark(dash.trim_end().to_owned(), noted.remark.as_deref()));
            inner.extend(written.below);
        }
    }
    lines.append(&mut inner);
}

/// A value behind a name or dash at `column`.
pub(super) fn value(value: &Value, column: usize) -> Written {
    let alone = |head: String| Written { head, below: Vec::new() };
    match value {
        Value::Word(word) => alone(word.clone()),
        Value::Text(text) if !text.contains('\n') => alone(scalar::inline(text)),
        Value::Text(text) | Value::Prose(text) => match scalar::block(text) {
            Some((sign, lines)) => {
                let indent = blanks(column + 2);
                let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
                Written { head: sign.to_owned(), below: lines.into_iter().map(line).collect() }
            }
            None => alone(scalar::inline(text)),
        },
        Value::List(entries) if entries.is_empty() => alone("[]".to_owned()),
        Value::Map(fields) if fields.is_empty() => alone("{}".to_owned()),
        Value::List(entries) => {
            let mut below = Vec::new();
            entries.iter().for_each(|noted| entry(noted, column + 2, &mut below));
            Written { head: String::new(), below }
        }
        Value::Map(fields) => {
            let mut below = Vec::new();
            fields.iter().for_each(|(key, noted)| field(key, noted, column + 2, &mut below));
            Written { head: String::new(), below }
        }
    }
}

fn remarks(noted: &Noted, column: usize, lines: &mut Vec<String>) {
    let line = |words: &String| format!("{}# {words}", blanks(column)).trim_end().to_owned();
    lines.extend(noted.above.iter().map(line));
}

pub(super) fn with_remark(line: String, remark: Option<&str>) -> String {
    let Some(words) = remark else { return line };
    let gap = REMARKS.saturating_sub(line.width()).max(1);
    format!("{line}{}# {words}", blanks(gap))
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}
