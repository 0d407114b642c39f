//! Values that a field can hold: ids of what exists, and the words it allows.

use lsp_types::CompletionItemKind;

use super::goals::{goals_of_text, next_goal, others_goals, past_goals};
use super::{Candidate, Place};
use crate::city::LeafLocation;
use crate::coverage::{Cell, CellState};
use crate::lsp::cursor::{Step, siblings};
use crate::lsp::meaning::{department_here, reference_beside};
use crate::lsp::requests::about;
use crate::lsp::site::Known;
use crate::model::Scope;
use crate::rules::RULES;
use crate::shape::{Choice, FileKind, Kind, Target};

pub(super) const ID: CompletionItemKind = CompletionItemKind::REFERENCE;
const WORD: CompletionItemKind = CompletionItemKind::ENUM_MEMBER;

/// The values of a kind.
pub(super) fn of(place: &Place<'_, '_>, kind: &'static Kind) -> Vec<Candidate> {
    match kind {
        Kind::Choice(choices) => choices.iter().map(|choice| word(place, choice)).collect(),
        Kind::Bool => {
            let pick = place.here.lang.pick(("はい", "いいえ"), ("yes", "no"));
            vec![Candidate::new("true", pick.0, WORD), Candidate::new("false", pick.1, WORD)]
        }
        Kind::Cite => cites(place),
        Kind::Subject => cites(place).into_iter().chain(past_goals(place)).collect(),
        Kind::Ref(target) => targets(place, *target),
        Kind::GoalId => vec![Candidate::new(next_goal(&place.here.document.text), "", WORD)],
        Kind::Date => dates(place),
        Kind::Text => posts(place),
        _ => Vec::new(),
    }
}

fn word(place: &Place<'_, '_>, choice: &'static Choice) -> Candidate {
    let candidate = Candidate::new(choice.id, choice.name().get(place.here.lang), WORD);
    // A label is a word for it in any language of the screen.
    candidate.words(choice.ja.join(" "))
}

/// Ids of what must exist elsewhere.
pub(super) fn targets(place: &Place<'_, '_>, target: Target) -> Vec<Candidate> {
    let text = &place.here.document.text;
    match (target, place.known) {
        (Target::OwnGoal, _) => {
            goals_of_text(text).into_iter().map(|(id, title)| Candidate::new(id, title, ID)).collect()
        }
        (Target::Measure, _) => measures(place),
        (Target::Rule, _) => {
            let about = |code: &str| {
                crate::rules::rule(code).map(|rule| about::about_rule(rule, place.here.lang)).unwrap_or_default()
            };
            RULES.iter().map(|rule| Candidate::new(rule.code, rule.name, ID).about(about(rule.code))).collect()
        }
        (Target::Period, _) => {
            let periods = &place.here.site.city.settings().periods;
            let label = |period: &crate::model::Period| {
                period.label.as_ref().map(|label| label.value.to_string()).unwrap_or_default()
            };
            periods.iter().map(|period| Candidate::new(&period.id.value, label(period), WORD)).collect()
        }
        (Target::Rating, _) => place
            .here
            .site
            .city
            .settings()
            .ratings
            .iter()
            .map(|rating| Candidate::new(rating.value.as_str(), "", WORD))
            .collect(),
        (Target::PastGoal, _) => past_goals(place),
        (_, Some(known)) => named(place, known, target),
        (_, None) => Vec::new(),
    }
}

fn named(place: &Place<'_, '_>, known: &Known<'_>, target: Target) -> Vec<Candidate> {
    let names = &known.year.names;
    let listed = |entries: &[(String, String)]| {
        entries.iter().map(|(id, title)| Candidate::new(id, title, ID)).collect::<Vec<_>>()
    };
    match target {
        Target::Department => departments(known),
        Target::Unit => departments(known).into_iter().chain(all_divisions(known)).collect(),
        Target::OwnDivision => {
            let own = department_here(place.here, known, place.cursor);
            own.and_then(|own| names.divisions.get(own)).map(|table| listed(table.entries())).unwrap_or_default()
        }
        Target::Reference => references(known),
        Target::Node => {
            let nodes = reference_beside(place.here, known, place.cursor).and_then(|index| names.nodes.get(index));
            nodes.map(|table| listed(table.entries())).unwrap_or_default()
        }
        Target::Viewpoint => listed(names.viewpoints.entries()),
        Target::Interviewer => listed(names.interviewers.entries()),
        Target::OthersGoal => others_goals(place, known),
        _ => Vec::new(),
    }
}

fn departments(known: &Known<'_>) -> Vec<Candidate> {
    let all = &known.year.docs.organization.departments;
    let short = |index: usize| all[index].short.as_ref().map(|short| short.value.to_string()).unwrap_or_default();
    (0..all.len())
        .map(|index| Candidate::new(&all[index].id.value, all[index].title(), ID).words(short(index)))
        .collect()
}

fn all_divisions(known: &Known<'_>) -> Vec<Candidate> {
    let mut all = Vec::new();
    for department in &known.year.docs.organization.departments {
        for division in &department.divisions {
            let name = division.name.as_ref().map_or(division.id.value.as_str(), |name| &name.value);
            let id = format!("{}/{}", department.id.value, division.id.value);
            all.push(Candidate::new(id, format!("{}{name}", department.title()), ID).words(name.to_owned()));
        }
    }
    all
}

fn references(known: &Known<'_>) -> Vec<Candidate> {
    let all = known.year.docs.references.references.iter();
    let value =
        |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.to_string()).unwrap_or_default();
    all.map(|reference| Candidate::new(&reference.id.value, value(&reference.title), ID).words(value(&reference.short)))
        .collect()
}

/// Items and their clauses, in the memo's order. What the list has already, and what cannot be
/// declined where declining is what is typed, comes last.
fn cites(place: &Place<'_, '_>) -> Vec<Candidate> {
    let Some(known) = place.known else { return Vec::new() };
    let year = &known.year;
    let own = place.here.file().role.department.as_deref();
    let own = own.and_then(|id| year.departments.iter().position(|department| department.id() == id));
    let declines = place
        .cursor
        .path
        .iter()
        .any(|step| matches!(step, Step::Field(name, _) if name == "not_applicable" || name == "非該当"));
    let there = entries_beside(place);
    let mut all = Vec::new();
    for (index, entry) in year.items.iter().enumerate() {
        let leaves = || year.leaves[entry.leaves.clone()].iter();
        if leaves().all(|leaf| leaf.withdrawn) {
            continue;
        }
        let title = entry.item.title();
        let cell = own.map(|own| &known.coverage.items[index].cells[own]);
        let standing = leaves().all(|leaf| leaf.scope == Scope::Standing);
        let declinable = leaves().any(|leaf| leaf.may_decline && own.is_none_or(|own| !leaf.leads.contains(&own)));
        let id = entry.item.id.value.to_string();
        let unlikely = standing || (declines && !declinable) || there.contains(&id);
        all.push(cite(place, known, LeafLocation::Item(index), &id, &title, cell).unlikely(unlikely));
        for leaf in entry.leaves.clone().filter(|leaf| year.leaves[*leaf].clause.is_some()) {
            let facts = &year.leaves[leaf];
            if facts.withdrawn {
                continue;
            }
            let (id, words) = (facts.id.to_string(), year.words(leaf));
            let cell = own.map(|own| &known.coverage.leaves[leaf].cells[own]);
            let unlikely = facts.scope == Scope::Standing || (declines && !facts.may_decline) || there.contains(&id);
            let short: String = words.chars().take(24).collect();
            all.push(
                cite(place, known, LeafLocation::Clause(leaf), &id, &format!("{title}: {short}"), cell)
                    .unlikely(unlikely),
            );
        }
    }
    all
}

fn cite(
    place: &Place<'_, '_>,
    known: &Known<'_>,
    location: LeafLocation,
    id: &str,
    title: &str,
    cell: Option<&Cell>,
) -> Candidate {
    let lang = place.here.lang;
    let wording = about::wording(known, location);
    let state = cell.filter(|cell| cell.state != CellState::NotRequired).map(|cell| cell.state.name().get(lang));
    let mut words = format!("> {}", crate::report::escape::markdown(&wording));
    if let Some(state) = state {
        let head = lang.pick("この部の記載", "this department");
        words.push_str(&format!("\n\n{head}: {state}"));
    }
    Candidate::new(id, title, ID).words(wording).about(words)
}

/// The other entries of the list in which the cursor stands.
fn entries_beside(place: &Place<'_, '_>) -> Vec<String> {
    let text = &place.here.document.text;
    let Some((_, key)) = place.cursor.field() else { return Vec::new() };
    let (from, own) = (key.end as usize, place.cursor.word.range());
    let mut entries = Vec::new();
    let mut at = from;
    for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        let Some(entry) = words.strip_prefix("- ") else {
            if start > from && !words.is_empty() && words != "-" && !words.starts_with('#') {
                break;
            }
            continue;
        };
        if !(start..at).contains(&own.start) {
            entries.push(entry.split(" #").next().unwrap_or_default().trim().to_owned());
        }
    }
    entries
}

/// The measures of the goal in which the cursor stands.
fn measures(place: &Place<'_, '_>) -> Vec<Candidate> {
    let text = &place.here.document.text;
    let goal = place.cursor.path.iter().find_map(|step| match step {
        Step::Entry(dash) => Some(dash.start as usize),
        Step::Field(..) => None,
    });
    let Some(start) = goal else { return Vec::new() };
    let column = start - text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    let next = format!("\n{}- ", " ".repeat(column));
    let block = rest.find(&next).and_then(|end| rest.get(..end)).unwrap_or(rest);
    let names = block.lines().filter_map(|line| line.trim_start().strip_prefix("- name:"));
    names.map(|name| Candidate::new(name.trim(), "", ID)).collect()
}

/// Days that are likely: today, and the ends of the fiscal year.
fn dates(place: &Place<'_, '_>) -> Vec<Candidate> {
    let lang = place.here.lang;
    let today = place.here.site.day();
    let year = place.here.site.year_of(place.here.path).unwrap_or(today.fiscal_year());
    let days = [
        (today, lang.pick("判定の日", "the present day")),
        (year.first_day(), lang.pick("年度の初日", "first day of the fiscal year")),
        (year.last_day(), lang.pick("年度の末日", "last day of the fiscal year")),
    ];
    let mut candidates: Vec<Candidate> = Vec::new();
    for (day, title) in days {
        let day = day.to_string();
        match candidates.iter_mut().find(|candidate| candidate.id == day) {
            Some(same) => same.title = format!("{}{}{title}", same.title, lang.pick("、", ", ")),
            None => candidates.push(Candidate::new(day, title, WORD)),
        }
    }
    candidates
}

/// Posts of the department's heads, where a post is what is typed.
fn posts(place: &Place<'_, '_>) -> Vec<Candidate> {
    let (Some(known), Some(("post" | "職名", _))) = (place.known, place.cursor.field()) else { return Vec::new() };
    if place.here.kind() != Some(FileKind::Plan) || siblings(&place.here.document.text, place.cursor).is_empty() {
        return Vec::new();
    }
    let own = department_here(place.here, known, place.cursor);
    let heads = own.and_then(|own| known.year.docs.organization.departments.get(own)).map(|own| &own.heads);
    heads.into_iter().flatten().map(|head| Candidate::new(head.value.as_str(), "", WORD)).collect()
}
