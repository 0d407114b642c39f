//! K308: a plan hands an item to a department that does not answer it.

use std::collections::BTreeSet;

use crate::city::year::{Department, PlanState};
use crate::coverage::{CellState, DeclineFault, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Handler;
use crate::model::{Decline, Level};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K308",
    name: "unheld-delegation",
    level: Level::Error,
    page: include_str!("unheld_delegation.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (department, dept, plan) in with_plan(year) {
        for (index, decline) in plan.not_applicable.iter().enumerate() {
            let Some(links) = judged.links.plans[department].declines.get(index) else { continue };
            let items: BTreeSet<usize> = links.items.iter().map(|target| target.item(year)).collect();
            for (item, entry) in items.into_iter().map(|item| (item, &year.items[item])) {
                let unheld = |leaf: &usize| {
                    let cell = &judged.coverage.leaves[*leaf].cells[department];
                    let own = cell.decline == Some(index) && cell.decline_fault == Some(DeclineFault::Unheld);
                    // K304 speaks of what the plan answers itself.
                    let answered = gaps::answers_itself(judged, department, plan, *leaf);
                    own && !year.leaves[*leaf].withdrawn && !answered
                };
                let leaves: Vec<usize> = entry.leaves.clone().filter(unheld).collect();
                out.extend(finding(judged, department, dept, decline, index, (item, &leaves)));
            }
        }
    }
}

fn finding(
    judged: &Judged<'_>,
    department: usize,
    dept: &Department<'_>,
    decline: &Decline,
    index: usize,
    (item, leaves): (usize, &[usize]),
) -> Option<Finding> {
    let year = judged.year;
    let first = *leaves.first()?;
    let Handler::Unit(unit) = judged.links.plans[department].declines.get(index)?.handler else { return None };
    let other = year.judged(unit.department).and_then(|index| year.departments.get(index));
    let named = year.names.unit_title(unit);
    let id = year.items[item].item.id.value.item;
    let Say { ja, en } = gaps::item_words(year, item, leaves);
    let own = year.judged(unit.department) == Some(department);
    // K301 or K307 asks the department named for an answer of its own.
    let theirs = year.judged(unit.department).is_some_and(|index| {
        let cell = &judged.coverage.leaves[first].cells[index];
        cell.must && cell.state == CellState::Missing && cell.decline.is_none()
    });
    let message = if own {
        say!("{ja}を担当する部として、この部自身が書かれています", "{en} is handed to the department itself")
    } else {
        say!(
            "{ja}を担当するとされた{named}の計画は、これに応えていません",
            "{named} is named for {en}, but its plan does not answer it"
        )
    };
    let why = match other.map(|other| other.state) {
        _ if own => say!(
            "この部の課が担当するなら、この部の仕事です。非該当になりません。",
            "What a division of this department does is this department's own work, and no reason to decline."
        ),
        Some(PlanState::Missing) => say!("{named}には、まだ計画がありません。", "{named} has no plan yet."),
        None => say!("{named}は、計画を書かない部等です。", "{named} writes no plan."),
        Some(_) if theirs => say!(
            "{named}の計画にも同じ指摘があります。{named}が応えれば、ここも消えます。",
            "The plan of {named} has the same finding; once {named} answers, this one goes too."
        ),
        Some(_) => say!("どちらの部の計画にもないままになります。", "It would stand in nobody's plan."),
    };
    let mut finding = Finding::new(&RULE, dept.at(decline.handled_by.as_ref()?.span)?, message)
        .label(say!("この部が応えている必要があります", "this department must answer it"))
        .why(why)
        .help(say!(
            "その部の計画の cites に {id} を加えてもらってください。別の部の担当であれば handled_by を改め、どの部も担当しないならこの部で応えます。",
            "Agree with that department, and have {id} added to the cites of its plan.\nIf another acts, name that one in handled_by; if nobody does, answer it in this plan."
        ))
        .quoting(year.leaf_place(first), Say::same(words::printed_item(year, item)), gaps::wording(year, leaves))
        .look(format!("kpolicy show {id}"))
        .about(id)
        .of(dept.id())
        .todo(say!("非該当", "declined"), say!("{id}  {named}の計画に、まだありません", "{id}  not yet in the plan of {named}"));
    finding.waits_on = other.map(|other| other.id().to_owned());
    finding.waits_for_draft = !own && other.is_some_and(|other| other.state == PlanState::Draft);
    Some(finding)
}
