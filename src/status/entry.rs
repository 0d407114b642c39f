//! One department.

use crate::city::year::{PlanState, Year};
use crate::coverage::Summary;
use crate::date::Date;
use crate::finding::Finding;
use crate::lang::{Bi, Lang, bi};
use crate::model::{Goal, Level, Plan, Status, Text};
use crate::packet::words::badness;
use crate::packet::{Gap, GoalFacts, Inputs, InterviewFacts, Location, brief};
use crate::place::Place;
use crate::rules::Lacking;

/// The states of progress, in the order in which they are told.
pub const STATES: [&str; 7] = ["not_started", "on_track", "behind", "achieved", "partly", "unmet", "stopped"];

/// How far a plan has come, for people who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanStatus {
    /// There is none.
    Missing,
    /// It cannot be read.
    Unreadable,
    /// It does not say.
    Unstated,
    /// Being written.
    Draft,
    /// Handed in.
    Submitted,
    /// Settled after the interview.
    Settled,
}

impl PlanStatus {
    /// Every state, in the order in which they are told.
    pub const ALL: [PlanStatus; 6] = [
        PlanStatus::Settled,
        PlanStatus::Submitted,
        PlanStatus::Draft,
        PlanStatus::Unstated,
        PlanStatus::Missing,
        PlanStatus::Unreadable,
    ];

    pub(super) fn of(state: PlanState, plan: Option<&Plan>) -> PlanStatus {
        match (state, plan.map(|plan| plan.status.as_ref().map(|status| status.value))) {
            (PlanState::Missing, _) => PlanStatus::Missing,
            (PlanState::Unreadable, _) | (_, None) => PlanStatus::Unreadable,
            (_, Some(None)) => PlanStatus::Unstated,
            (_, Some(Some(Status::Draft))) => PlanStatus::Draft,
            (_, Some(Some(Status::Submitted))) => PlanStatus::Submitted,
            (_, Some(Some(Status::Settled))) => PlanStatus::Settled,
        }
    }

    /// The word in machine formats.
    pub fn id(self) -> &'static str {
        match self {
            PlanStatus::Missing => "missing",
            PlanStatus::Unreadable => "unreadable",
            PlanStatus::Unstated => "unstated",
            PlanStatus::Draft => "draft",
            PlanStatus::Submitted => "submitted",
            PlanStatus::Settled => "settled",
        }
    }

    /// The words people see.
    pub fn name(self) -> Bi {
        match self {
            PlanStatus::Missing => bi("計画なし", "no plan"),
            PlanStatus::Unreadable => bi("読取不可", "unreadable"),
            PlanStatus::Unstated => bi("状態なし", "not stated"),
            PlanStatus::Draft => bi("下書き", "draft"),
            PlanStatus::Submitted => bi("提出済み", "submitted"),
            PlanStatus::Settled => bi("確定", "settled"),
        }
    }
}

/// Where one department stands.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Index into the year's departments.
    pub department: usize,
    /// Its plan.
    pub state: PlanStatus,
    /// Findings that must be mended.
    pub errors: usize,
    /// Findings worth a look.
    pub warnings: usize,
    /// What a draft still lacks.
    pub unfinished: usize,
    /// What it must answer, and does.
    pub summary: Summary,
    /// Its own slot first, then those of its divisions.
    pub interviews: Vec<InterviewFacts>,
    /// What it must answer and does not, or only in part.
    pub gaps: Vec<Gap>,
    /// What interviews asked for and is not done.
    pub follow_ups: Vec<FollowUp>,
    /// How many goals it has.
    pub goals: usize,
    /// Goals by the state of their newest entry, in the order of [`STATES`].
    pub progress: [usize; STATES.len()],
    /// The goals of whose progress something is known, the worst first.
    pub told: Vec<GoalFacts>,
    /// Goals that are not as they should be.
    pub slow: Vec<Slow>,
    /// Entries on progress that lack though their day has passed.
    pub overdue: Vec<OverdueEntry>,
}

/// What an interview asked for and is not done.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// Its id.
    pub id: String,
    /// What.
    pub what: String,
    /// The division in charge, as written.
    pub division: Option<String>,
    /// By when.
    pub by: Option<Date>,
    /// True when that day has passed.
    pub overdue: bool,
    /// Where it stands.
    pub place: Option<Location>,
}

/// A goal whose newest entry says that it is behind, unmet, partly met or stopped.
#[derive(Debug, Clone)]
pub struct Slow {
    /// Its id.
    pub goal: String,
    /// Its title.
    pub title: String,
    /// The state.
    pub state: &'static str,
    /// Where it stands.
    pub place: Option<Location>,
}

/// An entry on progress that lacks.
#[derive(Debug, Clone)]
pub struct OverdueEntry {
    /// The goal's id.
    pub goal: String,
    /// Its title.
    pub title: String,
    /// The period's name.
    pub period: String,
    /// When it was due.
    pub due: Date,
    /// Where the goal stands.
    pub place: Option<Location>,
}

impl OverdueEntry {
    pub(super) fn new(year: &Year<'_>, entry: &Lacking<'_>, place: Place) -> OverdueEntry {
        OverdueEntry {
            goal: entry.goal.id().to_owned(),
            title: entry.goal.name().to_owned(),
            period: entry.period.title().to_owned(),
            due: entry.due,
            place: Some(location(year, place)),
        }
    }
}

fn location(year: &Year<'_>, place: Place) -> Location {
    Location { path: year.city.file(place.file).path.clone(), line: year.city.position(place).line }
}

impl Entry {
    /// How much is in the way of an interview: leaves without a full answer, and a plan that is not
    /// there or cannot be read.
    pub fn lacks(&self) -> usize {
        let absent = matches!(self.state, PlanStatus::Missing | PlanStatus::Unreadable);
        self.summary.missing + self.summary.partial + self.summary.unreadable + self.errors + usize::from(absent)
    }

    /// How many things are not done though their day has passed.
    pub fn late(&self) -> usize {
        self.overdue.len() + self.follow_ups.iter().filter(|entry| entry.overdue).count()
    }
}

pub(super) fn entry(inputs: Inputs<'_>, findings: &[&Finding], overdue: Vec<OverdueEntry>, lang: Lang) -> Entry {
    let Inputs { year, coverage, department, .. } = inputs;
    let own = &year.departments[department];
    let mine = findings.iter().filter(|finding| finding.department.as_deref() == Some(own.id()));
    let (mut errors, mut warnings, mut unfinished) = (0, 0, 0);
    for finding in mine {
        match finding.level {
            Level::Error => errors += 1,
            Level::Warning => warnings += 1,
            _ => unfinished += usize::from(finding.unfinished),
        }
    }
    let brief = brief(inputs, lang);
    let plan = own.plan;
    let mut progress = [0; STATES.len()];
    let mut slow = Vec::new();
    for goal in plan.map(|plan| plan.goals.as_slice()).unwrap_or_default() {
        let Some(state) = newest(goal, year.day) else { continue };
        if let Some(at) = STATES.iter().position(|known| *known == state) {
            progress[at] += 1;
        }
        if matches!(state, "behind" | "partly" | "unmet" | "stopped") {
            let place = own.at(goal.handle()).map(|place| location(year, place));
            slow.push(Slow { goal: goal.id().to_owned(), title: goal.name().to_owned(), state, place });
        }
    }
    let mut told = brief.goals;
    told.retain(|goal| goal.progress.iter().any(|entry| !entry.ahead));
    told.sort_by_key(|goal| badness(goal.state));
    Entry {
        department,
        state: PlanStatus::of(own.state, plan),
        errors,
        warnings,
        unfinished,
        summary: Summary::of_department(&coverage.leaves, department),
        interviews: brief.interviews,
        gaps: brief.gaps,
        follow_ups: follow_ups(year, department),
        goals: plan.map_or(0, |plan| plan.goals.len()),
        progress,
        told,
        slow,
        overdue,
    }
}

/// The state of a goal's newest entry on a day.
pub fn newest(goal: &Goal, today: Date) -> Option<&'static str> {
    goal.newest(today)?.state.as_ref().map(|state| state.value.id)
}

fn follow_ups(year: &Year<'_>, department: usize) -> Vec<FollowUp> {
    let own = &year.departments[department];
    let entries = own.plan.map(|plan| plan.follow_ups.as_slice()).unwrap_or_default();
    let open = entries.iter().filter(|entry| entry.done_on.is_none());
    open.map(|entry| {
        let by = entry.by.as_ref().map(|by| by.value);
        let division = entry.division.as_ref().map(|name| {
            let found = year.names.division(own.index, &name.text).found();
            found.map_or_else(|| name.text.to_string(), |at| year.names.divisions[own.index].entries()[at].1.clone())
        });
        FollowUp {
            id: entry.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default(),
            what: entry.what.as_ref().map(Text::joined).unwrap_or_default(),
            division,
            by,
            overdue: by.is_some_and(|by| by < year.day),
            place: own.at(entry.span).map(|place| location(year, place)),
        }
    })
    .collect()
}
