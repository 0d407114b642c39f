//! K105: a date or time that is not written the one way.

use crate::city::City;
use crate::date::{Date, FiscalYear};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, ShapeFault, ShapeFaultKind};
use crate::nearest::fold;
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
            let mut finding = finding(id, fault, text, read.as_deref(), form);
            // A deadline lies in the year of the folder; another day may be of the year before.
            let ahead = fault.field.is_some_and(|field| field.key == "by");
            let year = city.file(id).role.year.filter(|_| ahead);
            if let Some(day) = meant(text, form, year).filter(|_| read.is_none()) {
                finding = likely(finding, fault, day);
            }
            let finding = fields::without_memo(finding, fault, text);
            out.push(fields::held(finding, id, fault));
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

/// A day that a text was probably meant to be, and why.
enum Meant {
    /// The number by which a spreadsheet counts days.
    Serial(Date),
    /// The last day of the month that was named.
    Month(Date),
}

fn meant(text: &str, form: &str, year: Option<FiscalYear>) -> Option<Meant> {
    if form != "YYYY-MM-DD" {
        return None;
    }
    let folded = fold(text);
    if folded.len() == 5 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
        // Spreadsheets count from the end of 1899; these are the days from 2009 to 2064.
        let days = folded.parse().ok().filter(|days| (40_000..60_000).contains(days))?;
        return Some(Meant::Serial(Date::new(1899, 12, 30)?.plus_days(days)));
    }
    let month = folded.trim_end_matches(['末', '中', '頃']).trim_end_matches('月');
    let first = match (month.parse::<u8>(), year) {
        (Ok(number), Some(year)) if folded.contains('月') => {
            Date::new(if number < 4 { year.last_day().year } else { year.first_day().year }, number, 1)?
        }
        _ => Date::parse_loose(&format!("{}-1", month.replace(['年', '/', '.'], "-")))?,
    };
    let next = first.plus_days(31);
    Some(Meant::Month(Date::new(next.year, next.month, 1)?.plus_days(-1)))
}

fn likely(finding: Finding, fault: &ShapeFault, meant: Meant) -> Finding {
    let (Meant::Serial(day) | Meant::Month(day)) = meant;
    let line = fault.field.map_or_else(|| day.to_string(), |field| format!("{}: {day}", field.key));
    let edit = vec![Edit { span: fault.span, text: day.to_string() }];
    let finding = finding.unsafe_fix(say!("{day} に直す", "write {day}"), edit);
    match meant {
        Meant::Serial(_) => finding.label(say!("{day} のことですか", "did you mean {day}?")).help(say!(
            "表計算ソフトの日付が、数のまま写されたようです: {line}",
            "It looks like the number of a day in a spreadsheet: {line}"
        )),
        Meant::Month(_) => finding.label(say!("日まで書きます", "the day is wanted, too")).help(say!(
            "月末までであれば、こう書いてください: {line}",
            "If the end of the month is meant, write: {line}"
        )),
    }
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
