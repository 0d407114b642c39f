//! Sentences, and which of them ask for something.

/// How a sentence that asks ends, without its full stop.
const ASKING: &[&str] = &[
    "こと",
    "ください",
    "下さい",
    "ものとする",
    "されたい",
    "られたい",
    "願いたい",
    "願います",
    "願う",
    "お願いする",
    "お願いします",
    "お願いいたします",
    "お願い申し上げます",
    "努める",
    "努めます",
    "徹底する",
    "してもらいたい",
    "してほしい",
    "求める",
    "なければならない",
    "べきである",
    "指示する",
];

/// Words at the beginning of a sentence that belong to the sentence before.
const JOINING: &[&str] =
    &["また、", "さらに、", "更に、", "加えて、", "あわせて、", "併せて、", "なお、", "その上で、"];

/// The sentences of a text, each with its full stop; one inside brackets ends none, unless no
/// bracket closes any more.
pub(super) fn split(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '「' | '『' | '（' | '(' => depth += 1,
            '」' | '』' | '）' | ')' => depth = depth.saturating_sub(1),
            '。' if depth == 0 || !text[at..].contains(['」', '』', '）', ')']) => {
                let end = at + c.len_utf8();
                found.push(text[start..end].trim());
                (start, depth) = (end, 0);
            }
            _ => {}
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// True for a sentence that asks for something.
pub(super) fn asks(sentence: &str) -> bool {
    let bare = sentence.trim().trim_end_matches(['。', '．', '.']);
    // An aside at the end says nothing about what is asked: …こと（別紙参照）。
    let bare = match bare.strip_suffix(['）', ')']) {
        Some(inside) => inside.rfind(['（', '(']).map_or(bare, |at| &inside[..at]),
        None => bare,
    };
    let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    ASKING.iter().any(|ending| bare.ends_with(ending))
}

/// The words of a sentence that can be quoted: without its number, the word that joins it to the
/// one before, and its full stop.
pub(super) fn quotable(sentence: &str) -> &str {
    let mut words = sentence.trim().trim_start_matches(['・', '○', '●', '※', '◎', '-', '〇']).trim_start();
    if let Some(mark) = super::marks::at(words) {
        words = &words[mark.len..];
    }
    let joined = JOINING.iter().find_map(|joining| words.strip_prefix(joining));
    joined.unwrap_or(words).trim_end_matches('。')
}

/// True where a text goes on after this, as far as its last sign tells.
pub(super) fn ends_open(text: &str) -> bool {
    !text.trim_end().ends_with(['。', '．', '」', '』', '）', ')', '：', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_outside_brackets() {
        assert_eq!(
            split("「選ぶ。集める。」を旨とすること。また、行うこと。"),
            ["「選ぶ。集める。」を旨とすること。", "また、行うこと。"]
        );
        assert_eq!(split("「開いたまま。次の文。"), ["「開いたまま。", "次の文。"]);
        assert_eq!(split("体言止め"), ["体言止め"]);
        assert!(
            asks("行うこと（別紙参照）。") && asks("努められたい。") && asks("報告願います") && !asks("続いている。")
        );
        assert_eq!(quotable("ア また、窓口を改めること。"), "窓口を改めること");
    }
}
