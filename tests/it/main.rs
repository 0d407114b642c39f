//! The one integration test binary; each module is one concern. See README.md in this folder.

mod cases;
mod pages;
mod schema;
mod support;
