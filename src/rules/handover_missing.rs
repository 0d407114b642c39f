//! K412: someone came to a post with this year, and no complete handover is recorded.

use std::collections::HashSet;

use crate::city::year::Department;
use crate::coverage::{HandedOver, newcomers, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, HandoverRecord, Level, Plan, Signer, Text};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K412",
    name: "handover-missing",
    level: Level::Error,
    page: include_str!("handover_missing.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        let Some(leaf) = gaps::open(judged, department, AnsweredBy::Handover).first().copied() else { continue };
        if gaps::slip_after(judged, department, plan.key("handover")) {
            continue;
        }
        let records = Records::new(judged, department, plan);
        for signer in newcomers(judged.year, plan) {
            if !records.complete.holds(signer) && !records.is_unfinished(judged, department, signer) {
                out.extend(finding(judged, dept, &records, signer, leaf));
            }
        }
    }
}

/// The handovers of a plan, by post.
struct Records {
    complete: HandedOver,
    posts: HashSet<Option<String>>,
    /// Posts of records where （記入） stands.
    unfinished: HashSet<Option<String>>,
    /// True where one of those does not tell its post yet.
    nameless: bool,
}

impl Records {
    fn new(judged: &Judged<'_>, department: usize, plan: &Plan) -> Records {
        let unfinished = plan.handover.iter().filter(|record| gaps::placeholder_in(judged, department, record.span));
        let unfinished: Vec<&HandoverRecord> = unfinished.collect();
        Records {
            complete: HandedOver::new(plan),
            posts: plan.handover.iter().map(|record| post(&record.post)).collect(),
            nameless: unfinished.iter().any(|record| record.post.as_ref().and_then(Text::says).is_none()),
            unfinished: unfinished.iter().map(|record| post(&record.post)).collect(),
        }
    }

    /// True where （記入） stands in the record of this signer, in one that does not tell its post
    /// yet, or in the signer's own entry.
    fn is_unfinished(&self, judged: &Judged<'_>, department: usize, signer: &Signer) -> bool {
        self.nameless
            || gaps::placeholder_in(judged, department, signer.span)
            || self.unfinished.contains(&post(&signer.post))
    }
}

fn post(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| crate::city::names::fold(&text.value))
}

fn finding(
    judged: &Judged<'_>,
    dept: &Department<'_>,
    records: &Records,
    signer: &Signer,
    leaf: usize,
) -> Option<Finding> {
    let year = judged.year;
    let post = signer.post.as_ref();
    let title = post.and_then(Text::says).unwrap_or_else(|| dept.name());
    let since = signer.since.as_ref()?;
    let (day, name) = (since.value.long_ja(), dept.name());
    let iso = since.value;
    let recorded = records.posts.contains(&self::post(&signer.post));
    let place = post.map_or(since.span, |text| text.span);
    let help = if recorded {
        say!(
            "引継ぎの記録に、終えた日（completed: {iso} の形）を書いてください。要らない場合は not_needed: に理由を書きます。\n後任者（successor）の氏名は、署名する者の氏名と同じに書きます。",
            "Write the day on which it was complete (completed: {iso} or the like), or the reason why none is needed under not_needed:\nThe successor's name is the signer's."
        )
    } else {
        say!(
            "次のように書いてください（書く場所は kpolicy new {name} --missing で作れます）。要らない場合は、completed の代わりに not_needed: 新設の職のため、のように理由を書きます。\nhandover:\n  - post: {title}\n    completed: {iso}",
            "Write as follows (kpolicy new {name} --missing makes a place for it); where none is needed, give the reason under not_needed: in place of completed.\nhandover:\n  - post: {title}\n    completed: {iso}"
        )
    };
    let item = year.leaves[leaf].item;
    Some(
        Finding::new(
            &RULE,
            dept.at(place)?,
            say!("{title}の事務引継ぎが済んだ記録がありません", "no complete handover is recorded for {title}"),
        )
        .label(say!("{day}に着任しています", "took the post on {iso}"))
        .why(say!(
            "異動で着任した者には、事務引継ぎが求められています。",
            "Whoever comes with a transfer is asked for a complete handover."
        ))
        .help(help)
        .quoting(year.leaf_place(leaf), Say::same(words::printed_item(year, item)), year.words(leaf))
        .of(dept.id())
        .todo(say!("事務引継ぎ", "handover"), say!("{title}の記録がありません", "no record for {title}")),
    )
}
