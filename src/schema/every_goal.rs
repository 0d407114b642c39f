//! K108 of the policy: what every goal must answer can only be answered by goals, citations or
//! viewpoints. A clause inherits from its item what it does not say; whatever is withdrawn is free.

use serde_json::{Value, json};

use crate::schema::pattern::NOT_BLANK;
use crate::shape::{Choice, Kind, Shape};

const SCOPE_KEY: &str = "scope";
const WAY_KEY: &str = "answered_by";
const EVERY_GOAL: &str = "every_goal";
const ALLOWED: [&str; 3] = ["citation", "goal", "viewpoint"];
const MESSAGE: &str = "全ての目標（every_goal）が応える項目では、応え方は citation、goal、viewpoint のどれかです";

/// True for the shape of an item.
pub(super) fn applies(shape: &Shape) -> bool {
    ["clauses", SCOPE_KEY, WAY_KEY].iter().all(|key| shape.field(key).is_some())
}

/// The rules of an item and its clauses.
pub(super) fn rules(shape: &Shape) -> Value {
    let (scope, way) = (is(SCOPE_KEY, &[EVERY_GOAL]), is(WAY_KEY, &others(shape, WAY_KEY, &ALLOWED)));
    let (way_wrong, scope_wrong) =
        (refuse(WAY_KEY, &ALLOWED), refuse(SCOPE_KEY, &others(shape, SCOPE_KEY, &[EVERY_GOAL])));
    let (no_scope, no_way) = (not(says(SCOPE_KEY)), not(says(WAY_KEY)));
    let whole = json!({ "required": ["clauses"], "properties": { "clauses": { "type": "array", "minItems": 1 } } });
    json!([
        rule(&[&scope, &way, &not(whole)], way_wrong.clone()),
        // A clause that says both, one, or neither; the item says the rest.
        rule(&[], clauses(&[&scope, &way], way_wrong.clone())),
        rule(&[&scope], clauses(&[&no_scope, &way], way_wrong.clone())),
        rule(&[&way], clauses(&[&scope, &no_way], scope_wrong)),
        rule(&[&scope, &way], clauses(&[&no_scope, &no_way], way_wrong.clone())),
    ])
}

/// The words that a field allows, but for these.
fn others(shape: &Shape, key: &str, but: &[&str]) -> Vec<&'static str> {
    let choices: &[Choice] = match shape.field(key).map(|field| field.kind) {
        Some(Kind::Choice(choices)) => choices,
        _ => &[],
    };
    choices.iter().map(|choice| choice.id).filter(|id| !but.contains(id)).collect()
}

fn is(key: &str, words: &[&str]) -> Value {
    json!({ "required": [key], "properties": { key: { "enum": words } } })
}

fn says(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "type": "string", "pattern": NOT_BLANK } } })
}

fn not(schema: Value) -> Value {
    json!({ "not": schema })
}

/// If all this holds, and nothing was withdrawn.
fn rule(conditions: &[&Value], then: Value) -> Value {
    let free = not(says("withdrawn"));
    let all: Vec<&Value> = conditions.iter().copied().chain([&free]).collect();
    json!({ "if": { "allOf": all }, "then": then })
}

fn clauses(conditions: &[&Value], then: Value) -> Value {
    json!({ "properties": { "clauses": { "items": rule(conditions, then) } } })
}

/// Fails at the field that must change.
fn refuse(key: &str, allowed: &[&str]) -> Value {
    json!({ "required": [key], "properties": { key: { "enum": allowed, "errorMessage": MESSAGE } } })
}
