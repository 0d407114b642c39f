//! Cities made once and kept, with what later stages begin with.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use kpolicy::city::{City, Year};
use kpolicy::coverage::Coverage;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::links::Links;
use kpolicy::rules::{Judgement, judge};
use kpolicy::store::Snapshot;

use crate::common::town::{self, Town};

pub(crate) const YEAR: FiscalYear = FiscalYear(2025);
pub(crate) const DAY: Date = Date { year: 2025, month: 4, day: 1 };

/// A city and what was derived from it so far.
pub(crate) struct Ready {
    pub snapshot: Snapshot,
    pub bytes: usize,
    city: OnceLock<City>,
}

/// The city of this size; it stays for the whole run, since several stages begin with it.
pub(crate) fn ready(town: Town) -> &'static Ready {
    static ALL: Mutex<Option<HashMap<(usize, usize), &'static Ready>>> = Mutex::new(None);
    let mut all = ALL.lock().unwrap();
    let known = all.get_or_insert_default();
    known.entry((town.plans, town.slips)).or_insert_with(|| {
        let snapshot = town.snapshot();
        let bytes = town::bytes(&snapshot);
        Box::leak(Box::new(Ready { snapshot, bytes, city: OnceLock::new() }))
    })
}

impl Ready {
    pub(crate) fn city(&self) -> &City {
        self.city.get_or_init(|| City::load(&self.snapshot))
    }

    pub(crate) fn year(&self) -> Year<'_> {
        Year::new(self.city(), YEAR, DAY).unwrap().unwrap()
    }

    pub(crate) fn judged(&self) -> Judgement<'_> {
        judge(self.city(), &[YEAR], DAY, false).unwrap()
    }

    /// A year with its links and coverage.
    pub(crate) fn joined(&self) -> (Year<'_>, Links, Coverage) {
        let year = self.year();
        let links = Links::new(&year);
        let coverage = Coverage::new(&year, &links);
        (year, links, coverage)
    }
}
