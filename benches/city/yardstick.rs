//! `check` against one bare parse of the same bytes, in the same run: DESIGN.md asks for 1.5.
//!
//! The parse keeps what any reader with places must keep, sixteen bytes an event, and nothing else.

use kpolicy::city::City;
use kpolicy::report::checked::Checked;
use kpolicy::report::text;
use kpolicy::rules::judge;
use kpolicy::store::Snapshot;

use crate::common::clock::{Clock, Cost};
use crate::common::town::{self, Town};
use crate::ready::{DAY, YEAR};

/// Plans of the city that is measured.
const PLANS: usize = 1500;

/// Runs of each; the fastest counts.
const RUNS: usize = 5;

/// Where an event's value stands, how long it is once unescaped, and how deep.
#[derive(Clone, Copy)]
#[repr(C)]
struct Event {
    start: u32,
    end: u32,
    length: u32,
    depth: u32,
}

/// One parse of a text: the parser's events, each with its place, into an arena.
fn events(text: &str, arena: &mut Vec<Event>) {
    let mut parser = granit_parser::Parser::new_from_str(text);
    let mut depth = 0_u32;
    while let Some(Ok((event, span))) = parser.next_event() {
        use granit_parser::Event as Raw;
        let place = span.byte_range().unwrap_or_default();
        let length = match event {
            Raw::Scalar(value, ..) => value.len(),
            Raw::MappingStart(..) | Raw::SequenceStart(..) => {
                depth += 1;
                0
            }
            Raw::MappingEnd | Raw::SequenceEnd => {
                depth -= 1;
                0
            }
            _ => 0,
        };
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        arena.push(Event { start: small(place.start), end: small(place.end), length: small(length), depth });
    }
}

/// All that `check` does once it has the bytes: from files to the screen.
pub(crate) fn check(snapshot: &Snapshot) -> usize {
    let city = City::load(snapshot);
    let judged = judge(&city, &[YEAR], DAY, false).unwrap();
    let findings: Vec<_> = judged.findings.iter().collect();
    text::write(&Checked { most: 100, ..Checked::new(&city, &findings) }).len()
}

/// One bare parse of every plan.
fn bare(snapshot: &Snapshot) -> usize {
    let mut arena = Vec::new();
    for text in town::texts(snapshot) {
        arena.clear();
        events(text, &mut arena);
    }
    arena.last().map_or(0, |event| (event.start + event.end + event.length + event.depth) as usize)
}

/// Both by turns, and how they stand to each other.
pub(crate) fn print() {
    let snapshot = Town::of(PLANS).snapshot();
    let (mut parses, mut checks) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        parses.push(cost(|| bare(&snapshot)));
        checks.push(cost(|| check(&snapshot)));
    }
    let (parse, check) = (least(&parses), least(&checks));
    let megabytes = town::bytes(&snapshot) as f64 / 1e6;
    println!("\n{PLANS} plans, {megabytes:.1} MB");
    println!(
        "  one bare parse  {:>8.1?} cpu, {:>8.1?} wall, {:.1} MB/s",
        parse.cpu,
        parse.wall,
        megabytes / parse.cpu.as_secs_f64()
    );
    println!("  check           {:>8.1?} cpu, {:>8.1?} wall", check.cpu, check.wall);
    let ratio = |one: std::time::Duration, other: std::time::Duration| one.as_secs_f64() / other.as_secs_f64();
    println!("  check / parse   {:>8.2} cpu, {:>8.2} wall", ratio(check.cpu, parse.cpu), ratio(check.wall, parse.wall));
}

fn cost(work: impl FnOnce() -> usize) -> Cost {
    let clock = Clock::start();
    divan::black_box(work());
    clock.stop()
}

/// The least of each kind of time.
fn least(costs: &[Cost]) -> Cost {
    let wall = costs.iter().map(|cost| cost.wall).min().unwrap_or_default();
    Cost { wall, cpu: costs.iter().map(|cost| cost.cpu).min().unwrap_or_default() }
}
