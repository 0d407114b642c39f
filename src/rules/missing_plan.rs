//! K306: a department that must write a plan has none.

use crate::city::year::PlanState;
use crate::finding::Finding;
use crate::model::Level;
use crate::rules::{Check, Judged, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K306",
    name: "missing-plan",
    level: Level::Error,
    page: include_str!("missing_plan.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    // K102 speaks of a file in which nothing is written.
    let missing = |department: &&crate::city::year::Department<'_>| {
        department.state == PlanState::Missing && department.file.is_none()
    };
    for department in year.departments.iter().filter(missing) {
        let (name, id, folder) = (department.name(), department.id(), year.year);
        let ja = year.year.ja();
        let place = year.organization_file.at(department.unit.id.span);
        let finding = Finding::new(
            &RULE,
            place,
            say!("{name}の{ja}の計画がありません", "{name} has no plan for fiscal year {folder}"),
        )
        .label(say!("計画を書くことになっています", "must write a plan"))
        .why(say!(
            "この部に求められた項目は、全て「未記載」に数えられます。",
            "Everything asked of this department counts as missing."
        ))
        .help(say!(
            "kpolicy new {name} で、書き始めるひな型を departments/{folder}/{id}.yaml に作れます。\n計画を書かない部等であれば、organization.yaml のこの部に plan: none と書きます。",
            "kpolicy new {name} makes one to be filled in, departments/{folder}/{id}.yaml.\nIf it writes no plan, say plan: none for it in organization.yaml."
        ))
        .of(id);
        out.push(finding);
    }
}
