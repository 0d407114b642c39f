//! What an earlier policy says of the same words: who must answer, how, and in which parts. A memo
//! repeats much of the year before, and nobody should have to decide that twice.

use super::amend::matching;
use super::{Clause, Duties, Item, Memo, Proposal, Why, front};
use crate::model::{self, Policy};

impl Memo {
    /// Gives what `past` names the ids that it has there, since plans use them, and items with the
    /// same wording what was decided of them.
    pub fn follow(&mut self, past: &Policy) {
        self.viewpoints_of(past);
        self.issuer_of(past);
        let known = past.sections.iter().flat_map(|section| &section.items);
        let known: Vec<(String, &model::Item)> = known
            .filter(|item| item.duty.withdrawn.is_none())
            .filter_map(|item| Some((front::folded(&item.text.as_ref()?.value), item)))
            .collect();
        for item in self.sections.iter_mut().flat_map(|section| &mut section.items) {
            let text = front::folded(&item.text);
            if let Some((_, past)) = known.iter().find(|(words, _)| !text.is_empty() && *words == text) {
                decided(item, past, Why::LastYear(past.id.value.to_string()));
            } else if let Some(past) = reworded(item, &text, &known) {
                decided(item, past, Why::LastYearReworded(past.id.value.to_string()));
            }
        }
        self.drop_unasked_viewpoints();
    }

    /// A question that no part asks any more, as last year's parts were taken over.
    fn drop_unasked_viewpoints(&mut self) {
        let items = self.sections.iter().flat_map(|section| &section.items);
        let asked: Vec<String> =
            items.flat_map(|item| &item.clauses).filter_map(|clause| clause.viewpoint.clone()).collect();
        self.viewpoints.retain(|viewpoint| asked.contains(&viewpoint.id));
    }

    /// Where the same issuer's name divides is known.
    fn issuer_of(&mut self, past: &Policy) {
        let known = past.issuer.1.as_ref().map(|name| name.value.trim());
        if let (Some((name, guessed)), Some(known)) = (&mut self.front.name, known)
            && front::folded(name) == front::folded(known)
        {
            (*name, *guessed) = (known.to_owned(), false);
        }
    }

    fn viewpoints_of(&mut self, past: &Policy) {
        for viewpoint in &mut self.viewpoints {
            let label = |known: &&model::Viewpoint| {
                known.label.as_ref().is_some_and(|label| label.value.trim() == viewpoint.label)
            };
            let Some(known) = past.viewpoints.iter().find(label) else { continue };
            let items = self.sections.iter_mut().flat_map(|section| &mut section.items);
            items
                .flat_map(|item| &mut item.clauses)
                .filter_map(|clause| clause.viewpoint.as_mut())
                .filter(|id| **id == viewpoint.id)
                .for_each(|id| id.clone_from(&known.id.value));
            viewpoint.id.clone_from(&known.id.value);
            viewpoint.known = true;
        }
    }
}

/// Wordings under one heading, or of one number, that share so much are the same item in other words.
const ALIKE: (f32, f32) = (0.4, 0.7);

/// Last year's item that this one is in other words.
fn reworded<'p>(item: &Item, text: &str, known: &[(String, &'p model::Item)]) -> Option<&'p model::Item> {
    let heading = item.short.why.is_none().then(|| front::folded(&item.short.value));
    let share = |(words, past): &(String, &'p model::Item)| {
        let headed = heading.is_some() && past.short.as_ref().map(|short| front::folded(&short.value)) == heading;
        let numbered = past.id.value.item == item.id;
        let share = matching::alike(text, words);
        let enough = (headed && share >= ALIKE.0) || (numbered && share >= ALIKE.1);
        enough.then_some((share, *past))
    };
    known.iter().filter_map(share).max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, past)| past)
}

/// Takes over what was decided. One mark to confirm stands for the whole item.
fn decided(item: &mut Item, past: &model::Item, why: Why) {
    let Some(scope) = past.duty.scope.as_ref().map(|scope| scope.value) else { return };
    let other_words = matches!(why, Why::LastYearReworded(_));
    item.scope = Proposal { value: scope, why: Some(why) };
    item.answered_by = past.duty.answered_by.as_ref().map(|way| Proposal { value: way.value, why: None });
    item.duties = duties(&past.duty);
    if item.short.why.is_some()
        && let Some(short) = &past.short
    {
        item.short = Proposal { value: short.value.to_string(), why: None };
    }
    let clauses: Vec<Clause> = past.clauses.iter().filter_map(clause).collect();
    let joined: String = item.text.lines().collect();
    // Parts whose words are gone are divided anew.
    if !other_words || (!clauses.is_empty() && clauses.iter().all(|clause| joined.contains(&clause.quote))) {
        item.clauses = clauses;
    }
}

fn clause(past: &model::Clause) -> Option<Clause> {
    Some(Clause {
        quote: past.quote.as_ref()?.joined(),
        scope: past.duty.scope.as_ref().map(|scope| Proposal { value: scope.value, why: None }),
        answered_by: past.duty.answered_by.as_ref().map(|way| Proposal { value: way.value, why: None }),
        viewpoint: past.duty.viewpoint.as_ref().map(|name| name.text.to_string()),
        duties: duties(&past.duty),
    })
}

fn duties(duty: &model::Duty) -> Duties {
    let names = |names: &[model::Name]| names.iter().map(|name| name.text.to_string()).collect();
    Duties {
        lead: names(&duty.lead),
        contact: names(&duty.contact),
        contact_words: None,
        partners: names(&duty.partners),
        may_decline: duty.may_decline.as_ref().map(|may| may.value),
    }
}
