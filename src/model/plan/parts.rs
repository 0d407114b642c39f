//! The parts of a plan besides its goals: heads, handover, review, answers in words, requests.

use crate::date::Date;
use crate::ids::{Cite, GoalId, GoalRef};
use crate::model::decode::Object;
use crate::model::plan::record::record;
use crate::model::{Decoder, Name, Subject, Text, Val};
use crate::place::Span;

record! {
    /// A head who signs the plan.
    Signer {
        /// The post.
        post: Option<Text> = text("post"),
        /// The name, once official.
        name: Option<Text> = text("name"),
        /// The day of taking the post.
        since: Option<Val<Date>> = date("since"),
        /// The day of leaving within the year.
        until: Option<Val<Date>> = date("until"),
    }
}

record! {
    /// A handover after a transfer (item 5-2).
    HandoverRecord {
        /// The post handed over.
        post: Option<Text> = text("post"),
        /// Who leaves.
        predecessor: Option<Text> = text("predecessor"),
        /// Who comes.
        successor: Option<Text> = text("successor"),
        /// The day of the advance notice.
        notified: Option<Val<Date>> = date("notified"),
        /// The day on which it was complete.
        completed: Option<Val<Date>> = date("completed"),
        /// Why none is needed.
        not_needed: Option<Text> = text("not_needed"),
        /// Matters still open.
        open_matters: Vec<Text> = texts("open_matters"),
    }
}

record! {
    /// Where things stand and why (item 0-2).
    ReviewEntry {
        /// Items, clauses or last year's goals spoken of.
        items: Vec<Val<Subject>> = subjects("items"),
        /// This year's goals spoken of.
        goals: Vec<Val<GoalRef>> = goals("goals"),
        /// How far it is.
        status: Option<Text> = text("status"),
        /// Why it is so.
        analysis: Option<Text> = text("analysis"),
        /// What remains.
        remaining: Option<Text> = text("remaining"),
    }
}

record! {
    /// Information gathered (item 0-2).
    Information {
        /// Where it came from.
        source: Option<Text> = text("source"),
        /// When.
        date: Option<Val<Date>> = date("date"),
        /// What was learnt.
        finding: Option<Text> = text("finding"),
        /// The goals that use it.
        goals: Vec<Val<GoalRef>> = goals("goals"),
    }
}

record! {
    /// A change in how the work is done (item 0-2).
    Reform {
        /// What changes.
        what: Option<Text> = text("what"),
        /// Before.
        before: Option<Text> = text("before"),
        /// After.
        after: Option<Text> = text("after"),
        /// The work that stops.
        stops: Option<Text> = text("stops"),
        /// The goals concerned.
        goals: Vec<Val<GoalRef>> = goals("goals"),
    }
}

record! {
    /// An answer in words (部の方針).
    Response {
        /// What it answers.
        cites: Vec<Val<Cite>> = cites("cites"),
        /// Who does what.
        text: Option<Text> = text("text"),
        /// The day of a second look after an amendment.
        reviewed: Option<Val<Date>> = date("reviewed"),
    }
}

record! {
    /// Items that are not this department's (非該当).
    Decline {
        /// Which.
        items: Vec<Val<Cite>> = cites("items"),
        /// Why.
        reason: Option<Text> = text("reason"),
        /// Who acts instead.
        handled_by: Option<Name> = name("handled_by"),
    }
}

record! {
    /// A decision wanted at the interview.
    Request {
        /// What is to be decided.
        what: Option<Text> = text("what"),
        /// By when.
        by: Option<Val<Date>> = date("by"),
    }
}

record! {
    /// What an interview asked for.
    FollowUp {
        /// Its id.
        id: Option<Val<GoalId>> = goal_id("id"),
        /// What.
        what: Option<Text> = text("what"),
        /// The division in charge.
        division: Option<Name> = name("division"),
        /// By when.
        by: Option<Val<Date>> = date("by"),
        /// When it was done.
        done_on: Option<Val<Date>> = date("done_on"),
    }
}
