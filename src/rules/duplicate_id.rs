//! K205: an id that another entry has already, or a second file for the same thing.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use crate::city::{City, Doc};
use crate::finding::Finding;
use crate::lang::{Bi, Say, bi};
use crate::model::{Level, Val};
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule};
use crate::say;
use crate::shape::FileKind;

pub(super) static RULE: Rule = Rule {
    code: "K205",
    name: "duplicate-id",
    level: Level::Error,
    page: include_str!("duplicate_id.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    second_file(city, id, out);
    let mut check = Doubles { id, out };
    match &city.file(id).doc {
        Doc::None | Doc::Interviews(_) => {}
        Doc::Plan(plan) => {
            check.ids(bi("目標", "goal"), plan.goals.iter().filter_map(|goal| goal.id.as_ref()));
            check.ids(bi("宿題", "follow-up"), plan.follow_ups.iter().filter_map(|entry| entry.id.as_ref()));
        }
        Doc::Policy(policy) => {
            check.ids(bi("視点", "viewpoint"), policy.viewpoints.iter().map(|viewpoint| &viewpoint.id));
            check.ids(bi("項目", "item"), policy.items().map(|item| &item.id));
            check.ids(bi("部分", "clause"), policy.items().flat_map(|item| &item.clauses).map(|clause| &clause.id));
        }
        Doc::Organization(organization) => {
            check.ids(bi("面談者", "interviewer"), organization.interviewers.iter().map(|entry| &entry.id));
            check.ids(bi("部", "department"), organization.departments.iter().map(|department| &department.id));
            for department in &organization.departments {
                check.ids(bi("課", "division"), department.divisions.iter().map(|division| &division.id));
            }
        }
        Doc::References(register) => {
            check.ids(bi("計画・指針", "plan or guideline"), register.references.iter().map(|reference| &reference.id));
            for reference in &register.references {
                check.ids(bi("区分", "part of a plan"), reference.nodes.iter().map(|node| &node.id));
            }
        }
        Doc::Settings(settings) => {
            check.ids(bi("報告の時期", "period"), settings.periods.iter().map(|period| &period.id));
        }
    }
}

struct Doubles<'o> {
    id: FileId,
    out: &'o mut Vec<Finding>,
}

impl Doubles<'_> {
    /// Reports each id of one scope that another entry before it has.
    fn ids<'v, T: Eq + Hash + ToString + 'v>(&mut self, what: Bi, ids: impl Iterator<Item = &'v Val<T>>) {
        let ids: Vec<_> = ids.collect();
        let mut seen: HashMap<&T, Span> = HashMap::new();
        let mut series = None;
        for later in &ids {
            let Some(first) = seen.get(&later.value).copied() else {
                seen.insert(&later.value, later.span);
                continue;
            };
            let series = series.get_or_insert_with(|| numbers(ids.iter().map(|id| id.value.to_string())));
            let name = later.value.to_string();
            self.report(what, &name, later.span, first, free(series, &name));
        }
    }

    fn report(&mut self, what: Bi, name: &str, later: Span, first: Span, free: Option<String>) {
        let (ja, en) = (what.ja, what.en);
        let help = match free {
            Some(free) => say!(
                "後から加えた方を、空いている {free} に変えてください。ほかの所で使っている番号も直します。",
                "Change the one that was added later to {free}, which is free, also where it is used."
            ),
            None => say!("後から加えた方の記号を変えてください。", "Change the id of the one that was added later."),
        };
        self.out.push(
            Finding::new(
                &RULE,
                self.id.at(later),
                say!("{ja}の「{name}」が２つあります", "there are two entries \"{name}\" ({en})"),
            )
            .label(say!("２つ目です", "the second one"))
            .why(say!(
                "同じ番号や記号が２つあると、どちらを指しているのか分かりません。点検では１つ目だけを使います。",
                "With two of the same id, nobody can tell which one is meant. Only the first is used."
            ))
            .help(help)
            .related(self.id.at(first), say!("１つ目はここです", "the first one is here")),
        );
    }
}

/// The next free number of the same series: `G3` after `G1`, `G2`, `G2`; `G2` after `G1`, `G1`, `G3`.
fn free(series: &BTreeMap<String, BTreeMap<u16, u16>>, taken: &str) -> Option<String> {
    let (name, number) = split(taken)?;
    let next = number.checked_add(1)?;
    let free = series.get(name).and_then(|numbers| numbers.get(&next)).copied().unwrap_or(next);
    (free <= 999).then(|| format!("{name}{free}"))
}

/// The numbers of each series of ids, each with the next one after it that is free.
fn numbers(ids: impl Iterator<Item = String>) -> BTreeMap<String, BTreeMap<u16, u16>> {
    let mut all: BTreeMap<String, BTreeMap<u16, u16>> = BTreeMap::new();
    for id in ids {
        // `G01` takes nothing from `G1`.
        if let Some((series, number)) = split(&id).filter(|(series, number)| format!("{series}{number}") == id) {
            all.entry(series.to_owned()).or_default().insert(number, number);
        }
    }
    for numbers in all.values_mut() {
        let mut above: Option<(u16, u16)> = None;
        for (number, free) in numbers.iter_mut().rev() {
            let next = number.saturating_add(1);
            *free = above.filter(|(taken, _)| *taken == next).map_or(next, |(_, free)| free);
            above = Some((*number, *free));
        }
    }
    all
}

fn split(id: &str) -> Option<(&str, u16)> {
    let series = id.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((series, id.strip_prefix(series)?.parse().ok()?))
}

/// `somu.yml` beside `somu.yaml`: the later file is not used.
fn second_file(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let Some(first) = city.counts_instead_of(id) else { return };
    let (first_path, path) = (&city.file(first).path, &city.file(id).path);
    let help = match city.file(id).role.kind {
        Some(FileKind::Plan) => say!(
            "{path} に書いた内容のうち要るものを {first_path} に移し、{path} を消してください。",
            "Move what is needed from {path} to {first_path}, then remove {path}."
        ),
        _ => say!("要らない方を消してください。", "Remove the one that is not needed."),
    };
    out.push(
        Finding::new(
            &RULE,
            id.at(Span::at(0)),
            say!(
                "{first_path} と同じ内容のファイルがもう一つあります",
                "there is a second file for what {first_path} gives"
            ),
        )
        .label(say!("このファイルは使われません", "this file is not used"))
        .why(say!(
            "点検や面談資料には {first_path} だけを使います。ここに書いた内容はどこにも出ません。",
            "Only {first_path} is judged and printed; what is written here appears nowhere."
        ))
        .help(help)
        .related(first.at(Span::at(0)), Say::from(bi("こちらを使います", "this one is used"))),
    );
}
