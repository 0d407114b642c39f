//! The finding of an item without answer, which K301 and K307 share.

use crate::coverage::{CellState, DeclineFault, Told, told};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Plan, Scope};
use crate::rules::{Judged, Rule, gaps, words};
use crate::say;

/// Pushes one finding for each department and item with a gap; `lead` says whether the gaps of
/// leads are meant, or those of all others.
pub(super) fn push(judged: &Judged<'_>, rule: &'static Rule, lead: bool, out: &mut Vec<Finding>) {
    for (department, _, plan) in crate::coverage::with_plan(judged.year) {
        for item in 0..judged.year.items.len() {
            let missing = missing(judged, item, department, plan, lead);
            if !missing.is_empty() {
                out.extend(finding(judged, rule, department, item, &missing));
            }
        }
    }
}

/// The leaves of an item that a department must answer by a citation, and does not.
fn missing(judged: &Judged<'_>, item: usize, department: usize, plan: &Plan, lead: bool) -> Vec<usize> {
    let open = |index: &usize| {
        let (leaf, cell) = (&judged.year.leaves[*index], &judged.coverage.leaves[*index].cells[department]);
        let said = match leaf.answered_by {
            AnsweredBy::Citation | AnsweredBy::Goal if leaf.scope == Scope::EveryGoal => {
                !plan.goals.is_empty() && gaps::goals_not_citing(judged, department, plan, *index).next().is_none()
            }
            AnsweredBy::Citation | AnsweredBy::Goal => cell.placeholder,
            // K102 or K104 asks for the direction.
            AnsweredBy::Plan => told(&plan.direction) == Told::Placeholder || plan.direction.is_none(),
            _ => true,
        };
        let reason = cell.decline.and_then(|index| plan.not_applicable.get(index)).map(|decline| &decline.reason);
        let said = said || gaps::declined_in_vain(cell) || reason.is_some_and(|text| told(text) == Told::Placeholder);
        let leads = leaf.scope == Scope::AnyDepartment && leaf.leads.contains(&department);
        cell.must && cell.state == CellState::Missing && !said && leads == lead
    };
    judged.year.items[item].leaves.clone().filter(open).collect()
}

fn finding(
    judged: &Judged<'_>,
    rule: &'static Rule,
    department: usize,
    item: usize,
    missing: &[usize],
) -> Option<Finding> {
    let year = judged.year;
    let dept = &year.departments[department];
    let first = *missing.first()?;
    let (name, id) = (dept.name(), year.items[item].item.id.value.item);
    let ways = |way: AnsweredBy| move |leaf: &usize| year.leaves[*leaf].answered_by == way;
    let by_goal = missing.iter().all(ways(AnsweredBy::Goal));
    let whole_plan = missing.iter().any(ways(AnsweredBy::Plan));
    // Where only clauses are lacking, those are to be cited.
    let part = missing.len() < year.items[item].leaves.len();
    let leaves: Vec<String> = missing.iter().map(|leaf| year.leaves[*leaf].id.to_string()).collect();
    let cited = if part { leaves.join("、") } else { id.to_string() };
    let (heading, label) = place(by_goal, whole_plan, &cited);
    let finding = Finding::new(
        rule,
        dept.at(dept.plan?.place_for(heading))?,
        message(judged, missing, name, &gaps::item_words(year, item, missing)),
    )
    .label(label)
    .why(why(judged, missing))
    .help(help(by_goal, whole_plan, &cited, name))
    .quoting(year.leaf_place(first), Say::same(words::printed_item(year, item)), gaps::wording(year, missing))
    .of(dept.id())
    .about(id)
    .todo(say!("項目への方針", "item"), Say::same(format!("{id}  {}", year.items[item].item.title())));
    // What does not fit beside the finding can be read in full.
    let finding = match gaps::wording(year, missing).chars().count() > SHOWN {
        true => finding.look(format!("kpolicy show {id}")),
        false => finding,
    };
    Some(with_decline(judged, finding, department, first))
}

/// Characters of the memo that two lines of a screen show.
const SHOWN: usize = 72;

/// A decline without a reason does not count; whoever wrote it should see why.
fn with_decline(judged: &Judged<'_>, finding: Finding, department: usize, leaf: usize) -> Finding {
    let cell = &judged.coverage.leaves[leaf].cells[department];
    let dept = &judged.year.departments[department];
    let (Some(index), Some(DeclineFault::NoReason), Some(plan)) = (cell.decline, cell.decline_fault, dept.plan) else {
        return finding;
    };
    let place = plan.not_applicable.get(index).and_then(|decline| dept.at(decline.items.first()?.span));
    match place {
        Some(place) => finding.related(
            place,
            say!(
                "ここで非該当としていますが、reason（理由）がないため数えられません",
                "declined here, but without a reason it does not count"
            ),
        ),
        None => finding,
    }
}

fn place(by_goal: bool, whole_plan: bool, id: &str) -> (&'static str, Say) {
    if whole_plan {
        let label = say!("運営方針と、指標のある目標を書いてください", "write the direction and a goal with a measure");
        ("direction", label)
    } else if by_goal {
        let label = say!(
            "{id} に取り組む目標の cites に {id} を加えてください",
            "add {id} to the cites of the goal that works on it"
        );
        ("goals", label)
    } else {
        ("responses", say!("ここに {id} への部の方針を書いてください", "write the response to {id} here"))
    }
}

fn is_lead(judged: &Judged<'_>, missing: &[usize]) -> bool {
    missing.iter().any(|leaf| judged.year.leaves[*leaf].scope == Scope::AnyDepartment)
}

fn message(judged: &Judged<'_>, missing: &[usize], name: &str, Say { ja, en }: &Say) -> Say {
    if is_lead(judged, missing) {
        say!("主担当の{name}は、{ja}に応えていません", "{name}, its lead, does not answer {en}")
    } else {
        say!("{name}は、{ja}に応えていません", "{name} does not answer {en}")
    }
}

fn why(judged: &Judged<'_>, missing: &[usize]) -> Say {
    if is_lead(judged, missing) {
        say!(
            "この項目の主担当です。面談資料に「未記載」と載ります。",
            "It is a lead of this item, which stands as missing in the interview papers."
        )
    } else {
        say!(
            "全ての部に求められています。面談資料に「未記載」と載ります。",
            "Every department must answer it; the papers call it missing."
        )
    }
}

fn help(by_goal: bool, whole_plan: bool, id: &str, name: &str) -> Say {
    if whole_plan {
        return say!(
            "direction に運営方針を書き、少なくとも一つの目標に measures（指標）を置いてください。\nkpolicy new {name} --missing で、書く場所を作れます。",
            "Write the direction, and give at least one goal a measure.\nkpolicy new {name} --missing makes a place for them."
        );
    }
    if by_goal {
        return say!(
            "この項目は、言葉だけでなく目標で応えます。取り組む目標の cites に {id} を加えてください。\n新しい目標は kpolicy new {name} --missing で書き始められます。",
            "This item is answered by work, not words: add {id} to the cites of a goal.\nkpolicy new {name} --missing begins a new goal."
        );
    }
    say!(
        "kpolicy new {name} --missing で、書く場所を作れます。\n目標で応えている場合は、その目標の cites に {id} を加えます。",
        "kpolicy new {name} --missing makes a place for it.\nWhere a goal answers it already, add {id} to the cites of that goal."
    )
}
