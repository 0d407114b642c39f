//! The requests, one file each. The list below is the only registry.

mod about;
mod actions;
mod capabilities;
mod completion;
mod definition;
mod folding;
mod formatting;
mod hints;
mod hover;
mod insert;
mod lens;
mod links;
pub(super) mod notes;
mod params;
mod references;
mod symbols;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::lsp::session::Session;

pub(super) use capabilities::capabilities;

/// Why a request was not answered.
pub(super) enum Failure {
    /// There is no such request.
    Unknown,
    /// Its parameters say nothing.
    Params(String),
    /// It cannot be done; the words are shown to the user.
    Refused(String),
}

type Answer = Result<Value, Failure>;

/// True for requests that speak of findings, for which the city must be judged first.
pub(super) fn asks_findings(method: &str) -> bool {
    matches!(method, "textDocument/codeAction" | "textDocument/codeLens" | "textDocument/hover")
}

/// Answers a request.
pub(super) fn answer(session: &Session, method: &str, params: Value) -> Answer {
    match method {
        "textDocument/hover" => typed(session, params, hover::answer),
        "textDocument/completion" => typed(session, params, completion::answer),
        "textDocument/definition" | "textDocument/declaration" => typed(session, params, definition::answer),
        "textDocument/references" => typed(session, params, references::references),
        "textDocument/prepareRename" => typed(session, params, references::prepare),
        "textDocument/rename" => typed(session, params, references::another_id),
        "textDocument/documentSymbol" => typed(session, params, symbols::of_buffer),
        "workspace/symbol" => typed(session, params, symbols::of_city),
        "textDocument/documentLink" => typed(session, params, links::answer),
        "textDocument/foldingRange" => typed(session, params, folding::answer),
        "textDocument/formatting" => typed(session, params, formatting::answer),
        "textDocument/codeAction" => typed(session, params, actions::answer),
        "textDocument/codeLens" => typed(session, params, lens::answer),
        "textDocument/inlayHint" => typed(session, params, hints::answer),
        _ => Err(Failure::Unknown),
    }
}

/// Reads the parameters, and writes the answer.
fn typed<P: DeserializeOwned, R: Serialize>(
    session: &Session,
    params: Value,
    answer: impl Fn(&Session, P) -> Result<R, Failure>,
) -> Answer {
    let params = serde_json::from_value(params).map_err(|error| Failure::Params(error.to_string()))?;
    serde_json::to_value(answer(session, params)?).map_err(|error| Failure::Refused(error.to_string()))
}
