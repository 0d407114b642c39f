//! K010: the same field twice in one place.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Span};
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{Edit, FaultKind};

pub(super) static RULE: Rule = Rule {
    code: "K010",
    name: "duplicate-key",
    level: Level::Error,
    page: include_str!("duplicate_key.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    let reading = Reading::new(city, id);
    // Where the sign of a new entry is forgotten, all its fields come a second time: the entry is told.
    let mut entry: Option<(Span, Span)> = None;
    let mut told: Vec<(Finding, usize, Span)> = Vec::new();
    for fault in &file.faults {
        if let FaultKind::DuplicateKey { key, first } = &fault.kind {
            let same = entry.is_some_and(|(before, second)| before < *first && *first < second);
            if let Some((_, more, _)) = told.last_mut().filter(|_| same) {
                *more += 1;
                continue;
            }
            entry = Some((*first, fault.span));
            let message =
                say!("「{key}」の欄が、同じ所に二つあります", "the field \"{key}\" stands twice in one place");
            told.push((finding(&reading, (city, id), message, fault.span, *first), 0, fault.span));
        }
    }
    out.extend(told.into_iter().map(|(finding, more, span)| match more {
        0 => finding,
        _ => forgotten_dash(city, id, &reading, finding, span),
    }));
    for fault in &file.shape_faults {
        if let ShapeFaultKind::TwiceNamed { key, first } = fault.kind {
            let word = file.text.get(fault.span.range()).unwrap_or_default();
            let other = file.text.get(first.range()).unwrap_or_default();
            let message = say!(
                "「{other}」と「{word}」は同じ欄（{key}）で、二つあります",
                "\"{other}\" and \"{word}\" are the same field ({key}), and both are there"
            );
            out.push(finding(&reading, (city, id), message, fault.span, first));
        }
    }
}

/// A second entry of a list whose first line lacks its `- `.
fn forgotten_dash(city: &City, id: FileId, reading: &Reading<'_>, finding: Finding, span: Span) -> Finding {
    let file = city.file(id);
    let line = file.lines().line_span(&file.text, file.lines().line(span.start));
    let written = file.text.get(span.start as usize..line.end as usize).unwrap_or_default().trim_end();
    let written = super::readable::shorten(written);
    let mut finding = finding.label(say!("ここから同じ欄が並んでいます", "the same fields begin again here"));
    finding.fix = None;
    finding.help(reading.with_still_read(say!(
        "別のまとまりなら、この行の頭の空白を２文字減らし「- 」を付けてください: - {written}",
        "If another entry begins here, write \"- \" in place of its last two spaces: - {written}"
    )))
}

fn finding(reading: &Reading<'_>, (city, id): (&City, FileId), message: Say, span: Span, first: Span) -> Finding {
    let line = city.file(id).lines().line(first.start);
    let help = say!(
        "{line}行目の欄と内容を見比べ、正しい方だけを残してください。両方が要るなら、一つの欄にまとめます。",
        "Compare it with line {line} and keep the right one. If both are needed, write them in one field."
    );
    let finding = Finding::new(&RULE, id.at(span), message)
        .label(say!("二つ目です", "the second one"))
        .why(say!(
            "どちらの内容が正しいかを決められず、片方は誰にも気付かれずに失われます。",
            "Nothing tells which one is right, and one of them would be lost unnoticed."
        ))
        .help(reading.with_still_read(help))
        .related(id.at(first), say!("一つ目はここです", "the first one"));
    match repeated_line(city, id, span, first) {
        Some(edit) => {
            let title = say!("同じ内容の二つ目の行を消します", "deletes the second line, which says the same");
            finding.fix(title, vec![edit])
        }
        None => finding,
    }
}

/// Deletes the second line where both lines are one field with the same value on it.
fn repeated_line(city: &City, id: FileId, span: Span, first: Span) -> Option<Edit> {
    let file = city.file(id);
    let number = file.lines().line(span.start);
    // `{a: 1, a: 1}`: there is no second line.
    if number == file.lines().line(first.start) {
        return None;
    }
    let line = |number: u32| file.lines().line_span(&file.text, number);
    let (second, before) = (line(number), line(file.lines().line(first.start)));
    let text = |span: Span| file.text.get(span.range()).unwrap_or_default();
    let bare = text(second).trim();
    let (_, value) = bare.split_once(": ")?;
    let value = value.trim();
    let whole = !value.is_empty() && !value.starts_with(['|', '>', '"', '\'', '[', '{', '#']) && !bare.starts_with('-');
    // A value that goes on over the next line is more than this line.
    let indent = |text: &str| text.len() - text.trim_start().len();
    let next = text(line(number + 1));
    let ends = next.trim().is_empty() || indent(next) <= indent(text(second));
    // Only a line of blanks is so much longer than what it says.
    let near = text(before).len() <= bare.len() + 4096;
    let same = near && text(before).trim().trim_start_matches(['-', ' ']) == bare;
    let end = line(number + 1).start.max(second.end);
    (whole && ends && same).then(|| Edit { span: Span { start: second.start, end }, text: String::new() })
}
