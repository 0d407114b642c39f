//! References: every place in the city that names the thing under the cursor; and its other id,
//! everywhere at once.

use std::collections::HashMap;

use lsp_types::{
    DocumentChangeOperation, DocumentChanges, Location, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    Range, RenameFile, ResourceOp, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use serde::Deserialize;

use crate::date::FiscalYear;
use crate::lsp::meaning::{Meaning, goal, meaning};
use crate::lsp::requests::Failure;
use crate::lsp::requests::formatting::difference;
use crate::lsp::requests::params::{Buffer, OnPlace};
use crate::lsp::session::{Here, Session};
use crate::lsp::site::Known;
use crate::lsp::uri;
use crate::mentions::{Role, Thing, occurrences};
use crate::rename::{Rename, Renamed, rename};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    text_document: Buffer,
    position: Position,
    #[serde(default)]
    context: Context,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    #[serde(default)]
    include_declaration: bool,
}

pub(super) fn references(session: &Session, params: Asked) -> Result<Option<Vec<Location>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let Some((year, thing, _)) = thing(&here, params.position) else { return Ok(None) };
    let city = &here.site.city;
    let wanted = |role: Role| params.context.include_declaration || role != Role::Definition;
    let found = occurrences(city, year, &thing).into_iter().filter(|mention| wanted(mention.role));
    Ok(Some(found.filter_map(|mention| session.location(here.site, city, mention.place)).collect()))
}

/// What the word at a position names, as a thing with an id.
fn thing(here: &Here<'_>, position: Position) -> Option<(FiscalYear, Thing, Range)> {
    let known = here.known()?;
    let (named, word) = meaning(here, Some(&known), here.offset(position))?;
    let (year, thing) = of_meaning(here, &known, named)?;
    Some((year, thing, here.range(word)))
}

fn of_meaning(here: &Here<'_>, known: &Known<'_>, named: Meaning) -> Option<(FiscalYear, Thing)> {
    use crate::city::LeafLocation;
    let year = &known.year;
    let own = year.year;
    let id = |entries: &[(String, String)], index: usize| entries.get(index).map(|(id, _)| id.clone());
    let thing = match named {
        Meaning::Leaf(number, location) => {
            let other = if number == own { None } else { Some(here.site.known(number)?) };
            let year = other.as_ref().map_or(year, |other| &other.year);
            let leaf = match location {
                LeafLocation::Item(item) => Thing::Item(year.items.get(item)?.item.id.value.item),
                LeafLocation::Clause(leaf) => Thing::Clause(year.leaves.get(leaf)?.id),
            };
            return Some((number, leaf));
        }
        Meaning::Unit(unit) => {
            let department = id(year.names.departments.entries(), unit.department)?;
            match unit.division {
                Some(division) => {
                    Thing::Division(department, id(year.names.divisions.get(unit.department)?.entries(), division)?)
                }
                None => Thing::Department(department),
            }
        }
        Meaning::Reference(index, node) => {
            let reference = id(year.names.references.entries(), index)?;
            match node {
                Some(node) => Thing::Node(reference, id(year.names.nodes.get(index)?.entries(), node)?),
                None => Thing::Reference(reference),
            }
        }
        Meaning::Viewpoint(index) => Thing::Viewpoint(id(year.names.viewpoints.entries(), index)?),
        Meaning::Interviewer(index) => Thing::Interviewer(id(year.names.interviewers.entries(), index)?),
        Meaning::Goal(file, index) => {
            let role = &year.city.file(file).role;
            let thing = Thing::Goal(role.department.clone()?, goal(year.city, file, index)?.id().to_owned());
            return Some((role.year?, thing));
        }
        Meaning::Field(_) | Meaning::Choice(_) | Meaning::Rule(_) => return None,
    };
    Some((own, thing))
}

/// The word that would get another id, and the id as it is.
#[derive(Debug, serde::Serialize)]
pub(super) struct Prepared {
    range: Range,
    placeholder: String,
}

pub(super) fn prepare(session: &Session, params: OnPlace) -> Result<Option<Prepared>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let found = thing(&here, params.position);
    Ok(found.map(|(_, thing, range)| Prepared { range, placeholder: thing.own_id() }))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewName {
    text_document: Buffer,
    position: Position,
    new_name: String,
}

pub(super) fn another_id(session: &Session, params: NewName) -> Result<Option<WorkspaceEdit>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let Some((year, old, _)) = thing(&here, params.position) else { return Ok(None) };
    let lang = here.lang;
    let site = here.site;
    let refused = |error: crate::error::Error| Failure::Refused(error.text(lang));
    let full = match &old {
        Thing::Division(owner, _) | Thing::Node(owner, _) if !params.new_name.contains('/') => {
            format!("{owner}/{}", params.new_name)
        }
        Thing::Goal(owner, _) if !params.new_name.contains(':') => format!("{owner}:{}", params.new_name),
        _ => params.new_name.clone(),
    };
    let asked: Rename = crate::rename::ask(&site.city, Some(year), &old.to_string(), &full).map_err(refused)?;
    let outcome = rename(site.snapshot(), &site.city, &asked, site.day()).map_err(refused)?;
    Ok(edit(&here, &outcome.files))
}

#[allow(clippy::mutable_key_type, reason = "the protocol's own type")]
fn edit(here: &Here<'_>, files: &[Renamed]) -> Option<WorkspaceEdit> {
    let (session, site) = (here.session, here.site);
    let mut operations = Vec::new();
    let mut changes = HashMap::new();
    for file in files {
        let address = uri::typed(&session.address(site, &file.path))?;
        let edits = edits(here, file)?;
        if !edits.is_empty() {
            changes.insert(address.clone(), edits.clone());
            let version = session.document_of(site, &file.path).map(|document| document.version);
            let text_document = OptionalVersionedTextDocumentIdentifier { uri: address.clone(), version };
            let edits = edits.into_iter().map(OneOf::Left).collect();
            operations.push(DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }));
        }
        if let Some(to) = &file.to {
            let new_uri = uri::typed(&uri::address(&site.root.join(to)))?;
            let moved = RenameFile { old_uri: address, new_uri, options: None, annotation_id: None };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Rename(moved)));
        }
    }
    if session.client.document_changes {
        let document_changes = Some(DocumentChanges::Operations(operations));
        return Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() });
    }
    Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

/// What changes in one file, line by line.
fn edits(here: &Here<'_>, file: &Renamed) -> Option<Vec<TextEdit>> {
    let id = here.site.city.find(&file.path)?;
    let (before, after): (Vec<&str>, Vec<&str>) =
        (file.before.split_inclusive('\n').collect(), file.after.split_inclusive('\n').collect());
    let mut edits = Vec::new();
    let mut push = |at: usize, before: &str, after: &str| -> Option<()> {
        let (span, with) = difference(before, after);
        let span = crate::place::Span::new(at + span.start as usize, at + span.end as usize);
        let range = here.session.location(here.site, &here.site.city, id.at(span))?.range;
        edits.push(TextEdit { range, new_text: with.to_owned() });
        Some(())
    };
    if before.len() != after.len() {
        push(0, &file.before, &file.after)?;
        return Some(edits);
    }
    let mut at = 0;
    for (before, after) in before.into_iter().zip(after) {
        if before != after {
            push(at, before, after)?;
        }
        at += before.len();
    }
    Some(edits)
}
