//! What a plan shows for a leaf: full, partial or nothing, before any decline is looked at.

use crate::city::year::{Department, Leaf, PlanState, Year};
use crate::coverage::{Cell, CellState};
use crate::date::Date;
use crate::ids::{GoalRef, LeafId};
use crate::links::{GoalLinks, Links, PlanLinks};
use crate::model::{
    AnsweredBy, Goal, HandoverRecord, Measure, Plan, ReviewEntry, Scope, Signer, Subject, Text, Val, has_placeholder,
};

/// What was found.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    full: bool,
    partial: bool,
    stale: bool,
    placeholder: bool,
}

impl Found {
    /// `some` of `all`: full when each is there, partial when some are.
    fn of(some: usize, all: usize) -> Found {
        Found { full: all > 0 && some == all, partial: some > 0 && some < all, ..Found::default() }
    }
}

/// The cells of every leaf, without declines.
pub(super) fn cells(year: &Year<'_>, links: &Links) -> Vec<Vec<Cell>> {
    let cell = |leaf: usize, index: usize| judge(year, leaf, index, &links.plans[index]);
    (0..year.leaves.len()).map(|leaf| (0..year.departments.len()).map(|index| cell(leaf, index)).collect()).collect()
}

fn judge(year: &Year<'_>, index: usize, department: usize, links: &PlanLinks) -> Cell {
    let (leaf, dept) = (&year.leaves[index], &year.departments[department]);
    let must = must(year, leaf, department);
    let mut cell = Cell {
        state: CellState::NotRequired,
        must,
        goals: Vec::new(),
        responses: Vec::new(),
        decline: None,
        decline_fault: None,
        stale: false,
        placeholder: false,
    };
    let open = if must { CellState::Missing } else { CellState::NotRequired };
    let Some(plan) = dept.plan else {
        let state = if dept.state == PlanState::Unreadable { CellState::Unreadable } else { open };
        cell.state = if leaf.scope == Scope::Standing { CellState::NotRequired } else { state };
        return cell;
    };
    cell.goals = citing(links.goals.iter().map(|goal| &goal.cites), year, index);
    cell.responses = citing(links.responses.iter(), year, index);
    if leaf.scope == Scope::Standing {
        return cell;
    }
    let found = find(year, leaf, dept.id(), plan, &links.goals, &cell);
    cell.stale = found.stale && !found.full;
    cell.placeholder = found.placeholder && !found.full;
    cell.state = match found {
        Found { full: true, .. } => CellState::Answered,
        Found { partial: true, .. } => CellState::Partial,
        _ => open,
    };
    cell
}

fn citing<'l>(cites: impl Iterator<Item = &'l Vec<crate::links::Target>>, year: &Year<'_>, leaf: usize) -> Vec<usize> {
    let meets =
        |(_, targets): &(usize, &Vec<crate::links::Target>)| targets.iter().any(|target| target.meets(year, leaf));
    cites.enumerate().filter(meets).map(|(index, _)| index).collect()
}

/// Who must answer a leaf (CONTRACT 2).
fn must(year: &Year<'_>, leaf: &Leaf<'_>, department: usize) -> bool {
    if leaf.withdrawn || leaf.scope == Scope::Standing {
        return false;
    }
    if leaf.answered_by == AnsweredBy::Handover {
        return year.departments[department].plan.is_some_and(|plan| newcomers(year, plan).next().is_some());
    }
    match leaf.scope {
        Scope::AnyDepartment => leaf.leads.contains(&department),
        Scope::EveryGoal | Scope::EveryDepartment => true,
        Scope::Standing => false,
    }
}

fn find(year: &Year<'_>, leaf: &Leaf<'_>, department: &str, plan: &Plan, goals: &[GoalLinks], cell: &Cell) -> Found {
    match leaf.answered_by {
        AnsweredBy::Citation | AnsweredBy::Goal => cited(leaf, plan, cell),
        AnsweredBy::Viewpoint => viewpoint(leaf, plan, goals),
        AnsweredBy::Plan => whole_plan(plan),
        AnsweredBy::Review => review(year, department, plan),
        AnsweredBy::Information => {
            let words = |entry: &crate::model::Information| vec![told(&entry.source), told(&entry.finding)];
            entries(plan.information.iter().map(words))
        }
        AnsweredBy::Reform => {
            let words = |entry: &crate::model::Reform| vec![told(&entry.what), told(&entry.before), told(&entry.after)];
            entries(plan.reform.iter().map(words))
        }
        AnsweredBy::Interview => Found { full: plan.status.is_some() && !plan.is_draft(), ..Found::default() },
        AnsweredBy::Handover => handover(year, plan),
    }
}

/// `citation` and `goal`: a goal, or a response with text.
fn cited(leaf: &Leaf<'_>, plan: &Plan, cell: &Cell) -> Found {
    let stale = |reviewed: &Option<Val<Date>>| is_stale(leaf, plan, reviewed);
    let fresh_goals = cell.goals.iter().filter(|goal| !stale(&plan.goals[**goal].reviewed)).count();
    let spoken = |index: &&usize| told(&plan.responses[**index].text) == Told::Yes;
    let responses: Vec<&usize> = cell.responses.iter().filter(spoken).collect();
    let fresh_responses = responses.iter().filter(|index| !stale(&plan.responses[***index].reviewed)).count();
    let placeholder = cell.responses.iter().any(|index| told(&plan.responses[*index].text) == Told::Placeholder);
    if leaf.scope == Scope::EveryGoal {
        let all = plan.goals.len();
        let found = Found::of(fresh_goals, all);
        let partial = found.partial || (!found.full && !cell.goals.is_empty());
        return Found { partial, stale: fresh_goals < cell.goals.len(), ..found };
    }
    let citation = leaf.answered_by == AnsweredBy::Citation;
    let full = fresh_goals > 0 || (citation && fresh_responses > 0);
    let stale = fresh_goals < cell.goals.len() || fresh_responses < responses.len();
    Found { full, partial: !cell.goals.is_empty() || !responses.is_empty(), stale, placeholder }
}

/// An answer is stale when the wording changed after it was last looked at.
pub(crate) fn is_stale(leaf: &Leaf<'_>, plan: &Plan, reviewed: &Option<Val<Date>>) -> bool {
    let Some(since) = leaf.amended else { return false };
    match reviewed.as_ref().or(plan.submitted.as_ref()) {
        Some(seen) => seen.value < since,
        None => !plan.is_draft(),
    }
}

fn viewpoint(leaf: &Leaf<'_>, plan: &Plan, links: &[GoalLinks]) -> Found {
    let words = |(goal, links): (&Goal, &GoalLinks)| {
        let entry = links.viewpoints.iter().position(|index| index.is_some() && *index == leaf.viewpoint);
        entry.map_or(Told::No, |entry| told(&goal.viewpoints[entry].1))
    };
    let told: Vec<Told> = plan.goals.iter().zip(links).map(words).collect();
    let some = told.iter().filter(|told| **told == Told::Yes).count();
    Found { placeholder: told.contains(&Told::Placeholder), ..Found::of(some, told.len()) }
}

fn whole_plan(plan: &Plan) -> Found {
    let direction = told(&plan.direction);
    let measured = plan.goals.iter().any(is_measured);
    let placeholder = direction == Told::Placeholder || plan.goals.iter().any(measure_placeholder);
    Found { placeholder, ..Found::of(usize::from(direction == Told::Yes) + usize::from(measured), 2) }
}

/// True when a goal has a measure, or says why it has none.
pub(crate) fn is_measured(goal: &Goal) -> bool {
    goal.measures.iter().any(|measure| told(&measure.name) == Told::Yes) || told(&goal.no_measures) == Told::Yes
}

/// True when what is missing of a goal's measures is still （記入）.
pub(crate) fn measure_placeholder(goal: &Goal) -> bool {
    let name = |measure: &Measure| told(&measure.name) == Told::Placeholder;
    goal.measures.iter().any(name) || told(&goal.no_measures) == Told::Placeholder
}

fn review(year: &Year<'_>, department: &str, plan: &Plan) -> Found {
    let complete: Vec<&ReviewEntry> = plan.review.iter().filter(|entry| is_reviewed(entry)).collect();
    let spoken = |goal: &&Goal| complete.iter().any(|entry| speaks_of(year, department, entry, goal));
    let half =
        |entry: &ReviewEntry| told(&entry.status) == Told::Placeholder || told(&entry.analysis) == Told::Placeholder;
    let spoken = plan.goals.iter().filter(spoken).count();
    Found { placeholder: plan.review.iter().any(half), ..Found::of(spoken, plan.goals.len()) }
}

/// True when an entry has status and analysis.
pub(crate) fn is_reviewed(entry: &ReviewEntry) -> bool {
    told(&entry.status) == Told::Yes && told(&entry.analysis) == Told::Yes
}

/// True when a review entry of a department speaks of one of its goals: by its id, by the goal it
/// continues, or by an item it cites (an item and its clauses count for each other).
pub(crate) fn speaks_of(year: &Year<'_>, department: &str, entry: &ReviewEntry, goal: &Goal) -> bool {
    // A goal without year or department is this year's, and this department's.
    let full = |other: &GoalRef| {
        let owner = other.department.clone().unwrap_or_else(|| department.to_owned());
        (other.year.unwrap_or(year.year), owner, other.goal.clone())
    };
    let own = (year.year, department.to_owned(), goal.id().to_owned());
    let past = goal.continues.as_ref().map(|past| full(&past.value));
    if entry.goals.iter().any(|other| full(&other.value) == own) {
        return true;
    }
    entry.items.iter().any(|subject| match &subject.value {
        Subject::Goal(other) => full(other) == own || past.as_ref() == Some(&full(other)),
        Subject::Cite(cite) => goal.cites.iter().any(|own| {
            let years = (cite.year.unwrap_or(year.year), own.value.year.unwrap_or(year.year));
            years.0 == years.1 && count_for_each_other(own.value.leaf, cite.leaf)
        }),
    })
}

/// The same leaf, or an item and one of its clauses; two clauses of an item are two things.
fn count_for_each_other(a: LeafId, b: LeafId) -> bool {
    a.item == b.item && (a.clause == b.clause || a.clause.is_none() || b.clause.is_none())
}

/// `information` and `reform`: one entry with every part is enough; one that lacks a part is half.
fn entries(entries: impl Iterator<Item = Vec<Told>>) -> Found {
    let mut found = Found::default();
    for parts in entries {
        found.full |= parts.iter().all(|part| *part == Told::Yes);
        found.partial |= parts.contains(&Told::Yes);
        found.placeholder |= parts.contains(&Told::Placeholder);
    }
    found
}

fn handover(year: &Year<'_>, plan: &Plan) -> Found {
    let newcomers: Vec<&Signer> = newcomers(year, plan).collect();
    let done = newcomers
        .iter()
        .filter(|signer| plan.handover.iter().any(|record| hands_over(record, signer) && is_complete(record)))
        .count();
    let half = |record: &HandoverRecord| told(&record.not_needed) == Told::Placeholder;
    Found { placeholder: plan.handover.iter().any(half), ..Found::of(done, newcomers.len()) }
}

/// Signers who came with this year: since the fiscal year, or the 31 days before it.
pub(crate) fn newcomers<'p>(year: &Year<'_>, plan: &'p Plan) -> impl Iterator<Item = &'p Signer> + use<'p> {
    let (from, to) = (year.year.first_day().plus_days(-31), year.year.last_day());
    plan.signers
        .iter()
        .filter(move |signer| signer.since.as_ref().is_some_and(|since| from <= since.value && since.value <= to))
}

/// True when a record is of the signer's post, and of the signer where it names a successor yet.
pub(crate) fn hands_over(record: &HandoverRecord, signer: &Signer) -> bool {
    fn said(text: &Option<Text>) -> Option<String> {
        text.as_ref().and_then(Text::says).map(crate::city::names::fold)
    }
    let post = said(&record.post);
    let successor = said(&record.successor);
    post.is_some() && post == said(&signer.post) && (successor.is_none() || successor == said(&signer.name))
}

/// True when a record says that the handover is complete, or why none is needed.
pub(crate) fn is_complete(record: &HandoverRecord) -> bool {
    record.completed.is_some() || told(&record.not_needed) == Told::Yes
}

/// Whether a text says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Yes,
    Placeholder,
    No,
}

pub(crate) fn told(text: &Option<Text>) -> Told {
    match text {
        Some(text) if text.says().is_some() => Told::Yes,
        Some(text) if has_placeholder(&text.value) => Told::Placeholder,
        _ => Told::No,
    }
}

/// The departments of a year that have a plan to look at.
pub(crate) fn with_plan<'y, 'a>(year: &'y Year<'a>) -> impl Iterator<Item = (usize, &'y Department<'a>, &'a Plan)> {
    year.departments.iter().enumerate().filter_map(|(index, department)| Some((index, department, department.plan?)))
}
