//! Who hands over to whom. An advance notice is confidential and a name official only once the
//! appointment is in force, so until then names stay out of every format.

use crate::date::Date;
use crate::handover::Record;
use crate::nearest::fold;
use crate::packet::refs::Ctx;
use crate::packet::{Day, HandoverFacts, SignerFacts, rest};

/// Matters still open, each with its post.
pub(super) type Matters = Vec<(Option<String>, String)>;

/// Names of successors whose appointment is not in force.
pub(super) type Withheld = Vec<String>;

/// The handovers of the posts wanted, what they leave open, and names not to be printed.
pub(super) fn records(ctx: &Ctx<'_>, wanted: &dyn Fn(&Option<String>) -> bool) -> (Vec<Record>, Matters, Withheld) {
    let signers = rest::plan_facts(ctx).signers;
    let (mut records, mut matters, mut withheld) = (Vec::new(), Vec::new(), Vec::new());
    for facts in rest::handover(ctx).into_iter().filter(|record| wanted(&record.post)) {
        let left = facts.open_matters.clone();
        let post = facts.post.clone();
        let successor = facts.successor.clone();
        let record = record(facts, &signers, ctx.year.day);
        withheld.extend(successor.filter(|_| record.withheld));
        matters.extend(left.iter().map(|matter| (post.clone(), without(matter, &withheld))));
        records.push(record);
    }
    (records, matters, withheld)
}

fn record(facts: HandoverFacts, signers: &[SignerFacts], day: Date) -> Record {
    let appointed = appointed(&facts, signers);
    let official = appointed.is_some_and(|since| since.0 <= day) && facts.notified.is_none_or(|notice| notice.0 <= day);
    let named = facts.predecessor.is_some() || facts.successor.is_some();
    Record {
        post: facts.post,
        predecessor: facts.predecessor.filter(|_| official),
        successor: facts.successor.filter(|_| official),
        withheld: named && !official,
        notified: facts.notified,
        appointed,
        completed: facts.completed,
        not_needed: facts.not_needed,
    }
}

/// The day on which the successor takes the post: that of the signer of this post and name, or,
/// where no successor is named, of the one who came after the notice.
fn appointed(facts: &HandoverFacts, signers: &[SignerFacts]) -> Option<Day> {
    let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => fold(a) == fold(b),
        _ => false,
    };
    let mut of_post = signers.iter().filter(|signer| same(&signer.post, &facts.post));
    let found = match &facts.successor {
        Some(_) => of_post.find(|signer| same(&signer.name, &facts.successor)),
        None => of_post.find(|signer| signer.since.zip(facts.notified).is_some_and(|(since, notice)| since > notice)),
    };
    found.and_then(|signer| signer.since)
}

/// A text without names that are not official yet.
pub(super) fn without(text: &str, withheld: &[String]) -> String {
    let mut text = text.to_owned();
    for name in withheld {
        for spelling in [name.clone(), fold(name)].iter().filter(|it| !it.is_empty()) {
            text = text.replace(spelling.as_str(), "○○");
        }
    }
    text
}
