//! K211: a clause's quote that its item does not say.

use crate::city::City;
use crate::finding::Finding;
use crate::model::{Clause, Item, Level, ShapeFaultKind, Text, has_placeholder};
use crate::place::{FileId, Span};
use crate::rules::readable::shorten;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K211",
    name: "quote-not-in-text",
    level: Level::Error,
    page: include_str!("quote_not_in_text.md"),
    check: Check::File(check),
};

/// Steps of comparison spent on nearest passages in one file; a made-up giant must not stop us.
const BUDGET: usize = 20_000_000;

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let Some(policy) = city.file(id).policy() else { return };
    let mut budget = BUDGET;
    for item in policy.items() {
        let Some(text) = item.text.as_ref().filter(|text| !has_placeholder(&text.value)) else { continue };
        let joined = text.joined();
        for clause in item.clauses.iter().filter(|clause| clause.duty.withdrawn.is_none()) {
            let Some(quote) = clause.quote.as_ref().filter(|quote| !has_placeholder(&quote.value)) else { continue };
            let wanted = quote.joined();
            if joined.contains(&wanted) || is_folded(city, id, [quote, text], &joined, &wanted) {
                continue;
            }
            let passage = passage(&joined, &wanted, &mut budget);
            out.push(finding(city, id, (item, clause), (quote, text), passage));
        }
    }
}

/// Where line breaks were folded to spaces, K013 speaks of them.
fn is_folded(city: &City, id: FileId, texts: [&Text; 2], text: &str, quote: &str) -> bool {
    let faults = &city.file(id).shape_faults;
    let folded = |span: Span| faults.iter().any(|f| f.span == span && matches!(f.kind, ShapeFaultKind::Folded));
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    texts.iter().any(|text| folded(text.span)) && bare(text).contains(&bare(quote))
}

fn finding(
    city: &City,
    id: FileId,
    (item, clause): (&Item, &Clause),
    (quote, text): (&Text, &Text),
    passage: Option<String>,
) -> Finding {
    let (name, whole) = (clause.id.value, item.id.value);
    let shown = shorten(&quote.joined());
    let finding = Finding::new(
        &RULE,
        id.at(quote.span),
        say!(
            "部分 {name} の quote の言葉が、項目 {whole} の文の中にありません",
            "the quote of {name} does not stand in the text of item {whole}"
        ),
    )
    .label(say!("text にこのとおりの言葉はありません", "not in the text in these words"))
    .why(say!(
        "部分は、基本方針のどの言葉に応えるのかを示すものです。言葉が違うと、各部は書かれていないことに応えることになります。",
        "A clause shows which words of the memo are answered; with other words departments answer what it does not say."
    ));
    let Some(passage) = passage else {
        return finding
            .help(say!(
                "項目 {whole} の text から、この部分に当たる言葉をそのまま写してください（今の quote: {shown}）。",
                "Copy the words that are meant from the text of item {whole} (the quote now: {shown})."
            ))
            .related(id.at(text.span), say!("項目 {whole} の文です", "the text of item {whole}"));
    };
    let typed =
        if passage.contains([':', '#', '"', '\'']) { super::readable::quoted(&passage) } else { passage.clone() };
    let finding = finding
        .help(say!(
            "いちばん近い所をそのまま写すと、次のようになります。\nquote: {typed}",
            "Copied from the nearest passage it reads:\nquote: {typed}"
        ))
        .quoting(
            id.at(text.span),
            say!("項目 {whole} の文の、近い所です", "the nearest passage of item {whole}"),
            passage,
        );
    // A quote over several lines has an indentation of its own.
    if city.text(id.at(quote.span)).contains('\n') {
        return finding;
    }
    let edit = Edit { span: quote.span, text: typed };
    finding.unsafe_fix(say!("項目の文の言葉に合わせる", "copy the words of the item's text"), vec![edit])
}

/// The passage of `text` that `quote` is nearest to, where at most half of it differs: the best
/// end of a match that may begin anywhere (Sellers), with where it began.
fn passage(text: &str, quote: &str, budget: &mut usize) -> Option<String> {
    let (text, quote): (Vec<char>, Vec<char>) = (text.chars().collect(), quote.chars().collect());
    *budget = budget.checked_sub(text.len().saturating_mul(quote.len()))?;
    // For each length of quote read so far: how much differs, and where the passage began.
    let mut column: Vec<(usize, usize)> = (0..=quote.len()).map(|cost| (cost, 0)).collect();
    let mut best = (usize::MAX, 0, 0);
    for (at, c) in text.iter().enumerate() {
        let mut before = (0, at);
        let mut above = (0, at + 1);
        for (cell, wanted) in column.iter_mut().skip(1).zip(&quote) {
            let same = (before.0 + usize::from(c != wanted), before.1);
            let next = [same, (cell.0 + 1, cell.1), (above.0 + 1, above.1)].into_iter().min_by_key(|(cost, _)| *cost);
            before = *cell;
            *cell = next.unwrap_or(*cell);
            above = *cell;
        }
        let (cost, start) = column.last().copied()?;
        if cost < best.0 {
            best = (cost, start, at + 1);
        }
    }
    let (cost, start, end) = best;
    (cost * 2 <= quote.len()).then(|| text.get(start..end).map(|part| part.iter().collect()))?
}
