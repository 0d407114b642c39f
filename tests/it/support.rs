//! What tests share: cities in memory, findings as short lines.

use std::path::Path;

use kpolicy::city::City;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::finding::Finding;
use kpolicy::rules;
use kpolicy::store::{Snapshot, read_work_tree};
use proptest::prelude::ProptestConfig;

/// The day on which test cities are judged that do not say one themselves (`as_of`).
pub(crate) const DAY: Date = Date { year: 2025, month: 4, day: 1 };

/// A folder below `tests/`.
pub(crate) fn tests_dir(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The small city that rule pages are laid over.
pub(crate) fn small_city() -> Snapshot {
    read_work_tree(&tests_dir("cities/small")).expect("the small city is there")
}

/// Judges year 2025 of a city and hands its findings to `look`.
pub(crate) fn findings<T>(city: &City, look: impl FnOnce(&[Finding]) -> T) -> T {
    let years: Vec<FiscalYear> = city.years.keys().copied().collect();
    let day = city.settings().as_of.as_ref().map_or(DAY, |day| day.value);
    let judgement = rules::judge(city, &years, day, false).expect("the city can be judged");
    look(&judgement.findings)
}

/// `K201 departments/2025/somu.yaml:13:9 message`, one a line.
pub(crate) fn lines(city: &City, findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| {
        let at = city.position(finding.place);
        let path = &city.file(finding.place.file).path;
        format!("{} {path}:{}:{} {}", finding.rule.code, at.line, at.column, finding.message.ja)
    };
    findings.iter().map(line).collect()
}

/// So many draws of a law, or as many as `PROPTEST_CASES` asks for.
pub(crate) fn draws(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { asked } else { ProptestConfig { cases, ..asked } }
}
