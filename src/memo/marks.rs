//! What looks like a number at the beginning of a text: 第１, 一, １, (1), ①, ア, (ア), a.
//!
//! Full and half width are alike. Whether a mark numbers anything is for [`super::sequence`].

use unicode_normalization::UnicodeNormalization;

use super::spacing::is_japanese;

/// A way of numbering, from the outermost inwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Chapter,
    Part,
    Dai,
    Roman,
    Kanji,
    ParenKanji,
    Number,
    ParenNumber,
    HalfParen,
    Circled,
    Kana,
    ParenKana,
    Latin,
    ParenLatin,
    /// ① ② ③ of another machine: @ A B.
    Garbled,
}

/// How sure the shape alone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// A full-width digit and words at once: １施政方針.
    Weak,
    /// A number or letter and a space.
    Loose,
    /// Brackets, a circle, 第１ and a space.
    Firm,
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) number: u16,
    /// As printed.
    pub(super) printed: String,
    /// Bytes up to the words.
    pub(super) len: usize,
    pub(super) shape: Shape,
    /// Nothing follows it.
    pub(super) alone: bool,
}

impl Mark {
    /// True for marks that may be looked for in the middle of a line.
    pub(super) fn inside(&self) -> bool {
        self.shape >= Shape::Loose && !self.alone && self.kind != Kind::Latin && self.kind != Kind::Garbled
    }
}

const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/// The mark that a text begins with.
pub(super) fn at(text: &str) -> Option<Mark> {
    let (kind, number, len, needs_space) = bracketed(text)
        .or_else(|| dai(text))
        .or_else(|| single_sign(text))
        .or_else(|| digits(text))
        .or_else(|| bare_letter(text))?;
    let after = &text[len..];
    let rest = after.trim_start();
    let spaced = rest.len() < after.len();
    let mut signs = after.chars();
    let dotted = signs.next().is_some_and(|c| ".．、：:".contains(c)) && !signs.next().is_some_and(is_number);
    let (len, rest) = if dotted && needs_space {
        let words = after.trim_start_matches(['.', '．', '、', '：', ':']).trim_start();
        (text.len() - words.len(), words)
    } else {
        (text.len() - rest.len(), rest)
    };
    let alone = rest.is_empty();
    let shape = match (needs_space, spaced || alone || dotted) {
        (false, _) => Shape::Firm,
        (true, true) if matches!(kind, Kind::Dai | Kind::Roman) => Shape::Firm,
        (true, true) => Shape::Loose,
        (true, false) if kind == Kind::Number && !text.starts_with(|c: char| c.is_ascii()) => Shape::Weak,
        (true, false) => return None,
    };
    if kind == Kind::Latin && !rest.starts_with(is_japanese) {
        return None;
    }
    let printed = text[..text.len() - rest.len()].trim_end().to_owned();
    Some(Mark { kind, number, printed, len, shape, alone })
}

/// Kind, number, bytes, and whether a space must follow.
type Seen = Option<(Kind, u16, usize, bool)>;

/// (1) （一） (ア) (a) and 1).
fn bracketed(text: &str) -> Seen {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '（'));
    let inner_at = open.map_or(0, char::len_utf8);
    let close = text[inner_at..].char_indices().take(6).find(|(_, c)| matches!(c, ')' | '）'))?;
    let inner: String = text[inner_at..inner_at + close.0].nfkc().filter(|c| !c.is_whitespace()).collect();
    let len = inner_at + close.0 + close.1.len_utf8();
    let number = arabic(&inner);
    if open.is_none() {
        return number.map(|number| (Kind::HalfParen, number, len, false));
    }
    let kana = || kana(&inner).map(|number| (Kind::ParenKana, number));
    let kanji = || kanji(&inner).map(|number| (Kind::ParenKanji, number));
    let (kind, number) =
        number.map(|n| (Kind::ParenNumber, n)).or_else(kanji).or_else(kana).or_else(|| letter(&inner))?;
    Some((kind, number, len, false))
}

/// 第１, 第一, 第１章, 第１節; not 第４条, 第２次.
fn dai(text: &str) -> Seen {
    let rest = text.strip_prefix('第')?.trim_start();
    let end = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
    let word: String = rest[..end].nfkc().collect();
    let number = arabic(&word).or_else(|| kanji(&word))?;
    let after = &rest[end..];
    let at = text.len() - after.len();
    match after.chars().next() {
        Some('章') => Some((Kind::Chapter, number, at + '章'.len_utf8(), true)),
        Some('節') => Some((Kind::Part, number, at + '節'.len_utf8(), true)),
        _ => Some((Kind::Dai, number, at, true)),
    }
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)
}

/// ① ⑴ ⒈ Ⅰ ㋐ and a garbled @.
fn single_sign(text: &str) -> Seen {
    let c = text.chars().next()?;
    let nth = |first: char| u16::try_from(u32::from(c) - u32::from(first) + 1).ok();
    let (kind, number, spaced) = match c {
        '①'..='⑳' => (Kind::Circled, nth('①')?, false),
        '⑴'..='⒇' => (Kind::ParenNumber, nth('⑴')?, false),
        '⒈'..='⒛' => (Kind::Number, nth('⒈')?, false),
        '❶'..='❿' => (Kind::Circled, nth('❶')?, false),
        'Ⅰ'..='Ⅻ' => (Kind::Roman, nth('Ⅰ')?, true),
        '㋐'..='㋾' => (Kind::ParenKana, nth('㋐')?, false),
        '@' if text[1..].starts_with(is_japanese) => (Kind::Garbled, 1, false),
        'A'..='T' if text[1..].starts_with(is_japanese) => (Kind::Garbled, nth('A')? + 1, false),
        _ => return None,
    };
    Some((kind, number, c.len_utf8(), spaced))
}

/// 1, １２.
fn digits(text: &str) -> Seen {
    let end = text.find(|c: char| !(c.is_ascii_digit() || ('０'..='９').contains(&c))).unwrap_or(text.len());
    let number = arabic(&text[..end].nfkc().collect::<String>())?;
    Some((Kind::Number, number, end, true))
}

/// 一, 十二, ア, a.
fn bare_letter(text: &str) -> Seen {
    let end = text.find(|c: char| !"一二三四五六七八九十".contains(c)).unwrap_or(text.len());
    if let Some(number) = kanji(&text[..end]) {
        return Some((Kind::Kanji, number, end, true));
    }
    let c = text.chars().next()?;
    let one: String = [c].iter().collect::<String>().nfkc().collect();
    if let Some(number) = kana(&one) {
        return Some((Kind::Kana, number, c.len_utf8(), true));
    }
    letter(&one).map(|(_, number)| (Kind::Latin, number, c.len_utf8(), true))
}

/// 1 to 99: what numbers the parts of a memo.
fn arabic(word: &str) -> Option<u16> {
    let good = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|number| good && *number > 0)
}

pub(super) fn kanji(word: &str) -> Option<u16> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u16::try_from(at + 1).ok());
    let chars: Vec<char> = word.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        ['十', c] => digit(*c).map(|n| 10 + n),
        [c, '十'] => digit(*c).map(|n| n * 10),
        [c, '十', d] => Some(digit(*c)? * 10 + digit(*d)?),
        [c] => digit(*c),
        _ => None,
    }
}

fn kana(word: &str) -> Option<u16> {
    let mut chars = word.chars();
    let (c, None) = (chars.next()?, chars.next()) else { return None };
    KANA.chars().position(|k| k == c).and_then(|at| u16::try_from(at + 1).ok())
}

fn letter(word: &str) -> Option<(Kind, u16)> {
    match word.as_bytes() {
        [b @ b'a'..=b'z'] => Some((Kind::ParenLatin, u16::from(b - b'a') + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_every_order() {
        use Kind::*;
        let cases = [
            ("第1 基本", Dai, 1, "第1"),
            ("第一　基本", Dai, 1, "第一"),
            ("第２章 人材", Chapter, 2, "第２章"),
            ("一 基本", Kanji, 1, "一"),
            ("十二、雑", Kanji, 12, "十二、"),
            ("（一）基本", ParenKanji, 1, "（一）"),
            ("１ 施政", Number, 1, "１"),
            ("12.基本", Number, 12, "12."),
            ("１施政方針", Number, 1, "１"),
            ("(1)令和", ParenNumber, 1, "(1)"),
            ("（１０） 令和", ParenNumber, 10, "（１０）"),
            ("( 3 ) 令和", ParenNumber, 3, "( 3 )"),
            ("⑵令和", ParenNumber, 2, "⑵"),
            ("1) 令和", HalfParen, 1, "1)"),
            ("③窓口", Circled, 3, "③"),
            ("ア 窓口", Kana, 1, "ア"),
            ("ｲ 窓口", Kana, 2, "ｲ"),
            ("(ウ)窓口", ParenKana, 3, "(ウ)"),
            ("㋓窓口", ParenKana, 4, "㋓"),
            ("a 窓口", Latin, 1, "a"),
            ("(b)窓口", ParenLatin, 2, "(b)"),
            ("Ⅲ 窓口", Roman, 3, "Ⅲ"),
            ("@窓口", Garbled, 1, "@"),
            ("B窓口", Garbled, 3, "B"),
        ];
        for (text, kind, number, printed) in cases {
            let mark = at(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((mark.kind, mark.number, mark.printed.as_str()), (kind, number, printed), "{text}");
        }
        assert!(at("(4)").is_some_and(|mark| mark.alone) && at("５").is_some_and(|mark| mark.alone));
    }

    #[test]
    fn what_only_looks_like_a_mark() {
        for text in [
            "(第4条)",
            "1対1",
            "第二号",
            "第２次計画",
            "28年度",
            "2050 年",
            "1.5倍",
            "一つ",
            "アウト",
            "a plan",
            "",
            "「1 」",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
