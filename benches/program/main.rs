//! The program as people start it: `check` of the shipped city beside `git status` there, by turns, and
//! the memory of `check` in a city of 1,500 plans.
//!
//! `cargo bench --bench program`. DESIGN.md asks for no more time than `git status`, and for no more
//! memory than twice the bytes of the plans and 20 MB.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures for people; a bench may stop")]

#[path = "../common/mod.rs"]
mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kpolicy::store::Entry;
use wait4::Wait4;

use crate::common::clock::Cost;
use crate::common::town::{self, Town};

/// Starts of each program.
const PAIRS: usize = 200;

/// Has this program write a city, given a folder and the number of plans, and do nothing else.
const WRITE: &str = "--write";

/// Plans of the city whose memory is measured.
const PLANS: usize = 1500;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [word, folder, plans] if word == WRITE => return write(Path::new(folder), plans.parse().unwrap()),
        // `cargo test --benches` only asks whether it starts.
        words if !words.iter().any(|word| word == "--bench") => return,
        _ => {}
    }
    let kpolicy = installed();
    beside_git(&kpolicy);
    memory(&kpolicy);
}

/// A copy of the program, as an installed one is: what a linker has just written is spread over smaller
/// pieces of the system's memory, each of which costs a little time at every start.
fn installed() -> PathBuf {
    let copy = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("kpolicy");
    std::fs::copy(env!("CARGO_BIN_EXE_kpolicy"), &copy).unwrap();
    copy
}

/// A program's cost, and the most memory that it held, in bytes; nothing where it is not there or fails.
fn run(program: &Path, arguments: &[&str], folder: &Path) -> Option<(Cost, u64)> {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let ended = child.wait4().ok()?;
    let (wall, used) = (start.elapsed(), ended.rusage);
    ended.status.success().then_some((Cost { wall, cpu: used.utime + used.stime }, used.maxrss))
}

/// `check` and `git status`, by turns.
fn beside_git(kpolicy: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut checks, mut states) = (Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        checks.push(run(kpolicy, &["check"], folder).expect("check ends with 0").0);
        let Some(state) = run(Path::new("git"), &["status"], folder) else {
            return println!("git tells nothing of this folder: nothing to stand beside");
        };
        states.push(state.0);
    }
    println!("the shipped city, {PAIRS} starts of each by turns, medians");
    let tell = |name: &str, costs: &[Cost]| {
        let (cpu, wall) = (median(costs.iter().map(|cost| cost.cpu)), median(costs.iter().map(|cost| cost.wall)));
        println!("  {name:<16}{cpu:>8.2?} cpu, {wall:>8.2?} wall");
        (cpu.as_secs_f64(), wall.as_secs_f64())
    };
    let (check, state) = (tell("kpolicy check", &checks), tell("git status", &states));
    println!("  check / git     {:>8.2} cpu, {:>8.2} wall", check.0 / state.0, check.1 / state.1);
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// How much memory `check` holds at most in a large city.
fn memory(kpolicy: &Path) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("town");
    // A program is told to have held at least what the one held at most that starts it: another writes the
    // city.
    let written =
        Command::new(std::env::current_exe().unwrap()).arg(WRITE).arg(&folder).arg(PLANS.to_string()).output().unwrap();
    let bytes = String::from_utf8(written.stdout).unwrap().trim().parse::<f64>().unwrap() / 1e6;
    let (cost, most) = run(kpolicy, &["check"], &folder).expect("check ends with 0");
    std::fs::remove_dir_all(&folder).unwrap();
    let most = most as f64 / 1e6;
    println!("\n{PLANS} plans, {bytes:.1} MB");
    println!("  kpolicy check   {:>8.1?} cpu, {:>8.1?} wall", cost.cpu, cost.wall);
    println!("  memory at most  {most:>8.1} MB; twice the bytes and 20 MB: {:.1} MB", 2.0 * bytes + 20.0);
}

/// Writes a city of so many plans, and says how many bytes they have.
fn write(folder: &Path, plans: usize) {
    let snapshot = Town::of(plans).snapshot();
    for (path, entry) in snapshot.entries() {
        let Entry::File(content) = entry else { continue };
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content.read(1 << 20).unwrap()).unwrap();
    }
    println!("{}", town::bytes(&snapshot));
}
