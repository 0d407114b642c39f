//! `packet --on DATE`: who is interviewed on a day, in the order of the interviews.

use std::collections::BTreeMap;

use crate::city::year::Year;
use crate::date::{Date, DateTime};
use crate::error::Error;
use crate::say;

/// The day as it was typed.
pub(super) fn parse(text: &str) -> Result<Date, Error> {
    Date::parse_iso(text).or_else(|| Date::parse_loose(text)).ok_or_else(|| {
        Error::usage(say!("日付「{text}」が分かりません。", "{text} is no date."))
            .hint(say!("例: --on 2025-04-03、--on 令和７年４月３日", "For example: --on 2025-04-03"))
    })
}

/// The departments of that day, each where it is interviewed first.
pub(super) fn departments(year: &Year<'_>, on: Date) -> Result<Vec<usize>, Error> {
    let mut slots: Vec<(DateTime, usize)> = Vec::new();
    for slot in &year.docs.interviews.slots {
        let (Some(name), Some(start)) = (&slot.department, &slot.start) else { continue };
        let named = year.names.department(&name.text).found();
        // One that writes no plan has no papers.
        let found = named.and_then(|named| year.departments.iter().position(|it| it.index == named));
        slots.extend(found.map(|found| (start.value, found)));
    }
    slots.sort_by_key(|(start, department)| (*start, *department));
    let mut found: Vec<usize> = Vec::new();
    for (_, department) in slots.iter().filter(|(start, _)| start.date == on) {
        if !found.contains(department) {
            found.push(*department);
        }
    }
    if found.is_empty() { Err(nobody(year, on, &slots)) } else { Ok(found) }
}

fn nobody(year: &Year<'_>, on: Date, slots: &[(DateTime, usize)]) -> Error {
    let (day, iso) = (year.year.day_ja(on), on);
    let error = Error::usage(say!("{day}の面談はありません。", "there is no interview on {iso}."));
    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for (start, _) in slots {
        *days.entry(start.date).or_default() += 1;
    }
    if days.is_empty() {
        return error.hint(say!(
            "interviews.yaml に面談の日時を書くと、その日の資料を作れます。",
            "Write when the interviews are in interviews.yaml; then papers of a day can be made."
        ));
    }
    let ja: Vec<String> = days.iter().map(|(day, count)| format!("{}（{count}件）", year.year.day_ja(*day))).collect();
    let en: Vec<String> = days.iter().map(|(day, count)| format!("{day} ({count})")).collect();
    let (ja, en) = (ja.join("、"), en.join(", "));
    error.hint(say!("  面談のある日: {ja}", "  days with interviews: {en}"))
}
