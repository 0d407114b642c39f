//! K310: a plan answers an item only in part.
//!
//! Viewpoints, reviews and handovers name the goal or the person (K303, K401, K412); a stale answer
//! is K208. A direction or a measure that is not there is K102 or K404 already.

use crate::city::year::Department;
use crate::coverage::{CellState, is_measured, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{AnsweredBy, Level, Plan, Scope};
use crate::place::Span;
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K310",
    name: "partly-answered",
    level: Level::Warning,
    page: include_str!("partly_answered.md"),
    check: Check::Year(check),
};

/// What is there, what lacks, and where to write it.
struct Half {
    span: Span,
    lacks: Say,
    help: Say,
}

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        for (item, entry) in judged.year.items.iter().enumerate() {
            let partial = |leaf: &usize| {
                let cell = &judged.coverage.leaves[*leaf].cells[department];
                cell.must && cell.state == CellState::Partial && !cell.stale && !cell.placeholder
            };
            // Leaves of one item that lack the same thing are one gap.
            let mut gaps: Vec<(Half, Vec<usize>)> = Vec::new();
            for leaf in entry.leaves.clone().filter(partial) {
                let Some(half) = half(judged, department, plan, leaf) else { continue };
                match gaps.iter_mut().find(|(other, _)| other.lacks == half.lacks) {
                    Some((_, leaves)) => leaves.push(leaf),
                    None => gaps.push((half, vec![leaf])),
                }
            }
            for (half, leaves) in gaps {
                out.extend(finding(judged, dept, item, half, &leaves));
            }
        }
    }
}

fn half(judged: &Judged<'_>, department: usize, plan: &Plan, leaf: usize) -> Option<Half> {
    let facts = &judged.year.leaves[leaf];
    let cell = &judged.coverage.leaves[leaf].cells[department];
    let id = facts.id;
    match facts.answered_by {
        AnsweredBy::Citation | AnsweredBy::Goal if facts.scope == Scope::EveryGoal => {
            let goal = gaps::goals_not_citing(judged, department, plan, leaf).next()?;
            Some(Half {
                span: goal.handle(),
                lacks: say!("応えていない目標があります", "some goals do not cite it"),
                help: say!("全ての目標の cites に {id} を加えてください。", "Add {id} to the cites of every goal."),
            })
        }
        AnsweredBy::Goal => {
            let links = &judged.links.plans[department];
            let target = |index: usize| links.responses.get(index)?.iter().find(|t| t.meets(judged.year, leaf));
            let span = cell.responses.iter().find_map(target).map(|target| target.place.span)?;
            Some(Half {
                span,
                lacks: say!("部の方針だけで、目標がありません", "there is a response, but no goal"),
                help: say!(
                    "この項目は、言葉だけでなく目標で応えます。取り組む目標の cites に {id} を加えるか、目標を立ててください。",
                    "This item is answered by work, not words: add {id} to the cites of a goal, or set a goal."
                ),
            })
        }
        AnsweredBy::Plan => {
            // Said nothing in words such as 特になし; an absent direction or measure has its own finding.
            let silent = plan.direction.as_ref().filter(|text| text.says().is_none())?;
            plan.goals.iter().any(is_measured).then(|| Half {
                span: plan.key("direction").unwrap_or(silent.span),
                lacks: say!("運営方針がありません", "the direction says nothing"),
                help: say!("direction に運営方針を書いてください。", "Write the direction."),
            })
        }
        AnsweredBy::Information => {
            let entry = plan.information.iter().map(|e| (e.span, vec![("source", &e.source), ("finding", &e.finding)]));
            entries(judged, department, "information", entry)
        }
        AnsweredBy::Reform => {
            let entry = plan.reform.iter();
            let entry = entry.map(|e| (e.span, vec![("what", &e.what), ("before", &e.before), ("after", &e.after)]));
            entries(judged, department, "reform", entry)
        }
        _ => None,
    }
}

/// The first entry that says something, and the fields it lacks.
fn entries<'p>(
    judged: &Judged<'_>,
    department: usize,
    heading: &str,
    entries: impl Iterator<Item = (Span, gaps::Parts<'p>)>,
) -> Option<Half> {
    let block = gaps::block(judged, department, heading)?;
    if gaps::placeholder_in(judged, department, block) {
        return None;
    }
    let (span, lacks) = gaps::incomplete(entries)?;
    let lacks = lacks.join("、");
    let english = lacks.replace('、', ", ");
    Some(Half {
        span,
        lacks: say!("{heading} に {lacks} がありません", "{heading} lacks {english}"),
        help: say!("この記載に {lacks} を書き足してください。", "Add {english} to this entry."),
    })
}

fn finding(judged: &Judged<'_>, dept: &Department<'_>, item: usize, half: Half, leaves: &[usize]) -> Option<Finding> {
    let year = judged.year;
    let first = *leaves.first()?;
    let name = dept.name();
    let id = year.items[item].item.id.value.item;
    let Say { ja, en } = gaps::item_words(year, item, leaves);
    let todo = say!("{id}  一部だけです", "{id}  only in part");
    Some(
        Finding::new(
            &RULE,
            dept.at(half.span)?,
            say!("{name}は、{ja}に一部だけ応えています", "{name} answers {en} only in part"),
        )
        .label(half.lacks)
        .why(say!(
            "面談資料に「一部記載」と載り、応えた数には入りません。",
            "The interview papers will say \"partial\", and it does not count as answered."
        ))
        .help(half.help)
        .quoting(year.leaf_place(first), Say::same(words::printed_item(year, item)), gaps::wording(year, leaves))
        .look(format!("kpolicy show {id}"))
        .of(dept.id())
        .todo(say!("項目への方針", "item"), todo),
    )
}
