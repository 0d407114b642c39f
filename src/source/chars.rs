//! Classes of characters that the line scan asks for.

/// Spaces that are not the one YAML knows: the full-width one, the no-break one, typographic ones.
pub(super) fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Any space or tab that can stand before or after a word.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_wide_space(c)
}

/// Zero-width, bidi, tag and control characters, and line separators no editor shows.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}'
        | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}')
}

/// A zero-width joiner or tag inside an emoji is part of a visible character. `before` is the last
/// character that is one itself, so that tags may follow each other after a flag only.
pub(super) fn joins_emoji(before: char, c: char) -> bool {
    let emoji = |c: char| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    match c {
        '\u{200d}' => emoji(before),
        '\u{e0020}'..='\u{e007f}' => matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
        _ => false,
    }
}

/// The spaces and tabs a line begins with.
pub(super) fn leading(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches(is_gap).len()]
}

/// The name where a text begins like a field: one word, a colon, and a space or the end.
pub(super) fn field_name(text: &str) -> Option<&str> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim_end();
    let good = !name.is_empty() && !name.contains([' ', ',', '"', '\'', '[', '{']);
    (good && (value.is_empty() || value.starts_with([' ', '\r', '\n']))).then_some(name)
}

/// The offset after the quote that closes a text, looking from byte `from`.
pub(super) fn closing(line: &str, from: usize, quote: char) -> Option<usize> {
    let mut chars = line.get(from..)?.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
                continue;
            }
            return Some(from + index + 1);
        }
    }
    None
}

/// True for `|`, `>` and what may follow them at the head of a block text.
pub(super) fn is_block_header(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else { return false };
    let signs = rest.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let after = signs.trim_start_matches([' ', '\t']);
    rest.len() - signs.len() <= 2 && (after.is_empty() || (after.starts_with('#') && after.len() < signs.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_keep_their_joiners() {
        assert!(joins_emoji('\u{1f468}', '\u{200d}'));
        assert!(!joins_emoji('市', '\u{200d}'));
        assert!(joins_emoji('\u{1f3f4}', '\u{e0067}') && joins_emoji('\u{e0067}', '\u{e007f}'));
        assert!(!joins_emoji('市', '\u{e0067}') && !joins_emoji('\u{e007f}', '\u{e0067}'));
        assert!(is_invisible('\u{200b}') && is_invisible('\u{85}') && !is_invisible('\u{fe0f}') && !is_invisible('\t'));
    }

    #[test]
    fn quotes_close_past_their_escapes() {
        assert_eq!(closing(r#""a\"b" c"#, 1, '"'), Some(6));
        assert_eq!(closing("'a''b' c", 1, '\''), Some(6));
        assert_eq!(closing("'a''", 1, '\''), None);
    }

    #[test]
    fn block_headers() {
        for header in ["|", "|-", ">", "|2-", "| # 注", ">+"] {
            assert!(is_block_header(header), "{header}");
        }
        for text in ["|a", "> 30件", ">30", "|#", "｜", "", "|-a"] {
            assert!(!is_block_header(text), "{text}");
        }
    }
}
