//! What a change does: two cities, judged, become one [`Diff`]. Pure; words and formats are in
//! `report/`.
//!
//! Nothing that a plan says is lost on the way: whatever differs between two files is a
//! [`FieldChange`], goals and answers are only told in better words.

mod coverage;
mod fields;
mod files;
mod findings;
mod pair;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use crate::city::City;
use crate::city::year::Year;
use crate::coverage::{CellState, Coverage, Summary};
use crate::date::{Date, FiscalYear};
use crate::diff::files::{file_diff, pairs};
use crate::error::Error;
use crate::ids::LeafId;
use crate::rules::{Change, Judgement, judge, judge_change, revisions};

pub use coverage::CellChange;
pub use fields::{FieldChange, Step, What};
pub use files::{Fate, FileDiff};
pub use findings::{Findings, Note};
pub use value::Value;

/// What a change does.
#[derive(Debug, Default)]
pub struct Diff {
    /// For each fiscal year in which something changed.
    pub years: Vec<YearDiff>,
    /// Files that belong to no year: the settings.
    pub files: Vec<FileDiff>,
    /// Findings new, gone and left.
    pub findings: Findings,
}

/// Every difference between two texts of one plan.
pub fn of_plan(before: &str, after: &str) -> Vec<FieldChange> {
    let read = |text: &str| Value::read(crate::shape::FileKind::Plan, text);
    fields::compare(&read(before), &read(after))
}

/// What a change does in one fiscal year.
#[derive(Debug)]
pub struct YearDiff {
    /// Which year.
    pub year: FiscalYear,
    /// The counts before; none where the year could not be judged.
    pub before: Option<Summary>,
    /// The counts now.
    pub after: Option<Summary>,
    /// Departments whose plan or cells changed, in the organization's order.
    pub departments: Vec<DepartmentDiff>,
    /// Items and clauses with another wording.
    pub wording: Vec<Wording>,
    /// Changes of the policy's other fields and of the other files.
    pub files: Vec<FileDiff>,
}

/// What a change does to one department.
#[derive(Debug)]
pub struct DepartmentDiff {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What became of its plan.
    pub plan: Fate,
    /// Its counts before.
    pub before: Option<Summary>,
    /// Its counts now.
    pub after: Option<Summary>,
    /// What the plan cites now and did not.
    pub gained: Vec<String>,
    /// What it cited and does not.
    pub lost: Vec<String>,
    /// Every field that differs.
    pub changes: Vec<FieldChange>,
    /// Cells with another state.
    pub cells: Vec<CellChange>,
    /// Leaves that it must answer and still does not, with their titles.
    pub open: Vec<(LeafId, String)>,
}

/// An item or clause with another wording.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Which.
    pub id: LeafId,
    /// The wording before.
    pub before: String,
    /// The wording now.
    pub after: String,
    /// True where nothing says that it was amended (K215).
    pub unmarked: bool,
}

impl Diff {
    /// True where nothing changed that anybody could see.
    pub fn is_empty(&self) -> bool {
        self.years.is_empty() && self.files.is_empty() && self.findings.new.is_empty() && self.findings.gone.is_empty()
    }

    /// Every lost cell, with its year and department.
    pub fn lost(&self) -> impl Iterator<Item = (FiscalYear, &DepartmentDiff, &CellChange)> {
        let cells = |year: &'_ YearDiff| year.year;
        self.years.iter().flat_map(move |year| {
            let number = cells(year);
            let of = move |department| lost_of(department).map(move |cell| (number, department, cell));
            year.departments.iter().flat_map(of)
        })
    }
}

fn lost_of(department: &DepartmentDiff) -> impl Iterator<Item = &CellChange> {
    department.cells.iter().filter(|cell| cell.lost)
}

/// Compares two cities. Both are judged on one day, so that what only time brings is no change.
pub fn compare(
    before: &City,
    after: &City,
    outside: &BTreeSet<String>,
    day: Date,
    asked: Option<FiscalYear>,
) -> Result<Diff, Error> {
    let old = judge(before, &whole_years(before, asked), day, asked.is_some())?;
    let years = whole_years(after, asked);
    let change = Change { before, after, years: &years, outside };
    let new = judge_change(&change, day, asked.is_some())?;
    let (mut files, mut plans) = (Vec::new(), BTreeMap::new());
    for (path, pair) in pairs(before, after) {
        let Some(file) = pair[1].or(pair[0]) else { continue };
        let (year, found) = (file.role.year, file_diff(path, pair));
        let wanted = asked.is_none_or(|asked| year.is_none_or(|year| year == asked));
        let Some(found) = found.filter(|_| wanted) else { continue };
        match (year, file.role.department.clone().filter(|_| file.role.misplaced.is_none())) {
            (Some(year), Some(department)) => {
                plans.insert((year, department), found);
            }
            (year, _) => files.push((year, found)),
        }
    }
    let mut numbers: BTreeSet<FiscalYear> = old.years.iter().chain(&new.years).map(|year| year.number).collect();
    numbers.extend(files.iter().filter_map(|(year, _)| *year));
    numbers.extend(plans.keys().map(|(year, _)| *year));
    let mut diff =
        Diff { findings: findings::compare((before, &old.findings), (after, &new.findings)), ..Diff::default() };
    for number in numbers {
        let of_year = files.extract_if(.., |(year, _)| *year == Some(number)).map(|(_, file)| file).collect();
        let year = year_diff(number, [&old, &new], [before, after], &mut plans, of_year);
        if !(year.departments.is_empty() && year.wording.is_empty() && year.files.is_empty()) {
            diff.years.push(year);
        }
    }
    diff.files = files.into_iter().map(|(_, file)| file).collect();
    Ok(diff)
}

/// What differs between two versions of a plan.
pub fn plans(before: &str, after: &str) -> Vec<FieldChange> {
    let [before, after] = [before, after].map(|text| Value::read(crate::shape::FileKind::Plan, text));
    fields::compare(&before, &after)
}

/// The years that can be put together at all.
fn whole_years(city: &City, asked: Option<FiscalYear>) -> Vec<FiscalYear> {
    let whole = city.years.iter().filter(|(_, files)| files.policy.is_some() && files.organization.is_some());
    whole.map(|(year, _)| *year).filter(|year| asked.is_none_or(|asked| asked == *year)).collect()
}

type Sides<'j, 'a> = [Option<(&'j Year<'a>, &'j Coverage)>; 2];

fn year_diff(
    number: FiscalYear,
    judgements: [&Judgement<'_>; 2],
    cities: [&City; 2],
    plans: &mut BTreeMap<(FiscalYear, String), FileDiff>,
    mut files: Vec<FileDiff>,
) -> YearDiff {
    let sides: Sides<'_, '_> = judgements.map(|judgement| {
        let year = judgement.year(number)?;
        year.year.as_ref().zip(year.coverage.as_ref())
    });
    let mut cells = coverage::cells(sides[0], sides[1]);
    let ids = order(sides, number, &cells, plans);
    let departments = ids.into_iter().map(|id| {
        let plan = plans.remove(&(number, id.clone()));
        department_diff(id.clone(), sides, plan, cells.remove(&id).unwrap_or_default())
    });
    let departments: Vec<DepartmentDiff> = departments.collect();
    let wording = wording(number, cities);
    // Told as wording already.
    let revised: BTreeSet<String> = wording.iter().map(|wording| wording.id.to_string()).collect();
    for file in &mut files {
        let policy = file.path.ends_with("policy.yaml");
        file.changes.retain(|change| !(policy && told_as_wording(change, &revised)));
    }
    files.retain(|file| file.fate != Fate::Changed || !file.changes.is_empty());
    let [before, after] = sides.map(|side| side.map(|(_, coverage)| coverage.summary.clone()));
    YearDiff { year: number, before, after, departments, wording, files }
}

/// Departments with a changed plan or cell: in the organization's order, then others by id.
fn order(
    sides: Sides<'_, '_>,
    number: FiscalYear,
    cells: &BTreeMap<String, Vec<CellChange>>,
    plans: &BTreeMap<(FiscalYear, String), FileDiff>,
) -> Vec<String> {
    let changed: BTreeSet<String> = cells
        .keys()
        .cloned()
        .chain(plans.keys().filter(|(year, _)| *year == number).map(|(_, id)| id.clone()))
        .collect();
    let known = sides.into_iter().rev().flatten().flat_map(|(year, _)| &year.departments);
    let mut ids: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for id in known.map(|department| department.id().to_owned()).chain(changed.iter().cloned()) {
        if changed.contains(&id) && seen.insert(id.clone()) {
            ids.push(id);
        }
    }
    ids
}

fn department_diff(id: String, sides: Sides<'_, '_>, plan: Option<FileDiff>, cells: Vec<CellChange>) -> DepartmentDiff {
    let place = |side: Option<(&Year<'_>, &Coverage)>| {
        side.and_then(|(year, _)| year.departments.iter().position(|department| department.id() == id))
    };
    let indexes = sides.map(place);
    let summary = |side: usize| {
        let (_, coverage) = sides[side]?;
        Some(Summary::of_department(&coverage.leaves, indexes[side]?))
    };
    let cited = |side: usize| -> BTreeSet<String> {
        let plan = sides[side].zip(indexes[side]).and_then(|((year, _), index)| year.departments[index].plan);
        let cites = plan.into_iter().flat_map(|plan| {
            let goals = plan.goals.iter().flat_map(|goal| &goal.cites);
            goals.chain(plan.responses.iter().flat_map(|response| &response.cites))
        });
        cites.map(|cite| cite.value.to_string()).collect()
    };
    let [old, new] = [cited(0), cited(1)];
    let name = [1, 0].into_iter().find_map(|side| {
        let (year, _) = sides[side]?;
        Some(year.departments[indexes[side]?].name().to_owned())
    });
    DepartmentDiff {
        name: name.unwrap_or_else(|| id.clone()),
        plan: plan.as_ref().map_or(Fate::Same, |plan| plan.fate),
        before: summary(0),
        after: summary(1),
        gained: new.difference(&old).cloned().collect(),
        lost: old.difference(&new).cloned().collect(),
        changes: plan.map(|plan| plan.changes).unwrap_or_default(),
        cells,
        open: sides[1].zip(indexes[1]).map(|((year, coverage), index)| open(year, coverage, index)).unwrap_or_default(),
        id,
    }
}

/// What a department must answer and does not.
fn open(year: &Year<'_>, coverage: &Coverage, department: usize) -> Vec<(LeafId, String)> {
    let missing = year.leaves.iter().zip(&coverage.leaves).filter(|(_, row)| {
        let cell = &row.cells[department];
        cell.must && matches!(cell.state, CellState::Missing | CellState::Partial)
    });
    missing.map(|(leaf, _)| (leaf.id, year.items[leaf.item].item.title())).collect()
}

fn wording(number: FiscalYear, cities: [&City; 2]) -> Vec<Wording> {
    let policy = |city: usize| {
        let city = cities[city];
        let id = city.years.get(&number)?.policy?;
        city.file(id).policy().filter(|_| city.file(id).is_readable())
    };
    let (Some(before), Some(after)) = (policy(0), policy(1)) else { return Vec::new() };
    let revised = revisions(before, after).into_iter().map(|revision| Wording {
        id: revision.id,
        before: revision.was,
        after: revision.now.joined(),
        unmarked: revision.unmarked,
    });
    revised.collect()
}

fn told_as_wording(change: &FieldChange, revised: &BTreeSet<String>) -> bool {
    let Some((last, way)) = change.path.split_last() else { return false };
    let id = way.last().and_then(|step| step.entry.as_deref()).unwrap_or_default();
    matches!(last.name.as_str(), "text" | "quote") && revised.contains(id)
}
