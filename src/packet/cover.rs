//! The cover of a day: who comes when, and what to expect of each.

use crate::date::Date;
use crate::packet::{Cover, CoverEntry, Day, InterviewFacts, Packet};

impl Cover {
    /// Puts together the cover of a day from the papers of that day.
    pub fn new(on: Date, papers: &[Packet]) -> Cover {
        let first = papers.first();
        let mut entries: Vec<CoverEntry> = papers.iter().flat_map(|paper| of_paper(on, paper)).collect();
        entries.sort_by(|one, other| one.interview.clock.cmp(&other.interview.clock));
        Cover {
            schema_version: 1,
            audience: first.map_or(crate::packet::Audience::Interviewer, |paper| paper.audience),
            city: first.and_then(|paper| paper.city.clone()),
            fiscal_year: first.map_or(on.fiscal_year().0, |paper| paper.fiscal_year),
            on: Day(on),
            example: papers.iter().any(|paper| paper.plan.example),
            entries,
            provenance: first.map_or(crate::packet::Provenance::NotInGit, |paper| paper.provenance.clone()),
        }
    }
}

fn of_paper(on: Date, paper: &Packet) -> Vec<CoverEntry> {
    let entry = |interview: &InterviewFacts| CoverEntry {
        interview: interview.clone(),
        department: paper.department.clone(),
        plan_state: paper.plan.status.unwrap_or(paper.plan.state),
        counts: paper.counts.clone(),
        questions: paper.questions.clone(),
        requests: paper.requests.clone(),
        follow_ups: paper.follow_ups.iter().filter(|it| it.done_on.is_none()).cloned().collect(),
    };
    paper.interviews.iter().filter(|it| it.day == Some(Day(on))).map(entry).collect()
}
