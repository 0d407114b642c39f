//! What a cell shows in place of an id or a word of the file, what is offered to choose from, and how
//! what people typed is understood. Matching folds widths and cases; what is kept is kept as typed.

mod typed;

use crate::city::year::{LeafLocation, Year};
use crate::ids::{self, Read};
use crate::lang::Lang;
use crate::shape::{Choice, Kind, Shape, Target};
use crate::sheet::data::Data;
use crate::sheet::layout::Column;

/// What can be chosen in a cell.
#[derive(Debug)]
pub struct Offer {
    /// For which cells.
    pub of: Wanted,
    /// The id or word in the file, what is shown, and what it belongs to.
    pub entries: Vec<Entry>,
}

/// One thing to choose.
#[derive(Debug)]
pub struct Entry {
    /// The id or word in the file.
    pub id: String,
    /// What is shown.
    pub label: String,
    /// The reference that a part of one belongs to.
    pub owner: Option<String>,
}

/// Which cells an offer is for.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// Words of a fixed list.
    Choice(&'static [Choice]),
    /// Yes or no.
    Bool,
    /// Items and clauses.
    Cite,
    /// Names.
    Name(Target),
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Wanted) -> bool {
        match (self, other) {
            (Wanted::Choice(a), Wanted::Choice(b)) => std::ptr::eq(a.as_ptr(), b.as_ptr()),
            (Wanted::Name(a), Wanted::Name(b)) => a == b,
            (Wanted::Bool, Wanted::Bool) | (Wanted::Cite, Wanted::Cite) => true,
            _ => false,
        }
    }
}

impl Wanted {
    /// What cells of a kind offer.
    pub fn of(kind: &Kind) -> Option<Wanted> {
        match kind {
            Kind::Choice(choices) => Some(Wanted::Choice(choices)),
            Kind::Bool => Some(Wanted::Bool),
            Kind::Cite | Kind::Subject => Some(Wanted::Cite),
            Kind::Ref(target) => Some(Wanted::Name(*target)),
            _ => None,
        }
    }
}

/// Everything that can be chosen in one plan.
pub struct Words<'a> {
    year: &'a Year<'a>,
    /// The plan's own department, by index into the organization.
    department: usize,
    lang: Lang,
    /// The offers made so far.
    pub offers: Vec<Offer>,
}

/// Characters of a title that a label shows.
const SHORT: usize = 24;
/// The same of a goal's title, which stands in every row that belongs to it.
const SHORTER: usize = 14;

impl<'a> Words<'a> {
    /// Gathers what can be chosen in the plan of a department.
    pub fn new(year: &'a Year<'a>, department: usize, plan: &Data, lang: Lang) -> Words<'a> {
        let mut words = Words { year, department, lang, offers: Vec::new() };
        let entry = |id: &str, label: String| Entry { id: id.to_owned(), label, owner: None };
        let bools = [("true", lang.pick("はい", "yes")), ("false", lang.pick("いいえ", "no"))];
        let bools = bools.map(|(id, label)| entry(id, label.to_owned()));
        words.offer(Wanted::Bool, bools.into_iter().collect());
        words.fixed(&crate::shape::PLAN);
        words.offer(Wanted::Cite, words.items());
        words.names();
        let goals = plan.at(&["goals"]).map_or(&[][..], Data::entries);
        let goals = goals.iter().filter_map(|goal| Some((goal.text_at(&["id"])?, goal)));
        let titled = |id: &str, title: Option<&str>| entry(id, titled(id, title.unwrap_or_default(), SHORTER));
        words.offer(
            Wanted::Name(Target::OwnGoal),
            goals.clone().map(|(id, goal)| titled(id, goal.text_at(&["title"]))).collect(),
        );
        let measures = goals.flat_map(|(_, goal)| goal.at(&["measures"]).map_or(&[][..], Data::entries));
        let mut measures: Vec<&str> = measures.filter_map(|measure| measure.text_at(&["name"])).collect();
        measures.dedup();
        let measures = measures.into_iter().map(|name| entry(name, name.to_owned())).collect();
        words.offer(Wanted::Name(Target::Measure), measures);
        words.others_goals();
        words
    }

    fn offer(&mut self, of: Wanted, entries: Vec<Entry>) {
        self.offers.push(Offer { of, entries });
    }

    /// The words of all fixed lists that a shape has.
    fn fixed(&mut self, shape: &'static Shape) {
        for field in shape.fields {
            match field.kind {
                Kind::One(inner) => self.fixed(inner),
                Kind::List(Kind::One(inner)) => self.fixed(inner),
                Kind::Choice(choices) if !self.offers.iter().any(|offer| offer.of == Wanted::Choice(choices)) => {
                    let lang = self.lang;
                    let entry = |choice: &Choice| Entry {
                        id: choice.id.to_owned(),
                        label: choice.name().get(lang).to_owned(),
                        owner: None,
                    };
                    self.offer(Wanted::Choice(choices), choices.iter().map(entry).collect());
                }
                _ => {}
            }
        }
    }

    /// What people know an entry by that others lie in: a goal's id and title, a period.
    pub fn parent(&self, shape: &Shape, entry: &Data, path: &[String]) -> String {
        let number = path.last().and_then(|step| step.parse::<usize>().ok()).unwrap_or(0) + 1;
        let nameless = || self.lang.pick(format!("（番号なし {number}）"), format!("(no id: {number})"));
        let Some(first) = shape.fields.first() else { return nameless() };
        let Some(word) = entry.text_at(&[first.key]) else { return nameless() };
        match first.kind {
            Kind::GoalId => titled(word, entry.text_at(&["title"]).unwrap_or_default(), SHORTER),
            kind => self.shown(&kind, word, None),
        }
    }

    /// The name of a field; of a viewpoint, the city's own.
    pub fn name_of(&self, column: &Column) -> String {
        let label = column.label.get(self.lang).to_owned();
        let Some(id) = column.path.last().filter(|_| column.path.first().is_some_and(|key| key == "viewpoints")) else {
            return label;
        };
        label.replace(id.as_str(), &self.shown(&Kind::Ref(Target::Viewpoint), id, None))
    }

    fn items(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let entry = |id: String, words: String| Entry { label: titled(&id, &words, SHORT), id, owner: None };
        for item in &self.year.items {
            entries.push(entry(item.item.id.value.to_string(), item.item.title()));
            for leaf in item.leaves.clone().filter(|leaf| self.year.leaves[*leaf].clause.is_some()) {
                entries.push(entry(self.year.leaves[leaf].id.to_string(), self.year.words(leaf)));
            }
        }
        entries
    }

    /// Departments, divisions, registered plans, viewpoints, periods, ratings.
    fn names(&mut self) {
        let names = &self.year.names;
        let plain = |entries: &[(String, String)]| {
            let entry = |(id, label): &(String, String)| Entry { id: id.clone(), label: label.clone(), owner: None };
            unique(entries.iter().map(entry).collect())
        };
        let departments = plain(names.departments.entries());
        let divisions = names.divisions.get(self.department).map(|table| plain(table.entries())).unwrap_or_default();
        let mut units = Vec::new();
        for (index, (id, name)) in names.departments.entries().iter().enumerate() {
            units.push(Entry { id: id.clone(), label: name.clone(), owner: None });
            for (division, title) in names.divisions[index].entries() {
                units.push(Entry { id: format!("{id}/{division}"), label: format!("{name}／{title}"), owner: None });
            }
        }
        let mut nodes = Vec::new();
        for (index, (reference, _)) in names.references.entries().iter().enumerate() {
            for (id, label) in names.nodes[index].entries() {
                nodes.push(Entry { id: id.clone(), label: label.clone(), owner: Some(reference.clone()) });
            }
        }
        let references = plain(names.references.entries());
        let viewpoints = plain(names.viewpoints.entries());
        let settings = self.year.settings();
        let period = |period: &crate::model::Period| Entry {
            id: period.id.value.clone(),
            label: period.label.as_ref().map_or(period.id.value.to_string(), |label| label.value.to_string()),
            owner: None,
        };
        let periods = unique(settings.periods.iter().map(period).collect());
        let rating = |rating: &crate::model::Text| Entry {
            id: rating.value.to_string(),
            label: rating.value.to_string(),
            owner: None,
        };
        let ratings = settings.ratings.iter().map(rating).collect();
        for (target, entries) in [
            (Target::Department, departments),
            (Target::OwnDivision, divisions),
            (Target::Unit, unique(units)),
            (Target::Reference, references),
            (Target::Node, nodes),
            (Target::Viewpoint, viewpoints),
            (Target::Period, periods),
            (Target::Rating, ratings),
        ] {
            self.offer(Wanted::Name(target), entries);
        }
    }

    /// Goals of other departments, and this department's goals of last year.
    fn others_goals(&mut self) {
        let mut others = Vec::new();
        for department in &self.year.departments {
            let Some(plan) = department.plan.filter(|_| department.index != self.department) else { continue };
            for goal in plan.goals.iter().filter(|goal| !goal.id().is_empty()) {
                let id = format!("{}:{}", department.id(), goal.id());
                let label = titled(&id, &format!("{} {}", department.name(), goal.name()), SHORT);
                others.push(Entry { id, label, owner: None });
            }
        }
        self.offer(Wanted::Name(Target::OthersGoal), others);
        let before = crate::date::FiscalYear(self.year.year.0.saturating_sub(1));
        let own = &self.year.docs.organization.departments[self.department].id.value;
        let file = self.year.city.years.get(&before).and_then(|files| files.plans.get(own));
        let plan = file.and_then(|file| self.year.city.file(*file).plan());
        let past = plan.into_iter().flat_map(|plan| &plan.goals).filter(|goal| !goal.id().is_empty());
        let past = past.map(|goal| {
            let id = format!("{before}:{}", goal.id());
            Entry { label: titled(&id, goal.name(), SHORT), id, owner: None }
        });
        let past = past.collect();
        self.offer(Wanted::Name(Target::PastGoal), past);
    }

    /// What is offered to choose from in cells of a kind.
    pub fn entries(&self, kind: &Kind) -> &[Entry] {
        let wanted = Wanted::of(kind);
        let offer = self.offers.iter().find(|offer| Some(offer.of) == wanted);
        offer.map_or(&[], |offer| offer.entries.as_slice())
    }

    /// What a cell shows for what stands in the file; `owner` is the reference named beside a part
    /// of one.
    pub fn shown(&self, kind: &Kind, text: &str, owner: Option<&str>) -> String {
        if let Kind::Choice(choices) = kind {
            let known = choices.iter().find(|choice| choice.id == text.trim());
            return known.map_or(text.to_owned(), |choice| choice.name().get(self.lang).to_owned());
        }
        let owned = |entry: &&Entry| entry.id == text && (entry.owner.is_none() || entry.owner.as_deref() == owner);
        self.entries(kind).iter().find(owned).map_or(text.to_owned(), |entry| entry.label.clone())
    }

    /// The memo's words of an item or clause.
    pub fn wording(&self, id: &str) -> Option<String> {
        let Read::Exact(cite) = ids::read_cite(id) else { return None };
        let (None, Some(location)) = (cite.year, self.year.locate(cite.leaf)) else { return None };
        Some(match location {
            LeafLocation::Item(item) => self.year.items[item].item.text.as_ref()?.joined(),
            LeafLocation::Clause(leaf) => {
                let item = self.year.item_of(leaf).item.text.as_ref()?.joined();
                format!("「{}」\n{item}", self.year.words(leaf))
            }
        })
    }
}

/// `1-6 ゼロカーボンシティの実現`, the title cut where it is long.
fn titled(id: &str, title: &str, most: usize) -> String {
    let title: String = title.lines().collect();
    let mut short: String = title.chars().take(most).collect();
    if title.chars().count() > most {
        short.push('…');
    }
    format!("{id} {short}").trim_end().to_owned()
}

/// Labels that two entries share get their ids.
fn unique(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut counts = std::collections::HashMap::new();
    for entry in &entries {
        *counts.entry(entry.label.clone()).or_insert(0_usize) += 1;
    }
    for entry in &mut entries {
        if counts.get(&entry.label).is_some_and(|count| *count > 1) {
            entry.label = format!("{}（{}）", entry.label, entry.id);
        }
    }
    entries
}
