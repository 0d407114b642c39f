//! The interview papers (面談資料): what goes into the mayor's room.
//!
//! [`build`] turns a judged year into one department's [`Packet`]: facts and finished sentences in
//! plain structs, no format. Nothing that the plan says is left out; what the interviewer needs is
//! put first: counts, three to five questions, decisions wanted.

mod brief;
mod build;
mod changes;
mod cover;
mod facts;
pub(crate) mod front;
pub(crate) mod goals;
pub(crate) mod items;
mod lack;
pub(crate) mod partners;
mod questions;
pub(crate) mod refs;
pub(crate) mod rest;
pub mod words;

pub use brief::{Brief, brief, standing};
pub use build::{Inputs, Options, build, unmet};
pub(crate) use changes::falls_short;
pub use changes::{Submission, since_submission};
pub use facts::{
    ActionFacts, AppendixItem, Audience, BudgetFacts, ChangeFacts, Counts, Cover, CoverEntry, Day, DeclineFacts,
    DepartmentFacts, Extra, FollowUpFacts, Gap, GoalFacts, GoalResult, GoalTurn, HandoverFacts, InformationFacts,
    InterviewFacts, ItemFacts, ItemRef, LastYearFacts, LeafFacts, Location, MeasureFacts, MeasureResult, Packet,
    PartnerCheck, PlanFacts, ProgressFacts, Provenance, Question, QuestionKind, ReformFacts, RequestFacts,
    ResponseFacts, ReviewFacts, SectionFacts, SignerFacts, Standing, State, SubmissionFacts, TimePlan, ViewpointFacts,
    Where,
};
pub(crate) use refs::number;
