//! Notes of the client: buffers that were opened, edited, saved, closed; files that changed.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::lsp::documents::Change;
use crate::lsp::session::Session;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    text_document: Text,
}

#[derive(Deserialize)]
struct Text {
    uri: String,
    #[serde(default)]
    version: i32,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Edited {
    text_document: Buffer,
    content_changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Buffer {
    uri: String,
    #[serde(default)]
    version: Option<i32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Closed {
    text_document: Buffer,
}

#[derive(Deserialize)]
struct Touched {
    changes: Vec<Buffer>,
}

/// Takes a note. One that nobody knows, or that cannot be read, is passed over.
pub(in crate::lsp) fn take(session: &mut Session, method: &str, params: Value) {
    match method {
        "textDocument/didOpen" => {
            if let Some(Opened { text_document: Text { uri, version, text } }) = read(params) {
                session.open(uri, version, text);
            }
        }
        "textDocument/didChange" => {
            if let Some(Edited { text_document, content_changes }) = read(params) {
                session.edit(&text_document.uri, text_document.version.unwrap_or_default(), content_changes);
            }
        }
        "textDocument/didClose" => {
            if let Some(Closed { text_document }) = read(params) {
                session.close(&text_document.uri);
            }
        }
        "textDocument/didSave" => session.rescan(),
        "workspace/didChangeWatchedFiles" => {
            if let Some(Touched { changes }) = read(params) {
                let addresses: Vec<String> = changes.into_iter().map(|change| change.uri).collect();
                session.touched(&addresses);
            }
        }
        "workspace/didChangeWorkspaceFolders" => {
            let added = params.get("event").and_then(|event| event.get("added")).cloned().unwrap_or_default();
            session.begin(&serde_json::json!({ "workspaceFolders": added }));
        }
        _ => {}
    }
}

fn read<P: DeserializeOwned>(params: Value) -> Option<P> {
    serde_json::from_value(params).ok()
}
