//! kpolicy: does every department's plan answer the city's basic policy?
//!
//! Data flows one way; each arrow is one module boundary:
//!
//! ```text
//! store      where bytes come from: work tree, revision, index, open buffer
//!   → source   size, encoding, line shapes; one parse into a spanned tree; recovery; edits
//!   → model    decoded by hand by the tables of `shape`; ids parsed at the border; places kept
//!   → city     all files; for each fiscal year the ones that belong together
//!   → links    the only join of citations to items and of names to what they name
//!   → coverage who answers what · rules what is wrong · packet what goes into the mayor's room
//!   → report   words and formats
//! commands   one file a command, over all of the above
//! ```
//!
//! Beside the flow stand `shape` (the data dictionary that decoder, schemas and explanations
//! share), `lang` (two languages at one spot), `place` (bytes, lines, columns), `date` and `ids`.
//! A rule is a file in `rules/` and two lines in its `mod.rs`; a command a file in `commands/`; a
//! format a file in `report/`.

pub mod city;
pub mod coverage;
pub mod date;
pub mod error;
pub mod finding;
pub mod ids;
pub mod lang;
pub mod links;
pub mod model;
pub mod packet;
pub mod place;
pub mod report;
pub mod rules;
pub mod shape;
pub mod source;
pub mod store;
