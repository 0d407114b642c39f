//! Code actions: the fix of a finding, an answer to an item, a decline, an allowance with its reason.

use std::collections::{HashMap, HashSet};

use lsp_types::{
    CodeAction, CodeActionKind, Diagnostic, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use serde::Deserialize;

use crate::coverage::CellState;
use crate::finding::Finding;
use crate::ids::ItemId;
use crate::lsp::cursor::cursor;
use crate::lsp::publish::diagnostic;
use crate::lsp::requests::Failure;
use crate::lsp::requests::insert::{self, Block};
use crate::lsp::requests::params::Buffer;
use crate::lsp::session::{Here, Session};
use crate::lsp::site::Known;
use crate::lsp::uri;
use crate::model::AnsweredBy;
use crate::place::Span;
use crate::source::Edit;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    text_document: Buffer,
    range: Range,
    #[serde(default)]
    context: Context,
}

#[derive(Debug, Default, Deserialize)]
struct Context {
    /// Kinds that are wanted; all where none is named.
    #[serde(default)]
    only: Option<Vec<String>>,
}

pub(super) fn answer(session: &Session, params: Asked) -> Result<Option<Vec<CodeAction>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    let wanted =
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|kind| kind.is_empty() || kind == "quickfix"));
    if !wanted {
        return Ok(Some(Vec::new()));
    }
    let known = here.known();
    let mut actions = Vec::new();
    for finding in here.site.findings.iter().filter(|finding| finding.place.file == here.id) {
        let Some(told) =
            diagnostic(session, here.site, finding, here.lang).filter(|told| meet(told.range, params.range))
        else {
            continue;
        };
        of_finding(&here, known.as_ref(), finding, &told, &mut actions);
    }
    // Several findings at one place are allowed by the same remark.
    let mut titles = HashSet::new();
    actions.retain(|action| titles.insert(action.title.clone()));
    Ok(Some(actions))
}

fn meet(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn of_finding(
    here: &Here<'_>,
    known: Option<&Known<'_>>,
    finding: &Finding,
    told: &Diagnostic,
    actions: &mut Vec<CodeAction>,
) {
    let lang = here.lang;
    if let Some(fix) = &finding.fix {
        let title = format!("{}（{}）", fix.title.get(lang), finding.rule.code);
        actions.extend(action(here, title, &fix.edits, told, fix.safe));
    }
    let nearest =
        finding.nearest.iter().take(3).filter(|_| finding.fix.is_none() && NAMES.contains(&finding.rule.code));
    for (id, title) in nearest {
        let words = lang.pick(format!("「{id}」（{title}）にする"), format!("Change to {id} ({title})"));
        actions.extend(action(here, words, &[Edit { span: finding.place.span, text: id.clone() }], told, false));
    }
    if let (Some(known), Some(item)) = (known, finding.item.as_ref().and_then(|item| item_id(item)))
        && matches!(finding.rule.code, "K301" | "K307")
    {
        answers(here, known, item, told, actions);
    }
    if finding.fix.as_ref().is_none_or(|fix| !fix.safe)
        && !finding.rule.is_fixed()
        && !matches!(finding.rule.code, "K109" | "K110")
    {
        actions.extend(allow(here, finding, told));
    }
}

/// Findings about one word that means nothing; the nearest ones that do are offered.
const NAMES: [&str; 5] = ["K101", "K108", "K201", "K203", "K204"];

fn item_id(text: &str) -> Option<ItemId> {
    match crate::ids::read_leaf(text) {
        crate::ids::Read::Exact(leaf) => Some(leaf.item),
        _ => None,
    }
}

/// 「この項目に応える」 and 「非該当とする」.
fn answers(here: &Here<'_>, known: &Known<'_>, item: ItemId, told: &Diagnostic, actions: &mut Vec<CodeAction>) {
    let (year, lang) = (&known.year, here.lang);
    let Some(index) = year.items.iter().position(|entry| entry.item.id.value.item == item) else { return };
    let own = here.file().role.department.as_deref();
    let Some(own) = year.departments.iter().position(|department| Some(department.id()) == own) else { return };
    let leaves = year.items[index].leaves.clone();
    let missing = leaves.clone().filter(|leaf| {
        let cell = &known.coverage.leaves[*leaf].cells[own];
        let cited = matches!(year.leaves[*leaf].answered_by, AnsweredBy::Citation | AnsweredBy::Goal);
        cited && cell.must && cell.state == CellState::Missing
    });
    let missing: Vec<usize> = missing.collect();
    if missing.is_empty() {
        return;
    }
    let ids: Vec<String> = if missing.len() == leaves.len() {
        vec![item.to_string()]
    } else {
        missing.iter().map(|leaf| year.leaves[*leaf].id.to_string()).collect()
    };
    let text = &here.document.text;
    // What is to be answered by work is not answered by words.
    let by_goal = missing.iter().any(|leaf| year.leaves[*leaf].answered_by == AnsweredBy::Goal);
    let listed = ids.join(lang.pick("、", ", "));
    for goal in insert::cite(text, &ids).into_iter().filter(|_| by_goal) {
        let title =
            lang.pick(format!("目標 {} で {listed} に応える", goal.id), format!("Answer {listed} by goal {}", goal.id));
        actions.extend(action(here, title, &[goal.edit], told, false));
    }
    if !by_goal {
        let title = lang.pick(
            format!("この項目に応える（{listed} への部の方針を書く）"),
            format!("Answer {listed} with a response"),
        );
        actions.extend(action(here, title, &[insert::entry(text, Block::Responses, &ids)], told, false));
    }
    let may = missing.iter().all(|leaf| year.leaves[*leaf].may_decline && !year.leaves[*leaf].leads.contains(&own));
    if may {
        let title = lang.pick(
            format!("{listed} を非該当とする（理由を書く）"),
            format!("Declare {listed} not applicable, with a reason"),
        );
        actions.extend(action(here, title, &[insert::entry(text, Block::NotApplicable, &ids)], told, false));
    }
}

/// A remark that lets a finding stand; its reason is still to be written, and K110 asks for it.
fn allow(here: &Here<'_>, finding: &Finding, told: &Diagnostic) -> Option<CodeAction> {
    let (text, lines) = (&here.document.text, &here.document.lines);
    let mut line = lines.line(finding.place.span.start as usize);
    let ends = |line: usize| text.get(lines.span(text, line).range()).unwrap_or_default();
    // Inside a long text no remark can stand: above its field it can.
    while line > 0 && (ends(line).trim().is_empty() || cursor(text, lines.span(text, line).end as usize).is_none()) {
        line -= 1;
    }
    let words = ends(line);
    let indent = &words[..words.len() - words.trim_start_matches([' ', '\u{feff}']).len()];
    let indent = indent.trim_start_matches('\u{feff}');
    let code = finding.rule.code;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = lines.span(text, line).start as usize;
    let start = start + if text[start..].starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let edit = Edit { span: Span::at(start), text: format!("{indent}# kpolicy: allow {code} {end}") };
    let title = here.lang.pick(format!("{code} を理由を添えて認める"), format!("Allow {code}, with a reason"));
    action(here, title, &[edit], told, false)
}

fn action(here: &Here<'_>, title: String, edits: &[Edit], told: &Diagnostic, safe: bool) -> Option<CodeAction> {
    let edits: Vec<TextEdit> =
        edits.iter().map(|edit| TextEdit { range: here.range(edit.span), new_text: edit.text.clone() }).collect();
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![told.clone()]),
        edit: Some(in_buffer(here, edits)?),
        is_preferred: safe.then_some(true),
        ..CodeAction::default()
    })
}

/// Edits of the buffer in hand, of the version that the server knows where the client takes that.
#[allow(clippy::mutable_key_type, reason = "the protocol's own type")]
fn in_buffer(here: &Here<'_>, edits: Vec<TextEdit>) -> Option<WorkspaceEdit> {
    let uri = uri::typed(&here.document.uri)?;
    if !here.session.client.document_changes {
        return Some(WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() });
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(here.document.version) };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
