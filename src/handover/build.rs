//! Puts a handover together.

use crate::city::year::Year;
use crate::handover::{CitedItem, GoalState, Handover, Past, checklist, dates, matters, promises, records};
use crate::lang::Lang;
use crate::model::Text;
use crate::nearest::fold;
use crate::packet::refs::Ctx;
use crate::packet::{Day, DepartmentFacts, Inputs, PlanFacts, Provenance, front, goals, items, rest};

/// How a handover is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// The one post that is handed over; all of them unless one is named.
    pub post: Option<String>,
    /// The language of the sentences.
    pub lang: Lang,
    /// Where the contents come from.
    pub provenance: Provenance,
}

/// The posts of a department: those of the organization, then those that only its plan names.
pub fn posts(year: &Year<'_>, department: usize) -> Vec<String> {
    let department = &year.departments[department];
    let plan = department.plan;
    let signers = plan.into_iter().flat_map(|plan| plan.signers.iter().filter_map(|signer| signer.post.as_ref()));
    let records = plan.into_iter().flat_map(|plan| plan.handover.iter().filter_map(|record| record.post.as_ref()));
    let mut posts: Vec<String> = Vec::new();
    for post in department.unit.heads.iter().chain(signers).chain(records).filter_map(Text::says) {
        if !crate::model::has_placeholder(post) && !posts.iter().any(|known| fold(known) == fold(post)) {
            posts.push(post.to_owned());
        }
    }
    posts
}

/// Builds the handover of one department. A pure function: the same inputs give the same papers.
pub fn build(inputs: Inputs<'_>, mut past: Past, options: &Options) -> Handover {
    let Inputs { year, links, coverage, department, .. } = inputs;
    let ctx = Ctx { year, links, coverage, index: department, lang: options.lang };
    let wanted = |post: &Option<String>| match (&options.post, post) {
        (Some(wanted), Some(post)) => fold(wanted) == fold(post),
        _ => true,
    };
    let (records, matters, withheld) = records::records(&ctx, &wanted);
    for change in &mut past.changes {
        change.subject = records::without(&change.subject, &withheld);
    }
    let goals: Vec<GoalState> = goals::goals(&ctx).into_iter().map(state).collect();
    let posts = match &options.post {
        Some(post) => vec![post.clone()],
        None => posts(year, department),
    };
    Handover {
        schema_version: 1,
        city: year.settings().city.as_ref().map(|city| city.value.to_string()),
        fiscal_year: year.year.0,
        day: Day(year.day),
        policy_title: year.docs.policy.title.as_ref().map(|title| title.value.to_string()),
        department: DepartmentFacts {
            id: ctx.dept().id().to_owned(),
            name: ctx.dept().name().to_owned(),
            body: ctx.dept().unit.body.as_ref().map(|body| body.value.to_string()).filter(|body| body != "市長"),
        },
        posts,
        plan: plan(&ctx, &wanted, &withheld),
        mission: rest::mission(&ctx),
        counts: front::counts(&ctx),
        open_matters: matters::open(&ctx, matters),
        promises: promises::promises(&ctx),
        dates: dates::ahead(&ctx, &goals),
        items: cited(&ctx),
        gaps: items::gaps(&ctx),
        checklist: checklist::steps(&ctx, &records, &goals),
        past,
        provenance: options.provenance.clone(),
        records,
        goals,
    }
}

/// The plan as a document, with the heads of the posts handed over.
fn plan(ctx: &Ctx<'_>, wanted: &dyn Fn(&Option<String>) -> bool, withheld: &[String]) -> PlanFacts {
    let mut plan = rest::plan_facts(ctx);
    plan.signers.retain(|signer| wanted(&signer.post));
    for signer in &mut plan.signers {
        let awaited = |name: &String| signer.since.is_none() && withheld.iter().any(|it| fold(it) == fold(name));
        if signer.since.is_some_and(|since| since.0 > ctx.year.day) || signer.name.as_ref().is_some_and(awaited) {
            signer.name = None;
        }
    }
    plan
}

/// States in which a goal is not where it should be.
const UNMET: [&str; 4] = ["behind", "partly", "unmet", "stopped"];

fn state(goal: crate::packet::GoalFacts) -> GoalState {
    // Of entries of one day, the one written last; what is dated ahead is not known yet.
    let known = (0..goal.progress.len()).filter(|index| !goal.progress[*index].ahead);
    let last = known.max_by_key(|index| (goal.progress[*index].as_of, *index));
    let unmet = last.and_then(|index| goal.progress[index].state).is_some_and(|state| UNMET.contains(&state));
    GoalState { goal, last, unmet }
}

fn cited(ctx: &Ctx<'_>) -> Vec<CitedItem> {
    let items = items::sections(ctx).into_iter().flat_map(|section| section.items);
    let answered = items.filter(|item| !item.goals.is_empty() || !item.responses.is_empty());
    let entry = |item: crate::packet::ItemFacts| CitedItem {
        item: item.item,
        short: item.short,
        goals: item.goals.into_iter().map(|(id, _)| id).collect(),
        responses: item.responses.len(),
    };
    answered.map(entry).collect()
}
