//! The outline of a buffer: 部 > 目標, 章 > 項目 > 部分; and the search for a thing by its name.

use lsp_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};
use serde::Deserialize;

use crate::lsp::outline::{Part, outline};
use crate::lsp::requests::Failure;
use crate::lsp::requests::completion::is_meant;
use crate::lsp::requests::params::OnBuffer;
use crate::lsp::session::{Here, Session};
use crate::lsp::site::Site;
use crate::place::Place;

pub(super) fn of_buffer(session: &Session, params: OnBuffer) -> Result<Option<DocumentSymbolResponse>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let Some(kind) = here.kind() else { return Ok(None) };
    let parts = outline(&here.document.text, kind);
    let symbols: Vec<DocumentSymbol> = parts.iter().filter_map(|part| symbol(&here, part, true)).collect();
    if session.client.outline {
        return Ok(Some(DocumentSymbolResponse::Nested(symbols)));
    }
    let Some(uri) = crate::lsp::uri::typed(&here.document.uri) else { return Ok(None) };
    let mut flat = Vec::new();
    flatten(&symbols, None, &uri, &mut flat);
    Ok(Some(DocumentSymbolResponse::Flat(flat)))
}

/// Words by which people know an entry, the best first.
const TITLES: [&str; 12] =
    ["title", "short", "name", "heading", "label", "what", "post", "source", "project", "quote", "start", "status"];

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn symbol(here: &Here<'_>, part: &Part, top: bool) -> Option<DocumentSymbol> {
    let children: Vec<DocumentSymbol> = part.parts.iter().filter_map(|part| symbol(here, part, false)).collect();
    let (name, detail, kind) = match &part.field {
        Some(key) if top || !children.is_empty() => {
            let known = part.known;
            let name = known.map_or(key.as_str(), |field| here.lang.pick(field.label, field.key));
            let kind = if children.is_empty() { SymbolKind::FIELD } else { SymbolKind::NAMESPACE };
            (name.to_owned(), known.map(|field| field.key.to_owned()), kind)
        }
        Some(_) => return None,
        None => {
            part.shape()?;
            let id = part.value(&["id", "number"]).map(|(id, _)| id.to_owned()).unwrap_or_default();
            let title = part.value(&TITLES).map(|(title, _)| title.trim_matches('"').to_owned()).unwrap_or_default();
            let title = if title.starts_with('|') { String::new() } else { title };
            let name = format!("{id} {title}").trim().to_owned();
            let name = if name.is_empty() { entry_words(here, part) } else { name };
            let kind = if part.value(&["outcome", "cites"]).is_some() || id.starts_with('G') {
                SymbolKind::EVENT
            } else {
                SymbolKind::OBJECT
            };
            (name, None, kind)
        }
    };
    let range = here.range(part.span);
    let selection_range = here.range(part.value(&["id"]).map_or(part.sign, |(_, span)| span));
    let children = (!children.is_empty()).then_some(children);
    Some(DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range, children })
}

/// The first ids of a list inside an entry: what a response answers.
fn entry_words(here: &Here<'_>, part: &Part) -> String {
    let words = |entry: &Part| {
        let line = here.document.text.get(entry.sign.end as usize..entry.span.end as usize)?.lines().next()?;
        Some(line.split(" #").next()?.trim().to_owned()).filter(|words| !words.is_empty())
    };
    let entries = |part: &Part| part.parts.iter().filter(|entry| entry.field.is_none()).filter_map(words).collect();
    let ids: Vec<String> = part.parts.iter().map(entries).find(|ids: &Vec<String>| !ids.is_empty()).unwrap_or_default();
    if !ids.is_empty() {
        return ids.join(here.lang.pick("、", ", "));
    }
    part.values.first().map_or_else(|| "-".to_owned(), |(name, value, _)| format!("{name} {value}").trim().to_owned())
}

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn flatten(symbols: &[DocumentSymbol], holder: Option<&str>, uri: &lsp_types::Uri, flat: &mut Vec<SymbolInformation>) {
    for symbol in symbols {
        flat.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: symbol.selection_range },
            container_name: holder.map(str::to_owned),
        });
        flatten(symbol.children.as_deref().unwrap_or_default(), Some(&symbol.name), uri, flat);
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    query: String,
}

/// More are no help to anybody.
const MOST: usize = 200;

pub(super) fn of_city(session: &Session, params: Search) -> Result<Vec<SymbolInformation>, Failure> {
    let mut found = Vec::new();
    for site in session.sites.values() {
        of_site(session, site, &params.query, &mut found);
    }
    found.truncate(MOST);
    Ok(found)
}

fn of_site(session: &Session, site: &Site, query: &str, found: &mut Vec<SymbolInformation>) {
    let Some(known) = site.city.years.keys().rev().find_map(|year| site.known(*year)) else { return };
    let (year, city) = (&known.year, known.year.city);
    let mut add = |id: &str, title: &str, kind: SymbolKind, place: Place, holder: &str| {
        if found.len() < MOST && is_meant(id, title, query) {
            found.extend(information(session, site, city, (format!("{id} {title}"), holder), kind, place));
        }
    };
    for item in &year.items {
        let place = year.policy_file.at(item.item.id.span);
        add(&item.item.id.value.to_string(), &item.item.title(), SymbolKind::STRING, place, "policy.yaml");
    }
    for department in &year.departments {
        let place = year.organization_file.at(department.unit.id.span);
        add(department.id(), department.name(), SymbolKind::CLASS, place, "organization.yaml");
        let (Some(plan), Some(file)) = (department.plan, department.file) else { continue };
        for goal in &plan.goals {
            let place = file.at(goal.id.as_ref().map_or(goal.span, |id| id.span));
            add(
                &format!("{}:{}", department.id(), goal.id()),
                goal.name(),
                SymbolKind::EVENT,
                place,
                department.name(),
            );
        }
    }
    let Some(file) = year.files.references else { return };
    for reference in &year.docs.references.references {
        let title = reference.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
        add(&reference.id.value, title, SymbolKind::FILE, file.at(reference.id.span), "references.yaml");
    }
}

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn information(
    session: &Session,
    site: &Site,
    city: &crate::city::City,
    (name, holder): (String, &str),
    kind: SymbolKind,
    place: Place,
) -> Option<SymbolInformation> {
    let location = session.location(site, city, place)?;
    Some(SymbolInformation {
        name,
        kind,
        tags: None,
        deprecated: None,
        location,
        container_name: Some(holder.to_owned()),
    })
}
