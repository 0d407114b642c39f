//! A city's folder: all files read, each with its faults, and for each fiscal year the files that
//! belong together. Loading keeps going on errors: one broken plan never hides the others.

mod file;
pub mod layout;
mod load;
pub mod names;
pub mod year;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::city::names::Names;
use crate::date::FiscalYear;
use crate::model::{Interviews, Organization, Policy, References, Settings};
use crate::place::{FileId, Place, Position};
use crate::shape::FileKind;
use crate::store::Snapshot;

pub use file::{CityFile, Doc};
pub use load::Loader;
pub use year::{Department, Leaf, LeafLocation, PlanState, Year, YearItem};

/// All files of a city. A copy shares them.
#[derive(Debug, Clone, Default)]
pub struct City {
    /// Every YAML file, by path.
    pub files: Vec<Arc<CityFile>>,
    /// The settings file, if there is one.
    pub settings_file: Option<FileId>,
    /// Which files make up each year.
    pub years: BTreeMap<FiscalYear, YearFiles>,
}

/// The files of one fiscal year.
#[derive(Debug, Clone, Default)]
pub struct YearFiles {
    /// `policy.yaml`
    pub policy: Option<FileId>,
    /// `organization.yaml`
    pub organization: Option<FileId>,
    /// `references.yaml`
    pub references: Option<FileId>,
    /// `interviews.yaml`
    pub interviews: Option<FileId>,
    /// Plans by department.
    pub plans: BTreeMap<String, FileId>,
    /// A second file for what another file already gives: the later one, and the one that counts.
    pub doubles: Vec<(FileId, FileId)>,
    /// The names of the year, once they were gathered.
    names: OnceLock<Arc<Names>>,
}

impl City {
    /// Reads every file of a snapshot.
    pub fn load(snapshot: &Snapshot) -> City {
        load::load(snapshot)
    }

    /// Reads a snapshot again of which only the files at `changed`, and those that came or went, are
    /// others than in this city; the rest is not decoded again.
    pub fn reload(&self, snapshot: &Snapshot, changed: &BTreeSet<String>) -> City {
        let mut city = load::reload(self, snapshot, changed);
        city.share_names(self);
        city
    }

    /// A city of some files of this one, or of earlier texts of them; sorted by path.
    pub fn of_files(&self, files: Vec<Arc<CityFile>>) -> City {
        let mut city = load::assemble(files);
        city.share_names(self);
        city
    }

    /// Names are gathered from a few large files that seldom change.
    fn share_names(&mut self, before: &City) {
        let City { files, years, .. } = self;
        for (year, now) in years {
            let Some(then) = before.years.get(year) else { continue };
            let same = |(now, then): (Option<FileId>, Option<FileId>)| match (now, then) {
                (Some(now), Some(then)) => Arc::ptr_eq(&files[now.0 as usize], &before.files[then.0 as usize]),
                (now, then) => now == then,
            };
            let pairs =
                [(now.policy, then.policy), (now.organization, then.organization), (now.references, then.references)];
            if pairs.into_iter().all(same) {
                now.names.clone_from(&then.names);
            }
        }
    }

    /// A file.
    pub fn file(&self, id: FileId) -> &CityFile {
        &self.files[id.0 as usize]
    }

    /// The ids of all files.
    pub fn file_ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.file_ids().find(|id| self.file(*id).path == path)
    }

    /// The settings; all defaults where there is no such file.
    pub fn settings(&self) -> &Settings {
        static NONE: std::sync::LazyLock<Settings> = std::sync::LazyLock::new(Settings::default);
        match self.settings_file.map(|id| &self.file(id).doc) {
            Some(Doc::Settings(settings)) => settings,
            _ => &NONE,
        }
    }

    /// The file that counts in place of this one, where both give the same thing (K205).
    pub fn counts_instead_of(&self, id: FileId) -> Option<FileId> {
        if self.file(id).role.kind == Some(FileKind::Settings) {
            return self.settings_file.filter(|first| *first != id);
        }
        let doubles = self.years.values().flat_map(|files| &files.doubles);
        doubles.filter(|(later, _)| *later == id).map(|(_, first)| *first).next()
    }

    /// The line and column of the beginning of a place.
    pub fn position(&self, place: Place) -> Position {
        let file = self.file(place.file);
        file.lines().position(&file.text, place.span.start)
    }

    /// The text at a place.
    pub fn text(&self, place: Place) -> &str {
        self.file(place.file).text.get(place.span.range()).unwrap_or_default()
    }
}

impl YearFiles {
    /// The files of the policy side.
    pub fn policy_files(&self) -> impl Iterator<Item = FileId> {
        [self.policy, self.organization, self.references, self.interviews].into_iter().flatten()
    }
}

/// The documents of a year's policy side, absent ones empty.
#[derive(Debug, Clone, Copy)]
pub struct YearDocs<'a> {
    /// The basic policy.
    pub policy: &'a Policy,
    /// The organization.
    pub organization: &'a Organization,
    /// The register of plans.
    pub references: &'a References,
    /// The interviews.
    pub interviews: &'a Interviews,
}
