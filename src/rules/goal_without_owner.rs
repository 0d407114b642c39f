//! K410: a goal without a division in charge.

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, Text};
use crate::rules::{Check, Judged, Rule, fields, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K410",
    name: "goal-without-owner",
    level: Level::Warning,
    page: include_str!("goal_without_owner.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        // A department without divisions is itself in charge.
        let Some(first) = dept.unit.divisions.first() else { continue };
        let title = |name: &Option<Text>| name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        let all = fields::listed(dept.unit.divisions.iter().map(|division| {
            let (id, name) = (&division.id.value, title(&division.name));
            say!("{id}（{name}）", "{id} ({name})")
        }));
        for goal in plan.goals.iter().filter(|goal| goal.division.is_none()) {
            let Some(place) = dept.at(goal.handle()) else { continue };
            if gaps::slip_in(judged, department, goal.span, &["division"]) {
                continue;
            }
            let (example, all_ja, all_en) = (&first.id.value, &all.ja, &all.en);
            let Say { ja, en } = gaps::goal_name(goal);
            let finding =
                Finding::new(&RULE, place, say!("{ja}に、担当する課がありません", "{en} names no division in charge"))
                    .label(say!("担当する課（division）を書いてください", "write division"))
                    .why(say!(
                        "どの課が行うかが決まっていない目標は、進み具合を誰に聞けばよいか分かりません。",
                        "Without a division in charge nobody knows whom to ask how the goal stands."
                    ))
                    .help(say!(
                        "この目標に division: {example} のように書き足してください。書けるのは次の課です: {all_ja}",
                        "Add a line such as division: {example} to this goal. The divisions are: {all_en}"
                    ))
                    .related(place.file.at(goal.handle()), Say::same(goal.name()))
                    .of(dept.id())
                    .todo(say!("{ja}", "{en}"), say!("担当する課がありません", "no division in charge"));
            out.push(finding);
        }
    }
}
