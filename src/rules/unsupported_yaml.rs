//! K007: ways of writing that other programs read differently, or that plans have no use for.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::place::{FileId, Span};
use crate::rules::readable::{Reading, quoted};
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{Edit, FaultKind, Unsupported};

pub(super) static RULE: Rule = Rule {
    code: "K007",
    name: "unsupported-yaml",
    level: Level::Error,
    page: include_str!("unsupported_yaml.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let mut reading = Reading::new(city, id);
    for fault in &city.file(id).faults {
        let FaultKind::Unsupported(what) = fault.kind else { continue };
        let finding = Finding::new(&RULE, id.at(fault.span), message(what))
            .label(say!("この書き方は使えません", "this cannot be used here"))
            .why(say!(
                "読むソフトによって受け取り方が変わるため、計画や方針では使わない決まりです。",
                "Programs read it differently, so plans and policies do without it."
            ));
        out.push(match as_words(city, id, fault.span, what) {
            Some(edit) => {
                let mended = reading.mended_line(fault.span, std::slice::from_ref(&edit));
                finding
                    .help(reading.with_still_read(say!(
                        "文なら、全体を引用符で囲んでください: {mended}",
                        "If these are words, put the whole text in quotation marks: {mended}"
                    )))
                    .unsafe_fix(say!("文全体を引用符で囲みます", "puts the whole text in quotation marks"), vec![edit])
            }
            None => finding.help(reading.with_still_read(help(what))),
        });
    }
}

/// The value in quotes, where it begins with a sign and ends with its line.
fn as_words(city: &City, id: FileId, span: Span, what: Unsupported) -> Option<Edit> {
    let file = city.file(id);
    let line = file.lines().line_span(&file.text, file.lines().line(span.start));
    let before = file.text.get(line.start as usize..span.start as usize)?;
    let value = file.text.get(span.start as usize..line.end as usize)?.trim_end();
    let sign = matches!(what, Unsupported::Anchor | Unsupported::Alias | Unsupported::Tag);
    let words = !value.is_ascii() && !value.contains(" #") && !before.contains(['{', '[']);
    let whole = Span::new(span.start as usize, span.start as usize + value.len());
    (sign && words).then(|| Edit { span: whole, text: quoted(value) })
}

fn message(what: Unsupported) -> Say {
    match what {
        Unsupported::Anchor => say!("内容が記号「&」で始まっています", "a value begins with the sign &"),
        Unsupported::Alias => say!("内容が記号「*」で始まっています", "a value begins with the sign *"),
        Unsupported::Tag => say!("内容が記号「!」で始まっています", "a value begins with the sign !"),
        Unsupported::Directive => say!("「%」で始まる行があります", "a line begins with %"),
        Unsupported::ExplicitKey => say!("欄の名前の前に「?」があります", "there is a ? before a field's name"),
        Unsupported::ComplexKey => {
            say!("欄の名前の所に、並びやかっこがあります", "a list or brackets stand where a field's name should")
        }
        Unsupported::SecondDocument => {
            say!("「---」の行の後に、二つ目の内容が始まっています", "a second document begins after a line ---")
        }
    }
}

fn help(what: Unsupported) -> Say {
    match what {
        Unsupported::Anchor | Unsupported::Alias | Unsupported::Tag => say!(
            "文の一部なら、文全体を \" \" で囲むか、記号を全角（＆ ＊ ！）にしてください。\n同じ内容を使い回すための記号なら、内容をもう一度書いてください。",
            "If it belongs to the words, put the whole text in quotation marks or use another sign.\nIf it was meant to repeat a value, write the value again."
        ),
        Unsupported::Directive => say!("その行を消してください。", "Delete the line."),
        Unsupported::ExplicitKey | Unsupported::ComplexKey => {
            say!("「名前: 内容」の形に書き直してください。", "Write it as \"name: value\".")
        }
        Unsupported::SecondDocument => say!(
            "「---」の行を消し、一つのファイルに一つの内容だけを書いてください。",
            "Delete the line ---; a file holds one document."
        ),
    }
}
