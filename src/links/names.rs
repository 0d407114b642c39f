//! Names joined to what they name, with the remarks that follow; and the policy side's own names.

use std::collections::HashMap;

use crate::city::names::{Known, Resolved, Unit};
use crate::city::year::Year;
use crate::links::{LinkFault, LinkFaultKind, Meeting, Wanted};
use crate::model::{AnsweredBy, Duty, Name, PlanDuty, Scope, Slot};
use crate::place::{FileId, Place};

/// Gathers remarks about names of one file.
pub(super) struct Joiner<'f> {
    pub(super) file: FileId,
    pub(super) holder: Option<Place>,
    pub(super) faults: &'f mut Vec<LinkFault>,
}

impl Joiner<'_> {
    pub(super) fn fault(&mut self, place: Place, kind: LinkFaultKind) {
        self.faults.push(LinkFault { place, kind, holder: self.holder });
    }

    /// Reports what a name turned out to be, and returns what was found.
    pub(super) fn take<T>(
        &mut self,
        name: &Name,
        wanted: Wanted,
        resolved: Resolved<T>,
        known: impl FnOnce() -> Known,
    ) -> Option<T> {
        let (place, text) = (self.file.at(name.span), || name.text.to_string());
        let (value, kind) = match resolved {
            Resolved::Exact(value) => return Some(value),
            Resolved::Spelled(value, want) => (Some(value), LinkFaultKind::Spelling { found: text(), want }),
            Resolved::Wrapped(value, want) => (Some(value), LinkFaultKind::Wrapped { found: text(), want }),
            Resolved::Ambiguous(candidates) => (None, LinkFaultKind::Ambiguous { text: text(), wanted, candidates }),
            Resolved::Unknown if name.well_formed => {
                (None, LinkFaultKind::Unknown { text: text(), wanted, known: known() })
            }
            Resolved::Unknown => (None, LinkFaultKind::Malformed { text: text(), wanted, known: known() }),
        };
        self.fault(place, kind);
        value
    }

    pub(super) fn unit(&mut self, year: &Year<'_>, name: &Name) -> Option<Unit> {
        let known = || year.names.departments.known();
        self.take(name, Wanted::Unit, year.names.unit(&name.text), known)
    }

    pub(super) fn department(&mut self, year: &Year<'_>, name: &Name) -> Option<usize> {
        let known = || year.names.departments.known();
        self.take(name, Wanted::Department, year.names.department(&name.text), known)
    }

    pub(super) fn division(&mut self, year: &Year<'_>, department: usize, name: &Name) -> Option<usize> {
        let known = || year.names.divisions[department].known();
        self.take(name, Wanted::Division, year.names.division(department, &name.text), known)
    }

    pub(super) fn reference(&mut self, year: &Year<'_>, name: &Name) -> Option<usize> {
        let known = || year.names.references.known();
        self.take(name, Wanted::Reference, year.names.references.resolve(&name.text), known)
    }

    pub(super) fn interviewer(&mut self, year: &Year<'_>, name: &Name) -> Option<usize> {
        let known = || year.names.interviewers.known();
        self.take(name, Wanted::Interviewer, year.names.interviewers.resolve(&name.text), known)
    }

    pub(super) fn viewpoint(&mut self, year: &Year<'_>, name: &Name) -> Option<usize> {
        let known = || year.names.viewpoints.known();
        self.take(name, Wanted::Viewpoint, year.names.viewpoints.resolve(&name.text), known)
    }

    /// A name that cannot be looked up here: only its form counts.
    pub(super) fn form(&mut self, name: &Name, wanted: Wanted) {
        if !name.well_formed {
            let kind = LinkFaultKind::Malformed { text: name.text.to_string(), wanted, known: Known::from([]) };
            self.fault(self.file.at(name.span), kind);
        }
    }

    /// A name that must stand in a list exactly.
    pub(super) fn listed(&mut self, name: &Name, wanted: Wanted, list: &Listed) -> bool {
        let resolved = match list.words.get(name.text.as_str()).map(|index| &list.known[*index].0) {
            Some(id) if *id == name.text => Resolved::Exact(()),
            Some(id) => Resolved::Spelled((), id.clone()),
            None => Resolved::Unknown,
        };
        self.take(name, wanted, resolved, || list.known.clone()).is_some()
    }
}

/// A list of ids with their titles.
pub(super) struct Listed {
    known: Known,
    /// The first entry with such an id or title.
    words: HashMap<String, usize>,
}

impl Listed {
    pub(super) fn new(entries: impl Iterator<Item = (String, String)>) -> Listed {
        let known: Known = entries.collect();
        let mut words = HashMap::new();
        for (index, (id, title)) in known.iter().enumerate() {
            words.entry(id.clone()).or_insert(index);
            words.entry(title.clone()).or_insert(index);
        }
        Listed { known, words }
    }
}

/// Joins the names in policy, references, organization and interviews; who meets whom.
pub(super) fn policy_side(year: &Year<'_>, faults: &mut Vec<LinkFault>) -> Vec<Meeting> {
    policy(year, &mut Joiner { file: year.policy_file, holder: None, faults });
    organization(year, &mut Joiner { file: year.organization_file, holder: None, faults });
    if let Some(file) = year.files.references {
        let join = &mut Joiner { file, holder: None, faults };
        for reference in &year.docs.references.references {
            reference.owner.iter().for_each(|owner| _ = join.unit(year, owner));
        }
    }
    let Some(file) = year.files.interviews else { return Vec::new() };
    interviews(year, &mut Joiner { file, holder: None, faults })
}

fn policy(year: &Year<'_>, join: &mut Joiner<'_>) {
    for item in &year.items {
        item.item.references.iter().for_each(|name| _ = join.reference(year, name));
        duty(year, join, &item.item.duty);
        for clause in &item.item.clauses {
            duty(year, join, &clause.duty);
            if clause.id.value.item != item.item.id.value.item {
                let kind = LinkFaultKind::ForeignClause {
                    id: clause.id.value.to_string(),
                    item: item.item.id.value.to_string(),
                };
                join.fault(join.file.at(clause.id.span), kind);
            }
        }
    }
    for leaf in year.leaves.iter().filter(|leaf| !leaf.withdrawn) {
        let item = &year.items[leaf.item].item.duty;
        let own = leaf.clause.map_or(item, |clause| &clause.duty);
        let place = join.file.at(leaf.span);
        if leaf.scope == Scope::AnyDepartment && own.lead.is_empty() && item.lead.is_empty() {
            join.fault(place, LinkFaultKind::NoLead { id: leaf.id.to_string() });
        }
        let allowed = matches!(leaf.answered_by, AnsweredBy::Citation | AnsweredBy::Goal | AnsweredBy::Viewpoint);
        if leaf.scope == Scope::EveryGoal && !allowed {
            let said = own.answered_by.as_ref().or(item.answered_by.as_ref());
            let place = said.map_or(place, |way| join.file.at(way.span));
            join.fault(place, LinkFaultKind::WayNotAllowed { id: leaf.id.to_string(), way: leaf.answered_by.id() });
        }
    }
}

fn duty(year: &Year<'_>, join: &mut Joiner<'_>, duty: &Duty) {
    duty.viewpoint.iter().for_each(|name| _ = join.viewpoint(year, name));
    for name in duty.contact.iter().chain(&duty.partners) {
        join.unit(year, name);
    }
    for name in &duty.lead {
        let Some(unit) = join.unit(year, name) else { continue };
        if year.docs.organization.departments[unit.department].plan != PlanDuty::Required {
            join.fault(join.file.at(name.span), LinkFaultKind::LeadWithoutPlan { text: name.text.to_string() });
        }
    }
}

fn organization(year: &Year<'_>, join: &mut Joiner<'_>) {
    for department in &year.docs.organization.departments {
        let own = department.interviewer.iter();
        for name in own.chain(department.divisions.iter().filter_map(|division| division.interviewer.as_ref())) {
            join.interviewer(year, name);
        }
        // Units of an earlier year.
        department.predecessors.iter().for_each(|name| join.form(name, Wanted::Unit));
    }
}

fn interviews(year: &Year<'_>, join: &mut Joiner<'_>) -> Vec<Meeting> {
    year.docs.interviews.slots.iter().map(|slot| meeting(year, join, slot)).collect()
}

fn meeting(year: &Year<'_>, join: &mut Joiner<'_>, slot: &Slot) -> Meeting {
    let substitute = slot.interviewer.as_ref().map(|name| join.interviewer(year, name));
    let department = slot.department.as_ref().and_then(|name| join.department(year, name));
    let division = slot.division.as_ref().and_then(|name| match department {
        Some(department) => join.division(year, department, name),
        None => {
            join.form(name, Wanted::Division);
            None
        }
    });
    let regular = department.and_then(|department| regular_interviewer(year, department, division));
    Meeting { department, division, regular, interviewer: substitute.unwrap_or(regular) }
}

/// Who interviews a department, or a division that may have its own interviewer.
fn regular_interviewer(year: &Year<'_>, department: usize, division: Option<usize>) -> Option<usize> {
    let department = year.docs.organization.departments.get(department)?;
    let own = division.and_then(|index| department.divisions.get(index)?.interviewer.as_ref());
    let name = own.or(department.interviewer.as_ref())?;
    year.names.interviewers.resolve(&name.text).found()
}
