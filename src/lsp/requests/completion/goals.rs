//! Goals that a field can name, by id.

use super::values::ID;
use super::{Candidate, Place};
use crate::city::PlanState;
use crate::ids::{is_goal, read_goal};
use crate::lsp::requests::about;
use crate::lsp::site::Known;
use crate::model::Goal;

/// Goals of an earlier year: those of its plan, and those that this plan names elsewhere.
pub(super) fn past_goals(place: &Place<'_, '_>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let city = &place.here.site.city;
    let (own, year) = (&place.here.file().role.department, place.here.file().role.year);
    let earlier = city.years.iter().rev().find(|(number, _)| year.is_some_and(|year| **number < year));
    let plan = earlier.zip(own.as_ref()).and_then(|((number, files), own)| {
        let plan = city.file(*files.plans.get(own)?).plan()?;
        Some((number, plan))
    });
    if let Some((number, plan)) = plan {
        all.extend(plan.goals.iter().map(|goal| Candidate::new(format!("{number}:{}", goal.id()), goal.name(), ID)));
    }
    for line in place.here.document.text.lines() {
        let word = line.trim().trim_start_matches("- ").trim_start_matches("continues:").trim();
        let is_past = word.split_once(':').is_some_and(|(year, rest)| {
            year.len() == 4
                && year.bytes().all(|byte| byte.is_ascii_digit())
                && rest.rsplit(':').next().is_some_and(is_goal)
        });
        if is_past && !all.iter().any(|candidate| candidate.id == word) {
            all.push(Candidate::new(word, "", ID));
        }
    }
    all
}

/// Goals of other departments; those that name this one as partner come first.
pub(super) fn others_goals(place: &Place<'_, '_>, known: &Known<'_>) -> Vec<Candidate> {
    let own = place.here.file().role.department.as_deref();
    let mut all = Vec::new();
    for (department, links) in known.year.departments.iter().zip(&known.links.plans) {
        if Some(department.id()) == own || department.state == PlanState::Missing {
            continue;
        }
        for (goal, joined) in department.plan.iter().flat_map(|plan| &plan.goals).zip(&links.goals) {
            let names_us = joined.partners.iter().any(|unit| {
                known.year.docs.organization.departments.get(unit.department).map(|other| other.id.value.as_str())
                    == own
            });
            all.push(other_goal(place, department.id(), department.name(), goal).unlikely(!names_us));
        }
    }
    all
}

pub(super) fn other_goal(place: &Place<'_, '_>, id: &str, name: &str, goal: &Goal) -> Candidate {
    let title = format!("{name} {}", goal.name());
    Candidate::new(format!("{id}:{}", goal.id()), title, ID).about(about::about_goal(goal, place.here.lang))
}

/// Goals with their titles as the lines show them: the block may not be readable at this moment.
pub(super) fn goals_of_text(text: &str) -> Vec<(String, String)> {
    let mut goals: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if !line.starts_with([' ', '-', '#']) && !line.trim().is_empty() {
            inside = line.starts_with("goals:") || line.starts_with("組織目標:");
        }
        if !inside {
            continue;
        }
        let words = line.trim_start();
        if let Some(id) = words.strip_prefix("- id:").map(|id| id.split(" #").next().unwrap_or_default().trim())
            && matches!(read_goal(id), crate::ids::Read::Exact(_))
        {
            goals.push((id.to_owned(), String::new()));
        } else if let (Some(title), Some(last)) = (words.strip_prefix("title:"), goals.last_mut())
            && last.1.is_empty()
        {
            title.trim().clone_into(&mut last.1);
        }
    }
    goals
}

/// The first id that no goal has: after the highest.
pub(super) fn next_goal(text: &str) -> String {
    let numbers = goals_of_text(text).into_iter().filter_map(|(id, _)| id.strip_prefix('G')?.parse::<u16>().ok());
    format!("G{}", numbers.max().unwrap_or(0).saturating_add(1))
}
