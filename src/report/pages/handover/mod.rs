//! The papers for a successor: page one is who, what is not reached, what is open, and the
//! checklist; then the goals and promises; then the days ahead, what changed and why.

mod after;
mod front;
mod goals;

use super::paper::Paper;
use super::{Document, Running};
use crate::handover::Handover;
use crate::lang::{Bi, Lang, bi};
use crate::say;

/// What to do when the handover is complete.
const NEXT: Bi = bi(
    "引継ぎが済んだら、後任者が kpolicy new で新しい計画を作ります。昨年度の目標は continues の欄で引き継がれます。",
    "When the handover is complete, the successor begins the new plan with kpolicy new; last year's goals are carried over under continues.",
);

/// Lays out the handover of one department.
pub fn handover(handover: &Handover, lang: Lang) -> Document {
    let page = Page { handover, paper: Paper { fiscal_year: handover.fiscal_year, lang } };
    let mut body = Vec::new();
    page.goals(&mut body);
    page.promises(&mut body);
    page.items(&mut body);
    page.dates(&mut body);
    page.past(&mut body);
    page.close(&mut body);
    Document { lang, title: page.title(), running: page.running(), front: page.front(), body, body_pages: Some(2) }
}

struct Page<'p> {
    handover: &'p Handover,
    paper: Paper,
}

impl std::ops::Deref for Page<'_> {
    type Target = Paper;

    fn deref(&self) -> &Paper {
        &self.paper
    }
}

impl Page<'_> {
    fn title(&self) -> String {
        let (department, year) = (&self.handover.department.name, self.year());
        say!("{department}　{year} 引継書", "{department}: {year}, handover").get(self.lang).to_owned()
    }

    fn running(&self) -> Running {
        let mut right = vec![self.t(bi("取扱注意", "Handle with care"))];
        if self.handover.plan.example {
            right.push(self.t(bi("記入例（架空）", "Example (fictitious)")));
        }
        let foot = self.version(&self.handover.provenance);
        Running { left: self.title(), right: right.join(self.lang.pick("　", " / ")), foot }
    }

    /// Words, with a day in brackets where there is one.
    fn until(&self, what: &str, by: Option<crate::packet::Day>, overdue: bool) -> String {
        let Some(by) = by else { return what.to_owned() };
        let (day, late) = (self.day(by), if overdue { self.lang.pick("、過ぎています", ", overdue") } else { "" });
        say!("{what}（期限 {day}{late}）", "{what} (by {day}{late})").get(self.lang).to_owned()
    }
}
