//! `coverage --by reference`: which goals rest on which plans and guidelines of the register, and
//! which of them no goal names.

use serde_json::{Value, json};

use crate::city::PlanState;
use crate::coverage::{GoalUse, ReferenceUse, reference_uses};
use crate::lang::Lang;
use crate::model::{Reference, Text};
use crate::report::coverage_csv;
use crate::report::coverage_json::View;
use crate::report::coverage_markdown::escape;
use crate::report::escape::json as document;
use crate::report::wrap::{cut, pad, width, wrap};
use crate::ui::{Tone, harmless, paint};

/// Columns for how many goals there are.
const COUNT: usize = 12;

/// A plan or guideline, or a part of one, with the goals that name it.
struct Entry<'a> {
    /// `city-vision-2`, `city-vision-2/zenki`
    id: String,
    title: &'a str,
    is_part: bool,
    items: &'a [usize],
    goals: &'a [GoalUse],
}

fn told<'a>(text: &'a Option<Text>, id: &'a str) -> &'a str {
    text.as_ref().map_or(id, |text| &text.value)
}

fn uses(view: &View<'_>) -> Vec<ReferenceUse> {
    reference_uses(view.year, view.links, &view.departments)
}

/// The register with its uses; where items are chosen, what those items name.
fn shown<'v>(view: &'v View<'_>, uses: &'v [ReferenceUse]) -> Vec<(&'v Reference, &'v ReferenceUse)> {
    let all = view.items.len() == view.year.items.len();
    let wanted = |found: &ReferenceUse| all || found.items.iter().any(|item| view.items.contains(item));
    let register = view.year.docs.references.references.iter();
    register.zip(uses).filter(|(_, found)| wanted(found)).collect()
}

fn entries<'v>(view: &'v View<'_>, uses: &'v [ReferenceUse]) -> Vec<Entry<'v>> {
    let mut entries = Vec::new();
    for (reference, found) in shown(view, uses) {
        let id = &reference.id.value;
        let (title, items) = (told(&reference.title, id), found.items.as_slice());
        entries.push(Entry { id: id.clone(), title, is_part: false, items, goals: &found.goals });
        for (node, goals) in reference.nodes.iter().zip(&found.nodes) {
            let title = told(&node.title, &node.id.value);
            let id = format!("{id}/{}", node.id.value);
            entries.push(Entry { id, title, is_part: true, items: &[], goals });
        }
    }
    entries
}

/// Departments whose goals are not known.
fn unread<'v>(view: &'v View<'_>) -> Vec<&'v str> {
    let departments = view.departments.iter().map(|index| &view.year.departments[*index]);
    departments.filter(|department| department.state == PlanState::Unreadable).map(|it| it.name()).collect()
}

fn item_ids(view: &View<'_>, items: &[usize]) -> Vec<String> {
    items.iter().map(|item| view.year.items[*item].item.id.value.to_string()).collect()
}

/// `政策部 G1（施策12）`: each goal once, with all places it names.
fn goals(view: &View<'_>, uses: &[GoalUse], lang: Lang) -> Vec<String> {
    let mut named: Vec<(usize, usize, Vec<&str>)> = Vec::new();
    for found in uses {
        let department = &view.year.departments[found.department];
        let place = department.plan.and_then(|plan| plan.goals[found.goal].references[found.entry].at.as_ref());
        let place = place.map(|at| at.value.as_str());
        match named.iter_mut().find(|(of, goal, _)| (*of, *goal) == (found.department, found.goal)) {
            Some((_, _, places)) => places.extend(place),
            None => named.push((found.department, found.goal, place.into_iter().collect())),
        }
    }
    let words = |(of, goal, places): &(usize, usize, Vec<&str>)| {
        let department = &view.year.departments[*of];
        let id = department.plan.map_or("", |plan| plan.goals[*goal].id());
        let places = places.join(lang.pick("、", ", "));
        let places = match places.as_str() {
            "" => String::new(),
            places => lang.pick(format!("（{places}）"), format!(" ({places})")),
        };
        format!("{} {id}{places}", department.name())
    };
    named.iter().map(words).collect()
}

/// `政策部 G1 G3、総務部 G2`: what fits a screen; the places are in the other formats.
fn by_department(view: &View<'_>, uses: &[&GoalUse], lang: Lang) -> String {
    let mut text = String::new();
    let mut last = None;
    let mut named: Vec<(usize, usize)> = uses.iter().map(|found| (found.department, found.goal)).collect();
    named.dedup();
    for (of, goal) in named {
        let department = &view.year.departments[of];
        if last.replace(of) != Some(of) {
            let between = if text.is_empty() { "" } else { lang.pick("、", ", ") };
            text.push_str(&format!("{between}{}", department.name()));
        }
        text.push_str(&format!(" {}", department.plan.map_or("", |plan| plan.goals[goal].id())));
    }
    harmless(&text)
}

/// The list for a terminal of `columns`.
pub fn write(view: &View<'_>, lang: Lang, columns: usize, color: bool) -> String {
    let columns = columns.max(60);
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let mut text = lang.pick(
        format!("{ja}  計画・指針と、それを挙げた目標\n\n"),
        format!("fiscal year {number}: plans, guidelines and their goals\n\n"),
    );
    let uses = uses(view);
    let entries = entries(view, &uses);
    let nobody = lang.pick("なし", "no goal");
    let most = columns - COUNT;
    let titles: Vec<String> = entries.iter().map(heading).collect();
    let first = titles.iter().map(|title| width(title)).max().unwrap_or(0).clamp(24, most.min(72));
    for (entry, title) in entries.iter().zip(&titles) {
        let named = goals(view, entry.goals, lang);
        let count = match named.len() {
            0 => paint(color, Tone::Warning, nobody),
            count => lang.pick(format!("目標 {count}"), format!("goals {count}")),
        };
        text.push_str(&format!("{}  {count}\n", pad(&cut(title, first), first)));
        let indent = if entry.is_part { 6 } else { 4 };
        // Goals that name a part stand with the part.
        let here: Vec<&GoalUse> = entry.goals.iter().filter(|found| entry.is_part || found.node.is_none()).collect();
        let listed = by_department(view, &here, lang);
        for line in wrap(&listed, columns.min(100) - indent).iter().filter(|line| !line.is_empty()) {
            text.push_str(&format!("{}{line}\n", " ".repeat(indent)));
        }
    }
    text.push_str(&format!("{}\n", "-".repeat(columns.min(78))));
    text + &closing(view, &entries, lang, columns)
}

fn heading(entry: &Entry<'_>) -> String {
    let id = entry.id.rsplit('/').next().unwrap_or(&entry.id);
    harmless(&if entry.is_part { format!("  {id} {}", entry.title) } else { format!("{} ({id})", entry.title) })
}

fn closing(view: &View<'_>, entries: &[Entry<'_>], lang: Lang, columns: usize) -> String {
    let count = |part: bool| {
        let of_kind = || entries.iter().filter(move |entry| entry.is_part == part);
        (of_kind().count(), of_kind().filter(|entry| !entry.goals.is_empty()).count())
    };
    let ((all, named), (parts, named_parts)) = (count(false), count(true));
    let mut lines = vec![lang.pick(
        format!(
            "計画・指針 {all} のうち {named}、その中の施策など {parts} のうち {named_parts} を、目標が挙げています。"
        ),
        format!("Goals name {named} of {all} plans and guidelines, and {named_parts} of {parts} parts of them."),
    )];
    let none: Vec<&str> = entries.iter().filter(|entry| entry.goals.is_empty()).map(|entry| entry.title).collect();
    let list = if none.is_empty() { lang.pick("なし", "none").to_owned() } else { none.join(lang.pick("、", ", ")) };
    lines.push(lang.pick(format!("どの目標も挙げていないもの: {list}"), format!("Named by no goal: {list}")));
    let unread = unread(view);
    if !unread.is_empty() {
        let names = unread.join(lang.pick("、", ", "));
        lines.push(lang.pick(
            format!("計画を読み取れないため、次の部の目標は数えていません: {names}"),
            format!("Plans that cannot be read, whose goals are not counted: {names}"),
        ));
    }
    lines.iter().map(|line| wrap(&harmless(line), columns).join("\n") + "\n").collect()
}

/// The table for a page or a comment; text cannot act as markup.
pub fn markdown(view: &View<'_>, lang: Lang) -> String {
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let mut text = lang.pick(
        format!("## {ja}  計画・指針と、それを挙げた目標\n\n| 計画・指針 | 項目 | 目標 |\n|---|---|---|\n"),
        format!("## Fiscal year {number}: plans and guidelines, and the goals that name them\n\n| plan or guideline | items | goals |\n|---|---|---|\n"),
    );
    let uses = uses(view);
    let entries = entries(view, &uses);
    let comma = lang.pick("、", ", ");
    for entry in &entries {
        let title = if entry.is_part { format!("&emsp;{}", escape(entry.title)) } else { escape(entry.title) };
        let named = goals(view, entry.goals, lang);
        let named =
            if named.is_empty() { lang.pick("**なし**", "**none**").to_owned() } else { escape(&named.join(comma)) };
        text.push_str(&format!("| {title} | {} | {named} |\n", item_ids(view, entry.items).join(comma)));
    }
    let summary = closing(view, &entries, lang, usize::MAX);
    text + "\n" + &summary.lines().map(|line| format!("{}\n\n", escape(line))).collect::<String>()
}

/// The table for a spreadsheet.
pub fn csv(view: &View<'_>, lang: Lang) -> String {
    let mut text = String::from("\u{feff}");
    let head = lang.pick(
        ["記号", "計画・指針", "基本方針の項目", "目標の数", "目標"],
        ["id", "plan or guideline", "items", "count of goals", "goals"],
    );
    coverage_csv::row(&mut text, &head.map(str::to_owned));
    let uses = uses(view);
    for entry in entries(view, &uses) {
        let named = goals(view, entry.goals, lang);
        // A spreadsheet takes a bare `1-6` for a date.
        let items = match item_ids(view, entry.items).join(lang.pick("、", ", ")) {
            ids if ids.is_empty() => ids,
            ids => format!("{} {ids}", lang.pick("項目", "item")),
        };
        let count = named.len().to_string();
        coverage_csv::row(&mut text, &[entry.id, entry.title.to_owned(), items, count, named.join("\n")]);
    }
    text
}

/// The report for programs: every key present, in the register's order.
pub fn json(view: &View<'_>) -> String {
    let uses = uses(view);
    let entries = entries(view, &uses);
    let unnamed = |part: bool| -> Vec<&str> {
        let none = |entry: &&Entry<'_>| entry.is_part == part && entry.goals.is_empty();
        entries.iter().filter(none).map(|entry| entry.id.as_str()).collect()
    };
    let references: Vec<Value> = shown(view, &uses).into_iter().map(|(it, found)| reference(view, it, found)).collect();
    let report = json!({
        "schema_version": 1,
        "fiscal_year": view.year.year.0,
        "summary": {
            "references": references.len(),
            "nodes": entries.iter().filter(|entry| entry.is_part).count(),
            "unnamed_references": unnamed(false),
            "unnamed_nodes": unnamed(true),
            "unreadable": unread_ids(view),
        },
        "references": references,
    });
    document(&report)
}

fn unread_ids<'v>(view: &'v View<'_>) -> Vec<&'v str> {
    let departments = view.departments.iter().map(|index| &view.year.departments[*index]);
    departments.filter(|department| department.state == PlanState::Unreadable).map(|it| it.id()).collect()
}

fn reference(view: &View<'_>, reference: &Reference, found: &ReferenceUse) -> Value {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let owner = reference.owner.as_ref().and_then(|owner| view.year.names.unit_of(owner));
    let goals = |uses: &[GoalUse]| uses.iter().map(|found| goal(view, found, reference)).collect::<Vec<_>>();
    let nodes: Vec<Value> = reference
        .nodes
        .iter()
        .zip(&found.nodes)
        .map(|(node, uses)| json!({"id": node.id.value, "title": text(&node.title), "goals": goals(uses)}))
        .collect();
    json!({
        "id": reference.id.value,
        "title": text(&reference.title),
        "short": text(&reference.short),
        "owner": owner.map(|unit| view.year.names.unit_id(unit)),
        "items": item_ids(view, &found.items),
        "goals": goals(&found.goals),
        "nodes": nodes,
    })
}

fn goal(view: &View<'_>, found: &GoalUse, reference: &Reference) -> Value {
    let department = &view.year.departments[found.department];
    let goal = department.plan.map(|plan| &plan.goals[found.goal]);
    json!({
        "department": department.id(),
        "goal": goal.map(|goal| goal.id()),
        "title": goal.map(|goal| goal.name()),
        "node": found.node.map(|node| reference.nodes[node].id.value.as_str()),
        "at": goal.and_then(|goal| goal.references[found.entry].at.as_ref()).map(|at| at.value.as_str()),
    })
}
