//! K309: a plan of a department that the organization does not have, or that writes no plan.
//!
//! Both are plans that nobody counts, and whoever wrote one should hear of it.

use crate::city::layout::Misplaced;
use crate::city::names::{Resolved, nearest};
use crate::finding::Finding;
use crate::model::{Level, PlanDuty};
use crate::place::{FileId, Span};
use crate::rules::heirs::heirs;
use crate::rules::{Check, Judged, Rule, fields};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K309",
    name: "unlisted-department",
    level: Level::Error,
    page: include_str!("unlisted_department.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for (id, file) in &year.files.plans {
        // A file in a folder too deep or without year may be no plan at all; K207 comes first.
        if matches!(year.city.file(*file).role.misplaced, Some(Misplaced::TooDeep | Misplaced::NoYear)) {
            continue;
        }
        let listed = match year.names.department(id) {
            Resolved::Exact(index) => year.docs.organization.departments.get(index),
            _ => None,
        };
        match listed {
            None => out.push(unlisted(judged, id, *file)),
            Some(department) if department.plan == PlanDuty::None => {
                out.push(without_plan(judged, department, *file));
            }
            Some(_) => {}
        }
    }
}

fn unlisted(judged: &Judged<'_>, id: &str, file: FileId) -> Finding {
    let year = judged.year;
    let moved = heirs(year, id, None);
    if !moved.is_empty() {
        return merged(judged, id, file, moved);
    }
    let folder = year.year;
    let known = year.names.departments.entries();
    let title = |id: &str| known.iter().find(|(other, _)| other == id).cloned();
    let meant = year.names.department(id).found().and_then(|index| known.get(index).cloned());
    let said = year.city.file(file).plan().and_then(|plan| plan.department.as_ref());
    let said = said.and_then(|name| year.names.department(&name.text).found());
    let meant = meant.or_else(|| said.and_then(|index| known.get(index).cloned()));
    let near = meant.or_else(|| nearest(id, known.iter().map(|(id, _)| id.as_str())).and_then(title));
    let help = match &near {
        Some((near, name)) if year.files.plans.contains_key(near) => say!(
            "{name}の計画は {near}.yaml にあります。写しであれば、このファイルを消してください。\n新しい部等であれば、policy/{folder}/organization.yaml に加えます。",
            "The plan of {name} is {near}.yaml. If this is a copy, remove it.\nIf the department is new, add it to policy/{folder}/organization.yaml."
        ),
        Some((near, name)) => say!(
            "ファイルの名前を {near}.yaml に改めてください（{name}の計画の場合）。\n新しい部等であれば、policy/{folder}/organization.yaml に加えます。",
            "Rename the file to {near}.yaml, if it is the plan of {name}.\nIf the department is new, add it to policy/{folder}/organization.yaml."
        ),
        None => say!(
            "ファイルの名前を部の記号（organization.yaml の id）に改めるか、policy/{folder}/organization.yaml にこの部を加えてください。",
            "Rename the file to the id of its department in organization.yaml, or add the department to policy/{folder}/organization.yaml."
        ),
    };
    nobodys(judged, id, file)
        .label(say!("どの部の計画か分かりません", "nobody knows whose plan this is"))
        .help(help)
        .nearest(near.into_iter().collect())
}

/// What is said of every plan that belongs to no department.
fn nobodys(judged: &Judged<'_>, id: &str, file: FileId) -> Finding {
    let folder = judged.year.year;
    let ja = folder.ja();
    Finding::new(
        &RULE,
        file.at(Span::at(0)),
        say!(
            "「{id}」という部等は、{ja}の組織にありません",
            "the organization of fiscal year {folder} has no department {id}"
        ),
    )
    .why(say!("このファイルは、どの部の計画にも数えられません。", "This file counts as no department's plan."))
}

/// The plan of a department of last year that went into others.
fn merged(judged: &Judged<'_>, id: &str, file: FileId, moved: Vec<(String, String)>) -> Finding {
    let names = fields::listed(moved.iter().map(|(id, name)| say!("{name}（{id}）", "{name} ({id})")));
    let files = fields::listed(moved.iter().map(|(id, _)| say!("{id}.yaml", "{id}.yaml")));
    let (names_ja, names_en, files_ja, files_en) = (names.ja, names.en, files.ja, files.en);
    nobodys(judged, id, file)
        .label(say!("今は{names_ja}です", "now {names_en}"))
        .help(say!(
            "ひな型のままなら、このファイルを消してください。\n書いた内容があれば、{files_ja} に移してから消します。",
            "If nobody wrote into it, remove this file.\nElse move what was written into {files_en} first."
        ))
        .nearest(moved)
}

fn without_plan(judged: &Judged<'_>, department: &crate::model::Department, file: FileId) -> Finding {
    let (name, id) = (department.title(), department.id.value.as_str());
    Finding::new(
        &RULE,
        file.at(Span::at(0)),
        say!("{name}は、計画を書かない部等とされています", "{name} is listed as writing no plan"),
    )
    .label(say!("この計画は数えられません", "this plan is not counted"))
    .why(say!(
        "plan: none の部等は対応表に載らず、この計画は誰にも読まれません。",
        "Departments with plan: none are not in the table, and nobody would read this plan."
    ))
    .help(say!(
        "計画を書く部等であれば、organization.yaml の plan を required（必ず書く）か voluntary（任意）に改めてください。そうでなければ、このファイルを消します。",
        "If it writes a plan, set plan to required or voluntary in organization.yaml. If not, remove this file."
    ))
    .related(
        judged.year.organization_file.at(department.id.span),
        say!("ここに plan: none とあります", "says plan: none here"),
    )
    .of(id)
}
