//! Small drawings: a measure on its way from baseline to target, and the past of the whole city.
//! Each is also said in words beside it, so that nothing is in a drawing alone.

use super::page::Page;
use crate::date::{Date, FiscalYear};
use crate::lang::Lang;
use crate::model::{Goal, Measure, Point};
use crate::report::history::Step;
use crate::say;

/// The room of a measure's drawing, without its margin.
const WIDE: f64 = 132.0;
const HIGH: f64 = 30.0;
const MARGIN: f64 = 8.0;

/// A measure in numbers: days as ordinals.
pub(super) struct Course {
    baseline: (i64, f64),
    target: (i64, f64),
    actuals: Vec<(i64, f64)>,
}

impl Course {
    /// The course of a measure; none where baseline or target is no number.
    pub(super) fn of(year: FiscalYear, goal: &Goal, measure: &Measure) -> Option<Course> {
        let point = |point: &Option<Point>, usual: Date| {
            let point = point.as_ref()?;
            let day = point.day.as_ref().map_or(usual, |day| day.value);
            Some((day.ordinal(), point.value.as_ref()?.value))
        };
        let baseline = point(&measure.baseline, year.first_day().plus_days(-1))?;
        let target = point(&measure.target, year.last_day())?;
        let own = |name: &str| goal.measure_named(name).is_some_and(|other| std::ptr::eq(other, measure));
        let mut actuals = Vec::new();
        for entry in &goal.progress {
            let day = entry.as_of.as_ref().map(|day| day.value.ordinal());
            let actual = entry.actuals.iter().find(|it| it.measure.as_ref().is_some_and(|name| own(&name.text)));
            actuals.extend(day.zip(actual.and_then(|it| it.value.as_ref()).map(|value| value.value)));
        }
        Some(Course { baseline, target, actuals })
    }

    /// Draws it: a dashed way from the hollow baseline to the ringed target, actuals in full.
    pub(super) fn draw(&self, page: &mut Page, label: &str) {
        let all = || self.actuals.iter().chain([&self.baseline, &self.target]);
        let days = all().map(|point| point.0).fold((i64::MAX, i64::MIN), |(a, b), day| (a.min(day), b.max(day)));
        let values = all().map(|point| point.1).fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
        // Numbers at the edge of what a number can be have no span to draw in.
        let part = |value: f64, (from, to): (f64, f64)| {
            let share = (value - from) / (to - from);
            if share.is_finite() { share } else { 0.5 }
        };
        let x = |point: (i64, f64)| MARGIN + WIDE * part(point.0 as f64, (days.0 as f64, days.1 as f64));
        let y = |point: (i64, f64)| MARGIN + HIGH * (1.0 - part(point.1, values));
        page.raw("<svg role=\"img\" width=\"148\" height=\"46\" viewBox=\"0 0 148 46\" aria-label=\"").text(label);
        page.raw("\"><path class=\"plan\" d=\"M").at(x(self.baseline)).raw(" ").at(y(self.baseline));
        page.raw("L").at(x(self.target)).raw(" ").at(y(self.target)).raw("\"/>");
        if !self.actuals.is_empty() {
            page.raw("<path class=\"real\" d=\"M").at(x(self.baseline)).raw(" ").at(y(self.baseline));
            for point in &self.actuals {
                page.raw("L").at(x(*point)).raw(" ").at(y(*point));
            }
            page.raw("\"/>");
        }
        dot(page, "was", (x(self.baseline), y(self.baseline)));
        dot(page, "goal-mark", (x(self.target), y(self.target)));
        for point in &self.actuals {
            dot(page, "now", (x(*point), y(*point)));
        }
        page.raw("</svg>");
    }
}

fn dot(page: &mut Page, class: &'static str, (x, y): (f64, f64)) {
    page.raw("<circle r=\"4\" class=\"").raw(class).raw("\" cx=\"").at(x).raw("\" cy=\"").at(y).raw("\"/>");
}

/// The share of answered leaves over the versions; nothing where there are not two to compare.
pub(super) fn trend(page: &mut Page, steps: &[Step], lang: Lang) {
    let known: Vec<(&Step, f64)> =
        steps.iter().filter_map(|step| Some((step, step.summary.as_ref()?.tenths() as f64 / 10.0))).collect();
    let ([(first, old), ..], [.., (last, new)]) = (known.as_slice(), known.as_slice()) else { return };
    if known.len() < 2 {
        return;
    }
    let floor = known.iter().fold(100.0f64, |least, (_, share)| least.min(*share));
    let floor = ((floor - 1.0) / 10.0).floor().max(0.0) * 10.0;
    let last_at = (known.len() - 1) as f64;
    let place =
        |at: usize, share: f64| (46.0 + 600.0 * at as f64 / last_at, 12.0 + 90.0 * (100.0 - share) / (100.0 - floor));
    let count = known.len();
    let (from, to) = (first.commit.date, last.commit.date);
    let words = say!(
        "記載の割合の推移: {from} {old}％ から {to} {new}％ まで（変更のあった版 {count}）",
        "Share of answers: {old}% on {from}, {new}% on {to} ({count} versions that changed something)"
    );
    let words = words.get(lang);
    page.raw("<section class=\"trend\"><h2>").text(lang.pick("これまでの推移", "So far")).raw("</h2>\n");
    page.meta(words);
    page.raw("<svg role=\"img\" viewBox=\"0 0 660 130\" aria-label=\"").text(words).raw("\">");
    for share in [floor, 100.0] {
        let (x, y) = place(0, share);
        page.raw("<path class=\"axis\" d=\"M").at(x).raw(" ").at(y).raw("H646\"/><text x=\"4\" y=\"").at(y + 4.0);
        page.raw("\">").at(share).text(lang.pick("％", "%")).raw("</text>");
    }
    page.raw("<path class=\"real\" d=\"M");
    for (at, (_, share)) in known.iter().enumerate() {
        let (x, y) = place(at, *share);
        page.raw(if at == 0 { "" } else { "L" }).at(x).raw(" ").at(y);
    }
    page.raw("\"/>");
    dot(page, "now", place(known.len() - 1, *new));
    page.raw("<text x=\"46\" y=\"124\">").text(&from.to_string());
    page.raw("</text><text x=\"646\" y=\"124\" text-anchor=\"end\">")
        .text(&to.to_string())
        .raw("</text></svg></section>\n");
}
