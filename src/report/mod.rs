//! Words and formats: one format a file, each fed by the same findings, coverage or packet.

pub mod concise;
pub mod coverage_csv;
pub mod coverage_gaps;
pub mod coverage_json;
pub mod coverage_markdown;
pub mod coverage_table;
pub mod draft;
pub mod frame;
pub mod json;
pub mod text;
pub mod wrap;
