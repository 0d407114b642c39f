//! Words that many rules use: how items, clauses and departments are named to people.

use crate::city::year::Year;
use crate::date::{Date, DateTime};
use crate::lang::Say;
use crate::say;

/// ア for `a`: how a clause is named in Japanese print.
pub(crate) fn clause_ja(letter: u8) -> char {
    const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハ";
    KANA.chars().nth(usize::from(letter.saturating_sub(b'a'))).unwrap_or('ア')
}

/// `３(6) 個人情報の取扱い`: the item as the memo prints it, with its short title.
pub(crate) fn printed_item(year: &Year<'_>, item: usize) -> String {
    let entry = &year.items[item];
    let part = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.to_string()).unwrap_or_default();
    let (section, item) = (part(&entry.section.mark), part(&entry.item.mark));
    let mark = format!("{section}{}{item}", if run_together(&section, &item) { " " } else { "" });
    let mark = if entry.item.mark.is_some() { mark } else { part(&entry.section.heading) };
    format!("{mark} {}", entry.item.title())
}

/// True for two marks that side by side would read as another number: 第一 and 三 as thirteen.
pub(crate) fn run_together(section: &str, item: &str) -> bool {
    let numeral = |c: char| c.is_alphanumeric();
    section.ends_with(numeral) && item.starts_with(numeral)
}

/// `６月13日`, with its year where it lies outside the fiscal year; in English the ISO form.
pub(crate) fn day(year: &Year<'_>, date: Date) -> Say {
    let ja = year.year.day_ja(date);
    say!("{ja}", "{date}")
}

/// `４月３日10時` in the city's digits; in English the ISO form.
pub(crate) fn moment(year: &Year<'_>, at: DateTime) -> Say {
    let (ja, clock) = (year.year.day_ja(at.date), at.clock_ja());
    let (date, time) = (at.date, at.clock());
    say!("{ja}{clock}", "{date} {time}")
}

#[cfg(test)]
mod tests {
    use super::run_together;

    #[test]
    fn marks_that_would_make_another_number() {
        assert!(run_together("第３", "６") && run_together("第一", "三") && run_together("２", "1"));
        assert!(!run_together("３", "(6)") && !run_together("第１", "（１）") && !run_together("", "６"));
    }
}
