//! See `tests/bodies/memo.rs`.
#![no_main]

#[path = "../../bodies/mod.rs"]
#[allow(dead_code, reason = "a target runs one of the bodies")]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::memo::body(bytes));
