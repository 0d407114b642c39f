//! What the benchmarks share: a city of any size, and a clock.

#![allow(dead_code, reason = "each benchmark is a program of its own and needs a part of it")]

pub(crate) mod clock;
pub(crate) mod town;
