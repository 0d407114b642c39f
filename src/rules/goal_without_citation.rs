//! K406: a goal that answers no item of the policy.

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Goal, Level};
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K406",
    name: "goal-without-citation",
    level: Level::Error,
    page: include_str!("goal_without_citation.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (department, dept, plan) in with_plan(year) {
        // A citation of an unknown item is K201, one that cannot be read K104, K106 or K107.
        let own = |goal: &&Goal| goal.cites.iter().any(|cite| cite.value.year.is_none_or(|other| other == year.year));
        for goal in plan.goals.iter().filter(|goal| !own(goal)) {
            if gaps::slip_after(judged, department, goal.cites_key) {
                continue;
            }
            let Some(place) = dept.at(goal.cites_key.unwrap_or_else(|| goal.handle())) else { continue };
            let Say { ja, en } = gaps::goal_name(goal);
            let finding = Finding::new(
                &RULE,
                place,
                say!("{ja}は、基本方針のどの項目にも応えていません", "{en} answers no item of the basic policy"),
            )
            .label(say!("応える項目の番号を書いてください", "write the items it answers"))
            .why(say!(
                "組織目標は基本方針に則して定めることとされています。番号がないと、どの項目への取組か分かりません。",
                "Goals are set to carry out the basic policy; without a number nobody knows what this one is for."
            ))
            .help(say!(
                "この目標に、応える項目の番号を書いてください。番号は kpolicy coverage の表で確かめられます。\ncites:\n  - 1-1",
                "Write the numbers of the items that this goal answers; kpolicy coverage lists them.\ncites:\n  - 1-1"
            ))
            .related(place.file.at(goal.handle()), Say::same(goal.name()))
            .of(dept.id())
            .todo(say!("{ja}", "{en}"), say!("応える項目の番号がありません", "no items cited"));
            out.push(finding);
        }
    }
}
