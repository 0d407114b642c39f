//! The spelling of one text: the plainest that our reader reads back as exactly this text.

use crate::model::is_number_like;
use crate::source::{Kind, Readable, Vocabulary, read};

/// A text on one line: plain, in quotes, or in double quotes with what cannot be seen escaped.
pub(super) fn inline(text: &str) -> String {
    if text.chars().any(is_read_differently) {
        return escaped(text);
    }
    let plain = !is_number_like(text) && text.trim() == text && reads_back(text, text);
    if plain {
        return text.to_owned();
    }
    let simple = if text.contains('"') { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") };
    if !text.contains(['\n', '\r', '\\']) && reads_back(&simple, text) { simple } else { escaped(text) }
}

/// The sign and lines of a text with lines of its own, without indentation; none where only quotes
/// keep it as it is.
pub(super) fn block(text: &str) -> Option<(&'static str, Vec<&str>)> {
    let (sign, body) = match text.strip_suffix('\n') {
        Some(body) => ("|", body),
        None => ("|-", text),
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let spelled = format!("{sign}\n  {}", lines.join("\n  "));
    let alike =
        !body.is_empty() && !lines.iter().any(|line| line.starts_with('\t') || line.chars().any(is_read_differently));
    (alike && reads_back(&spelled, text)).then_some((sign, lines))
}

/// True when a field and a list entry with this spelling both hold the text, without any fault.
fn reads_back(spelling: &str, text: &str) -> bool {
    let words = Vocabulary { keys: vec!["k"], lists: Vec::new(), ids: Vec::new(), top: vec!["k"] };
    let mut spelled = 0;
    let mut faults = Vec::new();
    let file = format!("k: {spelling}\nl:\n  - {}\nm: {spelling}\n", spelling.replace('\n', "\n  "));
    let readable = read(&file, &words, &mut faults, &mut |tree, _| {
        let Some(root) = tree.root() else { return };
        let list = tree.get(root, "l").map(|list| &tree.node(list).kind);
        let entry = match list {
            Some(Kind::List(entries)) => entries.first().copied(),
            _ => None,
        };
        let places = [tree.get(root, "k"), entry, tree.get(root, "m")];
        spelled = places.iter().filter(|place| place.and_then(|node| tree.text(node)) == Some(text)).count();
    });
    readable == Readable::Whole && faults.is_empty() && spelled == 3
}

/// Line ends of some readers and what others refuse.
fn is_read_differently(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// In double quotes, with everything escaped that cannot be seen or is taken for something else.
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_unseen(c) && c as u32 <= 0xffff => out.push_str(&format!("\\u{:04x}", c as u32)),
            c if is_unseen(c) => out.push_str(&format!("\\U{:08x}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Characters that a line of a file should not hold as they are: controls, line ends, signs of
/// direction and width, and blanks other than the common two.
fn is_unseen(c: char) -> bool {
    let blank = c.is_whitespace() && c != ' ' && c != '\u{3000}';
    let format = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}');
    // Where they stand at an end they would be cut off or reported, so they are never left bare.
    c.is_control() || blank || format || matches!(c, '\u{fffe}' | '\u{ffff}')
}
