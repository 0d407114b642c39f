//! `check --format sarif`: SARIF 2.1.0 for code scanning and other readers. Columns are Unicode scalar
//! values, addresses are percent-encoded and relative, and a result's key holds no line.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::city::City;
use crate::finding::{Finding, Fix};
use crate::fingerprint::{Fingerprint, fingerprints};
use crate::lang::Lang;
use crate::model::Level;
use crate::place::Place;
use crate::report::checked::Checked;
use crate::report::escape;
use crate::report::region::{ends, fix};
use crate::report::told::{inert, told};
use crate::rules::{Page, Rule};

/// Most results that code scanning takes.
const MOST: usize = 25_000;
/// The name of the key, with its version.
const KEY: &str = "kpolicy/v1";

/// The whole log with one run.
pub fn write(checked: &Checked<'_>) -> String {
    let keys = fingerprints(checked.city, checked.findings);
    let mut findings: Vec<(&Finding, &Fingerprint)> = checked.findings.iter().copied().zip(&keys).collect();
    findings.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.level));
    let rest = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    let found: BTreeMap<&str, &Rule> = findings.iter().map(|(finding, _)| (finding.rule.code, finding.rule)).collect();
    let index: BTreeMap<&str, usize> = found.keys().enumerate().map(|(index, code)| (*code, index)).collect();
    let results: Vec<Value> =
        findings.iter().map(|(finding, key)| result(checked, finding, key, index.get(finding.rule.code))).collect();
    let run = json!({
        "tool": {"driver": {
            "name": "kpolicy",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": found.values().map(|of| rule(of, checked.lang)).collect::<Vec<Value>>(),
        }},
        "language": checked.lang.pick("ja", "en"),
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n"],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": checked.lang.pick("点検したフォルダー", "The folder that was checked")}}},
        "invocations": [invocation(rest, checked.lang)],
        "results": results,
    });
    escape::json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }))
}

fn invocation(rest: usize, lang: Lang) -> Value {
    let mut notes = Vec::new();
    if rest > 0 {
        let text = lang.pick(
            format!("指摘が多いため、軽いもの {rest}件を省きました。"),
            format!("{rest} findings of less weight were left out."),
        );
        notes.push(json!({"level": "warning", "message": {"text": text}}));
    }
    json!({"executionSuccessful": true, "toolExecutionNotifications": notes})
}

/// A rule with its page.
fn rule(rule: &Rule, lang: Lang) -> Value {
    let page = Page::parse(rule.page);
    let markdown = lang.pick(&page.ja, &page.en).trim();
    let mut parts = markdown.split("### ").filter_map(|part| part.split_once('\n')).map(|(_, words)| words.trim());
    let (what, why) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let first = what.split_inclusive(['。', '\n']).next().unwrap_or_default().trim_end();
    let first = first.split_once(". ").map_or(first, |(sentence, _)| sentence);
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": first},
        "fullDescription": {"text": format!("{what}\n\n{why}")},
        "help": {"text": page.text(lang).trim_end(), "markdown": markdown},
        "defaultConfiguration": {"level": level(rule.level)},
        "properties": {"tags": [format!("K{}", rule.family())]},
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Off => "none",
    }
}

fn result(checked: &Checked<'_>, finding: &Finding, key: &Fingerprint, index: Option<&usize>) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(finding.rule.code));
    if let Some(index) = index {
        result.insert("ruleIndex".to_owned(), json!(index));
    }
    result.insert("level".to_owned(), json!(level(finding.level)));
    result.insert("message".to_owned(), json!({"text": told(finding, checked.lang)}));
    result.insert("locations".to_owned(), json!([{"physicalLocation": physical(checked, finding.place)}]));
    let related = finding.related.iter().enumerate().map(|(at, related)| {
        let text = inert(related.message.get(checked.lang));
        json!({"id": at + 1, "physicalLocation": physical(checked, related.place), "message": {"text": text}})
    });
    result.insert("relatedLocations".to_owned(), related.collect());
    result.insert("partialFingerprints".to_owned(), json!({KEY: key.as_str()}));
    if let Some(fix) = fix(checked.city, finding) {
        result.insert("fixes".to_owned(), json!([mend(checked, finding, fix)]));
    }
    Value::Object(result)
}

fn mend(checked: &Checked<'_>, finding: &Finding, fix: &Fix) -> Value {
    let file = finding.place.file;
    let title = inert(fix.title.get(checked.lang));
    let title = if fix.safe {
        title
    } else {
        title + checked.lang.pick("（人の目で確かめてください）", " (look at it before you use it)")
    };
    let replacements = fix.edits.iter().map(|edit| {
        json!({"deletedRegion": region(checked.city, file.at(edit.span)), "insertedContent": {"text": edit.text}})
    });
    json!({
        "description": {"text": title},
        "artifactChanges": [{
            "artifactLocation": artifact(checked, finding.place),
            "replacements": replacements.collect::<Vec<Value>>(),
        }],
    })
}

fn physical(checked: &Checked<'_>, place: Place) -> Value {
    json!({"artifactLocation": artifact(checked, place), "region": region(checked.city, place)})
}

fn artifact(checked: &Checked<'_>, place: Place) -> Value {
    json!({"uri": uri(&checked.ci_path(place.file)), "uriBaseId": "%SRCROOT%"})
}

fn region(city: &City, place: Place) -> Value {
    let (start, end) = ends(city, place);
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// A path as a relative address: all but letters, digits and `-._~/` as bytes in hexadecimal.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
