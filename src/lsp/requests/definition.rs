//! Definition: where the thing that the word under the cursor names is written down.

use lsp_types::Location;

use crate::lsp::meaning::{Meaning, meaning};
use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnPlace;
use crate::lsp::session::Session;

pub(super) fn answer(session: &Session, params: OnPlace) -> Result<Option<Location>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let Some(known) = here.known() else { return Ok(None) };
    let Some((named, _)) = meaning(&here, Some(&known), here.offset(params.position)) else { return Ok(None) };
    let other = match named {
        Meaning::Leaf(year, _) if year != known.year.year => here.site.known(year),
        _ => None,
    };
    let city = known.year.city;
    Ok(named.place(&known, other.as_ref()).and_then(|place| session.location(here.site, city, place)))
}
