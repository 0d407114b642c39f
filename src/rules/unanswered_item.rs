//! K301: a department does not answer an item that it must answer.

use crate::coverage::{CellState, DeclineFault};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Level, Scope};
use crate::place::Span;
use crate::rules::{Check, Judged, Rule, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K301",
    name: "unanswered-item",
    level: Level::Error,
    page: include_str!("unanswered_item.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, _, _) in crate::coverage::with_plan(judged.year) {
        for item in 0..judged.year.items.len() {
            let missing = missing(judged, item, department, |judged, leaf| {
                let leaf = &judged.year.leaves[leaf];
                !(leaf.scope == Scope::AnyDepartment && leaf.leads.contains(&department))
            });
            if !missing.is_empty() {
                out.push(finding(judged, &RULE, department, item, &missing));
            }
        }
    }
}

/// The leaves of an item that a department must answer by a citation, and does not. K305, K308
/// and a slip in the decline itself speak for a cell in their place, a placeholder (K104) too.
pub(super) fn missing(
    judged: &Judged<'_>,
    item: usize,
    department: usize,
    wanted: impl Fn(&Judged<'_>, usize) -> bool,
) -> Vec<usize> {
    let open = |leaf: &usize| {
        let cell = &judged.coverage.leaves[*leaf].cells[department];
        let cited =
            matches!(judged.year.leaves[*leaf].answered_by, AnsweredBy::Citation | AnsweredBy::Goal | AnsweredBy::Plan);
        let spoken_for = matches!(
            cell.decline_fault,
            Some(DeclineFault::NotAllowed | DeclineFault::Unheld | DeclineFault::UnknownHandler)
        );
        cell.must && cell.state == CellState::Missing && cited && !spoken_for && !cell.placeholder
    };
    judged.year.items[item].leaves.clone().filter(open).filter(|leaf| wanted(judged, *leaf)).collect()
}

/// The finding for one department and item, shared with K307.
pub(super) fn finding(
    judged: &Judged<'_>,
    rule: &'static Rule,
    department: usize,
    item: usize,
    missing: &[usize],
) -> Finding {
    let year = judged.year;
    let dept = &year.departments[department];
    let (name, id) = (dept.name(), year.items[item].item.id.value.item);
    let by_goal = missing.iter().all(|leaf| year.leaves[*leaf].answered_by == AnsweredBy::Goal);
    let whole_plan = missing.iter().any(|leaf| year.leaves[*leaf].answered_by == AnsweredBy::Plan);
    let parts = parts(judged, item, missing);
    let message = match parts {
        Some(parts) => {
            let (ja, en) = (parts.ja, parts.en);
            say!("{name}は、項目 {id} のうち{ja}に応えていません", "{name} does not answer {en} of item {id}")
        }
        None => say!("{name}は、項目 {id} に応えていません", "{name} does not answer item {id}"),
    };
    let (heading, label) = if whole_plan {
        (
            "direction",
            say!("運営方針と、指標のある目標を書いてください", "write the direction and a goal with a measure"),
        )
    } else if by_goal {
        (
            "goals",
            say!(
                "{id} に取り組む目標の cites に {id} を加えてください",
                "add {id} to the cites of the goal that works on it"
            ),
        )
    } else {
        ("responses", say!("ここに {id} への部の方針を書いてください", "write the response to {id} here"))
    };
    let span = dept.plan.map_or(Span::at(0), |plan| plan.place_for(heading));
    let place = dept.at(span).unwrap_or(year.leaf_place(missing[0]));
    let printed = words::printed_item(year, item);
    let wording: String = missing.iter().map(|leaf| year.words(*leaf)).collect::<Vec<_>>().join("\n");
    Finding::new(rule, place, message)
        .label(label)
        .why(why(judged, missing))
        .help(help(by_goal, whole_plan, name, &id.to_string()))
        .quoting(year.leaf_place(missing[0]), Say::same(printed), wording)
        .look(format!("kpolicy show {id}"))
        .of(dept.id())
        .todo(say!("項目への方針", "item"), Say::same(format!("{id}  {}", year.items[item].item.title())))
}

/// `ア、ウ` where only some of several clauses are missing.
fn parts(judged: &Judged<'_>, item: usize, missing: &[usize]) -> Option<Say> {
    let year = judged.year;
    if year.items[item].item.clauses.is_empty() || missing.len() == year.items[item].leaves.len() {
        return None;
    }
    let letters: Vec<u8> = missing.iter().filter_map(|leaf| year.leaves[*leaf].id.clause).collect();
    let ja: Vec<String> = letters.iter().map(|letter| words::clause_ja(*letter).to_string()).collect();
    let en: Vec<String> = letters.iter().map(|letter| char::from(*letter).to_string()).collect();
    Some(Say { ja: ja.join("、").into(), en: format!("part {}", en.join(", ")).into() })
}

fn why(judged: &Judged<'_>, missing: &[usize]) -> Say {
    let lead = missing.iter().any(|leaf| judged.year.leaves[*leaf].scope == Scope::AnyDepartment);
    if lead {
        say!(
            "この項目の主担当です。面談資料の１ページ目に「未記載」と載ります。",
            "It is a lead of this item. Page one of the interview papers will say \"missing\"."
        )
    } else {
        say!(
            "全ての部に求められています。面談資料の１ページ目に「未記載」と載ります。",
            "Every department must answer it. Page one of the interview papers will say \"missing\"."
        )
    }
}

fn help(by_goal: bool, whole_plan: bool, name: &str, id: &str) -> Say {
    if whole_plan {
        return say!(
            "direction に運営方針を書き、少なくとも一つの目標に measures（指標）を置いてください。",
            "Write the direction, and give at least one goal a measure."
        );
    }
    if by_goal {
        return say!(
            "この項目は、言葉だけでなく目標で応えます。取り組む目標の cites に {id} を加えるか、目標を立ててください。",
            "This item is answered by work, not words: add {id} to the cites of a goal, or set a goal."
        );
    }
    say!(
        "responses に、cites: {id} と、{name}が誰に何をさせるかを書いた text を加えてください。\n目標で応えている場合は、その目標の cites に {id} を加えます。",
        "Under responses, add an entry with cites: {id} and a text that says who in {name} does what.\nIf a goal answers it, add {id} to that goal's cites."
    )
}
