//! K201: a citation of an item or clause that the policy does not have.

use crate::city::LeafLocation;
use crate::city::names::nearest;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::ids::{self, LeafId, Read};
use crate::lang::Say;
use crate::links::LinkFaultKind;
use crate::model::Level;
use crate::rules::{Check, Judged, Rule, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K201",
    name: "unknown-citation",
    level: Level::Error,
    page: include_str!("unknown_citation.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    for fault in &judged.links.faults {
        let LinkFaultKind::UnknownCite { id } = &fault.kind else { continue };
        // `2024:1-9` speaks of another year's policy.
        let (other, leaf) = id.split_once(':').map_or((None, id.as_str()), |(year, leaf)| (Some(year), leaf));
        let number = other.and_then(FiscalYear::parse_folder).unwrap_or(year.year);
        let ja = number.ja();
        let mut finding = Finding::new(
            &RULE,
            fault.place,
            say!(
                "項目「{leaf}」は、{ja}の基本方針にありません",
                "the basic policy of fiscal year {number} has no item {leaf}"
            ),
        )
        .label(if other.is_some() {
            say!("{ja}の番号を確かめてください", "look it up in {number}")
        } else {
            label(judged, leaf)
        })
        .why(say!(
            "番号が違うと、この計画はどの項目にも応えていないことになります。",
            "With a wrong number, the plan answers no item at all."
        ))
        .help(say!("応える項目の番号に書き直してください。", "Write the number of the item that is answered."));
        let near = if other.is_some() { Vec::new() } else { near(judged, leaf) };
        if let Some((first, _)) = near.first() {
            finding = finding.look(format!("kpolicy show {first}"));
        }
        finding = finding.nearest(near);
        if let Some(holder) = fault.holder {
            finding = finding.related(holder, say!("この目標の応える項目です", "cited by this goal"));
        }
        out.push(finding);
    }
}

/// `3-1 から 3-8 までのいずれかです`, or the clauses there are.
fn label(judged: &Judged<'_>, id: &str) -> Say {
    let item = match ids::read_leaf(id) {
        Read::Exact(leaf) if leaf.clause.is_some() => judged.year.locate(LeafId { clause: None, ..leaf }),
        _ => None,
    };
    if let Some(LeafLocation::Item(item)) = item {
        let item = judged.year.items[item].item;
        let (id, clauses) = (item.id.value, &item.clauses);
        return match (clauses.first(), clauses.last()) {
            (Some(first), Some(last)) => {
                let (first, last) = (first.id.value, last.id.value);
                say!("{first} から {last} までのいずれかです", "one of {first} to {last}")
            }
            _ => say!("項目 {id} は部分に分かれていません", "item {id} has no clauses"),
        };
    }
    let section = id.split('-').next().and_then(|number| number.parse().ok());
    match section.and_then(|section| words::section_range(judged.year, section)) {
        Some((first, last)) => say!("{first} から {last} までのいずれかです", "one of {first} to {last}"),
        None => say!("この章はありません", "there is no such section"),
    }
}

/// At most two ids that look like the one written, with their titles.
fn near(judged: &Judged<'_>, id: &str) -> Vec<(String, String)> {
    let year = judged.year;
    let mut known: Vec<(String, String)> =
        year.items.iter().map(|item| (item.item.id.value.to_string(), item.item.title())).collect();
    if id.matches('-').count() == 2 {
        known.extend(
            (0..year.leaves.len())
                .filter(|leaf| year.leaves[*leaf].clause.is_some())
                .map(|leaf| (year.leaves[leaf].id.to_string(), year.words(leaf))),
        );
    }
    // Of the same section, or item, the nearest number comes first: 3-9 was rather 3-8 than 3-1.
    if let Some((group, number)) = split(id) {
        let mut same: Vec<(u16, (String, String))> = known
            .iter()
            .filter_map(|entry| {
                let (other, its) = split(&entry.0)?;
                (other == group).then(|| (its.abs_diff(number), entry.clone()))
            })
            .collect();
        if !same.is_empty() {
            same.sort_by_key(|(distance, _)| *distance);
            return same.into_iter().take(2).map(|(_, entry)| entry).collect();
        }
    }
    let mut found = Vec::new();
    for _ in 0..2 {
        let Some(best) = nearest(id, known.iter().map(|(id, _)| id.as_str())).map(str::to_owned) else { break };
        let Some(index) = known.iter().position(|(id, _)| *id == best) else { break };
        found.push(known.remove(index));
    }
    found
}

/// `3-9` is number 9 of `3`; `3-2-z` is letter z of `3-2`.
fn split(id: &str) -> Option<(&str, u16)> {
    let (group, last) = id.rsplit_once('-')?;
    let letter = || last.chars().next().filter(|c| last.len() == 1 && c.is_ascii_lowercase()).map(|c| c as u16);
    Some((group, last.parse().ok().or_else(letter)?))
}
