//! K215: the wording of the policy changed, and nothing says so.

use std::collections::HashMap;

use crate::date::FiscalYear;
use crate::finding::Finding;
use crate::ids::LeafId;
use crate::lang::Say;
use crate::model::{Amendment, Clause, Item, Level, Policy, Text};
use crate::place::{FileId, Place};
use crate::rules::{Change, Check, Rule};
use crate::say;
use crate::wording::{Piece, pieces};

pub(super) static RULE: Rule = Rule {
    code: "K215",
    name: "unmarked-revision",
    level: Level::Warning,
    page: include_str!("unmarked_revision.md"),
    check: Check::Change(check),
};

fn check(change: &Change<'_>, out: &mut Vec<Finding>) {
    for year in change.years {
        out.extend(of_year(change, *year));
    }
}

fn of_year(change: &Change<'_>, year: FiscalYear) -> Vec<Finding> {
    let Some([(_, before), (file, after)]) = change.policies(year) else { return Vec::new() };
    let unmarked = revisions(before, after).into_iter().filter(|revision| revision.unmarked);
    let (mut found, mut whole) = (Vec::new(), None);
    for revision in unmarked {
        // One slip: the item, which comes before its clauses, speaks for them.
        if whole == Some(revision.id.item) {
            continue;
        }
        whole = revision.id.clause.is_none().then_some(revision.id.item).or(whole);
        found.push(finding(file, &revision.id.to_string(), &revision.was, revision.now));
    }
    found
}

/// An item or clause whose wording changed.
pub(crate) struct Revision<'a> {
    /// Which.
    pub(crate) id: LeafId,
    /// The wording before.
    pub(crate) was: String,
    /// The wording now.
    pub(crate) now: &'a Text,
    /// True where the change of an issued policy is not marked as amended.
    pub(crate) unmarked: bool,
}

/// Items and clauses of which the wording changed, in order; wrapping of lines is no change.
pub(crate) fn revisions<'a>(before: &Policy, after: &'a Policy) -> Vec<Revision<'a>> {
    // Until it is issued, the wording is a draft.
    let issued = before.issued.is_some();
    let old: HashMap<LeafId, &Item> = before.items().map(|item| (item.id.value, item)).collect();
    let pairs = after.items().filter_map(|item| Some((*old.get(&item.id.value)?, item)));
    pairs.flat_map(|(old, new)| of_item(issued, old, new)).collect()
}

fn of_item<'a>(issued: bool, old: &Item, new: &'a Item) -> Vec<Revision<'a>> {
    let marked = is_marked(old.duty.amended.as_ref(), new.duty.amended.as_ref());
    let pairs: Vec<(&Clause, &Clause)> = new
        .clauses
        .iter()
        .filter_map(|clause| Some((old.clauses.iter().find(|old| old.id.value == clause.id.value)?, clause)))
        .collect();
    // What the item says, but for the clauses that are marked themselves.
    let mut expected = joined(&old.text);
    for (old, new) in pairs.iter().filter(|(old, new)| marked_clause(old, new)) {
        expected = expected.replacen(&joined(&old.quote), &joined(&new.quote), 1);
    }
    let mut found = Vec::new();
    let mut push = |id: LeafId, was: &Option<Text>, now: &'a Option<Text>, marked: bool| {
        if let (Some(was), Some(now)) = (was, now)
            && was.joined() != now.joined()
        {
            found.push(Revision { id, was: was.joined(), now, unmarked: issued && !marked });
        }
    };
    push(new.id.value, &old.text, &new.text, marked || expected == joined(&new.text));
    for (old, clause) in pairs {
        push(clause.id.value, &old.quote, &clause.quote, marked || marked_clause(old, clause));
    }
    found
}

fn marked_clause(old: &Clause, new: &Clause) -> bool {
    is_marked(old.duty.amended.as_ref(), new.duty.amended.as_ref())
}

/// True where an amendment came, or another one took its place: an older one speaks of an older change.
fn is_marked(old: Option<&Amendment>, new: Option<&Amendment>) -> bool {
    let facts = |amended: &Amendment| (amended.since.as_ref().map(|day| day.value), joined(&amended.was));
    new.is_some() && old.map(facts) != new.map(facts)
}

fn joined(text: &Option<Text>) -> String {
    text.as_ref().map(Text::joined).unwrap_or_default()
}

fn finding(file: FileId, id: &str, was: &str, text: &Text) -> Finding {
    let place: Place = file.at(text.span);
    let Say { ja, en } = changed(was, &text.joined());
    let was: String = was.chars().take(400).collect();
    Finding::new(
        &RULE,
        place,
        say!(
            "項目 {id} の文言が変わりましたが、改めたことが書かれていません",
            "the wording of {id} changed, and nothing says that it was amended"
        ),
    )
    .label(say!("{ja}", "{en}"))
    .why(say!(
        "前の文言に応えた記載を見直す機会がなくなり、部は変わったことに気付けません。",
        "Nobody is told to look again at what answered the old wording."
    ))
    .help(say!(
        "改めた場合は、この項目に次のように書き足してください。since は改めた日です。\namended:\n  since: 2025-06-01\n  was: |-\n    {was}\n写し間違いを直しただけの場合は、text の上の行に次のように書きます。\n# kpolicy: allow K215 写し間違いの訂正",
        "If it was amended, add this to the item; since is the day of the change.\namended:\n  since: 2025-06-01\n  was: |-\n    {was}\nIf only a slip of copying was mended, put this line above the text:\n# kpolicy: allow K215 a slip of copying"
    ))
    .look(format!("kpolicy show {id}"))
}

/// The first words that changed, in a few words.
fn changed(old: &str, new: &str) -> Say {
    let pieces = pieces(old, new);
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Changed(old, new) => Some((short(old), short(new))),
        Piece::Same(_) => None,
    });
    match first {
        Some((old, new)) if old.is_empty() => say!("「{new}」が加わりました", "\"{new}\" was added"),
        Some((old, new)) if new.is_empty() => say!("「{old}」がなくなりました", "\"{old}\" is gone"),
        Some((old, new)) => say!("「{old}」が「{new}」に変わりました", "\"{old}\" became \"{new}\""),
        None => Say::default(),
    }
}

fn short(text: &str) -> String {
    const MOST: usize = 16;
    let cut: String = text.chars().take(MOST).collect();
    if text.chars().count() > MOST { format!("{cut}...") } else { cut }
}
