//! K411: a goal names a partner whose plan does not say so.

use crate::city::year::Department;
use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::is_met;
use crate::model::{Goal, Level, Name};
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K411",
    name: "one-sided-partner",
    level: Level::Info,
    page: include_str!("one_sided_partner.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (_, dept, plan) in with_plan(judged.year) {
        for goal in &plan.goals {
            // Two divisions of one department are one partner.
            let mut seen = Vec::new();
            for name in &goal.partners {
                let Some(partner) = judged.year.names.unit_of(name).map(|unit| unit.department) else { continue };
                if partner != dept.index && !seen.contains(&partner) {
                    seen.push(partner);
                    out.extend(finding(judged, dept, goal, name, partner));
                }
            }
        }
    }
}

/// Nothing where the partner answers, or where its plan cannot be looked at.
fn finding(judged: &Judged<'_>, dept: &Department<'_>, goal: &Goal, name: &Name, partner: usize) -> Option<Finding> {
    let year = judged.year;
    let index = year.judged(partner)?;
    let other = year.departments.get(index)?;
    let plan = other.plan?;
    if is_met(goal.id(), &judged.links.side(year, index, dept.index)) {
        return None;
    }
    let (own, named, reference) = (dept.name(), other.name(), format!("{}:{}", dept.id(), goal.id()));
    let Say { ja, en } = gaps::goal_name(goal);
    Some(
        Finding::new(
            &RULE,
            dept.at(name.span)?,
            say!(
                "{ja}は{named}と連携するとしていますが、相手の計画にありません",
                "{en} names {named} as partner, but its plan does not say so"
            ),
        )
        .label(say!("{named}の計画にありません", "not in the partner's plan"))
        .why(say!(
            "片方だけが書いた連携は相手の部で予定されず、途中で止まりがちです。",
            "Work that only one side has written down is in nobody's schedule on the other side."
        ))
        .help(say!(
            "{named}と話し合い、その計画に次のように書いてもらってください。\nsupports:\n  - {reference}\n{named}の目標の partners に{own}と書いてもらっても構いません。\n連携しないのであれば、この行を消します。",
            "Agree with {named}, and have this written in its plan:\nsupports:\n  - {reference}\nA goal of {named} that names {own} under partners does as well. If there is no such work, remove this line."
        ))
        .related(dept.at(goal.handle())?, Say::same(goal.name()))
        .related(other.at(plan.place_for("supports"))?, say!("{named}の計画です", "the plan of {named}"))
        .of(dept.id()),
    )
}
