//! Makes text inert: whatever a plan holds, it stays text in HTML, CSS and Markdown.

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
pub(super) fn markdown(text: &str) -> String {
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

/// False for controls and for characters that turn the direction of text.
pub(crate) fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    !turns && (c == '\n' || c == '\t' || !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(html("<b a='1' b=\"2\">&"), "&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;");
        assert_eq!(css("a\"</style>"), "a\\22 \\3c \\2f style\\3e ");
        assert_eq!(markdown("# a"), "\\# a");
        assert_eq!(markdown("- a"), "\\- a");
        assert_eq!(markdown("1. a"), "1\\. a");
        assert_eq!(markdown("![x](y)<i>|"), "\\!\\[x\\](y)&lt;i&gt;\\|");
        assert_eq!(markdown("https://a.example"), "https&#58;//a.example");
        assert_eq!(markdown("a\u{202E}b\nc"), "ab c");
    }
}
