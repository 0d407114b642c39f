//! K203: a department or division that the organization does not have.

use std::cell::LazyCell;

use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::links::{LinkFaultKind, Wanted};
use crate::model::Level;
use crate::place::Place;
use crate::rules::heirs::heirs;
use crate::rules::{Check, Judged, Rule, fields};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K203",
    name: "unknown-department-or-division",
    level: Level::Error,
    page: include_str!("unknown_department_or_division.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let mut near = fields::NearNames::default();
    // Long in a large city, and seldom needed.
    let units = LazyCell::new(|| units(judged));
    for fault in &judged.links.faults {
        let finding = match &fault.kind {
            LinkFaultKind::Unknown { text, wanted, known } if wanted.is_unit() => {
                // A division may be meant as well as a department.
                let known = if *wanted == Wanted::Unit { &units[..] } else { known };
                unknown(judged, fault.place, (text, *wanted), known, near.of(known, text))
            }
            LinkFaultKind::Ambiguous { text, wanted, candidates } if wanted.is_unit() => {
                fields::ambiguous(&RULE, fault.place, text, *wanted, candidates)
            }
            LinkFaultKind::NoLead { id } => no_lead(fault.place, id),
            LinkFaultKind::LeadWithoutPlan { text } => lead_without_plan(judged, fault.place, text),
            _ => continue,
        };
        out.push(match fault.holder {
            Some(holder) => finding.related(holder, say!("この目標の中にあります", "it stands in this goal")),
            None => finding,
        });
    }
}

/// All departments, then all divisions.
fn units(judged: &Judged<'_>) -> Vec<(String, String)> {
    let names = &judged.year.names;
    let mut units = names.departments.entries().to_vec();
    for (department, divisions) in names.departments.entries().iter().zip(&names.divisions) {
        let owner = &department.0;
        units.extend(divisions.entries().iter().map(|(id, title)| (format!("{owner}/{id}"), title.clone())));
    }
    units
}

fn unknown(
    judged: &Judged<'_>,
    place: Place,
    (text, wanted): (&str, Wanted),
    known: &[(String, String)],
    near: Option<&(String, String)>,
) -> Finding {
    let year = judged.year;
    let within = year.city.file(place.file).role.department.as_deref().filter(|_| wanted == Wanted::Division);
    let moved = heirs(year, text, within);
    if !moved.is_empty() {
        return gone(judged, place, (text, wanted), moved);
    }
    let file = judged.year.organization_file;
    let path = &year.city.file(file).path;
    let listed = fields::listed(
        known
            .iter()
            .take_while(|(id, _)| !id.contains('/'))
            .take(12)
            .map(|(id, title)| say!("{title}（{id}）", "{id} ({title})")),
    );
    let (ja, en) = (listed.ja, listed.en);
    let how = match wanted {
        Wanted::Division => say!("名称でも記号でも書けます: {ja}", "Write a name or an id: {en}"),
        _ => say!(
            "名称でも記号でも書けます: {ja}\n課の記号は「部/課」の形です。一覧は {path} にあります。",
            "Write a name or an id: {en}\nThe id of a division is DEPARTMENT/DIVISION; all are listed in {path}."
        ),
    };
    let finding = fields::unknown(&RULE, place, text, wanted, near);
    let how = if finding.nearest.is_empty() {
        how
    } else {
        say!(
            "正しい名称か記号に書き直してください。一覧は {path} にあります。",
            "Write the right name or id; they are listed in {path}."
        )
    };
    finding.help(how).why(say!(
        "組織にない名前では、担当や連携の相手に伝わりません。",
        "A name that the organization does not have reaches nobody."
    ))
}

/// A unit of last year, and what became of it.
fn gone(judged: &Judged<'_>, place: Place, (text, wanted): (&str, Wanted), moved: Vec<(String, String)>) -> Finding {
    let (last, path) =
        (judged.year.year.0.saturating_sub(1), &judged.year.city.file(judged.year.organization_file).path);
    let before = FiscalYear(last).ja();
    let finding = fields::unknown(&RULE, place, text, wanted, None).why(say!(
        "{before}の「{text}」は、組織が変わってこの年度にはありません（{path} の predecessors）。",
        "\"{text}\" was there in {last}; the organization has changed (predecessors in {path})."
    ));
    let listed = fields::listed(moved.iter().map(|(id, name)| say!("{name}（{id}）", "{name} ({id})")));
    let (ja, en) = (listed.ja, listed.en);
    // A plan names only divisions of its own department.
    if wanted == Wanted::Division {
        return finding.label(say!("今は{ja}です", "now {en}")).help(say!(
            "この部の課に書き直すか、目標を{ja}の計画に移してください。",
            "Name a division of this department, or move the goal into the plan of {en}."
        ));
    }
    match moved.as_slice() {
        [(id, _)] => {
            let edit = Edit { span: place.span, text: id.clone() };
            finding
                .label(say!("今は{ja}です", "now {en}"))
                .help(say!("{id} と書いてください。", "Write {id}."))
                .unsafe_fix(say!("{id} に直す", "write {id}"), vec![edit])
        }
        _ => finding
            .label(say!("今は幾つかの部に分かれています", "now several departments"))
            .help(say!("次から選んで書いてください: {ja}", "Choose from: {en}")),
    }
    .nearest(moved)
}

fn no_lead(place: Place, id: &str) -> Finding {
    Finding::new(&RULE, place, say!("項目 {id} に主担当の部がありません", "item {id} names no lead department"))
        .label(say!("lead（主担当）が要ります", "lead is needed"))
        .why(say!(
            "「１部以上」の項目は、必ず応える部を決めておかないと、どの部も応えないままになります。",
            "Where one department suffices, somebody must be named; else nobody answers."
        ))
        .help(say!(
            "主担当の部を次のように書いてください。\nlead:\n  - somu",
            "Name the lead like this:\nlead:\n  - somu"
        ))
}

fn lead_without_plan(judged: &Judged<'_>, place: Place, text: &str) -> Finding {
    let finding = Finding::new(
        &RULE,
        place,
        say!("主担当の「{text}」は、計画を作ることになっていません", "the lead \"{text}\" need not write a plan"),
    )
    .label(say!("計画を作る部を書きます", "name a department that writes a plan"))
    .why(say!(
        "計画を作らない部を主担当にすると、この項目に応える計画がありません。",
        "A lead without a plan leaves the item without an answer."
    ))
    .help(say!(
        "計画を作る部に替えるか、organization.yaml でその部の plan を required（必要）にしてください。",
        "Name another department, or set its plan to required in organization.yaml."
    ));
    let unit = judged.year.names.unit(text).found();
    match unit.and_then(|unit| judged.year.docs.organization.departments.get(unit.department)) {
        Some(department) => {
            let at = judged.year.organization_file.at(department.id.span);
            finding.related(at, say!("この部は計画を作りません", "this department writes no plan"))
        }
        None => finding,
    }
}
