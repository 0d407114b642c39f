//! Schemas of single values with the ids of a year.

use serde_json::{Value, json};

use crate::schema::known::{Entry, Known};
use crate::schema::pattern;
use crate::schema::scalar::{Node, enumerated, formed, hover, limited, node, one_of, scalar, shown, snippet, types};
use crate::shape::{Kind, Target};

/// More ids than this are not all listed in a message.
const LISTED: usize = 16;

/// The schema of an id whose kind the year knows.
pub(super) fn id(kind: &Kind, known: &Known, required: bool) -> Option<Node> {
    let out = match kind {
        Kind::Cite => leaf(known, false),
        Kind::Subject => leaf(known, true),
        Kind::Ref(Target::Department) => listed(&known.departments, "部", known, required),
        Kind::Ref(Target::Unit) => listed(&known.units, "部又は部/課", known, required),
        Kind::Ref(Target::OwnDivision) => listed(&known.divisions, "課", known, required),
        Kind::Ref(Target::Reference) => listed(&known.references, "計画・指針", known, required),
        Kind::Ref(Target::Node) => {
            // Which of them it may be depends on the reference beside it.
            let mut out = scalar(kind, required);
            show(&mut out, &known.nodes);
            out
        }
        Kind::Ref(Target::Period) => listed(&known.periods, "報告の時期", known, required),
        Kind::Ref(Target::Rating) => listed(&known.ratings, "評価", known, required),
        Kind::Ref(Target::OthersGoal) => others_goal(known, required),
        _ => return None,
    };
    Some(out)
}

fn listed(entries: &[Entry], what: &str, known: &Known, required: bool) -> Node {
    let year = &known.year;
    if entries.is_empty() {
        return blank(&format!("{year}の{what}は一つも登録されていません"));
    }
    let message = format!("{year}の{what}にありません（{}）", range(entries));
    let pairs: Vec<(String, String)> = entries.iter().map(|entry| (entry.id.clone(), entry.title.clone())).collect();
    let mut out = enumerated(&pairs, &message, required);
    show(&mut out, entries);
    out
}

/// `somu、seisaku`, or the first and the last of many.
fn range(entries: &[Entry]) -> String {
    match entries {
        [first, .., last] if entries.len() > LISTED => format!("{}〜{}、{} 件", first.id, last.id, entries.len()),
        _ => entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>().join("、"),
    }
}

fn show(out: &mut Node, entries: &[Entry]) {
    let words = |entry: &Entry| shown(&entry.id, &entry.title, entry.text.as_deref());
    out.insert("anyOf".into(), hover(entries.iter().map(words)));
    let offers = entries.iter().map(|entry| snippet(&entry.id, &entry.title, entry.text.as_deref()));
    out.insert("defaultSnippets".into(), offers.collect());
}

/// An item or clause; of a year whose policy is not there the form alone counts. With `goals`
/// also a goal.
fn leaf(known: &Known, goals: bool) -> Node {
    let ends = match known.leaves.as_slice() {
        [first, .., last] => format!("（{}〜{}）", first.id, last.id),
        [only] => format!("（{}）", only.id),
        [] => String::new(),
    };
    let message = format!("{}の基本方針にない番号です{ends}", known.year);
    let form = if goals { Kind::Subject } else { Kind::Cite };
    let mut elsewhere = scalar(&form, false);
    elsewhere.shift_remove("type");
    elsewhere.insert("allOf".into(), elsewhere_rules(known, goals, &message));
    let mut here = one_of(known.leaves.iter().map(|leaf| leaf.id.as_str()));
    here.insert("errorMessage".into(), json!(message));
    let mut out = node(json!({
        "type": types(&["string"], false),
        "errorMessage": message,
        "if": { "pattern": if goals { pattern::NO_ITEM } else { pattern::ELSEWHERE } },
        "then": elsewhere,
        "else": here,
    }));
    show(&mut out, &known.leaves);
    out
}

/// Items of the years whose policy is there, and goals of departments.
fn elsewhere_rules(known: &Known, goals: bool, message: &str) -> Value {
    let mut dated = one_of(known.dated_leaves.iter().map(String::as_str));
    dated.insert("errorMessage".into(), json!(message));
    // A goal of such a year is another department's file: its form alone counts.
    let item = json!({ "pattern": pattern::dated_leaf() });
    let mut rules = vec![json!({
        "if": { "type": "string", "pattern": pattern::of_years(&known.years), "allOf": [item] },
        "then": dated,
    })];
    if goals {
        rules.push(json!({
            "if": { "type": "string", "pattern": pattern::named_goal() },
            "then": others_goal(known, false),
        }));
    }
    Value::Array(rules)
}

fn others_goal(known: &Known, required: bool) -> Node {
    let message =
        format!("他の部の目標は、部の記号を付けて seisaku:G2 のように書きます（{}）", range(&known.departments));
    formed(&pattern::others_goal(&known.goal_owners), &message, required)
}

/// Which parts belong to which registered plan: the rules of the object that names both.
pub(super) fn nodes_by_reference(known: &Known) -> Value {
    let mut rules = Vec::new();
    let mut without = Vec::new();
    for (reference, nodes) in known.references.iter().zip(&known.nodes_of) {
        if nodes.is_empty() {
            without.push(reference.id.as_str());
            continue;
        }
        let message = format!("「{}」の区分にありません（{}）", reference.title, nodes.join("、"));
        let mut node = Node::new();
        limited(&mut node, nodes.iter().map(String::as_str), &message, false);
        rules.push(when_reference(&[&reference.id], node));
    }
    if !without.is_empty() {
        let message = "この計画には区分が登録されていません（references.yaml の nodes）";
        rules.push(when_reference(&without, blank(message)));
    }
    Value::Array(rules)
}

/// Allows blanks only.
fn blank(message: &str) -> Node {
    node(json!({
        "type": types(&["string"], false),
        "pattern": pattern::BLANK,
        "patternErrorMessage": message,
        "errorMessage": message,
    }))
}

fn when_reference(ids: &[&str], node: Node) -> Value {
    json!({
        "if": { "required": ["id"], "properties": { "id": { "enum": ids } } },
        "then": { "properties": { "node": node } },
    })
}
