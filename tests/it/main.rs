//! The one integration test binary; each module is one concern. See README.md in this folder.

mod any_bytes;
mod any_city;
#[path = "../bodies/mod.rs"]
mod bodies;
mod builder;
mod cases;
mod contract;
mod coverage;
mod coverage_laws;
mod coverage_screens;
mod coverage_xlsx;
mod diff;
mod encodings;
mod fingerprint;
mod fixes;
mod fmt;
mod formats;
mod git;
mod growth;
mod packet;
mod pages;
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
