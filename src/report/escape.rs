//! Makes text inert: whatever a plan holds, it stays text in HTML, CSS, Markdown, JSON and XML.

use crate::ui::{harmless, is_hidden};

/// For HTML text and quoted attributes.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            c if is_harmless(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// The inside of a CSS string: everything but letters and digits as a code.
pub(super) fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_harmless(*c)) {
        if c.is_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            out.push_str(&format!("\\{:x} ", u32::from(c)));
        }
    }
    out
}

/// For one line of Markdown, or a cell: nothing becomes markup, a link, HTML or a heading.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '!' if text[at..].starts_with("![") => out.push_str("\\!"),
            // A bare address would become a link.
            ':' if text[at..].starts_with("://") => out.push_str("&#58;"),
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => out.push_str("&#46;"),
            '-' | '+' | '=' if text[..at].trim().is_empty() => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if starts_list(&text[..at]) => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if is_harmless(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// `12` before `.` or `)` at a line's beginning would begin a list.
fn starts_list(before: &str) -> bool {
    let before = before.trim_start();
    !before.is_empty() && before.len() <= 9 && before.bytes().all(|b| b.is_ascii_digit())
}

/// A JSON document with a line end. Whatever a terminal or a runner might act on stands in it as its
/// code, which readers turn back: no text is changed.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    let document = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut out = String::with_capacity(document.len() + 1);
    for (at, c) in document.char_indices() {
        // Neither kind occurs outside texts. The joiner U+200D is part of many emoji.
        if (is_hidden(c) && c != '\u{200d}') || begins_command(&document[..at], c) {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

/// For XML text and quoted attributes: characters that XML has no place for are shown by their code.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = harmless(text);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // In an attribute, a bare line end would become a space.
            '\n' => out.push_str("&#10;"),
            c if begins_command(&text[..at], c) => out.push_str(&format!("&#{};", u32::from(c))),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// True for the letter after `##` with which a runner's `##[…]` or `##vso[…]` goes on.
fn begins_command(before: &str, c: char) -> bool {
    matches!(c, '[' | 'v' | 'V') && before.ends_with("##")
}

/// False for controls and for characters that turn the direction of text. The joiner U+200D is part
/// of many emoji.
pub(crate) fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    !turns && (c == '\n' || c == '\t' || !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(html("<b a='1' b=\"2\">&"), "&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;");
        assert_eq!(
            xml("<a b=\"'\">\n\u{1}##[\u{ffff}"),
            "&lt;a b=&quot;&#39;&quot;&gt;&#10;&lt;U+0001&gt;##&#91;\u{fffd}"
        );
        assert_eq!(json(&"##[\u{7f}\u{e0001}\u{1b}"), "\"##\\u005b\\u007f\\udb40\\udc01\\u001b\"\n");
        assert_eq!(css("a\"</style>"), "a\\22 \\3c \\2f style\\3e ");
        assert_eq!(markdown("# a"), "\\# a");
        assert_eq!(markdown("- a"), "\\- a");
        assert_eq!(markdown("1. a"), "1\\. a");
        assert_eq!(markdown("![x](y)<i>|"), "\\!\\[x\\](y)&lt;i&gt;\\|");
        assert_eq!(markdown("https://a.example"), "https&#58;//a.example");
        assert_eq!(markdown("a\u{202E}b\nc"), "ab c");
        assert_eq!(html("👨\u{200D}👩\u{202E}"), "👨\u{200D}👩");
    }
}
