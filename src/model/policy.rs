//! The basic policy: sections, items, clauses, and who must answer.

use crate::date::{Date, FiscalYear};
use crate::ids::LeafId;
use crate::model::decode::Object;
use crate::model::{Decoder, Name, Text, Val};
use crate::shape::POLICY;

/// Who must answer an item or clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every goal of every department.
    EveryGoal,
    /// Every department.
    EveryDepartment,
    /// At least one department, and each lead.
    AnyDepartment,
    /// A rule for when something happens: printed, never a gap.
    Standing,
}

/// How an item or clause is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnsweredBy {
    /// A goal or a response cites it.
    Citation,
    /// A goal cites it: work, not words.
    Goal,
    /// Each goal has words for the viewpoint.
    Viewpoint,
    /// The plan has a direction and a measured goal.
    Plan,
    /// Each goal is reviewed.
    Review,
    /// Information was gathered.
    Information,
    /// A reform is described.
    Reform,
    /// The plan is submitted for the interview.
    Interview,
    /// Whoever was transferred handed over.
    Handover,
}

impl Scope {
    /// The word in the file.
    pub fn id(self) -> &'static str {
        match self {
            Scope::EveryGoal => "every_goal",
            Scope::EveryDepartment => "every_department",
            Scope::AnyDepartment => "any_department",
            Scope::Standing => "standing",
        }
    }

    fn from_id(id: &str) -> Option<Scope> {
        [Scope::EveryGoal, Scope::EveryDepartment, Scope::AnyDepartment, Scope::Standing]
            .into_iter()
            .find(|s| s.id() == id)
    }
}

impl AnsweredBy {
    const ALL: [AnsweredBy; 9] = [
        AnsweredBy::Citation,
        AnsweredBy::Goal,
        AnsweredBy::Viewpoint,
        AnsweredBy::Plan,
        AnsweredBy::Review,
        AnsweredBy::Information,
        AnsweredBy::Reform,
        AnsweredBy::Interview,
        AnsweredBy::Handover,
    ];

    /// The word in the file.
    pub fn id(self) -> &'static str {
        match self {
            AnsweredBy::Citation => "citation",
            AnsweredBy::Goal => "goal",
            AnsweredBy::Viewpoint => "viewpoint",
            AnsweredBy::Plan => "plan",
            AnsweredBy::Review => "review",
            AnsweredBy::Information => "information",
            AnsweredBy::Reform => "reform",
            AnsweredBy::Interview => "interview",
            AnsweredBy::Handover => "handover",
        }
    }
}

/// What an item says of itself, or a clause of itself; a clause inherits what it does not say.
#[derive(Debug, Clone, Default)]
pub struct Duty {
    /// Who must answer.
    pub scope: Option<Val<Scope>>,
    /// How.
    pub answered_by: Option<Val<AnsweredBy>>,
    /// Which viewpoint.
    pub viewpoint: Option<Name>,
    /// Who must answer where one department suffices.
    pub lead: Vec<Name>,
    /// Whom to turn to when a standing instruction applies.
    pub contact: Vec<Name>,
    /// Who acts with the leads.
    pub partners: Vec<Name>,
    /// True where a department may decline.
    pub may_decline: Option<Val<bool>>,
    /// A change of wording within the year.
    pub amended: Option<Amendment>,
    /// The day on which it was added.
    pub added: Option<Val<Date>>,
    /// The day on which it was withdrawn.
    pub withdrawn: Option<Val<Date>>,
}

/// A change of wording.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// Since when the wording is new.
    pub since: Option<Val<Date>>,
    /// The wording before.
    pub was: Option<Text>,
}

/// A part of an item.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its id.
    pub id: Val<LeafId>,
    /// Words that stand in the item's text.
    pub quote: Option<Text>,
    /// What it says of itself.
    pub duty: Duty,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: Val<LeafId>,
    /// The mark as printed.
    pub mark: Option<Text>,
    /// A short title.
    pub short: Option<Text>,
    /// The memo's own words, one sentence a line.
    pub text: Option<Text>,
    /// Base and reading of each ruby.
    pub ruby: Vec<(Option<Text>, Option<Text>)>,
    /// Plans and guidelines that the text names.
    pub references: Vec<Name>,
    /// What it says of itself.
    pub duty: Duty,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// The whole entry.
    pub span: crate::place::Span,
}

impl Item {
    /// The short title, else the beginning of the text.
    pub fn title(&self) -> String {
        match (&self.short, &self.text) {
            (Some(short), _) => short.value.to_string(),
            (None, Some(text)) => text.joined().chars().take(16).collect(),
            (None, None) => self.id.value.to_string(),
        }
    }
}

/// A section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its number; 0 is the preamble.
    pub number: Option<Val<u16>>,
    /// The mark as printed.
    pub mark: Option<Text>,
    /// Its heading.
    pub heading: Option<Text>,
    /// Its items.
    pub items: Vec<Item>,
}

/// A viewpoint that every goal must answer.
#[derive(Debug, Clone)]
pub struct Viewpoint {
    /// Its id.
    pub id: Val<String>,
    /// Its name.
    pub label: Option<Text>,
}

/// A basic policy.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The year written inside, if any.
    pub fiscal_year: Option<Val<u16>>,
    /// Its title.
    pub title: Option<Text>,
    /// The day of issue.
    pub issued: Option<Val<Date>>,
    /// The issuer's title and name.
    pub issuer: (Option<Text>, Option<Text>),
    /// True once the year is closed.
    pub closed: bool,
    /// The viewpoints.
    pub viewpoints: Vec<Viewpoint>,
    /// The sections.
    pub sections: Vec<Section>,
}

impl Policy {
    /// Decodes `policy.yaml`.
    pub fn decode(d: &mut Decoder<'_>) -> Policy {
        let root = d.root(&POLICY);
        let issuer = d.object(&root, "issuer").map(|o| (d.text(&o, "title"), d.text(&o, "name")));
        let viewpoints = d.objects(&root, "viewpoints").into_iter().filter_map(|o| {
            let label = d.text(&o, "label");
            Some(Viewpoint { id: d.own_name(&o, "id")?, label })
        });
        let viewpoints = viewpoints.collect();
        Policy {
            fiscal_year: d.count(&root, "fiscal_year"),
            title: d.text(&root, "title"),
            issued: d.date(&root, "issued"),
            issuer: issuer.unwrap_or_default(),
            closed: d.boolean(&root, "closed").is_some_and(|closed| closed.value),
            viewpoints,
            sections: d.objects(&root, "sections").iter().map(|o| section(d, o)).collect(),
        }
    }

    /// All items, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The year inside, as a fiscal year.
    pub fn year(&self) -> Option<FiscalYear> {
        self.fiscal_year.as_ref().map(|year| FiscalYear(year.value))
    }
}

fn section(d: &mut Decoder<'_>, o: &Object) -> Section {
    Section {
        number: d.count(o, "number"),
        mark: d.text(o, "mark"),
        heading: d.text(o, "heading"),
        items: d.objects(o, "items").iter().filter_map(|o| item(d, o)).collect(),
    }
}

fn item(d: &mut Decoder<'_>, o: &Object) -> Option<Item> {
    let id = d.leaf_id(o, "id", false);
    d.hold(id.as_ref().map(|id| id.span));
    let ruby = d.objects(o, "ruby").into_iter().map(|o| (d.text(&o, "base"), d.text(&o, "reading"))).collect();
    let item = (
        d.text(o, "mark"),
        d.text(o, "short"),
        d.text(o, "text"),
        d.names(o, "references"),
        duty(d, o),
        d.objects(o, "clauses").iter().filter_map(|o| clause(d, o)).collect(),
    );
    d.release();
    let (mark, short, text, references, duty, clauses) = item;
    Some(Item { id: id?, mark, short, text, ruby, references, duty, clauses, span: o.span })
}

fn clause(d: &mut Decoder<'_>, o: &Object) -> Option<Clause> {
    let id = d.leaf_id(o, "id", true);
    let quote = d.text(o, "quote");
    let duty = duty(d, o);
    Some(Clause { id: id?, quote, duty })
}

fn duty(d: &mut Decoder<'_>, o: &Object) -> Duty {
    let scope = d.choice(o, "scope").and_then(|c| Some(Val { value: Scope::from_id(c.value.id)?, span: c.span }));
    let answered_by = d.choice(o, "answered_by").and_then(|c| {
        let value = AnsweredBy::ALL.into_iter().find(|way| way.id() == c.value.id)?;
        Some(Val { value, span: c.span })
    });
    let amended = d.object(o, "amended").map(|o| Amendment { since: d.date(&o, "since"), was: d.text(&o, "was") });
    Duty {
        scope,
        answered_by,
        viewpoint: d.name(o, "viewpoint"),
        lead: d.names(o, "lead"),
        contact: d.names(o, "contact"),
        partners: d.names(o, "partners"),
        may_decline: d.boolean(o, "may_decline"),
        amended,
        added: d.date(o, "added"),
        withdrawn: d.date(o, "withdrawn"),
    }
}
