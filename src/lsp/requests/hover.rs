//! Hover: what the word under the cursor names, and why something is marked there.
//!
//! Most clients show the code of a finding without a way to its page; here the page is.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use crate::finding::Finding;
use crate::lsp::cursor::cursor;
use crate::lsp::meaning::{Meaning, meaning};
use crate::lsp::publish::findings_at;
use crate::lsp::requests::params::OnPlace;
use crate::lsp::requests::{Failure, about};
use crate::lsp::session::{Here, Session};
use crate::place::Span;
use crate::shape::Field;

/// Pages of rules that one hover shows.
const PAGES: usize = 2;

pub(super) fn answer(session: &Session, params: OnPlace) -> Result<Option<Hover>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let (known, at) = (here.known(), here.offset(params.position));
    let found: Vec<(&Finding, Span)> = findings_at(here.site, here.id, at).collect();
    let mut parts = Vec::new();
    let mut place = found.first().map(|(_, span)| *span);
    match meaning(&here, known.as_ref(), at) {
        Some((named, word)) => {
            parts.push(match named {
                Meaning::Field(field) => about::field_page(&here, word, field),
                named => about::about(&here, known.as_ref(), named),
            });
            place = Some(word);
        }
        // What is to be written in place of （記入） is told by its field.
        None if found.iter().any(|(finding, _)| finding.rule.code == "K104") => {
            let field = field_around(&here, at);
            parts.extend(field.map(|(field, word)| about::field_page(&here, word, field)));
        }
        None => {}
    }
    let mut told: Vec<&str> = Vec::new();
    for (finding, _) in found {
        // The page of the field says more than that of （記入）.
        let said = told.contains(&finding.rule.code) || (finding.rule.code == "K104" && !parts.is_empty());
        if !said && told.len() < PAGES {
            told.push(finding.rule.code);
            parts.push(about::rule_in_short(finding.rule, here.lang));
        }
    }
    let value = parts.join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Ok((!parts.is_empty()).then(|| Hover { contents, range: place.map(|place| here.range(place)) }))
}

/// The field whose value a byte lies in, also inside a long text, and where its name stands.
fn field_around(here: &Here<'_>, at: usize) -> Option<(&'static Field, Span)> {
    let (text, lines) = (&here.document.text, &here.document.lines);
    let mut line = lines.line(at);
    let word = loop {
        let span = lines.span(text, line);
        let blank = text.get(span.range()).is_none_or(|words| words.trim().is_empty());
        match cursor(text, span.end as usize).filter(|_| !blank) {
            Some(cursor) => break cursor.field()?.1,
            None => line = line.checked_sub(1)?,
        }
    };
    match meaning(here, None, word.start as usize)?.0 {
        Meaning::Field(field) => Some((field, word)),
        _ => None,
    }
}
