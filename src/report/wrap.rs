//! Terminal text: display width, and wrapping that never begins a line with 、 or 。.

use unicode_width::UnicodeWidthChar;

/// Columns a text takes on a terminal. Characters of ambiguous width count one.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The text padded with spaces to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The beginning of a text that fits into `columns`, with `..` where it was cut.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + c.width().unwrap_or(0) + 2 > columns {
            break;
        }
        kept.push(c);
    }
    kept + ".."
}

/// Characters that no line may begin with.
const NOT_FIRST: &str = "、。，．,.・：；:;？！?!）)］]｝}」』】〉》”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%";
/// Characters that no line may end with.
const NOT_LAST: &str = "（(［[｛{「『【〈《“‘";

/// Wraps each line of a text to `columns`. Words of ASCII letters and digits stay whole where they
/// can; nothing is lost and no line is longer, but for a single character wider than `columns`.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, columns.max(4))).collect()
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let mut end = start;
        let mut used = 0;
        while end < chars.len() && used + chars[end].width().unwrap_or(0) <= columns {
            used += chars[end].width().unwrap_or(0);
            end += 1;
        }
        let end = if end == chars.len() { end } else { good_break(&chars, start, end.max(start + 1)) };
        let piece: String = chars[start..end].iter().collect();
        lines.push(if lines.is_empty() { piece.trim_end().to_owned() } else { piece.trim().to_owned() });
        start = end;
        while start < chars.len() && chars[start] == ' ' {
            start += 1;
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// The last place at or before `end` where a line may be broken; `end` itself if there is none.
fn good_break(chars: &[char], start: usize, end: usize) -> usize {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ':');
    let allowed = |at: usize| {
        let (before, after) = (chars[at - 1], chars[at]);
        // A quotation mark that closes stays with its words.
        let closes = matches!(after, '"' | '\'') && chars.get(at + 1).is_none_or(|next| !next.is_alphanumeric());
        !(NOT_FIRST.contains(after) || NOT_LAST.contains(before) || (word(before) && word(after)) || closes)
    };
    (start + 1..=end).rev().take(24).find(|at| allowed(*at)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_every_word_and_rule() {
        let text = "個人情報の取扱いには細心の注意を払うとともに、指定管理者等の関係団体も含め、対策を徹底すること。kpolicy show 3-8 で確かめます。";
        for columns in 8..60 {
            let lines = wrap(text, columns);
            let joined: String = lines.concat().chars().filter(|c| *c != ' ').collect();
            assert_eq!(joined, text.replace(' ', ""), "{columns}");
            for line in &lines {
                assert!(width(line) <= columns, "{columns}: {line}");
                assert!(columns < 12 || !line.starts_with(['、', '。']), "{columns}: {line}");
            }
        }
    }
}
