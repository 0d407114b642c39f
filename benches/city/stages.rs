//! One benchmark a stage, in the order in which data flows.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use arcstr::ArcStr;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use kpolicy::city::City;
use kpolicy::coverage::Coverage;
use kpolicy::diff::compare;
use kpolicy::lang::Lang;
use kpolicy::links::Links;
use kpolicy::model::{Decoder, Plan};
use kpolicy::packet::{self, Audience, Inputs, Options, Provenance};
use kpolicy::pdf::{self, Fonts};
use kpolicy::report::checked::Checked;
use kpolicy::report::{json, pages, text};
use kpolicy::rules::{Kept, join, judge_again};
use kpolicy::shape::FileKind;
use kpolicy::source::{Widths, apply, parse, scan};

use crate::common::town::{self, Town};
use crate::ready::{DAY, YEAR, ready};

const ALL: [usize; 5] = [1, 15, 150, 1500, 15_000];
const USUAL: [usize; 4] = [1, 15, 150, 1500];

#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn a_scan(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town::of(plans));
    let words = FileKind::Plan.vocabulary();
    bencher.counter(BytesCount::new(ready.bytes)).bench(|| {
        town::texts(&ready.snapshot).map(|text| scan(text, words, Widths::LIKELY[0]).faults.len()).sum::<usize>()
    });
}

#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn b_parse(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town::of(plans));
    bencher
        .counter(BytesCount::new(ready.bytes))
        .bench(|| town::texts(&ready.snapshot).map(|text| parse(text, 0, &apply(text, &[])).tree.len()).sum::<usize>());
}

#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn c_decode(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town::of(plans));
    // A hundred trees in turn: those of a large city would fill the memory.
    let texts: Vec<ArcStr> = town::texts(&ready.snapshot).take(100).map(ArcStr::from).collect();
    let parsed: Vec<_> = texts.iter().map(|text| (text, parse(text, 0, &apply(text, &[])))).collect();
    bencher.counter(BytesCount::new(ready.bytes)).bench(|| {
        let goals = parsed.iter().cycle().take(plans).map(|(text, parsed)| {
            let mut decoder = Decoder::new(&parsed.tree, text, false);
            let plan = Plan::decode(&mut decoder);
            plan.goals.len() + decoder.finish().len()
        });
        goals.sum::<usize>()
    });
}

/// Scan, parse and decode of all files on all cores.
#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn d_load(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town::of(plans));
    bencher.counter(BytesCount::new(ready.bytes)).bench(|| City::load(&ready.snapshot));
}

#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn e_links(bencher: Bencher<'_, '_>, plans: usize) {
    let year = ready(Town::of(plans)).year();
    bencher.bench_local(|| Links::new(&year));
}

#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn f_coverage(bencher: Bencher<'_, '_>, plans: usize) {
    let year = ready(Town::of(plans)).year();
    let links = Links::new(&year);
    bencher.bench_local(|| Coverage::new(&year, &links));
}

#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn g_rules(bencher: Bencher<'_, '_>, plans: usize) {
    let city = ready(Town::of(plans)).city();
    bencher
        .with_inputs(|| join(city, &[YEAR], DAY).unwrap())
        .bench_local_values(|joined| judge_again(city, joined, &mut Kept::default()));
}

/// Everything that `check` does once it has the bytes.
#[divan::bench(args = ALL, max_time = 1, sample_size = 1)]
fn h_check(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town::of(plans));
    bencher.counter(BytesCount::new(ready.bytes)).bench(|| crate::yardstick::check(&ready.snapshot));
}

/// Twelve findings in every tenth plan, all on the screen.
#[divan::bench(args = USUAL, max_time = 1, sample_size = 1)]
fn i_diagnostics_screen(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town { slips: 10, ..Town::of(plans) });
    let judged = ready.judged();
    let all: Vec<_> = judged.findings.iter().collect();
    bencher.bench_local(|| text::write(&Checked::new(ready.city(), &all)));
}

#[divan::bench(args = USUAL, max_time = 1, sample_size = 1)]
fn j_diagnostics_json(bencher: Bencher<'_, '_>, plans: usize) {
    let ready = ready(Town { slips: 10, ..Town::of(plans) });
    let judged = ready.judged();
    let all: Vec<_> = judged.findings.iter().collect();
    bencher.bench_local(|| json::write(&Checked::new(ready.city(), &all)));
}

/// The facts of one department's papers.
#[divan::bench(args = USUAL, max_time = 1, sample_size = 1)]
fn k_packet_data(bencher: Bencher<'_, '_>, plans: usize) {
    let (year, links, coverage) = ready(Town::of(plans)).joined();
    let inputs = Inputs { year: &year, links: &links, coverage: &coverage, department: 0, findings: &[] };
    bencher.bench_local(|| packet::build(inputs, &options()));
}

/// One department's papers as PDF.
#[divan::bench(args = [15], max_time = 2, sample_size = 1)]
fn l_packet_pdf(bencher: Bencher<'_, '_>, plans: usize) {
    let (year, links, coverage) = ready(Town::of(plans)).joined();
    let inputs = Inputs { year: &year, links: &links, coverage: &coverage, department: 0, findings: &[] };
    let document = pages::packet(&packet::build(inputs, &options()), Lang::Ja);
    let fonts = Fonts::embedded();
    bencher.bench_local(|| pdf::write(&document, &fonts, DAY).unwrap().pages);
}

fn options() -> Options {
    Options { audience: Audience::Interviewer, full: false, lang: Lang::Ja, provenance: Provenance::NotInGit }
}

/// A city against itself with another citation in each goal of every tenth plan.
#[divan::bench(args = USUAL, max_time = 1, sample_size = 1)]
fn m_diff(bencher: Bencher<'_, '_>, plans: usize) {
    let (before, after) = (ready(Town::of(plans)).city(), ready(Town { slips: 10, ..Town::of(plans) }).city());
    bencher.bench_local(|| compare(before, after, &BTreeSet::new(), DAY, None).unwrap().years.len());
}

/// Twenty commits, each of one plan.
#[divan::bench(args = [1, 15, 150], max_time = 2, sample_size = 1)]
fn n_history(bencher: Bencher<'_, '_>, plans: usize) {
    let folder = std::env::temp_dir().join(format!("kpolicy-bench-{}-{plans}", std::process::id()));
    commits(Town::of(plans), &folder, 20);
    let words = ["kpolicy", "-C", folder.to_str().unwrap(), "history", "--format", "json"];
    let args: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    bencher.bench_local(|| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = kpolicy::main(&args, &mut out, &mut err);
        assert!(exit as u8 == 0, "{}", String::from_utf8_lossy(&err));
        black_box(out.len())
    });
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A repository of so many commits. After the first, each writes one plan anew.
fn commits(town: Town, folder: &Path, count: usize) {
    let repository = git2::Repository::init(folder).unwrap();
    let who = git2::Signature::new("bench", "bench@example.org", &git2::Time::new(1_743_000_000, 540)).unwrap();
    let mut index = repository.index().unwrap();
    let mut parent: Option<git2::Oid> = None;
    for at in 0..count {
        let changed: Vec<(PathBuf, Vec<u8>)> = match at {
            0 => town::files(&town.snapshot()).map(|(path, bytes)| (PathBuf::from(path), bytes.to_vec())).collect(),
            _ => vec![(PathBuf::from(town::path(at % town.plans)), town.plan(town.plans + at).into_bytes())],
        };
        for (path, bytes) in changed {
            std::fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
            std::fs::write(folder.join(&path), bytes).unwrap();
            index.add_path(&path).unwrap();
        }
        let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
        let before: Vec<git2::Commit<'_>> = parent.into_iter().map(|id| repository.find_commit(id).unwrap()).collect();
        let before: Vec<&git2::Commit<'_>> = before.iter().collect();
        parent = Some(repository.commit(Some("HEAD"), &who, &who, "a plan", &tree, &before).unwrap());
    }
    index.write().unwrap();
}
