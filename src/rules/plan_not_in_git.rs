//! K601: a plan lies in the folder, but git does not know it, so nobody else will ever see it.

use crate::city::Doc;
use crate::city::layout::role;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::{Place, Span};
use crate::rules::{Change, Check, Rule};
use crate::say;
use crate::shape::FileKind;

pub(super) static RULE: Rule = Rule {
    code: "K601",
    name: "plan-not-in-git",
    level: Level::Warning,
    page: include_str!("plan_not_in_git.md"),
    check: Check::Change(check),
};

fn check(change: &Change<'_>, out: &mut Vec<Finding>) {
    for path in change.outside {
        let role = role(path);
        let (Some(FileKind::Plan), Some(year), Some(department)) = (role.kind, role.year, role.department) else {
            continue;
        };
        if !change.years.contains(&year) {
            continue;
        }
        let Some((place, name)) = place(change, path, &department) else { continue };
        let finding = Finding::new(
            &RULE,
            place,
            say!("{name}の計画（{path}）は、git で管理されていません", "the plan of {name} ({path}) is not kept in git"),
        )
        .label(say!("コミットに含まれません", "no commit holds it"))
        .why(say!(
            "手元にしかないため、ほかの人にも、点検を行うサーバーにも届きません。",
            "It is on this machine only: neither other people nor servers that check receive it."
        ))
        .help(say!(
            "次を実行してください。\ngit add {path}\n断られる場合は、対象外にしている行を次で確かめます。\ngit check-ignore -v {path}",
            "Run this.\ngit add {path}\nIf git declines, this names the line that leaves it out.\ngit check-ignore -v {path}"
        ))
        .of(&department);
        out.push(finding);
    }
}

/// The plan itself; where only the commit is looked at, its department in the organization, or
/// that file's top for a department nobody listed.
fn place(change: &Change<'_>, path: &str, department: &str) -> Option<(Place, String)> {
    let city = change.after;
    let organization = city.years.get(&role(path).year?).and_then(|files| files.organization);
    let unit = organization.and_then(|id| match &city.file(id).doc {
        Doc::Organization(organization) => {
            let unit = organization.departments.iter().find(|unit| unit.id.value == department)?;
            Some((id.at(unit.id.span), unit.title().to_owned()))
        }
        _ => None,
    });
    let name = unit.as_ref().map_or(department, |(_, name)| name).to_owned();
    let own = city.find(path).map(|id| id.at(Span::at(0)));
    let top = organization.map(|id| id.at(Span::at(0)));
    Some((own.or(unit.map(|(place, _)| place)).or(top)?, name))
}
