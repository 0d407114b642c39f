//! Whether the city after a rename can be trusted.

use std::collections::BTreeMap;

use crate::city::City;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::finding::Finding;
use crate::mentions::{Mention, Thing, mentions};
use crate::model::Level;
use crate::rename::{Outcome, Rename, is_closed};
use crate::store::Snapshot;
use crate::{rules, say};

/// Refuses where a file that may name the thing cannot be read as a whole.
pub(super) fn readable(city: &City, rename: &Rename) -> Result<(), Error> {
    let open = |year: &FiscalYear| rename.hits(*year) || !is_closed(city, *year);
    let file = city.files.iter().find(|file| {
        let concerned = file.role.kind.is_some() && file.role.year.is_none_or(|year| open(&year));
        concerned && (!file.is_readable() || file.refused.is_some() || file.io_error.is_some())
    });
    let Some(path) = file.map(|file| &file.path) else { return Ok(()) };
    Err(Error::environment(say!(
        "改めていません。{path} に読めない所があり、使われている所を全て見つけられません。",
        "nothing was renamed: parts of {path} cannot be read, so not every use can be found."
    ))
    .hint(say!(
        "kpolicy check {path} で直す所が分かります。直してから、もう一度行ってください。",
        "kpolicy check {path} tells what to mend; then try again."
    )))
}

/// Refuses a result that names other things than before, or has an error that was not there.
pub(super) fn check(
    snapshot: &Snapshot,
    city: &City,
    found: &[Mention],
    rename: &Rename,
    outcome: &Outcome,
    day: Date,
) -> Result<(), Error> {
    let tried = City::load(&outcome.applied(snapshot));
    let mut before = named(city, found, Some(rename));
    if let Some(year) = outcome.link.as_ref().map(|link| link.year) {
        *before.entry((year, FiscalYear(year.0.saturating_sub(1)), rename.old.clone())).or_default() += 1;
    }
    if before != named(&tried, &mentions(&tried), None) {
        let (old, new) = (rename.old.to_string(), rename.new.to_string());
        return Err(Error::environment(say!(
            "改めていません。{old} を {new} にすると、ほかのものを指す所ができます。",
            "nothing was renamed: with {new} for {old}, some place would name something else."
        ))
        .hint(say!(
            "別の番号か記号にするか、kpolicy check の指摘を直してからにしてください。",
            "Choose another id, or mend first what kpolicy check finds."
        )));
    }
    match new_error(city, &tried, rename, day)? {
        None => Ok(()),
        Some(finding) => {
            let at = tried.position(finding.place);
            let (code, path, line) = (finding.rule.code, &tried.file(finding.place.file).path, at.line);
            let (ja, en) = (&finding.message.ja, &finding.message.en);
            Err(Error::environment(say!(
                "改めていません。改めると、次の要修正が出ます。",
                "nothing was renamed: there would be an error that is not there now."
            ))
            .hint(say!("  {code} {ja}（{path}:{line}）", "  {code} {en} ({path}:{line})"))
            .hint(say!("これが起こらない番号か記号にしてください。", "Choose an id that does not bring it about.")))
        }
    }
}

/// How often each thing of each year is named, in each year; under the new id, if a rename is given.
fn named(city: &City, found: &[Mention], rename: Option<&Rename>) -> BTreeMap<(FiscalYear, FiscalYear, Thing), usize> {
    let mut counts = BTreeMap::new();
    for mention in found {
        // The department in front of a goal comes and goes; what is named stays the same.
        let thing = mention.named.things().into_iter().next();
        let Some(thing) = thing.filter(|_| city.years.contains_key(&mention.year)) else { continue };
        let changed = rename.filter(|rename| rename.hits(mention.year));
        let thing = changed.map_or_else(|| thing.clone(), |rename| under(&thing, rename));
        *counts.entry((mention.file_year, mention.year, thing)).or_default() += 1;
    }
    counts
}

/// A thing under the new id, or under the new id of what it belongs to.
fn under(thing: &Thing, rename: &Rename) -> Thing {
    match (thing, &rename.old, &rename.new) {
        (thing, old, new) if thing == old => new.clone(),
        (Thing::Clause(leaf), Thing::Item(old), Thing::Item(new)) if leaf.item == *old => {
            Thing::Clause(crate::ids::LeafId { item: *new, ..*leaf })
        }
        (Thing::Division(owner, id), Thing::Department(old), Thing::Department(new)) if owner == old => {
            Thing::Division(new.clone(), id.clone())
        }
        (Thing::Goal(owner, id), Thing::Department(old), Thing::Department(new)) if owner == old => {
            Thing::Goal(new.clone(), id.clone())
        }
        (Thing::Node(owner, id), Thing::Reference(old), Thing::Reference(new)) if owner == old => {
            Thing::Node(new.clone(), id.clone())
        }
        _ => thing.clone(),
    }
}

/// An error of which its file has more than before. Words are not compared: they hold the id.
fn new_error(before: &City, after: &City, rename: &Rename, day: Date) -> Result<Option<Finding>, Error> {
    let years: Vec<FiscalYear> = before.years.keys().copied().collect();
    let named = years.iter().all(|year| rename.hits(*year));
    let (old, new) = (rules::judge(before, &years, day, named)?, rules::judge(after, &years, day, named)?);
    let mut known: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for finding in old.findings.iter().filter(|finding| finding.level == Level::Error) {
        let path = super::moved(before, finding.place.file, rename);
        let path = path.unwrap_or_else(|| before.file(finding.place.file).path.clone());
        *known.entry((finding.rule.code, path)).or_default() += 1;
    }
    let mut errors = new.findings.into_iter().filter(|finding| finding.level == Level::Error);
    Ok(errors.find(|finding| match known.get_mut(&(finding.rule.code, after.file(finding.place.file).path.clone())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    }))
}
