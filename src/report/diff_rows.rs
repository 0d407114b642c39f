//! The rows of a change, as every format for people shows them: a heading and what became of it.

use crate::date::Date;
use crate::diff::{CellChange, DepartmentDiff, Fate, FieldChange, FileDiff, Step, What};
use crate::ids::LeafId;
use crate::lang::Lang;
use crate::shape::Kind;
use crate::wording::{Piece, pieces};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub label: String,
    /// What became of it.
    pub told: Told,
}

/// What became of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Words alone.
    Words(String),
    /// Several things, one a line.
    List(Vec<String>),
    /// A short value that became another.
    Turned(String, String),
    /// A longer text, with what changed in it.
    Marked(Vec<Piece>),
}

/// Longer texts are shown with marks instead of twice.
const LONG: usize = 24;
/// More fields of one file than these are only named.
const MOST: usize = 60;

/// The rows of a department.
pub fn of_department(department: &DepartmentDiff, arrow: &str, lang: Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(fate(department.plan, lang));
    rows.extend(cells(department, arrow, lang));
    // What was lost just now has been said.
    let said = |leaf: &LeafId| department.cells.iter().any(|cell| cell.lost && cell.leaf == *leaf);
    let open = department.open.iter().filter(|(leaf, _)| !said(leaf)).map(|(leaf, title)| format!("{leaf} {title}"));
    rows.extend(list(lang.pick("まだ応えていない項目", "still open"), open.collect()));
    // A plan that came is told by its goals; all else in it is new anyway.
    let whole = |change: &&FieldChange| department.plan != Fate::Added || change.goal().is_some();
    rows.extend(fields(department.changes.iter().filter(whole), lang));
    rows
}

/// The rows of fields that differ; of very many, the rest is named in one row.
pub fn fields<'c>(changes: impl Iterator<Item = &'c FieldChange>, lang: Lang) -> Vec<Row> {
    let changes: Vec<&FieldChange> = changes.collect();
    let mut rows: Vec<Row> = changes.iter().take(MOST).map(|change| field(change, lang)).collect();
    let rest = changes.get(MOST..).unwrap_or_default();
    if !rest.is_empty() {
        let mut names: Vec<&str> = rest.iter().filter_map(|change| change.names().first().copied()).collect();
        names.dedup();
        let (names, count) = (names.join(lang.pick("、", ", ")), rest.len());
        let text = lang.pick(format!("{names}（{count}か所）"), format!("{names} ({count} places)"));
        rows.push(words(lang.pick("そのほかの欄", "other fields"), text));
    }
    rows
}

/// What became of a file as a whole.
pub fn fate(fate: Fate, lang: Lang) -> Option<Row> {
    let told = match fate {
        Fate::Added => lang.pick("新しい計画です", "a new plan"),
        Fate::Removed => lang.pick("計画がなくなりました", "the plan is gone"),
        Fate::Unreadable => lang.pick(
            "計画を読めないため、欄ごとの変更は示せません（kpolicy check で直し方が分かります）",
            "the plan cannot be read, so its fields cannot be compared (kpolicy check tells how to mend it)",
        ),
        Fate::Changed | Fate::Same => return None,
    };
    Some(words(lang.pick("計画", "plan"), told.to_owned()))
}

/// The same for a file that is no plan.
pub fn of_file(file: &FileDiff, lang: Lang) -> Option<Row> {
    let told = match file.fate {
        Fate::Added => lang.pick("新しいファイルです", "a new file"),
        Fate::Removed => lang.pick("ファイルがなくなりました", "the file is gone"),
        Fate::Unreadable => lang.pick(
            "読めないため、欄ごとの変更は示せません（kpolicy check で直し方が分かります）",
            "it cannot be read, so its fields cannot be compared (kpolicy check tells how to mend it)",
        ),
        Fate::Changed | Fate::Same => return None,
    };
    Some(words(lang.pick("ファイル", "file"), told.to_owned()))
}

fn cells(department: &DepartmentDiff, arrow: &str, lang: Lang) -> Vec<Row> {
    use crate::coverage::CellState::Answered;
    let (mut lost, mut new, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for cell in &department.cells {
        let title = format!("{} {}", cell.leaf, cell.title);
        if cell.lost {
            lost.push(format!("{title}（{}）", turned(cell, arrow, lang)));
        } else if cell.after == Some(Answered) {
            new.push(title);
        } else {
            other.push(format!("{title}（{}）", turned(cell, arrow, lang)));
        }
    }
    [
        list(lang.pick("記載が失われた項目", "answers lost"), lost),
        list(lang.pick("新たに応えた項目", "newly answered"), new),
        list(lang.pick("記載状況の変わった項目", "other states"), other),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn list(label: &str, entries: Vec<String>) -> Option<Row> {
    (!entries.is_empty()).then(|| Row { label: label.to_owned(), told: Told::List(entries) })
}

/// `記載あり -> 未記載`; on a terminal the arrow is of ASCII.
pub fn turned(cell: &CellChange, arrow: &str, lang: Lang) -> String {
    let name = |state: Option<crate::coverage::CellState>| {
        state.map_or(lang.pick("なし", "none"), |state| state.name().get(lang))
    };
    format!("{} {arrow} {}", name(cell.before), name(cell.after))
}

fn field(change: &FieldChange, lang: Lang) -> Row {
    if let Some(row) = goal(change, lang) {
        return row;
    }
    let label = label(change, lang);
    let told = match change.what {
        What::Value => value(change, lang),
        What::Members => Told::Words(members(change, lang)),
        What::Added => Told::Words(lang.pick("追加", "added ").to_owned() + &quoted(&change.after, lang)),
        What::Dropped => Told::Words(lang.pick("削除", "dropped ").to_owned() + &quoted(&change.before, lang)),
    };
    Row { label, told }
}

/// A goal that came, went, or got another number.
fn goal(change: &FieldChange, lang: Lang) -> Option<Row> {
    let id = change.goal()?;
    let title = change.title.clone().unwrap_or_default();
    let label = lang.pick(format!("目標 {id}"), format!("goal {id}"));
    let told = match (change.path.len(), change.what) {
        (1, What::Added) => lang.pick(format!("追加「{title}」"), format!("added \"{title}\"")),
        (1, What::Dropped) => {
            // What it promised goes with it.
            let rest: Vec<String> =
                change.before.iter().filter(|text| *text != id && **text != title).cloned().collect();
            let rest = quoted(&rest, lang);
            lang.pick(format!("削除「{title}」 内容は{rest}"), format!("dropped \"{title}\", which said {rest}"))
        }
        (2, What::Value) if change.path[1].name == "id" => {
            let (old, new) = (change.before.concat(), change.after.concat());
            lang.pick(
                format!("番号を {old} から {new} に変更「{title}」"),
                format!("renumbered from {old} to {new}, \"{title}\""),
            )
        }
        _ => return None,
    };
    Some(words(&label, told))
}

fn value(change: &FieldChange, lang: Lang) -> Told {
    let side = |texts: &[String]| texts.iter().map(|text| shown(text, change, lang)).collect::<Vec<_>>().join(" ");
    let (old, new) = (side(&change.before), side(&change.after));
    match (old.is_empty(), new.is_empty()) {
        (true, _) => Told::Words(lang.pick(format!("追加「{new}」"), format!("added \"{new}\""))),
        (_, true) => Told::Words(lang.pick(format!("削除「{old}」"), format!("dropped \"{old}\""))),
        _ if old.chars().count().max(new.chars().count()) > LONG => Told::Marked(pieces(&old, &new)),
        _ => Told::Turned(old, new),
    }
}

/// A value as people read it: with its unit, a day in words, a choice by its name.
fn shown(text: &str, change: &FieldChange, lang: Lang) -> String {
    let kind = change.path.last().and_then(|step| step.field).map(|field| field.kind);
    match kind {
        Some(Kind::Date) if lang == Lang::Ja => Date::parse_iso(text).map_or_else(|| text.to_owned(), Date::long_ja),
        Some(Kind::Choice(choices)) => {
            let choice = choices.iter().find(|choice| choice.id == text);
            choice.map_or_else(|| text.to_owned(), |choice| choice.name().get(lang).to_owned())
        }
        _ => match &change.unit {
            Some(unit) => lang.pick(format!("{text}{unit}"), format!("{text} {unit}")),
            None => text.to_owned(),
        },
    }
}

fn members(change: &FieldChange, lang: Lang) -> String {
    let join = |list: &[String]| list.join(lang.pick("、", ", "));
    let mut parts = Vec::new();
    if !change.after.is_empty() {
        parts.push(lang.pick("追加 ", "added ").to_owned() + &join(&change.after));
    }
    if !change.before.is_empty() {
        parts.push(lang.pick("削除 ", "dropped ").to_owned() + &join(&change.before));
    }
    parts.join(lang.pick("　", "; "))
}

/// The texts of an entry, the beginning of long ones.
fn quoted(texts: &[String], lang: Lang) -> String {
    const WIDE: usize = 120;
    let joined = texts.join(" / ");
    let mut cut: String = joined.chars().take(WIDE).collect();
    if cut.len() < joined.len() {
        cut.push_str("...");
    }
    lang.pick(format!("「{cut}」"), format!("\"{cut}\""))
}

/// `目標 G2「待ち時間」の目標値`
fn label(change: &FieldChange, lang: Lang) -> String {
    if lang == Lang::En {
        return change.path_text();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut steps = change.path.as_slice();
    if let (Some(goal), [_, rest @ ..]) = (change.goal(), steps) {
        parts.push(format!("目標 {goal} "));
        steps = rest;
    }
    let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    if let ["measures", point @ ("baseline" | "target"), leaf] = names.as_slice() {
        let measure = steps[0].entry.as_deref().unwrap_or_default();
        let (point, leaf) = match (*point, *leaf) {
            ("baseline", "value") => ("現状値", ""),
            ("baseline", "at") => ("現状値", "の時点"),
            ("baseline", _) => ("現状", ""),
            ("target", "value") => ("目標値", ""),
            ("target", "by") => ("目標値", "の期限"),
            _ => ("目標とする状態", ""),
        };
        return format!("{}「{}」の{point}{leaf}", parts.concat().trim_end(), short(measure));
    }
    // The heading over the two days says nothing that they do not.
    parts.extend(steps.iter().filter(|step| step.name != "dates").map(step));
    parts.join("の")
}

fn step(step: &Step) -> String {
    let name = step.field.map_or(step.name.as_str(), |field| field.label);
    match &step.entry {
        Some(entry) => format!("{name}「{}」", short(entry)),
        None => name.to_owned(),
    }
}

fn short(text: &str) -> String {
    const MOST: usize = 16;
    let cut: String = text.chars().take(MOST).collect();
    if cut.len() < text.len() { format!("{cut}..") } else { cut }
}

fn words(label: &str, text: String) -> Row {
    Row { label: label.to_owned(), told: Told::Words(text) }
}
