//! The rules, with the level that the city gives them.

use super::{Cell, Listing, Source, column, hidden};
use crate::rules::{Page, RULES, level_set};

pub(super) fn rules(source: &Source<'_>) -> Listing {
    let mut list = Listing::of(vec![
        column("code", "番号", "code"),
        column("level", "重さ", "level"),
        column("name", "名前", "name"),
        column("looks_at", "何を見るか", "looks at"),
        hidden("built_in_level"),
    ]);
    for rule in RULES {
        let level = level_set(source.year.city, rule).map_or(rule.level, |(level, _)| level);
        list.push(
            None,
            vec![
                Cell::Text(rule.code.to_owned()),
                Cell::Code(level.id(), level.name()),
                Cell::Text(rule.name.to_owned()),
                Cell::Text(Page::parse(rule.page).looks_at(source.lang).to_owned()),
                Cell::Code(rule.level.id(), rule.level.name()),
            ],
        );
    }
    list
}
