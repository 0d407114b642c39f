//! What must hold of any bytes. Each body stands here once and runs twice: under libFuzzer
//! (`tests/fuzz`), and over the kept inputs and generated texts of `cargo test` (`tests/it/any_bytes.rs`).
//!
//! A body takes bytes and panics when its promise is broken.

pub(crate) mod decode;
pub(crate) mod fixes;
pub(crate) mod fmt;
pub(crate) mod memo;
pub(crate) mod parse;
pub(crate) mod places;
pub(crate) mod scan;
pub(crate) mod sheet;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kpolicy::city::City;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::error::Error;
use kpolicy::rules::{Judgement, judge};
use kpolicy::store::{Snapshot, read_work_tree};

/// A body by the name of its libFuzzer target.
pub(crate) type Body = fn(&[u8]);

/// All bodies.
pub(crate) const BODIES: &[(&str, Body)] = &[
    ("scan", scan::body),
    ("parse", parse::body),
    ("decode", decode::body),
    ("fixes", fixes::body),
    ("fmt", fmt::body),
    ("memo", memo::body),
    ("sheet", sheet::body),
];

/// A folder below `tests`, wherever the package that runs the bodies lies.
pub(crate) fn tests_dir(name: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = package.ancestors().map(|folder| folder.join("tests")).find(|folder| folder.join("cities").is_dir());
    tests.expect("a folder above holds the tests").join(name)
}

/// The small city, read once.
pub(crate) fn small_city() -> &'static Snapshot {
    static CITY: LazyLock<Snapshot> = LazyLock::new(|| {
        let mut city = Snapshot::default();
        for (path, entry) in read_work_tree(&tests_dir("cities/small")).expect("the small city").entries() {
            if let kpolicy::store::Entry::File(content) = entry {
                city.overlay(path, content.read(1 << 20).expect("a file of the small city"));
            }
        }
        city
    });
    &CITY
}

/// The small city with one file of an input laid over it, and that file's path.
///
/// The input's first line is the path; where it is none of a city, the rest is a plan.
pub(crate) fn laid_over(input: &[u8]) -> (Snapshot, String) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let line = std::str::from_utf8(&input[..end]).unwrap_or_default();
    let named =
        ["policy/", "departments/"].iter().any(|top| line.strip_prefix(top).is_some_and(|rest| !rest.is_empty()));
    let (path, content) = if named { (line, &input[end + 1..]) } else { ("departments/2025/somu.yaml", input) };
    let mut city = small_city().clone();
    city.overlay(path, content.to_vec());
    (city, path.to_owned())
}

/// Judges every year of a city on the day of its settings, else on the first day of 2025's year.
pub(crate) fn judged(city: &City) -> Result<Judgement<'_>, Error> {
    let years: Vec<FiscalYear> = city.years.keys().copied().collect();
    let day = city.settings().as_of.as_ref().map_or(Date { year: 2025, month: 4, day: 1 }, |day| day.value);
    judge(city, &years, day, false)
}
