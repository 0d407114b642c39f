//! Parameters that many requests share. Addresses are taken as they come: what a client writes is
//! not always what the standard allows.

use lsp_types::{Position, Range};
use serde::Deserialize;

/// A buffer.
#[derive(Debug, Deserialize)]
pub(super) struct Buffer {
    /// Its address.
    pub(super) uri: String,
}

/// A request on a buffer as a whole.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OnBuffer {
    /// The buffer.
    pub(super) text_document: Buffer,
}

/// A request on a place in a buffer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OnPlace {
    /// The buffer.
    pub(super) text_document: Buffer,
    /// The place.
    pub(super) position: Position,
}

/// A request on a part of a buffer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OnRange {
    /// The buffer.
    pub(super) text_document: Buffer,
    /// The part.
    pub(super) range: Range,
}
