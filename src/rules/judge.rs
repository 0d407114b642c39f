//! Runs every rule, then settles in one place what a finding is worth: levels, drafts, and
//! "one slip is one finding".

use std::collections::BTreeSet;

use crate::city::City;
use crate::city::year::{PlanState, Year};
use crate::coverage::Coverage;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::finding::Finding;
use crate::links::Links;
use crate::model::Level;
use crate::rules::{Check, Judged, RULES};

/// What a draft may still lack (CONTRACT 4).
const UNFINISHED: [&str; 14] =
    ["K102", "K104", "K301", "K303", "K307", "K308", "K310", "K401", "K402", "K403", "K404", "K406", "K410", "K412"];

/// A year with everything that was derived from it.
pub struct YearJudgement<'a> {
    /// Which year.
    pub number: FiscalYear,
    /// The year; none when its policy or organization cannot be read.
    pub year: Option<Year<'a>>,
    /// Its joined references.
    pub links: Option<Links>,
    /// Its coverage.
    pub coverage: Option<Coverage>,
}

/// All findings of a run.
pub struct Judgement<'a> {
    /// The years judged.
    pub years: Vec<YearJudgement<'a>>,
    /// The findings, sorted by path, offset, code.
    pub findings: Vec<Finding>,
}

impl<'a> Judgement<'a> {
    /// A judged year.
    pub fn year(&self, number: FiscalYear) -> Option<&YearJudgement<'a>> {
        self.years.iter().find(|year| year.number == number)
    }
}

/// Judges `years` of a city. A closed year that was not asked for by name is judged for K0 to K2.
pub fn judge<'a>(city: &'a City, years: &[FiscalYear], day: Date, named: bool) -> Result<Judgement<'a>, Error> {
    let mut findings = Vec::new();
    for id in city.file_ids() {
        for rule in RULES {
            if let Check::File(check) | Check::Both(check, _) = rule.check {
                check(city, id, &mut findings);
            }
        }
    }
    let mut judged = Vec::new();
    for number in years {
        let year = Year::new(city, *number, day)?;
        let links = year.as_ref().map(Links::new);
        let coverage = year.as_ref().zip(links.as_ref()).map(|(year, links)| Coverage::new(year, links));
        judged.push(YearJudgement { number: *number, year, links, coverage });
    }
    for year in &judged {
        if let (Some(year), Some(links), Some(coverage)) = (&year.year, &year.links, &year.coverage) {
            let closed = year.docs.policy.closed && !named;
            year_findings(&Judged { year, links, coverage }, closed, &mut findings);
        }
    }
    settle(city, &judged, &mut findings);
    Ok(Judgement { years: judged, findings })
}

fn year_findings(judged: &Judged<'_>, closed: bool, findings: &mut Vec<Finding>) {
    for rule in RULES {
        if let Check::Year(check) | Check::Both(_, check) = rule.check
            && !(closed && rule.family() > 2)
        {
            check(judged, findings);
        }
    }
}

fn settle(city: &City, years: &[YearJudgement<'_>], findings: &mut Vec<Finding>) {
    placeholders_first(findings);
    let drafts = drafts(years);
    for finding in findings.iter_mut() {
        attribute(city, finding);
        let own = finding
            .department
            .as_ref()
            .is_some_and(|id| drafts.contains(&(city.file(finding.place.file).role.year, id.clone())));
        let own = own && UNFINISHED.contains(&finding.rule.code) && !is_status(city, finding);
        if let Some(level) =
            city.settings().levels.iter().find(|(code, _)| code.value.eq_ignore_ascii_case(finding.rule.code))
            && !finding.rule.is_fixed()
        {
            finding.level = level.1;
        }
        if own || finding.waits_for_draft {
            finding.unfinished = true;
            finding.level = finding.level.min(Level::Info);
        }
    }
    findings.retain(|finding| finding.level != Level::Off);
    findings.sort_by(|a, b| key(city, a).cmp(&key(city, b)));
}

fn key<'c>(city: &'c City, finding: &Finding) -> (&'c str, u32, &'static str, u32) {
    (&city.file(finding.place.file).path, finding.place.span.start, finding.rule.code, finding.place.span.end)
}

/// K104 replaces every other finding at its value.
fn placeholders_first(findings: &mut Vec<Finding>) {
    let values: BTreeSet<_> =
        findings.iter().filter(|finding| finding.rule.code == "K104").map(|finding| finding.place).collect();
    findings.retain(|finding| finding.rule.code == "K104" || !values.contains(&finding.place));
}

/// A missing `status` is no lack that a draft may have.
fn is_status(city: &City, finding: &Finding) -> bool {
    finding.rule.code == "K102" && city.file(finding.place.file).plan().is_some_and(|plan| plan.status.is_none())
}

fn drafts(years: &[YearJudgement<'_>]) -> BTreeSet<(Option<FiscalYear>, String)> {
    let mut drafts = BTreeSet::new();
    for year in years {
        for department in year.year.iter().flat_map(|year| &year.departments) {
            if department.state == PlanState::Draft {
                drafts.insert((Some(year.number), department.id().to_owned()));
            }
        }
    }
    drafts
}

/// A finding in a plan is about its department.
fn attribute(city: &City, finding: &mut Finding) {
    if finding.department.is_none() {
        finding.department = city.file(finding.place.file).role.department.clone();
    }
}
