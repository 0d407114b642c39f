//! `status --format json`: every key present, departments in the organization's order.

use serde_json::{Map, Value, json};

use crate::coverage::Summary;
use crate::date::Date;
use crate::packet::{GoalFacts, Location};
use crate::report::escape;
use crate::status::{Entry, PlanStatus, STATES, Status};

/// The whole report, with a line end; of one department where one is given.
pub fn write(status: &Status<'_>, only: Option<usize>) -> String {
    let year = status.year;
    let interviews = year.docs.interviews;
    let shown: Vec<&Entry> =
        status.departments.iter().filter(|entry| only.is_none_or(|only| entry.department == only)).collect();
    let day = |day: &Option<crate::model::Val<Date>>| day.as_ref().map(|day| day.value.to_string());
    let id = |index: &usize| year.departments[*index].id().to_owned();
    let report = json!({
        "schema_version": 1,
        "fiscal_year": year.year.0,
        "day": year.day.to_string(),
        "window": { "from": day(&interviews.from), "to": day(&interviews.to) },
        "next_interview": status.ahead.map(|ahead| json!({
            "day": ahead.day.to_string(),
            "days": ahead.days,
            "count": ahead.count,
        })),
        "departments": shown.iter().map(|entry| department(status, entry)).collect::<Vec<_>>(),
        "summary": summary(status, &shown, only),
        "speak_to_first": status.first.iter().filter(|it| only.is_none_or(|only| only == **it)).map(id).collect::<Vec<_>>(),
        "other_years": status.others.iter().map(|other| json!({
            "fiscal_year": other.year.0,
            "periods": other.periods,
            "departments": other.departments,
            "follow_ups_overdue": other.follow_ups,
        })).collect::<Vec<_>>(),
    });
    escape::json(&report)
}

fn summary(status: &Status<'_>, shown: &[&Entry], only: Option<usize>) -> Value {
    let states: Map<String, Value> = PlanStatus::ALL
        .iter()
        .map(|state| (state.id().to_owned(), shown.iter().filter(|entry| entry.state == *state).count().into()))
        .collect();
    let sum = |count: fn(&Entry) -> usize| shown.iter().map(|entry| count(entry)).sum::<usize>();
    let mut totals = [0; STATES.len()];
    for entry in shown {
        for (total, count) in totals.iter_mut().zip(entry.progress) {
            *total += count;
        }
    }
    let one = only.and_then(|_| shown.first());
    json!({
        "departments": shown.len(),
        "states": states,
        "errors": sum(|entry| entry.errors),
        "warnings": sum(|entry| entry.warnings),
        "policy_errors": status.policy_errors,
        "coverage": coverage(one.map_or(&status.summary, |entry| &entry.summary)),
        "goals": sum(|entry| entry.goals),
        "progress": progress(&totals, sum(|entry| entry.goals)),
        "progress_overdue": sum(|entry| entry.overdue.len()),
        "follow_ups_open": sum(|entry| entry.follow_ups.len()),
        "follow_ups_overdue": sum(|entry| entry.follow_ups.iter().filter(|it| it.overdue).count()),
    })
}

fn coverage(summary: &Summary) -> Value {
    json!({
        "required": summary.required,
        "answered": summary.answered,
        "partial": summary.partial,
        "missing": summary.missing,
        "declined": summary.declined,
        "unreadable": summary.unreadable,
        "percent": summary.tenths() as f64 / 10.0,
    })
}

fn progress(counts: &[usize; STATES.len()], goals: usize) -> Value {
    let mut map: Map<String, Value> =
        STATES.iter().zip(counts).map(|(state, count)| ((*state).to_owned(), (*count).into())).collect();
    map.insert("none".to_owned(), goals.saturating_sub(counts.iter().sum()).into());
    Value::Object(map)
}

fn department(status: &Status<'_>, entry: &Entry) -> Value {
    let own = &status.year.departments[entry.department];
    let plan = own.file.map(|file| status.year.city.file(file).path.as_str());
    let gaps = entry.gaps.iter().map(|gap| {
        let (path, line) = place(&gap.place);
        json!({
            "id": gap.item.id, "short": gap.short, "quote": gap.quote, "state": gap.state,
            "lack": gap.lack, "path": path, "line": line,
        })
    });
    let slow = entry.slow.iter().map(|goal| {
        let (path, line) = place(&goal.place);
        json!({ "goal": goal.goal, "title": goal.title, "state": goal.state, "path": path, "line": line })
    });
    let overdue = entry.overdue.iter().map(|it| {
        let (path, line) = place(&it.place);
        json!({
            "goal": it.goal, "title": it.title, "period": it.period, "due": it.due.to_string(),
            "path": path, "line": line,
        })
    });
    let follow_ups = entry.follow_ups.iter().map(|it| {
        let (path, line) = place(&it.place);
        json!({
            "id": it.id, "what": it.what, "division": it.division, "by": it.by.map(|by| by.to_string()),
            "overdue": it.overdue, "path": path, "line": line,
        })
    });
    json!({
        "id": own.id(),
        "name": own.name(),
        "plan": plan,
        "state": entry.state.id(),
        "errors": entry.errors,
        "warnings": entry.warnings,
        "unfinished": entry.unfinished,
        "coverage": coverage(&entry.summary),
        "interviews": entry.interviews,
        "gaps": gaps.collect::<Vec<_>>(),
        "goals": entry.goals,
        "progress": progress(&entry.progress, entry.goals),
        "goal_progress": entry.told.iter().map(goal_progress).collect::<Vec<_>>(),
        "slow_goals": slow.collect::<Vec<_>>(),
        "progress_overdue": overdue.collect::<Vec<_>>(),
        "follow_ups": follow_ups.collect::<Vec<_>>(),
    })
}

fn goal_progress(goal: &GoalFacts) -> Value {
    let (path, line) = place(&goal.place);
    let measures = goal.measures.iter().map(|it| {
        json!({
            "name": it.name, "baseline": it.baseline, "actual": it.actual, "actual_at": it.actual_at,
            "target": it.target,
        })
    });
    json!({
        "goal": goal.id, "title": goal.title, "state": goal.state,
        "entries": goal.progress.iter().filter(|entry| !entry.ahead).collect::<Vec<_>>(),
        "measures": measures.collect::<Vec<_>>(), "path": path, "line": line,
    })
}

fn place(place: &Option<Location>) -> (Option<&str>, Option<u32>) {
    (place.as_ref().map(|place| place.path.as_str()), place.as_ref().map(|place| place.line))
}
