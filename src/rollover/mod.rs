//! The policy side of a year that follows another: the organization with where each department comes
//! from, the register of plans, a memo and interviews to be filled in. Pure: from texts to texts.

use crate::date::FiscalYear;
use crate::edit::{Editor, Noted, Refused, Value};
use crate::shape::{FileKind, Kind as Wanted, Shape};
use crate::source::{Kind, NodeId};
use crate::templates::begin::of_year;

/// The organization of `year` from last year's text: each department comes from itself, which people
/// change where departments merge or split. None for a text into which nothing can be written.
pub fn organization(text: &str, year: FiscalYear) -> Option<String> {
    let mut editor = Editor::open(text)?;
    let root = editor.tree().root()?;
    set_year(&mut editor, root, FileKind::Organization.shape(), year).ok()?;
    let departments = field(&editor, root, FileKind::Organization.shape(), "departments");
    let entries = match departments.map(|node| &editor.tree().node(node).kind) {
        Some(Kind::List(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    let Wanted::List(Wanted::One(shape)) = FileKind::Organization.shape().field("departments")?.kind else {
        return None;
    };
    for entry in entries {
        let Some(id) = field(&editor, entry, shape, "id").and_then(|node| editor.tree().text(node)) else { continue };
        let from: Noted = Value::list([Value::text(id.to_owned())]).into();
        match field(&editor, entry, shape, "predecessors") {
            Some(old) => editor.replace(old, &from.value).ok()?,
            None => editor.set(entry, "predecessors", &from, &names(shape)).ok()?,
        }
    }
    let last = FiscalYear(year.0.saturating_sub(1)).ja();
    let remark = [
        format!("{last}から引き継ぎました。組織が変わるときは、部と課、長、面談者を直します。"),
        format!("predecessors は、{last}のどの部（部/課）から来たかです。目標はそこから引き継がれます。"),
    ];
    Some(below_modeline(&applied(editor, text), &remark))
}

/// The register of plans of `year` from last year's text.
pub fn references(text: &str, year: FiscalYear) -> Option<String> {
    let mut editor = Editor::open(text)?;
    let root = editor.tree().root()?;
    if matches!(editor.tree().node(root).kind, Kind::Map(_)) {
        set_year(&mut editor, root, FileKind::References.shape(), year).ok()?;
    }
    Some(applied(editor, text))
}

/// A file of the policy side that last year says nothing of.
pub fn blank(name: &str, year: FiscalYear) -> String {
    of_year(name, year)
}

/// The year inside a file, where one stands there.
fn set_year(editor: &mut Editor<'_>, root: NodeId, shape: &'static Shape, year: FiscalYear) -> Result<(), Refused> {
    match field(editor, root, shape, "fiscal_year") {
        Some(old) => editor.replace(old, &Value::word(year.to_string())),
        None => Ok(()),
    }
}

/// The value of a field, by its name or label.
fn field(editor: &Editor<'_>, map: NodeId, shape: &'static Shape, key: &str) -> Option<NodeId> {
    let Kind::Map(fields) = &editor.tree().node(map).kind else { return None };
    let named = |name: NodeId| editor.tree().text(name).and_then(|word| shape.understood(word));
    fields.iter().find(|(name, _)| named(*name).is_some_and(|field| field.key == key)).map(|(_, value)| *value)
}

fn names(shape: &'static Shape) -> Vec<&'static str> {
    shape.fields.iter().flat_map(|field| [field.key, field.label]).collect()
}

fn applied(editor: Editor<'_>, text: &str) -> String {
    let mut after = text.to_owned();
    for edit in editor.edits().into_iter().rev() {
        after.replace_range(edit.span.range(), &edit.text);
    }
    after
}

/// Remarks at the top of a file, below the line that editors read.
fn below_modeline(text: &str, remarks: &[String]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = remarks.iter().map(|words| format!("# {words}{end}")).collect();
    let modeline = text.trim_start_matches('\u{feff}').starts_with("# yaml-language-server");
    let first = if modeline { text.find('\n').map_or(text.len(), |end| end + 1) } else { 0 };
    let first = if first == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { first };
    let (head, rest) = text.split_at(first);
    let bare = rest.lines().next() == Some("#");
    let gap = if rest.starts_with('#') && !bare { format!("#{end}") } else { String::new() };
    format!("{head}{lines}{gap}{rest}")
}
