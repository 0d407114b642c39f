//! The structs of a day's cover.

use serde::Serialize;

use super::{
    Audience, Counts, Day, DepartmentFacts, FollowUpFacts, InterviewFacts, Provenance, Question, RequestFacts,
};

facts! {
    /// The interviews of one day, in their order.
    Cover {
        /// Version of this structure.
        schema_version: u32,
        /// Who reads it.
        audience: Audience,
        /// The city's name.
        city: Option<String>,
        /// The fiscal year.
        fiscal_year: u16,
        /// The day.
        on: Day,
        /// True where a plan is an example.
        example: bool,
        /// The interviews.
        entries: Vec<CoverEntry>,
        /// Where the contents come from.
        provenance: Provenance,
    }

    /// One interview of the day.
    CoverEntry {
        /// When, where and who.
        interview: InterviewFacts,
        /// The department.
        department: DepartmentFacts,
        /// Status of its plan, or why there is none.
        plan_state: &'static str,
        /// How much is answered.
        counts: Counts,
        /// The questions of its papers.
        questions: Vec<Question>,
        /// Decisions that it wants.
        requests: Vec<RequestFacts>,
        /// What an earlier interview asked for and is not done.
        follow_ups: Vec<FollowUpFacts>,
    }
}
