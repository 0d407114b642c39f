//! `show`: an item, a department or a goal, with all that is known of it.

mod department;
mod goal;
mod item;

pub use department::department;
pub use goal::goal;
pub use item::item;

use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::lang::{Bi, Lang};
use crate::links::Links;
use crate::packet::{Brief, Inputs, Location, brief};
use crate::report::wrap::{pad, width, wrap};
use crate::ui::harmless;

/// What is shown from, and how.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its links.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// Language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

/// Columns of the name of a field.
const NAMES: usize = 14;

impl<'a> View<'a> {
    fn t(&self, words: Bi) -> &'static str {
        words.get(self.lang)
    }

    fn comma(&self) -> &'static str {
        self.lang.pick("、", ", ")
    }

    fn inputs(&self, department: usize) -> Inputs<'a> {
        let View { year, links, coverage, .. } = *self;
        Inputs { year, links, coverage, department, findings: &[] }
    }

    fn brief(&self, department: usize) -> Brief {
        brief(self.inputs(department), self.lang)
    }

    /// `令和７年度`, `fiscal year 2025`.
    fn year_words(&self) -> String {
        let year = self.year.year;
        self.lang.pick(year.ja(), format!("fiscal year {year}"))
    }

    /// A field with its words beside it, wrapped; nothing where there are no words.
    fn field(&self, text: &mut String, name: &str, words: &str) {
        let words = harmless(words);
        if words.trim().is_empty() {
            return;
        }
        let names = NAMES.max(width(name) + 1);
        let mut head = harmless(name);
        for line in wrap(&words, self.columns.saturating_sub(names + 2).max(20)) {
            text.push_str(format!("  {}{line}", pad(&head, names)).trim_end());
            text.push('\n');
            head.clear();
        }
    }

    /// Words below a heading; lines after the first stand at `hang`.
    fn para(&self, text: &mut String, indent: usize, hang: usize, words: &str) {
        let mut at = indent;
        for line in wrap(&harmless(words), self.columns - indent.max(hang)) {
            text.push_str(format!("{}{line}", " ".repeat(at)).trim_end());
            text.push('\n');
            at = hang;
        }
    }

    /// An entry of a list.
    fn entry(&self, text: &mut String, words: &str) {
        self.para(text, 2, 6, words);
    }

    /// What an entry says besides, below it.
    fn below(&self, text: &mut String, words: &str) {
        self.para(text, 6, 6, words);
    }

    /// A heading over a list.
    fn heading(&self, text: &mut String, name: &str) {
        text.push_str(&format!("\n{name}\n"));
    }

    fn unit_named(&self, name: &str) -> String {
        let found = self.year.names.unit(name).found();
        found.map_or_else(|| name.to_owned(), |unit| self.year.names.unit_title(unit))
    }
}

/// `（somu.yaml:18）`
fn at(place: &Option<Location>) -> String {
    let Some(place) = place else { return String::new() };
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    format!("{name}:{}", place.line)
}
