//! K403: no reform of how the work is done.

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Level};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K403",
    name: "missing-reform",
    level: Level::Error,
    page: include_str!("missing_reform.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (department, dept, plan) in with_plan(year) {
        let Some(leaf) = gaps::first_missing(judged, department, AnsweredBy::Reform) else { continue };
        let block = gaps::block(judged, department, "reform");
        if block.is_some_and(|block| gaps::placeholder_in(judged, department, block)) {
            continue;
        }
        let Some(place) = dept.at(plan.place_for("reform")) else { continue };
        let name = dept.name();
        let printed = Say::same(words::printed_item(year, year.leaves[leaf].item));
        let finding = Finding::new(
            &RULE,
            place,
            say!("{name}の計画に、業務改革の記載がありません", "the plan of {name} tells of no reform"),
        )
        .label(say!("reform を書いてください", "write reform"))
        .why(say!(
            "運営方針と組織目標に、業務改革の視点を盛り込むこととされています。",
            "The basic policy asks for a view to reform in the direction and goals."
        ))
        .help(say!(
            "次のように、何を変え、前と後でどう違うかを１件以上書いてください（書く場所は kpolicy new {name} --missing で作れます）。\nreform:\n  - what: 占用申請を受付から台帳まで一度で済ませる\n    before: 1件40分\n    after: 1件15分",
            "Write at least one entry (kpolicy new {name} --missing makes a place for it) with what changes, before and after.\nreform:\n  - what: applications are entered once\n    before: 40 minutes each\n    after: 15 minutes each"
        ))
        .quoting(year.leaf_place(leaf), printed, year.words(leaf))
        .of(dept.id())
        .todo(say!("業務改革", "reform"), say!("１件もありません", "none at all"));
        out.push(finding);
    }
}
