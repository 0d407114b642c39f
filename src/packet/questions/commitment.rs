//! Where nothing is wrong: the plan's hardest commitments, and, where there is no plan to look at,
//! what the memo asks of the department.

use crate::lang::Say;
use crate::model::{AnsweredBy, Budget, Goal, Measure, Plan, Point};
use crate::packet::Question;
use crate::packet::questions::{QuestionKind, about};
use crate::packet::refs::{Ctx, amount, directive, number, short, words};
use crate::say;

/// In turn: the largest change, carried-over goals, the largest budget; first of goals that no
/// other question is about.
pub(super) fn find(ctx: &Ctx<'_>, asked: &[String]) -> Vec<Question> {
    let Some(plan) = ctx.plan() else { return from_memo(ctx) };
    let (mut changes, mut carried, mut budgets) = (changes(ctx, plan), carried(ctx, plan), budgets(ctx, plan));
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let mut seen = asked.to_vec();
    while !(changes.is_empty() && carried.is_empty() && budgets.is_empty()) {
        for list in [&mut changes, &mut carried, &mut budgets] {
            if list.is_empty() {
                continue;
            }
            let question = list.remove(0);
            let fresh = !question.goals.iter().any(|goal| seen.contains(goal));
            seen.extend(question.goals.iter().cloned());
            if fresh { first.push(question) } else { second.push(question) }
        }
    }
    first.append(&mut second);
    first.extend(from_memo(ctx));
    first
}

fn value(point: &Option<Point>) -> Option<f64> {
    point.as_ref().and_then(|point| point.value.as_ref()).map(|value| value.value)
}

/// The outcome measures of each goal by how much they change, the largest first.
fn changes(ctx: &Ctx<'_>, plan: &Plan) -> Vec<Question> {
    let mut found: Vec<(f64, &Goal, &Measure)> = Vec::new();
    for goal in &plan.goals {
        let outcome = |measure: &&Measure| measure.kind.as_ref().is_none_or(|kind| kind.value.id == "outcome");
        let change = |measure: &'_ Measure| {
            let (from, to) = (value(&measure.baseline)?, value(&measure.target)?);
            Some((to - from).abs() / from.abs().max(1.0))
        };
        let scored = goal.measures.iter().filter(outcome).filter_map(|measure| Some((change(measure)?, measure)));
        let best = scored.fold(None::<(f64, &Measure)>, |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        found.extend(best.map(|(change, measure)| (change, goal, measure)));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().enumerate().map(|(at, (_, goal, measure))| change_question(ctx, at, goal, measure)).collect()
}

fn change_question(ctx: &Ctx<'_>, at: usize, goal: &Goal, measure: &Measure) -> Question {
    let (id, unit) = (goal.id(), measure.unit.as_ref());
    let name = words(&measure.name).map(|name| short(&name, 40)).unwrap_or_default();
    let from = amount(measure.baseline.as_ref(), unit).unwrap_or_default();
    let to = amount(measure.target.as_ref(), unit).unwrap_or_default();
    let by = measure.target.as_ref().and_then(|target| target.day.as_ref()).map(|day| ctx.day(day.value));
    let (by_ja, by_en) =
        (by.clone().unwrap_or_else(|| "年度末".to_owned()), by.unwrap_or_else(|| "31 March".to_owned()));
    let reason = say!(
        "{id}は「{name}」を{from}から{to}にする目標です（期限 {by_ja}）。",
        "{id} takes {name} from {from} to {to} (by {by_en})."
    );
    let ask = match (at % 2, midway(measure)) {
        (1, Some(midway)) => ask_midway(ctx, goal, &midway),
        _ => ask_first_step(ctx, goal),
    };
    about(ctx, QuestionKind::Commitment, goal, reason, ask, measure.span)
}

fn ask_first_step(ctx: &Ctx<'_>, goal: &Goal) -> Say {
    let steps = goal.actions.iter().filter_map(|action| Some((words(&action.what)?, action.by.as_ref()?.value)));
    let steps: Vec<(String, crate::date::Date)> = steps.collect();
    let next = steps.iter().position(|(_, by)| *by >= ctx.year.day);
    let last = steps.len().saturating_sub(1);
    match steps.get(next.unwrap_or(last)) {
        Some((what, day)) => {
            let (what, day) = (short(what, 36), ctx.day(*day));
            match next {
                Some(0) => say!(
                    "最初の取組「{what}」（{day}まで）は始まっていますか。届かないと分かるのはいつですか。",
                    "Has the first step begun: {what} (by {day})? When will you know if it falls short?"
                ),
                Some(_) => say!(
                    "次の取組「{what}」（{day}まで）は予定どおり進んでいますか。届かないと分かるのはいつですか。",
                    "Is the next step on track: {what} (by {day})? When will you know if it falls short?"
                ),
                None => say!(
                    "最後の取組「{what}」（{day}まで）は終わりましたか。目標値に届く見込みはどうですか。",
                    "Is the last step done: {what} (by {day})? Will the target be reached?"
                ),
            }
        }
        None => say!(
            "最初に何をしますか。届かないと分かるのはいつですか。",
            "What comes first? When will you know if it falls short?"
        ),
    }
}

fn ask_midway(ctx: &Ctx<'_>, goal: &Goal, midway: &str) -> Say {
    let middle = goal.actions.get(goal.actions.len() / 2);
    match middle.and_then(|action| Some((words(&action.what)?, action.by.as_ref()?.value))) {
        // What lies behind is no milestone to ask for.
        Some((_, day)) if day < ctx.year.day => ask_first_step(ctx, goal),
        Some((what, day)) => {
            let (what, day) = (short(&what, 36), ctx.day(day));
            say!(
                "「{what}」（{day}まで）の時点で、半ばの{midway}に届く見込みですか。届かなければ何を足しますか。",
                "Will it be halfway, at {midway}, when this is done: {what} (by {day})? If not, what will you add?"
            )
        }
        None => say!(
            "半ばの{midway}に届くのはいつの見込みですか。最も効く手は何ですか。",
            "When do you expect to be halfway, at {midway}, and what helps most?"
        ),
    }
}

/// Halfway between baseline and target; whole where both are.
fn midway(measure: &Measure) -> Option<String> {
    let (from, to) = (value(&measure.baseline)?, value(&measure.target)?);
    let whole = from.fract() == 0.0 && to.fract() == 0.0;
    let half = f64::midpoint(from, to);
    let half = if whole { half.round() } else { (half * 10.0).round() / 10.0 };
    let unit = measure.unit.as_ref().map_or("", |unit| unit.value.as_str());
    Some(format!("{}{unit}", number(half)))
}

fn carried(ctx: &Ctx<'_>, plan: &Plan) -> Vec<Question> {
    let question = |goal: &Goal| {
        let past = ctx.goal_ref(&goal.continues.as_ref()?.value);
        let (id, title) = (goal.id(), goal.name());
        let reason = match words(&goal.issue).map(|issue| short(&issue, 56)) {
            Some(issue) => say!(
                "{id}「{title}」は{past}からの継続で、課題は「{issue}」とあります。",
                "{id} {title} is carried over from {past}; the issue: {issue}."
            ),
            None => say!("{id}「{title}」は{past}からの継続です。", "{id} {title} is carried over from {past}."),
        };
        let ask = say!(
            "昨年度と同じやり方で進むところと、変えるところはどこですか。",
            "What goes on as last year, and what changes?"
        );
        Some(about(ctx, QuestionKind::Commitment, goal, reason, ask, goal.handle()))
    };
    plan.goals.iter().filter_map(question).collect()
}

/// The largest budget project of each goal, the largest first.
fn budgets(ctx: &Ctx<'_>, plan: &Plan) -> Vec<Question> {
    let mut found: Vec<(f64, &Goal, &Budget)> = Vec::new();
    for goal in &plan.goals {
        for entry in &goal.budget {
            if let Some(amount) = &entry.thousand_yen {
                found.push((amount.value, goal, entry));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let question = |(amount, goal, entry): (f64, &Goal, &Budget)| {
        let (id, amount) = (goal.id(), number(amount));
        let project = words(&entry.project).map(|project| short(&project, 40)).unwrap_or_default();
        let start = entry.start.as_ref().map(|start| ctx.day(start.value));
        let (start_ja, start_en) =
            (start.clone().unwrap_or_else(|| "未定".to_owned()), start.unwrap_or_else(|| "not set".to_owned()));
        let outcome = words(&goal.outcome).map(|outcome| short(&outcome, 40)).unwrap_or_default();
        let reason = say!(
            "{id}の予算事業「{project}」は{amount}千円です（開始 {start_ja}）。",
            "The budget project {project} of {id} is {amount} thousand yen (start {start_en})."
        );
        let ask = say!(
            "成果「{outcome}」に、この費用のどこが最も効きますか。契約の見通しはどうですか。",
            "Which part of it does most for the outcome: {outcome}? How do the contracts stand?"
        );
        about(ctx, QuestionKind::Commitment, goal, reason, ask, entry.span)
    };
    found.into_iter().map(question).collect()
}

/// What the memo asks of the department: its leads first, then what all must answer by work.
fn from_memo(ctx: &Ctx<'_>) -> Vec<Question> {
    let mut leaves: Vec<(bool, usize)> = Vec::new();
    for (index, leaf) in ctx.year.leaves.iter().enumerate() {
        let by_work = matches!(leaf.answered_by, AnsweredBy::Goal | AnsweredBy::Citation);
        if by_work && ctx.cell(index).must {
            leaves.push((!leaf.leads.contains(&ctx.index), index));
        }
    }
    leaves.sort_unstable();
    let question = |(not_lead, leaf): (bool, usize)| {
        let (words, short) = (directive(&ctx.year.words(leaf), 70), ctx.year.item_of(leaf).item.title());
        let reason = if not_lead {
            say!("「{short}」について、基本方針は「{words}」と求めています。", "{short}: the memo says {words}.")
        } else {
            say!(
                "「{short}」の主担当です。基本方針は「{words}」と求めています。",
                "{short}: this department leads. The memo says {words}."
            )
        };
        Question {
            kind: QuestionKind::Commitment,
            items: vec![ctx.leaf_ref(leaf)],
            goals: Vec::new(),
            reason: ctx.say(reason),
            ask: ctx.say(say!(
                "今年度、どの課が、何を、いつまでに行いますか。",
                "Which division does what this year, and by when?"
            )),
            place: None,
        }
    };
    leaves.into_iter().map(question).collect()
}
