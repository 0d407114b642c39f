//! Departments, registered plans and interviews.

use crate::date::{Date, DateTime};
use crate::model::decode::Object;
use crate::model::{Decoder, Name, Text, Val};
use crate::place::Span;
use crate::shape::{INTERVIEWS, ORGANIZATION, REFERENCES};

/// Whether a department writes a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanDuty {
    /// It must.
    #[default]
    Required,
    /// Judged if the file exists.
    Voluntary,
    /// Not in the matrix.
    None,
}

/// Who interviews.
#[derive(Debug, Clone)]
pub struct Interviewer {
    /// Its id.
    pub id: Val<String>,
    /// Mayor, vice mayor, superintendent, ….
    pub title: Option<Text>,
}

/// A division (課).
#[derive(Debug, Clone)]
pub struct Division {
    /// Its id.
    pub id: Val<String>,
    /// Its name.
    pub name: Option<Text>,
    /// Its own interviewer, where it differs from the department's.
    pub interviewer: Option<Name>,
}

/// A department (部等).
#[derive(Debug, Clone)]
pub struct Department {
    /// Its id, and its plan's file name.
    pub id: Val<String>,
    /// Its name.
    pub name: Option<Text>,
    /// One to four characters for column heads.
    pub short: Option<Text>,
    /// 部, 課, 事務局, ….
    pub kind: Option<Text>,
    /// The body it belongs to.
    pub body: Option<Text>,
    /// Whether it writes a plan.
    pub plan: PlanDuty,
    /// Who interviews it.
    pub interviewer: Option<Name>,
    /// The posts of its heads.
    pub heads: Vec<Text>,
    /// Its divisions.
    pub divisions: Vec<Division>,
    /// Departments or divisions of an earlier year.
    pub predecessors: Vec<Name>,
}

impl Department {
    /// Its name, else its id.
    pub fn title(&self) -> &str {
        self.name.as_ref().map_or(&self.id.value, |name| &name.value)
    }

    /// Its short name, else the first four characters of its name.
    pub fn short_title(&self) -> String {
        match &self.short {
            Some(short) => short.value.to_string(),
            None => self.title().chars().take(4).collect(),
        }
    }
}

/// The organization of a year.
#[derive(Debug, Clone, Default)]
pub struct Organization {
    /// The year written inside, if any.
    pub fiscal_year: Option<Val<u16>>,
    /// Who interviews.
    pub interviewers: Vec<Interviewer>,
    /// The departments, in the order in which they are printed.
    pub departments: Vec<Department>,
}

impl Organization {
    /// Decodes `organization.yaml`.
    pub fn decode(d: &mut Decoder<'_>) -> Organization {
        let root = d.root(&ORGANIZATION);
        let interviewers = d.objects(&root, "interviewers").into_iter().filter_map(|o| {
            let title = d.text(&o, "title");
            Some(Interviewer { id: d.own_name(&o, "id")?, title })
        });
        let interviewers = interviewers.collect();
        Organization {
            fiscal_year: d.count(&root, "fiscal_year"),
            interviewers,
            departments: d.objects(&root, "departments").iter().filter_map(|o| department(d, o)).collect(),
        }
    }
}

fn department(d: &mut Decoder<'_>, o: &Object) -> Option<Department> {
    let id = d.own_name(o, "id");
    let plan = d.choice(o, "plan").map_or(PlanDuty::Required, |choice| match choice.value.id {
        "voluntary" => PlanDuty::Voluntary,
        "none" => PlanDuty::None,
        _ => PlanDuty::Required,
    });
    let heads = d.objects(o, "heads").iter().filter_map(|o| d.text(o, "post")).collect();
    let divisions = d.objects(o, "divisions").into_iter().filter_map(|o| {
        let (id, name) = (d.own_name(&o, "id"), d.text(&o, "name"));
        let interviewer = d.name(&o, "interviewer");
        Some(Division { id: id?, name, interviewer })
    });
    let divisions = divisions.collect();
    let (name, short, kind, body) = (d.text(o, "name"), d.text(o, "short"), d.text(o, "kind"), d.text(o, "body"));
    let (interviewer, predecessors) = (d.name(o, "interviewer"), d.names(o, "predecessors"));
    Some(Department { id: id?, name, short, kind, body, plan, interviewer, heads, divisions, predecessors })
}

/// A part of a registered plan.
#[derive(Debug, Clone)]
pub struct ReferenceNode {
    /// Its id.
    pub id: Val<String>,
    /// Its title.
    pub title: Option<Text>,
}

/// A registered plan or guideline.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its id.
    pub id: Val<String>,
    /// Its title.
    pub title: Option<Text>,
    /// A short title.
    pub short: Option<Text>,
    /// The department in charge.
    pub owner: Option<Name>,
    /// Its parts.
    pub nodes: Vec<ReferenceNode>,
}

/// The register of plans and guidelines.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// The year written inside, if any.
    pub fiscal_year: Option<Val<u16>>,
    /// The plans and guidelines.
    pub references: Vec<Reference>,
}

impl References {
    /// Decodes `references.yaml`.
    pub fn decode(d: &mut Decoder<'_>) -> References {
        let root = d.root(&REFERENCES);
        let fiscal_year = d.count(&root, "fiscal_year");
        let references = d.objects(&root, "references").into_iter().filter_map(|o| {
            let id = d.own_name(&o, "id");
            let (title, short, owner) = (d.text(&o, "title"), d.text(&o, "short"), d.name(&o, "owner"));
            let nodes = d.objects(&o, "nodes").into_iter().filter_map(|o| {
                let title = d.text(&o, "title");
                Some(ReferenceNode { id: d.own_name(&o, "id")?, title })
            });
            let nodes = nodes.collect();
            Some(Reference { id: id?, title, short, owner, nodes })
        });
        let references = references.collect();
        References { fiscal_year, references }
    }
}

/// An interview.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Who is interviewed.
    pub department: Option<Name>,
    /// A division with its own interviewer.
    pub division: Option<Name>,
    /// A substitute.
    pub interviewer: Option<Name>,
    /// When it begins, +09:00.
    pub start: Option<Val<DateTime>>,
    /// How long it takes, in minutes.
    pub minutes: Option<Val<u16>>,
    /// Where.
    pub place: Option<Text>,
    /// The posts that attend.
    pub attendees: Vec<Text>,
    /// The day on which it took place.
    pub held: Option<Val<Date>>,
    /// The whole entry.
    pub span: Span,
}

/// Minutes of an interview whose length is not given.
pub const USUAL_MINUTES: u16 = 30;

impl Slot {
    /// Its beginning and end, in minutes of all time; nothing without a beginning.
    pub fn minutes_of_time(&self) -> Option<std::ops::Range<i64>> {
        let start = self.start.as_ref()?.value;
        let from = start.date.ordinal() * 24 * 60 + i64::from(start.minute);
        let length = self.minutes.as_ref().map_or(USUAL_MINUTES, |minutes| minutes.value);
        Some(from..from + i64::from(length))
    }

    /// The day on which it took place, else the day set for it.
    pub fn day(&self) -> Option<Date> {
        self.held.as_ref().map(|day| day.value).or(self.start.as_ref().map(|start| start.value.date))
    }

    /// Where people find it: its beginning, else its department, else the entry's beginning.
    pub fn handle(&self) -> Span {
        let start = self.start.as_ref().map(|start| start.span);
        start.or(self.department.as_ref().map(|name| name.span)).unwrap_or(Span::at(self.span.start as usize))
    }
}

/// The interviews of a year.
#[derive(Debug, Clone, Default)]
pub struct Interviews {
    /// The year written inside, if any.
    pub fiscal_year: Option<Val<u16>>,
    /// First day of the window.
    pub from: Option<Val<Date>>,
    /// Last day of the window.
    pub to: Option<Val<Date>>,
    /// The slots.
    pub slots: Vec<Slot>,
}

impl Interviews {
    /// Decodes `interviews.yaml`.
    pub fn decode(d: &mut Decoder<'_>) -> Interviews {
        let root = d.root(&INTERVIEWS);
        let window = d.object(&root, "window");
        let mut day = |key: &str| window.as_ref().and_then(|o| d.date(o, key));
        let (from, to) = (day("from"), day("to"));
        let slots = d.objects(&root, "slots").into_iter().map(|o| Slot {
            department: d.name(&o, "department"),
            division: d.name(&o, "division"),
            interviewer: d.name(&o, "interviewer"),
            start: d.date_time(&o, "start"),
            minutes: d.count(&o, "minutes"),
            place: d.text(&o, "place"),
            attendees: d.texts(&o, "attendees"),
            held: d.date(&o, "held"),
            span: o.span,
        });
        let slots = slots.collect();
        Interviews { fiscal_year: d.count(&root, "fiscal_year"), from, to, slots }
    }
}
