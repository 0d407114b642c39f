//! One fiscal year of a city, ready to be judged: departments with their plans, and the leaves of
//! the policy with everything a clause inherits from its item.

mod leaves;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::city::names::Names;
use crate::city::{City, Doc, YearDocs, YearFiles};
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::ids::LeafId;
use crate::model::{Interviews, Organization, Plan, PlanDuty, Policy, References, Settings};
use crate::place::{FileId, Place, Span};
use crate::say;

pub use leaves::{Leaf, LeafLocation, YearItem};

/// A year ready to be judged.
pub struct Year<'a> {
    /// The city it belongs to.
    pub city: &'a City,
    /// Which year.
    pub year: FiscalYear,
    /// Its files.
    pub files: &'a YearFiles,
    /// Its policy side.
    pub docs: YearDocs<'a>,
    /// The file of the policy.
    pub policy_file: FileId,
    /// The file of the organization.
    pub organization_file: FileId,
    /// Ids and names.
    pub names: Arc<Names>,
    /// The departments that are judged, in the organization's order.
    pub departments: Vec<Department<'a>>,
    /// Items, in order.
    pub items: Vec<YearItem<'a>>,
    /// Leaves, in order: clauses, or items without clauses.
    pub leaves: Vec<Leaf<'a>>,
    /// The day on which it is judged.
    pub day: Date,
    /// Where items and clauses are, by id; of two with one id, the first.
    places: HashMap<LeafId, LeafLocation>,
    /// For each department of the organization, its index into `departments`.
    judged: Vec<Option<usize>>,
}

/// How far a department's plan can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// It is there.
    Ok,
    /// It is there and being written.
    Draft,
    /// There is none.
    Missing,
    /// It cannot be read.
    Unreadable,
}

impl PlanState {
    /// The word in machine formats.
    pub fn id(self) -> &'static str {
        match self {
            PlanState::Ok => "ok",
            PlanState::Draft => "draft",
            PlanState::Missing => "missing",
            PlanState::Unreadable => "unreadable",
        }
    }
}

/// A department that is judged.
pub struct Department<'a> {
    /// Index into the organization.
    pub index: usize,
    /// What the organization says of it.
    pub unit: &'a crate::model::Department,
    /// Its plan's file.
    pub file: Option<FileId>,
    /// Its plan, where it can be read as a whole.
    pub plan: Option<&'a Plan>,
    /// How far it can be judged.
    pub state: PlanState,
}

impl Department<'_> {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.unit.id.value
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.unit.title()
    }

    /// A place in its plan.
    pub fn at(&self, span: Span) -> Option<Place> {
        self.file.map(|file| file.at(span))
    }
}

impl<'a> Year<'a> {
    /// Puts a year together. An unreadable policy or organization is `None`: nothing that needs
    /// them can be judged. A missing one is an error that names it.
    pub fn new(city: &'a City, year: FiscalYear, day: Date) -> Result<Option<Year<'a>>, Error> {
        Year::part(city, year, day, &|_| true)
    }

    /// The same, with only some of the departments, by id: the others are as if they had no plan to write.
    pub fn part(
        city: &'a City,
        year: FiscalYear,
        day: Date,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Option<Year<'a>>, Error> {
        let Some(files) = city.years.get(&year) else { return Err(no_year(city, year)) };
        let policy_file = files.policy.ok_or_else(|| missing(year, "policy.yaml"))?;
        let organization_file = files.organization.ok_or_else(|| missing(year, "organization.yaml"))?;
        let Some(docs) = documents(city, files) else { return Ok(None) };
        let names = Arc::clone(files.names.get_or_init(|| Arc::new(Names::new(docs))));
        let mut departments = departments(city, files, docs.organization);
        departments.retain(|department| wanted(department.id()));
        let mut built = Year {
            city,
            year,
            files,
            docs,
            policy_file,
            organization_file,
            names,
            departments,
            items: Vec::new(),
            leaves: Vec::new(),
            day,
            places: HashMap::new(),
            judged: Vec::new(),
        };
        built.judged = vec![None; docs.organization.departments.len()];
        for (index, department) in built.departments.iter().enumerate() {
            built.judged[department.index] = Some(index);
        }
        built.number_leaves();
        built.place_leaves();
        Ok(Some(built))
    }

    /// The settings of the city.
    pub fn settings(&self) -> &'a Settings {
        self.city.settings()
    }

    /// The last day on which a budget project begins early (item 3-8), where the city says one.
    pub fn early_start_until(&self) -> Option<Date> {
        self.settings().early_start_by.as_ref().map(|day| self.year.on(day.value))
    }

    /// The index into `departments` of a department of the organization.
    pub fn judged(&self, department: usize) -> Option<usize> {
        self.judged.get(department).copied().flatten()
    }

    /// Where an item or clause is.
    pub fn locate(&self, id: LeafId) -> Option<LeafLocation> {
        self.places.get(&id).copied()
    }

    /// The item that holds a leaf.
    pub fn item_of(&self, leaf: usize) -> &YearItem<'a> {
        &self.items[self.leaves[leaf].item]
    }

    /// The words a leaf asks with: the clause's quote, or the item's text.
    pub fn words(&self, leaf: usize) -> String {
        let leaf = &self.leaves[leaf];
        let text = leaf.clause.map_or(&self.items[leaf.item].item.text, |clause| &clause.quote);
        text.as_ref().map(crate::model::Text::joined).unwrap_or_default()
    }

    /// The place of a leaf in the policy.
    pub fn leaf_place(&self, leaf: usize) -> Place {
        self.policy_file.at(self.leaves[leaf].span)
    }
}

fn documents<'a>(city: &'a City, files: &YearFiles) -> Option<YearDocs<'a>> {
    static NO_REFERENCES: std::sync::LazyLock<References> = std::sync::LazyLock::new(References::default);
    static NO_INTERVIEWS: std::sync::LazyLock<Interviews> = std::sync::LazyLock::new(Interviews::default);
    let policy: &Policy = match files.policy.map(|id| city.file(id))? {
        file if file.is_readable() => file.policy()?,
        _ => return None,
    };
    let organization: &Organization = match files.organization.map(|id| city.file(id))? {
        file if file.is_readable() => match &file.doc {
            Doc::Organization(organization) => organization,
            _ => return None,
        },
        _ => return None,
    };
    let references = match files.references.map(|id| &city.file(id).doc) {
        Some(Doc::References(references)) => references,
        _ => &NO_REFERENCES,
    };
    let interviews = match files.interviews.map(|id| &city.file(id).doc) {
        Some(Doc::Interviews(interviews)) => interviews,
        _ => &NO_INTERVIEWS,
    };
    Some(YearDocs { policy, organization, references, interviews })
}

fn departments<'a>(city: &'a City, files: &YearFiles, organization: &'a Organization) -> Vec<Department<'a>> {
    let mut departments = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, unit) in organization.departments.iter().enumerate() {
        let file = files.plans.get(&unit.id.value).copied();
        let judged = match unit.plan {
            PlanDuty::Required => true,
            PlanDuty::Voluntary => file.is_some(),
            PlanDuty::None => false,
        };
        let twice = !seen.insert(unit.id.value.as_str());
        if !judged || twice {
            continue;
        }
        let content = file.map(|id| city.file(id));
        let plan = content.filter(|file| file.is_readable() && !file.is_blank_plan()).and_then(|file| file.plan());
        let state = match (content, plan) {
            (None, _) => PlanState::Missing,
            (Some(file), None) if file.is_blank_plan() => PlanState::Missing,
            (Some(_), None) => PlanState::Unreadable,
            (Some(_), Some(plan)) if plan.is_draft() => PlanState::Draft,
            (Some(_), Some(_)) => PlanState::Ok,
        };
        departments.push(Department { index, unit, file, plan, state });
    }
    departments
}

fn missing(year: FiscalYear, name: &str) -> Error {
    let ja = year.ja();
    Error::environment(say!(
        "{ja}は点検できません: policy/{year}/{name} がありません。",
        "fiscal year {year} cannot be judged: policy/{year}/{name} is missing."
    ))
    .hint(say!(
        "基本方針の担当から受け取ったフォルダーに、このファイルがあるかを確かめてください。",
        "Check that the folder you received holds this file."
    ))
}

fn no_year(city: &City, year: FiscalYear) -> Error {
    let ja = year.ja();
    let known: Vec<String> = city.years.keys().map(ToString::to_string).collect();
    let known = known.join(", ");
    let error = Error::usage(say!(
        "{ja}の基本方針がありません: policy/{year}/policy.yaml",
        "fiscal year {year} has no basic policy: there is no policy/{year}/policy.yaml"
    ));
    if known.is_empty() { error } else { error.hint(say!("ある年度: {known}", "years there are: {known}")) }
}
