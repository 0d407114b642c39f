//! What a workbook changes, as edits at places: tried in memory, and taken only where the plan then
//! says exactly what was meant and no remark is lost.

mod wanted;

use crate::edit::{Editor, Noted, Value};
use crate::model::{has_placeholder, is_canonical_number};
use crate::place::Span;
use crate::shape::{Kind, PLAN};
use crate::sheet::data::{Data, DataKind, Path, kind_at, node_at};
use crate::sheet::merge::{Merge, Spot};
use crate::source::{Kind as NodeKind, NodeId, apply};
use wanted::{Want, What, copy, meant, numbers, wants};

/// A plan after a workbook was taken in.
#[derive(Debug)]
pub struct Changed {
    /// The text of the file.
    pub text: String,
    /// What could not be written, with the place in the file.
    pub refused: Vec<(Spot, Span)>,
}

/// The plan's text with what `merge` adds, and with `overwrite` what it replaces and takes out.
/// Nothing where the result would not be what was meant.
pub fn change(text: &str, merge: &Merge, overwrite: bool) -> Option<Changed> {
    let editor = Editor::open(text)?;
    let mut expected = Data::root(editor.tree(), &PLAN);
    let gone: Vec<Spot> = merge.gone.iter().map(|gone| Spot { sheet: gone.sheet.clone(), at: None }).collect();
    let wants = wants(merge, &gone, overwrite);
    let given_up = unfilled(text, &editor, &wants);
    let mut writer = Writer { text, editor, refused: Vec::new(), done: Vec::new(), given_up };
    let mut rest: &[Want<'_>] = &wants;
    while let Some((first, _)) = rest.split_first() {
        let count = writer.group(first, rest);
        writer.write(&rest[..count]);
        rest = &rest[count..];
    }
    let Writer { editor, refused, done, given_up, .. } = writer;
    let stays = |span: &Span| !given_up.iter().any(|gone| gone.start <= span.start && span.end <= gone.end);
    let comments = editor.tree().comments().filter(|(span, _)| stays(span));
    let remarks: Vec<String> = comments.map(|(_, text)| text.to_owned()).collect();
    let edits = editor.edits();
    let after = apply(text, &edits).text.into_owned();
    // Entries are taken out from the last one on, so that the others keep their numbers.
    let is_done = |want: &&Want<'_>| done.contains(want.path);
    wants
        .iter()
        .filter(is_done)
        .filter(|want| !matches!(want.what, What::Remove))
        .for_each(|want| meant(&mut expected, want));
    let mut out: Vec<&Want<'_>> =
        wants.iter().filter(is_done).filter(|want| matches!(want.what, What::Remove)).collect();
    out.sort_by_key(|want| std::cmp::Reverse(numbers(want.path)));
    out.into_iter().for_each(|want| meant(&mut expected, want));
    let proof = Editor::open(&after)?;
    let kept: Vec<String> = proof.tree().comments().map(|(_, text)| text.to_owned()).collect();
    let same = Data::root(proof.tree(), &PLAN).same(&expected) && remarks.iter().all(|remark| kept.contains(remark));
    same.then_some(Changed { text: after, refused })
}

struct Writer<'t> {
    text: &'t str,
    editor: Editor<'t>,
    refused: Vec<(Spot, Span)>,
    done: Vec<Path>,
    /// Lines whose remarks may go with them.
    given_up: Vec<Span>,
}

/// The lines of entries that go and that nobody filled in: the remarks there are those of the
/// skeleton. Where the last entry of a list goes, so does the line that begins the list.
fn unfilled(text: &str, editor: &Editor<'_>, wants: &[Want<'_>]) -> Vec<Span> {
    let tree = editor.tree();
    let entry = |want: &&Want<'_>| {
        matches!(want.what, What::Remove) && want.path.last().is_some_and(|step| step.parse::<usize>().is_ok())
    };
    let mut out = Vec::new();
    for want in wants.iter().filter(entry) {
        let (Some(node), Some(list)) =
            (node_at(tree, &PLAN, want.path), want.path.split_last().and_then(|(_, list)| node_at(tree, &PLAN, list)))
        else {
            continue;
        };
        let span = tree.span(node);
        if !text.get(span.range()).is_some_and(has_placeholder) {
            continue;
        }
        let below = &want.path[..want.path.len() - 1];
        let going =
            wants.iter().filter(entry).filter(|other| other.path.split_last().is_some_and(|(_, list)| list == below));
        let count = match &tree.node(list).kind {
            NodeKind::List(entries) => entries.len(),
            _ => 0,
        };
        let head = text.get(..tree.span(list).start as usize).unwrap_or_default();
        let line = |at: usize| head[..at].rfind('\n').map_or(0, |at| at + 1);
        let start = if going.count() == count { line(line(head.len()).saturating_sub(1)) } else { span.start as usize };
        let end = text
            .get(span.end as usize..)
            .and_then(|rest| rest.find('\n'))
            .map_or(text.len(), |at| span.end as usize + at);
        out.push(Span { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) });
    }
    out
}

impl Writer<'_> {
    /// The deepest step of a path whose fields are there, and how many steps lead to it.
    fn there(&self, path: &Path) -> Option<(NodeId, usize)> {
        let tree = self.editor.tree();
        let holds = |node: NodeId| tree.field_count(node) > 0;
        let steps = (0..path.len()).rev();
        steps.filter_map(|steps| Some((node_at(tree, &PLAN, &path[..steps])?, steps))).find(|(node, _)| holds(*node))
    }

    /// How many of the things to write make one new field together.
    fn group(&self, first: &Want<'_>, rest: &[Want<'_>]) -> usize {
        let Some((_, steps)) = self.there(first.path) else { return 1 };
        let new = &first.path[..=steps.min(first.path.len() - 1)];
        let filled = node_at(self.editor.tree(), &PLAN, first.path).is_some();
        if filled || new.len() == first.path.len() {
            return 1;
        }
        rest.iter().take_while(|want| want.path.starts_with(new)).count()
    }

    fn write(&mut self, wants: &[Want<'_>]) {
        let Some(first) = wants.first() else { return };
        let written = match (wants, node_at(self.editor.tree(), &PLAN, first.path)) {
            ([one], Some(node)) => self.existing(one, node),
            _ => self.fresh(wants),
        };
        match written {
            Ok(()) => self.done.extend(wants.iter().map(|want| want.path.clone())),
            Err(span) => self.refused.extend(wants.iter().map(|want| (want.spot.clone(), span))),
        }
    }

    /// Writes where something stands.
    fn existing(&mut self, want: &Want<'_>, node: NodeId) -> Result<(), Span> {
        let span = self.editor.tree().span(node);
        let kind = kind_at(&PLAN, want.path).ok_or(span)?;
        let refused = |at: crate::edit::Refused| Span::at(at.at);
        match &want.what {
            What::Push(entries) => {
                let Kind::List(inner) = kind else { return Err(span) };
                if self.editor.tree().text(node).is_some() {
                    return self
                        .editor
                        .replace(node, &Value::list(entries.iter().map(|entry| value(inner, entry))))
                        .map_err(refused);
                }
                entries
                    .iter()
                    .try_for_each(|entry| self.editor.push(node, &value(inner, entry).into()).map_err(refused))
            }
            What::Put(Data { kind: DataKind::List(entries), .. }) if self.is_plain_list(node) => {
                self.entries(want, node, entries)
            }
            What::Put(_) | What::Remove if self.has_remarks(node, matches!(want.what, What::Remove)) => Err(span),
            What::Put(data) => self.editor.replace(node, &value(&kind, data)).map_err(refused),
            What::Remove => self.editor.remove(node).map_err(refused),
        }
    }

    /// True for a list of single values, each on a line.
    fn is_plain_list(&self, node: NodeId) -> bool {
        let tree = self.editor.tree();
        let flow = self.text.get(tree.span(node).range()).is_some_and(|text| text.starts_with('['));
        matches!(&tree.node(node).kind, NodeKind::List(entries) if !flow && entries.iter().all(|entry| tree.text(*entry).is_some()))
    }

    /// Changes a list value by value, so that remarks among them stay.
    fn entries(&mut self, want: &Want<'_>, list: NodeId, after: &[Data]) -> Result<(), Span> {
        let tree = self.editor.tree();
        let span = tree.span(list);
        let Some(Kind::List(inner)) = kind_at(&PLAN, want.path) else { return Err(span) };
        let NodeKind::List(nodes) = &tree.node(list).kind else { return Err(span) };
        let old: Vec<(NodeId, String)> =
            nodes.iter().map(|node| (*node, tree.text(*node).unwrap_or_default().to_owned())).collect();
        let new: Vec<&str> = after.iter().filter_map(Data::text).collect();
        let refused = |at: crate::edit::Refused| Span::at(at.at);
        // What only leaves the list is taken out where it stands.
        let mut rest = new.as_slice();
        let stays = |(_, text): &&(NodeId, String)| {
            let next = rest.first() == Some(&text.as_str());
            rest = &rest[usize::from(next)..];
            next
        };
        let kept: Vec<NodeId> = old.iter().filter(stays).map(|(node, _)| *node).collect();
        if kept.len() == new.len() {
            let gone: Vec<NodeId> = old.iter().map(|(node, _)| *node).filter(|node| !kept.contains(node)).collect();
            if gone.iter().any(|node| self.has_remarks(*node, true)) {
                return Err(span);
            }
            return gone.into_iter().try_for_each(|node| self.editor.remove(node).map_err(refused));
        }
        if new.len() < old.len() && old[new.len()..].iter().any(|(node, _)| self.has_remarks(*node, true)) {
            return Err(span);
        }
        for (at, (node, text)) in old.iter().enumerate() {
            match new.get(at) {
                Some(word) if word == text => {}
                Some(_) => self.editor.replace(*node, &value(inner, &after[at])).map_err(refused)?,
                None => self.editor.remove(*node).map_err(refused)?,
            }
        }
        let more = after.iter().skip(old.len());
        more.map(|entry| value(inner, entry).into())
            .try_for_each(|entry| self.editor.push(list, &entry).map_err(refused))
    }

    /// Writes a field that is not there yet, with all that goes into it.
    fn fresh(&mut self, wants: &[Want<'_>]) -> Result<(), Span> {
        let Some(first) = wants.first() else { return Ok(()) };
        let (map, steps) = self.there(first.path).ok_or_else(Span::default)?;
        let span = self.editor.tree().span(map);
        let path = first.path.get(..=steps).ok_or(span)?;
        let kind = kind_at(&PLAN, path).ok_or(span)?;
        let mut data = Data::default();
        for want in wants {
            let below = want.path.get(steps + 1..).ok_or(span)?;
            meant(&mut data, &Want { spot: want.spot, path: &below.to_vec(), what: copy(&want.what) });
        }
        let written = value(&kind, &data);
        // A field that stands there blank, whatever it is called there.
        if let Some(node) = node_at(self.editor.tree(), &PLAN, path) {
            return self.editor.replace(node, &written).map_err(|at| Span::at(at.at));
        }
        let order: Vec<&str> = match kind_at(&PLAN, &path[..steps]) {
            Some(Kind::One(shape)) => shape.fields.iter().map(|field| field.key).collect(),
            _ => Vec::new(),
        };
        let key = path.last().ok_or(span)?;
        self.editor.set(map, key, &Noted::from(written), &order).map_err(|at| Span::at(at.at))
    }

    /// True where a remark stands among the words that would go.
    fn has_remarks(&self, node: NodeId, with_line: bool) -> bool {
        let tree = self.editor.tree();
        let span = tree.span(node);
        let single = tree.text(node).is_some();
        let given_up = |at: &Span| self.given_up.iter().any(|gone| gone.start <= at.start && at.end <= gone.end);
        tree.comments().filter(|(comment, _)| !given_up(comment)).any(|(comment, _)| {
            let inside = span.start <= comment.start && comment.end <= span.end;
            let behind = with_line && comment.start >= span.end && self.same_line(span.end, comment.start);
            (inside && !single) || behind
        })
    }

    fn same_line(&self, from: u32, to: u32) -> bool {
        self.text.get(from as usize..to as usize).is_some_and(|between| !between.contains('\n'))
    }
}

/// A value as it is written.
fn value(kind: &Kind, data: &Data) -> Value {
    match (kind, &data.kind) {
        (Kind::One(shape), DataKind::Map(fields)) => {
            let field = |field: &'static crate::shape::Field| {
                let (_, data) = fields.iter().find(|(name, data)| name == field.key && !data.is_blank())?;
                Some((field.key, value(&field.kind, data)))
            };
            Value::map(shape.fields.iter().filter_map(field))
        }
        (Kind::List(inner), DataKind::List(entries)) => Value::list(entries.iter().map(|entry| value(inner, entry))),
        (Kind::Map(_, inner), DataKind::Map(fields)) => {
            Value::map(fields.iter().map(|(name, data)| (name.clone(), value(inner, data))))
        }
        (kind, DataKind::One(text)) => word(kind, text),
        _ => Value::text(""),
    }
}

fn word(kind: &Kind, text: &str) -> Value {
    let bare = match kind {
        Kind::Number | Kind::Count | Kind::TextOrNumber => is_canonical_number(text),
        Kind::Bool | Kind::Date | Kind::Choice(_) => !has_placeholder(text),
        _ => false,
    };
    if bare { Value::word(text) } else { Value::text(text) }
}
