//! K404: a goal without a measure, and without a reason for none.

use crate::coverage::{is_measured, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Goal, Level};
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K404",
    name: "goal-without-measure",
    level: Level::Warning,
    page: include_str!("goal_without_measure.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        for goal in plan.goals.iter().filter(|goal| !is_measured(goal)) {
            if is_spoken_for(judged, department, goal) {
                continue;
            }
            let Some(place) = dept.at(goal.measures_key.unwrap_or_else(|| goal.handle())) else { continue };
            let (Say { ja, en }, name) = (gaps::goal_name(goal), dept.name());
            let finding =
                Finding::new(&RULE, place, say!("{ja}に、指標がありません", "{en} has no measure"))
                    .label(say!("指標と目標値を書いてください", "write a measure and its target"))
                    .why(say!(
                        "指標がないと、年度末に目標を達成したかを誰も確かめられません。",
                        "Without a measure nobody can tell at year's end if it was reached."
                    ))
                    .help(say!(
                        "次のように書きます（書く場所は kpolicy new {name} --missing で作れます）。測れない目標は no_measures: に理由を書きます。\nmeasures:\n  - name: 平均待ち時間（分）\n    baseline:\n      value: 14\n    target:\n      value: 10",
                        "Write as follows (kpolicy new {name} --missing makes a place for it); where none is possible, the reason as no_measures:\nmeasures:\n  - name: average waiting time in minutes\n    baseline:\n      value: 14\n    target:\n      value: 10"
                    ))
                    .related(place.file.at(goal.handle()), Say::same(goal.name()))
                    .of(dept.id())
                    .todo(say!("{ja}", "{en}"), say!("指標と目標値がありません", "no measure and no target"));
            out.push(finding);
        }
    }
}

/// True where K104 or a fault of form says it already.
fn is_spoken_for(judged: &Judged<'_>, department: usize, goal: &Goal) -> bool {
    let reason = goal.no_measures.as_ref().map(|text| text.span);
    let places = goal.measures.iter().map(|measure| measure.span).chain(reason);
    places.into_iter().any(|span| gaps::placeholder_in(judged, department, span))
        || gaps::slip_after(judged, department, goal.measures_key)
}
