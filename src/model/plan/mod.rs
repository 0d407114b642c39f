//! A department's plan: what it will do, and how it answers the policy.

mod goal;
mod measure;
mod parts;
mod record;

use std::fmt;

use crate::date::Date;
use crate::ids::{self, Cite, GoalRef, Read};
use crate::model::{Decoder, Name, Text, Val};
use crate::place::Span;
use crate::shape::PLAN;

pub use goal::{Action, Actual, Budget, Goal, GoalReference, Progress};
pub use measure::{Measure, Point};
pub use parts::{Decline, FollowUp, HandoverRecord, Information, Reform, Request, Response, ReviewEntry, Signer};

/// How far a plan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Being written.
    Draft,
    /// Handed in.
    Submitted,
    /// Settled after the interview.
    Settled,
}

/// What a review speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An item or clause.
    Cite(Cite),
    /// A goal, usually last year's.
    Goal(GoalRef),
}

impl Subject {
    /// Reads a citation or a goal, whichever the text is.
    pub fn read(text: &str) -> Read<Subject> {
        match ids::read_cite(text) {
            Read::Exact(cite) => Read::Exact(Subject::Cite(cite)),
            Read::Spelled(cite) => Read::Spelled(Subject::Cite(cite)),
            Read::Wrapped(cite) => Read::Wrapped(Subject::Cite(cite)),
            Read::Malformed => match ids::read_goal_ref(text) {
                Read::Exact(goal) => Read::Exact(Subject::Goal(goal)),
                Read::Spelled(goal) => Read::Spelled(Subject::Goal(goal)),
                Read::Wrapped(goal) => Read::Wrapped(Subject::Goal(goal)),
                Read::Malformed => Read::Malformed,
            },
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Cite(cite) => cite.fmt(f),
            Subject::Goal(goal) => goal.fmt(f),
        }
    }
}
/// A plan, with the places of its headings.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The department written inside, if any.
    pub department: Option<Name>,
    /// The year written inside, if any.
    pub fiscal_year: Option<Val<u16>>,
    /// How far it has come.
    pub status: Option<Val<Status>>,
    /// True for a fictitious example.
    pub example: bool,
    /// When it was written.
    pub written: Option<Val<Date>>,
    /// When it was handed in.
    pub submitted: Option<Val<Date>>,
    /// The heads.
    pub signers: Vec<Signer>,
    /// Handovers.
    pub handover: Vec<HandoverRecord>,
    /// The mission.
    pub mission: Option<Text>,
    /// The direction (運営方針).
    pub direction: Option<Text>,
    /// Where things stand.
    pub review: Vec<ReviewEntry>,
    /// Information gathered.
    pub information: Vec<Information>,
    /// Reforms.
    pub reform: Vec<Reform>,
    /// Answers in words.
    pub responses: Vec<Response>,
    /// Items declined.
    pub not_applicable: Vec<Decline>,
    /// Decisions wanted.
    pub requests: Vec<Request>,
    /// What interviews asked for.
    pub follow_ups: Vec<FollowUp>,
    /// Goals of others that name us as partner.
    pub supports: Vec<Val<GoalRef>>,
    /// The city's own columns.
    pub extra: Vec<(Name, Option<Text>)>,
    /// The goals.
    pub goals: Vec<Goal>,
    /// The places of the top-level headings that are there.
    pub keys: Vec<(&'static str, Span)>,
}

impl Plan {
    /// Decodes a plan, or one block of a broken one.
    pub fn decode(d: &mut Decoder<'_>) -> Plan {
        let root = d.root(&PLAN);
        let dates = d.object(&root, "dates");
        let mut day = |key: &str| dates.as_ref().and_then(|o| d.date(o, key));
        let (written, submitted) = (day("written"), day("submitted"));
        let status = d.choice(&root, "status").map(|choice| {
            let value = match choice.value.id {
                "draft" => Status::Draft,
                "settled" => Status::Settled,
                _ => Status::Submitted,
            };
            Val { value, span: choice.span }
        });
        Plan {
            department: d.name(&root, "department"),
            fiscal_year: d.count(&root, "fiscal_year"),
            status,
            example: d.boolean(&root, "example").is_some_and(|example| example.value),
            written,
            submitted,
            signers: d.objects(&root, "signers").iter().map(|o| Signer::decode(d, o)).collect(),
            handover: d.objects(&root, "handover").iter().map(|o| HandoverRecord::decode(d, o)).collect(),
            mission: d.text(&root, "mission"),
            direction: d.text(&root, "direction"),
            review: d.objects(&root, "review").iter().map(|o| ReviewEntry::decode(d, o)).collect(),
            information: d.objects(&root, "information").iter().map(|o| Information::decode(d, o)).collect(),
            reform: d.objects(&root, "reform").iter().map(|o| Reform::decode(d, o)).collect(),
            responses: d.objects(&root, "responses").iter().map(|o| Response::decode(d, o)).collect(),
            not_applicable: d.objects(&root, "not_applicable").iter().map(|o| Decline::decode(d, o)).collect(),
            requests: d.objects(&root, "requests").iter().map(|o| Request::decode(d, o)).collect(),
            follow_ups: d.objects(&root, "follow_ups").iter().map(|o| FollowUp::decode(d, o)).collect(),
            supports: d.goals(&root, "supports"),
            extra: d.map(&root, "extra"),
            goals: d.objects(&root, "goals").iter().map(|o| Goal::decode(d, o)).collect(),
            keys: PLAN.fields.iter().filter_map(|field| Some((field.key, root.key_span(field.key)?))).collect(),
        }
    }

    /// Adds what another block of the same broken file holds.
    pub fn merge(&mut self, other: Plan) {
        self.department = self.department.take().or(other.department);
        self.fiscal_year = self.fiscal_year.take().or(other.fiscal_year);
        self.status = self.status.take().or(other.status);
        self.example |= other.example;
        self.written = self.written.take().or(other.written);
        self.submitted = self.submitted.take().or(other.submitted);
        self.signers.extend(other.signers);
        self.handover.extend(other.handover);
        self.mission = self.mission.take().or(other.mission);
        self.direction = self.direction.take().or(other.direction);
        self.review.extend(other.review);
        self.information.extend(other.information);
        self.reform.extend(other.reform);
        self.responses.extend(other.responses);
        self.not_applicable.extend(other.not_applicable);
        self.requests.extend(other.requests);
        self.follow_ups.extend(other.follow_ups);
        self.supports.extend(other.supports);
        self.extra.extend(other.extra);
        self.goals.extend(other.goals);
        self.keys.extend(other.keys);
    }

    /// The place of a top-level heading, where it is there.
    pub fn key(&self, name: &str) -> Option<Span> {
        self.keys.iter().find(|(key, _)| *key == name).map(|(_, span)| *span)
    }

    /// True while it is being written.
    pub fn is_draft(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value == Status::Draft)
    }

    /// Where to write under a heading: its name, else that of `goals`, else the file's beginning.
    pub fn place_for(&self, name: &str) -> Span {
        self.key(name)
            .or_else(|| self.key("goals"))
            .or_else(|| self.keys.first().map(|(_, span)| *span))
            .unwrap_or_default()
    }
}
