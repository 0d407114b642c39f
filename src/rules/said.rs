//! What departments say in their own words, made ready once for the rules that compare it with the
//! policy (K209) and with what others say (K210).

use crate::city::year::Year;
use crate::cores;
use crate::coverage::with_plan;
use crate::lang::{Bi, bi};
use crate::links::{PlanLinks, Target};
use crate::model::{Plan, Text};
use crate::place::Place;
use crate::rules::Judged;
use crate::rules::shingles::{self, Letter, Wording};

/// Most cited items that a text is compared with; so many at once are K213.
const COMPARED: usize = 32;

/// Fewer departments are read before another thread has begun.
const MANY: usize = 100;

pub(super) const RESPONSE: Bi = bi("部の方針", "response");
pub(super) const OUTCOME: Bi = bi("成果", "outcome");
pub(super) const VIEWPOINT: Bi = bi("視点", "viewpoint");
pub(super) const REASON: Bi = bi("非該当の理由", "reason for declining");

/// A text in a department's own words, long enough to tell a copy from a coincidence.
pub(super) struct Said<'a> {
    /// Which department of the year says it.
    pub department: usize,
    pub place: Place,
    /// In which field.
    pub what: &'static Bi,
    pub text: &'a Text,
    /// The item whose wording an answer or outcome copies, of those it cites.
    pub copied: Option<usize>,
    /// Its letters; of a text that copies none, without the wording that it quotes.
    pub letters: Box<[Letter]>,
}

impl<'a> Judged<'a> {
    /// Everything said, plan by plan.
    pub(super) fn said(&self) -> &[Said<'a>] {
        self.said.get_or_init(|| gather(self))
    }
}

fn gather<'a>(judged: &Judged<'a>) -> Vec<Said<'a>> {
    let asked = asked(judged.year);
    let plans: Vec<(usize, &'a Plan)> =
        with_plan(judged.year).map(|(department, _, plan)| (department, plan)).collect();
    let of = |at: usize| {
        let (department, plan) = plans[at];
        let links = &judged.links.plans[department];
        Reader { year: judged.year, asked: &asked, department, out: Vec::new() }.plan(plan, links)
    };
    let said = if plans.len() < MANY { (0..plans.len()).map(of).collect() } else { cores::each(plans.len(), of) };
    let mut all = Vec::with_capacity(said.iter().map(Vec::len).sum());
    all.extend(said.into_iter().flatten());
    all
}

/// The wording of every item.
fn asked(year: &Year<'_>) -> Vec<Wording> {
    let texts = year.items.iter().map(|item| item.item.text.as_ref());
    texts.map(|text| Wording::new(text.map_or("", |text| text.value.as_str()))).collect()
}

/// Reads one plan.
struct Reader<'y, 'a> {
    year: &'y Year<'a>,
    asked: &'y [Wording],
    department: usize,
    out: Vec<Said<'a>>,
}

impl<'a> Reader<'_, 'a> {
    fn plan(mut self, plan: &'a Plan, links: &PlanLinks) -> Vec<Said<'a>> {
        for (response, cites) in plan.responses.iter().zip(&links.responses) {
            self.add(&RESPONSE, response.text.as_ref(), cites, true);
        }
        for (goal, links) in plan.goals.iter().zip(&links.goals) {
            self.add(&OUTCOME, goal.outcome.as_ref(), &links.cites, true);
            for (_, words) in &goal.viewpoints {
                self.add(&VIEWPOINT, words.as_ref(), &links.cites, false);
            }
        }
        for (decline, links) in plan.not_applicable.iter().zip(&links.declines) {
            self.add(&REASON, decline.reason.as_ref(), &links.items, false);
        }
        self.out
    }

    fn add(&mut self, what: &'static Bi, text: Option<&'a Text>, cites: &[Target], copies_count: bool) {
        let Some(text) = text.filter(|text| text.says().is_some()) else { return };
        let letters = shingles::letters(&text.value);
        if letters.len() < shingles::SHORTEST {
            return;
        }
        let cited = self.cited(cites);
        let is_copied = |item: &&usize| shingles::is_copied(&letters, &self.asked[**item].runs);
        let copied = cited.iter().find(is_copied).copied().filter(|_| copies_count);
        let letters = match copied {
            Some(_) => letters,
            None => shingles::without(letters, cited.iter().map(|item| &self.asked[*item])),
        };
        let place = self.year.departments[self.department].at(text.span);
        if let Some(place) = place.filter(|_| letters.len() >= shingles::SHORTEST) {
            self.out.push(Said { department: self.department, place, what, text, copied, letters: letters.into() });
        }
    }

    /// The items that a text cites.
    fn cited(&self, cites: &[Target]) -> Vec<usize> {
        let mut items: Vec<usize> = cites.iter().map(|target| target.item(self.year)).collect();
        items.sort_unstable();
        items.dedup();
        items.truncate(COMPARED);
        items
    }
}
