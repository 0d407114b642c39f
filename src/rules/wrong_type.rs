//! K103: another type of value than the field takes.

use crate::city::{City, CityFile};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Found, Level, MAX_DIGITS, ShapeFault, ShapeFaultKind, is_canonical_number, would_be_rounded};
use crate::nearest::fold;
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule, fields};
use crate::say;
use crate::shape::{Field, Kind};
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K103",
    name: "wrong-type",
    level: Level::Error,
    page: include_str!("wrong_type.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let faults = &city.file(id).shape_faults;
    // Few files have any, and the line ends of the others need not be looked for.
    let end = if !faults.is_empty() && city.file(id).text.contains("\r\n") { "\r\n" } else { "\n" };
    for fault in faults {
        let ShapeFaultKind::WrongType { want, found, instead } = &fault.kind else { continue };
        let mut finding = finding(city, id, fault, want, *found);
        if let Some(text) = instead {
            let edit = Edit { span: fault.span, text: text.clone() };
            finding = finding.fix(say!("{text} に直す", "write {text}"), vec![edit]);
        } else if let (Kind::List(_), Found::Value) = (want, found)
            && let Some(edit) = as_list(city.file(id), fault.span, end)
        {
            finding = finding.fix(say!("「- 」を付けて一覧にする", "make it a list"), vec![edit]);
        } else if let (Kind::Map(..), Found::Value) = (want, found)
            && let Some((edits, line)) = wide_colons(city.text(id.at(fault.span)), fault.span)
        {
            finding.place = id.at(edits.first().map_or(fault.span, |edit| edit.span));
            finding.message = say!("全角の「：」が使われています", "there is a full-width colon \"：\"");
            finding = finding
                .label(say!("半角の「:」と空白にしてください", "write \":\" and a space"))
                .help(say!("{line}", "{line}"))
                .fix(say!("半角の記号に直します", "writes the half-width sign"), edits);
        }
        out.push(fields::held(finding, id, fault));
    }
}

fn finding(city: &City, id: FileId, fault: &ShapeFault, want: &'static Kind, found: Found) -> Finding {
    let wanted = fields::holds(want);
    let (ja, en) = (&wanted.ja, &wanted.en);
    Finding::new(&RULE, id.at(fault.span), message(city, id, fault, want, found))
        .label(say!("{ja}を書きます", "write {en}"))
        .why(if city.file(id).plan().is_some() {
            say!(
                "このままでは、この欄の内容を正しく読めません。面談資料にも載りません。",
                "As it stands, this field cannot be read rightly, nor printed."
            )
        } else {
            say!("このままでは、この欄の内容を正しく読めません。", "As it stands, this field cannot be read rightly.")
        })
        .help(help(city, id, fault, want))
}

/// `K405：warning`, lines of a name and a value: the edits, and the first line mended.
fn wide_colons(text: &str, span: Span) -> Option<(Vec<Edit>, String)> {
    let mut edits = Vec::new();
    let mut at = span.start as usize;
    for line in text.split_inclusive('\n') {
        let (name, value) = line.split_once('：')?;
        let gap = value.len() - value.trim_start_matches([' ', '　']).len();
        let place = Span::new(at + name.len(), at + name.len() + '：'.len_utf8() + gap);
        edits.push(Edit { span: place, text: ": ".to_owned() });
        at += line.len();
    }
    let (name, value) = text.lines().next()?.split_once('：')?;
    Some((edits, format!("{}: {}", name.trim(), value.trim())))
}

/// What is there in place of what, in plain words.
fn message(city: &City, id: FileId, fault: &ShapeFault, want: &'static Kind, found: Found) -> Say {
    let subject = fault.field.map_or_else(|| say!("このファイル", "this file"), fields::name);
    let (ja, en) = (subject.ja, subject.en);
    let text = city.text(id.at(fault.span));
    match (want, found) {
        (Kind::List(_), _) => say!(
            "{ja}は、一つずつ「- 」で始まる行に書きます",
            "{en} is a list: each entry goes on a line that begins with \"- \""
        ),
        (Kind::One(_) | Kind::Map(..), Found::List) => say!(
            "{ja}は名前の付いた欄を並べる所ですが、「- 」で始まる一覧があります",
            "{en} takes named fields, but there is a list"
        ),
        (Kind::One(_) | Kind::Map(..), _) => say!(
            "{ja}は名前の付いた欄を並べる所ですが、「{text}」とだけ書かれています",
            "{en} takes named fields, but there is only \"{text}\""
        ),
        (_, Found::List) => {
            say!(
                "{ja}には一つだけ書きますが、「- 」で始まる一覧があります",
                "{en} takes one value, but there is a list"
            )
        }
        (_, Found::Fields) => {
            say!(
                "{ja}には一つだけ書きますが、名前の付いた欄があります",
                "{en} takes one value, but there are named fields"
            )
        }
        (Kind::Bool, Found::Value) => {
            say!("{ja}の「{text}」は、true でも false でもありません", "\"{text}\" in {en} is neither true nor false")
        }
        (Kind::Number, Found::Value) if has_too_many_digits(text) => say!(
            "{ja}の「{text}」は、桁が多すぎます（{MAX_DIGITS}桁まで）",
            "\"{text}\" in {en} has too many digits (up to {MAX_DIGITS})"
        ),
        (_, Found::Value) => {
            let wanted = fields::holds(want);
            let (want_ja, want_en) = (wanted.ja, wanted.en);
            say!("{ja}の「{text}」は、{want_ja}ではありません", "\"{text}\" in {en} is not {want_en}")
        }
    }
}

fn help(city: &City, id: FileId, fault: &ShapeFault, want: &'static Kind) -> Say {
    let example = match (fault.field, city.file(id).role.kind) {
        (Some(field), _) => written(city.text(id.at(fault.span)), field).unwrap_or_else(|| fields::example(field)),
        (None, Some(kind)) => fields::entries(kind.shape(), "\n"),
        (None, None) => String::new(),
    };
    match want {
        Kind::Number if fault.field.is_some_and(is_money) => {
            let yen = thousands(city.text(id.at(fault.span)));
            let line = yen.map(|yen| format!("\nthousand_yen: {yen}")).unwrap_or_default();
            say!(
                "千円を単位とした数を、半角の数字だけで書きます（620万円なら 6200）。{line}",
                "Write thousands of yen in plain digits only (6200 for 6.2 million).{line}"
            )
        }
        Kind::Number if has_too_many_digits(city.text(id.at(fault.span))) => say!(
            "これより長い数は、開くソフトによって末尾の桁が変わります。打ち違いでなければ、単位を大きくして書きます。",
            "Some programs change the last digits of a longer number. Unless it was mistyped, use a larger unit."
        ),
        Kind::Number | Kind::Count => say!(
            "半角の数字だけを書き、「件」「％」などの単位は unit の欄に書きます。\n{example}",
            "Write plain digits only; a unit goes into the field unit.\n{example}"
        ),
        Kind::Bool => {
            say!("はいのときは true、いいえのときは false と書きます。\n{example}", "Write true or false.\n{example}")
        }
        Kind::List(_) if dash_stuck(city.text(id.at(fault.span))) => say!(
            "行の頭の「-」の後に、半角の空白を一つ入れてください。",
            "Put one space after the dash that begins the line."
        ),
        Kind::List(_) if fields::several(city.text(id.at(fault.span))).is_some() => say!("{example}", "{example}"),
        Kind::List(_) => say!(
            "一つだけのときも、行を改めて「- 」を付けます。\n{example}",
            "Even a single entry goes on a line of its own after \"- \".\n{example}"
        ),
        _ => say!("次のように書きます。\n{example}", "Write it like this:\n{example}"),
    }
}

fn is_money(field: &Field) -> bool {
    field.key == "thousand_yen"
}

/// An amount with its unit in thousands of yen.
fn thousands(text: &str) -> Option<u64> {
    let plain: String = fold(text).chars().filter(|c| *c != ',').collect();
    let digits = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().ok()?;
    match plain.strip_prefix(digits)? {
        "千円" => Some(number),
        "万円" => number.checked_mul(10),
        "百万円" => number.checked_mul(1000),
        "億円" => number.checked_mul(100_000),
        "円" if number.is_multiple_of(1000) => Some(number / 1000),
        _ => None,
    }
}

/// A number that would be printed as another one.
fn has_too_many_digits(text: &str) -> bool {
    let text = text.trim_matches(['"', '\'']);
    is_canonical_number(text) && would_be_rounded(text)
}

/// `-1-6`: the dash of the list is there, but no space follows it.
fn dash_stuck(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != '-'))
}

/// The value that was written, in the form it should have: `74分` as `value: 74`, `1-1、1-2` as a list.
fn written(text: &str, field: &Field) -> Option<String> {
    let key = field.key;
    match &field.kind {
        Kind::Number | Kind::Count => {
            let plain: String = fold(text).chars().filter(|c| *c != ',').collect();
            let digits = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
            let unit = plain.strip_prefix(digits)?;
            let number = !digits.is_empty() && digits.parse::<f64>().is_ok();
            (number && !unit.contains(['万', '億', '千', '百'])).then(|| format!("{key}: {digits}"))
        }
        Kind::Bool => {
            let value = match text {
                "はい" | "有" | "有り" | "あり" => "true",
                "いいえ" | "無" | "無し" | "なし" => "false",
                _ => return None,
            };
            Some(format!("{key}: {value}"))
        }
        Kind::List(_) => {
            let parts = fields::several(text)?;
            Some(format!("{key}:\n  - {}", parts.join("\n  - ")))
        }
        _ => None,
    }
}

/// `cites: 1-6` becomes `cites:` and `  - 1-6`; only where the whole stands on one line.
fn as_list(file: &CityFile, value: Span, end: &str) -> Option<Edit> {
    let text = &file.text;
    let written = text.get(value.range())?;
    let start = file.lines().whole_line(text, file.lines().line(value.start)).start as usize;
    let before = text.get(start..value.start as usize)?;
    let key = before.trim_end_matches(' ').strip_suffix(':')?;
    if written.contains('\n') || written.starts_with(['|', '>']) || key.contains(['{', '[', ':']) {
        return None;
    }
    let indent = key.len() - key.trim_start_matches([' ', '-']).len();
    let span = Span::new(start + key.len() + 1, value.end as usize);
    let lead = format!("{end}{}- ", " ".repeat(indent + 2));
    let entries = fields::several(written).unwrap_or_else(|| vec![written]);
    Some(Edit { span, text: format!("{lead}{}", entries.join(&lead)) })
}
