//! K009: ` #` inside a text, after which everything is read as a remark.

use crate::city::City;
use crate::finding::Finding;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Span};
use crate::rules::readable::{quoted, shorten};
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K009",
    name: "text-cut-by-hash",
    level: Level::Warning,
    page: include_str!("text_cut_by_hash.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    for fault in &file.shape_faults {
        let ShapeFaultKind::CutByHash { kept } = fault.kind else { continue };
        let whole = Span { start: kept.start, end: fault.span.end };
        let text = file.text.get(whole.range()).unwrap_or_default();
        let left = shorten(file.text.get(kept.range()).unwrap_or_default());
        let (whole_text, shown) = (quoted(text), shorten(&quoted(text)));
        let mut finding = Finding::new(
            &RULE,
            id.at(fault.span),
            say!("文が「 #」で切れ、後の言葉が読み捨てられています", "a text is cut at \" #\", and the words after it are lost"),
        )
        .label(say!("ここから後は覚え書きと読まれます", "read as a remark from here on"))
        .why(say!("内容として残るのは「{left}」だけです。", "All that is kept is \"{left}\"."))
        .help(say!(
            "文の一部なら、全体を引用符で囲みます: {shown}\n覚え書きなら、# の後に空白を一つ入れてください。",
            "If it belongs to the text, put the whole in quotation marks: {shown}\nIf it is a remark, put a space after the #."
        ))
        .unsafe_fix(
            say!("文全体を引用符で囲みます", "puts the whole text in quotation marks"),
            vec![Edit { span: whole, text: whole_text }],
        );
        if let Some(holder) = fault.holder {
            finding = finding.related(id.at(holder), say!("この目標の中です", "in this goal"));
        }
        out.push(finding);
    }
}
