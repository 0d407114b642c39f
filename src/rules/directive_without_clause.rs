//! K214: an item asks for several things, and one of them has no clause of its own.

use crate::city::City;
use crate::finding::Finding;
use crate::ids::LeafId;
use crate::model::{Item, Level, Text, has_placeholder};
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K214",
    name: "directive-without-clause",
    level: Level::Warning,
    page: include_str!("directive_without_clause.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let Some(policy) = city.file(id).policy() else { return };
    for item in policy.items().filter(|item| item.duty.withdrawn.is_none()) {
        let Some(text) = item.text.as_ref().filter(|text| !has_placeholder(&text.value)) else { continue };
        let joined = text.joined();
        let asked: Vec<&str> = sentences(&joined).into_iter().filter(|sentence| sentence.ends_with("こと。")).collect();
        if asked.len() < 2 {
            continue;
        }
        if item.clauses.is_empty() {
            out.push(undivided(id, item, &asked));
            continue;
        }
        let quotes: Vec<String> =
            item.clauses.iter().filter_map(|clause| Some(clause.quote.as_ref()?.joined())).collect();
        // A clause without quote (K102) or with words from nowhere (K211) may be the one meant here.
        let doubtful = item.clauses.len() - quotes.iter().filter(|quote| joined.contains(*quote)).count();
        let open = asked.iter().filter(|sentence| !quotes.iter().any(|quote| sentence.contains(quote)));
        for (at, sentence) in open.enumerate().skip(doubtful) {
            let place = in_source(city, id, text, sentence).unwrap_or(item.id.span);
            out.push(without_clause(id, item, place, sentence, free_id(item, at - doubtful)));
        }
    }
}

/// The sentences of a text, each with its full stop; one inside brackets ends none.
fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '「' | '『' | '（' | '(' => depth += 1,
            '」' | '』' | '）' | ')' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => {
                let end = at + c.len_utf8();
                found.extend(text.get(start..end).map(str::trim));
                start = end;
            }
            _ => {}
        }
    }
    found
}

/// Where a sentence stands in the file, where it stands on one line.
fn in_source(city: &City, id: FileId, text: &Text, sentence: &str) -> Option<Span> {
    let at = city.text(id.at(text.span)).find(sentence)? + text.span.start as usize;
    Some(Span::new(at, at + sentence.len()))
}

/// The next id that no clause of the item has; `skip` of them are spoken for.
fn free_id(item: &Item, skip: usize) -> String {
    let own = item.id.value;
    let mut letters = (b'a'..=b'z').filter(|letter| {
        let id = LeafId { clause: Some(*letter), ..own };
        !item.clauses.iter().any(|clause| clause.id.value == id)
    });
    letters.nth(skip).map_or_else(|| format!("{own}-z"), |letter| LeafId { clause: Some(letter), ..own }.to_string())
}

fn without_clause(id: FileId, item: &Item, place: Span, sentence: &str, clause: String) -> Finding {
    let (whole, quote) = (item.id.value, sentence.trim_end_matches('。'));
    Finding::new(
        &RULE,
        id.at(place),
        say!("項目 {whole} のこの文に当たる部分がありません", "no clause of item {whole} stands for this sentence"),
    )
    .label(say!("「こと。」と求めている文です", "a sentence that asks for something"))
    .why(why())
    .help(say!(
        "clauses の下に、次のように加えてください。quote は文の中の言葉をそのまま使い、短くしてもかまいません。\n- id: {clause}\n  quote: {quote}",
        "Add this under clauses. The quote is words of the sentence as they stand; it may be shorter.\n- id: {clause}\n  quote: {quote}"
    ))
    .related(id.at(item.id.span), say!("項目 {whole} です", "item {whole}"))
}

fn undivided(id: FileId, item: &Item, asked: &[&str]) -> Finding {
    let (whole, count) = (item.id.value, asked.len());
    let entry = |(at, sentence): (usize, &&str)| {
        format!("\n  - id: {}\n    quote: {}", free_id(item, at), sentence.trim_end_matches('。'))
    };
    let lines: String = asked.iter().enumerate().map(entry).collect();
    Finding::new(
        &RULE,
        id.at(item.id.span),
        say!(
            "項目 {whole} は {count}つのことを求めていますが、部分に分けられていません",
            "item {whole} asks for {count} things, but has no clauses"
        ),
    )
    .label(say!("「こと。」で終わる文が {count}つあります", "{count} sentences end in こと。"))
    .why(why())
    .help(say!(
        "項目の中に、次のように加えてください。quote は文の中の言葉をそのまま使い、短くしてもかまいません。\nclauses:{lines}",
        "Add this to the item. A quote is words of its sentence as they stand; it may be shorter.\nclauses:{lines}"
    ))
}

fn why() -> crate::lang::Say {
    say!(
        "分けておかないと、一方だけに応えた計画も、項目の全部に応えたと数えられます。",
        "Otherwise a plan that answers only one of them counts as having answered the whole item."
    )
}
