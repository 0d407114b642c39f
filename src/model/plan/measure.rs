//! How success is measured: measures with their baselines and targets.

use crate::date::Date;
use crate::model::decode::Object;
use crate::model::{Decoder, Text, Val};
use crate::place::Span;
use crate::shape::Choice;

/// A baseline or a target: a number or a state in words, and its day.
#[derive(Debug, Clone)]
pub struct Point {
    /// The number.
    pub value: Option<Val<f64>>,
    /// Or a state in words.
    pub state: Option<Text>,
    /// As of when, or by when.
    pub day: Option<Val<Date>>,
    /// The whole entry.
    pub span: Span,
}

impl Point {
    pub(super) fn decode(d: &mut Decoder<'_>, o: &Object, day: &str) -> Point {
        Point { value: d.number(o, "value"), state: d.text(o, "state"), day: d.date(o, day), span: o.span }
    }

    /// True when it says something.
    pub fn is_told(&self) -> bool {
        self.value.is_some() || self.state.as_ref().is_some_and(|state| state.says().is_some())
    }
}

/// How success is measured.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What is measured.
    pub name: Option<Text>,
    /// Outcome or output.
    pub kind: Option<Val<&'static Choice>>,
    /// The unit.
    pub unit: Option<Text>,
    /// Which direction is good; higher unless said.
    pub better: Option<Val<&'static Choice>>,
    /// For a running total over years.
    pub counted_from: Option<Val<Date>>,
    /// Where it stands.
    pub baseline: Option<Point>,
    /// Where it shall be.
    pub target: Option<Point>,
    /// The whole entry.
    pub span: Span,
}

impl Measure {
    pub(super) fn decode(d: &mut Decoder<'_>, o: &Object) -> Measure {
        let (name, kind, unit, better) =
            (d.text(o, "name"), d.choice(o, "kind"), d.text(o, "unit"), d.choice(o, "better"));
        let counted_from = d.date(o, "counted_from");
        let baseline = d.object(o, "baseline").map(|o| Point::decode(d, &o, "at"));
        let target = d.object(o, "target").map(|o| Point::decode(d, &o, "by"));
        Measure { name, kind, unit, better, counted_from, baseline, target, span: o.span }
    }

    /// True when the measure has a name and a target that say something.
    pub fn is_told(&self) -> bool {
        self.name.as_ref().is_some_and(|name| name.says().is_some()) && self.target.as_ref().is_some_and(Point::is_told)
    }
}
