//! Departments, divisions and interviews.

use super::{Cell, Listing, Source, column, hidden, place};
use crate::coverage::Summary;
use crate::lang::bi;
use crate::model::{Name, PlanDuty, Text};
use crate::shape::PLAN_DUTY;

fn words(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(Text::joined)
}

fn duty(plan: PlanDuty) -> &'static str {
    match plan {
        PlanDuty::Required => "required",
        PlanDuty::Voluntary => "voluntary",
        PlanDuty::None => "none",
    }
}

/// The title of an interviewer as written, and the id.
fn interviewer(source: &Source<'_>, name: Option<&Name>) -> [Cell; 2] {
    let names = &source.year.names.interviewers;
    let found = name.and_then(|name| names.resolve(&name.text).found());
    match (found.map(|at| &names.entries()[at]), name) {
        (Some((id, title)), _) => [Cell::Text(title.clone()), Cell::Text(id.clone())],
        (None, name) => [Cell::text(name.map(|name| name.text.to_string())), Cell::None],
    }
}

pub(super) fn departments(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("id", "記号", "id"),
        column("name", "名称", "name"),
        column("short", "略称", "short"),
        column("plan_duty", "計画の作成", "plan"),
        column("plan_state", "計画", "state"),
        column("counts", "記載", "answered"),
        hidden("answered"),
        hidden("required"),
        column("goals", "目標", "goals"),
        column("divisions", "課", "divisions"),
        column("interviewer_title", "面談者", "interviewer"),
        hidden("interviewer"),
        hidden("kind"),
        hidden("body"),
        hidden("heads"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    for (index, unit) in year.docs.organization.departments.iter().enumerate() {
        let judged = year.judged(index).filter(|at| year.departments[*at].index == index);
        let summary = judged.map(|at| Summary::of_department(&source.coverage.leaves, at));
        let department = judged.map(|at| &year.departments[at]);
        let state = department.map(|department| match department.state.id() {
            "draft" => Cell::Code("draft", bi("下書き", "draft")),
            "missing" => Cell::Code("missing", bi("計画なし", "none")),
            "unreadable" => Cell::Code("unreadable", bi("読取不可", "unreadable")),
            _ => Cell::Code("ok", bi("あり", "there")),
        });
        let counts = summary.as_ref().map(|summary| format!("{}/{}", summary.answered, summary.required));
        let count = |get: fn(&Summary) -> usize| summary.as_ref().map_or(Cell::None, |it| Cell::count(get(it)));
        let goals = department.and_then(|department| department.plan).map(|plan| plan.goals.len());
        let [title, id] = interviewer(source, unit.interviewer.as_ref());
        let [path, line] = place(source, Some(year.organization_file.at(unit.id.span)));
        list.push(
            Some(&unit.id.value),
            vec![
                Cell::Text(unit.id.value.clone()),
                Cell::Text(unit.title().to_owned()),
                Cell::Text(unit.short_title()),
                Cell::choice(PLAN_DUTY, duty(unit.plan)),
                state.unwrap_or(Cell::None),
                Cell::text(counts),
                count(|summary| summary.answered),
                count(|summary| summary.required),
                goals.map_or(Cell::None, Cell::count),
                Cell::count(unit.divisions.len()),
                title,
                id,
                Cell::text(words(&unit.kind)),
                Cell::text(words(&unit.body)),
                Cell::Many(unit.heads.iter().map(Text::joined).collect()),
                path,
                line,
            ],
        );
    }
    list
}

pub(super) fn divisions(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("id", "記号", "id"),
        column("name", "名称", "name"),
        column("department_name", "部等", "department"),
        hidden("department"),
        column("goals", "目標", "goals"),
        column("interviewer_title", "面談者", "interviewer"),
        hidden("interviewer"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    for (index, unit) in year.docs.organization.departments.iter().enumerate() {
        let links = year.judged(index).map(|at| &source.links.plans[at]);
        for (at, division) in unit.divisions.iter().enumerate() {
            let own = |goal: &&crate::links::GoalLinks| goal.division == Some(at);
            let goals = links.map_or(0, |links| links.goals.iter().filter(own).count());
            let [title, id] = interviewer(source, division.interviewer.as_ref());
            let [path, line] = place(source, Some(year.organization_file.at(division.id.span)));
            list.push(
                Some(&unit.id.value),
                vec![
                    Cell::Text(format!("{}/{}", unit.id.value, division.id.value)),
                    Cell::text(words(&division.name)),
                    Cell::Text(unit.title().to_owned()),
                    Cell::Text(unit.id.value.clone()),
                    Cell::count(goals),
                    title,
                    id,
                    path,
                    line,
                ],
            );
        }
    }
    list
}

pub(super) fn interviews(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("start", "日時", "start"),
        column("minutes", "分", "minutes"),
        column("unit_name", "部等", "who"),
        hidden("department"),
        hidden("division"),
        column("interviewer_title", "面談者", "interviewer"),
        hidden("interviewer"),
        column("substitute", "代理", "substitute"),
        column("place", "場所", "place"),
        column("held", "実施", "held"),
        hidden("attendees"),
        hidden("path"),
        hidden("line"),
    ]);
    let year = source.year;
    let mut slots: Vec<_> = year.docs.interviews.slots.iter().zip(&source.links.meetings).collect();
    slots.sort_by_key(|(slot, _)| slot.start.as_ref().map(|start| start.value));
    for (slot, meeting) in slots {
        let unit = meeting.unit();
        let written = slot.department.as_ref().map(|name| name.text.to_string());
        let id = meeting.department.and_then(|at| year.docs.organization.departments.get(at));
        let id = id.map(|unit| unit.id.value.clone());
        let interviewer = meeting.interviewer.map(|at| &year.names.interviewers.entries()[at]);
        let [path, line] = place(source, year.files.interviews.map(|file| file.at(slot.handle())));
        let cells = vec![
            Cell::text(slot.start.as_ref().map(|start| start.value.to_string())),
            slot.minutes.as_ref().map_or(Cell::None, |minutes| Cell::count(usize::from(minutes.value))),
            Cell::text(unit.map(|unit| year.names.unit_title(unit)).or_else(|| written.clone())),
            Cell::text(id.clone().or(written)),
            Cell::text(slot.division.as_ref().map(|name| name.text.to_string())),
            Cell::text(interviewer.map(|(_, title)| title.clone())),
            Cell::text(interviewer.map(|(id, _)| id.clone())),
            Cell::Flag(slot.interviewer.is_some()),
            Cell::text(words(&slot.place)),
            Cell::text(slot.held.as_ref().map(|day| day.value.to_string())),
            Cell::Many(slot.attendees.iter().map(Text::joined).collect()),
            path,
            line,
        ];
        list.push(id.as_deref(), cells);
    }
    list
}
