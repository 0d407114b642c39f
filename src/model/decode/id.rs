//! Ids and names: exact, as people type them, or not at all.

use crate::ids::{self, Cite, GoalRef, LeafId, Read};
use crate::model::decode::{Decoder, Object};
use crate::model::values::{Name, Val};
use crate::model::{ShapeFaultKind, Subject};
use crate::shape::{Kind, Target};
use crate::source::NodeId;

impl<'t> Decoder<'t> {
    /// An item's or clause's own id; `clause` says which of the two it must be.
    pub fn leaf_id(&mut self, object: &Object, key: &str, clause: bool) -> Option<Val<LeafId>> {
        let (field, node) = self.slot(object, key)?;
        let id = self.leaf_at(node, &field.kind, ids::read_leaf)?;
        if id.value.clause.is_some() == clause {
            return Some(id);
        }
        self.fault(id.span, ShapeFaultKind::MalformedId { text: id.value.to_string(), want: &field.kind });
        None
    }

    /// A goal's or follow-up's own id.
    pub fn goal_id(&mut self, object: &Object, key: &str) -> Option<Val<String>> {
        let (field, node) = self.slot(object, key)?;
        self.leaf_at(node, &field.kind, ids::read_goal)
    }

    /// A goal of an earlier year, with its year.
    pub fn past_goal(&mut self, object: &Object, key: &str) -> Option<Val<GoalRef>> {
        let (field, node) = self.slot(object, key)?;
        let goal = self.leaf_at(node, &field.kind, ids::read_goal_ref)?;
        if goal.value.year.is_some() {
            return Some(goal);
        }
        self.fault(goal.span, ShapeFaultKind::MalformedId { text: goal.value.to_string(), want: &field.kind });
        None
    }

    /// A name of one's own.
    pub fn own_name(&mut self, object: &Object, key: &str) -> Option<Val<String>> {
        let (field, node) = self.slot(object, key)?;
        let (text, _, span) = self.word(node, &field.kind)?;
        if ids::is_name(text) {
            return Some(Val { value: text.to_owned(), span });
        }
        self.fault(span, ShapeFaultKind::MalformedId { text: text.to_owned(), want: &field.kind });
        None
    }

    /// A name that must exist elsewhere, as written.
    pub fn name(&mut self, object: &Object, key: &str) -> Option<Name> {
        let (field, node) = self.slot(object, key)?;
        self.name_at(node, &field.kind)
    }

    /// A list of citations.
    pub fn cites(&mut self, object: &Object, key: &str) -> Vec<Val<Cite>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.leaf_at(node, kind, ids::read_cite)).collect()
    }

    /// A list of goals: the plan's own, or those of others.
    pub fn goals(&mut self, object: &Object, key: &str) -> Vec<Val<GoalRef>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        let own = matches!(kind, Kind::Ref(Target::OwnGoal));
        let mut goals = Vec::new();
        for node in nodes {
            let Some(goal) = self.leaf_at(node, kind, ids::read_goal_ref) else { continue };
            if goal.value.department.is_none() == own && goal.value.year.is_none() {
                goals.push(goal);
            } else {
                self.fault(goal.span, ShapeFaultKind::MalformedId { text: goal.value.to_string(), want: kind });
            }
        }
        goals
    }

    /// A list of what a review speaks of.
    pub fn subjects(&mut self, object: &Object, key: &str) -> Vec<Val<Subject>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.leaf_at(node, kind, Subject::read)).collect()
    }

    /// A list of names that must exist elsewhere.
    pub fn names(&mut self, object: &Object, key: &str) -> Vec<Name> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.name_at(node, kind)).collect()
    }

    fn leaf_at<T: std::fmt::Display>(
        &mut self,
        node: NodeId,
        want: &'static Kind,
        read: fn(&str) -> Read<T>,
    ) -> Option<Val<T>> {
        let (text, _, span) = self.word(node, want)?;
        let (value, kind) = match read(text) {
            Read::Exact(value) => return Some(Val { value, span }),
            Read::Spelled(value) => {
                let kind = ShapeFaultKind::Spelling { found: text.to_owned(), want: value.to_string() };
                (Some(value), kind)
            }
            Read::Wrapped(value) => {
                let kind = ShapeFaultKind::Wrapped { found: text.to_owned(), want: value.to_string() };
                (Some(value), kind)
            }
            Read::Malformed => (None, ShapeFaultKind::MalformedId { text: text.to_owned(), want }),
        };
        self.fault(span, kind);
        value.map(|value| Val { value, span })
    }

    fn name_at(&mut self, node: NodeId, want: &'static Kind) -> Option<Name> {
        let Kind::Ref(target) = want else { return None };
        let (text, _, span) = self.word(node, want)?;
        let well_formed = match target {
            Target::Unit => ids::is_unit(text),
            Target::Rating | Target::Measure => true,
            _ => ids::is_name(text),
        };
        Some(Name { text: text.to_owned(), span, well_formed })
    }
}
