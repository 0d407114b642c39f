//! Where a department or division of last year went, as `predecessors` tell: what its name means
//! after departments were merged, split or renamed.

use crate::city::Doc;
use crate::city::year::Year;
use crate::date::FiscalYear;
use crate::model::{Department, Name};

/// Ids and names of this year's units that last year's unit of this name went into. `within` is the
/// department in whose plan a division was named.
pub(crate) fn heirs(year: &Year<'_>, text: &str, within: Option<&str>) -> Vec<(String, String)> {
    let Some((owner, division)) = past_unit(year, text.trim(), within) else { return Vec::new() };
    let takes = |unit: &Department, wanted: Option<&str>| {
        unit.predecessors.iter().map(parts).any(|(other, part)| is(owner, other) && part == wanted)
    };
    let departments = || year.docs.organization.departments.iter();
    let mut found: Vec<&Department> = Vec::new();
    if let Some((id, title)) = division {
        found.extend(departments().filter(|unit| takes(unit, Some(id)) || takes(unit, Some(title))));
    }
    match division {
        // What no department names by itself goes with the rest of its department.
        Some(_) if found.is_empty() => found.extend(departments().filter(|unit| takes(unit, None))),
        Some(_) => {}
        // A department went wherever its divisions went.
        None => {
            let some = |unit: &&Department| unit.predecessors.iter().any(|name| is(owner, parts(name).0));
            found.extend(departments().filter(some));
        }
    }
    found.into_iter().map(|unit| named_now(unit, division)).collect()
}

/// A division that is still there under its id or name, else the department.
fn named_now(unit: &Department, division: Option<(&str, &str)>) -> (String, String) {
    let title =
        |own: &crate::model::Division| own.name.as_ref().map_or_else(String::new, |name| name.value.to_string());
    let same = |own: &&crate::model::Division| {
        division.is_some_and(|(id, name)| own.id.value == id || (!name.is_empty() && title(own) == name))
    };
    match unit.divisions.iter().find(same) {
        Some(own) => (format!("{}/{}", unit.id.value, own.id.value), format!("{}{}", unit.title(), title(own))),
        None => (unit.id.value.clone(), unit.title().to_owned()),
    }
}

/// Last year's department, and the id and name of its division where one is meant.
fn past_unit<'a>(
    year: &Year<'a>,
    text: &str,
    within: Option<&str>,
) -> Option<(&'a Department, Option<(&'a str, &'a str)>)> {
    let last = FiscalYear(year.year.0.checked_sub(1)?);
    let file = year.city.years.get(&last)?.organization?;
    let Doc::Organization(past) = &year.city.file(file).doc else { return None };
    let (owner, part) = match (within, text.split_once('/')) {
        (Some(owner), _) => (Some(owner), Some(text)),
        (None, Some((owner, part))) => (Some(owner), Some(part)),
        (None, None) => (Some(text), None),
    };
    let unit = past.departments.iter().find(|unit| owner.is_some_and(|owner| is(unit, owner)));
    let divisions = |unit: &'a Department, part: &str| {
        let name = |own: &'a crate::model::Division| own.name.as_ref().map_or("", |name| name.value.as_str());
        unit.divisions
            .iter()
            .find(|own| own.id.value == part || name(own) == part)
            .map(|own| (own.id.value.as_str(), name(own)))
    };
    match (unit, part) {
        (Some(unit), None) => Some((unit, None)),
        (Some(unit), Some(part)) => divisions(unit, part).map(|division| (unit, Some(division))),
        // A division alone, by a name that only one department has.
        (None, _) => {
            let mut found = past.departments.iter().filter_map(|unit| Some((unit, Some(divisions(unit, text)?))));
            found.next().filter(|_| found.next().is_none())
        }
    }
}

fn is(unit: &Department, text: &str) -> bool {
    let says = |own: &Option<crate::model::Text>| own.as_ref().is_some_and(|own| own.value.trim() == text);
    unit.id.value == text || says(&unit.name) || says(&unit.short)
}

fn parts(name: &Name) -> (&str, Option<&str>) {
    let text = name.text.trim();
    text.split_once('/').map_or((text, None), |(owner, part)| (owner, Some(part)))
}
