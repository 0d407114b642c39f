//! K101: a field that nothing knows.

use crate::city::City;
use crate::finding::Finding;
use crate::model::{Level, ShapeFault, ShapeFaultKind};
use crate::nearest::nearest;
use crate::place::{FileId, Span};
use crate::rules::{Check, LATER, RULES, Rule, fields, rule};
use crate::say;
use crate::shape::{Field, Kind, Shape};
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K101",
    name: "unknown-field",
    level: Level::Error,
    page: include_str!("unknown_field.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::UnknownField { word, shape, near, there } = &fault.kind {
            let finding = match near.zip(*there) {
                Some((field, there)) => twice(id, fault, (word, shape, field), there),
                None => unknown_field(city, id, fault, (word, shape, *near)),
            };
            out.push(fields::held(finding, id, fault));
        }
    }
    if city.settings_file == Some(id) {
        unknown_rules(city, id, out);
    }
}

fn unknown_field(
    city: &City,
    id: FileId,
    fault: &ShapeFault,
    (word, shape, near): (&str, &'static Shape, Option<&'static Field>),
) -> Finding {
    let (title_ja, title_en) = (shape.title.ja, shape.title.en);
    let label = match (near, owner(city, id, word)) {
        (Some(field), _) => {
            let name = fields::name(field);
            let (ja, en) = (name.ja, name.en);
            say!("{ja}のことですか", "did you mean {en}?")
        }
        (None, Some(owner)) => {
            let (ja, en) = (owner.title.ja, owner.title.en);
            say!("「{ja}」の欄です。字下げを確かめてください", "a field of \"{en}\": check the indentation")
        }
        (None, None) => say!("この名前の欄はありません", "no field has this name"),
    };
    let finding = Finding::new(
        &RULE,
        id.at(fault.span),
        say!("「{word}」という欄は、{title_ja}にありません", "\"{title_en}\" has no field \"{word}\""),
    )
    .label(label)
    .why(say!(
        "知らない名前の欄は読まれません。書いた内容は、点検にも面談資料にも出ません。",
        "A field of unknown name is not read: what it says is neither checked nor printed."
    ));
    let Some(field) = near else {
        let keys: Vec<&str> = shape.fields.iter().map(|field| field.key).collect();
        let keys = keys.join(", ");
        return finding.help(say!(
            "次から選んで書き直してください（意味は kpolicy explain 名前 で見られます）。\n{keys}\n市独自の欄は、計画と目標の extra の下に書けます。",
            "Write one of these names (kpolicy explain NAME says what each is for).\n{keys}\nThe city's own columns go under extra, in a plan or goal."
        ));
    };
    let key = field.key;
    let finding = finding.help(say!(
        "{word} を {key} に書き直してください。市独自の欄であれば extra の下に移します。",
        "Write {key} for {word}. A column of the city's own goes under extra."
    ));
    let edit = Edit { span: fault.span, text: key.to_owned() };
    let title = say!("欄の名前を {key} に直す", "rename the field to {key}");
    let finding = finding.nearest(vec![(key.to_owned(), field.label.to_owned())]);
    // Capitals alone cannot have meant another field.
    if word.eq_ignore_ascii_case(key) { finding.fix(title, vec![edit]) } else { finding.unsafe_fix(title, vec![edit]) }
}

/// The field that was meant is there already, under its right name.
fn twice(
    id: FileId,
    fault: &ShapeFault,
    (word, shape, field): (&str, &'static Shape, &'static Field),
    there: Span,
) -> Finding {
    let (title_ja, title_en) = (shape.title.ja, shape.title.en);
    let name = fields::name(field);
    let (ja, en) = (name.ja, name.en);
    Finding::new(
        &RULE,
        id.at(fault.span),
        say!("「{word}」という欄は、{title_ja}にありません", "\"{title_en}\" has no field \"{word}\""),
    )
    .label(say!("{ja}の欄は、別に書かれています", "{en} is there already"))
    .why(say!(
        "知らない名前の欄は読まれません。{ja}は、別に書かれている所だけが読まれます。",
        "A field of unknown name is not read: only the other place of {en} is."
    ))
    .help(say!(
        "ここの内容も要るなら、{ja}の所に移してください。その後、この行を消します。",
        "Move what is needed from here to {en}, then remove this line."
    ))
    .related(id.at(there), say!("{ja}は、ここにあります", "{en} stands here"))
}

/// Another object of the same file that has this field: the line is indented wrongly.
fn owner(city: &City, id: FileId, word: &str) -> Option<&'static Shape> {
    city.file(id).role.kind.and_then(|kind| search(kind.shape(), word))
}

fn search(shape: &'static Shape, word: &str) -> Option<&'static Shape> {
    if shape.understood(word).is_some() {
        return Some(shape);
    }
    shape.fields.iter().find_map(|field| match &field.kind {
        Kind::One(inner) | Kind::List(Kind::One(inner)) => search(inner, word),
        _ => None,
    })
}

/// Under `rules` of the settings the names are codes of rules.
fn unknown_rules(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for (code, _) in &city.settings().levels {
        let word = &code.value;
        if rule(word).is_some() || LATER.iter().any(|(code, _)| code == word) {
            continue;
        }
        let near = nearest(word, RULES.iter().flat_map(|rule| [rule.code, rule.name])).and_then(rule);
        let finding = Finding::new(
            &RULE,
            id.at(code.span),
            say!("「{word}」という点検の決まりはありません", "there is no rule \"{word}\""),
        )
        .label(say!("K405 のような番号を書きます", "write a code such as K405"))
        .why(say!(
            "この行は何の効き目もありません。重さを変えたつもりの決まりは、元の重さのままです。",
            "This line does nothing: the rule that was meant keeps its level."
        ))
        .help(say!(
            "決まりの番号は kpolicy explain で確かめられます。要らない行は消してください。",
            "kpolicy explain shows the codes. Remove the line if it is not needed."
        ));
        out.push(finding.nearest(near.iter().map(|rule| (rule.code.to_owned(), rule.name.to_owned())).collect()));
    }
}
