//! Who is new in a plan, and whose post was handed over.

use std::collections::HashSet;

use crate::city::year::Year;
use crate::coverage::evidence::{Told, told};
use crate::model::{HandoverRecord, Plan, Signer, Text};

/// Signers who came with this year: since the fiscal year, or the 31 days before it.
pub(crate) fn newcomers<'p>(year: &Year<'_>, plan: &'p Plan) -> impl Iterator<Item = &'p Signer> + use<'p> {
    let (from, to) = (year.year.first_day().plus_days(-31), year.year.last_day());
    plan.signers
        .iter()
        .filter(move |signer| signer.since.as_ref().is_some_and(|since| from <= since.value && since.value <= to))
}

/// The complete handovers of a plan.
pub(crate) struct HandedOver {
    /// Posts and successors; nobody where a record names none yet.
    posts: HashSet<(String, Option<String>)>,
}

impl HandedOver {
    pub(crate) fn new(plan: &Plan) -> HandedOver {
        let complete = plan.handover.iter().filter(|record| is_complete(record));
        let posts = complete.filter_map(|record| Some((said(&record.post)?, said(&record.successor))));
        HandedOver { posts: posts.collect() }
    }

    /// True when a record is of the signer's post, and of the signer where it names a successor.
    pub(crate) fn holds(&self, signer: &Signer) -> bool {
        let Some(post) = said(&signer.post) else { return false };
        let own = (post, said(&signer.name));
        self.posts.contains(&own) || self.posts.contains(&(own.0, None))
    }
}

fn said(text: &Option<Text>) -> Option<String> {
    text.as_ref().and_then(Text::says).map(crate::city::names::fold)
}

/// True when a record says that the handover is complete, or why none is needed.
pub(crate) fn is_complete(record: &HandoverRecord) -> bool {
    record.completed.is_some() || told(&record.not_needed) == Told::Yes
}
