//! K304: a plan declines what it also answers.

use std::collections::HashMap;

use crate::city::year::Department;
use crate::coverage::{DeclineFault, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::{PlanLinks, Target};
use crate::model::{Goal, Level, Plan, Scope};
use crate::place::Place;
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K304",
    name: "declined-and-cited",
    level: Level::Warning,
    page: include_str!("declined_and_cited.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, plan) in with_plan(judged.year) {
        let links = &judged.links.plans[department];
        if links.declines.is_empty() {
            continue;
        }
        let answers = Answers::new(judged, plan, links);
        for (index, decline) in links.declines.iter().enumerate() {
            for target in &decline.items {
                let both = |leaf: &usize| is_both(judged, department, plan, index, *leaf);
                let leaves: Vec<usize> = target.leaves(judged.year).filter(both).collect();
                out.extend(finding(judged, dept, &answers, target, &leaves));
            }
        }
    }
}

/// True when this decline speaks of a leaf that the plan answers. Where the item may not be
/// declined at all, K305 says the graver thing.
fn is_both(judged: &Judged<'_>, department: usize, plan: &Plan, decline: usize, index: usize) -> bool {
    let leaf = &judged.year.leaves[index];
    let cell = &judged.coverage.leaves[index].cells[department];
    let own = cell.decline == Some(decline) && cell.decline_fault != Some(DeclineFault::NotAllowed);
    own && gaps::answers_itself(judged, department, plan, index) && !leaf.withdrawn && leaf.scope != Scope::Standing
}

fn finding(
    judged: &Judged<'_>,
    dept: &Department<'_>,
    answers: &Answers<'_>,
    target: &Target,
    leaves: &[usize],
) -> Option<Finding> {
    let year = judged.year;
    let Say { ja, en } = gaps::item_words(year, target.item(year), leaves);
    let first = *leaves.first()?;
    let id = year.leaves[first].id;
    let mut finding = Finding::new(
        &RULE,
        target.place,
        say!("{ja}は、非該当としながら応えてもいます", "{en} is declined, and answered as well"),
    )
    .label(say!("非該当としています", "declined here"))
    .why(say!(
        "応えている方が数えられ、この非該当は数えられません。どちらが部の考えか、読む人に伝わりません。",
        "The answer counts and the decline does not; readers cannot tell which is meant."
    ))
    .help(say!(
        "応えるなら、not_applicable からこの番号を消してください。応えないなら、cites から {id} を消すか、応える部分の番号だけにします。",
        "If the plan answers it, remove it from not_applicable. If not, remove {id} from cites, or cite only the clauses that are answered."
    ))
    .of(dept.id());
    for (place, words) in answers.first_two(leaves) {
        finding = finding.related(place, words);
    }
    Some(finding)
}

/// Its number in this order, its place, and the goal that gives it; a response has none.
type Answer<'p> = (usize, Place, Option<&'p Goal>);

/// Where each leaf is cited, first by goals, then by responses: the first two places.
struct Answers<'p> {
    places: HashMap<usize, Vec<Answer<'p>>>,
}

impl<'p> Answers<'p> {
    fn new(judged: &Judged<'_>, plan: &'p Plan, links: &PlanLinks) -> Answers<'p> {
        let goals = plan.goals.iter().zip(&links.goals);
        let goals = goals.flat_map(|(goal, links)| links.cites.iter().map(move |target| (target, Some(goal))));
        let responses = links.responses.iter().flatten().map(|target| (target, None));
        let mut places: HashMap<usize, Vec<_>> = HashMap::new();
        for (order, (target, goal)) in goals.chain(responses).enumerate() {
            for leaf in target.leaves(judged.year) {
                let first = places.entry(leaf).or_default();
                if first.len() < 2 {
                    first.push((order, target.place, goal));
                }
            }
        }
        Answers { places }
    }

    /// The first two places that cite one of the leaves.
    fn first_two(&self, leaves: &[usize]) -> impl Iterator<Item = (Place, Say)> {
        let mut all: Vec<_> = leaves.iter().filter_map(|leaf| self.places.get(leaf)).flatten().collect();
        all.sort_by_key(|(order, ..)| *order);
        all.dedup_by_key(|(order, ..)| *order);
        all.into_iter().take(2).map(|(_, place, goal)| {
            let words = match goal.map(gaps::goal_name) {
                Some(Say { ja, en }) => say!("{ja}が応えるとしています", "{en} answers it"),
                None => say!("部の方針で応えています", "a response answers it"),
            };
            (*place, words)
        })
    }
}
