//! K502: two days that stand in the wrong order.

use crate::city::year::Year;
use crate::coverage::with_plan;
use crate::date::Date;
use crate::finding::Finding;
use crate::lang::{Bi, Say, bi};
use crate::model::{Goal, Level, Plan, Text, Val};
use crate::place::FileId;
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K502",
    name: "steps-out-of-order",
    level: Level::Warning,
    page: include_str!("steps_out_of_order.md"),
    check: Check::Year(check),
};

type Day = Option<Val<Date>>;

/// Two days of which the first must not be after the second, and what they are called.
struct Pair<'p> {
    first: (Bi, &'p Day),
    then: (Bi, &'p Day),
    /// Whose days they are: a post, or nothing.
    whose: Option<&'p str>,
}

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (_, dept, plan) in with_plan(year) {
        let Some(file) = dept.file else { continue };
        let found = pairs(plan).into_iter().filter_map(|pair| finding(year, file, &pair));
        out.extend(found.map(|finding| finding.of(dept.id())));
        for goal in &plan.goals {
            actions(year, file, goal, &mut |finding| out.push(finding.of(dept.id())));
        }
    }
    if let Some(file) = year.files.interviews {
        let interviews = year.docs.interviews;
        let pair = Pair {
            first: (bi("面談の期間の初日（from）", "the first day of the interviews (from)"), &interviews.from),
            then: (bi("最終日（to）", "the last (to)"), &interviews.to),
            whose: None,
        };
        out.extend(finding(year, file, &pair));
    }
}

fn pairs(plan: &Plan) -> Vec<Pair<'_>> {
    let mut pairs = vec![Pair {
        first: (bi("作成日（written）", "the day of writing (written)"), &plan.written),
        then: (bi("提出日（submitted）", "the day of submission (submitted)"), &plan.submitted),
        whose: None,
    }];
    pairs.extend(plan.signers.iter().map(|signer| Pair {
        first: (bi("着任日（since）", "the day of taking the post (since)"), &signer.since),
        then: (bi("離任日（until）", "the day of leaving it (until)"), &signer.until),
        whose: signer.post.as_ref().and_then(Text::says),
    }));
    pairs.extend(plan.handover.iter().map(|record| Pair {
        first: (bi("内示日（notified）", "the advance notice (notified)"), &record.notified),
        then: (bi("引継完了日（completed）", "the end of the handover (completed)"), &record.completed),
        whose: record.post.as_ref().and_then(Text::says),
    }));
    pairs
}

fn finding(year: &Year<'_>, file: FileId, pair: &Pair<'_>) -> Option<Finding> {
    let ((first, before), (then, after)) = (pair.first, pair.then);
    let (before, after) = (before.as_ref()?, after.as_ref()?);
    if before.value <= after.value {
        return None;
    }
    let whose = pair.whose.map(|post| (format!("{post}の"), format!("{post}: "))).unwrap_or_default();
    let (whose_ja, whose_en) = whose;
    let (from, to) = (words::day(year, before.value), words::day(year, after.value));
    let (first_ja, first_en, then_ja, then_en) = (first.ja, first.en, then.ja, then.en);
    let (from_ja, from_en, to_ja, to_en) = (from.ja, from.en, to.ja, to.en);
    Some(
        Finding::new(
            &RULE,
            file.at(after.span),
            say!(
                "{whose_ja}{then_ja}（{to_ja}）が、{first_ja}（{from_ja}）より前です",
                "{whose_en}{then_en} is {to_en}, before {first_en} on {from_en}"
            ),
        )
        .label(say!("{from_ja}より前です", "before {from_en}"))
        .why(say!(
            "順序が逆の日付は、どちらかが書き誤りです。記録として残るため、面談や後任者が誤って受け取ります。",
            "One of the two is a slip; it stays on record and misleads whoever reads it later."
        ))
        .help(say!(
            "二つの日付を確かめ、違っている方を直してください。",
            "Look at both days, and mend the one that is wrong."
        ))
        .related(file.at(before.span), say!("{first_ja}はここにあります", "here is {first_en}")),
    )
}

/// Steps of a goal are written in the order in which they are done.
fn actions(year: &Year<'_>, file: FileId, goal: &Goal, push: &mut dyn FnMut(Finding)) {
    let Say { ja, en } = gaps::goal_name(goal);
    let days: Vec<&Val<Date>> = goal.actions.iter().filter_map(|action| action.by.as_ref()).collect();
    for pair in days.windows(2) {
        let [before, after] = pair else { continue };
        if before.value <= after.value {
            continue;
        }
        let (from, to) = (words::day(year, before.value), words::day(year, after.value));
        let (from_ja, from_en, to_ja, to_en) = (from.ja, from.en, to.ja, to.en);
        push(
            Finding::new(
                &RULE,
                file.at(after.span),
                say!(
                    "{ja}の取組の期限（{to_ja}）が、一つ前の取組の期限（{from_ja}）より前です",
                    "a step of {en} is dated {to_en}, before the step above it on {from_en}"
                ),
            )
            .label(say!("{from_ja}より前です", "before {from_en}"))
            .why(say!(
                "取組は行う順に読まれます。日付が前後していると、どちらが先かが伝わらず、進行管理を誤ります。",
                "Steps are read in the order in which they are done; with mixed days nobody knows which comes first."
            ))
            .help(say!(
                "日付が書き誤りであれば直し、日付が正しければ、取組を早い順に並べ替えてください。",
                "Mend the day if it is wrong; if it is right, put the steps in order of time."
            ))
            .related(file.at(before.span), say!("一つ前の取組の期限です", "the step above it"))
            .related(file.at(goal.handle()), Say::same(goal.name())),
        );
    }
}
