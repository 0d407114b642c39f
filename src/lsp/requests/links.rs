//! Links: the schema that the first line names.

use lsp_types::DocumentLink;

use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnBuffer;
use crate::lsp::session::Session;
use crate::lsp::uri;
use crate::place::Span;

pub(super) fn answer(session: &Session, params: OnBuffer) -> Result<Option<Vec<DocumentLink>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let text = &here.document.text;
    let head = "$schema=";
    let remark =
        text.lines().take_while(|line| line.is_empty() || line.trim_start_matches('\u{feff}').starts_with('#'));
    let length: usize = remark.map(|line| line.len() + 1).sum();
    let top = text.get(..length.min(text.len())).unwrap_or_default();
    let Some(at) = top.find(head).map(|at| at + head.len()) else { return Ok(None) };
    let words = top.get(at..).and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    let folder = here.site.root.join(here.path);
    let Some(target) = folder.parent().map(|folder| folder.join(words)).filter(|_| !words.contains("://")) else {
        return Ok(None);
    };
    let Some(target) = target.canonicalize().ok().and_then(|path| uri::typed(&uri::address(&path))) else {
        return Ok(None);
    };
    let tooltip = Some(here.lang.pick("入力補助の内容を開きます", "open the schema").to_owned());
    let range = here.range(Span::new(at, at + words.len()));
    Ok(Some(vec![DocumentLink { range, target: Some(target), tooltip, data: None }]))
}
