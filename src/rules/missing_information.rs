//! K402: no information was gathered.

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Level};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K402",
    name: "missing-information",
    level: Level::Error,
    page: include_str!("missing_information.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (department, dept, plan) in with_plan(year) {
        let Some(leaf) = gaps::first_missing(judged, department, AnsweredBy::Information) else { continue };
        let block = gaps::block(judged, department, "information");
        if block.is_some_and(|block| gaps::placeholder_in(judged, department, block)) {
            continue;
        }
        let Some(place) = dept.at(plan.place_for("information")) else { continue };
        let name = dept.name();
        let printed = Say::same(words::printed_item(year, year.leaves[leaf].item));
        let finding = Finding::new(
            &RULE,
            place,
            say!("{name}の計画に、情報収集の記載がありません", "the plan of {name} tells of no information gathered"),
        )
        .label(say!("information を書いてください", "write information"))
        .why(say!(
            "目標を定めるに当たり、広く情報収集に努めることとされています。",
            "The basic policy asks to gather information widely before setting goals."
        ))
        .help(say!(
            "次のように、得た所と分かったことを１件以上書いてください（書く場所は kpolicy new {name} --missing で作れます）。\ninformation:\n  - source: 都の補助制度説明会\n    finding: 補助率が２分の１に上がる",
            "Write at least one entry (kpolicy new {name} --missing makes a place for it) with where it came from and what was learnt.\ninformation:\n  - source: briefing on the prefecture's subsidies\n    finding: the rate rises to one half"
        ))
        .quoting(year.leaf_place(leaf), printed, year.words(leaf))
        .of(dept.id())
        .todo(say!("広い情報収集", "information"), say!("１件もありません", "none at all"));
        out.push(finding);
    }
}
