//! `coverage --format csv`: UTF-8 with a BOM and CRLF, so that Excel opens it without garbling; no
//! cell can be taken for a formula.

use crate::lang::Lang;
use crate::report::coverage_json::View;
use crate::report::coverage_table::By;
use crate::ui::harmless;

/// The table, one row a leaf or item, one column a department.
pub fn write(view: &View<'_>, by: By, lang: Lang) -> String {
    let mut text = String::from("\u{feff}");
    let mut head = vec![
        lang.pick("番号", "id").to_owned(),
        lang.pick("項目", "item").to_owned(),
        lang.pick("求め", "wording").to_owned(),
    ];
    head.extend(view.departments.iter().map(|index| view.year.departments[*index].name().to_owned()));
    head.push(lang.pick("全体", "all").to_owned());
    row(&mut text, &head);
    for item in &view.items {
        let entry = &view.year.items[*item];
        if by == By::Item || entry.item.clauses.is_empty() {
            let row_of = &view.coverage.items[*item];
            let wording = entry.item.text.as_ref().map(crate::model::Text::joined).unwrap_or_default();
            let cells = vec![number(&entry.item.id.value.to_string(), lang), entry.item.title(), wording];
            line(&mut text, view, cells, row_of, lang);
            continue;
        }
        for leaf in entry.leaves.clone() {
            let cells =
                vec![number(&view.year.leaves[leaf].id.to_string(), lang), entry.item.title(), view.year.words(leaf)];
            line(&mut text, view, cells, &view.coverage.leaves[leaf], lang);
        }
    }
    text
}

fn line(text: &mut String, view: &View<'_>, mut cells: Vec<String>, row_of: &crate::coverage::Row, lang: Lang) {
    cells.extend(view.departments.iter().map(|index| row_of.cells[*index].state.name().get(lang).to_owned()));
    cells.push(row_of.state.name().get(lang).to_owned());
    row(text, &cells);
}

pub(super) fn row(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| field(cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// Excel takes a bare `1-6` for 6 January; with the word before it, it stays what it is.
fn number(id: &str, lang: Lang) -> String {
    format!("{} {id}", lang.pick("項目", "item"))
}

/// A field: a sign that a spreadsheet takes for a formula gets an apostrophe in front.
fn field(text: &str) -> String {
    let safe = harmless(text);
    let formula = safe.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let safe = if formula { format!("'{safe}") } else { safe };
    if safe.contains([',', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}
