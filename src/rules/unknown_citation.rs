//! K201: a citation of an item or clause that the policy does not have.

use std::collections::{BTreeMap, HashMap};

use crate::city::LeafLocation;
use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::ids::{self, ItemId, LeafId, Read};
use crate::lang::Say;
use crate::links::LinkFaultKind;
use crate::model::Level;
use crate::nearest::Words;
use crate::rules::{Check, Judged, Rule};
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
    let mut known: Option<Known> = None;
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
            label(judged, known.get_or_insert_with(|| Known::new(judged)), leaf)
        })
        .why(say!(
            "番号が違うと、この計画はどの項目にも応えていないことになります。",
            "With a wrong number, the plan answers no item at all."
        ))
        .help(say!("応える項目の番号に書き直してください。", "Write the number of the item that is answered."));
        let near = if other.is_some() {
            Vec::new()
        } else {
            known.get_or_insert_with(|| Known::new(judged)).near(judged, leaf)
        };
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
fn label(judged: &Judged<'_>, known: &Known, id: &str) -> Say {
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
    match section.and_then(|section: u16| known.sections.get(&section)) {
        Some((first, last)) => say!("{first} から {last} までのいずれかです", "one of {first} to {last}"),
        None => say!("この章はありません", "there is no such section"),
    }
}

/// The ids of a year, ready to be compared with many others.
struct Known {
    items: Words,
    /// Items, then clauses.
    all: Words,
    ids: Vec<Id>,
    /// The numbers of each section, and the letters of each item, with the first two ids that have them.
    groups: HashMap<String, BTreeMap<u16, Vec<usize>>>,
    /// The first and last item of each section.
    sections: HashMap<u16, (ItemId, ItemId)>,
}

#[derive(Clone, Copy)]
enum Id {
    Item(usize),
    Clause(usize),
}

impl Known {
    fn new(judged: &Judged<'_>) -> Known {
        let year = judged.year;
        let clauses = (0..year.leaves.len()).filter(|leaf| year.leaves[*leaf].clause.is_some());
        let ids: Vec<Id> = (0..year.items.len()).map(Id::Item).chain(clauses.map(Id::Clause)).collect();
        let written: Vec<String> = ids.iter().map(|id| id.name(judged)).collect();
        let mut groups: HashMap<String, BTreeMap<u16, Vec<usize>>> = HashMap::new();
        for (index, id) in written.iter().enumerate() {
            let Some((group, number)) = split(id) else { continue };
            let same = groups.entry(group.to_owned()).or_default().entry(number).or_default();
            if same.len() < 2 {
                same.push(index);
            }
        }
        let mut sections: HashMap<u16, (ItemId, ItemId)> = HashMap::new();
        for item in &year.items {
            let id = item.item.id.value.item;
            let (first, last) = sections.entry(id.section).or_insert((id, id));
            (*first, *last) = (id.min(*first), id.max(*last));
        }
        Known {
            items: Words::new(written.iter().take(year.items.len()).map(String::as_str)),
            all: Words::new(written.iter().map(String::as_str)),
            ids,
            groups,
            sections,
        }
    }

    /// At most two ids that look like the one written, with their titles.
    fn near(&self, judged: &Judged<'_>, id: &str) -> Vec<(String, String)> {
        let words = if id.matches('-').count() == 2 { &self.all } else { &self.items };
        let found = self.beside(id).unwrap_or_else(|| {
            let first = words.nearest(id);
            first.into_iter().chain(first.and_then(|first| words.nearest_but(id, Some(first)))).collect()
        });
        let named = |id: &Id| (id.name(judged), id.title(judged));
        found.into_iter().filter_map(|index| self.ids.get(index)).map(named).collect()
    }

    /// Of the same section, or item, the nearest number comes first: 3-9 was rather 3-8 than 3-1.
    fn beside(&self, id: &str) -> Option<Vec<usize>> {
        let (group, number) = split(id)?;
        let numbers = self.groups.get(group)?;
        let below = numbers.range(..=number).rev().take(2);
        let above = numbers.range(number..).filter(|(its, _)| **its != number).take(2);
        let both = below.chain(above).flat_map(|(its, all)| all.iter().map(|index| (its.abs_diff(number), *index)));
        let mut both: Vec<(u16, usize)> = both.collect();
        both.sort_unstable();
        Some(both.into_iter().take(2).map(|(_, index)| index).collect())
    }
}

impl Id {
    fn name(self, judged: &Judged<'_>) -> String {
        match self {
            Id::Item(item) => judged.year.items[item].item.id.value.to_string(),
            Id::Clause(leaf) => judged.year.leaves[leaf].id.to_string(),
        }
    }

    fn title(self, judged: &Judged<'_>) -> String {
        match self {
            Id::Item(item) => judged.year.items[item].item.title(),
            Id::Clause(leaf) => judged.year.words(leaf),
        }
    }
}

/// `3-9` is number 9 of `3`; `3-2-z` is letter z of `3-2`.
fn split(id: &str) -> Option<(&str, u16)> {
    let (group, last) = id.rsplit_once('-')?;
    let letter = || last.chars().next().filter(|c| last.len() == 1 && c.is_ascii_lowercase()).map(|c| c as u16);
    Some((group, last.parse().ok().or_else(letter)?))
}
