//! The structs of a packet. Days serialise as ISO, states as their words in machine formats.

use serde::{Serialize, Serializer};

use crate::coverage::CellState;
use crate::date::Date;
use crate::store::git;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// How a department stands to an item or clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State(pub CellState);

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.id())
    }
}

/// Where the contents come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Provenance {
    /// The work tree, over a commit.
    Commit {
        /// The commit, in full.
        commit: String,
        /// Its day.
        date: Day,
        /// Files that differ from it.
        changed: Vec<String>,
    },
    /// A revision asked for by name.
    Revision {
        /// The name as asked for.
        revision: String,
        /// The commit, in full.
        commit: String,
        /// Its day.
        date: Day,
    },
    /// A folder without git, or without any commit.
    NotInGit,
}

impl From<Option<git::Provenance>> for Provenance {
    fn from(found: Option<git::Provenance>) -> Provenance {
        match found {
            Some(found) => Provenance::Commit { commit: found.commit, date: Day(found.date), changed: found.changed },
            None => Provenance::NotInGit,
        }
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type,)* }
    )* };
}

mod changes;
mod content;
mod cover;
mod goals;

pub use changes::*;
pub use content::*;
pub use cover::*;
pub use goals::*;

facts! {
    /// One department's interview papers.
    Packet {
        /// Version of this structure.
        schema_version: u32,
        /// Who reads it.
        audience: Audience,
        /// True when the appendix holds every item.
        full: bool,
        /// The city's name.
        city: Option<String>,
        /// The fiscal year.
        fiscal_year: u16,
        /// The day on which the plan was judged.
        day: Day,
        /// The basic policy's title.
        policy_title: Option<String>,
        /// Who is interviewed.
        department: DepartmentFacts,
        /// Its plan as a document.
        plan: PlanFacts,
        /// The department's slot first, then those of its divisions.
        interviews: Vec<InterviewFacts>,
        /// The mission in a sentence.
        mission: Option<String>,
        /// How much is answered.
        counts: Counts,
        /// Three to five questions.
        questions: Vec<Question>,
        /// Decisions that the department wants.
        requests: Vec<RequestFacts>,
        /// What to do when something happens.
        standing: Vec<Standing>,
        /// How the time is spent.
        time_plan: TimePlan,
        /// 運営方針
        direction: Option<String>,
        /// The memo, with the answers.
        sections: Vec<SectionFacts>,
        /// Responses that cite nothing of this year's memo.
        other_responses: Vec<ResponseFacts>,
        /// Declines that name nothing of this year's memo.
        other_declines: Vec<DeclineFacts>,
        /// The goals in full.
        goals: Vec<GoalFacts>,
        /// Entries on progress that lack though their day has passed.
        progress_overdue: Vec<OverdueFacts>,
        /// 検証・分析
        review: Vec<ReviewFacts>,
        /// 情報収集
        information: Vec<InformationFacts>,
        /// 業務改革
        reform: Vec<ReformFacts>,
        /// The viewpoints, goal by goal.
        viewpoints: Vec<ViewpointFacts>,
        /// Until when a budget project begins early.
        early_start_until: Option<Day>,
        /// 庁内連携, from both sides.
        partners: Vec<PartnerCheck>,
        /// 事務引継ぎ
        handover: Vec<HandoverFacts>,
        /// 宿題
        follow_ups: Vec<FollowUpFacts>,
        /// What became of last year's goals; none where last year is not in the folder.
        last_year: Option<LastYearFacts>,
        /// What changed since the plan was handed in ([`crate::packet::since_submission`]); none where the
        /// history was not asked or does not tell.
        since_submission: Option<SubmissionFacts>,
        /// The city's own columns.
        extra: Vec<Extra>,
        /// What is missing or half there.
        gaps: Vec<Gap>,
        /// What the rules found, one a line.
        findings: Vec<String>,
        /// Wording of items.
        appendix: Vec<AppendixItem>,
        /// Where the contents come from.
        provenance: Provenance,
    }

    /// Who is interviewed.
    DepartmentFacts {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Its body, where it is not the mayor's.
        body: Option<String>,
    }

    /// The plan as a document.
    PlanFacts {
        /// Its file.
        path: Option<String>,
        /// `ok` `draft` `missing` `unreadable`
        state: &'static str,
        /// `draft` `submitted` `settled`
        status: Option<&'static str>,
        /// True for a fictitious example.
        example: bool,
        /// When it was written.
        written: Option<Day>,
        /// When it was handed in.
        submitted: Option<Day>,
        /// The heads.
        signers: Vec<SignerFacts>,
    }

    /// A head who signs.
    SignerFacts {
        /// The post.
        post: Option<String>,
        /// The name.
        name: Option<String>,
        /// Since when.
        since: Option<Day>,
        /// Until when.
        until: Option<Day>,
    }

    /// An interview.
    InterviewFacts {
        /// A division with its own interviewer.
        division: Option<String>,
        /// The day.
        day: Option<Day>,
        /// The time of day, `10:30`.
        clock: Option<String>,
        /// The time of day in words.
        clock_ja: Option<String>,
        /// How long, in minutes.
        minutes: Option<u16>,
        /// Where.
        place: Option<String>,
        /// Who asks.
        interviewer: Option<String>,
        /// True for a substitute.
        substitute: bool,
        /// Who attends.
        attendees: Vec<String>,
        /// The day on which it took place.
        held: Option<Day>,
    }

    /// Leaves that the department must answer, and its declines.
    Counts {
        /// answered + partial + missing + unreadable
        required: usize,
        /// 記載あり
        answered: usize,
        /// 一部記載
        partial: usize,
        /// 非該当
        declined: usize,
        /// 未記載
        missing: usize,
        /// 読取不可
        unreadable: usize,
    }

    /// A place in a file.
    Location {
        /// The file, below the root.
        path: String,
        /// The line, from 1.
        line: u32,
    }

    /// An item or clause as people name it.
    ItemRef {
        /// `3-6-a`
        id: String,
        /// `３(6)ア`
        printed: String,
    }

    /// A question to ask.
    Question {
        /// Which kind.
        kind: QuestionKind,
        /// The items it is about.
        items: Vec<ItemRef>,
        /// The goals it is about.
        goals: Vec<String>,
        /// Why it is asked: what the papers say.
        reason: String,
        /// What to ask.
        ask: String,
        /// Where the department would mend it.
        place: Option<Location>,
    }

    /// A decision wanted.
    RequestFacts {
        /// What is to be decided.
        what: String,
        /// By when.
        by: Option<Day>,
    }

    /// A rule for when something happens.
    Standing {
        /// The clause.
        item: ItemRef,
        /// Its words.
        quote: String,
        /// Whom to turn to.
        contact: Vec<String>,
    }

    /// How the time is spent, in minutes.
    TimePlan {
        /// In all.
        total: u16,
        /// The department explains.
        explanation: u16,
        /// Questions and answers.
        questions: u16,
        /// What is asked for is read back.
        follow_ups: u16,
    }
}
