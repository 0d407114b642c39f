//! The structs of what changed: since the plan was handed in, and since last year.

use serde::Serialize;

use super::Day;
use crate::diff::{FieldChange, What};

facts! {
    /// What changed since the plan was handed in last.
    SubmissionFacts {
        /// The commit that handed it in, in full.
        commit: String,
        /// Its day.
        date: Day,
        /// Why, in the words of that commit.
        subject: String,
        /// What differs now.
        changes: Vec<ChangeFacts>,
    }

    /// One difference.
    ChangeFacts {
        /// The way to the field.
        path: String,
        /// `value` `members` `added` `dropped`
        kind: &'static str,
        /// What it said.
        before: Vec<String>,
        /// What it says.
        after: Vec<String>,
        /// The difference itself, from which words are made.
        #[serde(skip)]
        change: FieldChange,
    }

    /// What became of last year's goals.
    LastYearFacts {
        /// The fiscal year.
        fiscal_year: u16,
        /// Goals of both years: those carried on, those that ended, those that are new.
        goals: Vec<GoalTurn>,
    }

    /// What became of a goal over the turn of the year.
    GoalTurn {
        /// Last year's goal, by id and title.
        before: Option<(String, String)>,
        /// What it reached.
        result: Option<GoalResult>,
        /// This year's goal, by id and title.
        after: Option<(String, String)>,
    }

    /// What a goal had reached by its last entry.
    GoalResult {
        /// Which period.
        period: Option<String>,
        /// As of which day.
        as_of: Option<Day>,
        /// `achieved` `unmet` …
        state: Option<&'static str>,
        /// True where it says unmet, partly or stopped, or an actual falls short of its target.
        short: bool,
        /// Measures with their actuals.
        measures: Vec<MeasureResult>,
        /// Why it was not reached.
        reason: Option<String>,
    }

    /// What a measure had reached.
    MeasureResult {
        /// The measure.
        name: String,
        /// Its target, with its unit.
        target: Option<String>,
        /// Its actual, with its unit.
        actual: Option<String>,
        /// True where the actual falls short of the target.
        short: bool,
    }
}

impl From<FieldChange> for ChangeFacts {
    fn from(change: FieldChange) -> ChangeFacts {
        let kind = match change.what {
            What::Value => "value",
            What::Members => "members",
            What::Added => "added",
            What::Dropped => "dropped",
        };
        let (path, before, after) = (change.path_text(), change.before.clone(), change.after.clone());
        ChangeFacts { path, kind, before, after, change }
    }
}
