//! `check --format json`: a frozen shape of its own (CONTRACT 3), always whole, never cut.

use serde::Serialize;

use crate::city::City;
use crate::finding::{Finding, Fix, Related};
use crate::lang::Lang;
use crate::model::Level;
use crate::place::{Place, Span};
use crate::report::checked::Checked;
use crate::report::escape;

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    tool: Tool,
    fiscal_years: Vec<u16>,
    summary: Summary<'a>,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary<'a> {
    files: usize,
    plans: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    unreadable: Vec<&'a str>,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    range: Range,
    related: Vec<Other<'a>>,
    fix: Option<Mend<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct Other<'a> {
    path: &'a str,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Mend<'a> {
    safe: bool,
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: &'a str,
    range: Range,
    text: &'a str,
}

/// The whole report, with a line end.
pub fn write(checked: &Checked<'_>) -> String {
    let Checked { city, findings, counts, lang, .. } = checked;
    let report = Report {
        schema_version: 1,
        tool: Tool { name: "kpolicy", version: env!("CARGO_PKG_VERSION") },
        fiscal_years: checked.years.iter().map(|year| year.0).collect(),
        summary: Summary {
            files: counts.files,
            plans: counts.plans,
            errors: checked.count(Level::Error),
            warnings: checked.count(Level::Warning),
            infos: checked.count(Level::Info),
            unreadable: counts.unreadable.clone(),
        },
        diagnostics: findings.iter().map(|finding| diagnostic(city, finding, *lang)).collect(),
    };
    escape::json(&report)
}

fn diagnostic<'a>(city: &'a City, finding: &'a Finding, lang: Lang) -> Diagnostic<'a> {
    let path = &city.file(finding.place.file).path;
    let help = finding.help.get(lang);
    Diagnostic {
        code: finding.rule.code,
        name: finding.rule.name,
        severity: finding.level.id(),
        message: finding.message.get(lang),
        help: (!help.is_empty()).then_some(help),
        path,
        range: range(city, finding.place),
        related: finding.related.iter().map(|related| other(city, related, lang)).collect(),
        fix: finding.fix.as_ref().map(|fix| mend(city, finding.place, fix, lang)),
    }
}

fn other<'a>(city: &'a City, related: &'a Related, lang: Lang) -> Other<'a> {
    let path = &city.file(related.place.file).path;
    Other { path, range: range(city, related.place), message: related.message.get(lang) }
}

fn mend<'a>(city: &'a City, place: Place, fix: &'a Fix, lang: Lang) -> Mend<'a> {
    let path = &city.file(place.file).path;
    let edit =
        |edit: &'a crate::source::Edit| Edit { path, range: range(city, place.file.at(edit.span)), text: &edit.text };
    Mend { safe: fix.safe, title: fix.title.get(lang), edits: fix.edits.iter().map(edit).collect() }
}

fn range(city: &City, place: Place) -> Range {
    let file = city.file(place.file);
    let point = |offset: u32| {
        let at = file.lines().position(&file.text, offset);
        Point { line: at.line, column: at.column, offset }
    };
    let Span { start, end } = place.span;
    Range { start: point(start), end: point(end) }
}
