//! The one integration test binary; each module is one concern. See README.md in this folder.

mod builder;
mod cases;
mod contract;
mod coverage;
mod encodings;
mod fixes;
mod growth;
mod packet;
mod pages;
mod reading;
mod recount;
mod schema;
mod shape;
mod slips;
mod support;
mod watch;
mod writing;
