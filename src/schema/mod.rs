//! JSON Schemas (draft-07) for editors, generated from the tables of `shape`.
//!
//! A schema refuses what K101–K103, K106 and K108 find, and the schema of a year also what of
//! K201–K204 can be known from one plan. What only kpolicy can judge stays open: dates (K105),
//! texts that some reader takes for a number (K107), and other spellings (K212).
//!
//! Spellings follow what was measured with yaml-language-server: one object shape and no unions;
//! what can fail is a `type`, `enum` or `pattern` with its own Japanese message; `const` stands only
//! inside an `anyOf` that ends in `{}`, which never fails and feeds hover and completion.

mod build;
mod every_goal;
mod known;
mod pattern;
mod scalar;
mod year;

use serde_json::Value;

use crate::city::City;
use crate::city::year::Year;
use crate::date::FiscalYear;
use crate::shape::FileKind;

/// The schema of one kind of file, from the code alone: shape, but no ids.
pub fn shape_schema(kind: FileKind) -> Value {
    build::root(kind, None)
}

/// The schema of a year's plans: the same shape with that year's ids and the memo's words.
pub fn plan_schema(year: &Year<'_>) -> Value {
    build::root(FileKind::Plan, Some(&known::Known::new(year)))
}

/// Every schema file of a city: its path below the root and its exact text, in a stable order.
/// A year whose policy or organization cannot be read has no schema of its own.
pub fn files(city: &City, years: &[FiscalYear]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for kind in FileKind::ALL {
        files.push((format!("schemas/{}.schema.json", kind.schema_name()), text(&shape_schema(kind))));
    }
    let mut years = years.to_vec();
    years.sort_unstable();
    years.dedup();
    for year in years {
        if let Ok(Some(built)) = Year::new(city, year, year.first_day()) {
            files.push((format!("schemas/{year}/plan.schema.json"), text(&plan_schema(&built))));
        }
    }
    files
}

fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
