//! `coverage --format json`: a frozen shape (CONTRACT 3); every key present, arrays sorted.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::city::year::Year;
use crate::coverage::{Cell, Coverage, Indexes, Row, Summary};
use crate::lang::Lang;
use crate::links::{Handler, Links};
use crate::model::Text;
use crate::report::escape;

#[derive(Serialize)]
struct CellJson<'a> {
    state: &'static str,
    must: bool,
    goals: Vec<&'a str>,
    responses: &'a Indexes,
    reason: Option<&'a str>,
    handled_by: Option<String>,
    stale: bool,
}

/// What to show.
pub struct View<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its links.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// The departments shown, by index.
    pub departments: Vec<usize>,
    /// The items shown, by index.
    pub items: Vec<usize>,
}

impl View<'_> {
    /// The counts of what is shown.
    pub fn summary(&self) -> Summary {
        let (leaves, items) = (&self.coverage.leaves, &self.coverage.items);
        Summary::of(self.year, leaves, items, &self.departments, self.items.iter().copied())
    }

    /// True when all departments are shown.
    pub fn shows_all_departments(&self) -> bool {
        self.departments.len() == self.year.departments.len()
    }

    /// The ids of shown items that nobody answers, or a word for none.
    pub fn uncovered(&self, summary: &Summary, lang: Lang) -> String {
        let id = |item: &usize| self.year.items[*item].item.id.value.to_string();
        let ids: Vec<String> = summary.uncovered_items.iter().map(id).collect();
        if ids.is_empty() { lang.pick("なし", "none").to_owned() } else { ids.join(lang.pick("、", ", ")) }
    }
}

/// The whole report, with a line end.
pub fn write(view: &View<'_>) -> String {
    let year = view.year;
    let summary = view.summary();
    let uncovered: Vec<String> =
        summary.uncovered_items.iter().map(|item| year.items[*item].item.id.value.to_string()).collect();
    let report = json!({
        "schema_version": 1,
        "fiscal_year": year.year.0,
        "departments": view.departments.iter().map(|index| department(view, *index)).collect::<Vec<_>>(),
        "items": view.items.iter().map(|index| item(view, *index)).collect::<Vec<_>>(),
        "summary": {
            "required": summary.required,
            "answered": summary.answered,
            "partial": summary.partial,
            "missing": summary.missing,
            "declined": summary.declined,
            "unreadable": summary.unreadable,
            "percent": summary.tenths() as f64 / 10.0,
            "uncovered_items": uncovered,
        },
    });
    escape::json(&report)
}

fn department(view: &View<'_>, index: usize) -> Value {
    let department = &view.year.departments[index];
    let plan = department.file.map(|file| view.year.city.file(file).path.as_str());
    json!({
        "id": department.id(),
        "name": department.name(),
        "plan": plan,
        "plan_state": department.state.id(),
    })
}

fn item(view: &View<'_>, index: usize) -> Value {
    let entry = &view.year.items[index];
    let first = &view.year.leaves[entry.leaves.start];
    let own = &entry.item.duty;
    let scope = own.scope.as_ref().map_or("every_department", |scope| scope.value.id());
    let way = own.answered_by.as_ref().map_or("citation", |way| way.value.id());
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let row = &view.coverage.items[index];
    let clauses: Vec<Value> =
        if first.clause.is_some() { entry.leaves.clone().map(|leaf| clause(view, leaf)).collect() } else { Vec::new() };
    json!({
        "id": entry.item.id.value.to_string(),
        "section": entry.item.id.value.item.section,
        "mark": text(&entry.item.mark),
        "short": text(&entry.item.short),
        "text": text(&entry.item.text),
        "scope": scope,
        "answered_by": way,
        "state": row.state.id(),
        "cells": cells(view, row),
        "clauses": clauses,
    })
}

fn clause(view: &View<'_>, index: usize) -> Value {
    let leaf = &view.year.leaves[index];
    let row = &view.coverage.leaves[index];
    let quote = leaf.clause.and_then(|clause| clause.quote.as_ref()).map(|quote| quote.value.clone());
    json!({
        "id": leaf.id.to_string(),
        "quote": quote,
        "scope": leaf.scope.id(),
        "answered_by": leaf.answered_by.id(),
        "state": row.state.id(),
        "cells": cells(view, row),
    })
}

fn cells(view: &View<'_>, row: &Row) -> Value {
    let mut map = Map::new();
    for index in &view.departments {
        let cell = cell(view, *index, &row.cells[*index]);
        let id = view.year.departments[*index].id().to_owned();
        map.insert(id, serde_json::to_value(cell).unwrap_or(Value::Null));
    }
    Value::Object(map)
}

fn cell<'a>(view: &View<'a>, index: usize, cell: &'a Cell) -> CellJson<'a> {
    let plan = view.year.departments[index].plan;
    let goals = plan.map(|plan| cell.goals.iter().map(|goal| plan.goals[goal].id()).collect()).unwrap_or_default();
    let decline = cell.decline.filter(|_| cell.state == crate::coverage::CellState::Declined);
    let entry =
        decline.and_then(|entry| Some((&plan?.not_applicable[entry], &view.links.plans[index].declines[entry])));
    let handled_by = entry.and_then(|(_, links)| match links.handler {
        Handler::Unit(unit) => Some(view.year.names.unit_id(unit)),
        Handler::None | Handler::Unknown => None,
    });
    CellJson {
        state: cell.state.id(),
        must: cell.must,
        goals,
        responses: &cell.responses,
        reason: entry.and_then(|(decline, _)| decline.reason.as_ref()).map(|reason| reason.value.as_str()),
        handled_by,
        stale: cell.stale,
    }
}
