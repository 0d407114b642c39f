//! A goal (組織目標) and what it is made of.

use crate::date::Date;
use crate::ids::{Cite, GoalId, GoalRef};
use crate::model::decode::Object;
use crate::model::plan::measure::Measure;
use crate::model::plan::record::record;
use crate::model::{Decoder, Name, Text, Val};
use crate::nearest::fold;
use crate::place::Span;
use crate::shape::Choice;

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
    pub(super) fn decode(d: &mut Decoder<'_>, o: &Object) -> Progress {
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
    pub id: Option<Val<GoalId>>,
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
    pub(super) fn decode(d: &mut Decoder<'_>, o: &Object) -> Goal {
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

    /// The measure that an actual speaks of, by name.
    pub fn measure_named(&self, name: &str) -> Option<&Measure> {
        let name = fold(name);
        self.measures.iter().find(|measure| measure.name.as_ref().is_some_and(|other| fold(&other.value) == name))
    }

    /// The entries on progress that are known on a day, the oldest first: what is dated after it is
    /// not known yet. Of one day, the one written last is the newest.
    pub fn told_by(&self, day: Date) -> Vec<&Progress> {
        let looked_at = |entry: &Progress| entry.as_of.as_ref().map(|day| day.value);
        let mut told: Vec<&Progress> =
            self.progress.iter().filter(|entry| looked_at(entry).is_none_or(|at| at <= day)).collect();
        told.sort_by_key(|entry| looked_at(entry));
        told
    }

    /// The newest entry known on a day that says how the goal stands.
    pub fn newest(&self, day: Date) -> Option<&Progress> {
        self.told_by(day).into_iter().rfind(|entry| entry.state.is_some())
    }

    /// Where people find it: its id, else its title, else the entry's beginning.
    pub fn handle(&self) -> Span {
        let title = self.title.as_ref().map(|title| title.span);
        self.id.as_ref().map(|id| id.span).or(title).unwrap_or(Span::at(self.span.start as usize))
    }
}
