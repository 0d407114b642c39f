//! Schemas of single values, without the ids of a year.

use serde_json::{Map, Value, json};

use crate::schema::pattern;
use crate::shape::{Choice, Kind, Target};

/// The keywords of one node, in the order in which they are written.
pub(super) type Node = Map<String, Value>;

/// Takes the fields of an object literal.
pub(super) fn node(value: Value) -> Node {
    match value {
        Value::Object(node) => node,
        _ => Node::new(),
    }
}

/// The schema of one value.
pub(super) fn scalar(kind: &Kind, required: bool) -> Node {
    match kind {
        Kind::Text | Kind::Date | Kind::DateTime | Kind::MonthDay => text(kind, required),
        Kind::Ref(Target::Rating | Target::Measure) => text(kind, required),
        Kind::TextOrNumber => node(json!({
            "type": types(&["string", "number"], required),
            "errorMessage": "文字か数で書きます",
        })),
        Kind::Number => number(required),
        Kind::Count => count(required),
        Kind::Bool => boolean(required),
        Kind::Choice(choices) => enumerated(
            &choices.iter().map(|choice| (choice.id.to_owned(), label(choice))).collect::<Vec<_>>(),
            &format!("使えるのは {} です", words(choices)),
            required,
        ),
        _ => id(kind, required),
    }
}

/// `["string", "null"]`: what may be absent may also be null.
pub(super) fn types(names: &[&str], required: bool) -> Value {
    match names {
        [one] if required => json!(one),
        _ if required => json!(names),
        _ => json!([names, &["null"]].concat()),
    }
}

fn text(kind: &Kind, required: bool) -> Node {
    let message = match kind {
        Kind::Date => "年月日は 2025-04-01 のように書きます",
        Kind::DateTime => "日時は \"2025-04-03T10:00\" のように引用符で囲んで書きます",
        Kind::MonthDay => "月日は \"09-30\" のように引用符で囲んで書きます",
        _ => "文字で書きます。数や true、no だけのときは引用符（\" \"）で囲みます",
    };
    let mut out = node(json!({ "type": types(&["string"], required), "errorMessage": message }));
    if required {
        out.insert("pattern".into(), json!(pattern::NOT_BLANK));
        out.insert("patternErrorMessage".into(), json!("まだ書かれていません"));
    }
    out
}

fn number(required: bool) -> Node {
    let message = "数は 1200 や 0.5 のように、半角の数字だけで書きます（単位や「,」は付けません）";
    node(json!({
        "type": types(&["number", "string"], required),
        "pattern": pattern::whole(pattern::CANONICAL, required),
        "patternErrorMessage": message,
        "errorMessage": message,
    }))
}

fn count(required: bool) -> Node {
    let message = "0〜9999 の整数を半角の数字で書きます";
    node(json!({
        "type": types(&["integer", "string"], required),
        "minimum": 0,
        "maximum": 9999,
        "pattern": pattern::whole(pattern::COUNT, required),
        "patternErrorMessage": message,
        "errorMessage": message,
    }))
}

fn boolean(required: bool) -> Node {
    let message = "true か false のどちらかを書きます";
    node(json!({
        "type": types(&["boolean", "string"], required),
        "pattern": pattern::whole("true|false", required),
        "patternErrorMessage": message,
        "errorMessage": message,
    }))
}

/// A text of a form, with the message that says which.
pub(super) fn formed(form: &str, message: &str, required: bool) -> Node {
    node(json!({
        "type": types(&["string"], required),
        "pattern": pattern::whole(form, required),
        "patternErrorMessage": message,
        "errorMessage": message,
    }))
}

fn id(kind: &Kind, required: bool) -> Node {
    let (form, message) = match kind {
        Kind::ItemId => (pattern::item(), "項目の番号は 1-6 のように半角で書きます"),
        Kind::ClauseId => (pattern::clause(), "部分の番号は 1-6-a のように半角で書きます"),
        Kind::Cite => (pattern::cite(), "項目は 1-6、部分は 1-6-a、別の年度は 2024:1-6 のように半角で書きます"),
        Kind::Subject => {
            (pattern::subject(), "項目は 1-6、部分は 1-6-a、昨年度の目標は 2024:G3 のように半角で書きます")
        }
        Kind::GoalId | Kind::Ref(Target::OwnGoal) => {
            (pattern::goal(), "番号は G1 のように、半角の大文字１〜３字と数字１〜３桁で書きます")
        }
        Kind::Ref(Target::PastGoal) => {
            (pattern::past_goal(), "前年度の目標は 2024:G3、再編の前の部のものは 2024:somu:G3 のように書きます")
        }
        Kind::Ref(Target::OthersGoal) => (pattern::others_goal(&[]), "他の部の目標は seisaku:G2 のように書きます"),
        Kind::Ref(Target::Unit) => (
            pattern::unit(),
            "部は somu、課は somu/bosai-anzen のように、organization.yaml の記号（半角の小文字、数字、-）で書きます",
        ),
        _ => (
            pattern::name(),
            "記号は半角の小文字で始め、小文字、数字、- の64字までで書きます（con、aux などは使えません）",
        ),
    };
    let mut out = formed(&form, message, required);
    if !matches!(kind, Kind::ItemId | Kind::ClauseId | Kind::Cite | Kind::GoalId | Kind::Ref(Target::OwnGoal)) {
        out.insert("not".into(), json!({ "type": "string", "pattern": pattern::RESERVED }));
    }
    out
}

/// One of a few ids, each with the name that is shown: the spelling that was measured to give one
/// message, hover, completion and quick fixes. A blank passes where the value may be absent.
pub(super) fn enumerated(ids: &[(String, String)], message: &str, required: bool) -> Node {
    let mut out = node(json!({ "type": types(&["string"], required), "errorMessage": message }));
    limited(&mut out, ids.iter().map(|(id, _)| id.as_str()), message, required);
    let named = |(id, name): &(String, String)| shown(id, name, None);
    out.insert("anyOf".into(), hover(ids.iter().map(named)));
    out.insert("defaultSnippets".into(), ids.iter().map(|(id, name)| snippet(id, name, None)).collect());
    out
}

/// Allows these texts only, and blanks where the value may be absent.
pub(super) fn limited<'a>(out: &mut Node, ids: impl Iterator<Item = &'a str>, message: &str, required: bool) {
    let mut only = one_of(ids);
    if required {
        out.append(&mut only);
        return;
    }
    only.insert("errorMessage".into(), json!(message));
    out.insert("if".into(), json!({ "type": "string", "pattern": pattern::NOT_BLANK }));
    out.insert("then".into(), Value::Object(only));
}

/// `enum`, or nothing at all where there is no id.
pub(super) fn one_of<'a>(ids: impl Iterator<Item = &'a str>) -> Node {
    let ids: Vec<&str> = ids.collect();
    node(if ids.is_empty() { json!({ "not": {} }) } else { json!({ "enum": ids }) })
}

/// What hover and completion show of an id; never refuses anything.
pub(super) fn shown(id: &str, title: &str, words: Option<&str>) -> Value {
    let more = words.map_or(String::new(), |words| format!("\n\n> {words}"));
    json!({
        "const": id,
        "title": format!("（{id}）{title}"),
        "description": words.unwrap_or(title),
        "markdownDescription": format!("**{id}** {title}{more}"),
    })
}

/// An `anyOf` of those that never fails.
pub(super) fn hover(entries: impl Iterator<Item = Value>) -> Value {
    entries.chain([json!({})]).collect()
}

/// An offer with the name in its label.
pub(super) fn snippet(id: &str, title: &str, words: Option<&str>) -> Value {
    let label = if id == title { id.to_owned() } else { format!("{id} {title}") };
    json!({ "label": label, "description": words.unwrap_or(title), "body": id })
}

fn label(choice: &Choice) -> String {
    choice.name().ja.to_owned()
}

/// `draft（下書き）、submitted（提出済み）`
pub(super) fn words(choices: &[Choice]) -> String {
    let words: Vec<String> = choices.iter().map(|choice| format!("{}（{}）", choice.id, label(choice))).collect();
    words.join("、")
}
