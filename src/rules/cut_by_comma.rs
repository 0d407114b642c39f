//! K014: a comma inside `{…}` that cut a text in two.

use crate::city::City;
use crate::finding::Finding;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Span};
use crate::rules::readable::{quoted, shorten};
use crate::rules::{Check, Rule, fields};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K014",
    name: "cut-by-comma",
    level: Level::Error,
    page: include_str!("cut_by_comma.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    for fault in &file.shape_faults {
        let ShapeFaultKind::CutByComma { kept } = fault.kind else { continue };
        let whole = Span { start: kept.start, end: fault.span.end };
        let text = file.text.get(whole.range()).unwrap_or_default();
        let (left, typed) = (shorten(file.text.get(kept.range()).unwrap_or_default()), quoted(text));
        let (shown, comma) =
            (shorten(&typed), file.text.get(kept.end as usize..fault.span.start as usize).unwrap_or(","));
        let comma = comma.trim();
        let finding = Finding::new(
            &RULE,
            id.at(fault.span),
            say!(
                "文が「{comma}」で切れ、後の言葉が読み捨てられています",
                "a text is cut at \"{comma}\", and the words after it are lost"
            ),
        )
        .label(say!("ここから後は、別の欄の名前と読まれます", "read as the name of another field"))
        .why(say!(
            "{{ }} の中では「,」が欄の区切りです。内容として残るのは「{left}」だけです。",
            "Inside {{ }} a comma separates fields. All that is kept is \"{left}\"."
        ))
        .help(say!(
            "文の全体を引用符で囲むか、「、」を使ってください: {shown}",
            "Put the whole text in quotation marks: {shown}"
        ));
        let finding = fields::held(finding, id, fault);
        let title = say!("文全体を引用符で囲みます", "puts the whole text in quotation marks");
        out.push(if text.contains('\n') {
            finding
        } else {
            finding.fix(title, vec![Edit { span: whole, text: typed }])
        });
    }
}
