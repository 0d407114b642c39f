//! Files as plain structs, decoded by hand from the tree, with a place for each value that a rule
//! can name. All shape errors of a file are found in one go.

mod decode;
mod fault;
mod numberlike;
mod organization;
mod plan;
mod policy;
mod settings;
mod values;

pub use decode::Decoder;
pub use fault::{Found, ShapeFault, ShapeFaultKind};
pub use numberlike::{MAX_DIGITS, canonical_number, is_canonical_number, is_number_like, would_be_rounded};
pub use organization::{
    Department, Division, Interviewer, Interviews, Organization, PlanDuty, Reference, ReferenceNode, References, Slot,
    USUAL_MINUTES,
};
pub use plan::{
    Action, Actual, Budget, Decline, FollowUp, Goal, GoalReference, HandoverRecord, Information, Measure, Plan, Point,
    Progress, Reform, Request, Response, ReviewEntry, Signer, Status, Subject,
};
pub use policy::{Amendment, AnsweredBy, Clause, Duty, Item, Policy, Scope, Section, Viewpoint};
pub use settings::{Level, Period, Settings};
pub use values::{Name, Text, Val, Words, blank_to_people, has_placeholder, is_placeholder};
