//! Last year's goals of a department, and of those that it came from.

use crate::city::Doc;
use crate::city::year::Year;
use crate::date::FiscalYear;
use crate::ids::LeafId;
use crate::model::{Actual, Department, Division, Goal, Measure, Organization, Plan, Progress, Text, has_placeholder};
use crate::packet::falls_short;
use crate::packet::refs::{amount, value_words};
use crate::skeleton::turns::successors;

/// A goal of last year that this year's plan may go on with.
#[derive(Debug)]
pub struct Carried<'a> {
    /// How this year's plan names it: `2025:G1`, `2025:kensetsu:G1`.
    pub reference: String,
    /// The year before this plan's.
    year: FiscalYear,
    /// The goal as it was.
    pub goal: &'a Goal,
    /// Its division, where it is still one of the department.
    pub division: Option<String>,
    /// Items and clauses of this year's memo that it answered last year, with last year's ids.
    pub cites: Vec<(LeafId, LeafId)>,
}

/// Last year's goals, of the departments and divisions named as predecessors, else of the department
/// itself. A division that another department names goes there.
pub fn carried<'a>(year: &Year<'a>, department: usize) -> Vec<Carried<'a>> {
    let Some(last) = year.year.0.checked_sub(1).map(FiscalYear) else { return Vec::new() };
    let Some(files) = year.city.years.get(&last) else { return Vec::new() };
    let unit = year.departments[department].unit;
    let own = unit.id.value.as_str();
    let past = files.policy.map(|file| year.city.file(file)).filter(|file| file.is_readable());
    let successors = past.and_then(|file| file.policy()).map(|past| successors(past, year.docs.policy));
    let successors = successors.unwrap_or_default();
    let mut carried = Vec::new();
    for (owner, division) in predecessors(year.docs.organization, own) {
        let file = files.plans.get(owner).map(|file| year.city.file(*file)).filter(|file| file.is_readable());
        let Some(plan) = file.and_then(|file| file.plan()) else { continue };
        let organization = files.organization.map(|file| &year.city.file(file).doc);
        let unit = match organization {
            Some(Doc::Organization(past)) => past.departments.iter().find(|unit| unit.id.value == owner),
            _ => None,
        };
        for goal in taken_over(year, plan, unit, (owner, division), own) {
            let id = goal.id();
            let reference = if owner == own { format!("{last}:{id}") } else { format!("{last}:{owner}:{id}") };
            let named = goal.division.as_ref().map(|name| name.text.as_str());
            let division = named.and_then(|name| division_of(year, department, name));
            let cites = goal.cites.iter().filter(|cite| cite.value.year.is_none_or(|year| year == last));
            let cites = cites.filter_map(|cite| Some((*successors.get(&cite.value.leaf)?, cite.value.leaf))).collect();
            carried.push(Carried { reference, year: last, goal, division, cites });
        }
    }
    carried
}

/// A plan of last year that would be carried, but cannot be read: its path.
pub fn unread_past(year: &Year<'_>, department: usize) -> Option<String> {
    let files = year.city.years.get(&FiscalYear(year.year.0.checked_sub(1)?))?;
    let owners = predecessors(year.docs.organization, year.departments[department].id());
    let mut plans =
        owners.into_iter().filter_map(|(owner, _)| files.plans.get(owner)).map(|file| year.city.file(*file));
    plans.find(|file| !file.is_readable()).map(|file| file.path.clone())
}

/// Departments, each with the one division that is meant if not all of it.
fn predecessors<'o>(organization: &'o Organization, own: &'o str) -> Vec<(&'o str, Option<&'o str>)> {
    let unit = organization.departments.iter().find(|unit| unit.id.value == own);
    let names = unit.map(|unit| unit.predecessors.as_slice()).unwrap_or_default();
    let mut named: Vec<(&str, Option<&str>)> = Vec::new();
    for name in names.iter().map(|name| name.text.trim()) {
        let (owner, division) = name.split_once('/').map_or((name, None), |(owner, division)| (owner, Some(division)));
        if !named.contains(&(owner, division)) {
            named.push((owner, division));
        }
    }
    if named.is_empty() { vec![(own, None)] } else { named }
}

/// The goals of a plan that go to department `own`, which names `division` or all of it. `unit` is
/// the department as it was: a goal may call its division by its name. What nobody gave a title is
/// no goal to go on with.
fn taken_over<'a>(
    year: &Year<'a>,
    plan: &'a Plan,
    unit: Option<&Department>,
    (owner, division): (&str, Option<&str>),
    own: &str,
) -> Vec<&'a Goal> {
    let others = year.docs.organization.departments.iter().filter(|other| other.id.value != own);
    let elsewhere: Vec<&str> = others
        .flat_map(|other| predecessors(year.docs.organization, &other.id.value))
        .filter_map(|(other, division)| division.filter(|_| other == owner))
        .collect();
    let id_of = |name: &str| {
        let divisions = unit.map(|unit| unit.divisions.as_slice()).unwrap_or_default();
        let named = |division: &&Division| division.name.as_ref().is_some_and(|own| own.value.trim() == name);
        divisions.iter().find(named).map_or(name, |division| division.id.value.as_str()).to_owned()
    };
    let of = |goal: &Goal| goal.division.as_ref().map(|name| id_of(name.text.trim()));
    let begun = |goal: &&Goal| goal.title.as_ref().is_none_or(|title| !has_placeholder(&title.value));
    let goes_here = |goal: &&Goal| match (division, of(goal)) {
        (Some(wanted), found) => found.as_deref() == Some(wanted),
        (None, Some(found)) => !elsewhere.contains(&found.as_str()),
        (None, None) => true,
    };
    plan.goals.iter().filter(|goal| !goal.id().is_empty()).filter(begun).filter(goes_here).collect()
}

fn division_of(year: &Year<'_>, department: usize, name: &str) -> Option<String> {
    let index = year.departments[department].index;
    let division = year.names.division(index, name).found()?;
    Some(year.docs.organization.departments.get(index)?.divisions.get(division)?.id.value.clone())
}

impl Carried<'_> {
    /// The last entry of its progress.
    pub(super) fn last(&self) -> Option<&Progress> {
        self.goal.progress.last()
    }

    /// What was reached of a measure by then.
    pub(super) fn actual(&self, measure: &Measure) -> Option<&Actual> {
        let named = |actual: &&Actual| {
            let name = actual.measure.as_ref().and_then(|name| self.goal.measure_named(&name.text));
            name.is_some_and(|other| std::ptr::eq(other, measure))
        };
        self.last()?.actuals.iter().find(named)
    }

    /// True where the last entry is one of the year's end, so that its figures are what was reached.
    pub(super) fn is_final(&self) -> bool {
        self.last().and_then(|last| last.as_of.as_ref()).is_some_and(|day| day.value >= self.year.last_day())
    }

    /// True where a figure does not reach its target, once the year is over.
    fn falls_short(&self, measure: &Measure) -> bool {
        self.is_final() && self.actual(measure).is_some_and(|actual| falls_short(measure, actual))
    }

    /// True where it was not reached, by its own word or by a figure.
    pub fn is_unmet(&self) -> bool {
        let state = self.last().and_then(|last| last.state.as_ref()).map(|state| state.value.id);
        state.is_some_and(|state| matches!(state, "partly" | "unmet" | "stopped"))
            || self.goal.measures.iter().any(|measure| self.falls_short(measure))
    }

    /// `未達成`, `達成`: the state as written, else what the figures say; nothing where neither is told.
    pub(super) fn outcome(&self) -> Option<&'static str> {
        match self.last().and_then(|last| last.state.as_ref()) {
            Some(state) => Some(state.value.name().ja),
            None if self.is_unmet() => Some("未達成"),
            None => self.last().map(|_| "年度途中まで").filter(|_| !self.is_final()),
        }
    }

    /// What became of it, one line a measure.
    pub(super) fn result_words(&self) -> Vec<String> {
        let outcome = self.outcome().map_or_else(|| "（実績の記入なし）".to_owned(), |word| format!("（{word}）"));
        let mut words = vec![format!("昨年度の {}「{}」{outcome}", self.goal.id(), self.goal.name())];
        for measure in self.goal.measures.iter().filter(|measure| measure.name.is_some()) {
            let name = measure.name.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
            let target = amount(measure.target.as_ref(), measure.unit.as_ref());
            let actual = self.actual(measure);
            let reached =
                actual.and_then(|it| value_words(it.value.as_ref(), it.state.as_ref(), measure.unit.as_ref()));
            let parts = [("目標", target), ("実績", reached)];
            let parts: Vec<String> =
                parts.into_iter().filter_map(|(label, words)| Some(format!("{label} {}", words?))).collect();
            let short = if self.falls_short(measure) { "（未達成）" } else { "" };
            words.push(format!("  {name}: {}{short}", parts.join("、")));
        }
        let reason = self.last().and_then(|last| last.reason.as_ref()).and_then(Text::says);
        words.extend(reason.map(|reason| format!("  理由: {}", reason.replace('\n', ""))));
        words
    }
}
