//! A department that gets another id while the year before keeps the old one: `predecessors` link
//! the two, so that goals and results are still found.

use crate::city::{City, Doc};
use crate::date::FiscalYear;
use crate::edit::{Editor, Value};
use crate::error::Error;
use crate::mentions::Thing;
use crate::place::FileId;
use crate::rename::Rename;
use crate::say;
use crate::shape::{FileKind, Kind};
use crate::source::{Edit, NodeId, Tree};

/// The line that is written for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The organization of the first year that is renamed in.
    pub file: FileId,
    /// That year.
    pub year: FiscalYear,
    /// What is written into it.
    pub edits: Vec<Edit>,
}

/// The link to the year before, where one is needed and none is there.
pub(super) fn link(city: &City, rename: &Rename) -> Result<Option<Link>, Error> {
    let Thing::Department(old) = &rename.old else { return Ok(None) };
    let Some(year) = rename.years.iter().min().copied() else { return Ok(None) };
    let before = year.0.checked_sub(1).map(FiscalYear).and_then(|last| city.years.get(&last));
    let knows = |doc: &Doc| match doc {
        Doc::Organization(past) => past.departments.iter().any(|unit| unit.id.value == *old),
        _ => false,
    };
    let known = before.and_then(|files| files.organization).is_some_and(|file| knows(&city.file(file).doc));
    let Some(file) = city.years.get(&year).and_then(|files| files.organization).filter(|_| known) else {
        return Ok(None);
    };
    let Doc::Organization(organization) = &city.file(file).doc else { return Ok(None) };
    let unit = organization.departments.iter().find(|unit| unit.id.value == *old);
    // Whoever names predecessors has said where it comes from.
    if unit.is_none_or(|unit| !unit.predecessors.is_empty()) {
        return Ok(None);
    }
    let path = &city.file(file).path;
    let edits = written(&city.file(file).text, old).ok_or_else(|| {
        Error::environment(say!(
            "改めていません。{path} に、前の年度の記号（predecessors: {old}）を書き加えられません。",
            "nothing was renamed: predecessors: {old} cannot be written into {path}."
        ))
        .hint(say!(
            "括弧 {{ }} [ ] を使わず、１つを１行に書き直してください。",
            "Write it without brackets, one entry a line."
        ))
    })?;
    Ok(Some(Link { file, year, edits }))
}

/// `predecessors` of the department with this id.
fn written(text: &str, id: &str) -> Option<Vec<Edit>> {
    let mut editor = Editor::open(text)?;
    let Kind::List(Kind::One(shape)) = FileKind::Organization.shape().field("departments")?.kind else { return None };
    let entry = department(editor.tree(), id)?;
    let order: Vec<&str> = shape.fields.iter().map(|field| field.key).collect();
    editor.set(entry, "predecessors", &Value::list([Value::text(id)]).into(), &order).ok()?;
    Some(editor.edits())
}

fn department(tree: &Tree<'_>, id: &str) -> Option<NodeId> {
    let list = tree.get(tree.root()?, "departments")?;
    let crate::source::Kind::List(entries) = &tree.node(list).kind else { return None };
    let is = |entry: &&NodeId| tree.get(**entry, "id").and_then(|node| tree.text(node)) == Some(id);
    entries.iter().find(is).copied()
}
