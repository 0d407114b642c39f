//! Goals to be filled in: last year's that go on, and a new one for what none of them answers.

use std::collections::BTreeSet;

use crate::city::year::{LeafLocation, Year};
use crate::edit::{Noted, Value};
use crate::ids::LeafId;
use crate::model::{Measure, Point};
use crate::skeleton::entries::hint;
use crate::skeleton::memo::{as_lead, asked_title, decline_words, remark};
use crate::skeleton::owed::{Asked, Owed};
use crate::skeleton::{Carried, TO_WRITE};

/// The goals of a new plan; and the ids of those that no review of last year speaks of.
pub(super) fn new(
    year: &Year<'_>,
    department: usize,
    owed: &Owed,
    carried: &[Carried<'_>],
) -> (Vec<Noted>, Vec<String>) {
    let keep_ids = has_own_ids(carried);
    let mut goals: Vec<Noted> = Vec::new();
    for (index, past) in carried.iter().enumerate() {
        let id = if keep_ids { past.goal.id().to_owned() } else { format!("G{}", index + 1) };
        goals.push(carried_goal(year, department, owed, past, &id));
    }
    let cited: BTreeSet<LeafId> = carried.iter().flat_map(|past| &past.cites).map(|(now, _)| *now).collect();
    let open: Vec<Asked> = owed.goals.iter().filter_map(|asked| left_open(year, asked, &cited)).collect();
    let taken: BTreeSet<&str> =
        if keep_ids { carried.iter().map(|past| past.goal.id()).collect() } else { BTreeSet::new() };
    let mut fresh = Vec::new();
    if carried.is_empty() || !open.is_empty() {
        let id = free_id(carried.len() + 1, |id| taken.contains(id));
        goals.push(fresh_goal(year, department, owed, &open, &id));
        fresh.push(id);
    }
    (goals, fresh)
}

/// Last year's ids are kept where no two are the same.
fn has_own_ids(carried: &[Carried<'_>]) -> bool {
    let mut seen = BTreeSet::new();
    carried.iter().all(|past| seen.insert(past.goal.id()))
}

/// The first free of `G1`, `G2`, … from `from` on.
pub(super) fn free_id(from: usize, taken: impl Fn(&str) -> bool) -> String {
    let mut number = from.min(999);
    while number < 999 && taken(&format!("G{number}")) {
        number += 1;
    }
    format!("G{number}")
}

/// What of an item no citation meets.
fn left_open(year: &Year<'_>, asked: &Asked, cited: &BTreeSet<LeafId>) -> Option<Asked> {
    let open = |leaf: &usize| {
        let id = year.leaves[*leaf].id;
        !cited.contains(&id) && !cited.contains(&LeafId { clause: None, ..id })
    };
    let leaves: Vec<usize> = asked.leaves.iter().copied().filter(open).collect();
    (!leaves.is_empty()).then_some(Asked { item: asked.item, leaves })
}

/// A goal without words, below the items that no goal answers yet.
pub(super) fn fresh_goal(year: &Year<'_>, department: usize, owed: &Owed, open: &[Asked], id: &str) -> Noted {
    let mut above = Vec::new();
    if let Some(first) = open.first() {
        let id = year.items[first.item].item.id.value;
        above.push("次の項目には、言葉だけでなく目標で応えます。取り組む目標の cites に番号を書き".to_owned());
        above.push(format!("ます。別の目標で応えるときは、その cites に加えます（本文は kpolicy show {id}）。"));
        above.extend(open.iter().map(|asked| {
            let lead = if as_lead(year, asked) { "（主担当です）" } else { "" };
            format!("  {}{lead}{}", asked_title(year, asked), decline_words(year, asked))
        }));
    }
    let mut cites: Vec<Noted> = vec![Value::text(TO_WRITE).remark("「防災」のように打つと候補が出ます")];
    cites.extend(every_goal(year, owed));
    let mut fields: Vec<(&str, Noted)> = vec![
        ("id", Value::word(id).into()),
        ("title", Value::text(TO_WRITE).into()),
        ("outcome", hint("市民にとって何が変わるか").into()),
        ("cites", Value::List(cites).into()),
    ];
    fields.extend(division(year, department, None));
    fields.extend(viewpoints(year, owed));
    fields.push(("measures", Value::list([measure()]).into()));
    fields.push(("actions", actions()));
    Value::map(fields).below(above)
}

/// What each goal must cite.
pub(super) fn every_goal<'o>(year: &'o Year<'_>, owed: &'o Owed) -> impl Iterator<Item = Noted> + 'o {
    owed.every_goal.iter().flat_map(|asked| &asked.leaves).map(|leaf| to_cite(year, *leaf))
}

/// A citation that stands there as soon as （記入） is taken away.
pub(super) fn to_cite(year: &Year<'_>, leaf: usize) -> Noted {
    let title = remark(&year.item_of(leaf).item.title());
    let words = format!("{title}（全ての目標に求められています）");
    Value::text(format!("{TO_WRITE}{}", year.leaves[leaf].id)).remark(words)
}

/// Last year's goal, as far as it can be said without the department.
fn carried_goal(year: &Year<'_>, department: usize, owed: &Owed, past: &Carried<'_>, id: &str) -> Noted {
    let said = |text: &Option<crate::model::Text>| {
        text.as_ref().and_then(crate::model::Text::says).map_or_else(|| Value::text(TO_WRITE), Value::text)
    };
    let mut fields: Vec<(&str, Noted)> = vec![
        ("id", Value::word(id).into()),
        ("title", said(&past.goal.title).into()),
        ("outcome", said(&past.goal.outcome).into()),
        ("continues", Value::word(&past.reference).remark("前年度から継続。続けないときは、この目標を消します")),
        ("cites", cites(year, owed, past)),
    ];
    fields.extend(division(year, department, past.division.as_deref()));
    fields.extend(viewpoints(year, owed));
    let measures: Vec<Value> = past.goal.measures.iter().map(|it| carried_measure(past, it)).collect();
    match past.goal.no_measures.as_ref().and_then(crate::model::Text::says).filter(|_| measures.is_empty()) {
        Some(reason) => fields.push(("no_measures", Value::text(reason).into())),
        None if measures.is_empty() => fields.push(("measures", Value::list([measure()]).into())),
        None => fields.push(("measures", Value::list(measures).into())),
    }
    fields.push(("actions", actions()));
    let unmet = past.is_unmet().then(|| "昨年度の目標に届いていません。今年度は何を変えるかを書きます。".to_owned());
    Value::map(fields).below(unmet)
}

/// This year's items for those that the goal answered last year, each to be confirmed.
fn cites(year: &Year<'_>, owed: &Owed, past: &Carried<'_>) -> Noted {
    let mut seen = BTreeSet::new();
    let mut list: Vec<Noted> = Vec::new();
    for (now, before) in past.cites.iter().filter(|(now, _)| seen.insert(*now)) {
        let title = match year.locate(*now) {
            Some(LeafLocation::Item(item)) => year.items[item].item.title(),
            Some(LeafLocation::Clause(leaf)) => year.item_of(leaf).item.title(),
            None => continue,
        };
        let was = if now == before { String::new() } else { format!("、昨年度は {before}") };
        list.push(Value::word(now.to_string()).remark(format!("（確認）{}{was}", remark(&title))));
    }
    if list.is_empty() {
        list.push(Value::text(TO_WRITE).remark("「防災」のように打つと候補が出ます"));
    }
    list.extend(every_goal(year, owed));
    Value::List(list).into()
}

/// The division in charge; a department without divisions is itself in charge.
pub(super) fn division(year: &Year<'_>, department: usize, known: Option<&str>) -> Option<(&'static str, Noted)> {
    let any = !year.departments[department].unit.divisions.is_empty();
    let to_write = || Value::text(TO_WRITE).remark("課の名称でも構いません");
    any.then(|| ("division", known.map_or_else(to_write, |id| Value::word(id).into())))
}

pub(super) fn viewpoints(year: &Year<'_>, owed: &Owed) -> Option<(&'static str, Noted)> {
    let words = owed.viewpoints.iter().map(|index| viewpoint(year, *index));
    let words: Vec<(String, Noted)> = words.collect();
    (!words.is_empty()).then(|| ("viewpoints", Value::Map(words).into()))
}

/// A viewpoint's id, and its label beside the place for its words.
pub(super) fn viewpoint(year: &Year<'_>, index: usize) -> (String, Noted) {
    let viewpoint = &year.docs.policy.viewpoints[index];
    let label = viewpoint.label.as_ref().map(|label| remark(&label.value));
    (viewpoint.id.value.clone(), Noted { remark: label, ..Value::text(TO_WRITE).into() })
}

pub(super) fn measure() -> Value {
    let fields: [(&str, Noted); 5] = [
        ("name", Value::text(TO_WRITE).into()),
        ("kind", Value::word("outcome").remark("成果指標。活動指標は output")),
        ("unit", Value::text(TO_WRITE).into()),
        ("baseline", baseline()),
        ("target", target("期限を省くと年度末")),
    ];
    Value::map(fields)
}

pub(super) fn baseline() -> Noted {
    Value::map([("value", Value::text(TO_WRITE).remark("時点を省くと前年度末"))]).into()
}

pub(super) fn target(words: &str) -> Noted {
    Value::map([("value", Value::text(TO_WRITE).remark(words))]).into()
}

pub(super) fn actions() -> Noted {
    let fields = [("what", Value::text(TO_WRITE)), ("by", Value::text(TO_WRITE))];
    Value::list([Value::map(fields)]).into()
}

/// Last year's measure: what was reached is where it stands now, and the new target is to be set.
fn carried_measure(past: &Carried<'_>, old: &Measure) -> Value {
    let text = |text: &Option<crate::model::Text>| text.as_ref().and_then(crate::model::Text::says).map(Value::text);
    let word = |choice: &Option<crate::model::Val<&'static crate::shape::Choice>>| {
        choice.as_ref().map(|choice| Value::word(choice.value.id))
    };
    let mut fields: Vec<(&str, Noted)> = Vec::new();
    fields.push(("name", text(&old.name).unwrap_or_else(|| Value::text(TO_WRITE)).into()));
    fields.extend(word(&old.kind).map(|kind| ("kind", kind.into())));
    fields.extend(text(&old.unit).map(|unit| ("unit", unit.into())));
    fields.extend(word(&old.better).map(|better| ("better", better.into())));
    fields.extend(old.counted_from.as_ref().map(|day| ("counted_from", Value::word(day.value.to_string()).into())));
    fields.push(("baseline", carried_baseline(past, old)));
    fields.push(("target", target(&format!("昨年度の目標値は {}", point_words(old.target.as_ref())))));
    Value::map(fields)
}

fn carried_baseline(past: &Carried<'_>, old: &Measure) -> Noted {
    let actual = past.actual(old);
    let value =
        actual.and_then(|actual| actual.value.as_ref()).map(|value| ("value", Value::word(number(value.value))));
    let state =
        actual.and_then(|actual| actual.state.as_ref()).and_then(|state| Some(("state", Value::text(state.says()?))));
    let passing = |value: Value| {
        if past.is_final() { value.into() } else { value.remark("年度末の値が出たら改めます") }
    };
    let mut fields: Vec<(&str, Noted)> =
        value.into_iter().chain(state).map(|(key, value)| (key, passing(value))).collect();
    if fields.is_empty() {
        let words = format!("実績値を書きます。昨年度の現状値は {}", point_words(old.baseline.as_ref()));
        return Value::map([("value", Value::text(TO_WRITE).remark(words))]).into();
    }
    let day = past.last().and_then(|last| last.as_of.as_ref());
    fields.extend(day.map(|day| ("at", Value::word(day.value.to_string()).into())));
    Value::map(fields).into()
}

/// A number in the form that every reader takes alike.
fn number(value: f64) -> String {
    format!("{value}")
}

fn point_words(point: Option<&Point>) -> String {
    let words = crate::packet::refs::amount(point, None).map(|words| remark(&words));
    words.unwrap_or_else(|| "ありません".to_owned())
}
