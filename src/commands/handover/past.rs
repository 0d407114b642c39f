//! What the history tells of a plan: when it changed, why, and what.

use crate::commands::context::Context;
use crate::diff::{FieldChange, of_plan};
use crate::error::Error;
use crate::handover::{Change, Handover, Past};
use crate::lang::Lang;
use crate::packet::Day;
use crate::pdf;
use crate::report::diff_rows::{self, Told};
use crate::store::Entry;
use crate::store::git::{self, FileChange, History, Opened};

/// Files larger than this are not compared.
const MOST_BYTES: usize = 1 << 20;
/// What a change touched is told in so many words.
const MOST_TOUCHED: usize = 6;
/// Only so many of the newest changes are looked into; the older ones are listed with their reasons.
const MOST_COMPARED: usize = 40;

/// Reads what changed the plan at `path`.
pub(super) fn read(
    context: &Context,
    path: &str,
    revision: Option<&str>,
    source: Option<&git::Provenance>,
    lang: Lang,
) -> Result<Past, Error> {
    let history = match History::open(&context.root)? {
        Opened::None => return Ok(Past::default()),
        Opened::Repository(history) => history,
    };
    let found = history.changes(path, revision)?;
    let change = |(index, change): (usize, &FileChange)| Change {
        commit: change.commit.id.clone(),
        date: Day(change.commit.date),
        subject: change.commit.subject.trim().to_owned(),
        touched: if index < MOST_COMPARED { touched(&history, change, lang) } else { Vec::new() },
    };
    Ok(Past {
        in_git: true,
        partial: history.is_shallow(),
        uncommitted: source.is_some_and(|source| source.changed.iter().any(|changed| changed == path)),
        changes: found.iter().enumerate().map(change).collect(),
    })
}

fn touched(history: &History, change: &FileChange, lang: Lang) -> Vec<String> {
    let text = |id: &Option<String>| match history.entry(id.as_deref()?) {
        Ok(Entry::File(content)) => {
            let bytes = content.read(MOST_BYTES).ok().filter(|bytes| bytes.len() <= MOST_BYTES)?;
            String::from_utf8(bytes).ok()
        }
        _ => None,
    };
    match (&change.before, &change.after) {
        (None, _) => vec![lang.pick("計画を作成", "the plan was begun").to_owned()],
        (_, None) => vec![lang.pick("計画がなくなった", "the plan was removed").to_owned()],
        _ => match (text(&change.before), text(&change.after)) {
            (Some(before), Some(after)) => words(&of_plan(&before, &after), lang),
            _ => vec![lang.pick("読み取れない版", "a version that cannot be read").to_owned()],
        },
    }
}

/// What changed, in few words.
fn words(changes: &[FieldChange], lang: Lang) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for change in changes {
        let Some(line) = line(change, lang) else { continue };
        if !words.contains(&line) {
            words.push(line);
        }
    }
    let more = words.len().saturating_sub(MOST_TOUCHED);
    if more > 0 {
        words.truncate(MOST_TOUCHED);
        words.push(lang.pick(format!("ほか {more}か所"), format!("{more} more")));
    }
    if words.is_empty() {
        words.push(lang.pick("書式か注記だけ", "layout or remarks only").to_owned());
    }
    words
}

/// Of goals the field with both values, of all else only the heading: entries of heads and handovers
/// are told from one another by names, which may not be official yet.
fn line(change: &FieldChange, lang: Lang) -> Option<String> {
    if change.goal().is_none() {
        let first = change.path.first()?;
        return Some(lang.pick(first.field.map_or(first.name.as_str(), |field| field.label), &first.name).to_owned());
    }
    let row = diff_rows::fields(std::iter::once(change), lang).into_iter().next()?;
    Some(match row.told {
        Told::Turned(before, after) => format!("{} {before} → {after}", row.label),
        _ => row.label,
    })
}

/// The same papers for print: what commits say cannot be mended any more, so a character that no
/// font has becomes 〓 there, as printers do.
pub(super) fn printable(handover: &Handover, fonts: &pdf::Fonts) -> Handover {
    let mut printed = handover.clone();
    for change in &mut printed.past.changes {
        for text in std::iter::once(&mut change.subject).chain(&mut change.touched) {
            for (absent, mark) in pdf::absent(fonts, text) {
                let shape: String = std::iter::once(absent).chain(mark).collect();
                *text = text.replace(&shape, "〓");
            }
        }
    }
    printed
}
