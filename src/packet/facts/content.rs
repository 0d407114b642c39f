//! The structs behind page one: items with their answers, goals, and the lists.

use serde::Serialize;

use super::{Day, ItemRef, Location, State};

/// Who reads the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Mayor, vice mayor, superintendent: with boxes for notes.
    Interviewer,
    /// The department, to prepare: with the places to mend.
    Department,
}

impl Audience {
    /// The word on the command line and in file names.
    pub fn id(self) -> &'static str {
        match self {
            Audience::Interviewer => "interviewer",
            Audience::Department => "department",
        }
    }
}

/// What kind of question, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Nothing, or only half an answer, to an item.
    Missing,
    /// Entries on progress lack though their day has passed.
    NoProgress,
    /// Last year's goal was not reached, or this year's is behind.
    Unmet,
    /// Two departments do not say the same.
    Contradiction,
    /// A budget project begins late.
    LateStart,
    /// A goal that cannot be measured well.
    WeakMeasure,
    /// Nothing is wrong: the plan's hardest commitments.
    Commitment,
}

/// Where in the plan an item is answered that no goal or response cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// The direction and the goals' measures.
    Direction,
    /// 検証・分析
    Review,
    /// 情報収集
    Information,
    /// 業務改革
    Reform,
    /// A viewpoint.
    Viewpoint,
    /// The submission itself.
    Submission,
    /// 事務引継ぎ
    Handover,
}

facts! {
    /// A section of the memo.
    SectionFacts {
        /// The mark as printed.
        mark: Option<String>,
        /// The heading.
        heading: String,
        /// Its items.
        items: Vec<ItemFacts>,
    }

    /// An item with its answers.
    ItemFacts {
        /// Its id and mark.
        item: ItemRef,
        /// The mark inside the section.
        mark: Option<String>,
        /// The short title.
        short: String,
        /// The memo's words, joined.
        text: String,
        /// How the department stands to it.
        state: State,
        /// True when it must answer.
        must: bool,
        /// True for an item of standing instructions only.
        standing: bool,
        /// Since when the wording is new.
        amended: Option<Day>,
        /// The day on which it was withdrawn.
        withdrawn: Option<Day>,
        /// Its clauses, or itself.
        leaves: Vec<LeafFacts>,
        /// 【部の方針】
        responses: Vec<ResponseFacts>,
        /// Goals that cite it, by id and title.
        goals: Vec<(String, String)>,
        /// 非該当
        declines: Vec<DeclineFacts>,
    }

    /// A clause, or an item without clauses.
    LeafFacts {
        /// Its id and mark.
        item: ItemRef,
        /// ア, イ, …
        letter: Option<char>,
        /// The clause's words.
        quote: Option<String>,
        /// How the department stands to it.
        state: State,
        /// True when it must answer.
        must: bool,
        /// True when the answer is older than the wording.
        stale: bool,
        /// True for a standing instruction.
        standing: bool,
        /// Where it is answered, unless by goals and responses.
        answered_in: Option<Where>,
    }

    /// An answer in words.
    ResponseFacts {
        /// What it answers.
        cites: Vec<ItemRef>,
        /// The answer.
        text: String,
        /// The day of a second look.
        reviewed: Option<Day>,
    }

    /// A decline.
    DeclineFacts {
        /// The items declined.
        items: Vec<ItemRef>,
        /// Why.
        reason: Option<String>,
        /// Who acts instead.
        handled_by: Option<String>,
        /// Why it does not hold, where it does not.
        fault: Option<String>,
    }

    /// Where things stand.
    ReviewFacts {
        /// What it speaks of.
        subjects: Vec<String>,
        /// How far it is.
        status: Option<String>,
        /// Why it is so.
        analysis: Option<String>,
        /// What remains.
        remaining: Option<String>,
    }

    /// Information gathered.
    InformationFacts {
        /// From where.
        source: Option<String>,
        /// When.
        date: Option<Day>,
        /// What was learnt.
        finding: Option<String>,
        /// Which goals use it.
        goals: Vec<String>,
    }

    /// A reform.
    ReformFacts {
        /// What changes.
        what: Option<String>,
        /// Before.
        before: Option<String>,
        /// After.
        after: Option<String>,
        /// The work that stops.
        stops: Option<String>,
        /// Which goals.
        goals: Vec<String>,
    }

    /// A viewpoint.
    ViewpointFacts {
        /// Its name.
        label: String,
        /// Goal id, goal title, its words.
        goals: Vec<(String, String, Option<String>)>,
    }

    /// One partnership, from both sides.
    PartnerCheck {
        /// The other department.
        department: String,
        /// Our goals that name it.
        ours: Vec<String>,
        /// Its goals that we list under `supports`.
        we_support: Vec<String>,
        /// Its goals that name us.
        theirs: Vec<String>,
        /// Our goals that it lists under `supports`.
        they_support: Vec<String>,
        /// False where its plan cannot be looked at.
        known: bool,
        /// Our goals that it does not answer.
        unmet_ours: Vec<String>,
        /// Its goals that we do not answer.
        unmet_theirs: Vec<String>,
        /// The first of ours that it does not answer, else where ours would name it.
        place: Option<Location>,
    }

    /// A handover.
    HandoverFacts {
        /// The post.
        post: Option<String>,
        /// Who leaves.
        predecessor: Option<String>,
        /// Who comes.
        successor: Option<String>,
        /// The day of the advance notice.
        notified: Option<Day>,
        /// The day on which it was complete.
        completed: Option<Day>,
        /// Why none is needed.
        not_needed: Option<String>,
        /// Matters still open.
        open_matters: Vec<String>,
    }

    /// What an interview asked for.
    FollowUpFacts {
        /// Its id.
        id: String,
        /// What.
        what: String,
        /// The division in charge.
        division: Option<String>,
        /// By when.
        by: Option<Day>,
        /// When it was done.
        done_on: Option<Day>,
    }

    /// An item or clause that is missing or half there.
    Gap {
        /// Which.
        item: ItemRef,
        /// The item's short title.
        short: String,
        /// The clause's words.
        quote: Option<String>,
        /// Missing, partial or unreadable.
        state: State,
        /// What is lacking.
        lack: String,
        /// Where to write.
        place: Option<Location>,
    }

    /// The wording of an item.
    AppendixItem {
        /// Its id and mark.
        item: ItemRef,
        /// The short title.
        short: String,
        /// The memo's sentences.
        sentences: Vec<String>,
        /// Base and reading of ruby.
        ruby: Vec<(String, String)>,
        /// Letter and words of each clause.
        clauses: Vec<(char, String)>,
        /// Who must answer.
        scope: &'static str,
        /// The departments that lead.
        leads: Vec<String>,
        /// Plans and guidelines that it names.
        references: Vec<String>,
        /// The wording before an amendment.
        was: Option<String>,
    }
}
