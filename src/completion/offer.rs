//! What is offered for each kind of argument. A typed word finds an id by its beginning, and an id
//! by the words of its title: 防 offers 1-2 防災・減災対策.

use std::ffi::OsStr;

use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};

use crate::city::year::Year;
use crate::completion::VARIABLE;
use crate::completion::town::Town;
use crate::explain::{entries, path_of};
use crate::nearest::fold;
use crate::rules::RULES;

type Offers = Vec<CompletionCandidate>;

/// What can be offered: what is typed for it, and what finds it.
struct Choice {
    id: String,
    title: String,
    short: Option<String>,
    /// Its wording, looked into where no title has the typed word.
    text: String,
}

impl Choice {
    fn new(id: impl ToString, title: impl Into<String>) -> Choice {
        Choice { id: id.to_string(), title: title.into(), short: None, text: String::new() }
    }
}

/// The choices that a typed word means: by id, else by title, else by wording. `named` says that the
/// title may be typed in place of the id.
fn offer(choices: Vec<Choice>, typed: &OsStr, named: bool) -> Offers {
    let typed = typed.to_string_lossy();
    let folded = fold(&typed).to_ascii_lowercase();
    let holds = |text: &str| fold(text).to_ascii_lowercase().contains(&folded);
    let ways: [&dyn Fn(&Choice) -> bool; 3] = [
        &|choice| choice.id.to_ascii_lowercase().starts_with(&folded),
        &|choice| holds(&choice.title) || choice.short.as_ref().is_some_and(|short| holds(short)),
        &|choice| holds(&choice.text),
    ];
    for (way, hit) in ways.iter().enumerate() {
        if choices.iter().any(hit) {
            let hits = choices.iter().filter(|choice| hit(choice));
            return hits.map(|choice| candidate(choice, named && way > 0, &typed)).collect();
        }
    }
    Vec::new()
}

/// fish shows only what holds the typed word, so there the title itself is offered where it can be.
fn candidate(choice: &Choice, named: bool, typed: &str) -> CompletionCandidate {
    let fish = std::env::var(VARIABLE).is_ok_and(|shell| shell == "fish");
    let (value, help) = match named && fish && choice.title.contains(typed) {
        true => (&choice.title, &choice.id),
        false => (&choice.id, &choice.title),
    };
    CompletionCandidate::new(value).help(Some(help.clone().into()))
}

fn with_year(list: impl FnOnce(&Year<'_>) -> Vec<Choice>) -> Vec<Choice> {
    let Some(town) = Town::read(None) else { return Vec::new() };
    town.year().map(|year| list(&year)).unwrap_or_default()
}

fn department_choices(year: &Year<'_>) -> Vec<Choice> {
    let departments = &year.docs.organization.departments;
    let choice = |department: &crate::model::Department| {
        let mut choice = Choice::new(&department.id.value, department.title());
        choice.short = department.short.as_ref().map(|short| short.value.to_string());
        choice
    };
    departments.iter().map(choice).collect()
}

fn item_choices(year: &Year<'_>, clauses: bool) -> Vec<Choice> {
    let mut choices = Vec::new();
    for item in &year.items {
        let mut choice = Choice::new(item.item.id.value, item.item.title());
        choice.text = item.item.text.as_ref().map(|text| text.joined()).unwrap_or_default();
        choices.push(choice);
        for clause in item.item.clauses.iter().filter(|_| clauses) {
            let words = clause.quote.as_ref().map(|quote| quote.joined()).unwrap_or_default();
            choices.push(Choice::new(clause.id.value, words.chars().take(30).collect::<String>()));
        }
    }
    choices
}

/// Goals of the department in front of a colon.
fn goal_choices(typed: &OsStr) -> Option<Vec<Choice>> {
    let typed = typed.to_str()?;
    let (owner, _) = typed.split_once(':')?;
    let town = Town::read(Some(owner))?;
    Some(town.goals(owner).into_iter().map(|(id, title)| Choice::new(format!("{owner}:{id}"), title)).collect())
}

/// Departments.
pub fn departments(typed: &OsStr) -> Offers {
    offer(with_year(department_choices), typed, true)
}

/// Departments and files.
pub fn targets(typed: &OsStr) -> Offers {
    let text = typed.to_string_lossy();
    if text.contains(['/', '.']) { PathCompleter::any().complete(typed) } else { departments(typed) }
}

/// Items.
pub fn items(typed: &OsStr) -> Offers {
    offer(with_year(|year| item_choices(year, false)), typed, false)
}

/// What `show` shows: items, departments, goals; clauses once their item is typed.
pub fn shown(typed: &OsStr) -> Offers {
    if let Some(goals) = goal_choices(typed) {
        return offer(goals, typed, false);
    }
    let clauses = typed.to_string_lossy().matches('-').count() > 1;
    let list = |year: &Year<'_>| {
        let mut choices = item_choices(year, clauses);
        choices.extend(department_choices(year));
        choices
    };
    offer(with_year(list), typed, true)
}

/// What `rename` renames.
pub fn renamed(typed: &OsStr) -> Offers {
    if let Some(goals) = goal_choices(typed) {
        return offer(goals, typed, false);
    }
    let list = |year: &Year<'_>| {
        let mut choices = item_choices(year, true);
        choices.extend(department_choices(year));
        for department in &year.docs.organization.departments {
            choices.extend(department.divisions.iter().map(|division| {
                let title = division.name.as_ref().map_or(division.id.value.as_str(), |name| name.value.as_str());
                Choice::new(format!("{}/{}", department.id.value, division.id.value), title)
            }));
        }
        for table in [&year.names.references, &year.names.viewpoints, &year.names.interviewers] {
            choices.extend(table.entries().iter().map(|(id, title)| Choice::new(id, title.clone())));
        }
        choices
    };
    offer(with_year(list), typed, false)
}

/// What `explain` explains: rules by code or name, fields by path or label.
pub fn explained(typed: &OsStr) -> Offers {
    let mut choices: Vec<Choice> = RULES.iter().map(|rule| Choice::new(rule.code, rule.name)).collect();
    choices.extend(entries().iter().map(|entry| Choice::new(path_of(entry), entry.field().label)));
    offer(choices, typed, false)
}

/// Fiscal years of the city.
pub fn years(typed: &OsStr) -> Offers {
    let years = Town::read(None).map(|town| town.years).unwrap_or_default();
    offer(years.iter().map(|year| Choice::new(year, year.ja())).collect(), typed, false)
}
