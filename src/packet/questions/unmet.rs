//! Goals that were not reached last year, or are behind this year.

use crate::lang::Say;
use crate::model::{Actual, Goal, Measure, Plan, Progress, ReviewEntry, Subject};
use crate::packet::Question;
use crate::packet::changes::{carried, falls_short};
use crate::packet::questions::{QuestionKind, about};
use crate::packet::refs::{Ctx, amount, short, value_words, words};
use crate::say;

/// Words that say that something was not reached.
const SHORT_OF: [&str; 9] = ["届か", "及ばな", "未達", "達しな", "達しませ", "達成でき", "下回", "至らな", "至りませ"];

/// Last year's first, of continued goals before others, then this year's progress.
pub(super) fn find(ctx: &Ctx<'_>) -> Vec<Question> {
    let Some(plan) = ctx.plan() else { return Vec::new() };
    let mut found = Vec::new();
    for goal in plan.goals.iter().filter(|goal| goal.continues.is_some()) {
        found.extend(last_year(ctx, goal).or_else(|| reviewed(ctx, plan, goal)));
    }
    for goal in &plan.goals {
        found.extend(behind(ctx, goal));
    }
    for goal in plan.goals.iter().filter(|goal| goal.continues.is_none()) {
        found.extend(reviewed(ctx, plan, goal));
    }
    once_a_goal(found)
}

fn once_a_goal(found: Vec<Question>) -> Vec<Question> {
    let mut kept: Vec<Question> = Vec::new();
    for question in found {
        if !kept.iter().any(|other| other.goals == question.goals || other.reason == question.reason) {
            kept.push(question);
        }
    }
    kept
}

/// The continued goal's own last entry, in last year's plan.
fn last_year(ctx: &Ctx<'_>, goal: &Goal) -> Option<Question> {
    let old = carried(ctx, goal)?;
    let entry = old.told_by(ctx.year.day).pop()?;
    let fallen = entry.actuals.iter().find_map(|actual| short_of(old, actual));
    let missed = entry.state.as_ref().is_some_and(|state| matches!(state.value.id, "partly" | "unmet" | "stopped"));
    let reason = match fallen {
        Some((name, target, actual)) => say!(
            "「{name}」は昨年度の目標に届きませんでした（目標{target}、実績{actual}）。",
            "Last year's target for {name} was not reached (target {target}, actual {actual})."
        ),
        None if missed => {
            let (title, why) = (old.name(), reason_words(entry));
            let (ja, en) = (why.ja, why.en);
            say!("昨年度の目標「{title}」は未達成でした{ja}。", "Last year's goal {title} was not reached{en}.")
        }
        None => return None,
    };
    let ask = next_step(ctx, goal, &reason.ja, say!("今年度は何を変えますか。", "What changes this year?"));
    Some(about(ctx, QuestionKind::Unmet, goal, reason, ask, goal.handle()))
}

/// A measure with target and actual where the actual falls short.
fn short_of(goal: &Goal, actual: &Actual) -> Option<(String, String, String)> {
    let name = &actual.measure.as_ref()?.text;
    let measure = goal.measure_named(name)?;
    let target = measure.target.as_ref()?;
    let unit = measure.unit.as_ref();
    let words = (amount(Some(target), unit)?, value_words(actual.value.as_ref(), None, unit)?);
    falls_short(measure, actual).then(|| (name.to_string(), words.0, words.1))
}

/// This year's newest entry, where it says behind, partly, unmet or stopped.
fn behind(ctx: &Ctx<'_>, goal: &Goal) -> Option<Question> {
    let entry = goal.newest(ctx.year.day)?;
    let state = entry.state.as_ref()?.value;
    if !matches!(state.id, "behind" | "partly" | "unmet" | "stopped") {
        return None;
    }
    let (id, title, en_state) = (goal.id(), goal.name(), state.en);
    let ja_state = state.ja.first().copied().unwrap_or(state.id);
    let as_of = entry.as_of.as_ref().map(|day| ctx.day(day.value)).unwrap_or_default();
    let numbers = entry.actuals.iter().find_map(|actual| short_of(goal, actual));
    let (numbers_ja, numbers_en) = match numbers {
        Some((name, target, actual)) => {
            (format!("（{name}: 目標{target}、実績{actual}）"), format!(" ({name}: target {target}, actual {actual})"))
        }
        None => (String::new(), String::new()),
    };
    let why = reason_words(entry);
    let (ja, en) = (why.ja, why.en);
    let reason = say!(
        "{id}「{title}」は{as_of}の時点で「{ja_state}」です{numbers_ja}{ja}。",
        "{id} {title} is {en_state} as of {as_of}{numbers_en}{en}."
    );
    let ask = match words(&entry.next).map(|next| short(&next, 40)) {
        Some(next) => say!(
            "次の手は「{next}」とありますが、それで年度内に取り戻せますか。",
            "The next step is given as: {next}. Is that enough to catch up within the year?"
        ),
        None => say!("いつまでに、何をして取り戻しますか。", "How will you catch up, and by when?"),
    };
    Some(about(ctx, QuestionKind::Unmet, goal, reason, ask, entry.span))
}

fn reason_words(entry: &Progress) -> Say {
    match words(&entry.reason).map(|reason| short(&reason, 48)) {
        Some(why) => say!("。理由は「{why}」とあります", "; the reason given: {why}"),
        None => Say::default(),
    }
}

/// A review entry whose own words say that a target was not reached.
fn reviewed(ctx: &Ctx<'_>, plan: &Plan, goal: &Goal) -> Option<Question> {
    let entries = plan.review.iter().filter(|entry| is_about(entry, goal));
    let (entry, sentence) = entries.filter_map(|entry| Some((entry, sentence(entry)?))).next()?;
    let (id, sentence) = (goal.id(), short(&sentence, 76));
    let reason = if goal.continues.is_some() {
        say!(
            "前年度から続く{id}について、検証・分析に「{sentence}」とあります。",
            "On {id}, carried over from last year, the review says: {sentence}."
        )
    } else {
        say!("{id}について、検証・分析に「{sentence}」とあります。", "On {id}, the review says: {sentence}.")
    };
    let ask = next_step(ctx, goal, &sentence, say!("今年度は何を変えますか。", "What changes this year?"));
    Some(about(ctx, QuestionKind::Unmet, goal, reason, ask, entry.span))
}

/// True when the entry names the goal, or the goal it continues.
fn is_about(entry: &ReviewEntry, goal: &Goal) -> bool {
    let own = |other: &crate::ids::GoalRef| match &goal.continues {
        Some(past) if other.year.is_some() => past.value.year == other.year && past.value.goal == other.goal,
        _ => other.year.is_none() && other.goal == goal.id(),
    };
    entry.goals.iter().any(|other| own(&other.value))
        || entry.items.iter().any(|subject| matches!(&subject.value, Subject::Goal(other) if own(other)))
}

/// The sentence that says so, with the one before it where it is too short to be understood alone.
fn sentence(entry: &ReviewEntry) -> Option<String> {
    const ALONE: usize = 24;
    [&entry.status, &entry.analysis].into_iter().flatten().find_map(|text| {
        let sentences: Vec<&str> = text.value.split(['。', '\n']).map(str::trim).filter(|it| !it.is_empty()).collect();
        let says = |text: &&str| text.contains("目標") && SHORT_OF.iter().any(|word| text.contains(word));
        let at = sentences.iter().position(says)?;
        let found = sentences[at];
        match at.checked_sub(1).map(|before| sentences[before]) {
            Some(before) if found.chars().count() < ALONE => {
                let room = 70usize.saturating_sub(found.chars().count());
                Some(format!("{}。{found}", short(before, room)))
            }
            _ => Some(found.to_owned()),
        }
    })
}

/// The measure that a sentence most likely speaks of: the one whose name shares most with it.
fn measure_of<'g>(goal: &'g Goal, sentence: &str) -> Option<&'g Measure> {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(2).map(|pair| (pair[0], pair[1])).collect::<std::collections::BTreeSet<_>>()
    };
    let spoken = pairs(sentence);
    let mut best: Option<(usize, &Measure)> = None;
    for measure in goal.measures.iter().filter(|measure| measure.is_told()) {
        let shared = measure.name.as_ref().map_or(0, |name| pairs(&name.value).intersection(&spoken).count());
        if best.is_none_or(|(most, _)| shared > most) {
            best = Some((shared, measure));
        }
    }
    best.map(|(_, measure)| measure)
}

/// Asks with this year's target beside it.
fn next_step(ctx: &Ctx<'_>, goal: &Goal, sentence: &str, ask: Say) -> Say {
    let Some(measure) = measure_of(goal, sentence) else { return ask };
    let target = amount(measure.target.as_ref(), measure.unit.as_ref()).unwrap_or_default();
    let name = words(&measure.name).map(|name| short(&name, 30)).unwrap_or_default();
    let (ja, en) = (&ask.ja, &ask.en);
    let by = measure.target.as_ref().and_then(|target| target.day.as_ref()).map(|day| ctx.day(day.value));
    let by_ja = by.as_ref().map(|by| format!("、{by}まで")).unwrap_or_default();
    let by_en = by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    if sentence.contains(&name) {
        // The reason before it names the measure already.
        let until = by.map(|by| format!("{by}までに")).unwrap_or_default();
        return say!("今年度の目標は{until}{target}です。{ja}", "This year's target: {target}{by_en}. {en}");
    }
    say!("今年度の目標は{target}です（「{name}」{by_ja}）。{ja}", "This year's target: {name}, {target}{by_en}. {en}")
}
