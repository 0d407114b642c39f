//! Runs every rule, then settles in one place what a finding is worth: levels, drafts, and
//! "one slip is one finding".

use std::collections::{BTreeSet, HashMap};

use crate::city::City;
use crate::city::year::{PlanState, Year};
use crate::cores;
use crate::coverage::Coverage;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::finding::{Finding, Related};
use crate::links::Links;
use crate::model::{Level, Plan};
use crate::place::{FileId, Place};
use crate::rules::{Change, Check, Judged, Kept, RULES, Rule, allow, follow, rule};
use crate::say;

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

impl YearJudgement<'_> {
    /// All of it, where its policy and organization can be read.
    pub fn whole(&self) -> Option<Judged<'_>> {
        Some(Judged::new(self.year.as_ref()?, self.links.as_ref()?, self.coverage.as_ref()?))
    }
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
    Ok(judge_joined(city, join(city, years, day)?, named, None, &mut Kept::default()))
}

/// Judges a city whose years are joined already. Rules over single files run only over files that are
/// others than at the last time.
pub fn judge_again<'a>(city: &'a City, years: Vec<YearJudgement<'a>>, kept: &mut Kept) -> Judgement<'a> {
    judge_joined(city, years, false, None, kept)
}

/// Judges the later city of a change, rules on the change itself among the others.
pub fn judge_change<'a>(change: &Change<'a>, day: Date, named: bool) -> Result<Judgement<'a>, Error> {
    let years = join(change.after, change.years, day)?;
    Ok(judge_joined(change.after, years, named, Some(change), &mut Kept::default()))
}

/// Puts years together with all that is derived from them.
pub fn join<'a>(city: &'a City, years: &[FiscalYear], day: Date) -> Result<Vec<YearJudgement<'a>>, Error> {
    join_part(city, years, day, &|_| true)
}

/// The same, with only some of the departments, by id.
pub fn join_part<'a>(
    city: &'a City,
    years: &[FiscalYear],
    day: Date,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<YearJudgement<'a>>, Error> {
    let mut joined = Vec::new();
    for number in years {
        let year = Year::part(city, *number, day, wanted)?;
        let links = year.as_ref().map(Links::new);
        let coverage = year.as_ref().zip(links.as_ref()).map(|(year, links)| Coverage::new(year, links));
        joined.push(YearJudgement { number: *number, year, links, coverage });
    }
    Ok(joined)
}

fn judge_joined<'a>(
    city: &'a City,
    judged: Vec<YearJudgement<'a>>,
    named: bool,
    change: Option<&Change<'a>>,
    kept: &mut Kept,
) -> Judgement<'a> {
    let mut findings = kept.findings(city);
    for year in &judged {
        if let Some(judged) = year.whole() {
            let closed = judged.year.docs.policy.closed && !named;
            year_findings(&judged, closed, kept, &mut findings);
        }
    }
    for rule in RULES {
        if let (Check::Change(check), Some(change)) = (rule.check, change) {
            check(change, &mut findings);
        }
    }
    settle(city, &judged, named, &mut findings);
    Judgement { years: judged, findings }
}

fn year_findings(judged: &Judged<'_>, closed: bool, kept: &Kept, findings: &mut Vec<Finding>) {
    let passed_over = |rule: &Rule| closed && rule.family() > 2 || kept.passed_over.contains(&rule.code);
    let wanted = RULES.iter().filter(|rule| !passed_over(rule));
    let checks = wanted.filter_map(|rule| match rule.check {
        Check::Year(check) | Check::Both(_, check) => Some(check),
        _ => None,
    });
    let checks: Vec<_> = checks.collect();
    if judged.year.departments.len() < cores::WORTH {
        checks.iter().for_each(|check| check(judged, findings));
        return;
    }
    let found = cores::each(checks.len(), |at| {
        let mut found = Vec::new();
        checks[at](judged, &mut found);
        found
    });
    findings.extend(found.into_iter().flatten());
}

fn settle(city: &City, years: &[YearJudgement<'_>], named: bool, findings: &mut Vec<Finding>) {
    one_slip_is_one_finding(findings);
    let drafts = drafts(city, years);
    let levels = Levels::new(city);
    for finding in findings.iter_mut() {
        attribute(city, finding);
        let own = finding
            .department
            .as_ref()
            .is_some_and(|id| drafts.contains(&(city.file(finding.place.file).role.year, id.clone())));
        let own = own && UNFINISHED.contains(&finding.rule.code) && !is_status(city, finding);
        finding.level = levels.of(finding.rule);
        if own || finding.waits_for_draft {
            finding.unfinished = true;
            finding.level = finding.level.min(Level::Info);
        }
        levels.point(finding);
    }
    follow::leave_out(city, findings);
    findings.retain(|finding| finding.level != Level::Off);
    allowed(city, years, named, &levels, findings);
    findings.sort_by(|a, b| key(city, a).cmp(&key(city, b)));
}

/// The level that a city's settings give a rule, where it is another than its own, and the place.
pub fn level_set(city: &City, rule: &Rule) -> Option<(Level, Option<Place>)> {
    Levels::new(city).changed(rule)
}

/// What the city says of the levels of rules, and where.
struct Levels {
    said: HashMap<&'static str, (Option<Level>, Option<Place>)>,
}

impl Levels {
    fn new(city: &City) -> Levels {
        let mut said = HashMap::new();
        for (code, level) in &city.settings().levels {
            if let Some(rule) = rule(&code.value) {
                let place = city.settings_file.map(|file| file.at(code.span));
                said.entry(rule.code).or_insert((*level, place));
            }
        }
        Levels { said }
    }

    /// The level of a rule: its own, unless the city says otherwise.
    fn of(&self, own: &Rule) -> Level {
        self.changed(own).map_or(own.level, |(level, _)| level)
    }

    /// The level that the city gave a rule, where it is another than its own.
    fn changed(&self, own: &Rule) -> Option<(Level, Option<Place>)> {
        let (level, place) = self.said.get(own.code).copied()?;
        level.filter(|level| !own.is_fixed() && *level != own.level).map(|level| (level, place))
    }

    /// Names the line that gave a finding its level. A level that the rule has anyway, or that a
    /// draft has lowered, does not come from there.
    fn point(&self, finding: &mut Finding) {
        if let Some((level, Some(place))) = self.changed(finding.rule)
            && level == finding.level
        {
            let message = say!("この重さは、ここで決められています", "its level is set here");
            finding.level_set = Some(place);
            finding.related.push(Related { place, message, quote: None });
        }
    }
}

/// Takes away what `# kpolicy: allow` silences, and reports such comments that silence nothing; of
/// those it does not matter that they give no reason.
fn allowed(city: &City, years: &[YearJudgement<'_>], named: bool, levels: &Levels, findings: &mut Vec<Finding>) {
    let allows = allow::silence(city, years, named, findings);
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Allows(check) = rule.check {
            check(city, &allows, &mut found);
        }
    }
    let lines: BTreeSet<_> = found.iter().map(|finding| line(city, finding)).collect();
    findings.retain(|finding| finding.rule.code != "K110" || !lines.contains(&line(city, finding)));
    for mut finding in found {
        attribute(city, &mut finding);
        finding.level = levels.of(finding.rule);
        levels.point(&mut finding);
        if finding.level != Level::Off {
            findings.push(finding);
        }
    }
}

fn line(city: &City, finding: &Finding) -> (FileId, u32) {
    let place = finding.place;
    (place.file, city.file(place.file).lines().line(place.span.start))
}

fn key<'c>(city: &'c City, finding: &Finding) -> (&'c str, u32, &'static str, u32) {
    (&city.file(finding.place.file).path, finding.place.span.start, finding.rule.code, finding.place.span.end)
}

/// CONTRACT 4: K104 replaces every other finding at its value; K107 and K106 replace those that
/// only follow from how the value is written; K012 those on where its file lies; K206 on a plan stops its K5.
fn one_slip_is_one_finding(findings: &mut Vec<Finding>) {
    let places = |code: &str| -> BTreeSet<_> {
        findings.iter().filter(|finding| finding.rule.code == code).map(|finding| finding.place).collect()
    };
    let (placeholders, numbers, malformed) = (places("K104"), places("K107"), places("K106"));
    let clashing: BTreeSet<_> = places("K012").into_iter().collect();
    let other_year: BTreeSet<_> = places("K206").into_iter().map(|place| place.file).collect();
    findings.retain(|finding| {
        let (code, place) = (finding.rule.code, &finding.place);
        let replaced = (placeholders.contains(place) && code != "K104")
            || (numbers.contains(place)
                && matches!(code, "K103" | "K106" | "K108" | "K201" | "K202" | "K203" | "K204"))
            || (malformed.contains(place) && matches!(code, "K201" | "K202" | "K203" | "K204"))
            || (clashing.contains(place) && matches!(code, "K205" | "K207" | "K309"))
            || (other_year.contains(&place.file) && finding.rule.family() == 5);
        !replaced
    });
}

/// A missing `status` is no lack that a draft may have.
fn is_status(city: &City, finding: &Finding) -> bool {
    finding.rule.code == "K102" && city.file(finding.place.file).plan().is_some_and(|plan| plan.status.is_none())
}

fn drafts(city: &City, years: &[YearJudgement<'_>]) -> BTreeSet<(Option<FiscalYear>, String)> {
    let mut drafts = BTreeSet::new();
    for year in years {
        for department in year.year.iter().flat_map(|year| &year.departments) {
            if department.state == PlanState::Draft {
                drafts.insert((Some(year.number), department.id().to_owned()));
            }
        }
        // A plan of a department that is not listed is K309; it may be unfinished all the same.
        let Some(year) = &year.year else { continue };
        let listed = |id: &str| year.docs.organization.departments.iter().any(|unit| unit.id.value == id);
        for (id, file) in year.files.plans.iter().filter(|(id, _)| !listed(id)) {
            if city.file(*file).plan().is_some_and(Plan::is_draft) {
                drafts.insert((Some(year.year), id.clone()));
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
