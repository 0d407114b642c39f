//! "One slip is one finding", across rules: what only follows from a slip that another finding
//! names is left out. The slip itself stays an error, so nothing is ever passed over for good.

use std::collections::BTreeSet;

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::nearest::fold;
use crate::place::{FileId, Place};
use crate::rules::lost::Lost;

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

/// The slips of a run, arranged so that no finding has to look through all of them.
struct Slips {
    /// By file and place.
    all: Vec<Slip>,
    /// Files in which a slip may hide a review.
    reviews: BTreeSet<FileId>,
    /// Files and departments in which a goal may be hidden.
    goals: (BTreeSet<FileId>, BTreeSet<String>),
    /// Fields that misspelled names of a file were meant to be.
    meant: BTreeSet<(FileId, String)>,
}

impl Slips {
    fn new(city: &City, findings: &[Finding]) -> Slips {
        let mut all: Vec<Slip> = findings.iter().filter_map(|finding| slip(city, finding)).collect();
        all.sort_by_key(|slip| slip.place);
        let of_goals = |slip: &&Slip| slip.code == "K205" || slip.meant.as_deref() == Some("goals");
        let files = all.iter().filter(of_goals).map(|slip| slip.place.file).collect();
        let departments = all.iter().filter(of_goals).filter_map(|slip| slip.department.clone()).collect();
        let meant = all.iter().filter_map(|slip| Some((slip.place.file, slip.meant.clone()?))).collect();
        let mut reviews = BTreeSet::new();
        for slip in &all {
            if !reviews.contains(&slip.place.file) && hides_review(city, slip) {
                reviews.insert(slip.place.file);
            }
        }
        Slips { all, reviews, goals: (files, departments), meant }
    }

    /// The slips inside a place.
    fn inside(&self, place: Place) -> impl Iterator<Item = &Slip> {
        let first =
            self.all.partition_point(|slip| (slip.place.file, slip.place.span.start) < (place.file, place.span.start));
        let rest = self.all[first..].iter();
        rest.take_while(move |slip| slip.place.file == place.file && slip.place.span.start <= place.span.end)
            .filter(move |slip| place.span.holds(slip.place.span))
    }

    fn of_plan(&self, finding: &Finding, key: &str) -> bool {
        self.meant.contains(&(finding.place.file, key.to_owned()))
    }
}

/// Leaves out what only follows from errors about names and values that could not be taken.
pub(super) fn leave_out(city: &City, findings: &mut Vec<Finding>) {
    let slips = Slips::new(city, findings);
    let lost = Lost::new(city, findings);
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
            "K301" | "K307" | "K308" => unanswered(finding, &slips.all),
            "K303" => of_goal(city, finding, &slips, "viewpoints"),
            "K404" => of_goal(city, finding, &slips, "measures"),
            "K406" => of_goal(city, finding, &slips, "cites"),
            "K402" => slips.of_plan(finding, "information"),
            "K403" => slips.of_plan(finding, "reform"),
            "K412" => slips.of_plan(finding, "handover"),
            "K401" => slips.of_plan(finding, "review") || slips.reviews.contains(&finding.place.file),
            "K204" => hides_goal(city, finding, &slips, &lost),
            _ => false,
        };
        !follows && !lost.brings(city, finding)
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

/// True where `1-6` stands in a text by itself, not in `11-6` or `1-60`, or where a text is as much
/// as `第１の６`: words around these two numbers.
fn speaks_of(text: &str, item: &str) -> bool {
    if text.lines().count() == 1 {
        let folded = fold(text);
        let numbers = folded.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        if numbers.collect::<Vec<_>>().join("-") == item {
            return true;
        }
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(item).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + item.len()..].chars().next());
        !digit(before) && !digit(after)
    })
}

/// The goal that a finding speaks of holds a misspelled name that was meant to be `key`.
fn of_goal(city: &City, finding: &Finding, slips: &Slips, key: &str) -> bool {
    let (file, at) = (finding.place.file, finding.place.span);
    let Some(plan) = city.file(file).plan() else { return false };
    let next = plan.goals.partition_point(|goal| goal.span.start <= at.start);
    let goal = next.checked_sub(1).and_then(|index| plan.goals.get(index)).filter(|goal| goal.span.holds(at));
    goal.is_some_and(|goal| slips.inside(file.at(goal.span)).any(|slip| slip.meant.as_deref() == Some(key)))
}

/// Two goals of one number, or a slip in what a review or `continues` names.
fn hides_review(city: &City, slip: &Slip) -> bool {
    let file = city.file(slip.place.file);
    let line = file.lines().line_span(&file.text, file.lines().line(slip.place.span.start));
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
fn hides_goal(city: &City, finding: &Finding, slips: &Slips, lost: &Lost) -> bool {
    let text = city.text(finding.place);
    let (owner, id) = text.split_once(':').map_or((None, text), |(owner, id)| (Some(owner), id));
    let goal = id.starts_with(|c: char| c.is_ascii_uppercase()) && id.ends_with(|c: char| c.is_ascii_digit());
    let (files, departments) = &slips.goals;
    let slip = owner.map_or_else(|| files.contains(&finding.place.file), |owner| departments.contains(owner));
    goal && (slip || lost.has_goals_of(city, finding, owner))
}
