//! The one integration test binary; each module is one concern. See README.md in this folder.

mod builder;
mod cases;
mod contract;
mod coverage;
mod fixes;
mod growth;
mod packet;
mod pages;
mod pdf;
mod reading;
mod recount;
mod schema;
mod shape;
mod slips;
mod support;
