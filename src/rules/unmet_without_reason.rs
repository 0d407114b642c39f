//! K508: an entry on progress says that something was not reached, or leaves a number out, and not why.

use crate::city::year::Department;
use crate::coverage::{Told, told, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Actual, Goal, Level, Measure, Progress, Text};
use crate::place::Span;
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K508",
    name: "unmet-without-reason",
    level: Level::Warning,
    page: include_str!("unmet_without_reason.md"),
    check: Check::Year(check),
};

/// The states that ask for a reason.
const UNMET: [&str; 4] = ["behind", "partly", "unmet", "stopped"];

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        for goal in &plan.goals {
            for entry in goal.progress.iter().filter(|entry| told(&entry.reason) == Told::No) {
                let slip =
                    gaps::slip_in(judged, department, entry.span, &["reason", "actuals", "measure", "value", "state"]);
                if !slip {
                    out.extend(finding(dept, goal, entry));
                }
            }
        }
    }
}

/// One finding an entry: the reason that it lacks answers for both.
fn finding(dept: &Department<'_>, goal: &Goal, entry: &Progress) -> Option<Finding> {
    let Say { ja, en } = gaps::goal_name(goal);
    let unmet = entry.state.as_ref().filter(|state| UNMET.contains(&state.value.id));
    let (span, message, label) = if let Some(state) = unmet {
        let (word, english) = (state.value.name().ja, state.value.en);
        (
            state.span,
            say!("{ja}の進み具合は「{word}」ですが、理由がありません", "{en} is {english}, and no reason is given"),
            say!("理由（reason）を書いてください", "write the reason"),
        )
    } else {
        let measure = without_actual(goal, entry)?;
        (
            entry.period.as_ref().map_or(Span::at(entry.span.start as usize), |period| period.span),
            say!(
                "{ja}の進み具合に、指標「{measure}」の実績値も、書けない理由もありません",
                "the entry on {en} has neither an actual for \"{measure}\" nor a reason for none"
            ),
            say!("実績値（actuals）か理由（reason）を書いてください", "write the actual, or a reason"),
        )
    };
    let help = match unmet {
        Some(_) => say!(
            "この時期の記載に、理由を書き足してください。\n例: reason: 入札に応じる事業者がなく、契約が１か月遅れたため",
            "Add the reason to this entry, such as: reason: nobody bid, and the contract came a month late"
        ),
        None => say!(
            "実績値を書き足すか、まだ分からないときは reason: にその理由を書いてください。\nactuals:\n  - measure: （指標の名称）\n    value: 7",
            "Add the actual, or say under reason: why it is not known yet.\nactuals:\n  - measure: (name of the measure)\n    value: 7"
        ),
    };
    Some(
        Finding::new(&RULE, dept.at(span)?, message)
            .label(label)
            .why(say!(
                "理由がないと、面談で次の手を話し合えず、同じ遅れを翌年度も繰り返します。",
                "Without a reason nobody can agree on the next step, and the same comes again next year."
            ))
            .help(help)
            .related(dept.at(goal.handle())?, Say::same(goal.name()))
            .of(dept.id()),
    )
}

/// The first measure of the goal that the entry tells nothing of; nothing where an actual names a
/// measure that is not there, since K204 speaks of that and it may be the one.
fn without_actual<'g>(goal: &'g Goal, entry: &Progress) -> Option<&'g str> {
    let mut spoken: Vec<&Measure> = Vec::new();
    for actual in &entry.actuals {
        let measure = actual.measure.as_ref().and_then(|name| goal.measure_named(&name.text))?;
        if is_told(actual) {
            spoken.push(measure);
        }
    }
    let named = goal.measures.iter().filter_map(|measure| Some((measure, measure.name.as_ref().and_then(Text::says)?)));
    let mut open = named.filter(|(measure, _)| !spoken.iter().any(|other| std::ptr::eq(*other, *measure)));
    open.next().map(|(_, name)| name)
}

fn is_told(actual: &Actual) -> bool {
    actual.value.is_some() || told(&actual.state) == Told::Yes
}
