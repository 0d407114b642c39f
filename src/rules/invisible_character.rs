//! K006: a character nobody can see, or a wide space where a half-width one is needed.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::{Bi, Say, bi};
use crate::model::Level;
use crate::place::FileId;
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{Fault, FaultKind};

pub(super) static RULE: Rule = Rule {
    code: "K006",
    name: "invisible-character",
    level: Level::Error,
    page: include_str!("invisible_character.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let mut reading = Reading::new(city, id);
    for fault in &city.file(id).faults {
        if let FaultKind::Invisible { char, as_space } = fault.kind {
            out.push(finding(&mut reading, id, fault, char, as_space));
        }
    }
}

fn finding(reading: &mut Reading<'_>, id: FileId, fault: &Fault, char: char, as_space: bool) -> Finding {
    let edits = if fault.edits.is_empty() { &fault.likely } else { &fault.edits };
    let mended = reading.mended_line(fault.span, edits);
    let Bi { ja, en } = name(char);
    let code = format!("U+{:04X}", u32::from(char));
    let (message, label, why) = if as_space {
        (
            say!("字下げや区切りに{ja}が使われています", "{en} stands where a half-width space is needed"),
            say!("半角の空白にするか、消してください", "use half-width spaces, or none"),
            say!(
                "半角の空白と見分けがつきませんが、別の文字なので、欄や並びとして読まれません。",
                "It looks like spaces but is another character, so fields and lists are not read as such."
            ),
        )
    } else {
        (
            say!(
                "目に見えない文字（{ja}、{code}）が入っています",
                "there is a character nobody can see ({en}, {code})"
            ),
            say!("消してください", "delete it"),
            say!(
                "ワードやウェブの画面から写したときに紛れ込みます。見た目が同じでも、別の言葉として扱われます。",
                "It comes along when text is pasted from Word or a web page. Words that look alike are then not alike."
            ),
        )
    };
    let finding = Finding::new(&RULE, id.at(fault.span), message)
        .label(label)
        .why(why)
        .help(reading.with_still_read(help(as_space, &mended)));
    let title = say!("見えない文字を直します", "mends what cannot be seen");
    if !fault.edits.is_empty() {
        finding.fix(title, fault.edits.clone())
    } else if !fault.likely.is_empty() {
        finding.unsafe_fix(title, fault.likely.clone())
    } else {
        finding
    }
}

fn help(as_space: bool, mended: &str) -> Say {
    match (as_space, mended.is_empty()) {
        (_, true) => say!("その文字を消し、空の行にしてください。", "Delete it, so that the line is empty."),
        (true, _) => {
            say!("半角に切り替えて打ち直してください: {mended}", "Type it again with half-width spaces: {mended}")
        }
        (false, _) => say!(
            "その前後を消して打ち直してください: {mended}",
            "Delete the words around it and type them again: {mended}"
        ),
    }
}

/// What people may have heard the character called.
fn name(char: char) -> Bi {
    match char {
        '\u{3000}' => bi("全角の空白", "a full-width space"),
        '\u{a0}' | '\u{202f}' => bi("改行されない特殊な空白", "a no-break space"),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => bi("幅の違う特殊な空白", "a space of special width"),
        '\u{200b}' | '\u{2060}' => bi("幅のない空白", "a zero-width space"),
        '\u{feff}' => bi("ファイルの先頭の印", "a byte order mark"),
        '\u{ad}' => bi("見えないハイフン", "a soft hyphen"),
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' | '\r' => bi("特殊な改行", "a special line break"),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' => {
            bi("文字の向きを変える印", "a mark of writing direction")
        }
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => bi("制御文字", "a control character"),
        _ => bi("幅のない文字", "a zero-width character"),
    }
}
