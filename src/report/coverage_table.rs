//! `coverage`: items down, departments across, one kanji a cell. Where the departments do not fit
//! beside each other, only those that still have to act are named.

use comfy_table::{Cell as TableCell, Table, presets};

use crate::coverage::{Cell, CellState, LeafState};
use crate::lang::Lang;
use crate::model::Scope;
use crate::report::coverage_json::View;
use crate::report::wrap::{cut, pad, width};
use crate::ui::{Tone, harmless, paint};

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// One row an item.
    Item,
    /// One row a leaf.
    Clause,
}

/// Columns of the first column.
const FIRST: usize = 30;

/// The table for a terminal of `columns`.
pub fn write(view: &View<'_>, by: By, lang: Lang, columns: usize, color: bool) -> String {
    let columns = columns.max(60);
    let fits = FIRST + 1 + view.departments.len() * 3 + 10 <= columns;
    let mut text = heading(view, lang);
    text.push_str(&if fits { matrix(view, by, lang, color) } else { narrow(view, by, lang, columns) });
    text.push_str(&"-".repeat(columns.min(78)));
    text.push('\n');
    text.push_str(&closing(view, lang, color));
    text
}

fn heading(view: &View<'_>, lang: Lang) -> String {
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let title = lang.pick(format!("{ja}  項目と部の対応表"), format!("fiscal year {number}: items by department"));
    let legend = lang.pick(
        "有 記載あり  半 一部記載  未 未記載  非 非該当  読 読取不可  空白 求めなし",
        "有 answered  半 partial  未 missing  非 declined  読 unreadable  blank: not required",
    );
    format!("{title}\n{legend}\n\n")
}

/// One row of the table: id and title, cells, and the last column.
struct Line<'v> {
    title: String,
    cells: &'v [Cell],
    last: String,
    section: usize,
}

fn lines<'v>(view: &'v View<'_>, by: By, lang: Lang) -> Vec<Line<'v>> {
    let mut lines = Vec::new();
    for item in &view.items {
        let entry = &view.year.items[*item];
        let section = usize::from(entry.item.id.value.item.section);
        if by == By::Item || entry.item.clauses.is_empty() {
            let row = &view.coverage.items[*item];
            let title = format!("{} {}", entry.item.id.value, entry.item.title());
            let scopes: Vec<Scope> = entry.leaves.clone().map(|leaf| view.year.leaves[leaf].scope).collect();
            lines.push(Line {
                title,
                cells: &row.cells,
                last: last(view, &row.cells, row.state, &scopes, lang),
                section,
            });
            continue;
        }
        for leaf in entry.leaves.clone() {
            let row = &view.coverage.leaves[leaf];
            let facts = &view.year.leaves[leaf];
            let title = format!("{} {}", facts.id, view.year.words(leaf));
            lines.push(Line {
                title,
                cells: &row.cells,
                last: last(view, &row.cells, row.state, &[facts.scope], lang),
                section,
            });
        }
    }
    lines
}

/// `11/12` where all must answer, `１部以上` where one suffices, `なし` where nobody does.
fn last(view: &View<'_>, cells: &[Cell], state: LeafState, scopes: &[Scope], lang: Lang) -> String {
    let shown = || view.departments.iter().map(|index| &cells[*index]);
    let must = shown().filter(|cell| cell.must && cell.state != CellState::Declined).count();
    let answered = shown().filter(|cell| cell.must && cell.state == CellState::Answered).count();
    let any = scopes.iter().all(|scope| matches!(scope, Scope::AnyDepartment | Scope::Standing));
    if state == LeafState::Standing {
        lang.pick("発生時", "standing").to_owned()
    } else if state == LeafState::Uncovered && must > 0 {
        lang.pick("なし", "nobody").to_owned()
    } else if any {
        lang.pick("１部以上", "one or more").to_owned()
    } else if must == 0 {
        String::new()
    } else {
        format!("{answered}/{must}")
    }
}

fn matrix(view: &View<'_>, by: By, lang: Lang, color: bool) -> String {
    let mut text = String::new();
    let mut section = None;
    let rows = lines(view, by, lang);
    let shorts: Vec<Vec<char>> = view
        .departments
        .iter()
        .map(|index| harmless(&view.year.departments[*index].unit.short_title()).chars().collect())
        .collect();
    let height = shorts.iter().map(Vec::len).max().unwrap_or(0).min(4);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for level in 0..height {
        let mut row = vec![TableCell::new(pad("", FIRST))];
        row.extend(
            shorts
                .iter()
                .map(|short| TableCell::new(column(&short.get(level).map(char::to_string).unwrap_or_default()))),
        );
        table.add_row(row);
    }
    let mut marks = Vec::new();
    for line in &rows {
        if section != Some(line.section) {
            section = Some(line.section);
            marks.push((table.row_count(), section_title(view, line.section)));
        }
        let mut row = vec![TableCell::new(pad(&cut(&harmless(&line.title), FIRST), FIRST))];
        row.extend(view.departments.iter().map(|index| TableCell::new(column(line.cells[*index].state.mark()))));
        row.push(TableCell::new(&line.last));
        table.add_row(row);
    }
    for at in 0..table.column_count() {
        if let Some(column) = table.column_mut(at) {
            column.set_padding((0, 1));
        }
    }
    for (index, line) in table.lines().enumerate() {
        for (_, title) in marks.iter().filter(|(at, _)| *at == index) {
            text.push_str(&format!("{title}\n"));
        }
        text.push_str(&colored(line.trim_end(), color));
        text.push('\n');
    }
    text
}

fn column(mark: &str) -> String {
    pad(mark, 2)
}

/// Gaps are loud, answers quiet; the mark itself says it all without colour.
fn colored(line: &str, color: bool) -> String {
    if !color {
        return line.to_owned();
    }
    line.replace(" 未", &format!(" {}", paint(true, Tone::Error, "未")))
        .replace(" 半", &format!(" {}", paint(true, Tone::Warning, "半")))
}

fn section_title(view: &View<'_>, number: usize) -> String {
    let section = view
        .year
        .docs
        .policy
        .sections
        .iter()
        .find(|section| section.number.as_ref().is_some_and(|n| usize::from(n.value) == number));
    let part = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    section
        .map(|section| format!("{} {}", part(&section.mark), part(&section.heading)).trim().to_owned())
        .unwrap_or_default()
}

/// Too many departments for the width: each item with the departments that still have to act.
fn narrow(view: &View<'_>, by: By, lang: Lang, columns: usize) -> String {
    let mut text = String::new();
    let mut section = None;
    for line in lines(view, by, lang) {
        if section != Some(line.section) {
            section = Some(line.section);
            text.push_str(&format!("{}\n", section_title(view, line.section)));
        }
        let head = format!("{} {}", pad(&cut(&harmless(&line.title), FIRST), FIRST), pad(&line.last, 8));
        text.push_str(head.trim_end());
        text.push('\n');
        for state in [CellState::Missing, CellState::Partial, CellState::Unreadable] {
            let open = view.departments.iter().filter(|index| line.cells[**index].state == state);
            let names: Vec<String> = open.map(|index| view.year.departments[*index].unit.short_title()).collect();
            if !names.is_empty() {
                text.push_str(&listed(state.mark(), &names, columns));
            }
        }
    }
    let count = view.departments.len();
    text.push_str(&lang.pick(
        format!("部が {count} あるため、記載のそろっていない部だけを示しました。\n"),
        format!("There are {count} departments; only those that still have to act are named.\n"),
    ));
    text
}

fn listed(mark: &str, names: &[String], columns: usize) -> String {
    let mut text = String::new();
    let mut line = format!("    {mark}");
    for name in names {
        if width(&line) + width(name) + 1 > columns {
            text.push_str(&line);
            text.push('\n');
            line = "      ".to_owned();
        }
        line.push(' ');
        line.push_str(&harmless(name));
    }
    text + &line + "\n"
}

fn closing(view: &View<'_>, lang: Lang, color: bool) -> String {
    let summary = &view.coverage.summary;
    let (required, answered, percent) = (summary.required, summary.answered, summary.percent());
    let (missing, partial, unreadable, declined) =
        (summary.missing, summary.partial, summary.unreadable, summary.declined);
    let loud = if missing + partial > 0 { Tone::Error } else { Tone::Good };
    let counts =
        lang.pick(format!("未記載 {missing}、一部記載 {partial}"), format!("missing {missing}, partial {partial}"));
    let mut text = lang.pick(
        format!("求められた {required} のうち {answered} に記載（{percent}％）   {}", paint(color, loud, &counts)),
        format!("{answered} of {required} required are answered ({percent}%)   {}", paint(color, loud, &counts)),
    );
    if unreadable > 0 {
        text.push_str(&lang.pick(format!("、読取不可 {unreadable}"), format!(", unreadable {unreadable}")));
    }
    if declined > 0 {
        text.push_str(&lang.pick(format!("、非該当 {declined}"), format!(", declined {declined}")));
    }
    let uncovered: Vec<String> =
        summary.uncovered_items.iter().map(|item| view.year.items[*item].item.id.value.to_string()).collect();
    let none = lang.pick("なし", "none").to_owned();
    let list = if uncovered.is_empty() { none } else { uncovered.join(lang.pick("、", ", ")) };
    text.push_str(
        &lang.pick(format!("\nどの部も応えていない項目: {list}\n"), format!("\nItems that nobody answers: {list}\n")),
    );
    if missing + partial > 0 {
        text.push_str(lang.pick(
            "次にすること: kpolicy coverage --gaps （どの部が何を書くか）\n",
            "next: kpolicy coverage --gaps  (who writes what)\n",
        ));
    }
    text
}
