//! What the rules of coverage share: which leaves a department still owes, which gaps another
//! finding speaks for already, and how several leaves of an item are named.

use crate::city::year::Year;
use crate::coverage::{Cell, CellState, DeclineFault, Told, told};
use crate::lang::Say;
use crate::model::{AnsweredBy, Goal, Plan, ShapeFaultKind, Text};
use crate::nearest::nearest;
use crate::place::Span;
use crate::rules::{Judged, words};
use crate::say;

/// The leaves that a department must answer in one way, and does not or only in part.
pub(super) fn open(judged: &Judged<'_>, department: usize, way: AnsweredBy) -> Vec<usize> {
    (0..judged.year.leaves.len())
        .filter(|leaf| {
            let cell = &judged.coverage.leaves[*leaf].cells[department];
            let open = matches!(cell.state, CellState::Missing | CellState::Partial);
            judged.year.leaves[*leaf].answered_by == way && cell.must && open
        })
        .collect()
}

/// The first of those that nobody answered at all; K402 and K403 speak of it, K310 of half answers.
pub(super) fn first_missing(judged: &Judged<'_>, department: usize, way: AnsweredBy) -> Option<usize> {
    let missing = |leaf: &usize| judged.coverage.leaves[*leaf].cells[department].state == CellState::Missing;
    open(judged, department, way).into_iter().find(missing)
}

/// True where K305, K308 or K203 says that a decline does not hold, and so speaks for the cell.
pub(super) fn declined_in_vain(cell: &Cell) -> bool {
    matches!(cell.decline_fault, Some(DeclineFault::NotAllowed | DeclineFault::Unheld | DeclineFault::UnknownHandler))
}

/// True where a plan answers a leaf itself, be it only in part: K304 where it also declines it.
pub(super) fn answers_itself(judged: &Judged<'_>, department: usize, plan: &Plan, leaf: usize) -> bool {
    let cell = &judged.coverage.leaves[leaf].cells[department];
    let spoken = |response: usize| plan.responses.get(response).is_some_and(|entry| told(&entry.text) == Told::Yes);
    cell.state == CellState::Answered || !cell.goals.is_empty() || cell.responses.iter().any(spoken)
}

/// True where the plan of a department still says （記入） inside a place: K104 speaks for it.
pub(super) fn placeholder_in(judged: &Judged<'_>, department: usize, span: Span) -> bool {
    let file = judged.year.departments[department].file;
    file.is_some_and(|file| judged.year.city.file(file).placeholder_in(span))
}

/// True where one of these fields, inside a place of a plan, could not be taken as it is written:
/// what K101 to K107 says there is the reason why it looks empty.
pub(super) fn slip_in(judged: &Judged<'_>, department: usize, span: Span, keys: &[&str]) -> bool {
    let Some(file) = judged.year.departments[department].file else { return false };
    // The faults of a file lie in its order; only those inside the place are looked at.
    let faults = &judged.year.city.file(file).shape_faults;
    let first = faults.partition_point(|fault| fault.span.start < span.start);
    faults[first..].iter().take_while(|fault| fault.span.start <= span.end).any(|fault| {
        let key = match (&fault.kind, fault.field) {
            (ShapeFaultKind::Spelling { .. } | ShapeFaultKind::Unconfirmed | ShapeFaultKind::CutByHash { .. }, _) => {
                None
            }
            // A misspelt name of the field itself.
            (ShapeFaultKind::UnknownField { word, .. }, _) if nearest(word, keys.iter().copied()).is_some() => {
                Some(true)
            }
            (_, field) => field.map(|field| keys.contains(&field.key)),
        };
        span.holds(fault.span) && key == Some(true)
    })
}

/// True where the first value after a field's name could not be taken: what K103, K104, K106 or
/// K107 says there is the reason why the field looks empty.
pub(super) fn slip_after(judged: &Judged<'_>, department: usize, key: Option<Span>) -> bool {
    let (Some(file), Some(key)) = (judged.year.departments[department].file, key) else { return false };
    judged.year.city.file(file).slip_after(key)
}

/// The goals that do not cite a leaf, but for those whose citations could not be read.
pub(super) fn goals_not_citing<'p>(
    judged: &Judged<'_>,
    department: usize,
    plan: &'p Plan,
    leaf: usize,
) -> impl Iterator<Item = &'p Goal> {
    let cell = &judged.coverage.leaves[leaf].cells[department];
    let silent = plan.goals.iter().enumerate().filter(|(index, _)| !cell.goals.contains(*index));
    silent.map(|(_, goal)| goal).filter(move |goal| !slip_after(judged, department, goal.cites_key))
}

/// The fields of an entry that must say something, by name.
pub(super) type Parts<'p> = Vec<(&'static str, &'p Option<Text>)>;

/// The first entry that says something, and the names of the fields that it lacks.
pub(super) fn incomplete<'p>(
    mut entries: impl Iterator<Item = (Span, Parts<'p>)>,
) -> Option<(Span, Vec<&'static str>)> {
    let (span, parts) = entries.find(|(_, parts)| parts.iter().any(|(_, text)| told(text) == Told::Yes))?;
    let first = parts.iter().find_map(|(_, text)| text.as_ref().map(|text| text.span));
    let lacks = parts.iter().filter(|(_, text)| told(text) != Told::Yes).map(|(key, _)| *key).collect();
    Some((first.unwrap_or(Span::at(span.start as usize)), lacks))
}

/// The place of a top heading with all below it.
pub(super) fn block(judged: &Judged<'_>, department: usize, key: &str) -> Option<Span> {
    let dept = &judged.year.departments[department];
    let (plan, file) = (dept.plan?, dept.file?);
    let start = plan.key(key)?.start;
    let next = plan.keys.iter().map(|(_, span)| span.start).filter(|other| *other > start).min();
    let end = next.map_or(judged.year.city.file(file).text.len(), |next| next as usize);
    Some(Span::new(start as usize, end))
}

/// `項目 1-6 ` with the space that sets ASCII off from what follows, or `項目 1-6 のうちア、ウ` where
/// only some of its clauses are meant.
pub(super) fn item_words(year: &Year<'_>, item: usize, leaves: &[usize]) -> Say {
    let id = year.items[item].item.id.value.item;
    let letters: Vec<u8> = leaves.iter().filter_map(|leaf| year.leaves[*leaf].id.clause).collect();
    if letters.is_empty() || leaves.len() == year.items[item].leaves.len() {
        return say!("項目 {id} ", "item {id}");
    }
    let ja = letters.iter().map(|letter| words::clause_ja(*letter).to_string()).collect::<Vec<_>>().join("、");
    let en = letters.iter().map(|letter| char::from(*letter).to_string()).collect::<Vec<_>>().join(", ");
    say!("項目 {id} のうち{ja}", "part {en} of item {id}")
}

/// The words that leaves ask with, one a line.
pub(super) fn wording(year: &Year<'_>, leaves: &[usize]) -> String {
    leaves.iter().map(|leaf| year.words(*leaf)).collect::<Vec<_>>().join("\n")
}

/// `目標 G1`, or its title where it has no id.
pub(super) fn goal_name(goal: &Goal) -> Say {
    let (id, title) = (goal.id(), goal.name());
    match (id.is_empty(), title.is_empty()) {
        (false, _) => say!("目標 {id} ", "goal {id}"),
        (true, false) => say!("目標「{title}」", "the goal \"{title}\""),
        (true, true) => say!("この目標", "this goal"),
    }
}
