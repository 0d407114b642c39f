//! K304: a plan declines what it also answers.

use crate::city::year::Department;
use crate::coverage::{DeclineFault, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::{PlanLinks, Target};
use crate::model::{Level, Plan, Scope};
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
        for (index, decline) in links.declines.iter().enumerate() {
            for target in &decline.items {
                let leaves: Vec<usize> = (0..judged.year.leaves.len())
                    .filter(|leaf| target.meets(judged.year, *leaf) && is_both(judged, department, plan, index, *leaf))
                    .collect();
                out.extend(finding(judged, dept, plan, links, target, &leaves));
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
    plan: &Plan,
    links: &PlanLinks,
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
    for (place, words) in answers(judged, plan, links, leaves).into_iter().take(2) {
        finding = finding.related(place, words);
    }
    Some(finding)
}

/// Where the leaves are cited, first by goals, then by responses.
fn answers(judged: &Judged<'_>, plan: &Plan, links: &PlanLinks, leaves: &[usize]) -> Vec<(Place, Say)> {
    let meets = |target: &&Target| leaves.iter().any(|leaf| target.meets(judged.year, *leaf));
    let mut places = Vec::new();
    for (goal, links) in plan.goals.iter().zip(&links.goals) {
        let Say { ja, en } = gaps::goal_name(goal);
        let words = || say!("{ja}が応えるとしています", "{en} answers it");
        places.extend(links.cites.iter().filter(meets).map(|target| (target.place, words())));
    }
    let words = || say!("部の方針で応えています", "a response answers it");
    places.extend(links.responses.iter().flatten().filter(meets).map(|target| (target.place, words())));
    places
}
