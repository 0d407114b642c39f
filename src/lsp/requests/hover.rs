//! Hover: what the word under the cursor names.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use crate::lsp::meaning::{Meaning, meaning};
use crate::lsp::requests::params::OnPlace;
use crate::lsp::requests::{Failure, about};
use crate::lsp::session::Session;

pub(super) fn answer(session: &Session, params: OnPlace) -> Result<Option<Hover>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let known = here.known();
    let Some((named, word)) = meaning(&here, known.as_ref(), here.offset(params.position)) else { return Ok(None) };
    let value = match named {
        Meaning::Field(field) => about::field_page(&here, word, field),
        named => about::about(&here, known.as_ref(), named),
    };
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Ok(Some(Hover { contents, range: Some(here.range(word)) }))
}
