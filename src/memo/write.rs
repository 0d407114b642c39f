//! A memo as `policy.yaml`: the memo's words as they are, every proposal with a mark to confirm it.

use super::{Clause, Duties, Front, Item, Memo, Proposal, Section, Viewpoint, Why};
use crate::date::FiscalYear;
use crate::edit::{Noted, Value, document};
use crate::ids::LeafId;

type Fields = Vec<(String, Noted)>;

/// What stands at the top of the file. The mark itself is not named, since it would be found.
const HEAD: &str = "\
# yaml-language-server: $schema=../../schemas/policy.schema.json
#
# 基本方針の文書から取り込みました。
# 文書の言葉そのもの: title、heading、mark、text（一文を一行に分けただけです）、quote
# 言葉から付けた案:   short、scope、answered_by など。行の終わりに「確認」の印があります。
#   正しければ印を消し、違っていれば直してから消してください。
";

/// The whole file.
pub fn policy(memo: &Memo, year: FiscalYear) -> String {
    let mut fields = Fields::new();
    put(&mut fields, "fiscal_year", Value::word(year.to_string()));
    front(&mut fields, &memo.front);
    if !memo.viewpoints.is_empty() {
        put(&mut fields, "viewpoints", Value::list(memo.viewpoints.iter().map(viewpoint)));
    }
    put(&mut fields, "sections", Value::list(memo.sections.iter().map(section)));
    format!("{HEAD}\n{}", spaced(&document(&fields)))
}

/// Title, day and issuer, each to be written where the memo does not say it.
fn front(fields: &mut Fields, front: &Front) {
    let missing = || Value::word("（記入）");
    put(fields, "title", front.title.as_ref().map_or_else(missing, Value::text));
    put(fields, "issued", front.issued.map_or_else(missing, |day| Value::word(day.to_string())));
    if front.post.is_some() {
        put(fields, "issuer", issuer(front));
    }
}

/// The issuer.
pub(super) fn issuer(front: &Front) -> Value {
    let mut fields = Fields::new();
    if let Some(post) = &front.post {
        put(&mut fields, "title", Value::text(post));
    }
    if let Some((name, guessed)) = &front.name {
        let name = Value::text(name);
        put(&mut fields, "name", if *guessed { name.remark("案: 姓と名の境（確認）") } else { name.into() });
    }
    Value::map(fields)
}

/// A viewpoint.
pub(super) fn viewpoint(viewpoint: &Viewpoint) -> Value {
    let mut fields = Fields::new();
    let id = Value::word(&viewpoint.id);
    let proposed = "案: 分かりやすい英字に改められます（確認）";
    put(&mut fields, "id", if viewpoint.known { id.into() } else { id.remark(proposed) });
    put(&mut fields, "label", Value::text(&viewpoint.label));
    Value::map(fields)
}

/// A section with its items.
pub(super) fn section(section: &Section) -> Noted {
    let mut fields = Fields::new();
    put(&mut fields, "number", Value::word(section.number.to_string()));
    for (key, words) in [("mark", &section.mark), ("heading", &section.heading)] {
        if let Some(words) = words {
            put(&mut fields, key, Value::text(words));
        }
    }
    put(&mut fields, "items", Value::list(section.items.iter().map(item)));
    let value = Value::map(fields);
    if section.mark.is_none() {
        return value.below(["この見出しと番号は文書になく、区別のために付けています。"]);
    }
    value.into()
}

/// An item.
pub(super) fn item(item: &Item) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", Value::word(item.id.to_string()));
    if let Some(mark) = &item.mark {
        put(&mut fields, "mark", Value::text(mark));
    }
    if !item.short.value.is_empty() {
        put(&mut fields, "short", noted(Value::text(&item.short.value), item.short.why.as_ref()));
    }
    let text = if item.text.is_empty() { Value::word("（記入）") } else { Value::prose(&item.text) };
    put(&mut fields, "text", text);
    if !item.ruby.is_empty() {
        put(&mut fields, "ruby", ruby(item));
    }
    put(&mut fields, "scope", noted(Value::word(item.scope.value.id()), item.scope.why.as_ref()));
    if let Some(way) = &item.answered_by {
        put(&mut fields, "answered_by", noted(Value::word(way.value.id()), way.why.as_ref()));
    }
    duties(&mut fields, &item.duties);
    if !item.clauses.is_empty() {
        put(&mut fields, "clauses", clauses(item));
    }
    Value::map(fields)
}

/// The readings of an item.
pub(super) fn ruby(item: &Item) -> Value {
    Value::list(item.ruby.iter().map(|ruby| {
        let base = Value::text(&ruby.base);
        let base = if ruby.guessed { base.remark("案: 振り仮名の付く字（確認）") } else { base.into() };
        Value::map([("base", base), ("reading", Value::text(&ruby.reading).into())])
    }))
}

/// The clauses of an item.
pub(super) fn clauses(item: &Item) -> Value {
    let letters = (b'a'..=b'z').zip(&item.clauses);
    Value::list(letters.map(|(letter, part)| clause(LeafId { item: item.id, clause: Some(letter) }, part)))
}

fn clause(id: LeafId, clause: &Clause) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "id", Value::word(id.to_string()));
    put(&mut fields, "quote", Value::text(&clause.quote));
    if let Some(Proposal { value, why }) = &clause.scope {
        put(&mut fields, "scope", noted(Value::word(value.id()), why.as_ref()));
    }
    if let Some(Proposal { value, why }) = &clause.answered_by {
        put(&mut fields, "answered_by", noted(Value::word(value.id()), why.as_ref()));
    }
    if let Some(viewpoint) = &clause.viewpoint {
        put(&mut fields, "viewpoint", Value::word(viewpoint));
    }
    duties(&mut fields, &clause.duties);
    Value::map(fields)
}

/// Who acts.
fn duties(fields: &mut Fields, duties: &Duties) {
    for (key, names) in [("lead", &duties.lead), ("contact", &duties.contact), ("partners", &duties.partners)] {
        if !names.is_empty() {
            let why = duties.contact_words.as_ref().filter(|_| key == "contact");
            let why = why.map(|words| Why::Words(words.clone()));
            put(fields, key, Value::list(names.iter().map(|name| noted(Value::text(name), why.as_ref()))));
        }
    }
    if let Some(may) = duties.may_decline {
        put(fields, "may_decline", Value::word(may.to_string()));
    }
}

fn put(fields: &mut Fields, key: &str, value: impl Into<Noted>) {
    fields.push((key.to_owned(), value.into()));
}

/// A value with the remark that makes it a proposal.
fn noted(value: Value, why: Option<&Why>) -> Noted {
    match why {
        None => value.into(),
        Some(Why::Head) => value.remark("案（確認）"),
        Some(Why::Words(words)) => value.remark(format!("案: 「{words}」とあるため（確認）")),
        Some(Why::Nothing) => value.remark("案: 範囲を示す言葉がないため（確認）"),
        Some(Why::LastYear(id)) => value.remark(format!("案: 昨年度の {id} と同じ（確認）")),
        Some(Why::LastYearReworded(id)) => {
            value.remark(format!("案: 昨年度の {id} と同じ。文言は変わりました（確認）"))
        }
        Some(Why::NothingAsked) => value.remark("案: 求める言葉がないため（確認）"),
    }
}

/// An empty line before each part of the file, each section and each item.
fn spaced(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    let mut before = "";
    for line in file.lines() {
        let part = line == "viewpoints:" || line == "sections:";
        let entry = line.starts_with("  - number: ") || line.starts_with("      - id: ");
        if part || (entry && !before.ends_with("s:") && !before.trim_start().starts_with('#')) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}
