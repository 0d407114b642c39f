//! One file of a city: its text, what was decoded, and what is wrong with it.

use crate::city::layout::Role;
use crate::model::{Interviews, Organization, Plan, Policy, References, Settings, ShapeFault};
use crate::place::{LineIndex, Span};
use crate::source::{Fault, Readable};
use crate::store::UnsafeKind;

/// What a file holds.
#[derive(Debug)]
pub enum Doc {
    /// Nothing that kpolicy knows, or nothing readable.
    None,
    /// Settings.
    Settings(Settings),
    /// A basic policy.
    Policy(Box<Policy>),
    /// A register of plans.
    References(References),
    /// An organization.
    Organization(Organization),
    /// Interviews.
    Interviews(Interviews),
    /// A plan.
    Plan(Box<Plan>),
}

/// A file.
#[derive(Debug)]
pub struct CityFile {
    /// Path below the root, with `/`.
    pub path: String,
    /// What the path says it is.
    pub role: Role,
    /// The text; empty when it is not UTF-8.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// How well it could be read.
    pub readable: Readable,
    /// How many fields of the top level could be read.
    pub headings: usize,
    /// Faults of bytes and YAML.
    pub faults: Vec<Fault>,
    /// Faults of shape.
    pub shape_faults: Vec<ShapeFault>,
    /// Comments that silence a finding (`# kpolicy: allow …`).
    pub allows: Vec<Span>,
    /// What was decoded; for a broken plan, its readable parts.
    pub doc: Doc,
    /// Why it was not opened.
    pub refused: Option<UnsafeKind>,
    /// Why the system could not read it.
    pub io_error: Option<String>,
}

impl CityFile {
    /// The plan, if it is one that was read as a whole or in parts.
    pub fn plan(&self) -> Option<&Plan> {
        match &self.doc {
            Doc::Plan(plan) => Some(plan),
            _ => None,
        }
    }

    /// The policy, if it is one.
    pub fn policy(&self) -> Option<&Policy> {
        match &self.doc {
            Doc::Policy(policy) => Some(policy),
            _ => None,
        }
    }

    /// True for a plan in which nothing is written at all.
    pub fn is_blank_plan(&self) -> bool {
        self.is_readable()
            && self.plan().is_some_and(|plan| plan.keys.is_empty())
            && self
                .shape_faults
                .iter()
                .all(|fault| matches!(fault.kind, crate::model::ShapeFaultKind::MissingField { .. }))
    }

    /// True when its content can be judged.
    pub fn is_readable(&self) -> bool {
        self.readable == Readable::Whole
    }
}
