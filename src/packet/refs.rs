//! How things are named in a packet, and where they stand.

use crate::city::names::Unit;
use crate::city::year::{Department, LeafLocation, Year};
use crate::coverage::{Cell, Coverage};
use crate::date::{Date, FiscalYear};
use crate::ids::{Cite, GoalRef, LeafId};
use crate::lang::{Lang, Say};
use crate::links::{Links, PlanLinks};
use crate::model::{Goal, Plan, Point, Subject, Text, Val};
use crate::packet::{ItemRef, Location};
use crate::place::Span;
use crate::rules::words::{clause_ja, run_together};

/// What every part of a packet is built from.
#[derive(Clone, Copy)]
pub(crate) struct Ctx<'a> {
    pub(crate) year: &'a Year<'a>,
    pub(crate) links: &'a Links,
    pub(crate) coverage: &'a Coverage,
    /// Index into the year's departments.
    pub(crate) index: usize,
    pub(crate) lang: Lang,
}

impl<'a> Ctx<'a> {
    pub(crate) fn dept(&self) -> &'a Department<'a> {
        &self.year.departments[self.index]
    }

    pub(crate) fn plan(&self) -> Option<&'a Plan> {
        self.dept().plan
    }

    pub(crate) fn plan_links(&self) -> &'a PlanLinks {
        &self.links.plans[self.index]
    }

    pub(crate) fn cell(&self, leaf: usize) -> &'a Cell {
        &self.coverage.leaves[leaf].cells[self.index]
    }

    pub(crate) fn say(&self, say: Say) -> String {
        say.get(self.lang).to_owned()
    }

    /// Where something stands in the plan.
    pub(crate) fn location(&self, span: Span) -> Option<Location> {
        let place = self.dept().at(span)?;
        let path = self.year.city.file(place.file).path.clone();
        Some(Location { path, line: self.year.city.position(place).line })
    }

    /// `３(6)`, `３(6)ア`; `第３の６`; `前文の２` where the memo prints no mark. In English the id.
    pub(crate) fn item_ref(&self, item: usize, clause: Option<u8>) -> ItemRef {
        let entry = &self.year.items[item];
        let id = LeafId { item: entry.item.id.value.item, clause };
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let section = text(&entry.section.mark).or_else(|| text(&entry.section.heading)).unwrap_or_default();
        let mut printed = match &entry.item.mark {
            Some(mark) if run_together(&section, &mark.value) => format!("{section}の{}", mark.value),
            Some(mark) => format!("{section}{}", mark.value),
            None => format!("{section}の{}", crate::date::city_digits(u32::from(id.item.number))),
        };
        printed.extend(clause.map(clause_ja));
        ItemRef { id: id.to_string(), printed: self.lang.pick(printed, id.to_string()) }
    }

    pub(crate) fn leaf_ref(&self, leaf: usize) -> ItemRef {
        let leaf = &self.year.leaves[leaf];
        self.item_ref(leaf.item, leaf.id.clause)
    }

    /// A citation as the plan writes it; one that means nothing keeps its id.
    pub(crate) fn cite_ref(&self, cite: &Cite) -> ItemRef {
        let own = cite.year.is_none_or(|year| year == self.year.year);
        match self.year.locate(cite.leaf).filter(|_| own) {
            Some(LeafLocation::Item(item)) => self.item_ref(item, None),
            Some(LeafLocation::Clause(leaf)) => self.leaf_ref(leaf),
            None => ItemRef { id: cite.to_string(), printed: self.year_prefixed(cite.year, &cite.leaf.to_string()) },
        }
    }

    pub(crate) fn cite_refs(&self, cites: &[Val<Cite>]) -> Vec<ItemRef> {
        cites.iter().map(|cite| self.cite_ref(&cite.value)).collect()
    }

    fn year_prefixed(&self, year: Option<FiscalYear>, words: &str) -> String {
        match year.filter(|year| *year != self.year.year) {
            Some(year) => format!("{} {words}", self.lang.pick(year.ja(), format!("FY{year}"))),
            None => words.to_owned(),
        }
    }

    /// A goal of another year or department, with its title where that plan is in the folder.
    pub(crate) fn goal_ref(&self, goal: &GoalRef) -> String {
        let owner = goal.department.as_deref().unwrap_or_else(|| self.dept().id());
        let plan = self.plan_of(goal.year.unwrap_or(self.year.year), owner);
        let title = plan.and_then(|plan| plan.goals.iter().find(|other| goal.goal == other.id())).map(Goal::name);
        let foreign = goal.department.as_ref().map(|id| match self.year.names.department(id).found() {
            Some(index) => self.year.names.departments.entries()[index].1.clone(),
            None => id.to_string(),
        });
        let mut words = self.year_prefixed(goal.year, &goal.goal);
        if let Some(foreign) = foreign {
            words = format!("{foreign} {words}");
        }
        match title.filter(|title| !title.is_empty()) {
            Some(title) => format!("{words} {title}"),
            None => words,
        }
    }

    /// A department's plan of any year in the folder.
    pub(crate) fn plan_of(&self, year: FiscalYear, department: &str) -> Option<&'a Plan> {
        let file = self.year.city.years.get(&year)?.plans.get(department)?;
        Some(self.year.city.file(*file)).filter(|file| file.is_readable())?.plan()
    }

    pub(crate) fn subject(&self, subject: &Subject) -> String {
        match subject {
            Subject::Cite(cite) => self.cite_ref(cite).printed,
            Subject::Goal(goal) => self.goal_ref(goal),
        }
    }

    pub(crate) fn goal_refs(&self, goals: &[Val<GoalRef>]) -> Vec<String> {
        goals.iter().map(|goal| self.goal_ref(&goal.value)).collect()
    }

    /// A unit by its name: of our own department only the division.
    pub(crate) fn unit(&self, unit: Unit) -> String {
        self.year.names.unit_title(unit)
    }

    /// A name as written, turned into what it names where that can be told.
    pub(crate) fn unit_named(&self, text: &str) -> String {
        self.year.names.unit(text).found().map_or_else(|| text.to_owned(), |unit| self.unit(unit))
    }

    /// A division of our own.
    pub(crate) fn division_named(&self, text: &str) -> String {
        let index = self.year.names.division(self.dept().index, text).found();
        let name = index.map(|index| self.year.names.divisions[self.dept().index].entries()[index].1.clone());
        name.unwrap_or_else(|| text.to_owned())
    }

    /// A day of the fiscal year without its year: `６月13日`.
    pub(crate) fn day(&self, date: Date) -> String {
        day_words(self.year.year, date, self.lang)
    }
}

/// A day in words: without its year inside the fiscal year, with it outside.
pub(crate) fn day_words(year: FiscalYear, date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => date.to_string(),
        Lang::Ja => year.day_ja(date),
    }
}

/// What a text says, as print does: lines joined, but for lists and blank lines.
pub(crate) fn prose(text: &str) -> String {
    const MARKS: [char; 12] = ['・', '-', '*', '●', '○', '■', '□', '◆', '◇', '※', '→', '①'];
    let mut out = String::new();
    let mut broken = true;
    for line in text.lines().map(str::trim_end) {
        let listed = line.trim_start().starts_with(MARKS) || line.trim().is_empty();
        if !out.is_empty() && (listed || broken) {
            out.push('\n');
        }
        out.push_str(line);
        broken = listed;
    }
    out.trim().to_owned()
}

pub(crate) fn words(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| prose(&text.value)).filter(|text| !text.is_empty())
}

/// A quotation that fits on page one: cut at a sentence's end if there is one, else with `…`.
pub(crate) fn short(text: &str, most: usize) -> String {
    let text: String = text.lines().collect();
    let text = text.trim().trim_end_matches('。');
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    match head.rfind('。') {
        Some(end) if head[..end].chars().count() * 2 >= most => head[..end].to_owned(),
        _ => format!("{head}…"),
    }
}

/// What a memo's text asks for: its last sentence that ends in こと, from the back where it is long.
pub(crate) fn directive(text: &str, most: usize) -> String {
    let mut sentences = text.split('。').map(str::trim).filter(|sentence| !sentence.is_empty());
    let asks = sentences.clone().rfind(|sentence| sentence.ends_with("こと"));
    let Some(sentence) = asks.or_else(|| sentences.next()) else { return String::new() };
    if sentence.chars().count() <= most {
        return sentence.to_owned();
    }
    let fits = |(at, _): &(usize, &str)| sentence[*at..].chars().count() <= most;
    match sentence.match_indices('、').find(fits) {
        Some((at, comma)) => format!("…{}", &sentence[at + comma.len()..]),
        None => short(sentence, most),
    }
}

/// A number with commas: `48,000`, `12.5`.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value}");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// A baseline or target in words: number with unit, or the state.
pub(crate) fn amount(point: Option<&Point>, unit: Option<&Text>) -> Option<String> {
    let point = point?;
    value_words(point.value.as_ref(), point.state.as_ref(), unit)
}

pub(crate) fn value_words(value: Option<&Val<f64>>, state: Option<&Text>, unit: Option<&Text>) -> Option<String> {
    let unit = unit.map_or("", |unit| unit.value.as_str());
    let value = value.map(|value| format!("{}{unit}", number(value.value)));
    let state = state.map(|state| prose(&state.value)).filter(|state| !state.is_empty());
    match (value, state) {
        (Some(value), Some(state)) => Some(format!("{value}（{state}）")),
        (value, state) => value.or(state),
    }
}

/// `G1、G3`, `G1, G3`.
pub(crate) fn listed(words: &[String], lang: Lang) -> String {
    words.join(lang.pick("、", ", "))
}
