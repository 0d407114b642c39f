//! References that lead nowhere, or not by the straight way.

use crate::city::names::Known;
use crate::place::Place;

/// One reference that needs a remark.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkFault {
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub kind: LinkFaultKind,
    /// The goal's id or title, where it stands in a goal.
    pub holder: Option<Place>,
}

/// The kinds.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkFaultKind {
    /// K201: no such item or clause.
    UnknownCite {
        /// The id, in its exact form.
        id: String,
    },
    /// K203 or K204: no such name.
    Unknown {
        /// As written.
        text: String,
        /// What it should name.
        wanted: Wanted,
        /// Ids and titles there are.
        known: Known,
    },
    /// K203 or K204: more than one thing has this name.
    Ambiguous {
        /// As written.
        text: String,
        /// What it should name.
        wanted: Wanted,
        /// The ids that it could mean.
        candidates: Vec<String>,
    },
    /// K106: not the form of an id, and no name either.
    Malformed {
        /// As written.
        text: String,
        /// What it should name.
        wanted: Wanted,
        /// Ids and titles there are.
        known: Known,
    },
    /// K212: understood, but not the exact id.
    Spelling {
        /// As written.
        found: String,
        /// The exact id.
        want: String,
    },
    /// K004: quotes or brackets around an id.
    Wrapped {
        /// As written.
        found: String,
        /// The exact id.
        want: String,
    },
    /// K203: one department suffices, but no lead is named.
    NoLead {
        /// The item or clause.
        id: String,
    },
    /// K203: a lead that writes no plan.
    LeadWithoutPlan {
        /// As written.
        text: String,
    },
    /// K108: `every_goal` cannot be answered this way.
    WayNotAllowed {
        /// The item or clause.
        id: String,
        /// The way.
        way: &'static str,
    },
    /// K204: the clause's id does not begin with its item's.
    ForeignClause {
        /// The clause.
        id: String,
        /// Its item.
        item: String,
    },
}

/// What a name should name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A department.
    Department,
    /// A department or division.
    Unit,
    /// A division of the department.
    Division,
    /// A registered plan.
    Reference,
    /// A part of a registered plan.
    Node,
    /// A viewpoint.
    Viewpoint,
    /// An interviewer.
    Interviewer,
    /// A reporting period.
    Period,
    /// A rating.
    Rating,
    /// A measure of the goal.
    Measure,
    /// A goal.
    Goal,
}

impl Wanted {
    /// True for what K203 speaks of.
    pub fn is_unit(self) -> bool {
        matches!(self, Wanted::Department | Wanted::Unit | Wanted::Division)
    }

    /// What it is called.
    pub fn name(self) -> crate::lang::Bi {
        use crate::lang::bi;
        match self {
            Wanted::Department => bi("部", "department"),
            Wanted::Unit => bi("部又は課", "department or division"),
            Wanted::Division => bi("課", "division"),
            Wanted::Reference => bi("計画・指針", "registered plan"),
            Wanted::Node => bi("計画の区分", "part of the plan"),
            Wanted::Viewpoint => bi("視点", "viewpoint"),
            Wanted::Interviewer => bi("面談者", "interviewer"),
            Wanted::Period => bi("報告の時期", "period"),
            Wanted::Rating => bi("評価", "rating"),
            Wanted::Measure => bi("指標", "measure"),
            Wanted::Goal => bi("目標", "goal"),
        }
    }
}
