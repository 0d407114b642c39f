//! A department's plan: what it will do, and how it answers the policy.

use std::fmt;

use crate::date::Date;
use crate::ids::{self, Cite, GoalRef, Read};
use crate::model::decode::Object;
use crate::model::{Decoder, Name, Text, Val};
use crate::place::Span;
use crate::shape::{Choice, PLAN};

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

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty = $get:ident($key:literal)),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
            /// The whole entry.
            pub span: Span,
        }

        impl $name {
            fn decode(d: &mut Decoder<'_>, o: &Object) -> $name {
                $(let $field = d.$get(o, $key);)*
                $name { $($field,)* span: o.span }
            }
        }
    };
}

record! {
    /// A head who signs the plan.
    Signer {
        /// The post.
        post: Option<Text> = text("post"),
        /// The name, once official.
        name: Option<Text> = text("name"),
        /// The day of taking the post.
        since: Option<Val<Date>> = date("since"),
        /// The day of leaving within the year.
        until: Option<Val<Date>> = date("until"),
    }
}

record! {
    /// A handover after a transfer (item 5-2).
    HandoverRecord {
        /// The post handed over.
        post: Option<Text> = text("post"),
        /// Who leaves.
        predecessor: Option<Text> = text("predecessor"),
        /// Who comes.
        successor: Option<Text> = text("successor"),
        /// The day of the advance notice.
        notified: Option<Val<Date>> = date("notified"),
        /// The day on which it was complete.
        completed: Option<Val<Date>> = date("completed"),
        /// Why none is needed.
        not_needed: Option<Text> = text("not_needed"),
        /// Matters still open.
        open_matters: Vec<Text> = texts("open_matters"),
    }
}

record! {
    /// Where things stand and why (item 0-2).
    ReviewEntry {
        /// Items, clauses or last year's goals spoken of.
        items: Vec<Val<Subject>> = subjects("items"),
        /// This year's goals spoken of.
        goals: Vec<Val<GoalRef>> = goals("goals"),
        /// How far it is.
        status: Option<Text> = text("status"),
        /// Why it is so.
        analysis: Option<Text> = text("analysis"),
        /// What remains.
        remaining: Option<Text> = text("remaining"),
    }
}

record! {
    /// Information gathered (item 0-2).
    Information {
        /// Where it came from.
        source: Option<Text> = text("source"),
        /// When.
        date: Option<Val<Date>> = date("date"),
        /// What was learnt.
        finding: Option<Text> = text("finding"),
        /// The goals that use it.
        goals: Vec<Val<GoalRef>> = goals("goals"),
    }
}

record! {
    /// A change in how the work is done (item 0-2).
    Reform {
        /// What changes.
        what: Option<Text> = text("what"),
        /// Before.
        before: Option<Text> = text("before"),
        /// After.
        after: Option<Text> = text("after"),
        /// The work that stops.
        stops: Option<Text> = text("stops"),
        /// The goals concerned.
        goals: Vec<Val<GoalRef>> = goals("goals"),
    }
}

record! {
    /// An answer in words (部の方針).
    Response {
        /// What it answers.
        cites: Vec<Val<Cite>> = cites("cites"),
        /// Who does what.
        text: Option<Text> = text("text"),
        /// The day of a second look after an amendment.
        reviewed: Option<Val<Date>> = date("reviewed"),
    }
}

record! {
    /// Items that are not this department's (非該当).
    Decline {
        /// Which.
        items: Vec<Val<Cite>> = cites("items"),
        /// Why.
        reason: Option<Text> = text("reason"),
        /// Who acts instead.
        handled_by: Option<Name> = name("handled_by"),
    }
}

record! {
    /// A decision wanted at the interview.
    Request {
        /// What is to be decided.
        what: Option<Text> = text("what"),
        /// By when.
        by: Option<Val<Date>> = date("by"),
    }
}

record! {
    /// What an interview asked for.
    FollowUp {
        /// Its id.
        id: Option<Val<String>> = goal_id("id"),
        /// What.
        what: Option<Text> = text("what"),
        /// The division in charge.
        division: Option<Name> = name("division"),
        /// By when.
        by: Option<Val<Date>> = date("by"),
        /// When it was done.
        done_on: Option<Val<Date>> = date("done_on"),
    }
}

record! {
    /// A higher plan that a goal rests on.
    GoalReference {
        /// The registered plan.
        id: Option<Name> = name("id"),
        /// A part of it.
        node: Option<Name> = name("node"),
        /// The place in it.
        at: Option<Text> = text("at"),
    }
}

record! {
    /// A step with a date.
    Action {
        /// What is done.
        what: Option<Text> = text("what"),
        /// By when.
        by: Option<Val<Date>> = date("by"),
    }
}

record! {
    /// A budget project (item 3-8).
    Budget {
        /// The project.
        project: Option<Text> = text("project"),
        /// Thousands of yen.
        thousand_yen: Option<Val<f64>> = number("thousand_yen"),
        /// When it begins.
        start: Option<Val<Date>> = date("start"),
        /// Why it begins late.
        late_reason: Option<Text> = text("late_reason"),
    }
}

record! {
    /// What was reached of a measure.
    Actual {
        /// The measure's name.
        measure: Option<Name> = name("measure"),
        /// The number.
        value: Option<Val<f64>> = number("value"),
        /// Or a state in words.
        state: Option<Text> = text("state"),
    }
}

/// A baseline or a target: a number or a state in words, and its day.
#[derive(Debug, Clone)]
pub struct Point {
    /// The number.
    pub value: Option<Val<f64>>,
    /// Or a state in words.
    pub state: Option<Text>,
    /// As of when, or by when.
    pub day: Option<Val<Date>>,
    /// The whole entry.
    pub span: Span,
}

impl Point {
    fn decode(d: &mut Decoder<'_>, o: &Object, day: &str) -> Point {
        Point { value: d.number(o, "value"), state: d.text(o, "state"), day: d.date(o, day), span: o.span }
    }

    /// True when it says something.
    pub fn is_told(&self) -> bool {
        self.value.is_some() || self.state.as_ref().is_some_and(|state| state.says().is_some())
    }
}

/// How success is measured.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What is measured.
    pub name: Option<Text>,
    /// Outcome or output.
    pub kind: Option<Val<&'static Choice>>,
    /// The unit.
    pub unit: Option<Text>,
    /// Which direction is good; higher unless said.
    pub better: Option<Val<&'static Choice>>,
    /// For a running total over years.
    pub counted_from: Option<Val<Date>>,
    /// Where it stands.
    pub baseline: Option<Point>,
    /// Where it shall be.
    pub target: Option<Point>,
    /// The whole entry.
    pub span: Span,
}

impl Measure {
    fn decode(d: &mut Decoder<'_>, o: &Object) -> Measure {
        let (name, kind, unit, better) =
            (d.text(o, "name"), d.choice(o, "kind"), d.text(o, "unit"), d.choice(o, "better"));
        let counted_from = d.date(o, "counted_from");
        let baseline = d.object(o, "baseline").map(|o| Point::decode(d, &o, "at"));
        let target = d.object(o, "target").map(|o| Point::decode(d, &o, "by"));
        Measure { name, kind, unit, better, counted_from, baseline, target, span: o.span }
    }

    /// True when the measure has a name and a target that say something.
    pub fn is_told(&self) -> bool {
        self.name.as_ref().is_some_and(|name| name.says().is_some()) && self.target.as_ref().is_some_and(Point::is_told)
    }
}

/// How far a goal is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Which period.
    pub period: Option<Name>,
    /// As of which day.
    pub as_of: Option<Val<Date>>,
    /// On track, behind, ….
    pub state: Option<Val<&'static Choice>>,
    /// The city's rating.
    pub rating: Option<Name>,
    /// Actuals by measure.
    pub actuals: Vec<Actual>,
    /// Why it is behind.
    pub reason: Option<Text>,
    /// What comes next.
    pub next: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

impl Progress {
    fn decode(d: &mut Decoder<'_>, o: &Object) -> Progress {
        Progress {
            period: d.name(o, "period"),
            as_of: d.date(o, "as_of"),
            state: d.choice(o, "state"),
            rating: d.name(o, "rating"),
            actuals: d.objects(o, "actuals").iter().map(|o| Actual::decode(d, o)).collect(),
            reason: d.text(o, "reason"),
            next: d.text(o, "next"),
            span: o.span,
        }
    }
}

/// A goal (組織目標).
#[derive(Debug, Clone)]
pub struct Goal {
    /// Its id.
    pub id: Option<Val<String>>,
    /// What is to be achieved.
    pub title: Option<Text>,
    /// The present issue.
    pub issue: Option<Text>,
    /// What changes for citizens.
    pub outcome: Option<Text>,
    /// Last year's goal.
    pub continues: Option<Val<GoalRef>>,
    /// The day of a second look after an amendment.
    pub reviewed: Option<Val<Date>>,
    /// What it answers.
    pub cites: Vec<Val<Cite>>,
    /// The place of `cites`, where it is there.
    pub cites_key: Option<Span>,
    /// The division in charge.
    pub division: Option<Name>,
    /// Who acts with us.
    pub partners: Vec<Name>,
    /// Partners outside the city hall.
    pub outside_partners: Vec<Text>,
    /// Higher plans.
    pub references: Vec<GoalReference>,
    /// Laws it rests on.
    pub legal_basis: Vec<Text>,
    /// Words for each viewpoint.
    pub viewpoints: Vec<(Name, Option<Text>)>,
    /// The place of `viewpoints`, where it is there.
    pub viewpoints_key: Option<Span>,
    /// How success is measured.
    pub measures: Vec<Measure>,
    /// The place of `measures`, where it is there.
    pub measures_key: Option<Span>,
    /// Why there is no measure.
    pub no_measures: Option<Text>,
    /// Steps with dates.
    pub actions: Vec<Action>,
    /// Budget projects.
    pub budget: Vec<Budget>,
    /// Mid-year and year-end entries.
    pub progress: Vec<Progress>,
    /// The city's own columns.
    pub extra: Vec<(Name, Option<Text>)>,
    /// The whole entry.
    pub span: Span,
}

impl Goal {
    fn decode(d: &mut Decoder<'_>, o: &Object) -> Goal {
        let (id, title) = (d.goal_id(o, "id"), d.text(o, "title"));
        d.hold(id.as_ref().map(|id| id.span).or(title.as_ref().map(|title| title.span)));
        let goal = Goal {
            id,
            title,
            issue: d.text(o, "issue"),
            outcome: d.text(o, "outcome"),
            continues: d.past_goal(o, "continues"),
            reviewed: d.date(o, "reviewed"),
            cites: d.cites(o, "cites"),
            cites_key: o.key_span("cites"),
            division: d.name(o, "division"),
            partners: d.names(o, "partners"),
            outside_partners: d.texts(o, "outside_partners"),
            references: d.objects(o, "references").iter().map(|o| GoalReference::decode(d, o)).collect(),
            legal_basis: d.texts(o, "legal_basis"),
            viewpoints: d.map(o, "viewpoints"),
            viewpoints_key: o.key_span("viewpoints"),
            measures: d.objects(o, "measures").iter().map(|o| Measure::decode(d, o)).collect(),
            measures_key: o.key_span("measures"),
            no_measures: d.text(o, "no_measures"),
            actions: d.objects(o, "actions").iter().map(|o| Action::decode(d, o)).collect(),
            budget: d.objects(o, "budget").iter().map(|o| Budget::decode(d, o)).collect(),
            progress: d.objects(o, "progress").iter().map(|o| Progress::decode(d, o)).collect(),
            extra: d.map(o, "extra"),
            span: o.span,
        };
        d.release();
        goal
    }

    /// Its id, else an empty text.
    pub fn id(&self) -> &str {
        self.id.as_ref().map_or("", |id| &id.value)
    }

    /// Its title where it says something.
    pub fn name(&self) -> &str {
        self.title.as_ref().and_then(Text::says).unwrap_or("")
    }

    /// Where people find it: its id, else its title, else the entry's beginning.
    pub fn handle(&self) -> Span {
        let title = self.title.as_ref().map(|title| title.span);
        self.id.as_ref().map(|id| id.span).or(title).unwrap_or(Span::at(self.span.start as usize))
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
