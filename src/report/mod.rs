//! Words and formats. A paper is laid out once as [`pages`]; each format writes those blocks, so
//! that no format can lose what another one shows.

mod escape;
pub mod packet_html;
pub mod packet_markdown;
pub mod pages;
