//! How the time of `check` grows: four sizes of each thing that can be many, and the power of the
//! size that fits them best. 1 is in proportion; what is over 1.15 is to be mended.
//!
//! `cargo bench --bench growth`; words after `--` choose among the lines.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures for people; a bench may stop")]

#[path = "../common/mod.rs"]
mod common;

use std::fmt::Write as _;
use std::time::Duration;

use common::clock::{Clock, Cost};
use common::town::{self, Town};
use kpolicy::city::City;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::report::checked::{Checked, FORMATS};
use kpolicy::rules::judge;
use kpolicy::source::MAX_BYTES;
use kpolicy::store::Snapshot;

/// What is made larger: its name, its four sizes, and the city of a size.
struct Line {
    name: &'static str,
    sizes: [usize; 4],
    city: fn(usize) -> Snapshot,
    /// The format that is written; the screen shows a hundred findings and stops.
    format: &'static str,
}

const LINES: &[Line] = &[
    Line { name: "plans", sizes: [375, 750, 1500, 3000], city: |n| Town::of(n).snapshot(), format: "text" },
    Line { name: "goals of a plan", sizes: [60, 120, 240, 480], city: goals, format: "text" },
    Line { name: "citations of a goal", sizes: [500, 1000, 2000, 4000], city: citations, format: "text" },
    Line { name: "departments, 200 items", sizes: [62, 125, 250, 500], city: |n| wide(n, 200), format: "text" },
    Line { name: "items, 500 departments", sizes: [25, 50, 100, 200], city: |n| wide(500, n), format: "text" },
    Line { name: "gaps: 500 departments × items", sizes: [25, 50, 100, 200], city: gaps, format: "json" },
    Line { name: "findings of a file", sizes: [1250, 2500, 5000, 10_000], city: findings, format: "json" },
    Line { name: "findings on the screen", sizes: [1250, 2500, 5000, 10_000], city: findings, format: "text" },
    Line { name: "interviews of departments", sizes: [500, 1000, 2000, 4000], city: interviews, format: "text" },
    Line { name: "files out of place", sizes: [1000, 2000, 4000, 8000], city: misplaced, format: "json" },
];

/// One plan of so many goals.
fn goals(count: usize) -> Snapshot {
    Town { plans: 1, goals: count, ..Town::default() }.snapshot()
}

/// One goal with so many citations, each of another item.
fn citations(count: usize) -> Snapshot {
    Town { plans: 1, goals: 1, cites: count, items: count, ..Town::default() }.snapshot()
}

/// Every plan cites every item.
fn wide(plans: usize, items: usize) -> Snapshot {
    Town { plans, items, goals: 4, cites: items.div_ceil(4), ..Town::default() }.snapshot()
}

/// Nobody cites most of the items.
fn gaps(items: usize) -> Snapshot {
    Town { plans: 500, items, goals: 1, cites: 1, ..Town::default() }.snapshot()
}

/// So many citations of items that are not there.
fn findings(count: usize) -> Snapshot {
    let town = Town { plans: 15, ..Town::default() };
    let mut city = town.snapshot();
    let mut plan = town.plan(0);
    plan.push_str("responses:\n");
    for at in 0..count {
        _ = write!(plan, "  - cites:\n      - 77-{}\n    text: 方針{at}\n", at + 1);
    }
    city.overlay(town::path(0), plan.into_bytes());
    city
}

/// A slot for every department.
fn interviews(plans: usize) -> Snapshot {
    let mut city = Town { plans, goals: 1, cites: 1, items: 1, slips: 0 }.snapshot();
    let mut text = "fiscal_year: 2025\nwindow:\n  from: 2025-04-01\n  to: 2025-04-10\nslots:\n".to_owned();
    for at in 0..plans {
        let (day, hour, minute) = (1 + at / 480 % 9, 8 + at / 60 % 8, at % 60);
        _ = write!(
            text,
            "  - department: {}\n    start: \"2025-04-{day:02}T{hour:02}:{minute:02}\"\n    minutes: 1\n",
            town::id(at)
        );
    }
    city.overlay("policy/2025/interviews.yaml", text.into_bytes());
    city
}

/// Plans with the ending of another system, of departments that nobody knows.
fn misplaced(count: usize) -> Snapshot {
    let town = Town { plans: 15, goals: 1, ..Town::default() };
    let mut city = town.snapshot();
    for at in 0..count {
        city.overlay(format!("departments/2025/x{at}.yml"), b"status: draft\n".to_vec());
    }
    city
}

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!("what grows                       power   processor time at four sizes");
    for line in LINES.iter().filter(|line| chosen.is_empty() || chosen.iter().any(|word| line.name.contains(word))) {
        let cities = line.sizes.map(line.city);
        let whole = cities.iter().flat_map(town::files).all(|(_, bytes)| bytes.len() <= MAX_BYTES);
        assert!(whole, "{}: a file is larger than kpolicy reads", line.name);
        let costs = cities.each_ref().map(|city| least(city, line.format));
        let told: Vec<String> =
            line.sizes.iter().zip(&costs).map(|(size, cost)| format!("{size}: {cost:.1?}")).collect();
        println!("{:<31}  {:>5.2}   {}", line.name, power(line.sizes, &costs), told.join("  "));
    }
}

/// The least time of some runs; short ones are run often, since the clock ticks in hundredths.
fn least(city: &Snapshot, format: &str) -> Duration {
    check(city, format);
    let once = cost(city, format, 1).wall;
    let times = (Duration::from_millis(300).as_secs_f64() / once.as_secs_f64().max(1e-6)).ceil().clamp(1.0, 2000.0);
    let times = times as u32;
    (0..3).map(|_| cost(city, format, times).cpu / times).min().unwrap_or_default()
}

fn cost(city: &Snapshot, format: &str, times: u32) -> Cost {
    let clock = Clock::start();
    for _ in 0..times {
        assert!(check(city, format) > 0);
    }
    clock.stop()
}

/// Bytes to words, as `check` does it; the length of the words.
fn check(snapshot: &Snapshot, format: &str) -> usize {
    let city = City::load(snapshot);
    let day = Date { year: 2025, month: 4, day: 1 };
    let judged = judge(&city, &[FiscalYear(2025)], day, false).unwrap();
    let findings: Vec<_> = judged.findings.iter().collect();
    let write = FORMATS.iter().find(|(name, _)| *name == format).unwrap().1;
    write(&Checked { most: 100, ..Checked::new(&city, &findings) }).len()
}

/// The slope of the line through the logarithms, by least squares.
fn power(sizes: [usize; 4], costs: &[Duration; 4]) -> f64 {
    let points = sizes.iter().zip(costs).map(|(size, cost)| ((*size as f64).ln(), cost.as_secs_f64().max(1e-9).ln()));
    let points: Vec<(f64, f64)> = points.collect();
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let (above, below) = points.iter().fold((0.0, 0.0), |(above, below), point| {
        (above + (point.0 - x) * (point.1 - y), below + (point.0 - x).powi(2))
    });
    above / below
}
