//! `coverage --format markdown`: the table for a comment or a page; text cannot act as markup.

use crate::lang::Lang;
use crate::report::coverage_json::View;
use crate::report::coverage_table::By;
use crate::ui::harmless;

/// The table with its summary.
pub fn write(view: &View<'_>, by: By, lang: Lang) -> String {
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let mut text = lang
        .pick(format!("## {ja}  項目と部の対応表\n\n"), format!("## Fiscal year {number}: items by department\n\n"));
    let heads: Vec<String> =
        view.departments.iter().map(|index| escape(&view.year.departments[*index].unit.short_title())).collect();
    let item = lang.pick("項目", "item");
    text.push_str(&format!("| {item} | {} |\n|---|{}\n", heads.join(" | "), ":-:|".repeat(heads.len())));
    for index in &view.items {
        let entry = &view.year.items[*index];
        if by == By::Item || entry.item.clauses.is_empty() {
            let title = format!("{} {}", entry.item.id.value, entry.item.title());
            row(&mut text, view, &title, &view.coverage.items[*index]);
            continue;
        }
        for leaf in entry.leaves.clone() {
            let title = format!("{} {}", view.year.leaves[leaf].id, view.year.words(leaf));
            row(&mut text, view, &title, &view.coverage.leaves[leaf]);
        }
    }
    let summary = view.summary();
    let (required, answered, percent) = (summary.required, summary.answered, summary.percent());
    let (missing, partial, unreadable) = (summary.missing, summary.partial, summary.unreadable);
    text.push_str(&lang.pick(
        format!("\n有 記載あり　半 一部記載　未 未記載　非 非該当　読 読取不可　空白 求めなし\n\n求められた {required} のうち {answered} に記載（{percent}％）。未記載 {missing}、一部記載 {partial}、読取不可 {unreadable}。\n"),
        format!("\n有 answered, 半 partial, 未 missing, 非 declined, 読 unreadable, blank not required\n\n{answered} of {required} required are answered ({percent}%): missing {missing}, partial {partial}, unreadable {unreadable}.\n"),
    ));
    text
}

fn row(text: &mut String, view: &View<'_>, title: &str, row: &crate::coverage::Row) {
    let marks: Vec<&str> = view.departments.iter().map(|index| row.cells[*index].state.mark()).collect();
    text.push_str(&format!("| {} | {} |\n", escape(title), marks.join(" | ")));
}

/// Text that stays text in Markdown, also inside a table.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\n' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}
