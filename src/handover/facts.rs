//! The structs of a handover; shared ones are those of the interview papers.

use serde::Serialize;

use crate::packet::{Counts, Day, DepartmentFacts, Gap, GoalFacts, ItemRef, PlanFacts, Provenance};

/// To whom something was promised, in the order of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PromisedTo {
    /// Whoever asked for it at the interview.
    Interviewer,
    /// The citizens: what a goal changes for them.
    Citizens,
    /// Another department.
    Department,
    /// A partner outside the city hall.
    Outside,
}

/// Where an open matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The record of the handover.
    Handover,
    /// What an interview asked for.
    FollowUp,
    /// A decision that the department wants.
    Request,
    /// What the review says remains.
    Review,
}

/// What a day ahead is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// An interview.
    Interview,
    /// What an interview asked for is due.
    FollowUp,
    /// A decision is wanted.
    Request,
    /// A step of a goal.
    Action,
    /// A budget project begins.
    Budget,
    /// Progress is to be written down.
    Progress,
    /// A target is to be reached.
    Target,
}

/// When a step of the checklist is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At the advance notice (内示).
    Notice,
    /// Between the notice and the appointment.
    Between,
    /// From the day of the appointment (発令).
    Appointment,
}

/// What the history tells of the plan.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Past {
    /// True where the folder is kept in git.
    pub in_git: bool,
    /// True where only a part of the history is there.
    pub partial: bool,
    /// True where the plan has changes that are not committed.
    pub uncommitted: bool,
    /// Changes of the plan, newest first.
    pub changes: Vec<Change>,
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type,)* }
    )* };
}

facts! {
    /// What a successor in one department needs.
    Handover {
        /// Version of this structure.
        schema_version: u32,
        /// The city's name.
        city: Option<String>,
        /// The fiscal year.
        fiscal_year: u16,
        /// The day on which the plan was judged.
        day: Day,
        /// The basic policy's title.
        policy_title: Option<String>,
        /// The department.
        department: DepartmentFacts,
        /// The posts handed over.
        posts: Vec<String>,
        /// The plan as a document; heads whose appointment is not in force have no name.
        plan: PlanFacts,
        /// The mission in a sentence.
        mission: Option<String>,
        /// How much of the policy is answered.
        counts: Counts,
        /// The handovers.
        records: Vec<Record>,
        /// Matters still open.
        open_matters: Vec<OpenMatter>,
        /// What was promised to whom.
        promises: Vec<Promise>,
        /// The goals, each with its last progress.
        goals: Vec<GoalState>,
        /// Items that the plan answers, and how.
        items: Vec<CitedItem>,
        /// What is missing or half there.
        gaps: Vec<Gap>,
        /// Days from now on, in order.
        dates: Vec<DateAhead>,
        /// What changed during the year, and why.
        past: Past,
        /// From the advance notice to the appointment.
        checklist: Vec<Step>,
        /// Where the contents come from.
        provenance: Provenance,
    }

    /// A handover.
    Record {
        /// The post.
        post: Option<String>,
        /// Who leaves, once it is official.
        predecessor: Option<String>,
        /// Who comes, once it is official.
        successor: Option<String>,
        /// True where names are written that are not official yet.
        withheld: bool,
        /// The day of the advance notice.
        notified: Option<Day>,
        /// The day of the appointment, where a head of this post tells it.
        appointed: Option<Day>,
        /// The day on which it was complete.
        completed: Option<Day>,
        /// Why none is needed.
        not_needed: Option<String>,
    }

    /// A matter still open.
    OpenMatter {
        /// Where it is written.
        source: Source,
        /// What it is about: a post, an item, a goal, the number of a follow-up.
        about: Vec<String>,
        /// What is open.
        what: String,
        /// By when.
        by: Option<Day>,
        /// True when that day is past.
        overdue: bool,
    }

    /// A promise.
    Promise {
        /// To whom.
        to: PromisedTo,
        /// By what name, where there is one.
        name: Option<String>,
        /// What was promised.
        what: String,
        /// The goals it belongs to.
        goals: Vec<String>,
        /// By when.
        by: Option<Day>,
        /// When it was kept.
        done_on: Option<Day>,
        /// Between departments: true when both plans say so; none where that cannot be told.
        agreed: Option<bool>,
    }

    /// A goal and where it stands.
    GoalState {
        /// The goal.
        goal: GoalFacts,
        /// The index of its last progress.
        last: Option<usize>,
        /// True when that progress says behind, partly, unmet or stopped.
        unmet: bool,
    }

    /// An item that the plan answers.
    CitedItem {
        /// Its id and mark.
        item: ItemRef,
        /// Its short title.
        short: String,
        /// Goals that cite it.
        goals: Vec<String>,
        /// How many responses cite it.
        responses: usize,
    }

    /// A day ahead.
    DateAhead {
        /// Which.
        day: Day,
        /// What for.
        kind: DateKind,
        /// The goal it belongs to.
        goal: Option<String>,
        /// What is to be done.
        what: String,
    }

    /// A change of the plan.
    Change {
        /// The commit, in full.
        commit: String,
        /// Its day.
        date: Day,
        /// Why: the first line of its message.
        subject: String,
        /// What it touched.
        touched: Vec<String>,
    }

    /// A step of the checklist.
    Step {
        /// When.
        when: When,
        /// The day, where it is known.
        day: Option<Day>,
        /// What is to be done.
        what: String,
    }
}
