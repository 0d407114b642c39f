//! `coverage`: items down, departments across, one kanji a cell. Where the departments do not fit
//! beside each other, only those that still have to act are named.

use crate::coverage::{Cell, CellState, LeafState};
use crate::lang::Lang;
use crate::model::Scope;
use crate::report::coverage_json::View;
use crate::report::wrap::{cut, pad, width, wrap};
use crate::ui::{Tone, harmless, paint};

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// One row an item.
    Item,
    /// One row a leaf.
    Clause,
}

/// The least and the most columns of the first column.
const FIRST: (usize, usize) = (24, 100);
/// Columns of a cell: a kanji and a space.
const CELL: usize = 3;

/// The table for a terminal of `columns`.
pub fn write(view: &View<'_>, by: By, lang: Lang, columns: usize, color: bool) -> String {
    let columns = columns.max(60);
    let rows = lines(view, by, lang);
    let title = rows.iter().map(|row| width(&row.title)).max().unwrap_or(0);
    let last = rows.iter().map(|row| width(&row.last)).max().unwrap_or(0);
    let (least, most) = FIRST;
    let taken = view.departments.len() * CELL + 1 + last;
    let mut text = heading(view, lang, columns);
    if least + taken <= columns {
        text.push_str(&matrix(view, &rows, title.clamp(least, most.min(columns - taken)), columns, color));
    } else {
        text.push_str(&narrow(view, &rows, title.clamp(least, columns - 1 - last), columns, color));
        text.push_str(&many(view, lang));
    }
    text.push_str(&"-".repeat(columns.min(78)));
    text.push('\n');
    text.push_str(&closing(view, lang, columns, color));
    text
}

fn heading(view: &View<'_>, lang: Lang, columns: usize) -> String {
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let title = lang.pick(format!("{ja}  項目と部の対応表"), format!("fiscal year {number}: items by department"));
    let legend = lang.pick(
        "有 記載あり  半 一部記載  未 未記載  非 非該当  読 読取不可  空白 求めなし",
        "有 answered 半 partial 未 missing 非 declined 読 unreadable blank: not required",
    );
    format!("{title}\n{}\n\n", wrap(legend, columns).join("\n"))
}

/// One row of the table: id and title, cells, and the last column.
struct Line<'v> {
    title: String,
    cells: &'v [Cell],
    last: String,
    /// True where somebody must and nobody does.
    nobody: bool,
    is_clause: bool,
    section: usize,
}

fn lines<'v>(view: &'v View<'_>, by: By, lang: Lang) -> Vec<Line<'v>> {
    let mut lines = Vec::new();
    for item in &view.items {
        let entry = &view.year.items[*item];
        let section = usize::from(entry.item.id.value.item.section);
        let is_clause = by == By::Clause && !entry.item.clauses.is_empty();
        let mut add = |title: String, row: &'v crate::coverage::Row, scopes: &[Scope]| {
            let (last, nobody) = (last(view, row, scopes, lang), is_unanswered(row));
            lines.push(Line { title: harmless(&title), cells: &row.cells, last, nobody, is_clause, section });
        };
        if !is_clause {
            let scopes: Vec<Scope> = entry.leaves.clone().map(|leaf| view.year.leaves[leaf].scope).collect();
            let title = format!("{} {}", entry.item.id.value, entry.item.title());
            add(title, &view.coverage.items[*item], &scopes);
            continue;
        }
        for leaf in entry.leaves.clone() {
            let facts = &view.year.leaves[leaf];
            let title = format!("{} {}", facts.id, view.year.words(leaf));
            add(title, &view.coverage.leaves[leaf], &[facts.scope]);
        }
    }
    lines
}

/// True where somebody must and nobody does, whichever departments are shown.
pub(super) fn is_unanswered(row: &crate::coverage::Row) -> bool {
    row.state == LeafState::Uncovered && row.cells.iter().any(|cell| cell.must)
}

/// `11/12` where all must answer, `１部以上` where one suffices, `なし` where nobody answers,
/// `求めなし` where nobody shown must.
pub(super) fn last(view: &View<'_>, row: &crate::coverage::Row, scopes: &[Scope], lang: Lang) -> String {
    let must = |cell: &&Cell| cell.must && cell.state != CellState::Declined;
    let must = || view.departments.iter().map(|index| &row.cells[*index]).filter(must);
    let answered = must().filter(|cell| cell.state == CellState::Answered).count();
    if is_unanswered(row) {
        lang.pick("なし", "nobody").to_owned()
    } else if row.state == LeafState::Standing {
        lang.pick("発生時", "standing").to_owned()
    } else if scopes.iter().all(|scope| matches!(scope, Scope::AnyDepartment | Scope::Standing)) {
        lang.pick("１部以上", "one or more").to_owned()
    } else if must().next().is_none() {
        CellState::NotRequired.name().get(lang).to_owned()
    } else {
        format!("{answered}/{}", must().count())
    }
}

fn matrix(view: &View<'_>, rows: &[Line<'_>], first: usize, columns: usize, color: bool) -> String {
    let mut text = String::new();
    let shorts: Vec<Vec<char>> =
        view.departments.iter().map(|index| short(view, *index).chars().take(4).collect()).collect();
    for level in 0..shorts.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = pad("", first);
        for short in &shorts {
            line.push(' ');
            line.push_str(&pad(&short.get(level).map(char::to_string).unwrap_or_default(), CELL - 1));
        }
        push(&mut text, &line);
    }
    let mut section = None;
    for row in rows {
        push_section(view, row, &mut section, columns, &mut text);
        let (title, rest) = titled(row, first);
        let mut line = pad(&title, first);
        for index in &view.departments {
            line.push(' ');
            line.push_str(&mark(row.cells[*index].state, color));
        }
        line.push(' ');
        line.push_str(&paint(color && row.nobody, Tone::Error, &row.last));
        push(&mut text, &line);
        rest.iter().for_each(|line| push(&mut text, &format!("    {line}")));
    }
    text
}

/// The title in `columns`, and what of it goes to further lines. No word of an item's title is
/// lost; of a clause, whose words can be many, the beginning must do.
fn titled(row: &Line<'_>, columns: usize) -> (String, Vec<String>) {
    if row.is_clause || width(&row.title) <= columns {
        return (cut(&row.title, columns), Vec::new());
    }
    let first = wrap(&row.title, columns).swap_remove(0);
    let rest = row.title.get(first.len()..).map(|rest| wrap(rest.trim_start(), columns - 4));
    (first, rest.unwrap_or_default())
}

fn push(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

fn short(view: &View<'_>, department: usize) -> String {
    harmless(&view.year.departments[department].unit.short_title())
}

/// Gaps are loud, answers quiet; the mark itself says it all without colour.
fn mark(state: CellState, color: bool) -> String {
    let mark = pad(state.mark(), CELL - 1);
    match state {
        CellState::Missing | CellState::Unreadable => paint(color, Tone::Error, &mark),
        CellState::Partial => paint(color, Tone::Warning, &mark),
        CellState::Answered | CellState::Declined | CellState::NotRequired => mark,
    }
}

fn push_section(view: &View<'_>, row: &Line<'_>, section: &mut Option<usize>, columns: usize, text: &mut String) {
    if *section != Some(row.section) {
        *section = Some(row.section);
        push(text, &cut(&section_title(view, row.section), columns));
    }
}

fn section_title(view: &View<'_>, number: usize) -> String {
    let is_it =
        |section: &&crate::model::Section| section.number.as_ref().is_some_and(|n| usize::from(n.value) == number);
    let section = view.year.docs.policy.sections.iter().find(is_it);
    let part = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let title = section.map(|section| format!("{} {}", part(&section.mark), part(&section.heading)));
    harmless(title.unwrap_or_default().trim())
}

/// Too many departments for the width: each item with the departments that still have to act.
fn narrow(view: &View<'_>, rows: &[Line<'_>], first: usize, columns: usize, color: bool) -> String {
    let mut text = String::new();
    let mut section = None;
    for row in rows {
        push_section(view, row, &mut section, columns, &mut text);
        let last = paint(color && row.nobody, Tone::Error, &row.last);
        let (title, rest) = titled(row, first);
        push(&mut text, &format!("{} {last}", pad(&title, first)));
        rest.iter().for_each(|line| push(&mut text, &format!("    {line}")));
        for state in [CellState::Missing, CellState::Partial, CellState::Unreadable] {
            let open = view.departments.iter().filter(|index| {
                let cell = &row.cells[**index];
                cell.must && cell.state == state
            });
            let names: Vec<String> = open.map(|index| short(view, *index)).collect();
            if !names.is_empty() {
                text.push_str(&listed(&mark(state, color), &names, columns));
            }
        }
    }
    text
}

fn many(view: &View<'_>, lang: Lang) -> String {
    let count = view.departments.len();
    lang.pick(
        format!(
            "部が {count} あるため、記載のそろっていない部だけを示しました。\n全体: kpolicy coverage --format xlsx -o ファイル.xlsx\n"
        ),
        format!(
            "{count} departments: only those that still have to act are named.\nTo see all: kpolicy coverage --format xlsx -o FILE.xlsx\n"
        ),
    )
}

fn listed(mark: &str, names: &[String], columns: usize) -> String {
    let mut text = String::new();
    let (mut line, mut used) = (format!("    {mark}"), 4 + CELL - 1);
    for name in names {
        if used + width(name) + 1 > columns {
            push(&mut text, &line);
            (line, used) = (" ".repeat(4 + CELL - 1), 4 + CELL - 1);
        }
        line.push(' ');
        line.push_str(name);
        used += width(name) + 1;
    }
    push(&mut text, &line);
    text
}

fn closing(view: &View<'_>, lang: Lang, columns: usize, color: bool) -> String {
    let summary = view.summary();
    let (required, answered, percent) = (summary.required, summary.answered, summary.percent());
    let (missing, partial, unreadable, declined) =
        (summary.missing, summary.partial, summary.unreadable, summary.declined);
    let first = lang.pick(
        format!("求められた {required} のうち {answered} に記載（{percent}％）"),
        format!("{answered} of {required} required are answered ({percent}%)"),
    );
    let open =
        lang.pick(format!("未記載 {missing}、一部記載 {partial}"), format!("missing {missing}, partial {partial}"));
    let mut rest = String::new();
    if unreadable > 0 {
        rest.push_str(&lang.pick(format!("、読取不可 {unreadable}"), format!(", unreadable {unreadable}")));
    }
    if declined > 0 {
        rest.push_str(&lang.pick(format!("、非該当 {declined}"), format!(", declined {declined}")));
    }
    let loud = if missing + partial > 0 { Tone::Error } else { Tone::Good };
    let fits = width(&first) + 3 + width(&open) + width(&rest) <= columns;
    let between = if fits { "   " } else { "\n" };
    let mut text = format!("{first}{between}{}{rest}\n", paint(color, loud, &open));
    let list = view.uncovered(&summary, lang);
    let none = lang.pick(format!("どの部も応えていない項目: {list}"), format!("Items that nobody answers: {list}"));
    wrap(&none, columns).iter().for_each(|line| push(&mut text, line));
    if missing + partial + unreadable > 0 {
        let whose = if view.shows_all_departments() { String::new() } else { names(view) };
        text.push_str(&lang.pick(
            format!("次にすること: kpolicy coverage{whose} --gaps （どの部が何を書くか）\n"),
            format!("next: kpolicy coverage{whose} --gaps  (who writes what)\n"),
        ));
    }
    text
}

/// The departments shown, as they may be typed.
fn names(view: &View<'_>) -> String {
    view.departments.iter().map(|index| format!(" {}", view.year.departments[*index].id())).collect()
}
