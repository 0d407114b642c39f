//! "One slip is one finding", across rules: what only follows from a slip that another finding
//! names is left out. The slip itself stays an error, so nothing is ever passed over for good.

use std::collections::BTreeSet;

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::{FileId, Place};

/// A slip that hides what was written.
struct Slip {
    place: Place,
    department: Option<String>,
    code: &'static str,
    /// The field that a misspelled name was surely meant to be.
    meant: Option<String>,
    /// What was written there.
    text: String,
}

/// Leaves out what only follows from errors about names and values that could not be taken.
pub(super) fn leave_out(city: &City, findings: &mut Vec<Finding>) {
    let slips: Vec<Slip> = findings.iter().filter_map(|finding| slip(city, finding)).collect();
    let renamed: BTreeSet<String> = findings
        .iter()
        .filter(|finding| finding.rule.code == "K309" && finding.level == Level::Error)
        .filter_map(|finding| finding.nearest.first().map(|(id, _)| id.clone()))
        .collect();
    let strayed: BTreeSet<FileId> = findings
        .iter()
        .filter(|finding| finding.rule.code == "K207" && finding.place.span.start == 0)
        .map(|finding| finding.place.file)
        .collect();
    findings.retain(|finding| {
        let follows = match finding.rule.code {
            "K206" => strayed.contains(&finding.place.file),
            "K306" => finding.department.as_ref().is_some_and(|id| renamed.contains(id)),
            "K308" if finding.waits_on.as_ref().is_some_and(|id| renamed.contains(id)) => true,
            "K301" | "K307" | "K308" => unanswered(finding, &slips),
            "K303" => of_goal(city, finding, &slips, "viewpoints"),
            "K404" => of_goal(city, finding, &slips, "measures"),
            "K406" => of_goal(city, finding, &slips, "cites"),
            "K402" => of_plan(finding, &slips, "information"),
            "K403" => of_plan(finding, &slips, "reform"),
            "K412" => of_plan(finding, &slips, "handover"),
            "K401" => of_plan(finding, &slips, "review") || slips.iter().any(|slip| hides_review(city, finding, slip)),
            "K204" => slips.iter().any(|slip| hides_goal(city, finding, slip)),
            _ => false,
        };
        !follows
    });
}

fn slip(city: &City, finding: &Finding) -> Option<Slip> {
    let code = finding.rule.code;
    let hides = matches!(code, "K101" | "K103" | "K106" | "K201" | "K204" | "K205");
    if !hides || finding.level != Level::Error || city.file(finding.place.file).plan().is_none() {
        return None;
    }
    let meant = finding.nearest.first().filter(|_| code == "K101").map(|(key, _)| key.clone());
    let text = match code {
        "K101" if meant.is_some() => block(city, finding.place),
        "K103" | "K106" => city.text(finding.place).to_owned(),
        _ => String::new(),
    };
    Some(Slip { place: finding.place, department: finding.department.clone(), code, meant, text })
}

/// The lines under a field's name: all that are indented further, and the entries of its list.
fn block(city: &City, key: Place) -> String {
    let text = &city.file(key.file).text;
    let start = key.span.start as usize;
    let column = start - text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut lines = text.get(start..).unwrap_or_default().lines();
    let mut block = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let inside = indent > column || (indent == column && line.trim_start().starts_with("- "));
        if !inside && !line.trim().is_empty() {
            break;
        }
        block.push('\n');
        block.push_str(line);
    }
    block
}

/// The item's number, or that of one of its clauses, is written in a place that could not be taken.
fn unanswered(finding: &Finding, slips: &[Slip]) -> bool {
    let Some(item) = &finding.item else { return false };
    let who = finding.waits_on.as_ref().or(finding.department.as_ref());
    slips.iter().any(|slip| slip.department.as_ref() == who && speaks_of(&slip.text, item))
}

/// True where `1-6` stands in a text by itself, not in `11-6` or `1-60`.
fn speaks_of(text: &str, item: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(item).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + item.len()..].chars().next());
        !digit(before) && !digit(after)
    })
}

/// The goal that a finding speaks of holds a misspelled name that was meant to be `key`.
fn of_goal(city: &City, finding: &Finding, slips: &[Slip], key: &str) -> bool {
    let Some(plan) = city.file(finding.place.file).plan() else { return false };
    let Some(goal) = plan.goals.iter().find(|goal| goal.span.holds(finding.place.span)) else { return false };
    slips.iter().any(|slip| {
        let inside = slip.place.file == finding.place.file && goal.span.holds(slip.place.span);
        inside && slip.meant.as_deref() == Some(key)
    })
}

/// A misspelled name of the plan was meant to be `key`; only the plan itself has such a field.
fn of_plan(finding: &Finding, slips: &[Slip], key: &str) -> bool {
    let own = |slip: &&Slip| slip.place.file == finding.place.file;
    slips.iter().filter(own).any(|slip| slip.meant.as_deref() == Some(key))
}

/// Two goals of one number, or a slip in what a review or `continues` names.
fn hides_review(city: &City, finding: &Finding, slip: &Slip) -> bool {
    if slip.place.file != finding.place.file {
        return false;
    }
    let file = city.file(slip.place.file);
    let line = file.lines.line_span(&file.text, file.lines.line(slip.place.span.start));
    let continues = file.text.get(line.range()).is_some_and(|line| line.trim_start().starts_with("continues:"));
    let under = file.plan().and_then(|plan| {
        let above = plan.keys.iter().filter(|(_, key)| key.start <= slip.place.span.start);
        above.max_by_key(|(_, key)| key.start).map(|(key, _)| *key)
    });
    match slip.code {
        "K205" => under == Some("goals"),
        "K103" | "K106" | "K201" | "K204" => continues || under == Some("review"),
        _ => false,
    }
}

/// A goal looked for under its number, while two goals have the same one, or `goals` is misspelled.
fn hides_goal(city: &City, finding: &Finding, slip: &Slip) -> bool {
    let text = city.text(finding.place);
    let (owner, id) = text.split_once(':').map_or((None, text), |(owner, id)| (Some(owner), id));
    let goal = id.starts_with(|c: char| c.is_ascii_uppercase()) && id.ends_with(|c: char| c.is_ascii_digit());
    let own = match owner {
        Some(owner) => slip.department.as_deref() == Some(owner),
        None => slip.place.file == finding.place.file,
    };
    goal && own && (slip.code == "K205" || slip.meant.as_deref() == Some("goals"))
}
