//! Completion: what can be typed at the cursor, of a buffer that mostly cannot be read at this moment.
//!
//! What is being typed is told by the indentation (`cursor`), what may stand there by the dictionary
//! of fields, and what there is by the other blocks and files.

mod entries;
mod fields;
mod goals;
mod letters;
mod readings;
mod search;
mod values;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionTextEdit, Documentation,
    InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind, TextEdit,
};

use crate::lsp::cursor::{Cursor, Typing, Wanted, cursor};
use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnPlace;
use crate::lsp::session::{Here, Session};
use crate::lsp::site::Known;
use crate::shape::Kind;

/// Something that can be typed.
#[derive(Debug, Clone)]
struct Candidate {
    /// What is written.
    text: String,
    /// The id, value or name: what the list begins with.
    id: String,
    /// Its title, in words.
    title: String,
    /// More words by which it is found, such as the memo's.
    words: String,
    /// What is shown beside it, in Markdown.
    about: String,
    /// Which icon it has.
    kind: CompletionItemKind,
    /// True where `text` has places to fill in.
    snippet: bool,
    /// Likely ones come before others that match as well.
    unlikely: bool,
}

impl Candidate {
    fn new(id: impl Into<String>, title: impl Into<String>, kind: CompletionItemKind) -> Candidate {
        let id = id.into();
        Candidate {
            text: id.clone(),
            id,
            title: title.into(),
            words: String::new(),
            about: String::new(),
            kind,
            snippet: false,
            unlikely: false,
        }
    }

    fn about(mut self, about: String) -> Candidate {
        self.about = about;
        self
    }

    fn words(mut self, words: String) -> Candidate {
        self.words = words;
        self
    }

    fn text(mut self, text: String) -> Candidate {
        self.text = text;
        self
    }

    fn unlikely(mut self, unlikely: bool) -> Candidate {
        self.unlikely = unlikely;
        self
    }
}

/// Where something is typed, with all that is known there.
struct Place<'r, 's> {
    here: &'r Here<'s>,
    known: Option<&'r Known<'s>>,
    cursor: &'r Cursor,
}

/// True where a search for these words means a thing of this id and title.
pub(super) fn is_meant(id: &str, title: &str, words: &str) -> bool {
    let candidate = Candidate::new(id, title, CompletionItemKind::REFERENCE);
    !search::found(vec![candidate], words).is_empty()
}

pub(super) fn answer(session: &Session, params: OnPlace) -> Result<Option<CompletionList>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let at = here.offset(params.position);
    let Some(cursor) = cursor(&here.document.text, at) else { return Ok(None) };
    let Some(wanted) = here.kind().and_then(|kind| cursor.wanted(kind)) else { return Ok(None) };
    let known = here.known();
    let place = Place { here: &here, known: known.as_ref(), cursor: &cursor };
    let candidates = match wanted {
        Wanted::Field(shape) => fields::of(&place, shape),
        Wanted::Named(target) => fields::named(&place, target),
        Wanted::Value(Kind::List(inner)) => entries::of(&place, inner),
        Wanted::Value(kind) => values::of(&place, kind),
    };
    let found = search::found(candidates, &cursor.prefix);
    let items = found.into_iter().enumerate().map(|(rank, found)| item(&place, rank, found));
    // The words by which ids are found are more than any client filters by.
    Ok(Some(CompletionList { is_incomplete: true, items: items.collect() }))
}

fn item(place: &Place<'_, '_>, rank: usize, (candidate, by_words): (Candidate, bool)) -> CompletionItem {
    let Candidate { mut text, id, title, words, about, kind, snippet, .. } = candidate;
    let buffer = &place.here.document.text;
    let start = place.cursor.word.start as usize;
    // A dash or colon wants a space after it.
    if buffer.get(..start).is_some_and(|before| before.ends_with(['-', ':'])) && !text.starts_with('\n') {
        text.insert(0, ' ');
    }
    let mut filter = format!("{id} {title}");
    if by_words {
        filter = format!("{filter} {} {words}", place.cursor.prefix);
    }
    let label = if title.is_empty() || title == id { id } else { format!("{id} {title}") };
    let detail = (kind == CompletionItemKind::PROPERTY).then_some(title);
    CompletionItem {
        label: if detail.is_some() { label.split(' ').next().unwrap_or_default().to_owned() } else { label },
        label_details: detail.map(|title| CompletionItemLabelDetails { detail: None, description: Some(title) }),
        kind: Some(kind),
        documentation: (!about.is_empty())
            .then_some(Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: about })),
        filter_text: Some(filter.trim_end().to_owned()),
        sort_text: Some(format!("{rank:04}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: place.here.range(place.cursor.word),
            new_text: text,
        })),
        insert_text_format: Some(if snippet { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT }),
        insert_text_mode: Some(InsertTextMode::AS_IS),
        ..CompletionItem::default()
    }
}

impl Place<'_, '_> {
    /// True where the value of a field is typed on the field's own line.
    fn is_beside_name(&self) -> bool {
        self.cursor.typing == Typing::Value && !self.cursor.flow
    }
}
