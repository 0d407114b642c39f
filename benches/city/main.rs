//! Every stage of the work, in cities of 1 to 15,000 plans; then `check` against one bare parse.
//!
//! `cargo bench --bench city`; a word after `--` runs only the stages that have it in their names.
//! What a keystroke costs is `--bench lsp`, how time grows is `--bench growth`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures for people; a bench may stop")]

#[path = "../common/mod.rs"]
mod common;
mod ready;
mod stages;
mod yardstick;

fn main() {
    divan::main();
    // `cargo bench` says so itself; without, somebody lists the benchmarks or tests that they run.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--bench") && words.iter().all(|word| word.starts_with("--")) {
        yardstick::print();
    }
}
