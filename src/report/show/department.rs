//! A department: how it stands, what it lacks, its goals, and what others say of it.

use super::{View, at};
use crate::coverage::{CellState, Summary};
use crate::lang::bi;
use crate::links::Handler;
use crate::model::{Scope, Text};
use crate::packet::words::{choice, weekday};
use crate::packet::{Gap, InterviewFacts};

/// The screen of a department that is judged.
pub fn department(view: &View<'_>, index: usize) -> String {
    let department = &view.year.departments[index];
    let (name, id, year) = (department.name(), department.id(), view.year_words());
    let mut text = view.lang.pick(format!("{year}  {name}（{id}）\n\n"), format!("{name} ({id}), {year}\n\n"));
    let brief = view.brief(index);
    fields(view, &mut text, index, &brief.interviews);
    gaps(view, &mut text, &brief.gaps);
    own_items(view, &mut text, index);
    if !brief.goals.is_empty() {
        view.heading(&mut text, view.t(bi("目標", "Goals")));
    }
    for goal in &brief.goals {
        let cites: Vec<&str> = goal.cites.iter().map(|item| item.id.as_str()).collect();
        let cites = cites.join(" ");
        view.entry(&mut text, &format!("{}  {}", goal.id, goal.title));
        if !cites.is_empty() {
            view.below(&mut text, &cites);
        }
    }
    let lists = [
        (bi("この部を連携先としている目標", "Goals of others that name it as partner"), named_by_others(view, index)),
        (bi("この部が担当するとされた項目", "Items that others hand to it"), handed_by_others(view, index)),
    ];
    for (title, lines) in lists {
        if !lines.is_empty() {
            view.heading(&mut text, view.t(title));
        }
        for line in lines {
            view.entry(&mut text, &line);
        }
    }
    text
}

fn fields(view: &View<'_>, text: &mut String, index: usize, interviews: &[InterviewFacts]) {
    let department = &view.year.departments[index];
    let file = department.file.map(|file| view.year.city.file(file).path.as_str()).unwrap_or_default();
    let status = department.plan.and_then(|plan| plan.status.as_ref()).map(|status| match status.value {
        crate::model::Status::Draft => "draft",
        crate::model::Status::Submitted => "submitted",
        crate::model::Status::Settled => "settled",
    });
    let state = status.unwrap_or(if file.is_empty() { "missing" } else { "unreadable" });
    view.field(text, view.t(bi("計画", "plan")), &format!("{}  {file}", view.t(choice(state))));
    let summary = Summary::of_department(&view.coverage.leaves, index);
    let (answered, required, missing, partial) = (summary.answered, summary.required, summary.missing, summary.partial);
    let declined = view.coverage.leaves.iter().filter(|row| row.cells[index].state == CellState::Declined).count();
    let counts = view.lang.pick(
        format!("{answered}/{required}  未記載 {missing}、一部記載 {partial}、非該当 {declined}"),
        format!("{answered}/{required}, missing {missing}, partial {partial}, declined {declined}"),
    );
    view.field(text, view.t(bi("記載", "answered")), &counts);
    let heads: Vec<String> = department.unit.heads.iter().map(Text::joined).collect();
    view.field(text, view.t(bi("部長等", "heads")), &heads.join(view.comma()));
    let mut head = view.t(bi("面談", "interview"));
    for slot in interviews {
        view.field(text, head, &interview(view, slot));
        head = "";
    }
    if interviews.is_empty() {
        view.field(text, head, view.t(bi("日程がありません", "not set")));
    }
}

/// `４月３日（木）10:00  市長  市長応接室  防災安全課`
fn interview(view: &View<'_>, slot: &InterviewFacts) -> String {
    let day = slot.day.map(|day| weekday(view.year.year.0, day.0, view.lang)).unwrap_or_default();
    let clock = slot.clock.clone().unwrap_or_default();
    let held = slot.held.map(|_| view.t(bi("済み", "held")).to_owned());
    let when = Some(format!("{day} {clock}").trim().to_owned());
    let parts = [when, slot.interviewer.clone(), slot.place.clone(), slot.division.clone(), held];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

fn gaps(view: &View<'_>, text: &mut String, gaps: &[Gap]) {
    let known = || gaps.iter().filter(|gap| gap.state.0 != CellState::Unreadable);
    let count = known().count();
    if count == 0 {
        return;
    }
    let title = view.lang.pick(format!("応えのない所 {count}件"), format!("Open: {count}"));
    view.heading(text, &title);
    for gap in known() {
        view.entry(text, &format!("{} {}  {}", gap.item.id, gap.short, view.t(gap.state.0.name())));
        view.below(text, &format!("{}  {}", gap.lack, at(&gap.place)));
    }
}

/// What the policy asks of this department by name.
fn own_items(view: &View<'_>, text: &mut String, index: usize) {
    let leads = view
        .year
        .leaves
        .iter()
        .enumerate()
        .filter(|(_, leaf)| leaf.scope == Scope::AnyDepartment && !leaf.withdrawn && leaf.leads.contains(&index));
    let mut title = Some(view.t(bi("主担当とされた項目", "Items that it leads")));
    for (leaf, facts) in leads {
        if let Some(title) = title.take() {
            view.heading(text, title);
        }
        let words = if facts.clause.is_some() { view.year.words(leaf) } else { view.year.item_of(leaf).item.title() };
        let state = view.t(view.coverage.leaves[leaf].cells[index].state.name());
        view.entry(text, &format!("{}  {words}  {state}", facts.id));
    }
}

fn named_by_others(view: &View<'_>, index: usize) -> Vec<String> {
    let own = view.year.departments[index].index;
    let mut lines = Vec::new();
    for (other, links) in view.links.plans.iter().enumerate().filter(|(other, _)| *other != index) {
        let department = &view.year.departments[other];
        let Some(plan) = department.plan else { continue };
        for (goal, links) in plan.goals.iter().zip(&links.goals) {
            if links.partners.iter().any(|unit| unit.department == own) {
                lines.push(format!("{}:{}  {}  {}", department.id(), goal.id(), department.name(), goal.name()));
            }
        }
    }
    lines
}

fn handed_by_others(view: &View<'_>, index: usize) -> Vec<String> {
    let own = view.year.departments[index].index;
    let mut lines = Vec::new();
    for (other, links) in view.links.plans.iter().enumerate() {
        let department = &view.year.departments[other];
        let Some(plan) = department.plan else { continue };
        for (decline, links) in plan.not_applicable.iter().zip(&links.declines) {
            let here = matches!(links.handler, Handler::Unit(unit) if unit.department == own);
            if here {
                let items: Vec<String> = decline.items.iter().map(|cite| cite.value.to_string()).collect();
                let reason = decline.reason.as_ref().map(Text::joined).unwrap_or_default();
                lines.push(format!("{}  {}  {reason}", items.join(" "), department.name()));
            }
        }
    }
    lines
}
