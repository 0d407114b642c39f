//! K002: signs or indentation that stop the reading, told by what was probably typed.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::place::{FileId, Span};
use crate::rules::readable::{Reading, quoted};
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{FaultKind, Syntax};

pub(super) static RULE: Rule = Rule {
    code: "K002",
    name: "yaml-syntax",
    level: Level::Error,
    page: include_str!("yaml_syntax.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let mut reading = Reading::new(city, id);
    let file = city.file(id);
    for fault in &file.faults {
        let FaultKind::Syntax(what) = &fault.kind else { continue };
        let line = file.lines().line(fault.span.start);
        let edits = if fault.edits.is_empty() { &fault.likely } else { &fault.edits };
        let mended = reading.mended_line(fault.span, edits);
        // `title: [重点] …`: the brackets close, and the text goes on.
        let begun = after_bracket(&mended).filter(|_| *what == Syntax::Indentation(None));
        let bracket = begun.as_ref().map(|_| Syntax::SpecialStart('['));
        let (what, mended) = (bracket.as_ref().unwrap_or(what), begun.unwrap_or(mended));
        let (message, label) = what_is_wrong(what, line);
        let place = if bracket.is_some() { opened(&file.text, fault.span) } else { fault.span };
        let mut finding = Finding::new(&RULE, id.at(place), message)
            .label(label)
            .why(why(what))
            .help(reading.with_still_read(help(what, &mended)));
        if !fault.edits.is_empty() {
            finding = finding.fix(title(), fault.edits.clone());
        } else if !fault.likely.is_empty() && *what != Syntax::NoColon {
            finding = finding.unsafe_fix(title(), fault.likely.clone());
        }
        out.push(finding);
    }
}

/// The bracket that a value begins with.
fn opened(text: &str, line: Span) -> Span {
    let before = text.get(line.range()).and_then(|line| line.find(": [")).unwrap_or_default();
    let at = line.range().start + before + 2;
    Span::new(at, at + 1)
}

/// A line whose text begins with a bracket and goes on after it, with the text put in quotes.
fn after_bracket(line: &str) -> Option<String> {
    let (key, text) = line.split_once(": ")?;
    let (_, after) = text.strip_prefix('[')?.split_once(']')?;
    (!after.trim().is_empty()).then(|| format!("{key}: {}", quoted(text)))
}

fn title() -> Say {
    say!("読める形に直します", "makes the line readable")
}

fn what_is_wrong(what: &Syntax, line: u32) -> (Say, Say) {
    match what {
        Syntax::UnclosedQuote(sign) | Syntax::UnclosedBracket(sign) | Syntax::StraySign(sign) => (
            say!(
                "{line}行目で開いた「{sign}」が閉じられていません",
                "the {sign} opened on line {line} is never closed"
            ),
            say!("ここで開いています", "opened here"),
        ),
        Syntax::ColonInText => (
            say!("文の中に半角の「:」と空白があります", "there is a colon and a space inside a text"),
            say!("欄の区切りと読まれます", "read as the end of a field's name"),
        ),
        Syntax::NoSpaceAfterColon(key) => (
            say!("「{key}:」の後に空白がありません", "there is no space after \"{key}:\""),
            say!("後に半角の空白を入れてください", "put a space after it"),
        ),
        Syntax::NoSpaceAfterDash => (
            say!("並びの印「-」の後に空白がありません", "there is no space after the dash of a list entry"),
            say!("後に半角の空白を入れてください", "put a space after it"),
        ),
        Syntax::SpecialStart(sign) => (
            say!("文が記号「{sign}」で始まっています", "a text begins with the sign {sign}"),
            say!("特別な指示と読まれます", "read as a command"),
        ),
        Syntax::AfterQuote => (
            say!("閉じた引用符の後に文字が続いています", "words follow a closed quotation mark"),
            say!("引用符の外に出ています", "outside the quotation marks"),
        ),
        Syntax::QuoteOverLines(sign) => (
            say!(
                "「{sign}」で囲んだ文が、次の行に続いています",
                "a text in {sign} goes on in the next line, which begins too far to the left"
            ),
            say!("閉じる {sign} は後の行にあります", "closed on a later line"),
        ),
        Syntax::TwoFields(name) => (
            say!("一行に二つの欄が書かれています", "two fields stand on one line"),
            say!("「{name}」は次の行に書きます", "\"{name}\" belongs on the next line"),
        ),
        Syntax::BlockText(columns) => (
            say!("長い文の行が、字下げされていません", "a line of a long text is not indented"),
            say!("先頭に半角の空白を {columns}文字入れます", "begin with {columns} spaces"),
        ),
        Syntax::NoColon => (
            say!("この行は「欄の名前: 内容」の形になっていません", "this line is not of the form \"name: value\""),
            say!("欄の名前がありません", "no field name"),
        ),
        Syntax::Indentation(Some(columns)) => (
            say!("この行の字下げが、上の行と合っていません", "this line is not indented like the lines above"),
            say!("先頭の空白を {columns}文字にします", "begin with {columns} spaces"),
        ),
        Syntax::Indentation(None) => (
            say!(
                "{line}行目で、記号や字下げが合わず先を読めません",
                "reading stops at line {line}: signs or indentation do not fit"
            ),
            say!("ここで止まりました", "stopped here"),
        ),
    }
}

fn why(what: &Syntax) -> Say {
    match what {
        Syntax::UnclosedQuote(_) | Syntax::StraySign('"' | '\'') => say!(
            "引用符で始めた内容は、同じ引用符で終わるまで何行でも続くと読まれます。",
            "A text that begins with a quotation mark goes on until the same mark closes it."
        ),
        Syntax::QuoteOverLines(_) => say!(
            "セルの中で改行した文を表計算ソフトから写すと、このようになります。",
            "A cell with a line break inside is pasted like this."
        ),
        Syntax::TwoFields(_) => say!(
            "表計算ソフトの行を写すと、こうなります。二つ目の欄は読まれません。",
            "The cells of a row are pasted like this. The second field is not read."
        ),
        Syntax::BlockText(_) => say!(
            "「|-」の下の文は、字下げした行だけが、その欄の内容と読まれます。",
            "Below \"|-\", only indented lines belong to the text of that field."
        ),
        Syntax::SpecialStart(_) => say!(
            "「[ * & % @ ` ! > |」や「- 」で始まる内容は、指示と読まれます。",
            "What begins with [ * & % @ ` ! > | or a dash is read as a command, not as words."
        ),
        Syntax::ColonInText => say!(
            "半角の「:」と空白は、欄の名前と内容の区切りに使う記号です。",
            "A colon and a space separate a field's name from its value."
        ),
        _ => say!(
            "このままでは、ここを含むまとまりの内容を読めません。",
            "As it stands, the part of the file around this line cannot be read."
        ),
    }
}

fn help(what: &Syntax, mended: &str) -> Say {
    match what {
        Syntax::UnclosedQuote(sign) => {
            say!(
                "行の終わりに {sign} を付けるか、両方の {sign} を取ってください。",
                "Put {sign} at the end of the line, or take both {sign} away."
            )
        }
        Syntax::UnclosedBracket(sign) => {
            let close = if *sign == '[' { ']' } else { '}' };
            say!("並びの終わりに {close} を付けてください: {mended}", "Put {close} where the list ends: {mended}")
        }
        Syntax::StraySign(sign) => {
            say!("この {sign} を取ってください: {mended}", "Take this {sign} away: {mended}")
        }
        Syntax::ColonInText => say!(
            "全角の「：」に替えるか、文全体を引用符で囲みます: {mended}",
            "Use a full-width colon, or put the whole text in quotation marks: {mended}"
        ),
        Syntax::QuoteOverLines(sign) => say!(
            "次の行を上の行の後につなげ、{sign} から {sign} までを一行に書いてください。",
            "Join the next line to this one, so that {sign} and {sign} stand on one line."
        ),
        Syntax::TwoFields(name) => say!(
            "「{name}」の前で行を改め、上の欄の名前と頭をそろえてください。",
            "Begin a new line before \"{name}\", with as many spaces as the field's name above."
        ),
        Syntax::BlockText(columns) => say!(
            "この文のどの行も、先頭に半角の空白を {columns}文字入れてください。",
            "Begin every line of this text with {columns} spaces."
        ),
        Syntax::NoColon => say!(
            "上の文の続きなら、上の行につなげてください。欄なら「名前: 内容」と、覚え書きなら頭に # と書きます。",
            "If it continues the text above, join it to that line. A field is written \"name: value\", a remark begins with #."
        ),
        Syntax::Indentation(None) => say!(
            "上の行の「:」「-」「\"」の後と、行の頭の空白の数を見比べてください。同じまとまりの欄は、同じ数の半角の空白で始めます。",
            "Compare the signs : - \" and the leading spaces with the lines above. Fields that belong together begin with the same number of spaces."
        ),
        Syntax::Indentation(Some(columns)) => say!(
            "行の先頭を半角の空白 {columns}文字にしてください。同じまとまりの欄は、同じ数の空白で始めます。",
            "Begin the line with {columns} spaces. Fields that belong together begin with the same number of spaces."
        ),
        _ => say!("次のように書いてください: {mended}", "Write: {mended}"),
    }
}
