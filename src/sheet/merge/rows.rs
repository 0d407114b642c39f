//! The rows of a sheet: which entry each is, and which field each of its cells is.

use std::collections::{BTreeMap, HashSet};

use crate::lang::Lang;
use crate::sheet::layout::{Column, Part};
use crate::sheet::read::{Cell, Sheet, name_of};
use crate::sheet::{HEAD_ROW, KEY_ROW, sheet_mark};
use crate::ui::harmless;

/// A cell that people find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The sheet's name.
    pub sheet: String,
    /// The row and column, from 0; none for the whole sheet.
    pub at: Option<(u32, u32)>,
}

impl Spot {
    /// `「目標」シートの C5`.
    pub fn words(&self, lang: Lang) -> String {
        let sheet = harmless(&self.sheet);
        match self.at {
            Some((row, column)) => {
                let cell = name_of(row, column);
                lang.pick(format!("「{sheet}」シートの {cell}"), format!("sheet {sheet}, cell {cell}"))
            }
            None => lang.pick(format!("「{sheet}」シート"), format!("sheet {sheet}")),
        }
    }
}

/// One entry of a sheet.
#[derive(Debug)]
pub(super) struct Row<'b> {
    /// The hidden word that tells which entry it is; none in a row that was added.
    pub(super) key: Option<&'b str>,
    /// Where it begins.
    pub(super) spot: Spot,
    /// Its cells by the hidden words of their columns.
    pub(super) cells: BTreeMap<&'b str, Got<'b>>,
}

/// A cell of an entry.
#[derive(Debug)]
pub(super) struct Got<'b> {
    pub(super) spot: Spot,
    pub(super) cell: Option<&'b Cell>,
    /// What is written beside it, in forms.
    pub(super) name: Option<&'b Cell>,
}

/// A sheet that belongs to a part of the plan.
pub(super) struct Filled<'b> {
    pub(super) rows: Vec<Row<'b>>,
    /// Cells that belong to no field.
    pub(super) stray: Vec<Spot>,
    /// Areas of cells made one where values stand.
    pub(super) merged: Vec<Spot>,
}

/// Cells beside the fields that are told of.
const STRAYS: usize = 20;

/// The sheet of a part, by its hidden mark: names may have been changed.
pub(super) fn sheet_of<'b>(sheets: &'b [Sheet], part: &Part) -> Option<&'b Sheet> {
    let mark = sheet_mark(part.form, &part.keys);
    sheets.iter().find(|sheet| sheet.word(KEY_ROW, 0) == Some(mark.as_str()))
}

/// Reads the rows of a sheet.
pub(super) fn filled<'b>(sheet: &'b Sheet, part: &Part) -> Filled<'b> {
    let mut filled = if part.form { form(sheet) } else { table(sheet, &part.columns) };
    let mut seen: HashSet<&str> = HashSet::new();
    for row in &mut filled.rows {
        // A row that was copied is a new one.
        match row.key {
            Some(key) if !seen.insert(key) => row.key = None,
            _ => {}
        }
    }
    let data = |area: &&((u32, u32), (u32, u32))| area.1.0 > HEAD_ROW && area.0 != area.1;
    let merged = sheet.merged.iter().filter(data);
    filled.merged = merged.map(|(from, _)| spot(sheet, from.0, from.1)).collect();
    filled
}

/// True where a cell lies in an area of cells made one.
pub(super) fn is_merged(sheet: &Sheet, spot: &Spot) -> bool {
    let Some((row, column)) = spot.at else { return false };
    let within =
        |low: (u32, u32), high: (u32, u32)| low.0 <= row && row <= high.0 && low.1 <= column && column <= high.1;
    sheet.merged.iter().any(|(from, to)| from != to && within(*from, *to))
}

/// What stands over a cell of a table, or beside a cell of a form.
pub(super) fn head_of(sheet: &Sheet, part: &Part, spot: &Spot) -> Option<String> {
    let (row, column) = spot.at?;
    let head = if part.form { (row, 2) } else { (HEAD_ROW, column) };
    sheet.word(head.0, head.1).map(|head| harmless(head.trim())).filter(|head| !head.is_empty())
}

fn spot(sheet: &Sheet, row: u32, column: u32) -> Spot {
    Spot { sheet: sheet.name.clone(), at: Some((row, column)) }
}

/// Rows of a table, below the heads.
fn table<'b>(sheet: &'b Sheet, known: &[Column]) -> Filled<'b> {
    let keys: BTreeMap<u32, &str> = sheet
        .cells
        .range((KEY_ROW, 1)..(KEY_ROW + 1, 0))
        .filter_map(|((_, column), cell)| match cell {
            Cell::Text(word) if word.starts_with('^') || known.iter().any(|column| column.key() == *word) => {
                Some((*column, word.as_str()))
            }
            _ => None,
        })
        .collect();
    let mut filled = Filled { rows: Vec::new(), stray: Vec::new(), merged: Vec::new() };
    let mut strays: Vec<u32> = Vec::new();
    let mut numbers: Vec<u32> = sheet.cells.range((HEAD_ROW + 1, 0)..).map(|((row, _), _)| *row).collect();
    numbers.dedup();
    for row in numbers {
        let written = || sheet.cells.range((row, 1)..(row + 1, 0));
        for ((_, column), _) in written().filter(|((_, column), _)| !keys.contains_key(column)) {
            if strays.len() < STRAYS && !strays.contains(column) {
                strays.push(*column);
                filled.stray.push(spot(sheet, row, *column));
            }
        }
        let cells = keys.iter().map(|(column, key)| {
            let got = Got { spot: spot(sheet, row, *column), cell: sheet.cells.get(&(row, *column)), name: None };
            (*key, got)
        });
        filled.rows.push(Row { key: sheet.word(row, 0), spot: spot(sheet, row, 1), cells: cells.collect() });
    }
    filled
}

/// Rows of a form, gathered by entry.
fn form(sheet: &Sheet) -> Filled<'_> {
    let mut filled = Filled { rows: Vec::new(), stray: Vec::new(), merged: Vec::new() };
    let mut numbers: Vec<u32> = sheet.cells.range((HEAD_ROW + 1, 0)..).map(|((row, _), _)| *row).collect();
    numbers.dedup();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for row in numbers {
        let value = sheet.cells.get(&(row, 3));
        let beside = sheet.cells.range((row, 5)..(row + 1, 0)).next();
        if let Some((at, _)) = beside.filter(|_| filled.stray.len() < STRAYS) {
            filled.stray.push(spot(sheet, at.0, at.1));
        }
        let (field, key) = (sheet.word(row, 1), sheet.word(row, 0).unwrap_or_default());
        let Some(field) = field else {
            if value.is_some() {
                filled.stray.push(spot(sheet, row, 3));
            }
            continue;
        };
        let index = *at.entry(key).or_insert_with(|| {
            let added = key.contains("/+");
            let spot = spot(sheet, row, 3);
            filled.rows.push(Row { key: Some(key).filter(|_| !added), spot, cells: BTreeMap::new() });
            filled.rows.len() - 1
        });
        let name = sheet.cells.get(&(row, 2));
        filled.rows[index].cells.insert(field, Got { spot: spot(sheet, row, 3), cell: value, name });
    }
    filled
}
