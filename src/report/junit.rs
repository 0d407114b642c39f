//! `check --format junit`: a suite for the basic policy and one for each department; in it a case
//! for each rule that found something, or one that passed. Only 要修正 fails a case; the words of
//! the others stand in its output.

use std::collections::BTreeMap;

use crate::city::{City, CityFile};
use crate::finding::Finding;
use crate::model::Level;
use crate::report::checked::Checked;
use crate::report::escape::xml;
use crate::report::told::{inert, told};

/// The whole document.
pub fn write(checked: &Checked<'_>) -> String {
    let suites = suites(checked);
    let tests: usize = suites.iter().map(Suite::tests).sum();
    let failures: usize = suites.iter().map(Suite::failures).sum();
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    text.push_str(&format!("<testsuites name=\"kpolicy\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"));
    text.extend(suites.iter().map(|suite| suite.text(checked)));
    text.push_str("</testsuites>\n");
    text
}

/// The findings about one department, or about the policy, by rule.
struct Suite<'a> {
    name: String,
    /// A file to name where nothing was found.
    path: Option<String>,
    cases: BTreeMap<&'static str, Vec<&'a Finding>>,
}

/// The policy first, then departments by id.
fn suites<'a>(checked: &Checked<'a>) -> Vec<Suite<'a>> {
    let mut by: BTreeMap<Option<&str>, BTreeMap<&'static str, Vec<&'a Finding>>> = BTreeMap::new();
    if checked.asked.is_empty() {
        by.entry(None).or_default();
        // A department that writes no plan has nothing to pass.
        let planned = checked.names.keys().filter(|id| file_of(checked.city, Some(id)).is_some());
        by.extend(planned.map(|id| (Some(id.as_str()), BTreeMap::new())));
    }
    by.extend(checked.asked.iter().map(|id| (Some(id.as_str()), BTreeMap::new())));
    for finding in checked.findings {
        let cases = by.entry(finding.department.as_deref()).or_default();
        cases.entry(finding.rule.code).or_default().push(finding);
    }
    let suite = |(id, cases): (Option<&str>, _)| Suite {
        name: id.map_or(checked.lang.pick("基本方針", "basic policy"), |id| checked.name(id)).to_owned(),
        path: file_of(checked.city, id).map(|file| format!("{}{}", checked.below, file.path)),
        cases,
    };
    by.into_iter().map(suite).collect()
}

/// The newest plan of a department, or the newest policy.
fn file_of<'c>(city: &'c City, department: Option<&str>) -> Option<&'c CityFile> {
    let years = city.years.values().rev();
    let file = match department {
        Some(id) => years.filter_map(|year| year.plans.get(id)).next(),
        None => years.filter_map(|year| year.policy.as_ref()).next(),
    };
    file.map(|file| city.file(*file))
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        self.cases.len().max(1)
    }

    fn failures(&self) -> usize {
        self.cases.values().filter(|findings| fails(findings)).count()
    }

    fn text(&self, checked: &Checked<'_>) -> String {
        let (name, tests, failures) = (xml(&self.name), self.tests(), self.failures());
        let mut text = format!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n"
        );
        if self.cases.is_empty() {
            let case = checked.lang.pick("点検", "check");
            let file = self.path.as_ref().map(|path| format!(" file=\"{}\"", xml(path))).unwrap_or_default();
            text.push_str(&format!("    <testcase name=\"{case}\" classname=\"kpolicy.{name}\"{file}/>\n"));
        }
        text.extend(self.cases.values().map(|findings| case(checked, &name, findings)));
        text.push_str("  </testsuite>\n");
        text
    }
}

fn fails(findings: &[&Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Error)
}

/// One rule in one suite; its place is that of the first finding.
fn case(checked: &Checked<'_>, suite: &str, findings: &[&Finding]) -> String {
    let Some(first) = findings.first() else { return String::new() };
    let (rule, line) = (first.rule, checked.city.position(first.place).line);
    let place = format!("file=\"{}\" line=\"{line}\"", xml(&checked.ci_path(first.place.file)));
    let body: Vec<String> = findings.iter().map(|finding| entry(checked, finding)).collect();
    let body: Vec<String> = inert(&body.join("\n")).lines().map(xml).collect();
    let body = body.join("\n");
    let inside = if fails(findings) {
        let message = xml(&heading(checked, findings));
        format!("<failure message=\"{message}\" type=\"{}\">{body}</failure>", rule.code)
    } else {
        format!("<system-out>{body}</system-out>")
    };
    let name = format!("{} {}", rule.code, rule.name);
    format!("    <testcase name=\"{name}\" classname=\"kpolicy.{suite}\" {place}>{inside}</testcase>\n")
}

/// The first finding's words, and how many more there are.
fn heading(checked: &Checked<'_>, findings: &[&Finding]) -> String {
    let words = findings.first().map(|finding| finding.message.get(checked.lang)).unwrap_or_default();
    match findings.len().saturating_sub(1) {
        0 => words.to_owned(),
        rest => checked.lang.pick(format!("{words}（ほか {rest}件）"), format!("{words} (and {rest} more)")),
    }
}

fn entry(checked: &Checked<'_>, finding: &Finding) -> String {
    let at = checked.city.position(finding.place);
    let (path, level) = (checked.ci_path(finding.place.file), finding.level.name().get(checked.lang));
    format!("{path}:{}:{} {level}\n{}\n", at.line, at.column, told(finding, checked.lang))
}
