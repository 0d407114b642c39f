//! K102: a required field is absent or empty.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, ShapeFault, ShapeFaultKind};
use crate::place::{FileId, Span};
use crate::rules::fields::{self, Headings};
use crate::rules::{Check, Rule};
use crate::say;
use crate::shape::{Field, Kind, Shape};

pub(super) static RULE: Rule = Rule {
    code: "K102",
    name: "missing-field",
    level: Level::Error,
    page: include_str!("missing_field.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    if city.file(id).is_blank_plan() {
        out.push(blank(id));
        return;
    }
    let headings = Headings::new(city, id);
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::MissingField { field, shape, .. } = &fault.kind {
            let heading = headings.of(fault.span);
            out.push(fields::held(finding(city, id, fault, (field, shape), heading), id, fault));
        }
    }
}

/// A plan in which nothing is written counts as no plan: one finding, not one for each lack.
fn blank(id: FileId) -> Finding {
    Finding::new(
        &RULE,
        id.at(Span::at(0)),
        say!("このファイルには、計画が何も書かれていません", "nothing is written in this plan"),
    )
    .label(say!("中身がありません", "empty"))
    .why(say!(
        "計画がないものとして、この部に求められた項目は全て「未記載」に数えられます。",
        "It counts as no plan: everything asked of the department is missing."
    ))
    .help(say!(
        "誤って消した場合は、元の内容に戻してください。これから書く場合は、まず次の１行を書けば下書きになります。\nstatus: draft",
        "If it was emptied by mistake, bring the old content back. To begin a plan, this line makes it a draft.\nstatus: draft"
    ))
}

fn finding(
    city: &City,
    id: FileId,
    fault: &ShapeFault,
    (field, shape): (&'static Field, &'static Shape),
    heading: Say,
) -> Finding {
    let place = id.at(fault.span);
    let name = fields::name(field);
    let (ja, en) = (&name.ja, &name.en);
    let (title_ja, title_en) = (shape.title.ja, shape.title.en);
    // A blank field is marked at its own name, an absent one at what holds it.
    let blank = [field.key, field.label].contains(&city.text(place));
    let (message, label) = if blank {
        (
            say!("{title_ja}の {ja}に内容がありません", "{en} of \"{title_en}\" is empty"),
            say!("この後に内容を書いてください", "write it here"),
        )
    } else {
        (
            say!("{title_ja}に {ja}の欄がありません", "\"{title_en}\" has no {en}"),
            say!("ここに {ja}の欄が要ります", "{en} is needed here"),
        )
    };
    let (about_ja, about_en) = (field.about.ja, field.about.en);
    let example = fields::example(field);
    let help = match &field.kind {
        Kind::Choice(words) => {
            let words = fields::choices(words);
            let (ja, en) = (words.ja, words.en);
            say!("次のように書きます。\n{example}\n書ける言葉: {ja}", "Write it like this:\n{example}\nAllowed: {en}")
        }
        _ => say!("次のように書きます。\n{example}", "Write it like this:\n{example}"),
    };
    let (detail_ja, detail_en) = (field.label, field.key);
    Finding::new(&RULE, place, message)
        .label(label)
        .why(say!("必ず書く欄です。{about_ja}", "This field must be there. {about_en}"))
        .help(help)
        .look(format!("kpolicy explain {}", field.key))
        .todo(heading, say!("{detail_ja}がありません", "{detail_en} is missing"))
}
