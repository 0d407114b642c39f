//! What a plan says and no rule could see: fields that are absent or of another type, and
//! citations that mean nothing. What only follows from these is left out, see [`super::follow`].

use std::collections::{BTreeMap, BTreeSet};

use crate::city::City;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::model::{Found, Level, ShapeFault, ShapeFaultKind};
use crate::place::{Place, Span};
use crate::shape::{Field, Kind, PLAN};

/// A department's plan of a year.
type Whose = (Option<FiscalYear>, String);

/// What could not be seen, by plan.
#[derive(Default)]
pub(super) struct Lost {
    /// Top fields.
    fields: BTreeSet<(Whose, &'static str)>,
    /// Plans whose gaps may all come from citations that mean nothing: for [`Gap::Asked`], for
    /// [`Gap::Lead`], and for those who wait for that plan.
    cited: BTreeSet<(Whose, Gap)>,
}

/// Who feels that a citation is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// K301.
    Asked,
    /// K307.
    Lead,
    /// K308 of another department.
    Waiting,
}

/// Citations of one plan that mean nothing.
#[derive(Default)]
struct Unread {
    /// K104 and K106: nobody can tell which item was meant.
    blank: usize,
    /// K201.
    unknown: usize,
}

impl Lost {
    pub(super) fn new(city: &City, findings: &[Finding]) -> Lost {
        let mut lost = Lost::default();
        let mut unread: BTreeMap<Whose, Unread> = BTreeMap::new();
        let mut cited: BTreeMap<Whose, BTreeSet<Span>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.level != Level::Off) {
            let Some(whose) = whose(city, finding) else { continue };
            lost.fields.extend(lost_field(city, finding).map(|key| (whose.clone(), key)));
            match finding.rule.code {
                "K104" | "K106" if fault(city, finding.place).is_some_and(hides_citation) => {
                    unread.entry(whose).or_default().blank += 1;
                }
                "K201" if finding.level == Level::Error => {
                    let spans = cited.entry(whose.clone()).or_insert_with(|| citations(city, finding.place));
                    if spans.contains(&finding.place.span) {
                        unread.entry(whose).or_default().unknown += 1;
                    }
                }
                _ => {}
            }
        }
        lost.count(city, findings, &unread);
        lost
    }

    /// One citation that means nothing explains one gap. Where a plan has more gaps than that, all
    /// are shown: nobody could tell which of them it was.
    fn count(&mut self, city: &City, findings: &[Finding], unread: &BTreeMap<Whose, Unread>) {
        let mut gaps: BTreeMap<(Whose, Gap), BTreeSet<&str>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.level != Level::Off) {
            if let Some((whose, gap, item)) = gap(city, finding) {
                gaps.entry((whose, gap)).or_default().insert(item);
            }
        }
        for (whose, Unread { blank, unknown }) in unread {
            let of = |gap: Gap| gaps.get(&(whose.clone(), gap)).cloned().unwrap_or_default();
            let (asked, lead) = (of(Gap::Asked), of(Gap::Lead));
            let explained = asked.len() + lead.len() <= *blank;
            if explained {
                self.cited.insert((whose.clone(), Gap::Asked));
            }
            let left = unknown + blank.saturating_sub(asked.len());
            if explained || lead.len() <= left {
                self.cited.insert((whose.clone(), Gap::Lead));
            }
            let own = if explained { asked } else { BTreeSet::new() };
            let all = own.union(&lead).copied().collect::<BTreeSet<&str>>();
            if all.union(&of(Gap::Waiting)).count() <= left.max(*blank) {
                self.cited.insert((whose.clone(), Gap::Waiting));
            }
        }
    }

    /// True where a finding only follows from what was lost.
    pub(super) fn brings(&self, city: &City, finding: &Finding) -> bool {
        if let Some((whose, gap, _)) = gap(city, finding)
            && self.cited.contains(&(whose, gap))
        {
            return true;
        }
        let keys: &[&'static str] = match finding.rule.code {
            "K301" | "K307" => &["goals", "responses", "not_applicable"],
            "K308" | "K310" => &["goals", "responses"],
            "K303" | "K404" | "K406" => &["goals"],
            "K401" => &["goals", "review"],
            "K402" => &["information"],
            "K403" => &["reform"],
            "K412" => &["handover"],
            _ => return false,
        };
        let whose = gap(city, finding).map(|(whose, _, _)| whose).or_else(|| whose(city, finding));
        whose.is_some_and(|whose| keys.iter().any(|key| self.fields.contains(&(whose.clone(), *key))))
    }

    /// True where the goals of the plan that a finding stands in, or of another department of that
    /// year, could not be seen.
    pub(super) fn has_goals_of(&self, city: &City, finding: &Finding, other: Option<&str>) -> bool {
        let Some((year, own)) = whose(city, finding) else { return false };
        self.fields.contains(&((year, other.map_or(own, str::to_owned)), "goals"))
    }
}

/// Whose plan a finding stands in.
fn whose(city: &City, finding: &Finding) -> Option<Whose> {
    let file = city.file(finding.place.file);
    file.plan()?;
    Some((file.role.year, file.role.department.clone()?))
}

/// Whose answer a finding says is lacking, and to which item.
fn gap<'f>(city: &City, finding: &'f Finding) -> Option<(Whose, Gap, &'f str)> {
    let item = finding.item.as_deref()?;
    let (year, own) = whose(city, finding)?;
    match finding.rule.code {
        "K301" => Some(((year, own), Gap::Asked, item)),
        "K307" => Some(((year, own), Gap::Lead, item)),
        "K308" => Some(((year, finding.waits_on.clone()?), Gap::Waiting, item)),
        _ => None,
    }
}

/// The fault of shape that a finding speaks of.
fn fault(city: &City, place: Place) -> Option<&ShapeFault> {
    // The faults of a file lie in its order.
    let faults = &city.file(place.file).shape_faults;
    let first = faults.partition_point(|fault| fault.span.start < place.span.start);
    let here = faults[first..].iter().take_while(|fault| fault.span.start == place.span.start);
    here.into_iter().find(|fault| fault.span == place.span)
}

fn hides_citation(fault: &ShapeFault) -> bool {
    let hides = matches!(fault.kind, ShapeFaultKind::Placeholder | ShapeFaultKind::MalformedId { .. });
    hides && fault.field.is_some_and(|field| field.key == "cites")
}

/// Where a plan cites items.
fn citations(city: &City, place: Place) -> BTreeSet<Span> {
    let Some(plan) = city.file(place.file).plan() else { return BTreeSet::new() };
    let goals = plan.goals.iter().flat_map(|goal| &goal.cites);
    goals.chain(plan.responses.iter().flat_map(|response| &response.cites)).map(|cite| cite.span).collect()
}

/// The top field of a plan that an error says is absent, of another type or misspelled.
fn lost_field(city: &City, finding: &Finding) -> Option<&'static str> {
    if finding.level != Level::Error {
        return None;
    }
    let top = |field: &'static Field| PLAN.fields.iter().find(|own| std::ptr::eq(*own, field)).map(|own| own.key);
    match (finding.rule.code, &fault(city, finding.place)?.kind) {
        ("K102", ShapeFaultKind::MissingField { field, top: true, .. }) => top(field),
        // The fields of one entry are read as a list of that one.
        ("K103", ShapeFaultKind::WrongType { want: Kind::List(_), found: Found::Fields, .. }) => None,
        ("K103", ShapeFaultKind::WrongType { .. }) => fault(city, finding.place)?.field.and_then(top),
        ("K101", ShapeFaultKind::UnknownField { shape, near: Some(field), there: None, .. })
            if std::ptr::eq(*shape, &raw const PLAN) =>
        {
            top(field)
        }
        _ => None,
    }
}
