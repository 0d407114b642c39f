//! K305: a plan declines what may not be declined.

use std::collections::BTreeSet;

use crate::city::year::Department;
use crate::coverage::{CellState, DeclineFault, Told, told, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Target;
use crate::model::{Level, Plan, Scope};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K305",
    name: "decline-not-allowed",
    level: Level::Error,
    page: include_str!("decline_not_allowed.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        without_reason(judged, department, plan, out);
        for (index, decline) in judged.links.plans[department].declines.iter().enumerate() {
            for target in &decline.items {
                let refused = |leaf: &usize| {
                    let cell = &judged.coverage.leaves[*leaf].cells[department];
                    let own = cell.decline == Some(index) && cell.decline_fault == Some(DeclineFault::NotAllowed);
                    own && !judged.year.leaves[*leaf].withdrawn
                };
                let leaves: Vec<usize> = target.leaves(judged.year).filter(refused).collect();
                out.extend(finding(judged, department, dept, target, &leaves));
            }
        }
    }
}

fn finding(
    judged: &Judged<'_>,
    department: usize,
    dept: &Department<'_>,
    target: &Target,
    leaves: &[usize],
) -> Option<Finding> {
    let year = judged.year;
    let first = *leaves.first()?;
    let item = target.item(year);
    let id = year.items[item].item.id.value.item;
    let Say { ja, en } = gaps::item_words(year, item, leaves);
    let leaf = &year.leaves[first];
    let leads = leaf.scope == Scope::AnyDepartment && leaf.leads.contains(&department);
    let name = dept.name();
    let why = if leads {
        say!(
            "{name}はこの項目の主担当です。主担当は非該当にできません。",
            "{name} is a lead of this item, and a lead cannot decline it."
        )
    } else {
        say!(
            "全ての部に求められています。このままでは「未記載」に数えられます。",
            "Every department must answer it; as it stands, it counts as missing."
        )
    };
    Some(
        Finding::new(&RULE, target.place, say!("{ja}は、非該当にできません", "{en} may not be declined"))
            .label(say!("この番号を消してください", "remove this number"))
            .why(why)
            .help(say!(
                "not_applicable から {id} を消し、目標（cites）又は部の方針（responses）で応えてください。\n所管しないと考える場合は、基本方針の担当に相談します。",
                "Remove {id} from not_applicable, and answer it by a goal (cites) or a response.\nIf it is truly not yours, speak to the planning division."
            ))
            .quoting(year.leaf_place(first), Say::same(words::printed_item(year, item)), gaps::wording(year, leaves))
            .look(format!("kpolicy show {id}"))
            .of(dept.id()),
    )
}

/// Entries without a reason hold for nothing. Where the department owes the item, K301 or K307 says
/// so and names the entry; where it answers the item itself, K304 does; else nobody would.
fn without_reason(judged: &Judged<'_>, department: usize, plan: &Plan, out: &mut Vec<Finding>) {
    let (year, dept) = (judged.year, &judged.year.departments[department]);
    for (index, (decline, links)) in
        plan.not_applicable.iter().zip(&judged.links.plans[department].declines).enumerate()
    {
        if told(&decline.reason) != Told::No || gaps::slip_in(judged, department, decline.span, &["reason"]) {
            continue;
        }
        let leaves: BTreeSet<usize> = links.items.iter().flat_map(|target| target.leaves(year)).collect();
        let said = |leaf: &usize| {
            let cell = &judged.coverage.leaves[*leaf].cells[department];
            let other = cell.decline.is_some_and(|other| other != index)
                || matches!(cell.decline_fault, Some(DeclineFault::NotAllowed));
            let owed = cell.must && cell.state == CellState::Missing;
            other || owed || gaps::answers_itself(judged, department, plan, *leaf) || year.leaves[*leaf].withdrawn
        };
        let Some(first) = leaves.iter().find(|leaf| !said(leaf)).filter(|_| !leaves.iter().any(said)) else { continue };
        let id = year.items[year.leaves[*first].item].item.id.value.item;
        let place = decline.items.first().map_or(decline.span, |item| item.span);
        let Some(place) = dept.at(place) else { continue };
        let finding = Finding::new(
            &RULE,
            place,
            say!("非該当とした項目 {id} に、理由がありません", "item {id} is declined without a reason"),
        )
        .label(say!("reason（理由）を添えてください", "add its reason"))
        .why(say!(
            "理由のない非該当は数えられません。なぜ関わりがないのかは、面談資料にも載ります。",
            "Without a reason it does not count as declined. The reason stands in the interview papers, too."
        ))
        .help(say!(
            "次のように、この項目がなぜ部の仕事に当たらないのかを書きます。関わりがあるなら、この番号を消します。\n- items:\n    - {id}\n  reason: 申請を受ける事務がない",
            "Write why it is none of the department's work. If it is, remove this number.\n- items:\n    - {id}\n  reason: no applications are received here"
        ))
        .of(dept.id())
        .todo(say!("非該当", "declined"), say!("{id}  理由がありません", "{id}  has no reason"));
        out.push(Finding { waits_for_draft: plan.is_draft(), ..finding });
    }
}
