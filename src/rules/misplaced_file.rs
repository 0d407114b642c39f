//! K207: a file that is not where it belongs.

use crate::city::layout::Misplaced;
use crate::city::{City, CityFile, Doc};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, Name};
use crate::nearest::fold;
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule};
use crate::say;
use crate::shape::FileKind;

pub(super) static RULE: Rule = Rule {
    code: "K207",
    name: "misplaced-file",
    level: Level::Error,
    page: include_str!("misplaced_file.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    // K205 speaks of a second file for the same thing.
    if let Some(why) = file.role.misplaced
        && city.counts_instead_of(id).is_none()
    {
        out.push(misplaced(file, id, why));
    }
    if file.role.misplaced.is_none() && first_of_unknown_year(city, id) {
        out.push(unknown_year(file, id));
    }
    if let Some(name) = file.plan().and_then(|plan| plan.department.as_ref()) {
        other_department(city, id, name, out);
    }
}

fn finding(id: FileId, span: Span, message: Say) -> Finding {
    Finding::new(&RULE, id.at(span), message).why(say!(
        "どの年度のどの部のものかは、フォルダーとファイルの名前で決まります。",
        "The names of folder and file decide which year and department a file is of."
    ))
}

fn misplaced(file: &CityFile, id: FileId, why: Misplaced) -> Finding {
    let path = &file.path;
    let (message, label) = match why {
        Misplaced::Ending => (
            say!("{path} の名前の終わりが .yaml ではありません", "the name of {path} does not end in .yaml"),
            say!("名前の終わりを .yaml にします", "end the name in .yaml"),
        ),
        Misplaced::TooDeep => (
            say!("{path} のあるフォルダーが深すぎます", "{path} lies too deep"),
            say!("上のフォルダーに移します", "move it up"),
        ),
        Misplaced::NoYear => (
            say!("{path} は年度のフォルダーの中にありません", "{path} does not lie in a fiscal year's folder"),
            say!("年度のフォルダーに移します", "move it into a year's folder"),
        ),
        Misplaced::UnknownName => (
            say!("policy フォルダーに {path} というファイルは置けません", "the folder policy has no place for {path}"),
            say!("使われません", "it is not used"),
        ),
    };
    let help = match (file.role.proper_path(), file.role.kind) {
        (Some(proper), _) if proper != *path => say!(
            "{proper} に移してください（名前を変えるだけで済むこともあります）。",
            "Move (or rename) it to {proper}"
        ),
        (_, Some(FileKind::Plan)) => say!(
            "departments/2025/somu.yaml のように、年度のフォルダーに、部の記号と .yaml を名前にして置いてください。",
            "Put it where the year and the department's id say: departments/2025/somu.yaml."
        ),
        (_, Some(kind)) => {
            let name = kind.schema_name();
            say!(
                "policy/2025/{name}.yaml のように、年度のフォルダーに移してください。",
                "Move it into the year's folder, like policy/2025/{name}.yaml."
            )
        }
        (_, None) => say!(
            "policy/2025 のような年度のフォルダーに置けるのは policy.yaml、organization.yaml、references.yaml、interviews.yaml です。要らなければ policy の外に移してください。",
            "A year's folder holds policy.yaml, organization.yaml, references.yaml and interviews.yaml. Move other files out of policy."
        ),
    };
    finding(id, Span::at(0), message).label(label).help(help)
}

/// True for the first plan of a year that `policy/` does not have: one finding for the folder.
fn first_of_unknown_year(city: &City, id: FileId) -> bool {
    let of =
        |id: FileId| (city.file(id).role.kind == Some(FileKind::Plan)).then_some(city.file(id).role.year).flatten();
    let Some(year) = of(id).filter(|year| !city.years.contains_key(year)) else { return false };
    let first = city.file_ids().find(|other| of(*other) == Some(year) && city.file(*other).role.misplaced.is_none());
    first == Some(id)
}

fn unknown_year(file: &CityFile, id: FileId) -> Finding {
    let year = file.role.year.map(|year| year.to_string()).unwrap_or_default();
    finding(
        id,
        Span::at(0),
        say!("departments/{year} に計画がありますが、policy/{year} がありません", "departments/{year} holds plans, but there is no policy/{year}"),
    )
    .label(say!("この年度の基本方針がありません", "this year has no basic policy"))
    .help(say!(
        "年度のフォルダー名を確かめ、正しい年度のフォルダーに移してください。新しい年度を始めるときは、先に policy/{year} を作ります。",
        "Check the folder's name and move the plans to the right year. A new year begins with policy/{year}."
    ))
}

/// `department` inside names a department of the organization, but not the file's.
fn other_department(city: &City, id: FileId, name: &Name, out: &mut Vec<Finding>) {
    let role = &city.file(id).role;
    let files = role.year.and_then(|year| city.years.get(&year));
    let organization = files.and_then(|files| files.organization).map(|id| &city.file(id).doc);
    let Some(Doc::Organization(organization)) = organization else { return };
    if role.department.as_deref() == Some(name.text.as_str()) {
        return;
    }
    let word = fold(&name.text);
    let is = |text: &Option<crate::model::Text>| text.as_ref().is_some_and(|text| fold(&text.value) == word);
    let meant = organization.departments.iter().find(|unit| unit.id.value == word || is(&unit.name) || is(&unit.short));
    let (Some(meant), Some(own)) = (meant, &role.department) else { return };
    let (meant, title) = (&meant.id.value, meant.title());
    // K309 speaks of a file that is named like no department.
    if meant == own || !organization.departments.iter().any(|unit| unit.id.value == *own) {
        return;
    }
    let message = say!(
        "{title}（{meant}）の計画と書かれていますが、ファイルの名前は {own} です",
        "the plan says it is of {meant}, but its file is named {own}"
    );
    let help = say!(
        "ファイルの名前を {meant}.yaml に変えるか、この行を {own} に直すか消してください。",
        "Rename the file to {meant}.yaml, or write {own} here or remove the line."
    );
    out.push(
        finding(id, name.span, message)
            .label(say!("ファイルの名前と違います", "differs from the file's name"))
            .help(help),
    );
}
