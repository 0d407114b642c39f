//! K105: a date or time that is not written the one way.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, ShapeFault, ShapeFaultKind};
use crate::place::FileId;
use crate::rules::{Check, Rule, fields};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K105",
    name: "unreadable-date",
    level: Level::Error,
    page: include_str!("unreadable_date.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::Date { text, read, form } = &fault.kind {
            out.push(fields::held(finding(id, fault, text, read.as_deref(), form), id, fault));
        }
    }
}

fn finding(id: FileId, fault: &ShapeFault, text: &str, read: Option<&str>, form: &str) -> Finding {
    let (ja, en, example) = words(form);
    let why = say!(
        "書き方がそろっていないと、期限の順や年度を確かめられません。",
        "Deadlines and years can only be compared when all are written alike."
    );
    let Some(read) = read else {
        let message = if exists_not(text, form) {
            say!("「{text}」という日はありません", "there is no day \"{text}\"")
        } else {
            say!("「{text}」を{ja}として読めません", "\"{text}\" cannot be read as {en}")
        };
        return Finding::new(&RULE, id.at(fault.span), message)
            .label(say!("例 {example}", "such as {example}"))
            .why(why)
            .help(say!(
                "西暦の年・月・日を半角で {example} のように書いてください。まだ決まっていない欄は、行ごと消せます。",
                "Write it in figures like {example}. If it is not known yet, the line can be removed."
            ));
    };
    let written = if form == "YYYY-MM-DD" { read.to_owned() } else { format!("\"{read}\"") };
    Finding::new(
        &RULE,
        id.at(fault.span),
        say!("{ja}「{text}」の書き方が違います", "\"{text}\" is {en} in another form"),
    )
    .label(say!("{written} と書きます", "write {written}"))
    .why(why)
    .help(Say::same(fault.field.map_or_else(|| written.clone(), |field| format!("{}: {written}", field.key))))
    .fix(say!("{written} に直す", "write {written}"), vec![Edit { span: fault.span, text: written.clone() }])
}

/// What is wanted, and an example of it.
fn words(form: &str) -> (&'static str, &'static str, &'static str) {
    match form {
        "MM-DD" => ("月日", "a month and day", "\"09-30\""),
        "YYYY-MM-DDTHH:MM" => ("日時", "a date and time", "\"2025-04-03T10:00\""),
        _ => ("日付", "a date", "2025-04-01"),
    }
}

/// True for the right form of a day that no calendar has: 2025-02-30.
fn exists_not(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, sign)| {
            if sign.is_ascii_alphabetic() && sign != b'T' { byte.is_ascii_digit() } else { byte == sign }
        })
}
