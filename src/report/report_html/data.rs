//! What the page shows, gathered before any markup is written: for the mayor what is thin and whom
//! to ask, for a head what concerns the own department, for a planner what looks alike or is stale.

use std::collections::BTreeMap;

use crate::city::names::fold;
use crate::city::year::{PlanState, Year};
use crate::coverage::{CellState, Coverage, LeafState, Summary};
use crate::date::Date;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::links::{Handler, Links};
use crate::model::{Scope, Text};
use crate::packet::{self, Audience, ItemFacts, Options, Packet, Provenance, Question};
use crate::place::Place;
use crate::report::history::Step;
use crate::report::pages;

/// A judged year, what the rules found in it, and its past.
pub struct Inputs<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its joined references.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// What the rules found.
    pub findings: &'a [Finding],
    /// The counts of earlier versions, oldest first; may be empty.
    pub steps: &'a [Step],
}

/// Everything that the page shows.
pub(super) struct View<'a> {
    pub(super) lang: Lang,
    pub(super) year: &'a Year<'a>,
    pub(super) coverage: &'a Coverage,
    pub(super) steps: &'a [Step],
    /// One for each department: all its facts.
    pub(super) packets: Vec<Packet>,
    /// The version that the page is made of.
    pub(super) version: String,
    /// Goals not reached or behind, by department.
    pub(super) unmet: Vec<Vec<Question>>,
    /// Items that others hand to a department, by department.
    pub(super) handed: Vec<Vec<Handed>>,
    /// Items with the fewest answers.
    pub(super) thin: Vec<Thin>,
    /// Whom to speak to first.
    pub(super) ask: Vec<Ask>,
    /// Texts that stand in more than one place.
    pub(super) same: Vec<String>,
    /// Items whose wording changed, and who has not looked again.
    pub(super) amended: Vec<(usize, Vec<usize>)>,
}

/// An item that another department declines and names us for.
pub(super) struct Handed {
    /// Who declines.
    pub(super) department: usize,
    /// What.
    pub(super) items: Vec<usize>,
    /// Why.
    pub(super) reason: String,
}

/// An item that few answer.
pub(super) struct Thin {
    pub(super) item: usize,
    /// How many answer.
    pub(super) answered: usize,
    /// How many must, where all must.
    pub(super) must: Option<usize>,
}

/// A department to speak to.
pub(super) struct Ask {
    pub(super) department: usize,
    /// The day of its interview, if still to come.
    pub(super) day: Option<Date>,
    /// True where something is missing, partial or unreadable; else goals were not reached.
    pub(super) open: bool,
}

impl<'a> View<'a> {
    pub(super) fn new(inputs: &Inputs<'a>, provenance: Provenance, lang: Lang) -> View<'a> {
        let Inputs { year, links, coverage, findings, steps } = *inputs;
        let options = Options { audience: Audience::Department, full: false, lang, provenance };
        let of = |department| packet::Inputs { year, links, coverage, department, findings };
        let all = 0..year.departments.len();
        let packets: Vec<Packet> = all.clone().map(|department| packet::build(of(department), &options)).collect();
        let unmet: Vec<Vec<Question>> = all.clone().map(|department| packet::unmet(of(department), lang)).collect();
        let version = packets.first().map(|packet| pages::packet(packet, lang).running.foot).unwrap_or_default();
        View {
            lang,
            year,
            coverage,
            steps,
            version,
            ask: ask(year, coverage, &packets, &unmet),
            unmet,
            handed: all.map(|department| handed(year, links, department)).collect(),
            thin: thin(year, coverage),
            same: same(year, findings, lang),
            amended: amended(year, coverage),
            packets,
        }
    }

    /// The counts of one department, or of all.
    pub(super) fn counts(&self, department: Option<usize>) -> Summary {
        department.map_or_else(
            || self.coverage.summary.clone(),
            |department| Summary::of_department(&self.coverage.leaves, department),
        )
    }

    /// Goals not reached or behind, of one department or of all.
    pub(super) fn unmet_count(&self, department: Option<usize>) -> usize {
        match department {
            Some(department) => self.unmet[department].len(),
            None => self.unmet.iter().map(Vec::len).sum(),
        }
    }

    /// The facts of an item as one department answers it.
    pub(super) fn facts(&self, department: usize, item: usize) -> Option<&ItemFacts> {
        self.packets.get(department)?.sections.iter().flat_map(|section| &section.items).nth(item)
    }

    /// The part of an anchor that names an item: its id, unless another item had it first.
    pub(super) fn item_key(&self, item: usize) -> String {
        let id = self.year.items[item].item.id.value;
        let first = self.year.items.iter().position(|other| other.item.id.value == id);
        if first == Some(item) { id.to_string() } else { format!("{id}_{item}") }
    }

    /// The anchor of a goal.
    pub(super) fn goal_key(&self, department: usize, goal: usize) -> String {
        let (id, goals) = (self.year.departments[department].id(), &self.packets[department].goals);
        let name = &goals[goal].id;
        let first = goals.iter().position(|other| other.id == *name);
        if first == Some(goal) && !name.is_empty() { format!("g-{id}-{name}") } else { format!("g-{id}_{goal}") }
    }

    /// `1-6 ゼロカーボンシティの実現`
    pub(super) fn item_name(&self, item: usize) -> String {
        let item = self.year.items[item].item;
        format!("{} {}", item.id.value, item.title())
    }

    pub(super) fn department(&self, department: usize) -> &str {
        self.year.departments[department].name()
    }

    /// A list in the page's language.
    pub(super) fn joined(&self, words: &[String]) -> String {
        words.join(self.lang.pick("、", ", "))
    }
}

fn handed(year: &Year<'_>, links: &Links, department: usize) -> Vec<Handed> {
    let own = year.departments[department].index;
    let mut handed = Vec::new();
    for (other, plan) in year.departments.iter().enumerate().filter_map(|(at, it)| Some((at, it.plan?))) {
        for (decline, links) in plan.not_applicable.iter().zip(&links.plans[other].declines) {
            if other != department && matches!(links.handler, Handler::Unit(unit) if unit.department == own) {
                let mut items: Vec<usize> = links.items.iter().map(|target| target.item(year)).collect();
                items.dedup();
                let reason = decline.reason.as_ref().map(Text::joined).unwrap_or_default();
                handed.push(Handed { department: other, items, reason });
            }
        }
    }
    handed
}

/// Items with gaps, the widest first; then those of which one department suffices, the loneliest first.
fn thin(year: &Year<'_>, coverage: &Coverage) -> Vec<Thin> {
    let mut found: Vec<(usize, Thin)> = Vec::new();
    for (item, row) in coverage.items.iter().enumerate() {
        let leaves = &year.leaves[year.items[item].leaves.clone()];
        if row.state == LeafState::Standing || leaves.iter().all(|leaf| leaf.withdrawn) {
            continue;
        }
        let full = |state: CellState| matches!(state, CellState::Answered);
        let answered = row.cells.iter().filter(|cell| full(cell.state)).count();
        let must = row.cells.iter().filter(|cell| cell.must && cell.state != CellState::Declined).count();
        let met = row.cells.iter().filter(|cell| cell.must && full(cell.state)).count();
        let any = leaves.iter().all(|leaf| leaf.scope == Scope::AnyDepartment);
        if any {
            let rank = if answered == 0 { 0 } else { 1000 + answered };
            found.push((rank, Thin { item, answered, must: None }));
        } else if must > met {
            found.push((met * 1000 / must, Thin { item, answered: met, must: Some(must) }));
        }
    }
    found.sort_by_key(|(rank, thin)| (*rank, thin.item));
    found.into_iter().map(|(_, thin)| thin).collect()
}

/// Departments with something open, then those with goals not reached: whose interview comes first,
/// then who lacks most.
fn ask(year: &Year<'_>, coverage: &Coverage, packets: &[Packet], unmet: &[Vec<Question>]) -> Vec<Ask> {
    let lacks = |department: usize| {
        let counts = Summary::of_department(&coverage.leaves, department);
        (counts.missing, counts.partial, counts.unreadable, unmet[department].len())
    };
    let entry = |(department, packet): (usize, &Packet)| {
        let days = packet.interviews.iter().filter(|it| it.held.is_none()).filter_map(|it| it.day.map(|day| day.0));
        let (missing, partial, unreadable, _) = lacks(department);
        let open = missing + partial + unreadable > 0 || year.departments[department].state == PlanState::Unreadable;
        Ask { department, day: days.filter(|day| *day >= year.day).min(), open }
    };
    let mut list: Vec<Ask> = packets.iter().enumerate().map(entry).collect();
    list.retain(|ask| ask.open || !unmet[ask.department].is_empty());
    list.sort_by_key(|ask| {
        (!ask.open, ask.day.is_none(), ask.day, std::cmp::Reverse(lacks(ask.department)), ask.department)
    });
    list
}

/// The same reason for declining in more than one department, then what else K210 found.
fn same(year: &Year<'_>, findings: &[Finding], lang: Lang) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<(usize, &Text)>> = BTreeMap::new();
    for (at, department) in year.departments.iter().enumerate() {
        for reason in
            department.plan.into_iter().flat_map(|plan| &plan.not_applicable).filter_map(|it| it.reason.as_ref())
        {
            if reason.says().is_some() {
                groups.entry(fold(&reason.value)).or_default().push((at, reason));
            }
        }
    }
    groups.retain(|_, said| said.iter().any(|(at, _)| *at != said[0].0));
    let told = |said: &Vec<(usize, &Text)>| {
        let mut names: Vec<&str> = said.iter().map(|(at, _)| year.departments[*at].name()).collect();
        names.dedup();
        let reason = said[0].1.joined();
        lang.pick(
            format!("非該当の理由「{reason}」が同じ: {}", names.join("、")),
            format!("The same reason for declining ({reason}): {}", names.join(", ")),
        )
    };
    let mut same: Vec<String> = groups.values().map(told).collect();
    let reasons: Vec<Place> =
        groups.values().flatten().filter_map(|(at, reason)| year.departments[*at].at(reason.span)).collect();
    let line = |finding: &Finding| {
        let (path, line) = (&year.city.file(finding.place.file).path, year.city.position(finding.place).line);
        format!("{} {path}:{line}", finding.message.get(lang))
    };
    let repeated = findings.iter().filter(|it| it.rule.code == "K210" && !reasons.contains(&it.place));
    same.extend(repeated.map(line));
    same
}

fn amended(year: &Year<'_>, coverage: &Coverage) -> Vec<(usize, Vec<usize>)> {
    let changed =
        |item: &usize| year.leaves[year.items[*item].leaves.clone()].iter().any(|leaf| leaf.amended.is_some());
    let stale = |item: usize| {
        let cells = coverage.items[item].cells.iter().enumerate();
        (item, cells.filter(|(_, cell)| cell.stale).map(|(at, _)| at).collect())
    };
    (0..year.items.len()).filter(changed).map(stale).collect()
}
