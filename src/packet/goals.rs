//! Goals in full: nothing of them is left out.

use crate::links::GoalLinks;
use crate::model::{Actual, Goal, GoalReference, Measure, Name, Progress, Text};
use crate::nearest::fold;
use crate::packet::changes::{carried, result};
use crate::packet::refs::{Ctx, amount, prose, value_words, words};
use crate::packet::{
    ActionFacts, BudgetFacts, Day, Extra, GoalFacts, GoalResult, MeasureFacts, MeasureResult, ProgressFacts,
};

pub(crate) fn goals(ctx: &Ctx<'_>) -> Vec<GoalFacts> {
    let Some(plan) = ctx.plan() else { return Vec::new() };
    plan.goals.iter().zip(&ctx.plan_links().goals).map(|(goal, links)| facts(ctx, goal, links)).collect()
}

fn facts(ctx: &Ctx<'_>, goal: &Goal, links: &GoalLinks) -> GoalFacts {
    let past = carried(ctx, goal).and_then(|past| result(ctx, past));
    let label = |(name, text): &(Name, Option<Text>)| (viewpoint_label(ctx, &name.text), words(text));
    GoalFacts {
        id: goal.id().to_owned(),
        title: words(&goal.title).unwrap_or_default(),
        issue: words(&goal.issue),
        outcome: words(&goal.outcome),
        continues: goal.continues.as_ref().map(|past| ctx.goal_ref(&past.value)),
        was_short: past.as_ref().is_some_and(|past| past.short),
        reviewed: goal.reviewed.as_ref().map(|day| Day(day.value)),
        cites: ctx.cite_refs(&goal.cites),
        division: goal.division.as_ref().map(|name| ctx.division_named(&name.text)),
        partners: goal.partners.iter().map(|name| ctx.unit_named(&name.text)).collect(),
        outside_partners: texts(&goal.outside_partners),
        references: goal.references.iter().zip(&links.references).map(|(it, at)| reference(ctx, it, *at)).collect(),
        legal_basis: texts(&goal.legal_basis),
        viewpoints: goal.viewpoints.iter().map(label).collect(),
        measures: goal.measures.iter().map(|it| measure(ctx, goal, it, past.as_ref())).collect(),
        no_measures: words(&goal.no_measures),
        actions: goal.actions.iter().map(action).collect(),
        budget: goal.budget.iter().map(|entry| budget(ctx, entry)).collect(),
        progress: goal.progress.iter().map(|entry| progress(ctx, goal, entry)).collect(),
        state: goal.newest(ctx.year.day).and_then(|entry| entry.state.as_ref()).map(|state| state.value.id),
        extra: extra(&goal.extra),
        place: ctx.location(goal.handle()),
    }
}

pub(crate) fn texts(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| prose(&text.value)).collect()
}

pub(crate) fn extra(entries: &[(Name, Option<Text>)]) -> Vec<Extra> {
    let entry = |(name, value): &(Name, Option<Text>)| Extra {
        name: name.text.to_string(),
        value: words(value).unwrap_or_default(),
    };
    entries.iter().map(entry).collect()
}

fn viewpoint_label(ctx: &Ctx<'_>, text: &str) -> String {
    let index = ctx.year.names.viewpoints.resolve(text).found();
    index.map_or_else(|| text.to_owned(), |index| ctx.year.names.viewpoints.entries()[index].1.clone())
}

fn reference(ctx: &Ctx<'_>, reference: &GoalReference, index: Option<usize>) -> String {
    let written = |name: &Option<Name>| name.as_ref().map(|name| name.text.to_string());
    let title = index.map(|index| ctx.year.names.references.entries()[index].1.clone());
    let node = reference.node.as_ref().map(|node| {
        let found = index.and_then(|index| {
            let nodes = &ctx.year.names.nodes[index];
            nodes.resolve(&node.text).found().map(|node| nodes.entries()[node].1.clone())
        });
        found.unwrap_or_else(|| node.text.to_string())
    });
    let parts = [title.or_else(|| written(&reference.id)), node, words(&reference.at)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn measure(ctx: &Ctx<'_>, goal: &Goal, measure: &Measure, past: Option<&GoalResult>) -> MeasureFacts {
    let name = words(&measure.name).unwrap_or_default();
    let same = |old: &&MeasureResult| fold(&old.name) == fold(&name);
    let last_year = past.and_then(|past| past.measures.iter().find(same)).cloned();
    let unit = measure.unit.as_ref();
    let day = |point: Option<&crate::model::Point>| point?.day.as_ref().map(|day| Day(day.value));
    let told = goal.told_by(ctx.year.day);
    let newest = told.iter().rev().find_map(|entry| Some((*entry, actual_of(goal, measure, &entry.actuals)?)));
    MeasureFacts {
        name,
        last_year,
        kind: measure.kind.as_ref().map(|kind| kind.value.id),
        better: measure.direction(),
        counted_from: measure.counted_from.as_ref().map(|day| Day(day.value)),
        baseline: amount(measure.baseline.as_ref(), unit),
        baseline_at: day(measure.baseline.as_ref()),
        target: amount(measure.target.as_ref(), unit),
        target_by: day(measure.target.as_ref()),
        actual: newest.and_then(|(_, it)| value_words(it.value.as_ref(), it.state.as_ref(), unit)),
        actual_at: newest.and_then(|(entry, _)| entry.as_of.as_ref()).map(|day| Day(day.value)),
    }
}

fn action(action: &crate::model::Action) -> ActionFacts {
    ActionFacts { what: words(&action.what).unwrap_or_default(), by: action.by.as_ref().map(|day| Day(day.value)) }
}

fn budget(ctx: &Ctx<'_>, entry: &crate::model::Budget) -> BudgetFacts {
    let start = entry.start.as_ref().map(|day| day.value);
    BudgetFacts {
        project: words(&entry.project).unwrap_or_default(),
        thousand_yen: entry.thousand_yen.as_ref().map(|value| value.value),
        start: start.map(Day),
        late: start.zip(ctx.year.early_start_until()).is_some_and(|(start, until)| start > until),
        late_reason: words(&entry.late_reason),
    }
}

fn progress(ctx: &Ctx<'_>, goal: &Goal, entry: &Progress) -> ProgressFacts {
    let as_of = entry.as_of.as_ref().map(|day| day.value);
    ProgressFacts {
        period: entry.period.as_ref().map(|name| period_label(ctx, name)),
        as_of: as_of.map(Day),
        ahead: as_of.is_some_and(|day| day > ctx.year.day),
        state: entry.state.as_ref().map(|state| state.value.id),
        rating: entry.rating.as_ref().map(|name| name.text.to_string()),
        actuals: entry.actuals.iter().map(|actual| actual_words(goal, actual)).collect(),
        reason: words(&entry.reason),
        next: words(&entry.next),
    }
}

/// A period by its label.
pub(super) fn period_label(ctx: &Ctx<'_>, name: &Name) -> String {
    let period = ctx.year.settings().periods.iter().find(|period| period.id.value == name.text);
    period.and_then(|period| words(&period.label)).unwrap_or_else(|| name.text.to_string())
}

/// What the actuals of an entry say of a measure.
pub(super) fn actual_of<'a>(goal: &Goal, measure: &Measure, actuals: &'a [Actual]) -> Option<&'a Actual> {
    let own = |actual: &&Actual| {
        let name = actual.measure.as_ref();
        name.and_then(|name| goal.measure_named(&name.text)).is_some_and(|it| std::ptr::eq(it, measure))
    };
    actuals.iter().find(own)
}

fn actual_words(goal: &Goal, actual: &Actual) -> (String, String) {
    let name = actual.measure.as_ref().map(|name| name.text.clone()).unwrap_or_default();
    let unit = goal.measure_named(&name).and_then(|measure| measure.unit.as_ref());
    let value = value_words(actual.value.as_ref(), actual.state.as_ref(), unit);
    (name.to_string(), value.unwrap_or_default())
}
