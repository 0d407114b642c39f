//! K202: the same item twice in one list.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;

use crate::city::{City, CityFile};
use crate::finding::Finding;
use crate::model::{Level, Val};
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K202",
    name: "duplicate-citation",
    level: Level::Warning,
    page: include_str!("duplicate_citation.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let Some(plan) = city.file(id).plan() else { return };
    let file = city.file(id);
    for goal in &plan.goals {
        twice(file, id, &goal.cites, Some(goal.handle()), out);
    }
    plan.responses.iter().for_each(|response| twice(file, id, &response.cites, None, out));
    plan.not_applicable.iter().for_each(|decline| twice(file, id, &decline.items, None, out));
    plan.review.iter().for_each(|entry| twice(file, id, &entry.items, None, out));
}

/// Reports each entry of one list that stands before it already.
fn twice<T: Display + Eq + Hash>(
    file: &CityFile,
    id: FileId,
    list: &[Val<T>],
    holder: Option<Span>,
    out: &mut Vec<Finding>,
) {
    let mut seen: HashMap<&T, Span> = HashMap::new();
    for entry in list {
        let Some(first) = seen.get(&entry.value).copied() else {
            seen.insert(&entry.value, entry.span);
            continue;
        };
        let cited = &entry.value;
        let mut finding = Finding::new(
            &RULE,
            id.at(entry.span),
            say!("「{cited}」が同じ一覧に２回あります", "{cited} stands in the same list twice"),
        )
        .label(say!("２回目です", "the second time"))
        .why(say!(
            "２回書いても数え方は変わりません。別の項目を書くつもりだったかもしれません。",
            "It counts once all the same; perhaps another item was meant."
        ))
        .help(say!(
            "この行を消すか、書くつもりだった項目の番号に直してください。",
            "Remove this line, or write the item that was meant."
        ))
        .related(id.at(first), say!("１回目はここです", "the first time is here"));
        if let Some(holder) = holder {
            finding = finding.related(id.at(holder), say!("この目標の応える項目です", "cited by this goal"));
        }
        out.push(match whole_line(file, entry.span) {
            Some(span) => finding
                .fix(say!("２回目の行を消す", "remove the second line"), vec![Edit { span, text: String::new() }]),
            None => finding,
        });
    }
}

/// The line of an entry, with its end, where nothing else (no comment, no second entry) stands on it.
fn whole_line(file: &CityFile, entry: Span) -> Option<Span> {
    let start = file.lines().whole_line(&file.text, file.lines().line(entry.start)).start;
    let end = file.lines().whole_line(&file.text, file.lines().line(entry.end)).end;
    let before = file.text.get(start as usize..entry.start as usize)?;
    let after = file.text.get(entry.end as usize..end as usize)?;
    let alone = before.trim() == "-" && after.trim().is_empty();
    alone.then_some(Span { start, end })
}
