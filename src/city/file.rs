//! One file of a city: its text, what was decoded, and what is wrong with it.

use std::sync::OnceLock;

use arcstr::ArcStr;

use crate::city::layout::Role;
use crate::model::{Interviews, Organization, Plan, Policy, References, Settings, ShapeFault, ShapeFaultKind};
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
    pub text: ArcStr,
    /// Where its lines begin, once anybody has asked: of most files nothing is told.
    pub(super) lines: OnceLock<LineIndex>,
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
    /// Where rules ask what is written at a place.
    pub(super) slips: Slips,
    /// Why it was not opened.
    pub refused: Option<UnsafeKind>,
    /// Why the system could not read it.
    pub io_error: Option<String>,
}

impl CityFile {
    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

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

    /// True where （記入） still stands inside a place.
    pub fn placeholder_in(&self, span: Span) -> bool {
        let next = self.slips.placeholders.partition_point(|place| place.start < span.start);
        self.slips.placeholders.get(next).is_some_and(|place| span.holds(*place))
    }

    /// True where the first value after a place could not be taken: it has the wrong type or form,
    /// or says （記入）.
    pub fn slip_after(&self, span: Span) -> bool {
        let next = self.slips.values.partition_point(|place| place.start < span.end);
        let between =
            self.slips.values.get(next).and_then(|slip| self.text.get(span.end as usize..slip.start as usize));
        between.is_some_and(only_signs)
    }

    /// True for a plan in which nothing is written at all.
    pub fn is_blank_plan(&self) -> bool {
        self.is_readable()
            && self.plan().is_some_and(|plan| plan.keys.is_empty())
            && self.shape_faults.iter().all(|fault| matches!(fault.kind, ShapeFaultKind::MissingField { .. }))
    }

    /// True when its content can be judged.
    pub fn is_readable(&self) -> bool {
        self.readable == Readable::Whole
    }
}

/// Values that could not be taken, in file order. They are single values or whole ones, so none
/// overlaps another but in part.
#[derive(Debug, Default)]
pub(super) struct Slips {
    placeholders: Vec<Span>,
    values: Vec<Span>,
}

impl Slips {
    pub(super) fn new(faults: &[ShapeFault]) -> Slips {
        let of = |is: fn(&ShapeFaultKind) -> bool| {
            let mut places: Vec<Span> = faults.iter().filter(|fault| is(&fault.kind)).map(|fault| fault.span).collect();
            places.sort();
            places
        };
        let slip = |kind: &ShapeFaultKind| {
            matches!(
                kind,
                ShapeFaultKind::Placeholder
                    | ShapeFaultKind::WrongType { .. }
                    | ShapeFaultKind::MalformedId { .. }
                    | ShapeFaultKind::NumberLike { .. }
            )
        };
        Slips { placeholders: of(|kind| matches!(kind, ShapeFaultKind::Placeholder)), values: of(slip) }
    }
}

/// True for signs of layout and remarks: no word stands between a name and what follows.
fn only_signs(text: &str) -> bool {
    let mut remark = false;
    text.chars().all(|c| {
        remark = c != '\n' && (remark || c == '#');
        remark || c.is_whitespace() || matches!(c, ':' | '-' | '[' | '"' | '\'')
    })
}
