//! What a new plan says before anybody wrote into it: what is asked of the department, with
//! （記入） where words are wanted, the memo's own words as remarks, and last year's goals carried.
//! For a plan that was begun, what it still lacks.
//!
//! Pure: from a year, its coverage and last year's plans to texts and edits. The remarks are
//! Japanese in every language, as the plan is.

mod entries;
mod goals;
mod memo;
mod missing;
mod owed;
mod past;
mod place;
mod turns;

use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::edit::{Noted, Value, document};
use crate::skeleton::owed::Owed;

pub use missing::{Added, add_missing};
pub use past::{Carried, carried, unread_past};
pub use turns::{ItemTurn, Turn, turns};

/// The mark of what is still to be written.
const TO_WRITE: &str = "（記入）";
/// Widest remark above an entry, in columns.
const COLUMNS: usize = 72;

/// What a department's file says before it is a plan: enough to be judged.
pub const BEGUN: &str = "status: draft\n";

/// The plan of a department, to be filled in. The department must be judged: its file is there, if
/// only as [`BEGUN`].
pub fn plan(year: &Year<'_>, coverage: &Coverage, department: usize, carried: &[Carried<'_>]) -> String {
    let mut owed = Owed::new(year, coverage, department);
    // What a carried goal answers is not offered as declined beside it.
    owed.keep_from_declining(year, carried.iter().flat_map(|carried| carried.cites.iter().map(|(now, _)| *now)));
    let unit = year.departments[department].unit;
    let mut fields: Vec<(String, Noted)> = Vec::new();
    let mut put = |key: &str, value: Noted| fields.push((key.to_owned(), value));
    put("status", Value::word("draft").remark("書き終えたら submitted に変えます"));
    put("signers", entries::signers(unit, owed.handover).into());
    put("mission", Value::prose(format!("{TO_WRITE}部の使命を一文で")).into());
    put("direction", entries::direction());
    let (goals, ids) = goals::new(year, department, &owed, carried);
    if owed.review {
        let carried = carried.iter().map(|carried| entries::review_of_past(carried));
        let fresh = ids.iter().map(|id| entries::review_of_goal(id).into());
        put("review", Value::list(carried.chain(fresh)).remark(entries::REVIEW));
    }
    if owed.information {
        put("information", Value::list([entries::information()]).remark(entries::INFORMATION));
    }
    if owed.reform {
        put("reform", Value::list([entries::reform()]).remark(entries::REFORM));
    }
    if !owed.responses.is_empty() {
        put("responses", Value::list(owed.responses.iter().map(|asked| entries::response(year, asked))).into());
    }
    if !owed.may_decline.is_empty() {
        let declines = entries::declines(year, &owed.may_decline);
        let note = "所管しない項目（理由が要ります。応える番号は消します。全て消しても構いません）";
        put("not_applicable", declines.remark(note));
    }
    let request = Value::map([("what", Value::text(TO_WRITE))]);
    put("requests", Value::list([request]).remark("面談で判断を求めること（３つまで。なければ消します）"));
    put("goals", Value::list(goals).into());
    format!("{}{}", head(year, department), document(&fields))
}

fn head(year: &Year<'_>, department: usize) -> String {
    let (number, ja) = (year.year, year.year.ja());
    let name = memo::remark(year.departments[department].name());
    format!(
        "# yaml-language-server: $schema=../../schemas/{number}/plan.schema.json\n# {name} {ja}の計画。{TO_WRITE}を書き換えます。点検は Ctrl+Shift+B\n"
    )
}
