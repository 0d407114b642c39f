//! An item or one of its clauses: the wording, who must answer and how, who does.

use super::View;
use crate::coverage::{Cell, CellState};
use crate::lang::{Bi, bi};
use crate::model::{Duty, Name, Scope, Text};
use crate::packet::words::day;
use crate::rules::words::printed_item;
use crate::shape::ANSWERED_BY;

/// The screen of an item; of one leaf where a clause was asked for.
pub fn item(view: &View<'_>, index: usize, leaf: Option<usize>) -> String {
    let entry = &view.year.items[index];
    let id = leaf.map_or(entry.item.id.value, |leaf| view.year.leaves[leaf].id);
    let mut text = view.lang.pick(
        format!("{}  項目 {id}  {}\n", view.year_words(), entry.item.title()),
        format!("Item {id}, {}: {}\n", view.year_words(), entry.item.title()),
    );
    let heading = entry.section.heading.as_ref().map(|heading| heading.value.as_str()).unwrap_or_default();
    let printed = printed_item(view.year, index);
    let mark = printed.split(' ').next().unwrap_or_default();
    let shown = if mark == heading { heading.to_owned() } else { format!("{mark}（{heading}）") };
    text.push_str(&format!("{shown}\n\n"));
    let words = entry.item.text.as_ref().map(Text::joined).unwrap_or_default();
    view.para(&mut text, 2, 2, &words);
    let mut told = String::new();
    about(view, &mut told, index);
    let single = view.year.leaves[entry.leaves.start].clause.is_none();
    if single || !told.is_empty() {
        text.push('\n');
    }
    text.push_str(&told);
    for leaf in leaf.map_or(entry.leaves.clone(), |leaf| leaf..leaf + 1) {
        one(view, &mut text, index, leaf);
    }
    goals(view, &mut text, index, leaf);
    text
}

/// Ruby, registered plans and changes: what belongs to the item as a whole.
fn about(view: &View<'_>, text: &mut String, index: usize) {
    let item = view.year.items[index].item;
    let ruby: Vec<String> = item
        .ruby
        .iter()
        .filter_map(|(base, reading)| Some(format!("{}（{}）", base.as_ref()?.value, reading.as_ref()?.value)))
        .collect();
    view.field(text, view.t(bi("読み", "readings")), &ruby.join(view.comma()));
    let names = &view.year.names.references;
    let title = |name: &Name| match names.resolve(&name.text).found() {
        Some(at) => names.entries()[at].1.clone(),
        None => name.text.to_string(),
    };
    let plans: Vec<String> = item.references.iter().map(title).collect();
    view.field(text, view.t(bi("上位計画", "higher plans")), &plans.join(view.comma()));
    changes(view, text, &item.duty);
}

fn changes(view: &View<'_>, text: &mut String, duty: &Duty) {
    let day = |date| day(view.year.year.0, crate::packet::Day(date), view.lang);
    if let Some(amended) = &duty.amended {
        let since = amended.since.as_ref().map(|since| day(since.value)).unwrap_or_default();
        let words = view.lang.pick(format!("{since}から文言が改まりました"), format!("new wording since {since}"));
        view.field(text, view.t(bi("改正", "amended")), &words);
        let was = amended.was.as_ref().map(Text::joined).unwrap_or_default();
        view.field(text, view.t(bi("前の文言", "wording before")), &was);
    }
    if let Some(added) = &duty.added {
        view.field(text, view.t(bi("追加", "added")), &day(added.value));
    }
    if let Some(withdrawn) = &duty.withdrawn {
        let on = day(withdrawn.value);
        let words = view.lang.pick(format!("{on}（応えは求めません）"), format!("{on} (no answer is asked for)"));
        view.field(text, view.t(bi("廃止", "withdrawn")), &words);
    }
}

/// One leaf: its words where it is a clause, who must, how, and how each department stands.
fn one(view: &View<'_>, text: &mut String, index: usize, leaf: usize) {
    let facts = &view.year.leaves[leaf];
    let item = &view.year.items[index].item.duty;
    let own = facts.clause.map_or(item, |clause| &clause.duty);
    if facts.clause.is_some() {
        text.push('\n');
        view.entry(text, &format!("{}  {}", facts.id, view.year.words(leaf)));
        changes(view, text, own);
    }
    if facts.withdrawn {
        return states(view, text, leaf);
    }
    view.field(text, view.t(bi("求められる部", "who must")), view.t(scope_words(facts.scope)));
    let leads: Vec<&str> = facts.leads.iter().map(|lead| view.year.departments[*lead].name()).collect();
    view.field(text, view.t(bi("主担当", "leads")), &leads.join(view.comma()));
    let either = |get: fn(&Duty) -> &Vec<Name>| -> String {
        let names = if get(own).is_empty() { get(item) } else { get(own) };
        names.iter().map(|name| view.unit_named(&name.text)).collect::<Vec<_>>().join(view.comma())
    };
    if facts.scope == Scope::Standing {
        view.field(text, view.t(bi("連絡先", "whom to tell")), &either(|duty| &duty.contact));
        return;
    }
    view.field(text, view.t(bi("連携する部", "partners")), &either(|duty| &duty.partners));
    let way = ANSWERED_BY.iter().find(|choice| choice.id == facts.answered_by.id());
    view.field(text, view.t(bi("応え方", "answered by")), way.map(|way| view.t(way.name())).unwrap_or_default());
    states(view, text, leaf);
}

/// `記載あり 3  総務部（G1・方針）、…`
fn states(view: &View<'_>, text: &mut String, leaf: usize) {
    let cells = &view.coverage.leaves[leaf].cells;
    for state in
        [CellState::Answered, CellState::Partial, CellState::Missing, CellState::Declined, CellState::Unreadable]
    {
        let named: Vec<String> = (0..cells.len())
            .filter(|index| cells[*index].state == state)
            .map(|index| who(view, index, &cells[index]))
            .collect();
        let mut head = format!("{} {}", view.t(state.name()), named.len());
        // A reason is a sentence: each has its own line.
        let lines = if state == CellState::Declined { named } else { vec![named.join(view.comma())] };
        for line in lines {
            view.field(text, &head, &line);
            head.clear();
        }
    }
}

/// `総務部（G1・方針）`: by which goals, and whether a response speaks of it.
fn who(view: &View<'_>, index: usize, cell: &Cell) -> String {
    let department = &view.year.departments[index];
    let plan = department.plan;
    let mut by: Vec<String> =
        cell.goals.iter().filter_map(|goal| Some(plan?.goals.get(goal)?.id().to_owned())).collect();
    if !cell.responses.is_empty() {
        by.push(view.t(bi("部の方針", "response")).to_owned());
    }
    if cell.state == CellState::Declined {
        let entry = cell.decline.and_then(|at| plan?.not_applicable.get(at));
        by = entry.and_then(|entry| entry.reason.as_ref()).map(|reason| reason.joined()).into_iter().collect();
    }
    if by.is_empty() {
        return department.name().to_owned();
    }
    let by = by.join(view.lang.pick("・", ", "));
    view.lang.pick(format!("{}（{by}）", department.name()), format!("{} ({by})", department.name()))
}

/// The goals that answer, with their titles, once for the whole screen.
fn goals(view: &View<'_>, text: &mut String, index: usize, leaf: Option<usize>) {
    let row = leaf.map_or(&view.coverage.items[index], |leaf| &view.coverage.leaves[leaf]);
    let mut told = String::new();
    for (department, cell) in view.year.departments.iter().zip(row.cells.iter()) {
        let Some(plan) = department.plan else { continue };
        for goal in cell.goals.iter().filter_map(|goal| plan.goals.get(goal)) {
            view.entry(
                &mut told,
                &format!("{}:{}  {}  {}", department.id(), goal.id(), department.name(), goal.name()),
            );
        }
    }
    if !told.is_empty() {
        view.heading(text, view.t(bi("応えている目標", "Goals that answer it")));
        text.push_str(&told);
    }
}

fn scope_words(scope: Scope) -> Bi {
    match scope {
        Scope::EveryGoal => bi("全ての部の全ての目標", "every goal of every department"),
        Scope::EveryDepartment => bi("全ての部", "every department"),
        Scope::AnyDepartment => bi("１部以上（主担当は必ず）", "at least one department, and each lead"),
        Scope::Standing => bi("発生したときの対応（記載は求めません）", "standing instruction (nothing to write)"),
    }
}
