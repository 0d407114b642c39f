//! What somebody means who types `1-6`, `総務`, `somu:G2`, `G2` or `防災`.

use crate::city::year::Year;
use crate::commands::context::{Context, item};
use crate::error::Error;
use crate::ids::{Read, read_goal, read_leaf};
use crate::model::Text;
use crate::nearest::{fold, nearest};
use crate::rules::rule;
use crate::say;

/// What to show, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// An item, and the leaf where a clause was named.
    Item(usize, Option<usize>),
    /// A department of the year.
    Department(usize),
    /// A goal of a department of the year.
    Goal(usize, usize),
}

/// Candidates told before the rest is only counted.
const MOST: usize = 12;

pub(super) fn find(context: &Context, year: &Year<'_>, what: &str) -> Result<Target, Error> {
    // What stands behind the letter of a drive (`C:\市\…`) is no goal.
    let goal = what.split_once([':', '：']).filter(|(_, goal)| !goal.contains(['/', '\\']));
    if let Some((department, goal)) = goal {
        let index = judged(year, &context.department(department)?, department)?;
        return goal_of(year, index, goal);
    }
    if let Some(id) = context.find_department(what)? {
        return judged(year, &id, what).map(Target::Department);
    }
    if let Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) = read_goal(what) {
        return goal_anywhere(year, &id);
    }
    let digits = what.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if digits && read_leaf(what) != Read::Malformed {
        return item(year, what).map(|(index, leaf)| Target::Item(index, leaf));
    }
    let found = by_words(year, what);
    match found.as_slice() {
        [(target, ..)] => Ok(*target),
        [] if digits => item(year, what).map(|(index, leaf)| Target::Item(index, leaf)),
        [] => Err(unknown(context, year, what)),
        many => Err(several(what, many)),
    }
}

fn judged(year: &Year<'_>, id: &str, typed: &str) -> Result<usize, Error> {
    let index = year.departments.iter().position(|department| department.id() == id);
    index.ok_or_else(|| Error::usage(say!("{typed}は、計画を作る部ではありません。", "{typed} writes no plan.")))
}

fn goal_of(year: &Year<'_>, index: usize, typed: &str) -> Result<Target, Error> {
    let department = &year.departments[index];
    let wanted = match read_goal(typed) {
        Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) => id.to_string(),
        Read::Malformed => typed.to_owned(),
    };
    let goals = department.plan.map(|plan| plan.goals.as_slice()).unwrap_or_default();
    if let Some(number) = goals.iter().position(|goal| goal.id() == wanted) {
        return Ok(Target::Goal(index, number));
    }
    let (name, id) = (department.name(), department.id());
    let all = goals.iter().map(|goal| goal.id()).collect::<Vec<_>>().join(" ");
    Err(Error::usage(say!("{name}に目標 {typed} はありません。", "{name} has no goal {typed}."))
        .hint(say!("  ある目標: {all}", "  goals: {all}"))
        .hint(say!("名称も見るには kpolicy list goals {id} です。", "kpolicy list goals {id} tells their titles.")))
}

/// A goal by its own id, where only one department has it.
fn goal_anywhere(year: &Year<'_>, id: &str) -> Result<Target, Error> {
    let mut found = Vec::new();
    for (index, department) in year.departments.iter().enumerate() {
        let goals = department.plan.map(|plan| plan.goals.as_slice()).unwrap_or_default();
        if let Some(number) = goals.iter().position(|goal| goal.id() == id) {
            let words = format!("{}  {}", department.name(), goals[number].name());
            found.push((Target::Goal(index, number), format!("{}:{id}", department.id()), words));
        }
    }
    match found.as_slice() {
        [(target, ..)] => Ok(*target),
        [] => {
            let error = Error::usage(say!("目標 {id} は、どの部にもありません。", "no department has a goal {id}."));
            Err(match rule(id) {
                Some(rule) => {
                    let code = rule.code;
                    error.hint(say!(
                        "指摘の番号であれば kpolicy explain {code} です。",
                        "For a rule: kpolicy explain {code}"
                    ))
                }
                None => error.hint(say!("目標の一覧は kpolicy list goals です。", "kpolicy list goals lists them.")),
            })
        }
        many => Err(several(id, many)),
    }
}

/// What a candidate is, what to type for it, and its words.
type Candidate = (Target, String, String);

/// Items and departments whose names hold a word; else items whose wording does, and goals.
fn by_words(year: &Year<'_>, what: &str) -> Vec<Candidate> {
    let word = fold(what);
    if word.is_empty() {
        return Vec::new();
    }
    let holds = |text: &str| fold(text).contains(&word);
    let mut found: Vec<Candidate> = Vec::new();
    for (index, entry) in year.items.iter().enumerate() {
        let title = entry.item.title();
        if holds(&title) {
            found.push((Target::Item(index, None), entry.item.id.value.to_string(), title));
        }
    }
    for (index, department) in year.departments.iter().enumerate() {
        let unit = department.unit;
        let division = unit.divisions.iter().filter_map(|it| it.name.as_ref()).find(|name| holds(&name.value));
        if holds(department.name()) || division.is_some() {
            let division = division.map(|name| format!("（{}）", name.value)).unwrap_or_default();
            found.push((
                Target::Department(index),
                department.id().to_owned(),
                department.name().to_owned() + &division,
            ));
        }
    }
    if found.is_empty() {
        inside(year, &holds, &mut found);
    }
    found
}

fn inside(year: &Year<'_>, holds: &dyn Fn(&str) -> bool, found: &mut Vec<Candidate>) {
    for (index, entry) in year.items.iter().enumerate() {
        if entry.item.text.as_ref().is_some_and(|text| holds(&text.joined())) {
            found.push((Target::Item(index, None), entry.item.id.value.to_string(), entry.item.title()));
        }
    }
    for (index, department) in year.departments.iter().enumerate() {
        let goals = department.plan.map(|plan| plan.goals.as_slice()).unwrap_or_default();
        for (number, goal) in goals.iter().enumerate() {
            let named = goal.title.as_ref().and_then(Text::says).is_some_and(holds);
            if named && !goal.id().is_empty() {
                let typed = format!("{}:{}", department.id(), goal.id());
                found.push((Target::Goal(index, number), typed, format!("{}  {}", department.name(), goal.name())));
            }
        }
    }
}

fn several(what: &str, many: &[Candidate]) -> Error {
    let count = many.len();
    let mut error =
        Error::usage(say!("「{what}」に当たるものが {count}件あります。", "{what} could be {count} things."));
    for (_, typed, words) in many.iter().take(MOST) {
        error = error.hint(say!("  kpolicy show {typed}  {words}", "  kpolicy show {typed}  {words}"));
    }
    match count.saturating_sub(MOST) {
        0 => error,
        more => error.hint(say!("  ほか {more}件", "  and {more} more")),
    }
}

fn unknown(context: &Context, year: &Year<'_>, what: &str) -> Error {
    let names = context.names();
    let titles: Vec<String> = year.items.iter().map(|entry| entry.item.title()).collect();
    let known = names.values().chain(names.keys()).chain(&titles).map(String::as_str);
    let near = nearest(what, known).map(str::to_owned);
    let error = Error::usage(say!(
        "「{what}」という項目・部・目標は見つかりません。",
        "no item, department or goal is called {what}."
    ));
    let error = match near {
        Some(near) => error.hint(say!("  もしかして: {near}", "  did you mean: {near}")),
        None => error,
    };
    error.hint(say!(
        "一覧は kpolicy list items、kpolicy list departments、kpolicy list goals で見られます。",
        "kpolicy list items, kpolicy list departments and kpolicy list goals tell what there is."
    ))
}
