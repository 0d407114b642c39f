//! Where every department stands on a day: its plan, what must be mended, what is written, the
//! interview, what the interview asked for, and how far its goals are.
//!
//! Facts only; the words are in `report`.

mod ahead;
mod entry;

use std::collections::BTreeSet;

use crate::city::City;
use crate::city::year::Year;
use crate::coverage::Summary;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::packet::Inputs;
use crate::place::Place;
use crate::rules::{Judged, Judgement, YearJudgement, lacking};

pub use ahead::{Ahead, attention};
pub use entry::{Entry, FollowUp, OverdueEntry, PlanStatus, STATES, Slow, newest};

/// A year on a day.
pub struct Status<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// One entry for each department of the year, in its order.
    pub departments: Vec<Entry>,
    /// Errors that are no department's: in the files of the policy.
    pub policy_errors: usize,
    /// The counts of all departments.
    pub summary: Summary,
    /// Interviews that are still to come.
    pub ahead: Option<Ahead>,
    /// The departments to speak to first, by index: those whose interview is next, then those that
    /// lack most.
    pub first: Vec<usize>,
    /// Other years in which entries lack whose day has passed.
    pub others: Vec<Leftover>,
}

/// What another year left over.
#[derive(Debug, Clone)]
pub struct Leftover {
    /// Which year.
    pub year: FiscalYear,
    /// The periods whose entries lack, by their names.
    pub periods: Vec<String>,
    /// The departments concerned, by id.
    pub departments: Vec<String>,
    /// How many things asked for in interviews are not done though their day has passed.
    pub follow_ups: usize,
}

impl<'a> Status<'a> {
    /// Puts the status of one judged year together; nothing where it could not be judged.
    pub fn new(city: &City, judgement: &'a Judgement<'_>, number: FiscalYear, lang: Lang) -> Option<Status<'a>> {
        let judged = judgement.year(number)?.whole()?;
        let year = judged.year;
        let findings: Vec<&Finding> = of_year(city, judgement, number).collect();
        let late = late_entries(&judged, &findings);
        let departments: Vec<Entry> = (0..year.departments.len())
            .map(|department| {
                let inputs = Inputs { year, links: judged.links, coverage: judged.coverage, department, findings: &[] };
                let own = late.iter().filter(|(owner, _)| *owner == department).map(|(_, entry)| entry.clone());
                entry::entry(inputs, &findings, own.collect(), lang)
            })
            .collect();
        let own: BTreeSet<&str> = year.departments.iter().map(|department| department.id()).collect();
        let nobody = |finding: &&&Finding| !finding.department.as_deref().is_some_and(|id| own.contains(id));
        let policy_errors = findings.iter().filter(nobody).filter(|finding| finding.level == Level::Error).count();
        let ahead = Ahead::new(year);
        let first = ahead::first(year, &departments);
        let others = judgement.years.iter().filter(|other| other.number != number);
        let others = others.filter_map(|other| leftover(city, judgement, other)).collect();
        let summary = judged.coverage.summary.clone();
        Some(Status { year, departments, policy_errors, summary, ahead, first, others })
    }

    /// Things asked for in interviews that are not done, and how many of them are overdue.
    pub fn follow_ups(&self) -> (usize, usize) {
        let all = || self.departments.iter().flat_map(|entry| &entry.follow_ups);
        (all().count(), all().filter(|entry| entry.overdue).count())
    }
}

/// The findings of a year's own files, and of those that belong to no year.
fn of_year<'f>(city: &City, judgement: &'f Judgement<'_>, number: FiscalYear) -> impl Iterator<Item = &'f Finding> {
    let own = move |finding: &&Finding| city.file(finding.place.file).role.year.is_none_or(|year| year == number);
    judgement.findings.iter().filter(own)
}

/// The entries on progress that lack, with their department. What the city has switched off or a
/// remark silences is not asked for again here.
fn late_entries(judged: &Judged<'_>, findings: &[&Finding]) -> Vec<(usize, OverdueEntry)> {
    let told: BTreeSet<Place> =
        findings.iter().filter(|finding| finding.rule.code == "K507").map(|finding| finding.place).collect();
    let lacking = lacking(judged).into_iter();
    let shown = lacking.filter_map(|entry| {
        let department = &judged.year.departments[entry.department];
        let place = department.at(entry.goal.handle()).filter(|place| told.contains(place))?;
        Some((entry.department, OverdueEntry::new(judged.year, &entry, place)))
    });
    shown.collect()
}

fn leftover(city: &City, judgement: &Judgement<'_>, other: &YearJudgement<'_>) -> Option<Leftover> {
    let judged = other.whole()?;
    let findings: Vec<&Finding> = of_year(city, judgement, other.number).collect();
    let (mut periods, mut departments) = (Vec::new(), Vec::new());
    for (department, entry) in late_entries(&judged, &findings) {
        let id = judged.year.departments[department].id().to_owned();
        if !periods.contains(&entry.period) {
            periods.push(entry.period);
        }
        if !departments.contains(&id) {
            departments.push(id);
        }
    }
    let mut follow_ups = 0;
    for finding in findings.iter().filter(|finding| finding.rule.code == "K509") {
        follow_ups += 1;
        departments.extend(finding.department.clone().filter(|id| !departments.contains(id)));
    }
    (!departments.is_empty()).then_some(Leftover { year: other.number, periods, departments, follow_ups })
}
