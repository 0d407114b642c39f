//! K004: a full-width sign where the file's form, an id or a date needs a half-width one.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::LinkFaultKind;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Place};
use crate::rules::readable::Reading;
use crate::rules::{Check, Judged, Rule};
use crate::say;
use crate::source::{Edit, Fault, FaultKind, FullWidthAt};

pub(super) static RULE: Rule = Rule {
    code: "K004",
    name: "full-width-syntax",
    level: Level::Error,
    page: include_str!("full_width_syntax.md"),
    check: Check::Both(check, check_links),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    let mut reading = Reading::new(city, id);
    for fault in &file.faults {
        if let FaultKind::FullWidth { found, want, at } = &fault.kind {
            out.push(sign(&mut reading, id, fault, (found, want, at)));
        }
    }
    for fault in &file.shape_faults {
        if let ShapeFaultKind::Wrapped { found, want } = &fault.kind {
            out.push(wrapped(&mut reading, id.at(fault.span), found, want));
        }
    }
}

fn check_links(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    // The faults are sorted by file.
    let mut reading: Option<(FileId, Reading<'_>)> = None;
    for fault in &judged.links.faults {
        let LinkFaultKind::Wrapped { found, want } = &fault.kind else { continue };
        let reading = match &mut reading {
            Some((file, reading)) if *file == fault.place.file => reading,
            other => &mut other.insert((fault.place.file, Reading::new(judged.year.city, fault.place.file))).1,
        };
        let finding = wrapped(reading, fault.place, found, want);
        out.push(match fault.holder {
            Some(holder) => finding.related(holder, say!("この目標の中です", "in this goal")),
            None => finding,
        });
    }
}

fn sign(
    reading: &mut Reading<'_>,
    id: FileId,
    fault: &Fault,
    (found, want, at): (&str, &str, &FullWidthAt),
) -> Finding {
    let (message, label, why) = words(found, want, at);
    let edits = if fault.edits.is_empty() { &fault.likely } else { &fault.edits };
    let mended = reading.mended_line(fault.span, edits);
    let help = say!("{mended}", "{mended}");
    let finding =
        Finding::new(&RULE, id.at(fault.span), message).label(label).why(why).help(reading.with_still_read(help));
    mend(finding, &fault.edits, &fault.likely)
}

fn mend(finding: Finding, edits: &[Edit], likely: &[Edit]) -> Finding {
    let title = say!("半角の記号に直します", "writes the half-width sign");
    if !edits.is_empty() {
        finding.fix(title, edits.to_vec())
    } else if !likely.is_empty() {
        finding.unsafe_fix(title, likely.to_vec())
    } else {
        finding
    }
}

/// What is wrong, what to type, and why, for each place where such a sign stands.
fn words(found: &str, want: &str, at: &FullWidthAt) -> (Say, Say, Say) {
    match at {
        FullWidthAt::Key(name) if found.ends_with('：') => (
            say!("全角の「：」が使われています", "there is a full-width colon \"：\""),
            say!("半角の「:」と空白にしてください", "write \":\" and a space"),
            lost(name),
        ),
        FullWidthAt::Key(name) => (
            say!("欄の名前「{found}」が全角です", "the field name \"{found}\" is full-width"),
            say!("半角の「{name}」にしてください", "write \"{name}\""),
            lost(name),
        ),
        FullWidthAt::Comment => (
            say!("行の頭の「＃」が全角です", "the line begins with a full-width \"＃\""),
            say!("半角の「#」にしてください", "write \"#\""),
            say!(
                "覚え書きの行と読めず、前後の内容まで読めなくなります。",
                "It is not read as a remark, and the lines around it cannot be read either."
            ),
        ),
        FullWidthAt::Bullet => (
            say!("並びの印に「{found}」が使われています", "a list entry begins with \"{found}\""),
            say!("半角の「-」と空白にしてください", "write \"-\" and a space"),
            say!(
                "このままでは一つずつに分かれず、つながった一つの文と読まれます。",
                "The entries are not told apart: they are read as one text."
            ),
        ),
        FullWidthAt::List => (
            say!(
                "かっこの中に、全角の記号「{found}」が使われています",
                "full-width signs \"{found}\" stand inside the brackets"
            ),
            say!("半角の「[」「,」「]」などにしてください", "write half-width signs such as \"[\" \",\" \"]\""),
            say!(
                "このままでは番号が一つずつに分かれず、どの項目にも応えていないことになります。",
                "The ids are not told apart, so no item is answered."
            ),
        ),
        FullWidthAt::Header => (
            say!(
                "長い文の始まりの印「{found}」が全角です",
                "the sign \"{found}\" that opens a long text is full-width"
            ),
            say!("半角の「{want}」にしてください", "write \"{want}\""),
            say!(
                "印と読めず、後に続く文の改行や記号が正しく読まれません。",
                "It is read as words, and the lines after it are not read as they stand."
            ),
        ),
    }
}

fn lost(name: &str) -> Say {
    say!(
        "このままでは「{name}」の欄として読めず、書いた内容が失われます。",
        "\"{name}\" is not read as a field, so what is written there is lost."
    )
}

fn wrapped(reading: &mut Reading<'_>, place: Place, found: &str, want: &str) -> Finding {
    let edits = vec![Edit { span: place.span, text: want.to_owned() }];
    let mended = reading.mended_line(place.span, &edits);
    let finding = Finding::new(
        &RULE,
        place,
        say!("番号、名称又は日付が「{found}」と、囲んで書かれています", "an id, name or date is wrapped: {found}"),
    )
    .label(say!("{want} だけを書いてください", "write {want} alone"))
    .why(say!(
        "番号、名称や日付は、かっこや全角の引用符を付けずに書く決まりです。",
        "Ids, names and dates are written without brackets and without full-width quotation marks."
    ))
    .help(say!("{mended}", "{mended}"));
    mend(finding, &edits, &[])
}
