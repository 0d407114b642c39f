//! The interview papers (面談資料): what goes into the mayor's room.
//!
//! [`build`] turns a judged year into one department's [`Packet`]: facts and finished sentences in
//! plain structs, no format. Nothing that the plan says is left out; what the interviewer needs is
//! put first: counts, three to five questions, decisions wanted.

mod build;
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

pub use build::{Inputs, Options, build};
pub use facts::{
    ActionFacts, AppendixItem, Audience, BudgetFacts, Counts, Day, DeclineFacts, DepartmentFacts, Extra, FollowUpFacts,
    Gap, GoalFacts, HandoverFacts, InformationFacts, InterviewFacts, ItemFacts, ItemRef, LeafFacts, Location,
    MeasureFacts, Packet, PartnerCheck, PlanFacts, ProgressFacts, Provenance, Question, QuestionKind, ReformFacts,
    RequestFacts, ResponseFacts, ReviewFacts, SectionFacts, SignerFacts, Standing, State, TimePlan, ViewpointFacts,
    Where,
};
