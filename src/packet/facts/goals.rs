//! The structs of a goal.

use serde::Serialize;

use super::{Day, ItemRef, Location, MeasureResult};

facts! {
    /// A column of the city's own.
    Extra {
        /// Its name.
        name: String,
        /// Its content.
        value: String,
    }

    /// A goal in full.
    GoalFacts {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// 課題
        issue: Option<String>,
        /// 成果
        outcome: Option<String>,
        /// Last year's goal.
        continues: Option<String>,
        /// True where that was not reached.
        was_short: bool,
        /// The day of a second look.
        reviewed: Option<Day>,
        /// What it answers.
        cites: Vec<ItemRef>,
        /// The division in charge.
        division: Option<String>,
        /// Partners in the city hall.
        partners: Vec<String>,
        /// Partners outside.
        outside_partners: Vec<String>,
        /// Higher plans.
        references: Vec<String>,
        /// Laws.
        legal_basis: Vec<String>,
        /// Words for each viewpoint: its name and the words.
        viewpoints: Vec<(String, Option<String>)>,
        /// Measures.
        measures: Vec<MeasureFacts>,
        /// Why there is none.
        no_measures: Option<String>,
        /// Steps.
        actions: Vec<ActionFacts>,
        /// Budget.
        budget: Vec<BudgetFacts>,
        /// Progress.
        progress: Vec<ProgressFacts>,
        /// What the newest entry known on the day says: `not_started` `on_track` …
        state: Option<&'static str>,
        /// The city's own columns.
        extra: Vec<Extra>,
        /// Where it stands.
        place: Option<Location>,
    }

    /// A measure.
    MeasureFacts {
        /// What is measured.
        name: String,
        /// `outcome` or `output`.
        kind: Option<&'static str>,
        /// `higher` `lower` `same`
        better: &'static str,
        /// For a running total.
        counted_from: Option<Day>,
        /// Where it stands, with its unit.
        baseline: Option<String>,
        /// As of when.
        baseline_at: Option<Day>,
        /// Where it shall be, with its unit.
        target: Option<String>,
        /// By when.
        target_by: Option<Day>,
        /// The newest actual known on the day, with its unit.
        actual: Option<String>,
        /// As of when.
        actual_at: Option<Day>,
        /// What the same measure of the goal carried on had reached.
        last_year: Option<MeasureResult>,
    }

    /// A step.
    ActionFacts {
        /// What.
        what: String,
        /// By when.
        by: Option<Day>,
    }

    /// A budget project.
    BudgetFacts {
        /// The project.
        project: String,
        /// Thousands of yen.
        thousand_yen: Option<f64>,
        /// When it begins.
        start: Option<Day>,
        /// True when that is later than the city calls early.
        late: bool,
        /// Why it begins late.
        late_reason: Option<String>,
    }

    /// How far a goal is.
    ProgressFacts {
        /// Which period.
        period: Option<String>,
        /// As of which day.
        as_of: Option<Day>,
        /// True where that is after the day of the papers: nobody can know it yet.
        ahead: bool,
        /// `not_started` `on_track` …
        state: Option<&'static str>,
        /// The rating.
        rating: Option<String>,
        /// Measure and actual with its unit.
        actuals: Vec<(String, String)>,
        /// Why it is behind.
        reason: Option<String>,
        /// What comes next.
        next: Option<String>,
    }

    /// An entry on progress that nobody has written though its day has passed.
    OverdueFacts {
        /// The goal's id.
        goal: String,
        /// Which period.
        period: String,
        /// When it was due.
        due: Day,
    }
}
