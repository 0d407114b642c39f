//! The whole way: any bytes as any file of a city are judged and reported.

use kpolicy::city::City;
use kpolicy::finding::Finding;
use kpolicy::lang::Lang;
use kpolicy::packet::{Audience, Inputs, Options, Provenance, build};
use kpolicy::report::checked::{Checked, FORMATS};
use kpolicy::report::coverage_json::View;
use kpolicy::report::coverage_table::By;
use kpolicy::report::{coverage_csv, coverage_gaps, coverage_json, coverage_markdown, coverage_table};
use kpolicy::report::{packet_html, packet_markdown};
use kpolicy::rules::Judgement;
use serde_json::Value;

use super::{judged, laid_over, places};

/// A path and a file's bytes, as [`laid_over`] takes them.
pub(crate) fn body(input: &[u8]) {
    let (snapshot, _) = laid_over(input);
    let city = City::load(&snapshot);
    let Ok(judgement) = judged(&city) else { return };
    places_of(&city, &judgement.findings);
    reports(&city, &judgement);
}

fn places_of(city: &City, findings: &[Finding]) {
    for finding in findings {
        let at = |place: kpolicy::place::Place| _ = places::slice(place.span, &city.file(place.file).text);
        at(finding.place);
        finding.related.iter().for_each(|related| at(related.place));
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            places::slice(edit.span, &city.file(finding.place.file).text);
        }
    }
}

fn reports(city: &City, judgement: &Judgement<'_>) {
    let findings: Vec<&Finding> = judgement.findings.iter().collect();
    for lang in [Lang::Ja, Lang::En] {
        let checked = Checked { lang, most: 40, ..Checked::new(city, &findings) };
        for (name, write) in FORMATS {
            let text = write(&checked);
            match *name {
                "json" | "sarif" | "gitlab" | "rdjson" => read_back(&text),
                "concise" => assert_eq!(text.lines().count(), findings.len(), "one line a finding: {text:?}"),
                _ => {}
            }
            harmless(&text);
        }
    }
    for year in &judgement.years {
        if let (Some(year), Some(links), Some(coverage)) = (&year.year, &year.links, &year.coverage) {
            let (departments, items) = ((0..year.departments.len()).collect(), (0..year.items.len()).collect());
            coverage_of(&View { year, links, coverage, departments, items });
            for department in 0..year.departments.len().min(3) {
                packet(Inputs { year, links, coverage, department, findings: &judgement.findings });
            }
        }
    }
}

fn coverage_of(view: &View<'_>) {
    read_back(&coverage_json::write(view));
    for by in [By::Item, By::Clause] {
        coverage_csv::write(view, by, Lang::Ja);
        coverage_markdown::write(view, by, Lang::Ja);
        harmless(&coverage_table::write(view, by, Lang::Ja, 80, false));
    }
    harmless(&coverage_gaps::write(view, Lang::En, 80));
}

fn packet(inputs: Inputs<'_>) {
    for audience in [Audience::Interviewer, Audience::Department] {
        let options = Options { audience, full: true, lang: Lang::Ja, provenance: Provenance::NotInGit };
        let packet = build(inputs, &options);
        packet_markdown::write(&packet, Lang::Ja);
        packet_html::write(&packet, Lang::Ja);
    }
}

fn read_back(json: &str) {
    if let Err(error) = serde_json::from_str::<Value>(json) {
        panic!("{error}: {json}");
    }
}

/// No control or bidi character reaches a terminal; a joiner between emoji may.
fn harmless(text: &str) {
    let bad = text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(bad, None, "{text:?}");
}
