//! The rules. One file a rule with its page beside it; the list below is the only registry.
//!
//! A rule is a pure function: of one file, of a year with its links and coverage, or of a change
//! from one city to another. It pushes findings with their words in both languages. Levels, drafts and precedence are applied in one
//! place afterwards, [`judge`].

mod allow;
pub(crate) mod fields;
mod follow;
mod gaps;
mod judge;
mod kept;
mod lost;
mod page;
mod readable;
mod said;
mod shared_marks;
mod shingles;
mod unanswered;
pub(crate) mod words;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::city::City;
use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::links::Links;
use crate::model::{Level, Plan, Policy};
use crate::place::FileId;

pub use judge::{Judgement, YearJudgement, join, join_part, judge, judge_again, judge_change, level_set};
pub use kept::Kept;
pub use page::{Example, Page};
pub(crate) use progress_overdue::{Lacking, lacking, lacking_in};
pub(crate) use unmarked_revision::revisions;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// `K201`; stable for ever.
    pub code: &'static str,
    /// `unknown-citation`: the bad pattern, reads well after "allow".
    pub name: &'static str,
    /// The level unless the city says otherwise.
    pub level: Level,
    /// Its page, in both languages, with executed examples.
    pub page: &'static str,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Each file by itself.
    File(fn(&City, FileId, &mut Vec<Finding>)),
    /// A year as a whole.
    Year(fn(&Judged<'_>, &mut Vec<Finding>)),
    /// The comments of each file that silence findings, once it is known what they silenced.
    Allows(fn(&City, &[allow::Allow], &mut Vec<Finding>)),
    /// Each file by itself, then the references of a year.
    Both(fn(&City, FileId, &mut Vec<Finding>), fn(&Judged<'_>, &mut Vec<Finding>)),
    /// What changed since another version; runs only where there is one, [`judge_change`].
    Change(fn(&Change<'_>, &mut Vec<Finding>)),
}

/// What a rule over a change sees. Its findings stand in `after`.
pub struct Change<'a> {
    /// The city as it was.
    pub before: &'a City,
    /// The city as it is now.
    pub after: &'a City,
    /// The years that are judged.
    pub years: &'a [FiscalYear],
    /// Paths of the work tree that git does not hold: not tracked, or ignored. Empty where the work
    /// tree is not looked at.
    pub outside: &'a BTreeSet<String>,
}

impl<'a> Change<'a> {
    /// The readable policies of a year, before and after.
    pub fn policies(&self, year: FiscalYear) -> Option<[(FileId, &'a Policy); 2]> {
        let policy = |city: &'a City| {
            let id = city.years.get(&year)?.policy.filter(|id| city.file(*id).is_readable())?;
            Some((id, city.file(id).policy()?))
        };
        Some([policy(self.before)?, policy(self.after)?])
    }

    /// The departments of a year whose plan can be read before and after, with both plans.
    pub fn plans(&self, year: FiscalYear) -> Vec<(&'a str, [(FileId, &'a Plan); 2])> {
        let plan = |city: &'a City, id: FileId| {
            city.file(id).plan().filter(|_| city.file(id).is_readable()).map(|plan| (id, plan))
        };
        let (Some(before), Some(after)) = (self.before.years.get(&year), self.after.years.get(&year)) else {
            return Vec::new();
        };
        let both = after.plans.iter().filter_map(|(department, now)| {
            let then = before.plans.get(department)?;
            Some((department.as_str(), [plan(self.before, *then)?, plan(self.after, *now)?]))
        });
        both.collect()
    }
}

/// What a rule over a year sees.
pub struct Judged<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its joined references.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// What departments say, once a rule has asked.
    said: OnceLock<Vec<said::Said<'a>>>,
}

impl<'a> Judged<'a> {
    /// A year with what was derived from it.
    pub fn new(year: &'a Year<'a>, links: &'a Links, coverage: &'a Coverage) -> Judged<'a> {
        Judged { year, links, coverage, said: OnceLock::new() }
    }
}

impl Rule {
    /// The family: 0 for K0…, 6 for K6….
    pub fn family(&self) -> u8 {
        self.code.as_bytes()[1] - b'0'
    }

    /// True for what must stay an error: a file with it cannot be read.
    pub fn is_fixed(&self) -> bool {
        matches!(self.code, "K001" | "K002" | "K003" | "K007" | "K008" | "K010" | "K011")
    }
}

/// The rule with a code or a name.
pub fn rule(word: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word).copied()
}

/// Codes and names that the contract fixes and that no rule has yet: settings and command lines may
/// name them already. A rule leaves this list when it joins [`RULES`].
pub static LATER: &[(&str, &str)] = &[];

mod allow_without_reason;
mod clashing_file_names;
mod copied_policy_text;
mod cut_by_comma;
mod date_outside_fiscal_year;
mod decline_not_allowed;
mod declined_and_cited;
mod directive_without_clause;
mod duplicate_citation;
mod duplicate_id;
mod duplicate_key;
mod folded_japanese_text;
mod follow_up_overdue;
mod full_width_syntax;
mod goal_without_citation;
mod goal_without_measure;
mod goal_without_owner;
mod handover_missing;
mod heirs;
mod interview_clash;
mod interview_missing;
mod interviewer_differs;
mod invisible_character;
mod late_or_missing_budget_start;
mod lead_does_not_answer;
mod malformed_id;
mod measure_without_baseline;
mod merge_conflict_marker;
mod misplaced_file;
mod missing_field;
mod missing_information;
mod missing_plan;
mod missing_reform;
mod missing_review;
mod missing_viewpoint;
mod not_submitted_for_interview;
mod not_utf8;
mod number_read_differently;
mod one_sided_partner;
mod other_spelling;
mod partly_answered;
mod placeholder_left;
mod plan_not_in_git;
mod progress_overdue;
mod quote_not_in_text;
mod repeated_answer;
mod settled_plan_changed;
mod stale_citation;
mod steps_out_of_order;
mod tab_indentation;
mod target_not_beyond_baseline;
mod text_cut_by_hash;
mod too_large_or_deep;
mod too_many_citations;
mod unanswered_item;
mod uncovered_item;
mod unheld_delegation;
mod unknown_citation;
mod unknown_department_or_division;
mod unknown_field;
mod unknown_name;
mod unlisted_department;
mod unmarked_revision;
mod unmet_without_reason;
mod unreadable_date;
mod unsafe_file;
mod unsupported_yaml;
mod unused_allow;
mod vague_goal;
mod value_not_allowed;
mod wrong_fiscal_year;
mod wrong_type;
mod yaml_syntax;

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &not_utf8::RULE,
    &yaml_syntax::RULE,
    &merge_conflict_marker::RULE,
    &full_width_syntax::RULE,
    &tab_indentation::RULE,
    &invisible_character::RULE,
    &unsupported_yaml::RULE,
    &too_large_or_deep::RULE,
    &text_cut_by_hash::RULE,
    &duplicate_key::RULE,
    &unsafe_file::RULE,
    &clashing_file_names::RULE,
    &folded_japanese_text::RULE,
    &cut_by_comma::RULE,
    &unknown_field::RULE,
    &missing_field::RULE,
    &wrong_type::RULE,
    &placeholder_left::RULE,
    &unreadable_date::RULE,
    &malformed_id::RULE,
    &number_read_differently::RULE,
    &value_not_allowed::RULE,
    &unused_allow::RULE,
    &allow_without_reason::RULE,
    &unknown_citation::RULE,
    &duplicate_citation::RULE,
    &unknown_department_or_division::RULE,
    &unknown_name::RULE,
    &duplicate_id::RULE,
    &wrong_fiscal_year::RULE,
    &misplaced_file::RULE,
    &stale_citation::RULE,
    &copied_policy_text::RULE,
    &repeated_answer::RULE,
    &quote_not_in_text::RULE,
    &other_spelling::RULE,
    &too_many_citations::RULE,
    &directive_without_clause::RULE,
    &unmarked_revision::RULE,
    &unanswered_item::RULE,
    &uncovered_item::RULE,
    &missing_viewpoint::RULE,
    &declined_and_cited::RULE,
    &decline_not_allowed::RULE,
    &missing_plan::RULE,
    &lead_does_not_answer::RULE,
    &unheld_delegation::RULE,
    &unlisted_department::RULE,
    &partly_answered::RULE,
    &missing_review::RULE,
    &missing_information::RULE,
    &missing_reform::RULE,
    &goal_without_measure::RULE,
    &vague_goal::RULE,
    &goal_without_citation::RULE,
    &measure_without_baseline::RULE,
    &target_not_beyond_baseline::RULE,
    &late_or_missing_budget_start::RULE,
    &goal_without_owner::RULE,
    &one_sided_partner::RULE,
    &handover_missing::RULE,
    &date_outside_fiscal_year::RULE,
    &steps_out_of_order::RULE,
    &not_submitted_for_interview::RULE,
    &interview_missing::RULE,
    &interview_clash::RULE,
    &interviewer_differs::RULE,
    &progress_overdue::RULE,
    &unmet_without_reason::RULE,
    &follow_up_overdue::RULE,
    &plan_not_in_git::RULE,
    &settled_plan_changed::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_there_or_comes_later() {
        for (code, name) in LATER {
            assert!(rule(code).is_none() && rule(name).is_none(), "{code} is there: take it off the list");
        }
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
