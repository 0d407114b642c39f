//! Words that many rules use: how items, clauses and departments are named to people.

use crate::city::year::Year;

/// ア for `a`: how a clause is named in Japanese print.
pub(crate) fn clause_ja(letter: u8) -> char {
    const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハ";
    KANA.chars().nth(usize::from(letter.saturating_sub(b'a'))).unwrap_or('ア')
}

/// `３(6) 個人情報の取扱い`: the item as the memo prints it, with its short title.
pub(crate) fn printed_item(year: &Year<'_>, item: usize) -> String {
    let entry = &year.items[item];
    let part = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let mark = format!("{}{}", part(&entry.section.mark), part(&entry.item.mark));
    let mark = if entry.item.mark.is_some() { mark } else { part(&entry.section.heading) };
    format!("{mark} {}", entry.item.title())
}
