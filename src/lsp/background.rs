//! The judgement of a large city, on a thread of its own.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;

use crate::city::City;
use crate::coverage::Coverage;
use crate::date::{Date, FiscalYear};
use crate::finding::Finding;
use crate::links::Links;
use crate::lsp::intake::Event;
use crate::rules::{Kept, YearJudgement, join, judge_again};

/// What was derived from each year that can be read.
pub(super) type Joined = BTreeMap<FiscalYear, (Links, Coverage)>;

/// A city that was judged.
pub(super) struct Judged {
    /// Its folder.
    pub(super) root: PathBuf,
    /// The city, with what was derived from it; none where something unexpected happened.
    pub(super) whole: Option<Whole>,
    /// What rules found in single files.
    pub(super) kept: Kept,
}

/// A city with all that follows from it.
#[derive(Default)]
pub(super) struct Whole {
    /// The city.
    pub(super) city: City,
    /// Who answers what.
    pub(super) joined: Joined,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
}

impl Whole {
    /// Joins and judges a city.
    pub(super) fn of(city: City, day: Date, kept: &mut Kept) -> Whole {
        let years = join(&city, &years(&city), day).unwrap_or_default();
        let judgement = judge_again(&city, years, kept);
        let (joined, findings) = (derived(judgement.years), judgement.findings);
        Whole { city, joined, findings }
    }
}

/// The years that can be judged: those whose policy and organization are there.
pub(super) fn years(city: &City) -> Vec<FiscalYear> {
    let whole = city.years.iter().filter(|(_, files)| files.policy.is_some() && files.organization.is_some());
    whole.map(|(year, _)| *year).collect()
}

/// What was derived from years that can be read.
pub(super) fn derived(years: Vec<YearJudgement<'_>>) -> Joined {
    years.into_iter().filter_map(|year| Some((year.number, (year.links?, year.coverage?)))).collect()
}

/// Judges a city, and tells when it is done.
pub(super) fn begin(root: PathBuf, city: City, day: Date, mut kept: Kept, events: Sender<Event>) {
    thread::spawn(move || {
        let whole = catch_unwind(AssertUnwindSafe(|| Whole::of(city, day, &mut kept))).ok();
        if whole.is_none() {
            kept = Kept::default();
        }
        _ = events.send(Event::Judged(Box::new(Judged { root, whole, kept })));
    });
}
