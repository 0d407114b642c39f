//! K407: a measure that does not say where it stands today.

use crate::city::year::Department;
use crate::coverage::{is_measured, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Goal, Level, Measure, Point, Text};
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K407",
    name: "measure-without-baseline",
    level: Level::Warning,
    page: include_str!("measure_without_baseline.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        // K404 says that there is no measure at all: it speaks for the whole goal.
        for goal in plan.goals.iter().filter(|goal| is_measured(goal)) {
            for measure in &goal.measures {
                let slip = || gaps::slip_in(judged, department, measure.span, &["baseline", "at"]);
                if !measure.baseline.as_ref().is_some_and(Point::is_told)
                    && !slip()
                    && !baseline_slip(judged, department, measure)
                {
                    out.extend(finding(judged, dept, goal, measure));
                }
            }
        }
    }
}

/// True where a value inside the baseline could not be taken.
fn baseline_slip(judged: &Judged<'_>, department: usize, measure: &Measure) -> bool {
    let span = measure.baseline.as_ref().map(|point| point.span);
    span.is_some_and(|span| gaps::slip_in(judged, department, span, &["value", "state"]))
}

fn finding(judged: &Judged<'_>, dept: &Department<'_>, goal: &Goal, measure: &Measure) -> Option<Finding> {
    // Without a name there is nothing to speak of: K104 or K404 does.
    let name = measure.name.as_ref()?;
    let said = name.says()?;
    let unit = measure.unit.as_ref().and_then(Text::says).map(|unit| format!("（{unit}）")).unwrap_or_default();
    let Say { ja, en } = gaps::goal_name(goal);
    let day = judged.year.year.first_day().plus_days(-1);
    let place = dept.at(name.span)?;
    Some(
        Finding::new(
            &RULE,
            place,
            say!("{ja}の指標「{said}」に、現状値がありません", "the measure \"{said}\" of {en} has no baseline"),
        )
        .label(say!("現状値（baseline）を書いてください", "write its baseline"))
        .why(say!(
            "今の値が分からないと、目標値がどれだけの改善か、面談で判断できません。",
            "Without today's value nobody can judge at the interview how much better the target is."
        ))
        .help(say!(
            "次のように、今の値{unit}を数で書いてください。数で表せないときは、value の代わりに state: に今の状態を書きます。\nbaseline:\n  value: 14\n  at: {day}",
            "Write today's value as follows; where it is no number, write the state in words under state: in place of value.\nbaseline:\n  value: 14\n  at: {day}"
        ))
        .related(place.file.at(goal.handle()), Say::same(goal.name()))
        .of(dept.id()),
    )
}
