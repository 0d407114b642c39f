//! K509: what the interview asked for is not done, and its day is past.

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::model::{Level, Text};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K509",
    name: "follow-up-overdue",
    level: Level::Warning,
    page: include_str!("follow_up_overdue.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (department, dept, plan) in with_plan(year) {
        for entry in plan.follow_ups.iter().filter(|entry| entry.done_on.is_none()) {
            let Some(by) = entry.by.as_ref().filter(|by| by.value < year.day) else { continue };
            if gaps::slip_in(judged, department, entry.span, &["done_on"]) {
                continue;
            }
            let Some(place) = dept.at(by.span) else { continue };
            let id = entry.id.as_ref().map(|id| format!(" {}", id.value)).unwrap_or_default();
            let what = entry.what.as_ref().and_then(Text::says).unwrap_or("―");
            let (day, today) = (words::day(year, by.value), year.day);
            let (ja, en) = (day.ja, day.en);
            let finding = Finding::new(
                &RULE,
                place,
                say!("宿題{id}「{what}」の期限（{ja}）が過ぎています", "follow-up{id} \"{what}\" was due on {en}"),
            )
            .label(say!("{ja}が期限でした", "was due on {en}"))
            .why(say!(
                "面談で求められたことです。終わっていないと、次の面談で最初に聞かれます。",
                "The interview asked for it; it will be the first question at the next one."
            ))
            .help(say!(
                "終えたのであれば done_on: {today} のように完了日を書き足してください。まだであれば、面談者に伝えた上で、新しい期限を by に書きます。",
                "If it is done, add the day, such as done_on: {today}; if not, tell the interviewer and write the new day under by:"
            ));
            let named = entry.what.as_ref().and_then(|what| dept.at(what.span));
            let finding = match named {
                Some(place) => finding.related(place, say!("求められたことです", "what was asked for")),
                None => finding,
            };
            out.push(finding.of(dept.id()));
        }
    }
}
