//! The part of the city that completion needs, read in a few milliseconds: one year's policy side,
//! and one plan where its goals are asked for.

use std::ffi::OsString;

use crate::city::City;
use crate::city::year::Year;
use crate::cli::{early_root, early_year};
use crate::date::FiscalYear;
use crate::store::{Snapshot, check_root, find_root, read_work_tree};

/// A year's policy side, and the plan of one department.
pub(super) struct Town {
    city: City,
    year: FiscalYear,
    /// Every year there is.
    pub(super) years: Vec<FiscalYear>,
}

impl Town {
    /// The city of the command line being typed; nothing outside one.
    pub(super) fn read(department: Option<&str>) -> Option<Town> {
        let args: Vec<OsString> = std::env::args_os().skip_while(|arg| arg != "--").collect();
        let root = match early_root(&args) {
            Some(root) => check_root(&root).ok().map(|()| root)?,
            None => find_root(&std::env::current_dir().ok()?).ok()?,
        };
        let all = read_work_tree(&root).ok()?;
        let of = |path: &str| FiscalYear::parse_folder(path.strip_prefix("policy/")?.split('/').next()?);
        let mut years: Vec<FiscalYear> = all.entries().filter_map(|(path, _)| of(path)).collect();
        years.dedup();
        let year = early_year(&args).filter(|year| years.contains(year)).or(years.last().copied())?;
        let mut some = Snapshot::default();
        let plan = department.map(|id| format!("departments/{year}/{id}."));
        for (path, entry) in all.entries() {
            let own = plan.as_ref().is_some_and(|plan| path.starts_with(plan.as_str()));
            if own || path == "policy/kpolicy.yaml" || path.starts_with(&format!("policy/{year}/")) {
                some.insert(path, entry.clone());
            }
        }
        Some(Town { city: City::load(&some), year, years })
    }

    pub(super) fn year(&self) -> Option<Year<'_>> {
        Year::new(&self.city, self.year, self.year.first_day()).ok().flatten()
    }

    /// Ids and titles of a department's goals.
    pub(super) fn goals(&self, department: &str) -> Vec<(String, String)> {
        let files = self.city.years.get(&self.year);
        let plan = files.and_then(|files| files.plans.get(department)).and_then(|id| self.city.file(*id).plan());
        let goals = plan.map(|plan| plan.goals.as_slice()).unwrap_or_default();
        let told = goals.iter().filter(|goal| !goal.id().is_empty());
        told.map(|goal| (goal.id().to_owned(), goal.name().to_owned())).collect()
    }
}
