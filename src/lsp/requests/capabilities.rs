//! What client and server can do.

use lsp_types::PositionEncodingKind;
use serde_json::{Value, json};

use crate::lang::Lang;
use crate::lsp::encoding::Encoding;
use crate::lsp::session::Client;

impl Client {
    /// What the client says in its first request; what it does not say, it cannot.
    pub(in crate::lsp) fn of(params: &Value) -> Client {
        let can = |pointer: &str| {
            params.pointer(&format!("/capabilities/{pointer}")).and_then(Value::as_bool).unwrap_or_default()
        };
        let offered = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let offered: Vec<PositionEncodingKind> =
            offered.into_iter().flatten().filter_map(|kind| serde_json::from_value(kind.clone()).ok()).collect();
        Client {
            encoding: Encoding::agree(&offered),
            lang: params.get("locale").and_then(Value::as_str).and_then(Lang::from_tag),
            snippets: can("textDocument/completion/completionItem/snippetSupport"),
            document_changes: can("workspace/workspaceEdit/documentChanges"),
            related: can("textDocument/publishDiagnostics/relatedInformation"),
            outline: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            watches: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            pages: params.pointer("/capabilities/workspace/textDocumentContent").is_some_and(Value::is_object),
            refreshes: [can("workspace/codeLens/refreshSupport"), can("workspace/inlayHint/refreshSupport")],
        }
    }
}

/// What the server offers.
pub(in crate::lsp) fn capabilities(client: &Client) -> Value {
    json!({
        "positionEncoding": client.encoding.kind(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "hoverProvider": true,
        "completionProvider": {
            "triggerCharacters": ["-", " ", ":", "/", "　", "：", "."],
            "resolveProvider": false,
        },
        "definitionProvider": true,
        "declarationProvider": true,
        "referencesProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "documentLinkProvider": { "resolveProvider": false },
        "foldingRangeProvider": true,
        "documentFormattingProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        "codeLensProvider": { "resolveProvider": false },
        "inlayHintProvider": true,
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    })
}
