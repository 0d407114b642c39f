//! The page of a field, in words.

use crate::explain::{Entry, Note, common_rules, cut, file_name, form, note, path_of};
use crate::lang::Lang;
use crate::report::wrap::{pad, wrap};
use crate::rules::{Page, Rule, rule};
use crate::shape::FileKind;

/// The page of a field, as wide as the terminal.
pub fn page(entry: &Entry, lang: Lang, columns: usize) -> String {
    let field = entry.field();
    let mut text = lang.pick(
        format!("{}（{}）\n{}\n{}\n", path_of(entry), field.label, place(entry, lang), entry.labels()),
        format!("{}\n{}\n", path_of(entry), place(entry, lang)),
    );
    let mut part = |heading: &str, words: &str| text.push_str(&format!("\n[{heading}]\n{}", folded(words, columns)));
    part(lang.pick("意味", "Meaning"), &meaning(entry, lang));
    if let Some(note) = note(entry) {
        part(lang.pick("なぜ", "Why"), &why(note, lang));
    }
    let how: Vec<String> = form::lines(entry).iter().map(|line| line.get(lang).to_owned()).collect();
    part(lang.pick("書き方", "How to write it"), &how.join("\n"));
    part(lang.pick("見る点検", "Rules that look at it"), &rules(entry, lang));
    let example: String = cut(entry).lines().map(|line| format!("    {line}\n")).collect();
    text.push_str(&format!("\n[{}]\n\n{example}", lang.pick("例", "Example")));
    text
}

/// What it is, and what a note adds to that.
fn meaning(entry: &Entry, lang: Lang) -> String {
    let about = entry.field().about.get(lang);
    let own = note(entry).filter(|note| note.path == entry.full_path());
    match own.map(|note| lang.pick(note.more_ja, note.more_en)).filter(|more| !more.is_empty()) {
        Some(more) => format!("{about}\n{more}"),
        None => about.to_owned(),
    }
}

fn why(note: &Note, lang: Lang) -> String {
    let why = lang.pick(note.ja, note.en);
    match note.memo {
        None => why.to_owned(),
        Some((item, words)) => lang.pick(
            format!("{why}\n令和７年度の基本方針 {item}「{words}」"),
            format!("{why}\nThe basic policy of fiscal year 2025, item {item}: 「{words}」"),
        ),
    }
}

/// Lines wrapped, each under its own indentation, what is said of a rule beside its code.
fn folded(words: &str, columns: usize) -> String {
    let mut text = String::new();
    for line in words.trim_end().lines() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let hang = if body.starts_with('K') && body.get(4..6) == Some("  ") { 6 } else { 0 };
        let (head, body) = body.split_at(hang);
        let head = format!("{:indent$}{head}", "");
        for (number, part) in wrap(body, columns.saturating_sub(head.len())).into_iter().enumerate() {
            let before = if number == 0 { head.clone() } else { " ".repeat(head.len()) };
            text.push_str(&format!("{before}{part}\n"));
        }
    }
    text
}

fn place(entry: &Entry, lang: Lang) -> String {
    let path = match entry.kind {
        FileKind::Settings => file_name(entry.kind).to_owned(),
        FileKind::Plan => lang.pick("departments/年度/部.yaml", "departments/YEAR/DEPT.yaml").to_owned(),
        kind => format!("policy/{}/{}.yaml", lang.pick("年度", "YEAR"), kind.schema_name()),
    };
    let title = entry.kind.shape().title.get(lang);
    lang.pick(format!("{title}（{path}）の欄です。"), format!("A field of: {title} ({path})"))
}

/// The field's own rules one a line, then those on form by their codes.
fn rules(entry: &Entry, lang: Lang) -> String {
    let own: Vec<&Rule> = note(entry).into_iter().flat_map(|note| &note.rules).filter_map(|code| rule(code)).collect();
    let line =
        |rule: &&Rule| format!("{}  {}\n", pad(rule.code, 4), first(Page::parse(rule.page).looks_at(lang), lang));
    let mut text: String = own.iter().map(line).collect();
    let common: Vec<&str> =
        common_rules(entry.field()).into_iter().filter(|code| own.iter().all(|rule| rule.code != *code)).collect();
    let common = common.join(" ");
    text.push_str(&lang.pick(format!("書き方の点検  {common}"), format!("On form  {common}")));
    text
}

/// The first sentence.
fn first(text: &str, lang: Lang) -> String {
    let end = lang.pick("。", ". ");
    match text.split_once(end) {
        Some((first, _)) => format!("{first}{}", end.trim_end()),
        None => text.to_owned(),
    }
}
