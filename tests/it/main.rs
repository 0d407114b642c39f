//! The one integration test binary; each module is one concern. See README.md in this folder.

mod packet;
mod pages;
mod support;
