//! What a plan shows for a leaf: full, partial or nothing, before any decline is looked at.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::city::year::{Department, Leaf, PlanState, Year};
use crate::coverage::handed_over::{HandedOver, newcomers};
use crate::coverage::spoken::SpokenOf;
use crate::coverage::{Cell, CellState, Indexes};
use crate::date::Date;
use crate::links::{GoalLinks, Links, PlanLinks};
use crate::model::{
    AnsweredBy, Goal, HandoverRecord, Measure, Plan, ReviewEntry, Scope, Signer, Text, Val, has_placeholder,
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
    let departments = year.departments.len();
    let mut rows: Vec<Vec<Cell>> = (0..year.leaves.len()).map(|_| Vec::with_capacity(departments)).collect();
    for department in 0..departments {
        let mut answers = Answers::new(year, department, &links.plans[department]);
        for (leaf, row) in rows.iter_mut().enumerate() {
            row.push(judge(year, leaf, department, &mut answers));
        }
    }
    rows
}

/// What a plan answers, put in order once for all leaves; each leaf takes its own out.
struct Answers<'a> {
    links: &'a PlanLinks,
    /// For each leaf, the goals and responses that cite it.
    goals: Vec<Indexes>,
    responses: Vec<Indexes>,
    /// What each response says.
    told: Vec<Told>,
    newcomers: bool,
    /// What does not depend on the leaf, by the way and the viewpoint that it asks for.
    found: RefCell<HashMap<(AnsweredBy, Option<usize>), Found>>,
}

impl<'a> Answers<'a> {
    fn new(year: &Year<'_>, department: usize, links: &'a PlanLinks) -> Answers<'a> {
        let plan = year.departments[department].plan;
        Answers {
            links,
            goals: citing(links.goals.iter().map(|goal| &goal.cites), year),
            responses: citing(links.responses.iter(), year),
            told: plan
                .map(|plan| plan.responses.iter().map(|response| told(&response.text)).collect())
                .unwrap_or_default(),
            newcomers: plan.is_some_and(|plan| newcomers(year, plan).next().is_some()),
            found: RefCell::default(),
        }
    }
}

fn judge(year: &Year<'_>, index: usize, department: usize, answers: &mut Answers<'_>) -> Cell {
    let (leaf, dept) = (&year.leaves[index], &year.departments[department]);
    let must = must(leaf, department, answers.newcomers);
    let mut cell = Cell {
        state: CellState::NotRequired,
        must,
        goals: Indexes::default(),
        responses: Indexes::default(),
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
    cell.goals = std::mem::take(&mut answers.goals[index]);
    cell.responses = std::mem::take(&mut answers.responses[index]);
    if leaf.scope == Scope::Standing {
        return cell;
    }
    let found = find(year, leaf, dept.id(), plan, answers, &cell);
    cell.stale = found.stale && !found.full;
    cell.placeholder = found.placeholder && !found.full;
    cell.state = match found {
        Found { full: true, .. } => CellState::Answered,
        Found { partial: true, .. } => CellState::Partial,
        _ => open,
    };
    cell
}

/// For each leaf that is cited, who cites it, in order.
fn citing<'l>(cites: impl Iterator<Item = &'l Vec<crate::links::Target>>, year: &Year<'_>) -> Vec<Indexes> {
    let mut citing = vec![Indexes::default(); year.leaves.len()];
    for (index, targets) in cites.enumerate() {
        let mut seen = HashSet::new();
        for target in targets.iter().filter(|target| seen.insert(target.location)) {
            for leaf in target.leaves(year) {
                let who = &mut citing[leaf];
                if who.last() != Some(index) {
                    who.push(index);
                }
            }
        }
    }
    citing
}

/// Who must answer a leaf (CONTRACT 2).
fn must(leaf: &Leaf<'_>, department: usize, newcomers: bool) -> bool {
    if leaf.withdrawn || leaf.scope == Scope::Standing {
        return false;
    }
    if leaf.answered_by == AnsweredBy::Handover {
        return newcomers;
    }
    match leaf.scope {
        Scope::AnyDepartment => leaf.leads.contains(&department),
        Scope::EveryGoal | Scope::EveryDepartment => true,
        Scope::Standing => false,
    }
}

fn find(year: &Year<'_>, leaf: &Leaf<'_>, department: &str, plan: &Plan, answers: &Answers<'_>, cell: &Cell) -> Found {
    if matches!(leaf.answered_by, AnsweredBy::Citation | AnsweredBy::Goal) {
        return cited(leaf, plan, &answers.told, cell);
    }
    let key = (leaf.answered_by, leaf.viewpoint);
    if let Some(found) = answers.found.borrow().get(&key) {
        return *found;
    }
    let found = by_the_plan(year, leaf, department, plan, &answers.links.goals);
    answers.found.borrow_mut().insert(key, found);
    found
}

/// What the plan as a whole shows, whichever leaf asks for it.
fn by_the_plan(year: &Year<'_>, leaf: &Leaf<'_>, department: &str, plan: &Plan, goals: &[GoalLinks]) -> Found {
    match leaf.answered_by {
        AnsweredBy::Citation | AnsweredBy::Goal => Found::default(),
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
fn cited(leaf: &Leaf<'_>, plan: &Plan, says: &[Told], cell: &Cell) -> Found {
    let stale = |reviewed: &Option<Val<Date>>| is_stale(leaf, plan, reviewed);
    let fresh_goals = cell.goals.iter().filter(|goal| !stale(&plan.goals[*goal].reviewed)).count();
    let spoken = |index: &usize| says[*index] == Told::Yes;
    let responses = || cell.responses.iter().filter(spoken);
    let fresh_responses = responses().filter(|index| !stale(&plan.responses[*index].reviewed)).count();
    let placeholder = cell.responses.iter().any(|index| says[index] == Told::Placeholder);
    if leaf.scope == Scope::EveryGoal {
        let all = plan.goals.len();
        let found = Found::of(fresh_goals, all);
        let partial = found.partial || (!found.full && !cell.goals.is_empty());
        return Found { partial, stale: fresh_goals < cell.goals.len(), ..found };
    }
    let citation = leaf.answered_by == AnsweredBy::Citation;
    let full = fresh_goals > 0 || (citation && fresh_responses > 0);
    let stale = fresh_goals < cell.goals.len() || fresh_responses < responses().count();
    Found { full, partial: !cell.goals.is_empty() || responses().next().is_some(), stale, placeholder }
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
    let complete = SpokenOf::new(year, department, plan.review.iter().filter(|entry| is_reviewed(entry)));
    let spoken = |goal: &&Goal| complete.holds(goal);
    let half =
        |entry: &ReviewEntry| told(&entry.status) == Told::Placeholder || told(&entry.analysis) == Told::Placeholder;
    let spoken = plan.goals.iter().filter(spoken).count();
    Found { placeholder: plan.review.iter().any(half), ..Found::of(spoken, plan.goals.len()) }
}

/// True when an entry has status and analysis.
pub(crate) fn is_reviewed(entry: &ReviewEntry) -> bool {
    told(&entry.status) == Told::Yes && told(&entry.analysis) == Told::Yes
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
    let complete = HandedOver::new(plan);
    let done = newcomers.iter().filter(|signer| complete.holds(signer)).count();
    let half = |record: &HandoverRecord| told(&record.not_needed) == Told::Placeholder;
    Found { placeholder: plan.handover.iter().any(half), ..Found::of(done, newcomers.len()) }
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
