//! A memo as `policy.yaml`: the memo's words as they are, every proposal with a mark to confirm it.

use super::{Clause, Item, Memo, Proposal, Why};
use crate::date::FiscalYear;
use crate::ids::LeafId;

/// The whole file.
pub fn policy(memo: &Memo, year: FiscalYear) -> String {
    let mut out = Lines::default();
    head(&mut out, memo, year);
    if !memo.viewpoints.is_empty() {
        out.line(0, "viewpoints:");
        for viewpoint in &memo.viewpoints {
            out.line(2, &format!("- id: {}  # 案: 英字の記号に改められます（確認）", viewpoint.id));
            out.line(2, &format!("  label: {}", scalar(&viewpoint.label)));
        }
        out.line(0, "");
    }
    if memo.sections.is_empty() {
        out.line(0, "sections: []");
        return out.0;
    }
    out.line(0, "sections:");
    for (at, section) in memo.sections.iter().enumerate() {
        if at > 0 {
            out.line(0, "");
        }
        if section.number == 0 {
            out.line(2, "# 前文。見出しと番号は資料になく、区別のために付けています。");
        }
        out.line(2, &format!("- number: {}", section.number));
        out.field(4, "mark", section.mark.as_deref().map(quoted));
        out.field(4, "heading", section.heading.as_deref().map(scalar));
        if section.items.is_empty() {
            out.line(4, "items: []");
            continue;
        }
        out.line(4, "items:");
        for (at, item) in section.items.iter().enumerate() {
            if at > 0 {
                out.line(0, "");
            }
            write_item(&mut out, item);
        }
    }
    out.0
}

/// One item, as it stands in a section.
pub fn item(item: &Item) -> String {
    let mut out = Lines::default();
    write_item(&mut out, item);
    out.0
}

fn head(out: &mut Lines, memo: &Memo, year: FiscalYear) {
    out.line(0, "# yaml-language-server: $schema=../../schemas/policy.schema.json");
    out.line(0, "#");
    out.line(0, "# 基本方針の文書から取り込みました。");
    out.line(0, "# 文書の言葉そのもの: title、heading、mark、text（一文を一行に分けただけです）、quote");
    out.line(0, "# 言葉から付けた案:   short、scope、answered_by など。行の終わりに「確認」の印があります。");
    out.line(0, "#   正しければ印を消し、違っていれば直してから消してください。");
    out.line(0, "");
    out.line(0, &format!("fiscal_year: {year}"));
    match &memo.front.title {
        Some(title) => out.line(0, &format!("title: {}", scalar(title))),
        None => out.line(0, "title: （記入）"),
    }
    match memo.front.issued {
        Some(day) => out.line(0, &format!("issued: {day}")),
        None => out.line(0, "issued: （記入）"),
    }
    if let Some(post) = &memo.front.post {
        out.line(0, "issuer:");
        out.line(2, &format!("title: {}", scalar(post)));
        if let Some((name, guessed)) = &memo.front.name {
            let check = if *guessed { "  # 案: 姓と名の境（確認）" } else { "" };
            out.line(2, &format!("name: {}{check}", scalar(name)));
        }
    }
    out.line(0, "");
}

fn write_item(out: &mut Lines, item: &Item) {
    out.line(6, &format!("- id: {}", item.id));
    out.field(8, "mark", item.mark.as_deref().map(quoted));
    if !item.short.value.is_empty() {
        out.line(8, &format!("short: {}{}", scalar(&item.short.value), check(item.short.why.as_ref())));
    }
    if item.text.is_empty() {
        out.line(8, "text: （記入）");
    } else {
        out.line(8, "text: |-");
        item.text.lines().for_each(|line| out.line(10, line));
    }
    if !item.ruby.is_empty() {
        out.line(8, "ruby:");
        for ruby in &item.ruby {
            let check = if ruby.guessed { "  # 案: 振り仮名の付く字（確認）" } else { "" };
            out.line(10, &format!("- base: {}{check}", scalar(&ruby.base)));
            out.line(10, &format!("  reading: {}", scalar(&ruby.reading)));
        }
    }
    out.line(8, &format!("scope: {}{}", item.scope.value.id(), check(item.scope.why.as_ref())));
    if let Some(way) = &item.answered_by {
        out.line(8, &format!("answered_by: {}{}", way.value.id(), check(way.why.as_ref())));
    }
    if !item.clauses.is_empty() {
        out.line(8, "clauses:");
        for (letter, clause) in (b'a'..=b'z').zip(&item.clauses) {
            let id = LeafId { item: item.id, clause: Some(letter) };
            write_clause(out, id, clause);
        }
    }
}

fn write_clause(out: &mut Lines, id: LeafId, clause: &Clause) {
    out.line(10, &format!("- id: {id}"));
    out.line(10, &format!("  quote: {}", scalar(&clause.quote)));
    let line = |name: &str, value: &str, why: Option<&Why>| format!("  {name}: {value}{}", check(why));
    if let Some(Proposal { value, why }) = &clause.scope {
        out.line(10, &line("scope", value.id(), why.as_ref()));
    }
    if let Some(Proposal { value, why }) = &clause.answered_by {
        out.line(10, &line("answered_by", value.id(), why.as_ref()));
    }
    if let Some(viewpoint) = &clause.viewpoint {
        out.line(10, &format!("  viewpoint: {viewpoint}"));
    }
}

/// The remark that makes a proposal one.
fn check(why: Option<&Why>) -> String {
    match why {
        None => String::new(),
        Some(Why::Head) => "  # 案（確認）".to_owned(),
        Some(Why::Words(words)) => format!("  # 案: 「{words}」とあるため（確認）"),
        Some(Why::Nothing) => "  # 案: 範囲を示す言葉がないため（確認）".to_owned(),
        Some(Why::NothingAsked) => "  # 案: 求める言葉がないため（確認）".to_owned(),
    }
}

/// Text with its indentation.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.0.push_str(&" ".repeat(indent));
            self.0.push_str(text);
        }
        self.0.push('\n');
    }

    fn field(&mut self, indent: usize, name: &str, value: Option<String>) {
        if let Some(value) = value {
            self.line(indent, &format!("{name}: {value}"));
        }
    }
}

/// A text on one line: plain where every reader takes it for that text, else in quotes.
pub(super) fn scalar(text: &str) -> String {
    let plain = text.chars().next().is_some_and(|c| !c.is_ascii() && !"　－＃：".contains(c))
        && !text.contains([':', '#', '"', '\'', '\\', '[', ']', '{', '}', ','])
        && !text.contains("：")
        && text.trim() == text
        && !crate::model::blank_to_people(text);
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
