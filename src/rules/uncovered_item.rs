//! K302: an item that no department answers.

use crate::city::year::PlanState;
use crate::coverage::{CellState, LeafState};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, Scope};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K302",
    name: "uncovered-item",
    level: Level::Error,
    page: include_str!("uncovered_item.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (index, row) in judged.coverage.items.iter().enumerate() {
        if row.state != LeafState::Uncovered {
            continue;
        }
        let id = &year.items[index].item.id;
        let number = id.value.item;
        let leaves: Vec<usize> = year.items[index].leaves.clone().collect();
        let mut finding = Finding::new(
            &RULE,
            year.policy_file.at(id.span),
            say!("項目 {number} には、どの部も応えていません", "no department answers item {number}"),
        )
        .label(say!("応える部がありません", "nobody answers it"))
        .why(why(judged, index))
        .help(help(judged, index))
        .quoting(
            year.policy_file.at(id.span),
            Say::same(words::printed_item(year, index)),
            gaps::wording(year, &leaves),
        )
        .look(format!("kpolicy show {number}"));
        finding.waits_for_draft = row
            .cells
            .iter()
            .zip(&year.departments)
            .any(|(cell, department)| cell.must && department.state == PlanState::Draft);
        out.push(finding);
    }
}

fn why(judged: &Judged<'_>, item: usize) -> Say {
    let leaves = &judged.year.items[item].leaves;
    let unread = judged.coverage.items[item].cells.iter().filter(|cell| cell.state == CellState::Unreadable).count();
    let any = judged.year.leaves.get(leaves.clone()).unwrap_or_default().iter();
    let asked = if any.clone().any(|leaf| leaf.scope == Scope::AnyDepartment) {
        say!(
            "１部以上が応えることを、基本方針が求めています。",
            "The basic policy asks at least one department for it."
        )
    } else {
        say!("全ての部が応えることを、基本方針が求めています。", "The basic policy asks every department for it.")
    };
    if unread == 0 {
        return asked;
    }
    let Say { ja, en } = asked;
    say!(
        "{ja}読めない計画が {unread}件あり、その中身は分かりません。",
        "{en} What {unread} unreadable plans say is not known."
    )
}

fn help(judged: &Judged<'_>, item: usize) -> Say {
    let (year, row) = (judged.year, &judged.coverage.items[item]);
    let id = year.items[item].item.id.value.item;
    let must: Vec<&str> = row
        .cells
        .iter()
        .zip(&year.departments)
        .filter(|(cell, _)| cell.must)
        .map(|(_, department)| department.name())
        .collect();
    if must.len() > 3 {
        return say!(
            "どの部が応えるかを決め、その部の計画の目標（cites）又は部の方針（responses）に {id} を書いてください。\nkpolicy new --all --missing で、求められた全ての計画に書く場所を作れます。",
            "Decide who answers it, and write {id} in the cites of a goal or response of that plan.\nkpolicy new --all --missing makes a place in every plan that must."
        );
    }
    let (ja, en, typed) = (must.join("、"), must.join(", "), must.join(" "));
    say!(
        "{ja}の計画の目標（cites）又は部の方針（responses）に {id} を書いてください。\nkpolicy new {typed} --missing で、書く場所を作れます。",
        "Write {id} in the cites of a goal or response in the plan of {en}.\nkpolicy new {typed} --missing makes a place for it."
    )
}
