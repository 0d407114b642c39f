//! What one goal lacks, and its measures.

use std::borrow::Cow;

use crate::coverage::{Told, is_measured, told};
use crate::edit::Value;
use crate::model::{Goal, Measure, ShapeFault, ShapeFaultKind, Text};
use crate::place::Span;
use crate::say;
use crate::skeleton::goals::{self, free_id};
use crate::skeleton::missing::{Job, is_blank};
use crate::skeleton::place::{Spot, Writer};
use crate::skeleton::{TO_WRITE, entries};

impl Job<'_> {
    pub(super) fn to_write_after(&self, key: Option<Span>) -> bool {
        key.is_some_and(|key| self.file.slip_after(key))
    }

    pub(super) fn goal(&self, writer: &mut Writer<'_>, spot: Spot, index: usize, goal: &Goal) {
        let name = match (goal.id(), goal.name()) {
            ("", "") => (index + 1).to_string(),
            ("", title) => format!("「{title}」"),
            (id, _) => id.to_owned(),
        };
        let of = |ja: &'static str, en: &'static str| say!("目標 {name} の{ja}", "{en} of goal {name}");
        if goal.id.is_none() && !self.slipped(goal, "id") {
            let taken = |id: &str| self.plan.goals.iter().any(|goal| goal.id() == id);
            writer.field(spot, "id", Value::word(free_id(index + 1, taken)), of("番号（id）", "the id"));
        }
        if is_blank(&goal.title) && !self.slipped(goal, "title") {
            writer.field(spot, "title", Value::text(TO_WRITE), of("名前（title）", "the title"));
        }
        if is_blank(&goal.outcome) && !self.slipped(goal, "outcome") {
            writer.field(
                spot,
                "outcome",
                entries::hint("市民にとって何が変わるか"),
                of("成果（outcome）", "the outcome"),
            );
        }
        if goal.cites.is_empty() && !self.slipped(goal, "cites") {
            let cite = Value::text(TO_WRITE).remark("「防災」のように打つと候補が出ます");
            let list = Value::List(std::iter::once(cite).chain(goals::every_goal(self.year, &self.owed)).collect());
            writer.field(spot, "cites", list, of("応える項目（cites）", "what it answers (cites)"));
        } else {
            self.cites_of_every_goal(writer, spot, index, goal, &name);
        }
        let division = goals::division(self.year, self.department, None);
        if let Some((key, value)) = division.filter(|_| goal.division.is_none() && !self.slipped(goal, "division")) {
            writer.field(spot, key, value, of("担当する課（division）", "the division"));
        }
        self.viewpoints(writer, spot, index, goal, &name);
        self.measures(writer, spot, goal, &name);
    }

    /// True where a value of the goal is there but could not be taken: another finding speaks of it.
    fn slipped(&self, goal: &Goal, key: &str) -> bool {
        let fault =
            |fault: &&ShapeFault| goal.span.holds(fault.span) && fault.field.is_some_and(|field| field.key == key);
        let missing = |fault: &&ShapeFault| matches!(fault.kind, ShapeFaultKind::MissingField { .. });
        self.file.shape_faults.iter().filter(|it| !missing(it)).any(|it| fault(&it))
    }

    fn cites_of_every_goal(&self, writer: &mut Writer<'_>, spot: Spot, index: usize, goal: &Goal, name: &str) {
        let cites = &self.links.plans[self.department].goals[index].cites;
        for leaf in self.owed.every_goal.iter().flat_map(|asked| &asked.leaves) {
            let id = self.year.leaves[*leaf].id;
            let waits = self.file.placeholder_in(goal.span) && self.text_of(goal).contains(&format!("{TO_WRITE}{id}"));
            if !waits && !cites.iter().any(|target| target.meets(self.year, *leaf)) {
                let what = say!("目標 {name} の {id}（cites）", "{id} in the cites of goal {name}");
                writer.push(spot, "cites", goals::to_cite(self.year, *leaf), what);
            }
        }
    }

    fn text_of(&self, goal: &Goal) -> &str {
        self.file.text.get(goal.span.range()).unwrap_or_default()
    }

    fn viewpoints(&self, writer: &mut Writer<'_>, spot: Spot, index: usize, goal: &Goal, name: &str) {
        let links = &self.links.plans[self.department].goals[index].viewpoints;
        let missing: Vec<usize> = self
            .owed
            .viewpoints
            .iter()
            .copied()
            .filter(|wanted| {
                let entry = links.iter().position(|found| *found == Some(*wanted));
                entry.is_none_or(|entry| goal.viewpoints.get(entry).is_none_or(|(_, words)| is_blank(words)))
            })
            .collect();
        let label = |index: usize| {
            let viewpoint = &self.year.docs.policy.viewpoints[index];
            viewpoint.label.as_ref().map_or_else(|| viewpoint.id.value.to_string(), |label| label.value.to_string())
        };
        if goal.viewpoints.is_empty() && !missing.is_empty() {
            let labels = missing.iter().map(|index| label(*index)).collect::<Vec<_>>().join("、");
            let words = Value::Map(missing.iter().map(|index| goals::viewpoint(self.year, *index)).collect());
            return writer.field(
                spot,
                "viewpoints",
                words,
                say!("目標 {name} の{labels}（viewpoints）", "{labels} of goal {name}"),
            );
        }
        for index in missing {
            let label = label(index);
            let what = say!("目標 {name} の{label}（viewpoints）", "{label} of goal {name}");
            writer.named(spot, "viewpoints", goals::viewpoint(self.year, index), what);
        }
    }

    fn measures(&self, writer: &mut Writer<'_>, spot: Spot, goal: &Goal, name: &str) {
        let waits = told(&goal.no_measures) != Told::No || self.slipped(goal, "measures");
        if goal.measures.is_empty() && !waits {
            let what = say!("目標 {name} の指標と目標値（measures）", "a measure of goal {name}");
            return writer.push(spot, "measures", goals::measure(), what);
        }
        if !is_measured(goal) && told(&goal.no_measures) == Told::Yes {
            return;
        }
        for (index, measure) in goal.measures.iter().enumerate() {
            if let Some(entry) = writer.entry(spot, "measures", index) {
                self.measure(writer, entry, measure, name);
            }
        }
    }

    fn measure(&self, writer: &mut Writer<'_>, spot: Spot, measure: &Measure, name: &str) {
        let titled: Cow<'_, str> = match measure.name.as_ref().and_then(Text::says) {
            Some(name) => format!("「{name}」").into(),
            None => "".into(),
        };
        if is_blank(&measure.name) {
            writer.field(
                spot,
                "name",
                Value::text(TO_WRITE),
                say!("目標 {name} の指標の名前", "the name of a measure of goal {name}"),
            );
        }
        let points = [
            ("baseline", &measure.baseline, goals::baseline()),
            ("target", &measure.target, goals::target("期限を省くと年度末")),
        ];
        for (key, point, value) in points {
            let words = if key == "baseline" {
                crate::lang::bi("現状値", "baseline")
            } else {
                crate::lang::bi("目標値", "target")
            };
            let (ja, en) = (words.ja, words.en);
            let what = say!("目標 {name} の指標{titled}の{ja}（{key}）", "{en} of a measure of goal {name}");
            match point {
                None => writer.field(spot, key, value, what),
                Some(point) if point.value.is_none() && point.state.is_none() && !self.has_fault(point.span) => {
                    if let Some(inner) = writer.object(spot, key) {
                        writer.field(inner, "value", Value::text(TO_WRITE), what);
                    }
                }
                Some(_) => {}
            }
        }
    }

    fn has_fault(&self, span: Span) -> bool {
        self.file.shape_faults.iter().any(|fault| span.holds(fault.span))
    }
}
