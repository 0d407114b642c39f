//! The one integration test binary; each module is one concern. See README.md in this folder.

mod any_bytes;
#[path = "../bodies/mod.rs"]
mod bodies;
mod builder;
mod cases;
mod contract;
mod coverage;
mod diff;
mod encodings;
mod fingerprint;
mod fixes;
mod fmt;
mod formats;
mod git;
mod growth;
mod handover;
mod packet;
mod pages;
mod pdf;
mod promises_files;
mod promises_input;
mod reading;
mod recount;
mod repeated;
mod runner;
mod schema;
mod screens;
mod shape;
mod slips;
mod support;
mod templates;
mod watch;
mod writing;
