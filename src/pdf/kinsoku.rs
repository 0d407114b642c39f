//! Where a line may end: 禁則, numbers with their counters, words.

use std::sync::LazyLock;

use super::chars::Unit;

/// Which half of a full-width sign is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Opening brackets.
    Left,
    /// Closing brackets and stops.
    Right,
}

/// How bad it is to end a line here; 0 is as it should be.
pub(super) type Badness = u8;

/// Between year and month of a date, at the strokes of a path.
const LOOSE: Badness = 1;
/// Between a number and its counter.
const NUMBER: Badness = 2;
/// Inside a word.
const WORD: Badness = 3;
/// Against the rules of kinsoku.
const FORBIDDEN: Badness = 4;
/// The worst.
pub(super) const WORST: Badness = FORBIDDEN;

const NOT_FIRST: &str = "、。，．,.・：；:;？！?!゛゜´｀ヽヾゝゞ々〻ー—‐－–〜～…‥）)］]｝}〕〉》」』】〗〙〟’”»％%‰℃°′″\
    ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";
const NOT_LAST: &str = "（(［[｛{〔〈《「『【〖〘〝‘“«￥¥＄$£￡№＃#＠@";
const OPENING: &str = "（［｛〔〈《「『【〖〘〝";
const CLOSING: &str = "）］｝〕〉》」』】〗〙〟、。，．";

/// What follows a number without a break, the longer ones first.
const COUNTERS: [&str; 62] = [
    "ポイント",
    "パーセント",
    "か年度",
    "か年",
    "か月",
    "カ月",
    "ヶ月",
    "か所",
    "カ所",
    "ヶ所",
    "箇所",
    "か国",
    "年度",
    "年間",
    "年",
    "月",
    "日間",
    "日",
    "時間",
    "時",
    "分間",
    "分",
    "秒",
    "週間",
    "週",
    "千円",
    "万円",
    "億円",
    "円",
    "千人",
    "万人",
    "人",
    "件",
    "名",
    "台",
    "校",
    "施設",
    "園",
    "館",
    "部",
    "課",
    "班",
    "回",
    "度",
    "倍",
    "割",
    "点",
    "位",
    "棟",
    "戸",
    "世帯",
    "本",
    "枚",
    "項目",
    "ページ",
    "団体",
    "事業",
    "歳",
    "次",
    "級",
    "種類",
    "以上",
];

/// What goes before a number without a break.
const PREFIXES: [&str; 6] = ["令和", "平成", "昭和", "第", "約", "計"];

/// A bit for each of the lists above that a character is in; asked for every character printed.
static LISTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bits = vec![0; 0x10000];
    for (list, signs) in [NOT_FIRST, NOT_LAST, OPENING, CLOSING].iter().enumerate() {
        for sign in signs.chars() {
            bits[sign as usize & 0xFFFF] |= 1 << list;
        }
    }
    bits
});

fn is_in(list: u8, c: char) -> bool {
    LISTS.get(c as usize).is_some_and(|bits| bits & (1 << list) != 0)
}

/// The blank half of a sign, if it has one.
pub(super) fn blank_side(c: char) -> Option<Side> {
    if is_in(2, c) {
        Some(Side::Left)
    } else if is_in(3, c) {
        Some(Side::Right)
    } else {
        None
    }
}

/// How bad a line's end is after each unit but the last.
pub(super) fn breaks(units: &[Unit]) -> Vec<Badness> {
    let mut all: Vec<Badness> = units.windows(2).map(|pair| between(pair[0].text, pair[1].text)).collect();
    let text: Vec<char> = units.iter().map(|unit| unit.text).collect();
    let mut at = 0;
    while at < text.len() {
        if !is_digit(text[at]) {
            at += 1;
            continue;
        }
        let first = at;
        while at < text.len() && is_numeral(text[at]) {
            at += 1;
        }
        keep_number(&mut all, &text, first, at);
    }
    all
}

/// Keeps `first..end`, a number, with what stands around it.
fn keep_number(all: &mut [Badness], text: &[char], first: usize, end: usize) {
    let mut keep = |from: usize, to: usize, badness: Badness| {
        for gap in all.iter_mut().take(to.saturating_sub(1)).skip(from) {
            *gap = (*gap).max(badness);
        }
    };
    let prefix = PREFIXES.iter().find(|prefix| ends_with(&text[..first], prefix));
    keep(first - prefix.map_or(0, |prefix| prefix.chars().count()), end, NUMBER);
    let counter = COUNTERS.iter().find(|counter| starts_with(&text[end..], counter));
    let last = end + counter.map_or(0, |counter| counter.chars().count());
    keep(end - 1, last, NUMBER);
    // 令和８年３月31日, 10時30分: one date, one time.
    let runs_on = matches!(counter, Some(&("年" | "月" | "時"))) && text.get(last).copied().is_some_and(is_digit);
    if runs_on {
        keep(last - 1, last + 1, LOOSE);
    }
}

fn starts_with(text: &[char], start: &str) -> bool {
    let mut text = text.iter();
    start.chars().all(|c| text.next() == Some(&c))
}

fn ends_with(text: &[char], end: &str) -> bool {
    let mut text = text.iter().rev();
    end.chars().rev().all(|c| text.next() == Some(&c))
}

fn between(a: char, b: char) -> Badness {
    if is_blank(b) || a == '\u{A0}' {
        return FORBIDDEN;
    }
    if is_blank(a) {
        return 0;
    }
    if is_in(0, b) || is_in(1, a) || ('ㇰ'..='ㇿ').contains(&b) {
        return if is_half_sign(b) && is_word(a) { WORD } else { FORBIDDEN };
    }
    if matches!((a, b), ('…' | '‥' | '―' | '─', c) if c == a) {
        return FORBIDDEN;
    }
    match (is_word(a), is_word(b)) {
        (true, true) if matches!(a, '/' | '-' | '_' | '=' | '&' | '?') && !(a == '-' && b.is_ascii_digit()) => LOOSE,
        (true, true) => WORD,
        _ if is_wide_word(a) && is_wide_word(b) => WORD,
        _ => 0,
    }
}

/// Half-width stops stand inside names of files and numbers: a break there beats one against the rules.
fn is_half_sign(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | ';' | '?' | '%')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}')
}

fn is_word(c: char) -> bool {
    c.is_ascii_graphic() || ('\u{A1}'..='\u{24F}').contains(&c)
}

fn is_wide_word(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || matches!(c, '.' | ',' | '．' | '，' | '万' | '億' | '兆')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::pdf::chars::{Style, units};
    use crate::pdf::font::Fonts;

    /// The text with `|` where a line may end as it should.
    fn cut(text: &str) -> String {
        let style = Style { size: 10.0, bold: false, ink: [0; 3] };
        let units = units(&Fonts::embedded(), &[(text, style)], &mut BTreeSet::new());
        let breaks = breaks(&units);
        let with = |(at, unit): (usize, &Unit)| {
            let after = if breaks.get(at) == Some(&0) { "|" } else { "" };
            format!("{}{after}", unit.text)
        };
        units.iter().enumerate().map(with).collect()
    }

    #[test]
    fn lines_end_where_a_reader_expects_it() {
        let cases = [
            ("防災、減災。", "防|災、|減|災。"),
            ("（1）「市」は、", "（1）|「市」|は、"),
            ("令和８年３月31日まで", "令和８年３月31日|ま|で"),
            ("18.4時間を10時30分に", "18.4時間|を|10時30分|に"),
            ("第２次は1,500千円", "第２次|は|1,500千円"),
            ("34か所の12施設", "34か所|の|12施設"),
            ("２万5,000枚を", "２万5,000枚|を"),
            ("ＲＰＡとAI-OCRで", "ＲＰＡ|と|AI-OCR|で"),
            ("……と――が", "……|と|――|が"),
            ("two words", "two |words"),
            ("ちょっとコーヒー", "ちょっ|と|コー|ヒー"),
        ];
        for (text, want) in cases {
            assert_eq!(cut(text), want);
        }
    }
}
