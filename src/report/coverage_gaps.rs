//! `coverage --gaps`: who must write what, and the line to open.

use crate::city::PlanState;
use crate::coverage::CellState;
use crate::lang::Lang;
use crate::model::AnsweredBy;
use crate::report::coverage_csv;
use crate::report::coverage_json::View;
use crate::report::coverage_markdown::escape;
use crate::report::wrap::{cut, pad, width, wrap};
use crate::ui::harmless;

/// One open cell.
pub struct Gap {
    /// Index of the item; nothing where all of a plan is missing, or cannot be read.
    pub item: Option<usize>,
    /// Indexes of the open leaves.
    pub leaves: Vec<usize>,
    /// Index of the department.
    pub department: usize,
    /// How it stands.
    pub state: CellState,
}

/// Every open must-cell, by item and department, missing before partial; a plan that is not there
/// or cannot be read is one gap for all that it must answer.
pub fn gaps(view: &View<'_>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for state in [CellState::Missing, CellState::Partial, CellState::Unreadable] {
        for item in &view.items {
            for department in &view.departments {
                let open = |leaf: &usize| {
                    let cell = &view.coverage.leaves[*leaf].cells[*department];
                    cell.must && cell.state == state
                };
                let leaves: Vec<usize> = view.year.items[*item].leaves.clone().filter(open).collect();
                let whole = view.year.departments[*department].plan.is_none();
                let same = |gap: &&mut Gap| whole && gap.state == state && gap.department == *department;
                match gaps.iter_mut().find(same) {
                    _ if leaves.is_empty() => {}
                    Some(gap) => gap.leaves.extend(leaves),
                    None => gaps.push(Gap { item: (!whole).then_some(*item), leaves, department: *department, state }),
                }
            }
        }
    }
    gaps
}

/// What a gap is about: the item, or the plan as a whole.
pub fn title(view: &View<'_>, gap: &Gap, lang: Lang) -> String {
    let count = gap.leaves.len();
    match gap.item {
        Some(item) => {
            let entry = &view.year.items[item];
            format!("{} {}", entry.item.id.value, entry.item.title())
        }
        None if gap.state == CellState::Unreadable => {
            lang.pick("計画を読み取れません".to_owned(), "the plan cannot be read".to_owned())
        }
        None => lang.pick(format!("計画がありません（{count}件）"), format!("there is no plan ({count})")),
    }
}

/// The ids and words of what is open, where it is a part of an item and not all of it.
pub fn open_parts(view: &View<'_>, gap: &Gap) -> Vec<String> {
    if gap.item.is_none_or(|item| gap.leaves.len() == view.year.items[item].leaves.len()) {
        return Vec::new();
    }
    gap.leaves.iter().map(|leaf| format!("{} {}", view.year.leaves[*leaf].id, view.year.words(*leaf))).collect()
}

/// How many leaves are known to be open; those of an unreadable plan are not known.
fn open_leaves(gaps: &[Gap]) -> usize {
    gaps.iter().filter(|gap| gap.state != CellState::Unreadable).map(|gap| gap.leaves.len()).sum()
}

/// One line of the list, before it is laid out.
struct Line {
    title: String,
    name: String,
    place: String,
}

/// The list for people.
pub fn write(view: &View<'_>, lang: Lang, columns: usize) -> String {
    let columns = columns.max(60);
    let gaps = gaps(view);
    let count = open_leaves(&gaps);
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let mut text =
        lang.pick(format!("{ja}  応えのない所 {count}件\n"), format!("fiscal year {number}: {count} open\n"));
    let lines: Vec<Line> = gaps.iter().map(|gap| line(view, gap, lang)).collect();
    let widest = |get: fn(&Line) -> &str| lines.iter().map(|line| width(get(line))).max().unwrap_or(0);
    let (name, place) = (widest(|line| &line.name), widest(|line| &line.place));
    let title = widest(|line| &line.title).min(columns.saturating_sub(2 + 2 + name + 2 + place).max(20));
    let mut state = None;
    for (gap, line) in gaps.iter().zip(&lines) {
        if state != Some(gap.state) {
            state = Some(gap.state);
            text.push_str(&format!("\n{}\n", gap.state.name().get(lang)));
        }
        let head = format!("  {}  {}  {}", pad(&cut(&line.title, title), title), pad(&line.name, name), line.place);
        text.push_str(&(head.trim_end().to_owned() + "\n"));
        for part in open_parts(view, gap) {
            let quote = format!("{}{part}", lang.pick("応えていない部分: ", "open part: "));
            for (at, line) in wrap(&harmless(&quote), columns.min(100) - 10).iter().enumerate() {
                let indent = if at == 0 { "      " } else { "          " };
                text.push_str(&format!("{indent}{line}\n"));
            }
        }
    }
    text + &closing(view, &gaps, lang, columns)
}

fn line(view: &View<'_>, gap: &Gap, lang: Lang) -> Line {
    let department = &view.year.departments[gap.department];
    let draft = if department.state == PlanState::Draft { lang.pick("   下書き", "   draft") } else { "" };
    let place = path_and_line(view, gap.department, gap.leaves[0]);
    let file = place.rsplit('/').next().unwrap_or(&place);
    Line {
        title: harmless(&title(view, gap, lang)),
        name: harmless(department.name()),
        place: format!("{file}{draft}"),
    }
}

fn closing(view: &View<'_>, gaps: &[Gap], lang: Lang, columns: usize) -> String {
    let list = view.uncovered(&view.summary(), lang);
    let none = lang.pick(format!("どの部も応えていない項目: {list}"), format!("Items that nobody answers: {list}"));
    let mut text = format!("\n{}\n", wrap(&none, columns).join("\n"));
    if let Some(first) = gaps.first() {
        let name = harmless(view.year.departments[first.department].name());
        text.push_str(&lang.pick(
            format!("次にすること: kpolicy check {name} （書く所と書き方）\n"),
            format!("next: kpolicy check {name}  (where and what to write)\n"),
        ));
    }
    text
}

/// The same list for a page or a comment; text cannot act as markup.
pub fn markdown(view: &View<'_>, lang: Lang) -> String {
    let gaps = gaps(view);
    let count = open_leaves(&gaps);
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let mut text =
        lang.pick(format!("## {ja}  応えのない所 {count}件\n\n"), format!("## Fiscal year {number}: {count} open\n\n"));
    if gaps.is_empty() {
        return text + lang.pick("ありません。\n", "None.\n");
    }
    text.push_str(lang.pick(
        "| 項目 | 部 | 状態 | 場所 |\n|---|---|---|---|\n",
        "| item | department | state | place |\n|---|---|---|---|\n",
    ));
    for gap in &gaps {
        let Line { name, place, .. } = line(view, gap, lang);
        let parts = open_parts(view, gap);
        let ids: Vec<&str> = parts.iter().filter_map(|part| part.split(' ').next()).collect();
        let title = match gap.item.map(|item| view.year.items[item].item.title()) {
            Some(title) if !ids.is_empty() => format!("{} {title}", ids.join(lang.pick("、", ", "))),
            _ => title(view, gap, lang),
        };
        let state = gap.state.name().get(lang);
        text.push_str(&format!("| {} | {} | {state} | {} |\n", escape(&title), escape(&name), escape(&place)));
    }
    text
}

/// The same list for a spreadsheet.
pub fn csv(view: &View<'_>, lang: Lang) -> String {
    let mut text = String::from("\u{feff}");
    let head = lang.pick(
        ["状態", "部", "項目", "応えていない部分", "場所"],
        ["state", "department", "item", "open part", "place"],
    );
    coverage_csv::row(&mut text, &head.map(str::to_owned));
    for gap in gaps(view) {
        let mut title = title(view, &gap, lang);
        if gap.item.is_some() {
            // A spreadsheet takes a bare `1-6` for a date.
            title = format!("{} {title}", lang.pick("項目", "item"));
        }
        let parts = open_parts(view, &gap).join("\n");
        let name = view.year.departments[gap.department].name().to_owned();
        let place = path_and_line(view, gap.department, gap.leaves[0]);
        coverage_csv::row(&mut text, &[gap.state.name().get(lang).to_owned(), name, title, parts, place]);
    }
    text
}

/// `departments/2025/somu.yaml:18`: where a department writes what a leaf asks for.
pub fn path_and_line(view: &View<'_>, department: usize, leaf: usize) -> String {
    let department = &view.year.departments[department];
    let Some(file) = department.file else {
        return harmless(&format!("departments/{}/{}.yaml", view.year.year, department.id()));
    };
    let file = view.year.city.file(file);
    let heading = match view.year.leaves[leaf].answered_by {
        AnsweredBy::Citation => "responses",
        AnsweredBy::Review => "review",
        AnsweredBy::Information => "information",
        AnsweredBy::Reform => "reform",
        AnsweredBy::Handover => "handover",
        AnsweredBy::Interview => "status",
        AnsweredBy::Plan => "direction",
        AnsweredBy::Goal | AnsweredBy::Viewpoint => "goals",
    };
    match department.plan {
        Some(plan) => harmless(&format!("{}:{}", file.path, file.lines().line(plan.place_for(heading).start))),
        None => harmless(&file.path),
    }
}
