//! `list`: what there is of one kind, as a table or as JSON.
//!
//! A kind is a function that gives rows, and one line in [`KINDS`].

mod organization;
mod plans;
mod policy;
mod rules;

use serde_json::{Map, Value, json};

use crate::city::year::Year;
use crate::coverage::Coverage;
use crate::lang::{Bi, Lang, bi};
use crate::links::Links;
use crate::place::Place;
use crate::report::escape;
use crate::report::grid::grid;
use crate::shape::Choice;

/// What lists are made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The year.
    pub year: &'a Year<'a>,
    /// Its links.
    pub links: &'a Links,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// Language.
    pub lang: Lang,
}

/// A kind of things.
pub struct Kind {
    /// Its word on the command line.
    pub id: &'static str,
    /// Its name for people, understood on the command line, too.
    pub name: Bi,
    /// True where each thing belongs to a department.
    pub of_departments: bool,
    rows: fn(&Source<'_>) -> Listing,
}

/// The kinds, in the order of the help.
pub static KINDS: &[Kind] = &[
    Kind { id: "items", name: bi("項目", "items"), of_departments: false, rows: policy::items },
    Kind { id: "clauses", name: bi("部分", "clauses"), of_departments: false, rows: policy::clauses },
    Kind { id: "departments", name: bi("部", "departments"), of_departments: true, rows: organization::departments },
    Kind { id: "divisions", name: bi("課", "divisions"), of_departments: true, rows: organization::divisions },
    Kind { id: "interviews", name: bi("面談", "interviews"), of_departments: true, rows: organization::interviews },
    Kind { id: "goals", name: bi("目標", "goals"), of_departments: true, rows: plans::goals },
    Kind { id: "measures", name: bi("指標", "measures"), of_departments: true, rows: plans::measures },
    Kind { id: "references", name: bi("上位計画", "references"), of_departments: false, rows: policy::references },
    Kind { id: "viewpoints", name: bi("視点", "viewpoints"), of_departments: false, rows: policy::viewpoints },
    Kind { id: "rules", name: bi("点検の決まり", "rules"), of_departments: false, rows: rules::rules },
];

/// The kind with a word.
pub fn kind(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == word || kind.name.ja == word)
}

/// A column: its key in JSON, and its head on the screen; one without a head is for JSON only.
struct Column {
    key: &'static str,
    head: Option<Bi>,
}

const fn column(key: &'static str, ja: &'static str, en: &'static str) -> Column {
    Column { key, head: Some(bi(ja, en)) }
}

const fn hidden(key: &'static str) -> Column {
    Column { key, head: None }
}

/// A cell: what a program reads, and what people read.
enum Cell {
    None,
    Text(String),
    Number(f64),
    Flag(bool),
    Many(Vec<String>),
    Code(&'static str, Bi),
}

impl Cell {
    fn text(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::None, |text| Cell::Text(text.into()))
    }

    fn count(count: usize) -> Cell {
        Cell::Number(count as f64)
    }

    fn choice(choices: &[Choice], id: &'static str) -> Cell {
        let known = choices.iter().find(|choice| choice.id == id);
        Cell::Code(id, known.map_or(bi("", ""), Choice::name))
    }

    fn value(self) -> Value {
        match self {
            Cell::None => Value::Null,
            Cell::Text(text) => text.into(),
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => (number as i64).into(),
            Cell::Number(number) => number.into(),
            Cell::Flag(flag) => flag.into(),
            Cell::Many(all) => all.into(),
            Cell::Code(id, _) => id.into(),
        }
    }

    fn shown(&self, lang: Lang) -> String {
        match self {
            Cell::None => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => crate::packet::number(*number),
            Cell::Flag(flag) => if *flag { lang.pick("有", "yes") } else { "" }.to_owned(),
            Cell::Many(all) => all.join(lang.pick("、", ", ")),
            Cell::Code(_, name) => name.get(lang).to_owned(),
        }
    }
}

/// The rows of a kind, each with the department it belongs to.
struct Listing {
    columns: Vec<Column>,
    rows: Vec<(Option<String>, Vec<Cell>)>,
}

impl Listing {
    fn of(columns: Vec<Column>) -> Listing {
        Listing { columns, rows: Vec::new() }
    }

    fn push(&mut self, department: Option<&str>, cells: Vec<Cell>) {
        self.rows.push((department.map(str::to_owned), cells));
    }
}

fn listing(source: &Source<'_>, kind: &Kind, department: Option<&str>) -> Listing {
    let mut listing = (kind.rows)(source);
    if let Some(department) = department {
        listing.rows.retain(|(owner, _)| owner.as_deref() == Some(department));
    }
    listing
}

/// The table for a terminal of `columns`; of one department where one is given.
pub fn text(source: &Source<'_>, kind: &Kind, department: Option<&str>, columns: usize) -> String {
    let listing = listing(source, kind, department);
    let lang = source.lang;
    // A column that says nothing of anything leaves its room to the others.
    let says =
        |at: usize| listing.rows.iter().any(|(_, row)| row.get(at).is_some_and(|cell| !cell.shown(lang).is_empty()));
    let wanted = |at: &usize| listing.columns[*at].head.is_some() && (listing.rows.is_empty() || says(*at));
    let shown: Vec<usize> = (0..listing.columns.len()).filter(wanted).collect();
    let heads = shown.iter().filter_map(|at| listing.columns[*at].head).map(|head| head.get(lang).to_owned());
    let mut rows: Vec<Vec<String>> = vec![heads.collect()];
    let cells = |cells: &[Cell]| shown.iter().filter_map(|at| cells.get(*at)).map(|cell| cell.shown(lang)).collect();
    rows.extend(listing.rows.iter().map(|(_, row)| cells(row)));
    let number = |at: &usize| {
        let mut column = listing.rows.iter().filter_map(|(_, row)| row.get(shown[*at]));
        column.clone().next().is_some() && column.all(|cell| matches!(cell, Cell::Number(_) | Cell::None))
    };
    let right: Vec<usize> = (0..shown.len()).filter(number).collect();
    let (ja, year, name, count) = (source.year.year.ja(), source.year.year, kind.name.get(lang), listing.rows.len());
    let mut text = lang.pick(format!("{ja}  {name} {count}件\n\n"), format!("Fiscal year {year}: {count} {name}\n\n"));
    for line in grid(&rows, &right, columns.clamp(60, 160)) {
        text.push_str(&format!("{line}\n"));
    }
    text
}

/// The same for programs: every key present, nothing cut.
pub fn json(source: &Source<'_>, kind: &Kind, department: Option<&str>) -> String {
    let listing = listing(source, kind, department);
    let keys: Vec<&'static str> = listing.columns.iter().map(|column| column.key).collect();
    let entries = listing.rows.into_iter().map(|(_, cells)| {
        let entry: Map<String, Value> =
            keys.iter().zip(cells).map(|(key, cell)| ((*key).to_owned(), cell.value())).collect();
        Value::Object(entry)
    });
    let report = json!({
        "schema_version": 1,
        "fiscal_year": source.year.year.0,
        "kind": kind.id,
        "entries": entries.collect::<Vec<_>>(),
    });
    escape::json(&report)
}

/// The two cells of a place: path and line.
fn place(source: &Source<'_>, place: Option<Place>) -> [Cell; 2] {
    match place {
        Some(place) => {
            let city = source.year.city;
            let line = city.position(place).line as usize;
            [Cell::Text(city.file(place.file).path.clone()), Cell::count(line)]
        }
        None => [Cell::None, Cell::None],
    }
}
