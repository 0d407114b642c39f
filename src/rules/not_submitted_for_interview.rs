//! K503: the interview has come, and the plan was not handed in.

use crate::city::year::{Department, Year};
use crate::coverage::with_plan;
use crate::date::Date;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Level, Plan, Slot};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K503",
    name: "not-submitted-for-interview",
    level: Level::Warning,
    page: include_str!("not_submitted_for_interview.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        let slots = judged.year.docs.interviews.slots.iter().zip(&judged.links.meetings);
        let own = slots.filter(|(_, meeting)| meeting.department == Some(dept.index));
        let days = own.filter_map(|(slot, _)| Some((slot.day()?, slot)));
        if let Some((day, slot)) = days.min_by_key(|(day, _)| *day) {
            out.extend(finding(judged, (department, dept, plan), day, slot));
        }
    }
}

fn finding(
    judged: &Judged<'_>,
    (department, dept, plan): (usize, &Department<'_>, &Plan),
    day: Date,
    slot: &Slot,
) -> Option<Finding> {
    let year = judged.year;
    let name = dept.name();
    let Say { ja, en } = words::day(year, day);
    let come = day <= year.day;
    let finding = match (&plan.submitted, &plan.status) {
        (Some(submitted), _) if submitted.value > day => {
            let said = words::day(year, submitted.value);
            let (said_ja, said_en) = (said.ja, said.en);
            let message = say!(
                "{name}の計画の提出日（{said_ja}）が、面談の日（{ja}）より後です",
                "the plan of {name} was handed in on {said_en}, after the interview on {en}"
            );
            Finding::new(&RULE, dept.at(submitted.span)?, message)
                .label(say!("面談は{ja}です", "the interview is on {en}"))
                .help(say!(
                    "提出日を確かめてください。面談の日が変わったのであれば、基本方針の担当に interviews.yaml を改めてもらいます。",
                    "Check the day. If the interview was moved, have interviews.yaml changed."
                ))
        }
        (_, Some(status)) if plan.is_draft() && come => {
            let message = say!(
                "{name}の面談の日（{ja}）が来ましたが、計画が下書きのままです",
                "the interview of {name} on {en} has come, but its plan is still a draft"
            );
            Finding::new(&RULE, dept.at(status.span)?, message).label(say!("下書きのままです", "still a draft")).help(
                say!(
                    "書き終えたら、この行を status: submitted に変え、dates の submitted に提出日を書いてください。",
                    "When it is complete, write status: submitted here, and the day under dates: submitted:"
                ),
            )
        }
        (None, Some(_)) if !plan.is_draft() && come => undated(judged, (department, dept, plan), day)?,
        _ => return None,
    };
    Some(with_memo(year, finding, slot).of(dept.id()))
}

/// A plan that was handed in, but nobody knows when.
fn undated(
    judged: &Judged<'_>,
    (department, dept, plan): (usize, &Department<'_>, &Plan),
    day: Date,
) -> Option<Finding> {
    if gaps::slip_after(judged, department, plan.key("dates")) || slip_in_dates(judged, department) {
        return None;
    }
    let Say { ja, en } = words::day(judged.year, day);
    let name = dept.name();
    let message = say!(
        "{name}の面談の日（{ja}）が来ましたが、計画に提出日がありません",
        "the interview of {name} on {en} has come, but its plan tells no day of submission"
    );
    let place = dept.at(plan.key("dates").or(plan.status.as_ref().map(|status| status.span))?)?;
    Some(
        Finding::new(&RULE, place, message)
            .label(say!("提出日を書いてください", "write the day of submission"))
            .help(say!("次のように書いてください。\ndates:\n  submitted: {day}", "Write:\ndates:\n  submitted: {day}")),
    )
}

fn slip_in_dates(judged: &Judged<'_>, department: usize) -> bool {
    let block = gaps::block(judged, department, "dates");
    block.is_some_and(|block| gaps::slip_in(judged, department, block, &["submitted"]))
}

/// Adds the slot, and the memo's item that asks for the plan at the interview.
fn with_memo(year: &Year<'_>, finding: Finding, slot: &Slot) -> Finding {
    let finding = match year.files.interviews {
        Some(file) => finding.related(file.at(slot.handle()), say!("面談の日程です", "the interview")),
        None => finding,
    };
    let finding = finding.why(say!(
        "計画は、面談の時に提出することとされています。提出がないと、面談者の手元に下書きしか届きません。",
        "The plan is to be handed in at the interview; without it the interviewer has only a draft."
    ));
    let asks = |leaf: &usize| {
        year.leaves.get(*leaf).is_some_and(|leaf| leaf.answered_by == AnsweredBy::Interview && !leaf.withdrawn)
    };
    let Some(leaf) = (0..year.leaves.len()).find(asks) else { return finding };
    let item = year.leaves.get(leaf).map_or(0, |leaf| leaf.item);
    finding.quoting(year.leaf_place(leaf), Say::same(words::printed_item(year, item)), year.words(leaf))
}
