//! `kpolicy diff --format json`: everything, never cut, all keys always present.

use serde::Serialize;

use crate::coverage::Summary;
use crate::diff::{CellChange, DepartmentDiff, Diff, Fate, FieldChange, FileDiff, Note, What, YearDiff};
use crate::lang::Lang;
use crate::report::escape;

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    base: &'a str,
    head: Option<&'a str>,
    years: Vec<Year<'a>>,
    files: Vec<File<'a>>,
    findings: Findings<'a>,
    regressions: Vec<Regression<'a>>,
}

#[derive(Serialize)]
struct Year<'a> {
    fiscal_year: u16,
    before: Option<Counts>,
    after: Option<Counts>,
    departments: Vec<Department<'a>>,
    wording: Vec<Wording<'a>>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Counts {
    required: usize,
    answered: usize,
    partial: usize,
    missing: usize,
    declined: usize,
    unreadable: usize,
    percent: f64,
}

#[derive(Serialize)]
struct Department<'a> {
    id: &'a str,
    name: &'a str,
    plan: &'static str,
    before: Option<Counts>,
    after: Option<Counts>,
    goals: Goals<'a>,
    citations: Citations<'a>,
    changes: Vec<Change<'a>>,
    cells: Vec<Cell<'a>>,
    open: Vec<String>,
}

#[derive(Serialize)]
struct Goals<'a> {
    added: Vec<Goal<'a>>,
    dropped: Vec<Goal<'a>>,
    renamed: Vec<Renamed<'a>>,
}

#[derive(Serialize)]
struct Goal<'a> {
    id: &'a str,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Renamed<'a> {
    from: String,
    to: String,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Citations<'a> {
    gained: &'a [String],
    lost: &'a [String],
}

#[derive(Serialize)]
struct Change<'a> {
    path: String,
    kind: &'static str,
    before: &'a [String],
    after: &'a [String],
    unit: Option<&'a str>,
}

#[derive(Serialize)]
struct Cell<'a> {
    id: String,
    title: &'a str,
    before: Option<&'static str>,
    after: Option<&'static str>,
    lost: bool,
}

#[derive(Serialize)]
struct Wording<'a> {
    id: String,
    before: &'a str,
    after: &'a str,
    marked: bool,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    state: &'static str,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Findings<'a> {
    new: Vec<Finding<'a>>,
    gone: Vec<Finding<'a>>,
    remaining: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    path: &'a str,
    line: u32,
    department: Option<&'a str>,
    message: &'a str,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Regression<'a> {
    fiscal_year: u16,
    department: &'a str,
    id: String,
    before: Option<&'static str>,
    after: Option<&'static str>,
}

/// The whole report, with a line end; `head` is none for the files as they are now.
pub fn write(diff: &Diff, base: &str, head: Option<&str>, lang: Lang) -> String {
    let findings = Findings {
        new: diff.findings.new.iter().map(|note| finding(note, lang)).collect(),
        gone: diff.findings.gone.iter().map(|note| finding(note, lang)).collect(),
        remaining: diff.findings.remaining.iter().map(|note| finding(note, lang)).collect(),
    };
    let regressions = diff.lost().map(|(year, department, cell)| Regression {
        fiscal_year: year.0,
        department: &department.id,
        id: cell.leaf.to_string(),
        before: cell.before.map(|state| state.id()),
        after: cell.after.map(|state| state.id()),
    });
    let report = Report {
        schema_version: 1,
        base,
        head,
        years: diff.years.iter().map(year).collect(),
        files: diff.files.iter().map(file).collect(),
        findings,
        regressions: regressions.collect(),
    };
    escape::json(&report)
}

fn year(year: &YearDiff) -> Year<'_> {
    let wording = year.wording.iter().map(|wording| Wording {
        id: wording.id.to_string(),
        before: &wording.before,
        after: &wording.after,
        marked: !wording.unmarked,
    });
    Year {
        fiscal_year: year.year.0,
        before: year.before.as_ref().map(counts),
        after: year.after.as_ref().map(counts),
        departments: year.departments.iter().map(department).collect(),
        wording: wording.collect(),
        files: year.files.iter().map(file).collect(),
    }
}

fn counts(summary: &Summary) -> Counts {
    Counts {
        required: summary.required,
        answered: summary.answered,
        partial: summary.partial,
        missing: summary.missing,
        declined: summary.declined,
        unreadable: summary.unreadable,
        percent: f64::from(u32::try_from(summary.tenths()).unwrap_or(u32::MAX)) / 10.0,
    }
}

fn department(department: &DepartmentDiff) -> Department<'_> {
    let goals = |what: What| {
        let of = department.changes.iter().filter(move |change| change.path.len() == 1 && change.what == what);
        of.filter_map(|change| Some(Goal { id: change.goal()?, title: change.title.as_deref() })).collect()
    };
    let renamed = department.changes.iter().filter(|change| change.names() == ["goals", "id"]).map(|change| Renamed {
        from: change.before.concat(),
        to: change.after.concat(),
        title: change.title.as_deref(),
    });
    Department {
        id: &department.id,
        name: &department.name,
        plan: fate(department.plan),
        before: department.before.as_ref().map(counts),
        after: department.after.as_ref().map(counts),
        goals: Goals { added: goals(What::Added), dropped: goals(What::Dropped), renamed: renamed.collect() },
        citations: Citations { gained: &department.gained, lost: &department.lost },
        changes: department.changes.iter().map(change).collect(),
        cells: department.cells.iter().map(cell).collect(),
        open: department.open.iter().map(|(leaf, _)| leaf.to_string()).collect(),
    }
}

fn change(change: &FieldChange) -> Change<'_> {
    let kind = match change.what {
        What::Value => "value",
        What::Members => "members",
        What::Added => "added",
        What::Dropped => "dropped",
    };
    let (before, after) = (change.before.as_slice(), change.after.as_slice());
    Change { path: change.path_text(), kind, before, after, unit: change.unit.as_deref() }
}

fn cell(cell: &CellChange) -> Cell<'_> {
    let (before, after) = (cell.before.map(|state| state.id()), cell.after.map(|state| state.id()));
    Cell { id: cell.leaf.to_string(), title: &cell.title, before, after, lost: cell.lost }
}

fn file(file: &FileDiff) -> File<'_> {
    File { path: &file.path, state: fate(file.fate), changes: file.changes.iter().map(change).collect() }
}

fn finding(note: &Note, lang: Lang) -> Finding<'_> {
    Finding {
        code: note.code,
        severity: note.level.id(),
        path: &note.path,
        line: note.line,
        department: note.department.as_deref(),
        message: note.message.get(lang),
        fingerprint: note.fingerprint.as_str(),
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Changed => "changed",
        Fate::Unreadable => "unreadable",
        Fate::Same => "same",
    }
}
