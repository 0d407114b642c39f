//! `coverage --gaps`: who must write what, and the line to open.

use crate::coverage::CellState;
use crate::lang::Lang;
use crate::model::AnsweredBy;
use crate::report::coverage_json::View;
use crate::report::coverage_markdown::escape;
use crate::report::wrap::{cut, pad, wrap};
use crate::ui::harmless;

/// One open cell.
pub struct Gap {
    /// Index of the item.
    pub item: usize,
    /// Indexes of the open leaves.
    pub leaves: Vec<usize>,
    /// Index of the department.
    pub department: usize,
    /// How it stands.
    pub state: CellState,
}

/// Every open must-cell, by item and department, missing before partial; an unreadable plan comes last, once.
pub fn gaps(view: &View<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for state in [CellState::Missing, CellState::Partial, CellState::Unreadable] {
        for item in &view.items {
            for department in &view.departments {
                let open = |leaf: &usize| {
                    let cell = &view.coverage.leaves[*leaf].cells[*department];
                    cell.must && cell.state == state
                };
                let leaves: Vec<usize> = view.year.items[*item].leaves.clone().filter(open).collect();
                let known = |gap: &Gap| gap.state == state && gap.department == *department;
                let told = state == CellState::Unreadable && gaps.iter().any(known);
                if !leaves.is_empty() && !told {
                    gaps.push(Gap { item: *item, leaves, department: *department, state });
                }
            }
        }
    }
    gaps
}

/// How many leaves are known to be open; those of an unreadable plan are not known.
fn open_leaves(gaps: &[Gap]) -> usize {
    gaps.iter().filter(|gap| gap.state != CellState::Unreadable).map(|gap| gap.leaves.len()).sum()
}

/// The list for people.
pub fn write(view: &View<'_>, lang: Lang, columns: usize) -> String {
    let gaps = gaps(view);
    let count = open_leaves(&gaps);
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let mut text =
        lang.pick(format!("{ja}  応えのない所 {count}件\n"), format!("fiscal year {number}: {count} open\n"));
    let mut state = None;
    for gap in &gaps {
        if state != Some(gap.state) {
            state = Some(gap.state);
            text.push_str(&format!("\n{}\n", gap.state.name().get(lang)));
        }
        text.push_str(&if gap.state == CellState::Unreadable {
            // What an unreadable plan says is not known: one line for the plan, not one for each item.
            let name = view.year.departments[gap.department].name();
            format!("  {} {}\n", pad(name, 12), place(view, gap))
        } else {
            line(view, gap, lang, columns)
        });
    }
    let summary = &view.coverage.summary;
    let uncovered: Vec<String> =
        summary.uncovered_items.iter().map(|item| view.year.items[*item].item.id.value.to_string()).collect();
    let list = if uncovered.is_empty() {
        lang.pick("なし", "none").to_owned()
    } else {
        uncovered.join(lang.pick("、", ", "))
    };
    text.push_str(
        &lang.pick(format!("\nどの部も応えていない項目: {list}\n"), format!("\nItems that nobody answers: {list}\n")),
    );
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
        let entry = &view.year.items[gap.item];
        let name = escape(view.year.departments[gap.department].name());
        let state = gap.state.name().get(lang);
        if gap.state == CellState::Unreadable {
            text.push_str(&format!("| | {name} | {state} | {} |\n", escape(&place(view, gap))));
            continue;
        }
        let ids: Vec<String> = if gap.leaves.len() < entry.leaves.len() {
            gap.leaves.iter().map(|leaf| view.year.leaves[*leaf].id.to_string()).collect()
        } else {
            vec![entry.item.id.value.to_string()]
        };
        let title = escape(&format!("{} {}", ids.join(lang.pick("、", ", ")), entry.item.title()));
        text.push_str(&format!("| {title} | {name} | {state} | {} |\n", escape(&place(view, gap))));
    }
    text
}

fn line(view: &View<'_>, gap: &Gap, lang: Lang, columns: usize) -> String {
    let (year, entry) = (view.year, &view.year.items[gap.item]);
    let department = &year.departments[gap.department];
    let title = format!("{} {}", entry.item.id.value, entry.item.title());
    let draft =
        if department.state == crate::city::PlanState::Draft { lang.pick("   下書き", "   draft") } else { "" };
    let place = place(view, gap);
    let head =
        format!("  {} {} {place}{draft}", pad(&cut(&harmless(&title), 36), 36), pad(&harmless(department.name()), 12));
    let mut text = head.trim_end().to_owned() + "\n";
    // Where all of an item is open, its name says enough.
    if gap.leaves.len() < entry.leaves.len() {
        for leaf in &gap.leaves {
            let words = lang.pick("応えていない部分: ", "open part: ");
            let quote = format!("{words}{} {}", year.leaves[*leaf].id, year.words(*leaf));
            for (at, line) in wrap(&harmless(&quote), columns.clamp(40, 100) - 10).iter().enumerate() {
                let indent = if at == 0 { "      " } else { "          " };
                text.push_str(&format!("{indent}{line}\n"));
            }
        }
    }
    text
}

/// `somu.yaml:18`: where to write.
fn place(view: &View<'_>, gap: &Gap) -> String {
    let department = &view.year.departments[gap.department];
    let Some(file) = department.file else { return String::new() };
    let file = view.year.city.file(file);
    let name = file.path.rsplit('/').next().unwrap_or(&file.path).to_owned();
    let heading = match view.year.leaves[gap.leaves[0]].answered_by {
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
        Some(plan) => harmless(&format!("{name}:{}", file.lines.line(plan.place_for(heading).start))),
        None => harmless(&name),
    }
}
