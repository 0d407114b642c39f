//! Spaces that set letters apart (「予 算 編 成」, 「平成 2 9 年度」) against spaces that mean
//! something (「歴史をつなぎ 未来をひらく」).

use unicode_normalization::UnicodeNormalization;

/// True for characters that Japanese sets without spaces between them.
pub(super) fn is_japanese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// True for kanji.
pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

/// Radicals that some PDF files name instead of the kanji that look the same, where NFKC knows none.
const RADICALS: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻆', '角'),
    ('⻑', '長'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻤', '鬼'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
    ('⻲', '亀'),
];

/// The kanji that a radical stands for; every other character as it is.
pub fn kanji_of_radical(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' => RADICALS.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, kanji)| *kanji),
        c => c,
    }
}

/// A word and the white space before it.
struct Word<'t> {
    gap: &'t str,
    text: &'t str,
    /// In a run of letters set apart.
    loose: bool,
    /// In such a run of digits only.
    digits: bool,
    /// Set apart from the letter before much more than letters of the run are: another word begins.
    wider: bool,
}

/// The text without the spaces inside letter-spaced words: three single characters in a row, or
/// two digits.
pub(super) fn tighten(text: &str) -> String {
    let mut words = words(text);
    mark_runs(&mut words);
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&Word<'_>> = None;
    for word in &words {
        let inside = before.is_some_and(|before| before.loose && word.loose);
        // Digits belong to the words on both sides of them: 平成 2 9 年度.
        let edge = before.is_some_and(|before| {
            (word.digits && before.text.ends_with(is_japanese)) || (before.digits && word.text.starts_with(is_japanese))
        });
        if !inside && !edge {
            out.push_str(word.gap);
        } else if word.wider {
            out.push('\u{3000}');
        }
        out.push_str(word.text);
        before = Some(word);
    }
    out
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let gap = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let end = rest[gap..].find(char::is_whitespace).map_or(rest.len(), |end| gap + end);
        words.push(Word { gap: &rest[..gap], text: &rest[gap..end], loose: false, digits: false, wider: false });
        rest = &rest[end..];
    }
    words
}

fn mark_runs(words: &mut [Word<'_>]) {
    let mut at = 0;
    while at < words.len() {
        let kind = words[at].text.starts_with(is_digit);
        let alike = |word: &&Word<'_>| is_single(word.text) && word.text.starts_with(is_digit) == kind;
        let run = words[at..].iter().take_while(alike).count();
        let digits = words.get(at).is_some_and(|word| word.text.starts_with(is_digit));
        if run >= 3 || (run == 2 && digits) {
            let gap = |word: &Word<'_>| word.gap.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            let usual = words[at + 1..at + run].iter().map(gap).min().unwrap_or_default();
            for (place, word) in words[at..at + run].iter_mut().enumerate() {
                (word.loose, word.digits) = (true, digits);
                word.wider = place > 0 && !digits && gap(word) >= (usual * 2).max(WIDE);
            }
        }
        at += run.max(1);
    }
}

/// Two wide spaces: less may be an uneven hand.
const WIDE: usize = 4;

fn is_single(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if is_japanese(c) || c.is_ascii_digit())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Characters after which, or before which, a number is nothing strange.
const BEFORE_NUMBER: &str = "第約計全各年月日和成昭大正治前後総満延";
const AFTER_NUMBER: &str =
    "年月日件人名回か箇ヶつ時分％%円千万億歳個対次期号条項割倍度階番丁目章節位級種類本台校園館週部課市町村区";

/// True where a number between spaces stands in the middle of kanji: 栃 1 木.
pub(super) fn is_split_by_number(text: &str) -> bool {
    let words = words(text);
    words.windows(3).any(|three| {
        let number = three[1].text.chars().count() <= 3 && three[1].text.chars().all(is_digit);
        let before = three[0].text.chars().next_back().is_some_and(|c| is_kanji(c) && !BEFORE_NUMBER.contains(c));
        let after = three[2].text.chars().next().is_some_and(|c| is_kanji(c) && !AFTER_NUMBER.contains(c));
        number && before && after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letter_spacing_goes() {
        let cases = [
            ("令和７年度 予 算 編 成 方 針", "令和７年度 予算編成方針"),
            ("平成 2 9 年度の予算", "平成29年度の予算"),
            ("歴史をつなぎ 未来をひらく", "歴史をつなぎ 未来をひらく"),
            ("国分寺市長 井 澤 邦 夫", "国分寺市長 井澤邦夫"),
            ("市長　大　和　田　　　渚", "市長　大和田　渚"),
            ("令　和　八　年　　予　算", "令和八年　予算"),
            ("第 １ 回", "第 １ 回"),
            ("栃 1 木 県", "栃 1 木 県"),
            ("A B C", "A B C"),
            ("", ""),
        ];
        for (spaced, tight) in cases {
            assert_eq!(tighten(spaced), tight);
        }
        assert!(is_split_by_number("栃 1 木 県") && !is_split_by_number("令和 ８ 年 10 月 １ 日"));
    }
}
