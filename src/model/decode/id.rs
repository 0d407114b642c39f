//! Ids and names: exact, as people type them, or not at all.

use crate::ids::{self, Cite, GoalId, GoalRef, LeafId, Read};
use crate::model::decode::container::each;
use crate::model::decode::scalar::quoted;
use crate::model::decode::{Decoder, Object};
use crate::model::numberlike::is_number_like;
use crate::model::values::{Name, Val};
use crate::model::{ShapeFaultKind, Subject};
use crate::place::Span;
use crate::shape::{Kind, Target};
use crate::source::{NodeId, Style};

impl<'t> Decoder<'t> {
    /// An item's or clause's own id; `clause` says which of the two it must be.
    pub fn leaf_id(&mut self, object: &Object, key: &str, clause: bool) -> Option<Val<LeafId>> {
        let (field, node) = self.slot(object, key)?;
        self.id_at(node, &field.kind, ids::read_leaf, |id| id.clause.is_some() == clause)
    }

    /// A goal's or follow-up's own id.
    pub fn goal_id(&mut self, object: &Object, key: &str) -> Option<Val<GoalId>> {
        let (field, node) = self.slot(object, key)?;
        self.id_at(node, &field.kind, ids::read_goal, |_| true)
    }

    /// A goal of an earlier year, with its year.
    pub fn past_goal(&mut self, object: &Object, key: &str) -> Option<Val<GoalRef>> {
        let (field, node) = self.slot(object, key)?;
        self.id_at(node, &field.kind, ids::read_goal_ref, |goal| goal.year.is_some())
    }

    /// A name of one's own.
    pub fn own_name(&mut self, object: &Object, key: &str) -> Option<Val<String>> {
        let (field, node) = self.slot(object, key)?;
        let read = |text: &str| if ids::is_name(text) { Read::Exact(text.to_owned()) } else { Read::Malformed };
        self.id_at(node, &field.kind, read, |_| true)
    }

    /// A name that must exist elsewhere, as written.
    pub fn name(&mut self, object: &Object, key: &str) -> Option<Name> {
        let (field, node) = self.slot(object, key)?;
        self.name_at(node, &field.kind)
    }

    /// A list of citations.
    pub fn cites(&mut self, object: &Object, key: &str) -> Vec<Val<Cite>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        each(&nodes, |node| self.id_at(node, kind, ids::read_cite, |_| true))
    }

    /// A list of goals: the plan's own, or those of others.
    pub fn goals(&mut self, object: &Object, key: &str) -> Vec<Val<GoalRef>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        let own = matches!(kind, Kind::Ref(Target::OwnGoal));
        let fits = |goal: &GoalRef| goal.department.is_none() == own && goal.year.is_none();
        each(&nodes, |node| self.id_at(node, kind, ids::read_goal_ref, fits))
    }

    /// A list of what a review speaks of.
    pub fn subjects(&mut self, object: &Object, key: &str) -> Vec<Val<Subject>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        each(&nodes, |node| self.id_at(node, kind, Subject::read, |_| true))
    }

    /// A list of names that must exist elsewhere.
    pub fn names(&mut self, object: &Object, key: &str) -> Vec<Name> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        each(&nodes, |node| self.name_at(node, kind))
    }

    /// An id as `read` understands it, if it `fits` the field; else it is malformed.
    fn id_at<T: std::fmt::Display>(
        &mut self,
        node: NodeId,
        want: &'static Kind,
        read: fn(&str) -> Read<T>,
        fits: impl Fn(&T) -> bool,
    ) -> Option<Val<T>> {
        let (text, style, span) = self.word(node, want)?;
        if style == Style::Plain && is_number_like(text) {
            return self.number_for_id(text, span, want, read);
        }
        let (value, remark) = match read(text) {
            Read::Exact(value) => (Some(value), None),
            Read::Spelled(value) => (Some(value), Some(spelling as Remark)),
            Read::Wrapped(value) => (Some(value), Some(wrapped as Remark)),
            Read::Malformed => (None, None),
        };
        let Some(value) = value.filter(fits) else {
            self.fault(span, ShapeFaultKind::MalformedId { text: text.to_owned(), want });
            return None;
        };
        match remark {
            Some(remark) => self.fault(span, remark(text.to_owned(), value.to_string())),
            None => self.spaced(node, text, span),
        }
        Some(Val { value, span })
    }

    /// K107: `1.10` is 1.1 to a program that reads numbers. `1-10` was surely meant, and is counted.
    fn number_for_id<T: std::fmt::Display>(
        &mut self,
        text: &str,
        span: Span,
        want: &'static Kind,
        read: fn(&str) -> Read<T>,
    ) -> Option<Val<T>> {
        let meant = match read(&text.replace('.', "-")) {
            Read::Exact(value) => Some(value),
            _ => None,
        };
        let instead = meant.as_ref().map(ToString::to_string);
        self.fault(span, ShapeFaultKind::NumberLike { text: text.to_owned(), want, instead });
        meant.map(|value| Val { value, span })
    }

    fn name_at(&mut self, node: NodeId, want: &'static Kind) -> Option<Name> {
        let Kind::Ref(target) = want else { return None };
        let (text, style, span) = self.word(node, want)?;
        let free = matches!(target, Target::Rating | Target::Measure);
        if style == Style::Plain && is_number_like(text) {
            let kind = if free {
                quoted(text, want)
            } else {
                ShapeFaultKind::NumberLike { text: text.to_owned(), want, instead: None }
            };
            self.fault(span, kind);
            return free.then(|| Name { text: self.words(text), span, well_formed: true });
        }
        let well_formed = match target {
            Target::Unit => ids::is_unit(text),
            _ if free => true,
            _ => ids::is_name(text),
        };
        if well_formed {
            self.spaced(node, text, span);
        }
        Some(Name { text: self.words(text), span, well_formed })
    }
}

/// Makes the remark on an id that is understood, from its text and exact form.
type Remark = fn(String, String) -> ShapeFaultKind;

fn spelling(found: String, want: String) -> ShapeFaultKind {
    ShapeFaultKind::Spelling { found, want }
}

fn wrapped(found: String, want: String) -> ShapeFaultKind {
    ShapeFaultKind::Wrapped { found, want }
}
