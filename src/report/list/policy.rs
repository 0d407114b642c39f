//! Items, clauses, registered plans and viewpoints.

use super::{Cell, Listing, Source, column, hidden, place};
use crate::coverage::{CellState, Row};
use crate::model::{Duty, Text};
use crate::shape::{ANSWERED_BY, SCOPE};

fn words(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(Text::joined)
}

/// `9/10`: departments that must answer, and do.
fn counts(row: &Row) -> (usize, usize) {
    let must = || row.cells.iter().filter(|cell| cell.must && cell.state != CellState::Declined);
    (must().filter(|cell| cell.state == CellState::Answered).count(), must().count())
}

fn answered(row: &Row) -> [Cell; 3] {
    let (answered, required) = counts(row);
    let shown = if required == 0 { String::new() } else { format!("{answered}/{required}") };
    [Cell::Text(shown), Cell::count(answered), Cell::count(required)]
}

fn days(duty: &Duty) -> [Cell; 3] {
    let since = duty.amended.as_ref().and_then(|amended| amended.since.as_ref());
    [since, duty.added.as_ref(), duty.withdrawn.as_ref()].map(|day| Cell::text(day.map(|day| day.value.to_string())))
}

pub(super) fn items(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("id", "項目", "item"),
        column("short", "見出し", "short"),
        column("scope", "求められる部", "who must"),
        column("answered_by", "応え方", "answered by"),
        column("counts", "記載", "answered"),
        hidden("answered"),
        hidden("required"),
        column("state", "状況", "state"),
        hidden("section"),
        hidden("mark"),
        hidden("text"),
        hidden("clauses"),
        hidden("amended"),
        hidden("added"),
        hidden("withdrawn"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    for (index, entry) in year.items.iter().enumerate() {
        let (row, item) = (&source.coverage.items[index], entry.item);
        let scope = item.duty.scope.as_ref().map_or("every_department", |scope| scope.value.id());
        let way = item.duty.answered_by.as_ref().map_or("citation", |way| way.value.id());
        let clauses: Vec<String> = item.clauses.iter().map(|clause| clause.id.value.to_string()).collect();
        let [shown, answered, required] = answered(row);
        let [amended, added, withdrawn] = days(&item.duty);
        let [path, line] = place(source, Some(year.policy_file.at(item.id.span)));
        list.push(
            None,
            vec![
                Cell::Text(item.id.value.to_string()),
                Cell::Text(item.title()),
                Cell::choice(SCOPE, scope),
                Cell::choice(ANSWERED_BY, way),
                shown,
                answered,
                required,
                Cell::Code(row.state.id(), row.state.name()),
                Cell::count(usize::from(item.id.value.item.section)),
                Cell::text(words(&item.mark)),
                Cell::text(words(&item.text)),
                Cell::Many(clauses),
                amended,
                added,
                withdrawn,
                path,
                line,
            ],
        );
    }
    list
}

pub(super) fn clauses(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("id", "部分", "clause"),
        column("quote", "文言", "words"),
        column("scope", "求められる部", "who must"),
        column("answered_by", "応え方", "answered by"),
        column("counts", "記載", "answered"),
        hidden("answered"),
        hidden("required"),
        column("state", "状況", "state"),
        hidden("item"),
        hidden("leads"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    for (index, leaf) in year.leaves.iter().enumerate().filter(|(_, leaf)| leaf.clause.is_some()) {
        let row = &source.coverage.leaves[index];
        let leads = leaf.leads.iter().map(|lead| year.departments[*lead].id().to_owned()).collect();
        let [shown, answered, required] = answered(row);
        let [path, line] = place(source, Some(year.leaf_place(index)));
        list.push(
            None,
            vec![
                Cell::Text(leaf.id.to_string()),
                Cell::Text(year.words(index)),
                Cell::choice(SCOPE, leaf.scope.id()),
                Cell::choice(ANSWERED_BY, leaf.answered_by.id()),
                shown,
                answered,
                required,
                Cell::Code(row.state.id(), row.state.name()),
                Cell::Text(year.items[leaf.item].item.id.value.to_string()),
                Cell::Many(leads),
                path,
                line,
            ],
        );
    }
    list
}

pub(super) fn references(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("id", "記号", "id"),
        column("title", "名称", "title"),
        hidden("short"),
        column("owner_name", "所管", "owner"),
        hidden("owner"),
        column("goals", "目標", "goals"),
        hidden("items"),
        hidden("nodes"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    for (index, reference) in year.docs.references.references.iter().enumerate() {
        let owner = reference.owner.as_ref();
        let unit = owner.and_then(|owner| year.names.unit(&owner.text).found());
        let goals = source.links.plans.iter().flat_map(|plan| &plan.goals);
        let goals = goals.filter(|goal| goal.references.contains(&Some(index))).count();
        let named = |name: &crate::model::Name| year.names.references.resolve(&name.text).found() == Some(index);
        let items = year.items.iter().filter(|entry| entry.item.references.iter().any(named));
        let items = items.map(|entry| entry.item.id.value.to_string()).collect();
        let [path, line] = place(source, year.files.references.map(|file| file.at(reference.id.span)));
        list.push(
            None,
            vec![
                Cell::Text(reference.id.value.clone()),
                Cell::text(words(&reference.title)),
                Cell::text(words(&reference.short)),
                Cell::text(unit.map(|unit| year.names.unit_title(unit))),
                Cell::text(owner.map(|owner| owner.text.to_string())),
                Cell::count(goals),
                Cell::Many(items),
                Cell::Many(reference.nodes.iter().map(|node| node.id.value.clone()).collect()),
                path,
                line,
            ],
        );
    }
    list
}

pub(super) fn viewpoints(source: &Source<'_>) -> Listing {
    let columns = vec![column("id", "記号", "id"), column("label", "名称", "label"), hidden("path"), hidden("line")];
    let mut list = Listing::of(columns);
    for viewpoint in &source.year.docs.policy.viewpoints {
        let [path, line] = place(source, Some(source.year.policy_file.at(viewpoint.id.span)));
        list.push(None, vec![Cell::Text(viewpoint.id.value.clone()), Cell::text(words(&viewpoint.label)), path, line]);
    }
    list
}
