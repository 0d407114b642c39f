//! A goal: every field that says something, the items it answers, whether its partners answer.

use super::{View, at};
use crate::lang::bi;
use crate::packet::words::{choice, day, thousand_yen};
use crate::packet::{BudgetFacts, Day, GoalFacts, MeasureFacts, PartnerCheck, ProgressFacts};

/// The screen of one goal of a department, both by index.
pub fn goal(view: &View<'_>, department: usize, index: usize) -> String {
    let brief = view.brief(department);
    let Some(facts) = brief.goals.get(index) else { return String::new() };
    let owner = &view.year.departments[department];
    let (name, id, year) = (owner.name(), &facts.id, view.year_words());
    let mut text = view
        .lang
        .pick(format!("{year}  {name} {id}  {}\n\n", facts.title), format!("{name} {id}, {year}: {}\n\n", facts.title));
    fields(view, &mut text, facts);
    items(view, &mut text, department, index);
    partners(view, &mut text, &brief.partners, facts);
    measures(view, &mut text, facts);
    steps(view, &mut text, facts);
    for entry in &facts.progress {
        progress(view, &mut text, entry);
    }
    text
}

fn fields(view: &View<'_>, text: &mut String, facts: &GoalFacts) {
    let some = |value: &Option<String>| value.clone().unwrap_or_default();
    for (name, value) in [
        (bi("課題", "issue"), some(&facts.issue)),
        (bi("成果", "outcome"), some(&facts.outcome)),
        (bi("担当課", "division"), some(&facts.division)),
        (bi("庁外の連携", "outside"), facts.outside_partners.join(view.comma())),
        (bi("上位計画", "higher plans"), facts.references.join(view.comma())),
        (bi("根拠法令", "legal basis"), facts.legal_basis.join(view.comma())),
        (bi("前年度から", "carried over"), some(&facts.continues)),
        (bi("見直した日", "looked at"), facts.reviewed.map(|it| date(view, it)).unwrap_or_default()),
        (bi("指標なし", "no measure"), some(&facts.no_measures)),
    ] {
        view.field(text, view.t(name), &value);
    }
    for (label, words) in &facts.viewpoints {
        let none = view.t(bi("記載がありません", "nothing is written"));
        view.field(text, label, words.as_deref().unwrap_or(none));
    }
    for entry in &facts.extra {
        view.field(text, &entry.name, &entry.value);
    }
    view.field(text, view.t(bi("場所", "place")), &at(&facts.place));
}

fn date(view: &View<'_>, it: Day) -> String {
    day(view.year.year.0, it, view.lang)
}

/// The items it answers, with their short titles.
fn items(view: &View<'_>, text: &mut String, department: usize, index: usize) {
    let plan = view.year.departments[department].plan;
    let Some(goal) = plan.and_then(|plan| plan.goals.get(index)) else { return };
    let targets = &view.links.plans[department].goals[index].cites;
    if goal.cites.is_empty() {
        return;
    }
    view.heading(text, view.t(bi("応える項目", "Items it answers")));
    for cite in &goal.cites {
        let found = view.year.locate(cite.value.leaf).filter(|_| cite.value.year.is_none_or(|it| it == view.year.year));
        let target = found.and_then(|place| targets.iter().find(|target| target.location == place));
        let words = match target {
            Some(target) => view.year.items[target.item(view.year)].item.title(),
            None => view.t(bi("（この年度の基本方針にありません）", "(not in this year's policy)")).to_owned(),
        };
        view.entry(text, &format!("{}  {words}", cite.value));
    }
}

/// Each partner, and whether its plan answers.
fn partners(view: &View<'_>, text: &mut String, checks: &[PartnerCheck], facts: &GoalFacts) {
    if facts.partners.is_empty() {
        return;
    }
    view.heading(text, view.t(bi("連携する部", "Partners")));
    for partner in &facts.partners {
        view.entry(text, partner);
    }
    for check in checks.iter().filter(|check| check.ours.contains(&facts.id)) {
        let name = &check.department;
        let words = if !check.known {
            view.lang.pick(format!("{name}の計画は見られません"), format!("{name}: its plan cannot be looked at"))
        } else if check.unmet_ours.contains(&facts.id) {
            view.lang.pick(
                format!("{name}の計画には、この連携の記載がありません"),
                format!("{name}: its plan does not speak of it"),
            )
        } else {
            let by = if check.theirs.is_empty() {
                view.t(bi("協力する目標として", "as a goal that it supports")).to_owned()
            } else {
                check.theirs.join(view.comma())
            };
            view.lang.pick(format!("{name}の計画にも記載があります（{by}）"), format!("{name}: its plan agrees ({by})"))
        };
        view.below(text, &words);
    }
}

fn measures(view: &View<'_>, text: &mut String, facts: &GoalFacts) {
    if facts.measures.is_empty() {
        return;
    }
    view.heading(text, view.t(bi("指標（現状値 -> 実績値 -> 目標値）", "Measures (baseline -> actuals -> target)")));
    for measure in &facts.measures {
        let kind = measure.kind.map(|kind| view.t(choice(kind))).unwrap_or_default();
        let better = view.t(choice(measure.better));
        view.entry(
            text,
            &view
                .lang
                .pick(format!("{}（{kind}、{better}）", measure.name), format!("{} ({kind}, {better})", measure.name))
                .replace("（、", "（")
                .replace("(, ", "("),
        );
        view.below(text, &path(view, facts, measure));
    }
}

/// `71％（前年度末） -> 78％（年度半ば） -> 85％（年度末まで）`
fn path(view: &View<'_>, facts: &GoalFacts, measure: &MeasureFacts) -> String {
    let none = || view.t(bi("記載なし", "not told")).to_owned();
    let with = |value: &Option<String>, when: String| match value {
        Some(value) => view.lang.pick(format!("{value}（{when}）"), format!("{value} ({when})")),
        None => none(),
    };
    let from =
        measure.baseline_at.map_or_else(|| view.t(bi("前年度末", "end of last year")).to_owned(), |it| date(view, it));
    let by = measure.target_by.map_or_else(|| view.t(bi("年度末", "end of the year")).to_owned(), |it| date(view, it));
    let mut points = vec![with(&measure.baseline, from)];
    for entry in &facts.progress {
        let own =
            entry.actuals.iter().filter(|(name, _)| crate::nearest::fold(name) == crate::nearest::fold(&measure.name));
        let period = entry.period.clone().unwrap_or_default();
        points.extend(own.map(|(_, value)| with(&Some(value.clone()), period.clone())));
    }
    points.push(with(&measure.target, view.lang.pick(format!("{by}まで"), format!("by {by}"))));
    points.join(" -> ")
}

fn steps(view: &View<'_>, text: &mut String, facts: &GoalFacts) {
    if !facts.actions.is_empty() {
        view.heading(text, view.t(bi("取組・手順", "Actions")));
    }
    for action in &facts.actions {
        let by = action.by.map(|it| date(view, it));
        let by = by.map(|by| view.lang.pick(format!("{by}まで"), format!("by {by}"))).unwrap_or_default();
        view.field(text, &by, &action.what);
    }
    if !facts.budget.is_empty() {
        view.heading(text, view.t(bi("予算事業", "Budget projects")));
    }
    for entry in &facts.budget {
        view.entry(text, &budget(view, entry));
    }
}

fn budget(view: &View<'_>, entry: &BudgetFacts) -> String {
    let amount = entry.thousand_yen.map(|value| thousand_yen(value, view.lang));
    let start = entry.start.map(|it| date(view, it));
    let start = start.map(|start| view.lang.pick(format!("{start}開始"), format!("starts {start}")));
    let late = entry.late.then(|| view.t(bi("早期着手の目安より後", "later than early")).to_owned());
    let reason = entry.late_reason.as_ref().map(|it| view.lang.pick(format!("理由 {it}"), format!("because {it}")));
    let parts = [Some(entry.project.clone()), amount, start, late, reason];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

fn progress(view: &View<'_>, text: &mut String, entry: &ProgressFacts) {
    let period = entry.period.clone().unwrap_or_default();
    let as_of = entry.as_of.map(|it| date(view, it)).unwrap_or_default();
    let title = view.lang.pick(format!("進み具合  {period}（{as_of}）"), format!("Progress, {period} ({as_of})"));
    view.heading(text, &crate::ui::harmless(&title));
    let state = entry.state.map(|state| view.t(choice(state)).to_owned()).unwrap_or_default();
    let rating = entry.rating.as_ref().map(|it| view.lang.pick(format!("評価 {it}"), format!("rating {it}")));
    let state = [Some(state), rating].into_iter().flatten().collect::<Vec<_>>().join("  ");
    view.field(text, view.t(bi("状態", "state")), &state);
    view.field(text, view.t(bi("理由", "reason")), entry.reason.as_deref().unwrap_or_default());
    view.field(text, view.t(bi("次の手", "next")), entry.next.as_deref().unwrap_or_default());
}
