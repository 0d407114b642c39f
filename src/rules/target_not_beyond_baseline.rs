//! K408: a target that asks for nothing better than today.

use crate::city::year::Department;
use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Goal, Level, Measure, Point, Text};
use crate::place::Span;
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K408",
    name: "target-not-beyond-baseline",
    level: Level::Warning,
    page: include_str!("target_not_beyond_baseline.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (_, dept, plan) in with_plan(judged.year) {
        for goal in &plan.goals {
            for measure in &goal.measures {
                if let Some(numbers) = measure.not_beyond() {
                    out.extend(finding(dept, goal, measure, numbers));
                }
            }
        }
    }
}

fn finding(dept: &Department<'_>, goal: &Goal, measure: &Measure, (baseline, target): (f64, f64)) -> Option<Finding> {
    let place = dept.at(value_span(&measure.target)?)?;
    let before = dept.at(value_span(&measure.baseline)?)?;
    let unit = measure.unit.as_ref().and_then(Text::says).unwrap_or_default();
    let said = measure.name.as_ref().and_then(Text::says);
    let (name_ja, name_en) = match said {
        Some(name) => (format!("の指標「{name}」"), format!("the measure \"{name}\" of ")),
        None => ("の指標".to_owned(), "a measure of ".to_owned()),
    };
    let Say { ja, en } = gaps::goal_name(goal);
    let kept = measure.direction() == "same";
    let message = if kept {
        say!(
            "{ja}{name_ja}は「維持」ですが、目標値（{target}{unit}）が現状値（{baseline}{unit}）と違います",
            "{name_en}{en} shall stay the same, but its target ({target}{unit}) is not the baseline ({baseline}{unit})"
        )
    } else {
        say!(
            "{ja}{name_ja}の目標値（{target}{unit}）は、現状値（{baseline}{unit}）より良くなっていません",
            "the target of {name_en}{en} ({target}{unit}) is no better than the baseline ({baseline}{unit})"
        )
    };
    Some(
        Finding::new(&RULE, place, message)
            .label(if kept {
                say!("現状値と同じ数ではありません", "not the same as the baseline")
            } else {
                say!("現状値より良い数にしてください", "write a number better than the baseline")
            })
            .why(say!(
                "現状と変わらないか悪くなる目標値では、何を良くする目標なのかが面談で伝わりません。",
                "A target that is no better than today does not tell what the goal improves."
            ))
            .help(help(measure, baseline))
            .related(before, say!("現状値はここにあります", "the baseline is here"))
            .related(place.file.at(goal.handle()), Say::same(goal.name()))
            .of(dept.id()),
    )
}

/// What to type, by which direction is good.
fn help(measure: &Measure, baseline: f64) -> Say {
    let running = measure.counted_from.is_some();
    match measure.direction() {
        "same" => say!(
            "今の値を保つのであれば、目標値を {baseline} にしてください。良くするのであれば、better: を higher（高いほどよい）又は lower（低いほどよい）に改めます。",
            "To keep today's value, write {baseline} as the target; to make it better, change better: to higher or lower."
        ),
        "higher" if running => say!(
            "累計の指標では、目標値も、数え始めた日からの合計で書きます。{baseline} に今年度の分を加えた数にしてください。",
            "A running total has its target counted from the same day: write {baseline} and this year's part together."
        ),
        "lower" => say!(
            "低いほどよい指標なので、目標値を {baseline} より小さい数にしてください。高いほどよい指標であれば better: higher、今の値を保つのであれば better: same と書きます。",
            "Lower is better here: write a target below {baseline}. If higher is better, write better: higher; to keep today's value, better: same."
        ),
        _ => say!(
            "高いほどよい指標なので、目標値を {baseline} より大きい数にしてください。低いほどよい指標であれば better: lower、今の値を保つのであれば better: same と書きます。",
            "Higher is better here: write a target above {baseline}. If lower is better, write better: lower; to keep today's value, better: same."
        ),
    }
}

fn value_span(point: &Option<Point>) -> Option<Span> {
    point.as_ref()?.value.as_ref().map(|value| value.span)
}
