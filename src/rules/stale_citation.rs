//! K208: an answer older than the present wording of what it answers.

use std::collections::BTreeSet;

use crate::city::year::Department;
use crate::coverage::{CellState, is_stale, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Target;
use crate::model::{Amendment, Level, Plan, Scope};
use crate::place::{Place, Span};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K208",
    name: "stale-citation",
    level: Level::Warning,
    page: include_str!("stale_citation.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        // One citation of an item speaks of all its clauses.
        let mut done: BTreeSet<Place> = BTreeSet::new();
        for leaf in 0..judged.year.leaves.len() {
            let cell = &judged.coverage.leaves[leaf].cells[department];
            if !cell.stale || cell.state != CellState::Partial {
                continue;
            }
            let stale = citations(judged, department, plan, leaf);
            let every = judged.year.leaves[leaf].scope == Scope::EveryGoal;
            // One fresh answer is enough unless every goal must answer.
            let said = if every { stale.len() } else { 1 };
            for (place, holder) in stale.into_iter().take(said) {
                if done.insert(place) {
                    out.extend(finding(judged, dept, leaf, place, holder));
                }
            }
        }
    }
}

/// The citations of a leaf in goals and responses that were not looked at since, goals first.
fn citations(judged: &Judged<'_>, department: usize, plan: &Plan, leaf: usize) -> Vec<(Place, Option<Span>)> {
    let (year, links) = (judged.year, &judged.links.plans[department]);
    let cell = &judged.coverage.leaves[leaf].cells[department];
    let place = |targets: &[Target]| targets.iter().find(|target| target.meets(year, leaf)).map(|target| target.place);
    let goals = cell.goals.iter().filter_map(|index| {
        let goal = plan.goals.get(index).filter(|goal| is_stale(&year.leaves[leaf], plan, &goal.reviewed))?;
        Some((place(&links.goals.get(index)?.cites)?, Some(goal.handle())))
    });
    let responses = cell.responses.iter().filter_map(|index| {
        plan.responses.get(index).filter(|response| is_stale(&year.leaves[leaf], plan, &response.reviewed))?;
        Some((place(links.responses.get(index)?)?, None))
    });
    goals.chain(responses).collect()
}

fn finding(
    judged: &Judged<'_>,
    dept: &Department<'_>,
    leaf: usize,
    place: Place,
    holder: Option<Span>,
) -> Option<Finding> {
    let year = judged.year;
    let facts = &year.leaves[leaf];
    let since = facts.amended?;
    let Say { ja, en } = gaps::item_words(year, facts.item, &[leaf]);
    let (ja, en) = (ja.trim_end(), en.trim_end());
    let day = if year.day < since { since } else { year.day };
    let printed = since.long_ja();
    let mut finding = Finding::new(
        &RULE,
        place,
        say!(
            "{ja} の文言は {printed}に改まりましたが、この記載はその前のものです",
            "the wording of {en} changed on {since}, after this was last looked at"
        ),
    )
    .label(say!("今の文言に応えているか、見直してください", "does it still answer?"))
    .why(say!(
        "前の文言に応えた記載は、見直すまで「一部記載」と数えます。",
        "What answered the old wording counts as partial until it is looked at again."
    ))
    .help(say!(
        "今の文言を読み、必要なら内容を直して、見直した日を同じ所（cites と並べて）に書いてください。\nreviewed: {day}",
        "Read the present wording, change the text where needed, and add the day beside cites:\nreviewed: {day}"
    ))
    .quoting(year.leaf_place(leaf), Say::same(words::printed_item(year, facts.item)), year.words(leaf));
    if let Some(was) = amendment(judged, leaf).and_then(|amended| amended.was.as_ref()) {
        finding = finding.quoting(
            year.policy_file.at(was.span),
            say!("改まる前の文言です", "the wording before"),
            was.joined(),
        );
    }
    if let Some(holder) = holder {
        finding = finding.related(place.file.at(holder), say!("この目標の応える項目です", "cited by this goal"));
    }
    Some(finding.look(format!("kpolicy show {}", facts.id)).of(dept.id()))
}

/// The amendment that counts: the later one of the clause's and its item's.
fn amendment<'a>(judged: &Judged<'a>, leaf: usize) -> Option<&'a Amendment> {
    let facts = &judged.year.leaves[leaf];
    let clause = facts.clause.map(|clause| &clause.duty);
    let duties = clause.into_iter().chain([&judged.year.items[facts.item].item.duty]);
    duties.filter_map(|duty| duty.amended.as_ref()).find(|a| a.since.as_ref().map(|day| day.value) == facts.amended)
}
