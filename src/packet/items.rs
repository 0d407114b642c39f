//! The memo item by item, with the department's answers; the gaps; the wording as appendix.

use std::collections::BTreeSet;

use crate::city::year::LeafLocation;
use crate::coverage::CellState;
use crate::links::Target;
use crate::model::{AnsweredBy, Scope, Text};
use crate::packet::lack;
use crate::packet::refs::{Ctx, prose, words};
use crate::packet::{
    AppendixItem, Day, DeclineFacts, Gap, ItemFacts, LeafFacts, ResponseFacts, SectionFacts, Standing, State, Where,
};
use crate::rules::words::clause_ja;

pub(crate) fn sections(ctx: &Ctx<'_>) -> Vec<SectionFacts> {
    let mut sections: Vec<SectionFacts> = Vec::new();
    let mut last: Option<*const crate::model::Section> = None;
    for index in 0..ctx.year.items.len() {
        let section = ctx.year.items[index].section;
        if last != Some(std::ptr::from_ref(section)) {
            let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.to_string());
            let heading = text(&section.heading).unwrap_or_default();
            sections.push(SectionFacts { mark: text(&section.mark), heading, items: Vec::new() });
            last = Some(std::ptr::from_ref(section));
        }
        if let Some(section) = sections.last_mut() {
            section.items.push(item(ctx, index));
        }
    }
    sections
}

fn item(ctx: &Ctx<'_>, index: usize) -> ItemFacts {
    let entry = &ctx.year.items[index];
    let cell = &ctx.coverage.items[index].cells[ctx.index];
    let range = entry.leaves.clone();
    let standing = range.clone().all(|leaf| ctx.year.leaves[leaf].scope == Scope::Standing);
    let plan = ctx.plan();
    let goals = cell.goals.iter().filter_map(|goal| plan?.goals.get(goal));
    let duty = &entry.item.duty;
    ItemFacts {
        item: ctx.item_ref(index, None),
        mark: entry.item.mark.as_ref().map(|mark| mark.value.to_string()),
        short: entry.item.title(),
        text: entry.item.text.as_ref().map(Text::joined).unwrap_or_default(),
        state: State(cell.state),
        must: cell.must,
        standing,
        amended: duty.amended.as_ref().and_then(|amended| amended.since.as_ref()).map(|day| Day(day.value)),
        withdrawn: duty.withdrawn.as_ref().map(|day| Day(day.value)),
        leaves: range.map(|leaf| leaf_facts(ctx, leaf)).collect(),
        responses: cell.responses.iter().filter_map(|response| response_facts(ctx, response)).collect(),
        goals: goals.map(|goal| (goal.id().to_owned(), goal.name().to_owned())).collect(),
        declines: declines_of(ctx, index).into_iter().filter_map(|decline| decline_facts(ctx, decline)).collect(),
    }
}

fn leaf_facts(ctx: &Ctx<'_>, leaf: usize) -> LeafFacts {
    let (facts, cell) = (&ctx.year.leaves[leaf], ctx.cell(leaf));
    LeafFacts {
        item: ctx.leaf_ref(leaf),
        letter: facts.id.clause.map(|letter| ctx.lang.pick(clause_ja(letter), char::from(letter))),
        quote: facts.clause.and_then(|clause| clause.quote.as_ref()).map(Text::joined),
        state: State(cell.state),
        must: cell.must,
        stale: cell.stale,
        standing: facts.scope == Scope::Standing,
        answered_in: answered_in(facts.answered_by).filter(|_| facts.scope != Scope::Standing),
    }
}

fn answered_in(way: AnsweredBy) -> Option<Where> {
    match way {
        AnsweredBy::Citation | AnsweredBy::Goal => None,
        AnsweredBy::Viewpoint => Some(Where::Viewpoint),
        AnsweredBy::Plan => Some(Where::Direction),
        AnsweredBy::Review => Some(Where::Review),
        AnsweredBy::Information => Some(Where::Information),
        AnsweredBy::Reform => Some(Where::Reform),
        AnsweredBy::Interview => Some(Where::Submission),
        AnsweredBy::Handover => Some(Where::Handover),
    }
}

fn response_facts(ctx: &Ctx<'_>, index: usize) -> Option<ResponseFacts> {
    let response = ctx.plan()?.responses.get(index)?;
    Some(ResponseFacts {
        cites: ctx.cite_refs(&response.cites),
        text: words(&response.text).unwrap_or_default(),
        reviewed: response.reviewed.as_ref().map(|day| Day(day.value)),
    })
}

/// Responses that no item of this year's memo shows.
pub(crate) fn other_responses(ctx: &Ctx<'_>) -> Vec<ResponseFacts> {
    let lost = |(index, targets): (usize, &Vec<Target>)| targets.is_empty().then_some(index);
    ctx.plan_links().responses.iter().enumerate().filter_map(lost).filter_map(|it| response_facts(ctx, it)).collect()
}

/// Declines that no item of this year's memo shows.
pub(crate) fn other_declines(ctx: &Ctx<'_>) -> Vec<DeclineFacts> {
    let entries = ctx.plan_links().declines.iter().enumerate();
    entries.filter(|(_, links)| links.items.is_empty()).filter_map(|(index, _)| decline_facts(ctx, index)).collect()
}

fn declines_of(ctx: &Ctx<'_>, item: usize) -> Vec<usize> {
    let entries = ctx.plan_links().declines.iter().enumerate();
    let of = |target: &Target| target.item(ctx.year) == item;
    entries.filter(|(_, links)| links.items.iter().any(of)).map(|(index, _)| index).collect()
}

fn decline_facts(ctx: &Ctx<'_>, index: usize) -> Option<DeclineFacts> {
    let decline = ctx.plan()?.not_applicable.get(index)?;
    let leaves = ctx.coverage.leaves.iter().map(|row| &row.cells[ctx.index]);
    let fault = leaves.filter(|cell| cell.decline == Some(index)).find_map(|cell| cell.decline_fault);
    Some(DeclineFacts {
        items: ctx.cite_refs(&decline.items),
        reason: words(&decline.reason),
        handled_by: decline.handled_by.as_ref().map(|name| ctx.unit_named(&name.text)),
        fault: fault.map(|fault| ctx.say(lack::fault_words(fault))),
    })
}

/// Standing instructions, with whom to turn to.
pub(crate) fn standing(ctx: &Ctx<'_>) -> Vec<Standing> {
    let leaves = (0..ctx.year.leaves.len())
        .filter(|leaf| ctx.year.leaves[*leaf].scope == Scope::Standing && !ctx.year.leaves[*leaf].withdrawn);
    let entry = |leaf: usize| {
        let item = ctx.year.item_of(leaf).item;
        let own = ctx.year.leaves[leaf].clause.map(|clause| &clause.duty.contact).filter(|list| !list.is_empty());
        let contact = own.unwrap_or(&item.duty.contact);
        Standing {
            item: ctx.leaf_ref(leaf),
            quote: ctx.year.words(leaf),
            contact: contact.iter().map(|name| ctx.unit_named(&name.text)).collect(),
        }
    };
    leaves.map(entry).collect()
}

/// Leaves that the department must answer and does not, or only half.
pub(crate) fn gaps(ctx: &Ctx<'_>) -> Vec<Gap> {
    let open = |leaf: &usize| {
        let cell = ctx.cell(*leaf);
        cell.must && matches!(cell.state, CellState::Missing | CellState::Partial | CellState::Unreadable)
    };
    let gap = |leaf: usize| Gap {
        item: ctx.leaf_ref(leaf),
        short: ctx.year.item_of(leaf).item.title(),
        quote: ctx.year.leaves[leaf].clause.map(|_| ctx.year.words(leaf)),
        state: State(ctx.cell(leaf).state),
        lack: ctx.say(lack::lack(ctx, leaf)),
        place: lack::place(ctx, leaf),
    };
    (0..ctx.year.leaves.len()).filter(open).map(gap).collect()
}

/// The wording of all items, or of those whose ids are given.
pub(crate) fn appendix(ctx: &Ctx<'_>, only: Option<&[String]>) -> Vec<AppendixItem> {
    let wanted: Option<BTreeSet<usize>> = only.map(|ids| ids.iter().filter_map(|id| item_of_id(ctx, id)).collect());
    let all = 0..ctx.year.items.len();
    all.filter(|item| wanted.as_ref().is_none_or(|wanted| wanted.contains(item))).map(|it| wording(ctx, it)).collect()
}

fn item_of_id(ctx: &Ctx<'_>, id: &str) -> Option<usize> {
    let crate::ids::Read::Exact(leaf) = crate::ids::read_leaf(id) else { return None };
    match ctx.year.locate(leaf)? {
        LeafLocation::Item(item) => Some(item),
        LeafLocation::Clause(leaf) => Some(ctx.year.leaves[leaf].item),
    }
}

fn wording(ctx: &Ctx<'_>, index: usize) -> AppendixItem {
    let item = ctx.year.items[index].item;
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.to_string()).unwrap_or_default();
    let clause = |leaf: LeafFacts| Some((leaf.letter?, leaf.quote?));
    let leaves = ctx.year.items[index].leaves.clone();
    let leads: BTreeSet<usize> = leaves.clone().flat_map(|leaf| ctx.year.leaves[leaf].leads.iter().copied()).collect();
    let title = |text: &str| {
        let found = ctx.year.names.references.resolve(text).found();
        found.map_or_else(|| text.to_owned(), |index| ctx.year.names.references.entries()[index].1.clone())
    };
    AppendixItem {
        item: ctx.item_ref(index, None),
        short: item.title(),
        sentences: text(&item.text).lines().map(str::to_owned).collect(),
        ruby: item.ruby.iter().map(|(base, reading)| (text(base), text(reading))).collect(),
        clauses: leaves.map(|leaf| leaf_facts(ctx, leaf)).filter_map(clause).collect(),
        scope: item.duty.scope.as_ref().map_or(Scope::EveryDepartment, |scope| scope.value).id(),
        leads: leads.into_iter().map(|index| ctx.year.departments[index].name().to_owned()).collect(),
        references: item.references.iter().map(|name| title(&name.text)).collect(),
        was: item.duty.amended.as_ref().and_then(|amended| amended.was.as_ref()).map(|was| prose(&was.value)),
    }
}
