//! Puts a packet together.

use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::links::Links;
use crate::packet::refs::{Ctx, prose};
use crate::packet::{
    Audience, Day, DepartmentFacts, Packet, Provenance, Question, changes, front, goals, items, partners, progress,
    questions, rest,
};

/// A judged year, one of its departments, and what the rules found.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its joined references.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// Index into the year's departments.
    pub department: usize,
    /// Findings of the run, of whatever department; may be empty.
    pub findings: &'a [Finding],
}

/// How a packet is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// For whom.
    pub audience: Audience,
    /// True for the wording of every item.
    pub full: bool,
    /// The language of the sentences.
    pub lang: Lang,
    /// Where the contents come from.
    pub provenance: Provenance,
}

/// Builds the packet of one department. A pure function: the same inputs give the same papers.
pub fn build(inputs: Inputs<'_>, options: &Options) -> Packet {
    let Inputs { year, links, coverage, department, findings } = inputs;
    let ctx = Ctx { year, links, coverage, index: department, lang: options.lang };
    let partners = partners::partners(&ctx);
    let overdue = progress::overdue(&ctx, findings);
    let questions = questions::questions(&ctx, &partners, &overdue);
    let interviews = front::interviews(&ctx);
    let asked = asked(&questions);
    let unit = ctx.dept().unit;
    Packet {
        schema_version: 1,
        audience: options.audience,
        full: options.full,
        city: year.settings().city.as_ref().map(|city| city.value.to_string()),
        fiscal_year: year.year.0,
        day: Day(year.day),
        policy_title: year.docs.policy.title.as_ref().map(|title| title.value.to_string()),
        department: DepartmentFacts {
            id: ctx.dept().id().to_owned(),
            name: ctx.dept().name().to_owned(),
            body: unit.body.as_ref().map(|body| body.value.to_string()).filter(|body| body != "市長"),
        },
        plan: rest::plan_facts(&ctx),
        mission: rest::mission(&ctx),
        counts: front::counts(&ctx),
        requests: rest::requests(&ctx),
        standing: items::standing(&ctx),
        time_plan: front::time_plan(&interviews),
        direction: ctx.plan().and_then(|plan| plan.direction.as_ref()).map(|text| prose(&text.value)),
        sections: items::sections(&ctx),
        other_responses: items::other_responses(&ctx),
        other_declines: items::other_declines(&ctx),
        goals: goals::goals(&ctx),
        progress_overdue: overdue,
        review: rest::review(&ctx),
        information: rest::information(&ctx),
        reform: rest::reform(&ctx),
        viewpoints: rest::viewpoints(&ctx),
        early_start_until: year.early_start_until().map(Day),
        partners,
        handover: rest::handover(&ctx),
        follow_ups: rest::follow_ups(&ctx),
        last_year: changes::since_last_year(&ctx),
        since_submission: None,
        extra: ctx.plan().map(|plan| goals::extra(&plan.extra)).unwrap_or_default(),
        gaps: items::gaps(&ctx),
        findings: finding_lines(&ctx, findings),
        appendix: items::appendix(&ctx, if options.full { None } else { Some(&asked) }),
        provenance: options.provenance.clone(),
        interviews,
        questions,
    }
}

/// Every goal of a department that was not reached last year or is behind this year, with the words
/// of the papers; the front page of a packet has room for a few of them only.
pub fn unmet(inputs: Inputs<'_>, lang: Lang) -> Vec<Question> {
    let Inputs { year, links, coverage, department, .. } = inputs;
    questions::unmet(&Ctx { year, links, coverage, index: department, lang })
}

fn asked(questions: &[Question]) -> Vec<String> {
    questions.iter().flat_map(|question| question.items.iter().map(|item| item.id.clone())).collect()
}

fn finding_lines(ctx: &Ctx<'_>, findings: &[Finding]) -> Vec<String> {
    let own = |finding: &&Finding| finding.department.as_deref() == Some(ctx.dept().id());
    let line = |finding: &Finding| {
        let city = ctx.year.city;
        let (path, line) = (&city.file(finding.place.file).path, city.position(finding.place).line);
        let level = finding.level.name().get(ctx.lang);
        format!("{level} {} {}（{path}:{line}）", finding.rule.code, finding.message.get(ctx.lang))
    };
    findings.iter().filter(own).map(line).collect()
}
