//! The references of one plan.

use std::collections::{HashMap, HashSet};

use crate::city::names::Known;
use crate::city::year::{LeafLocation, Year};
use crate::ids::{Cite, GoalRef, LeafId};
use crate::links::names::{Joiner, Listed};
use crate::links::{DeclineLinks, GoalLinks, Handler, LinkFault, LinkFaultKind, PlanLinks, Target, Wanted};
use crate::model::{Goal, Plan, Policy, Subject, Val};

/// Joins the plan of a department. Of a plan that is readable only in parts, the parts are joined
/// for their remarks, but nothing is counted.
pub(super) fn link<'y>(
    year: &'y Year<'y>,
    index: usize,
    shared: &mut Shared<'y>,
    faults: &mut Vec<LinkFault>,
) -> PlanLinks {
    let department = &year.departments[index];
    let Some(file) = department.file else { return PlanLinks::default() };
    let Some(plan) = year.city.file(file).plan() else { return PlanLinks::default() };
    let whole = department.plan.is_some();
    let join = Joiner { file, holder: None, faults };
    let mut join = PlanJoiner { year, department: department.index, plan, whole, shared, join };
    let links = join.plan();
    if whole { links } else { PlanLinks::default() }
}

/// Plans of departments that are not judged: unlisted ones (K309 says so) and those of offices
/// with `plan: none`. Only their citations are joined.
pub(super) fn unlisted<'y>(year: &'y Year<'y>, shared: &mut Shared<'y>, faults: &mut Vec<LinkFault>) {
    let judged: HashSet<&str> = year.departments.iter().map(|department| department.id()).collect();
    for (id, file) in &year.files.plans {
        if judged.contains(id.as_str()) {
            continue;
        }
        let Some(plan) = year.city.file(*file).plan() else { continue };
        let mut join = PlanJoiner {
            year,
            department: usize::MAX,
            plan,
            whole: true,
            shared: &mut *shared,
            join: Joiner { file: *file, holder: None, faults },
        };
        for goal in &plan.goals {
            join.cites(&goal.cites);
        }
        for response in &plan.responses {
            join.cites(&response.cites);
        }
    }
}

/// What the plans of a year share.
pub(super) struct Shared<'y> {
    periods: Listed,
    ratings: Listed,
    /// The goals of each plan that another refers to.
    goals: HashMap<*const Plan, Goals<'y>>,
    /// The items and clauses of other years.
    policies: HashMap<*const Policy, HashSet<LeafId>>,
}

/// The goals of a plan.
struct Goals<'y> {
    ids: HashSet<&'y str>,
    known: Option<Known>,
}

impl Shared<'_> {
    pub(super) fn new(year: &Year<'_>) -> Self {
        let settings = year.settings();
        let title = |id: &str, label: &Option<crate::model::Text>| {
            (id.to_owned(), label.as_ref().map_or(id, |label| label.value.as_str()).to_owned())
        };
        let periods = settings.periods.iter().map(|period| title(&period.id.value, &period.label));
        let ratings = settings.ratings.iter().map(|rating| (rating.value.to_string(), rating.value.to_string()));
        Shared {
            periods: Listed::new(periods),
            ratings: Listed::new(ratings),
            goals: HashMap::new(),
            policies: HashMap::new(),
        }
    }
}

struct PlanJoiner<'y, 'f> {
    year: &'y Year<'y>,
    shared: &'f mut Shared<'y>,
    /// Index into the organization.
    department: usize,
    plan: &'y Plan,
    whole: bool,
    join: Joiner<'f>,
}

impl<'y> PlanJoiner<'y, '_> {
    fn plan(&mut self) -> PlanLinks {
        let plan = self.plan;
        if let Some(name) = &plan.department {
            self.join.department(self.year, name);
        }
        for entry in &plan.review {
            self.own_goals(&entry.goals);
            entry.items.iter().for_each(|subject| self.subject(subject));
        }
        plan.information.iter().for_each(|entry| self.own_goals(&entry.goals));
        plan.reform.iter().for_each(|entry| self.own_goals(&entry.goals));
        for follow_up in &plan.follow_ups {
            follow_up.division.iter().for_each(|name| _ = self.join.division(self.year, self.department, name));
        }
        plan.supports.iter().for_each(|goal| self.others_goal(goal));
        PlanLinks {
            goals: plan.goals.iter().map(|goal| self.goal(goal)).collect(),
            supports: plan.supports.iter().map(|goal| self.owner(&goal.value)).collect(),
            responses: plan.responses.iter().map(|response| self.cites(&response.cites)).collect(),
            declines: plan.not_applicable.iter().map(|decline| self.decline(decline)).collect(),
        }
    }

    fn owner(&self, goal: &GoalRef) -> Option<usize> {
        goal.department.as_ref().and_then(|id| self.year.names.department(id).found())
    }

    fn goal(&mut self, goal: &Goal) -> GoalLinks {
        let year = self.year;
        self.join.holder = Some(self.join.file.at(goal.handle()));
        if let Some(past) = &goal.continues {
            self.past_goal(past);
        }
        let (references, nodes) = goal.references.iter().map(|reference| self.reference(reference)).unzip();
        let links = GoalLinks {
            cites: self.cites(&goal.cites),
            viewpoints: goal.viewpoints.iter().map(|(name, _)| self.join.viewpoint(year, name)).collect(),
            partners: goal.partners.iter().filter_map(|name| self.join.unit(year, name)).collect(),
            division: goal.division.as_ref().and_then(|name| self.join.division(year, self.department, name)),
            references,
            nodes,
        };
        self.progress(goal);
        self.join.holder = None;
        links
    }

    /// The registered plan and its part.
    fn reference(&mut self, reference: &crate::model::GoalReference) -> (Option<usize>, Option<usize>) {
        let index = reference.id.as_ref().and_then(|id| self.join.reference(self.year, id));
        let Some(node) = &reference.node else { return (index, None) };
        let Some(nodes) = index.map(|index| &self.year.names.nodes[index]) else {
            self.join.form(node, Wanted::Node);
            return (None, None);
        };
        (index, self.join.take(node, Wanted::Node, nodes.resolve(&node.text), || nodes.known()))
    }

    fn progress(&mut self, goal: &Goal) {
        if goal.progress.is_empty() {
            return;
        }
        let names = goal.measures.iter().filter_map(|measure| measure.name.as_ref());
        let measures = Listed::new(names.map(|name| (name.value.to_string(), name.value.to_string())));
        let (periods, ratings) = (&self.shared.periods, &self.shared.ratings);
        // The settings hold them; of settings that cannot be read, nobody knows which there are.
        let known = self.year.city.settings_file.is_none_or(|file| self.year.city.file(file).is_readable());
        for entry in goal.progress.iter().filter(|_| known) {
            entry.period.iter().for_each(|name| _ = self.join.listed(name, Wanted::Period, periods));
            entry.rating.iter().for_each(|name| _ = self.join.listed(name, Wanted::Rating, ratings));
            for actual in &entry.actuals {
                actual.measure.iter().for_each(|name| _ = self.join.listed(name, Wanted::Measure, &measures));
            }
        }
    }

    fn decline(&mut self, decline: &crate::model::Decline) -> DeclineLinks {
        let handler = match &decline.handled_by {
            None => Handler::None,
            Some(name) => self.join.unit(self.year, name).map_or(Handler::Unknown, Handler::Unit),
        };
        DeclineLinks { items: self.cites(&decline.items), handler }
    }

    fn cites(&mut self, cites: &[Val<Cite>]) -> Vec<Target> {
        let mut targets = Vec::with_capacity(cites.len());
        for cite in cites {
            if let Some(location) = self.cite(cite) {
                targets.push(Target { location, place: self.join.file.at(cite.span) });
            }
        }
        targets
    }

    /// Joins a citation of this year. One of another year is looked up there, and counts for nothing.
    fn cite(&mut self, cite: &Val<Cite>) -> Option<LeafLocation> {
        let place = self.join.file.at(cite.span);
        match cite.value.year {
            Some(other) if other != self.year.year => {
                let policy = self.year.city.years.get(&other).and_then(|files| files.policy);
                let policy = policy.map(|id| self.year.city.file(id)).filter(|file| file.is_readable())?.policy()?;
                let leaf = cite.value.leaf;
                let ids = self.shared.policies.entry(policy).or_insert_with(|| ids_of(policy));
                if !ids.contains(&leaf) {
                    self.join.fault(place, LinkFaultKind::UnknownCite { id: cite.value.to_string() });
                }
                None
            }
            _ => {
                let location = self.year.locate(cite.value.leaf);
                if location.is_none() {
                    self.join.fault(place, LinkFaultKind::UnknownCite { id: cite.value.leaf.to_string() });
                }
                location
            }
        }
    }

    fn subject(&mut self, subject: &Val<Subject>) {
        match &subject.value {
            Subject::Cite(cite) => _ = self.cite(&Val { value: *cite, span: subject.span }),
            Subject::Goal(goal) => {
                let goal = Val { value: goal.clone(), span: subject.span };
                match (goal.value.year, &goal.value.department) {
                    (Some(_), _) => self.past_goal(&goal),
                    (None, Some(_)) => self.others_goal(&goal),
                    (None, None) => self.own_goals(std::slice::from_ref(&goal)),
                }
            }
        }
    }

    fn own_goals(&mut self, goals: &[Val<GoalRef>]) {
        // A plan read only in parts may have lost its goals.
        if !self.whole {
            return;
        }
        for goal in goals {
            self.known_goal(goal, self.plan);
        }
    }

    fn others_goal(&mut self, goal: &Val<GoalRef>) {
        let Some(id) = &goal.value.department else { return };
        let Some(department) = self.year.names.department(id).found() else {
            let known = self.year.names.departments.known();
            let kind = LinkFaultKind::Unknown { text: id.to_string(), wanted: Wanted::Department, known };
            return self.join.fault(self.join.file.at(goal.span), kind);
        };
        let judged = self.year.judged(department).map(|index| &self.year.departments[index]);
        if let Some(plan) = judged.and_then(|department| department.plan) {
            self.known_goal(goal, plan);
        }
    }

    /// A goal of an earlier year; where that year has no folder, only the form counts.
    fn past_goal(&mut self, goal: &Val<GoalRef>) {
        let files = goal.value.year.and_then(|year| self.year.city.years.get(&year));
        let own =
            self.year.docs.organization.departments.get(self.department).map(|department| department.id.value.as_str());
        let department = goal.value.department.as_deref().or(own);
        let file = files.zip(department).and_then(|(files, department)| files.plans.get(department));
        if let Some(plan) =
            file.map(|id| self.year.city.file(*id)).filter(|file| file.is_readable()).and_then(|file| file.plan())
        {
            self.known_goal(goal, plan);
        }
    }

    fn known_goal(&mut self, goal: &Val<GoalRef>, plan: &'y Plan) {
        let goals = self
            .shared
            .goals
            .entry(plan)
            .or_insert_with(|| Goals { ids: plan.goals.iter().map(Goal::id).collect(), known: None });
        if goals.ids.contains(&*goal.value.goal) {
            return;
        }
        let name = |goal: &Goal| (goal.id().to_owned(), goal.name().to_owned());
        let known = goals.known.get_or_insert_with(|| plan.goals.iter().map(name).collect()).clone();
        let kind = LinkFaultKind::Unknown { text: goal.value.to_string(), wanted: Wanted::Goal, known };
        self.join.fault(self.join.file.at(goal.span), kind);
    }
}

/// The ids of a policy's items, and of clauses that stand in their own item.
fn ids_of(policy: &Policy) -> HashSet<LeafId> {
    let mut ids = HashSet::new();
    for item in policy.items() {
        let id = item.id.value;
        ids.insert(LeafId { clause: None, ..id });
        ids.extend(item.clauses.iter().map(|clause| clause.id.value).filter(|clause| clause.item == id.item));
    }
    ids
}
