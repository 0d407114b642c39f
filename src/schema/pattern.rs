//! Regular expressions of ids and numbers, as in `ids` and the decoder. ASCII classes only and no
//! look-around, so that every engine reads them alike.

/// A section's or item's number: no leading zeros, at most four digits.
const NUMBER: &str = "(0|[1-9][0-9]{0,3})";
/// Another year and its colon.
const YEAR: &str = "[1-9][0-9]{3}:";
const NAME: &str = "[a-z][a-z0-9-]{0,63}";
const GOAL: &str = "[A-Z]{1,3}[0-9]{1,3}";

/// Names that Windows keeps for devices, as a whole or as one part of an id. Goes into a `not`.
pub(super) const RESERVED: &str = "(^|[:/])(con|prn|aux|nul|com[1-9]|lpt[1-9])([:/]|$)";
/// A text that says something.
pub(super) const NOT_BLANK: &str = "\\S";
/// As if absent.
pub(super) const BLANK: &str = "^\\s*$";
/// A number that every reader takes alike.
pub(super) const CANONICAL: &str = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?";
/// A whole number from 0 to 9999.
pub(super) const COUNT: &str = "(-?0|[1-9][0-9]{0,3})(\\.0+)?";

/// `^(form)$`, or a blank where the value may be absent.
pub(super) fn whole(form: &str, required: bool) -> String {
    if required { format!("^({form})$") } else { format!("^(\\s*|{form})$") }
}

pub(super) fn item() -> String {
    format!("{NUMBER}-{NUMBER}")
}

pub(super) fn clause() -> String {
    format!("{}-[a-z]", item())
}

fn leaf() -> String {
    format!("{}(-[a-z])?", item())
}

/// An item or clause of this or another year.
pub(super) fn cite() -> String {
    format!("({YEAR})?{}", leaf())
}

/// An item, a clause or a goal, of any year or department.
pub(super) fn subject() -> String {
    format!("{}|({YEAR})?({NAME}:)?{GOAL}", cite())
}

pub(super) fn goal() -> String {
    GOAL.to_owned()
}

/// A goal of an earlier year.
pub(super) fn past_goal() -> String {
    format!("{YEAR}({NAME}:)?{GOAL}")
}

/// A goal of one of these departments.
pub(super) fn others_goal(departments: &[String]) -> String {
    if departments.is_empty() { format!("{NAME}:{GOAL}") } else { format!("({}):{GOAL}", departments.join("|")) }
}

pub(super) fn name() -> String {
    NAME.to_owned()
}

/// A department, or a division behind a slash.
pub(super) fn unit() -> String {
    format!("{NAME}(/{NAME})?")
}

/// Begins with one of these years and a colon.
pub(super) fn of_years(years: &[String]) -> String {
    format!("^({}):", years.join("|"))
}

/// What `cite` may be besides an item of this year without its year: a blank, or with a year.
pub(super) const ELSEWHERE: &str = "^\\s*$|^[1-9][0-9]{3}:";
/// What a subject may be besides such an item: also a goal.
pub(super) const NO_ITEM: &str = "^\\s*$|^[1-9][0-9]{3}:|^[^0-9]";
/// An item or clause with its year.
pub(super) fn dated_leaf() -> String {
    format!("^{YEAR}{}$", leaf())
}
/// A goal of another department.
pub(super) fn named_goal() -> String {
    format!("^{NAME}:{GOAL}$")
}
