//! The papers for a successor (引継書): what was promised to whom, where each goal stands, what is
//! open, which days lie ahead, what changed and why.
//!
//! [`build`] turns a judged year and the notes of its history into one department's [`Handover`]:
//! plain structs, no format. Of a transfer that is not in force yet no name is in them.

mod build;
mod checklist;
mod dates;
mod facts;
mod matters;
mod promises;
mod records;

pub use build::{Options, build, posts};
pub use facts::{
    Change, CitedItem, DateAhead, DateKind, GoalState, Handover, OpenMatter, Past, Promise, PromisedTo, Record, Source,
    Step, When,
};
