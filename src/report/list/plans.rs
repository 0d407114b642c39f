//! Goals and measures of all plans.

use super::{Cell, Listing, Source, column, hidden, place};
use crate::model::{Actual, Goal, Measure, Point, Text};
use crate::shape::{MEASURE_KIND, PROGRESS_STATE};

pub(super) fn goals(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("id", "目標", "goal"),
        column("title", "名称", "title"),
        column("department_name", "部等", "department"),
        hidden("department"),
        hidden("division_name"),
        column("cites", "応える項目", "cites"),
        column("state", "進み具合", "progress"),
        hidden("outcome"),
        hidden("partners"),
        hidden("measures"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    for (department, links) in year.departments.iter().zip(&source.links.plans) {
        let Some(plan) = department.plan else { continue };
        for (goal, links) in plan.goals.iter().zip(&links.goals) {
            let division = links.division.map(|at| year.names.divisions[department.index].entries()[at].1.clone());
            let state = crate::status::newest(goal, year.day);
            let [path, line] = place(source, department.at(goal.handle()));
            list.push(
                Some(department.id()),
                vec![
                    Cell::Text(format!("{}:{}", department.id(), goal.id())),
                    Cell::Text(goal.name().to_owned()),
                    Cell::Text(department.name().to_owned()),
                    Cell::Text(department.id().to_owned()),
                    Cell::text(division),
                    Cell::Many(goal.cites.iter().map(|cite| cite.value.to_string()).collect()),
                    state.map_or(Cell::None, |id| Cell::choice(PROGRESS_STATE, id)),
                    Cell::text(goal.outcome.as_ref().map(Text::joined)),
                    Cell::Many(links.partners.iter().map(|unit| year.names.unit_id(*unit)).collect()),
                    Cell::count(goal.measures.len()),
                    path,
                    line,
                ],
            );
        }
    }
    list
}

/// The number, else the state in words.
fn point(value: Option<f64>, state: &Option<Text>) -> Cell {
    match value {
        Some(value) => Cell::Number(value),
        None => Cell::text(state.as_ref().map(Text::joined)),
    }
}

fn of(point_of: &Option<Point>) -> Cell {
    let Some(it) = point_of else { return Cell::None };
    point(it.value.as_ref().map(|value| value.value), &it.state)
}

/// The newest actual of a measure.
fn actual(goal: &Goal, measure: &Measure) -> Cell {
    let own = |actual: &&Actual| {
        let name = actual.measure.as_ref().and_then(|name| goal.measure_named(&name.text));
        name.is_some_and(|named| std::ptr::eq(named, measure))
    };
    let entries = goal.progress.iter().map(|entry| (entry.as_of.as_ref().map(|day| day.value), &entry.actuals));
    let told = entries.filter_map(|(day, actuals)| Some((day, actuals.iter().rfind(own)?)));
    let newest = told.max_by_key(|(day, _)| *day).map(|(_, actual)| actual);
    newest.map_or(Cell::None, |actual| point(actual.value.as_ref().map(|value| value.value), &actual.state))
}

pub(super) fn measures(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("goal", "目標", "goal"),
        column("name", "指標", "measure"),
        column("kind", "種類", "kind"),
        column("baseline", "現状値", "baseline"),
        column("actual", "実績値", "actual"),
        column("target", "目標値", "target"),
        column("unit", "単位", "unit"),
        hidden("better"),
        hidden("department"),
        hidden("path"),
        hidden("line"),
    ]);
    for department in &source.year.departments {
        let Some(plan) = department.plan else { continue };
        for (goal, measure) in plan.goals.iter().flat_map(|goal| goal.measures.iter().map(move |it| (goal, it))) {
            let kind = measure.kind.as_ref().map_or(Cell::None, |kind| Cell::choice(MEASURE_KIND, kind.value.id));
            let [path, line] = place(source, department.at(measure.span));
            list.push(
                Some(department.id()),
                vec![
                    Cell::Text(format!("{}:{}", department.id(), goal.id())),
                    Cell::text(measure.name.as_ref().map(Text::joined)),
                    kind,
                    of(&measure.baseline),
                    actual(goal, measure),
                    of(&measure.target),
                    Cell::text(measure.unit.as_ref().map(Text::joined)),
                    Cell::Text(measure.direction().to_owned()),
                    Cell::Text(department.id().to_owned()),
                    path,
                    line,
                ],
            );
        }
    }
    list
}
