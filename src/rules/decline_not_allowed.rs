//! K305: a plan declines what may not be declined.

use crate::city::year::Department;
use crate::coverage::{DeclineFault, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Target;
use crate::model::{Level, Scope};
use crate::rules::{Check, Judged, Rule, gaps, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K305",
    name: "decline-not-allowed",
    level: Level::Error,
    page: include_str!("decline_not_allowed.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (department, dept, _) in with_plan(judged.year) {
        for (index, decline) in judged.links.plans[department].declines.iter().enumerate() {
            for target in &decline.items {
                let refused = |leaf: &usize| {
                    let cell = &judged.coverage.leaves[*leaf].cells[department];
                    let own = cell.decline == Some(index) && cell.decline_fault == Some(DeclineFault::NotAllowed);
                    own && !judged.year.leaves[*leaf].withdrawn
                };
                let leaves: Vec<usize> = target.leaves(judged.year).filter(refused).collect();
                out.extend(finding(judged, department, dept, target, &leaves));
            }
        }
    }
}

fn finding(
    judged: &Judged<'_>,
    department: usize,
    dept: &Department<'_>,
    target: &Target,
    leaves: &[usize],
) -> Option<Finding> {
    let year = judged.year;
    let first = *leaves.first()?;
    let item = target.item(year);
    let id = year.items[item].item.id.value.item;
    let Say { ja, en } = gaps::item_words(year, item, leaves);
    let leaf = &year.leaves[first];
    let leads = leaf.scope == Scope::AnyDepartment && leaf.leads.contains(&department);
    let name = dept.name();
    let why = if leads {
        say!(
            "{name}はこの項目の主担当です。主担当は非該当にできません。",
            "{name} is a lead of this item, and a lead cannot decline it."
        )
    } else {
        say!(
            "全ての部に求められています。このままでは「未記載」に数えられます。",
            "Every department must answer it; as it stands, it counts as missing."
        )
    };
    Some(
        Finding::new(&RULE, target.place, say!("{ja}は、非該当にできません", "{en} may not be declined"))
            .label(say!("この番号を消してください", "remove this number"))
            .why(why)
            .help(say!(
                "not_applicable から {id} を消し、目標（cites）又は部の方針（responses）で応えてください。\n所管しないと考える場合は、政策部に相談します。",
                "Remove {id} from not_applicable, and answer it by a goal (cites) or a response.\nIf it is truly not yours, speak to the planning division."
            ))
            .quoting(year.leaf_place(first), Say::same(words::printed_item(year, item)), gaps::wording(year, leaves))
            .look(format!("kpolicy show {id}"))
            .of(dept.id()),
    )
}
