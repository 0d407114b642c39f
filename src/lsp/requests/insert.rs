//! Where a new answer goes into a plan, in the plan's own layout.

use crate::lsp::outline::{Part, outline};
use crate::place::Span;
use crate::shape::FileKind;
use crate::source::Edit;

/// The lists that take answers to items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// 項目への部の方針
    Responses,
    /// 非該当
    NotApplicable,
}

impl Block {
    fn key(self) -> &'static str {
        match self {
            Block::Responses => "responses",
            Block::NotApplicable => "not_applicable",
        }
    }

    fn ids(self) -> &'static str {
        match self {
            Block::Responses => "cites",
            Block::NotApplicable => "items",
        }
    }

    /// Lists before which it is written, where it is not there yet.
    fn before(self) -> &'static [&'static str] {
        match self {
            Block::Responses => &["not_applicable", "requests", "follow_ups", "supports", "extra", "goals"],
            Block::NotApplicable => &["requests", "follow_ups", "supports", "extra", "goals"],
        }
    }
}

/// A citation put into a goal.
pub(super) struct Cited {
    /// The goal.
    pub(super) id: String,
    /// The edit.
    pub(super) edit: Edit,
}

/// An edit that adds an entry which answers some items, its words still to be written.
pub(super) fn entry(text: &str, block: Block, ids: &[String]) -> Edit {
    let parts = outline(text, FileKind::Plan);
    let of = |key: &str| parts.iter().find(|part| is_field(part, key));
    let end = line_end(text);
    match of(block.key()) {
        Some(part) => {
            let last = part.parts.iter().rev().find(|part| part.field.is_none());
            let column = last.map_or(2, |entry| column(text, entry.sign));
            let at = after(text, last.map_or(part.span, |entry| entry.span));
            let lines = lines(block, ids, column, end);
            let open = if text.get(..at).is_some_and(|before| before.ends_with('\n')) { "" } else { end };
            Edit { span: Span::at(at), text: format!("{open}{lines}") }
        }
        None => {
            let next = block.before().iter().find_map(|key| of(key)).map(|part| part.sign.start as usize);
            let at = next.unwrap_or(text.len());
            let open = if at == 0 || text.get(..at).is_some_and(|before| before.ends_with(['\n', '\u{feff}'])) {
                ""
            } else {
                end
            };
            Edit { span: Span::at(at), text: format!("{open}{}:{end}{}", block.key(), lines(block, ids, 2, end)) }
        }
    }
}

/// Goals that one finding is offered to be answered by.
const GOALS: usize = 4;

/// Edits that add items to what a goal cites, for each of the first goals that have a list for it.
pub(super) fn cite(text: &str, ids: &[String]) -> Vec<Cited> {
    let parts = outline(text, FileKind::Plan);
    let goals = parts.iter().find(|part| is_field(part, "goals")).map(|goals| goals.parts.as_slice());
    goals.unwrap_or_default().iter().filter_map(|goal| cite_in(text, goal, ids)).take(GOALS).collect()
}

fn cite_in(text: &str, goal: &Part, ids: &[String]) -> Option<Cited> {
    let cites = goal.parts.iter().find(|part| is_field(part, "cites"))?;
    let last = cites.parts.iter().rev().find(|part| part.field.is_none())?;
    let (at, end) = (after(text, last.span), line_end(text));
    let open = if text.get(..at).is_some_and(|before| before.ends_with('\n')) { "" } else { end };
    let indent = " ".repeat(column(text, last.sign));
    let lines: String = ids.iter().map(|id| format!("{indent}- {id}{end}")).collect();
    let id = goal.value(&["id"]).map(|(id, _)| id.to_owned()).unwrap_or_default();
    Some(Cited { id, edit: Edit { span: Span::at(at), text: format!("{open}{lines}") } })
}

fn is_field(part: &Part, key: &str) -> bool {
    let label = FileKind::Plan.shape().field(key).map(|field| field.label);
    part.field
        .as_deref()
        .is_some_and(|name| name == key || Some(name) == label || (key == "cites" && name == "応える項目"))
}

/// The byte after the line in which a place ends.
fn after(text: &str, span: Span) -> usize {
    let end = (span.end as usize).min(text.len());
    text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| end + at + 1)
}

fn column(text: &str, sign: Span) -> usize {
    let before = text.get(..sign.start as usize).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}').chars().count()
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn lines(block: Block, ids: &[String], column: usize, end: &str) -> String {
    let (dash, deeper) = (" ".repeat(column), " ".repeat(column + 2));
    let ids: String = ids.iter().map(|id| format!("{deeper}  - {id}{end}")).collect();
    let words = match block {
        Block::Responses => format!("{deeper}text: |-{end}{deeper}  （記入）{end}"),
        Block::NotApplicable => format!("{deeper}reason: （記入）{end}"),
    };
    format!("{dash}- {}:{end}{ids}{words}", block.ids())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, edit: &Edit) -> String {
        let mut text = text.to_owned();
        text.replace_range(edit.span.range(), &edit.text);
        text
    }

    #[test]
    fn answers_go_where_their_kind_stands() {
        let ids = ["3-6".to_owned()];
        let text = "status: draft\nresponses:\n- cites:\n  - 3-1\n  text: |-\n    文\n\n# 注\ngoals:\n  - id: G1\n    cites:\n      - 1-1 # 注\n    title: 題\n";
        let edit = entry(text, Block::Responses, &ids);
        assert!(with(text, &edit).contains("    文\n- cites:\n    - 3-6\n  text: |-\n    （記入）\n\n# 注\ngoals:"));
        let edit = entry(text, Block::NotApplicable, &ids);
        assert!(
            with(text, &edit).contains("# 注\nnot_applicable:\n  - items:\n      - 3-6\n    reason: （記入）\ngoals:")
        );
        let cited: Vec<_> = cite(text, &ids).iter().map(|cited| (cited.id.clone(), with(text, &cited.edit))).collect();
        assert!(
            matches!(&cited[..], [(id, text)] if id == "G1" && text.contains("      - 1-1 # 注\n      - 3-6\n    title"))
        );
        assert_eq!(
            with("", &entry("", Block::NotApplicable, &ids)),
            "not_applicable:\n  - items:\n      - 3-6\n    reason: （記入）\n"
        );
        let crlf = "status: draft\r\ngoals:";
        let edit = entry(crlf, Block::Responses, &ids);
        assert!(!with(crlf, &edit).replace("\r\n", "").contains('\n'));
    }
}
