//! Completion.
use lsp_types::CompletionList;
use crate::lsp::requests::params::OnPlace;
use crate::lsp::requests::Failure;
use crate::lsp::session::Session;
pub(super) fn answer(_session: &Session, _params: OnPlace) -> Result<Option<CompletionList>, Failure> { Ok(None) }
