//! Words and formats: one format a file, each fed by the same findings, coverage or packet. A paper
//! is laid out once as [`pages`]; each format writes those blocks, so that no format can lose what
//! another one shows.

pub mod checked;
pub mod checkstyle;
pub mod concise;
pub mod coverage_csv;
pub mod coverage_gaps;
pub mod coverage_json;
pub mod coverage_markdown;
pub mod coverage_references;
pub mod coverage_table;
pub mod coverage_xlsx;
pub mod diff;
pub mod diff_json;
pub mod diff_markdown;
pub mod diff_rows;
pub mod diff_text;
pub mod draft;
pub(crate) mod escape;
pub mod failure;
pub mod frame;
pub mod github;
pub mod gitlab;
mod grid;
pub mod history;
pub mod imported;
pub mod json;
pub mod junit;
pub mod list;
pub mod markdown;
pub mod memo;
pub mod packet_html;
pub mod packet_markdown;
pub mod pages;
pub mod rdjson;
mod region;
pub mod report_html;
pub mod sarif;
pub mod show;
pub mod statistics;
pub mod status;
pub mod text;
mod told;
pub mod wrap;

pub(crate) use escape::is_harmless;
