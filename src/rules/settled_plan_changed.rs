//! K602: a plan was settled after the interview, and what it promises has changed since.
//!
//! What is written during the year (progress, follow-ups, handovers, second looks) is no change of
//! what was promised. An entry with a new day of `reviewed` says itself that it was looked at again.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, Plan, Status};
use crate::place::{FileId, Span};
use crate::rules::{Change, Check, Rule, fields};
use crate::say;
use crate::shape::{FileKind, Kind as FieldKind, PLAN, Shape};
use crate::source::{self, Kind, NodeId, Tree};

pub(super) static RULE: Rule = Rule {
    code: "K602",
    name: "settled-plan-changed",
    level: Level::Warning,
    page: include_str!("settled_plan_changed.md"),
    check: Check::Change(check),
};

/// Fields of a plan that are settled as a whole.
const SETTLED: [&str; 4] = ["mission", "direction", "reform", "not_applicable"];
/// Fields of an entry that are written during the year.
const OPEN: [&str; 3] = ["progress", "reviewed", "extra"];

/// A text without its layout, and where its field begins: there a comment speaks of it.
type Value = (String, Span);

/// A goal or a response: its name, where that stands, and its fields in the order of the shape.
struct Entry {
    name: String,
    handle: Span,
    fields: BTreeMap<usize, Value>,
    reviewed: Option<String>,
}

/// What a plan promises.
#[derive(Default)]
struct Promise {
    whole: BTreeMap<&'static str, Value>,
    goals: Vec<Entry>,
    responses: Vec<Entry>,
}

fn check(change: &Change<'_>, out: &mut Vec<Finding>) {
    for year in change.years {
        for (_, [(before, was), (after, is)]) in change.plans(*year) {
            if status(was) == Some(Status::Settled) {
                compare((change, before), (after, is), out);
            }
        }
    }
}

fn status(plan: &Plan) -> Option<Status> {
    plan.status.as_ref().map(|status| status.value)
}

fn compare((change, before): (&Change<'_>, FileId), (file, plan): (FileId, &Plan), out: &mut Vec<Finding>) {
    let handle = plan.status.as_ref().map_or(Span::at(0), |status| status.span);
    if status(plan) != Some(Status::Settled) {
        let what = say!("確定した計画が、確定の前に戻されました", "the plan was settled, and is not any more");
        return out.push(finding(file, handle, what, None));
    }
    let (was, is) = (promise(&change.before.file(before).text), promise(&change.after.file(file).text));
    for key in SETTLED {
        let (old, new) = (was.whole.get(key), is.whole.get(key));
        if old.map(|old| &old.0) != new.map(|new| &new.0) {
            let Say { ja, en } = PLAN.field(key).map(fields::name).unwrap_or_default();
            let what = say!("確定した計画の {ja} が変わりました", "{en} of a settled plan changed");
            out.push(finding(file, new.map_or(handle, |new| new.1), what, old));
        }
    }
    for (old, new, kind) in [(&was.goals, &is.goals, "goals"), (&was.responses, &is.responses, "responses")] {
        entries(file, (old, new), kind, handle, out);
    }
}

fn entries(file: FileId, (old, new): (&[Entry], &[Entry]), kind: &'static str, handle: Span, out: &mut Vec<Finding>) {
    for was in old {
        let Say { ja, en } = called(kind, &was.name);
        let Some(is) = new.iter().find(|is| is.name == was.name) else {
            let what = say!("確定した計画から{ja}がなくなりました", "{en} is gone from a settled plan");
            out.push(finding(file, handle, what, None));
            continue;
        };
        if is.reviewed.is_some() && is.reviewed != was.reviewed {
            continue;
        }
        let all = was.fields.keys().chain(is.fields.keys().filter(|field| !was.fields.contains_key(field)));
        let text = |entry: &Entry, field: &usize| entry.fields.get(field).map(|value| value.0.clone());
        let changed: Vec<usize> = all.filter(|field| text(was, field) != text(is, field)).copied().collect();
        let Some(first) = changed.first() else { continue };
        let names = changed.iter().filter_map(|field| shape(kind)?.fields.get(*field)).map(fields::name);
        let Say { ja: ja_names, en: en_names } = fields::listed(names);
        let what = say!("確定した計画の{ja}が変わりました: {ja_names}", "{en} of a settled plan changed: {en_names}");
        let place = is.fields.get(first).map_or(is.handle, |value| value.1);
        out.push(finding(file, place, what, was.fields.get(first)));
    }
    // A further answer takes nothing back; a further goal is a promise nobody settled.
    for is in new.iter().filter(|is| kind == "goals" && !old.iter().any(|was| was.name == is.name)) {
        let Say { ja, en } = called(kind, &is.name);
        let what = say!("確定した計画に{ja}が加わりました", "{en} was added to a settled plan");
        out.push(finding(file, is.handle, what, None));
    }
}

fn called(kind: &str, name: &str) -> Say {
    if kind == "goals" {
        say!("目標 {name} ", "goal {name}")
    } else {
        say!("項目 {name} への部の方針", "the response to {name}")
    }
}

fn finding(file: FileId, place: Span, what: Say, old: Option<&Value>) -> Finding {
    let short = old
        .map(|(text, _)| text.replace('\n', " "))
        .filter(|text| !text.is_empty() && text.chars().count() <= 60 && !text.contains(SEPARATOR));
    let label = match short {
        Some(old) => say!("前の内容は「{old}」です", "it was \"{old}\""),
        None => say!("確定の後に変わりました", "changed after it was settled"),
    };
    Finding::new(&RULE, file.at(place), what)
        .label(label)
        .why(say!(
            "面談を経て確定した内容です。静かに変わると、何を約束したのかが年度末に分からなくなります。",
            "It was settled after the interview. Changed quietly, nobody can tell at the year's end what was promised."
        ))
        .help(say!(
            "改めることが決まっている場合は、この行の上に、決めた日や会議を書いてください。\n# kpolicy: allow K602 ９月の見直し会議で変更\n項目の文言が改まったための見直しであれば、reviewed にその日を書きます。\n決まっていない場合は、元に戻してください。",
            "If the change was decided, say above this line when and where.\n# kpolicy: allow K602 decided at the review in September\nIf the item's wording was amended, write the day of the second look under reviewed:\nIf nothing was decided, put it back."
        ))
}

/// Between parts of a value; no text holds it.
const SEPARATOR: char = '\u{1}';

/// What the text of a plan promises. Only readable plans are compared, so there is one tree.
fn promise(text: &str) -> Promise {
    let mut promise = Promise::default();
    source::read(text, FileKind::Plan.vocabulary(), &mut Vec::new(), &mut |tree, _| {
        let Some(root) = tree.root() else { return };
        for (field, [key, value]) in known(tree, root, &PLAN) {
            match PLAN.fields.get(field).map(|field| field.key) {
                Some("goals") => promise.goals.extend(list(tree, value, "goals", "id")),
                Some("responses") => promise.responses.extend(list(tree, value, "responses", "cites")),
                Some(name) if SETTLED.contains(&name) => {
                    promise.whole.insert(name, (plain(tree, value), tree.span(key)));
                }
                _ => {}
            }
        }
    });
    promise
}

fn list(tree: &Tree<'_>, list: NodeId, kind: &str, name: &str) -> Vec<Entry> {
    let (Kind::List(members), Some(shape)) = (&tree.node(list).kind, shape(kind)) else { return Vec::new() };
    let entry = |member: &NodeId| {
        let mut entry =
            Entry { name: String::new(), handle: tree.span(*member), fields: BTreeMap::new(), reviewed: None };
        for (field, [key, value]) in known(tree, *member, shape) {
            let called = shape.fields.get(field).map_or("", |field| field.key);
            let text = plain(tree, value);
            if called == name {
                entry.name = text.replace(SEPARATOR, "、");
                entry.handle = tree.span(value);
            } else if called == "reviewed" {
                entry.reviewed = Some(text);
            } else if !OPEN.contains(&called) {
                entry.fields.insert(field, (text, tree.span(key)));
            }
        }
        entry
    };
    members.iter().map(entry).collect()
}

/// The shape of the entries of a list.
fn shape(kind: &str) -> Option<&'static Shape> {
    match PLAN.field(kind)?.kind {
        FieldKind::List(FieldKind::One(shape)) => Some(shape),
        _ => None,
    }
}

/// The fields of a map that its shape knows, by their number there: name and value.
fn known(tree: &Tree<'_>, map: NodeId, shape: &Shape) -> Vec<(usize, [NodeId; 2])> {
    let Kind::Map(fields) = &tree.node(map).kind else { return Vec::new() };
    let known = fields.iter().filter_map(|(key, value)| {
        let field = shape.understood(tree.text(*key)?)?;
        Some((shape.fields.iter().position(|other| other.key == field.key)?, [*key, *value]))
    });
    known.collect()
}

/// A value without its layout: how it is quoted, folded or set apart does not matter.
fn plain(tree: &Tree<'_>, node: NodeId) -> String {
    let joined = |parts: Vec<String>| parts.join(&SEPARATOR.to_string());
    match &tree.node(node).kind {
        Kind::Blank => String::new(),
        Kind::Scalar { text, .. } => text.trim().to_owned(),
        Kind::List(members) => joined(members.iter().map(|member| plain(tree, *member)).collect()),
        Kind::Map(fields) => {
            let field = |(key, value): &(NodeId, NodeId)| format!("{}={}", plain(tree, *key), plain(tree, *value));
            let mut fields: Vec<String> = fields.iter().map(field).collect();
            fields.sort();
            joined(fields)
        }
    }
}
