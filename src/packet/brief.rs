//! The parts of a packet that a screen shows by themselves (`status`, `show`).

use crate::lang::Lang;
use crate::packet::build::Inputs;
use crate::packet::refs::Ctx;
use crate::packet::{Gap, GoalFacts, InterviewFacts, PartnerCheck, Standing, front, goals, items, partners};

/// What a screen tells of one department.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Its own slot first, then those of its divisions.
    pub interviews: Vec<InterviewFacts>,
    /// What it must answer and does not, or only in part.
    pub gaps: Vec<Gap>,
    /// Its goals in full.
    pub goals: Vec<GoalFacts>,
    /// 庁内連携 from both sides.
    pub partners: Vec<PartnerCheck>,
}

/// The brief of a department.
pub fn brief(inputs: Inputs<'_>, lang: Lang) -> Brief {
    let ctx = ctx(inputs, lang);
    Brief {
        interviews: front::interviews(&ctx),
        gaps: items::gaps(&ctx),
        goals: goals::goals(&ctx),
        partners: partners::partners(&ctx),
    }
}

/// Standing instructions of the memo, with whom to turn to; the same for every department.
pub fn standing(inputs: Inputs<'_>, lang: Lang) -> Vec<Standing> {
    items::standing(&ctx(inputs, lang))
}

fn ctx(inputs: Inputs<'_>, lang: Lang) -> Ctx<'_> {
    let Inputs { year, links, coverage, department, .. } = inputs;
    Ctx { year, links, coverage, index: department, lang }
}
