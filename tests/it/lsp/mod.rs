//! The language server, through the protocol: over a connection in memory, and once as a program.

pub(crate) mod client;
mod drift;
mod large;
mod life;
mod transcripts;
mod typing;
