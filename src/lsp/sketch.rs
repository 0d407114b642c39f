//! What is wrong with the files in hand of a large city, before the whole of it is judged again.
//!
//! They are judged in a small city: the policy side, these files, and the plans that they name. What
//! needs all plans (K210, who answers an item at all) is left to the judgement of the whole.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::city::{City, CityFile, Year};
use crate::date::Date;
use crate::finding::Finding;
use crate::lsp::background::years;
use crate::model::{Name, Plan, Subject};
use crate::place::{FileId, Place};
use crate::rules::{Kept, join_part, judge_again};
use crate::shape::FileKind;

/// Rules that need the whole city.
pub(super) const OF_THE_WHOLE: &[&str] = &["K210", "K302", "K306", "K504"];

/// The findings that stand: those of files in hand as they are, the others as they were in a city
/// `before`.
pub(super) fn findings(
    city: &City,
    (before, old): (&City, Vec<Finding>),
    changed: &BTreeSet<String>,
    open: &BTreeSet<&str>,
    (day, kept): (Date, &mut Kept),
) -> Vec<Finding> {
    let policy = changed.iter().any(|path| !is_plan(city, path));
    let mut wanted: BTreeSet<&str> = changed.iter().map(String::as_str).collect();
    if policy {
        wanted.extend(open);
    }
    let moved = Moved::new(before, city);
    let stands = |finding: &Finding| !wanted.contains(before.file(finding.place.file).path.as_str());
    let mut all: Vec<Finding> = old.into_iter().filter(stands).filter_map(|finding| moved.finding(finding)).collect();
    let (files, named) = around(city, &wanted, day);
    let small = city.of_files(files);
    let judged = join_part(&small, &years(&small), day, &|id| named.contains(id));
    let judged = judged.map(|years| judge_again(&small, years, kept));
    let found = judged.map(|judgement| judgement.findings).unwrap_or_default();
    let moved = Moved::new(&small, city);
    // Of the policy side the small city shows only what stands in the files themselves.
    let certain = |finding: &Finding| {
        let file = small.file(finding.place.file);
        let plan = file.role.kind == Some(FileKind::Plan);
        wanted.contains(file.path.as_str()) && (plan || finding.rule.family() <= 2)
    };
    all.extend(found.into_iter().filter(certain).filter_map(|finding| moved.finding(finding)));
    all.sort_by(|a, b| key(city, a).cmp(&key(city, b)));
    all
}

fn is_plan(city: &City, path: &str) -> bool {
    city.find(path).is_some_and(|id| city.file(id).role.kind == Some(FileKind::Plan))
}

fn key<'c>(city: &'c City, finding: &Finding) -> (&'c str, u32, &'static str, u32) {
    (&city.file(finding.place.file).path, finding.place.span.start, finding.rule.code, finding.place.span.end)
}

/// The policy side, some files, and the plans that these name, of all years; and whose plans they are.
fn around(city: &City, wanted: &BTreeSet<&str>, day: Date) -> (Vec<Arc<CityFile>>, BTreeSet<String>) {
    let mut named: BTreeSet<String> = BTreeSet::new();
    for number in years(city) {
        let Ok(Some(year)) = Year::part(city, number, day, &|_| false) else { continue };
        for (department, id) in &year.files.plans {
            let file = city.file(*id);
            if wanted.contains(file.path.as_str()) {
                named.insert(department.clone());
                file.plan().into_iter().for_each(|plan| names(&year, plan, &mut named));
            }
        }
    }
    let is_near = |file: &&Arc<CityFile>| {
        let plan = file.role.kind == Some(FileKind::Plan);
        !plan
            || wanted.contains(file.path.as_str())
            || file.role.department.as_ref().is_some_and(|own| named.contains(own))
    };
    (city.files.iter().filter(is_near).cloned().collect(), named)
}

/// The departments that a plan names: partners, who acts instead, whose goals it speaks of.
fn names(year: &Year<'_>, plan: &Plan, named: &mut BTreeSet<String>) {
    let units = plan.goals.iter().flat_map(|goal| &goal.partners);
    let units: Vec<&Name> =
        units.chain(plan.not_applicable.iter().filter_map(|entry| entry.handled_by.as_ref())).collect();
    for name in units {
        let unit = year.names.unit_of(name).and_then(|unit| year.docs.organization.departments.get(unit.department));
        named.extend(unit.map(|department| department.id.value.clone()));
    }
    let subjects = plan.review.iter().flat_map(|entry| &entry.items).filter_map(|subject| match &subject.value {
        Subject::Goal(goal) => goal.department.as_deref().map(str::to_owned),
        Subject::Cite(_) => None,
    });
    named.extend(subjects);
    named.extend(plan.supports.iter().filter_map(|goal| goal.value.department.as_deref().map(str::to_owned)));
    named.extend(
        plan.goals.iter().filter_map(|goal| goal.continues.as_ref()?.value.department.as_deref().map(str::to_owned)),
    );
}

/// From the files of one city to the same ones of another.
struct Moved {
    /// For each file of the first its id in the second; none where all are the same.
    ids: Option<Vec<Option<FileId>>>,
}

impl Moved {
    fn new(from: &City, to: &City) -> Moved {
        if from.files.len() == to.files.len() && from.files.iter().zip(&to.files).all(|(a, b)| a.path == b.path) {
            return Moved { ids: None };
        }
        let known: HashMap<&str, FileId> = to.file_ids().map(|id| (to.file(id).path.as_str(), id)).collect();
        Moved { ids: Some(from.files.iter().map(|file| known.get(file.path.as_str()).copied()).collect()) }
    }

    fn place(&self, place: Place) -> Option<Place> {
        match &self.ids {
            None => Some(place),
            Some(ids) => ids.get(place.file.0 as usize).copied().flatten().map(|file| file.at(place.span)),
        }
    }

    fn finding(&self, mut moved: Finding) -> Option<Finding> {
        moved.place = self.place(moved.place)?;
        moved.level_set = moved.level_set.and_then(|place| self.place(place));
        moved.related.retain_mut(|related| self.place(related.place).map(|place| related.place = place).is_some());
        Some(moved)
    }
}
