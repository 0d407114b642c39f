//! The ids that a plan of one year may name, with the words that hover and completion show.

use std::collections::BTreeSet;

use crate::city::year::Year;
use crate::ids;
use crate::model::Text;

/// One id.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// As it is written.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it says, where that is more than its name.
    pub text: Option<String>,
}

/// The ids of a year.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// `令和７年度`
    pub year: String,
    /// Items and clauses, in the memo's order.
    pub leaves: Vec<Entry>,
    /// Years whose policy can be read, this one among them.
    pub years: Vec<String>,
    /// Their items and clauses, `2025:1-6`.
    pub dated_leaves: Vec<String>,
    /// Departments.
    pub departments: Vec<Entry>,
    /// What may stand before the colon of another department's goal.
    pub goal_owners: Vec<String>,
    /// Departments and `department/division`.
    pub units: Vec<Entry>,
    /// Divisions of all departments.
    pub divisions: Vec<Entry>,
    /// Registered plans.
    pub references: Vec<Entry>,
    /// Parts of all of them.
    pub nodes: Vec<Entry>,
    /// For each registered plan, the ids of its parts.
    pub nodes_of: Vec<Vec<String>>,
    /// Viewpoints.
    pub viewpoints: Vec<Entry>,
    /// Reporting periods.
    pub periods: Vec<Entry>,
    /// Ratings.
    pub ratings: Vec<Entry>,
}

impl Known {
    /// Gathers the ids of a year.
    pub(super) fn new(year: &Year<'_>) -> Known {
        let mut known = Known { year: year.year.ja(), ..Known::default() };
        known.policy(year);
        known.organization(year);
        known.references(year);
        let settings = year.settings();
        for viewpoint in &year.docs.policy.viewpoints {
            add(&mut known.viewpoints, &viewpoint.id.value, value(&viewpoint.label), None);
        }
        for period in &settings.periods {
            add(&mut known.periods, &period.id.value, value(&period.label), None);
        }
        for rating in &settings.ratings {
            add(&mut known.ratings, &rating.value, None, None);
        }
        known
    }

    fn policy(&mut self, year: &Year<'_>) {
        for item in year.items.iter().map(|item| item.item) {
            let (id, words) = (item.id.value, item.text.as_ref().map(Text::joined));
            if year.locate(id).is_some() {
                add(&mut self.leaves, &id.to_string(), Some(&item.title()), words);
            }
            for clause in item.clauses.iter().filter(|clause| year.locate(clause.id.value).is_some()) {
                let words = clause.quote.as_ref().map(Text::joined);
                add(&mut self.leaves, &clause.id.value.to_string(), Some(&item.title()), words);
            }
        }
        for (other, files) in &year.city.years {
            let file = files.policy.map(|id| year.city.file(id)).filter(|file| file.is_readable());
            let Some(policy) = file.and_then(|file| file.policy()) else { continue };
            self.years.push(other.to_string());
            let mut leaves = BTreeSet::new();
            for item in policy.items() {
                leaves.insert(item.id.value);
                let own = item.clauses.iter().filter(|clause| clause.id.value.item == item.id.value.item);
                leaves.extend(own.map(|clause| clause.id.value));
            }
            self.dated_leaves.extend(leaves.iter().map(|leaf| format!("{other}:{leaf}")));
        }
    }

    fn organization(&mut self, year: &Year<'_>) {
        for department in &year.docs.organization.departments {
            let (id, name) = (&department.id.value, value(&department.name));
            add(&mut self.departments, id, name, None);
            add(&mut self.units, id, name, None);
            let words = [Some(id.as_str()), name, value(&department.short)].into_iter().flatten();
            for word in words.filter(|word| ids::is_name(word) && year.names.department(word).found().is_some()) {
                if !self.goal_owners.iter().any(|other| other == word) {
                    self.goal_owners.push(word.to_owned());
                }
            }
        }
        for department in &year.docs.organization.departments {
            let owner = department.title();
            for division in &department.divisions {
                let (id, name) = (&division.id.value, value(&division.name).unwrap_or_default());
                add(&mut self.divisions, id, Some(name), Some(owner.to_owned()));
                let unit = format!("{}/{id}", department.id.value);
                add(&mut self.units, &unit, Some(&format!("{owner}{name}")), None);
            }
        }
    }

    fn references(&mut self, year: &Year<'_>) {
        for reference in &year.docs.references.references {
            if self.references.iter().any(|other| other.id == reference.id.value) {
                continue;
            }
            let title = value(&reference.title);
            add(&mut self.references, &reference.id.value, value(&reference.short).or(title), title.map(str::to_owned));
            let mut nodes = Vec::new();
            for node in &reference.nodes {
                add(&mut self.nodes, &node.id.value, value(&node.title), title.map(str::to_owned));
                if !nodes.contains(&node.id.value) {
                    nodes.push(node.id.value.clone());
                }
            }
            self.nodes_of.push(nodes);
        }
    }
}

/// Adds an id once. Of two with the same id in different places, the first one's words are shown.
fn add(entries: &mut Vec<Entry>, id: &str, title: Option<&str>, text: Option<String>) {
    if !entries.iter().any(|entry| entry.id == id) {
        entries.push(Entry { id: id.to_owned(), title: title.unwrap_or(id).to_owned(), text });
    }
}

fn value(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}
