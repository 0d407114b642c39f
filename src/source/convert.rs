//! Bytes of another encoding to text, only where nothing is guessed and nothing is lost.
//!
//! A text that came out of the wrong table looks like words and is none, so two things must hold:
//! of the encodings that offices use just one reads as Japanese, and the way back gives the very
//! bytes that were there.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};

use crate::source::Encoding;

/// Why a file cannot be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unconverted {
    /// It is not certain which encoding it is.
    Uncertain,
    /// On this line (from 1) stands a character that would not come back.
    OneWay {
        /// The line.
        line: usize,
    },
}

/// The text of `bytes`, which look like `from`. Line ends stay; the mark of UTF-16 does not.
pub fn convert(bytes: &[u8], from: Encoding) -> Result<String, Unconverted> {
    let text = decode(bytes, from);
    let back = encode(&text, from);
    let body = bytes.get(mark(bytes, from)..).unwrap_or_default();
    if back != body {
        return Err(Unconverted::OneWay { line: first_difference(&text, body, from) });
    }
    // Escapes and zero bytes tell their encoding; of the other two, one must be out of the question.
    let certain = match from {
        Encoding::ShiftJis | Encoding::EucJp if is_mixed(bytes) => false,
        Encoding::ShiftJis => reads_as_japanese(&text) && !fits(bytes, &text, Encoding::EucJp),
        Encoding::EucJp => reads_as_japanese(&text) && !fits(bytes, &text, Encoding::ShiftJis),
        Encoding::Iso2022Jp => true,
        Encoding::Utf16Le | Encoding::Utf16Be => !text.contains('\0'),
    };
    if certain { Ok(text) } else { Err(Unconverted::Uncertain) }
}

/// How many bytes at the beginning only say the encoding.
fn mark(bytes: &[u8], from: Encoding) -> usize {
    match from {
        Encoding::Utf16Le if bytes.starts_with(&[0xFF, 0xFE]) => 2,
        Encoding::Utf16Be if bytes.starts_with(&[0xFE, 0xFF]) => 2,
        _ => 0,
    }
}

fn decode(bytes: &[u8], from: Encoding) -> String {
    let plain = |encoding: &'static encoding_rs::Encoding| encoding.decode_without_bom_handling(bytes).0.into_owned();
    match from {
        Encoding::ShiftJis => plain(SHIFT_JIS),
        Encoding::EucJp => plain(EUC_JP),
        Encoding::Iso2022Jp => plain(ISO_2022_JP),
        Encoding::Utf16Le | Encoding::Utf16Be => {
            let body = bytes.get(mark(bytes, from)..).unwrap_or_default();
            let encoding = if from == Encoding::Utf16Le { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
            encoding.decode_without_bom_handling(body).0.into_owned()
        }
    }
}

fn encode(text: &str, into: Encoding) -> Cow<'_, [u8]> {
    match into {
        Encoding::ShiftJis => SHIFT_JIS.encode(text).0,
        Encoding::EucJp => EUC_JP.encode(text).0,
        Encoding::Iso2022Jp => ISO_2022_JP.encode(text).0,
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().into(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().into(),
    }
}

/// The first line (from 1) whose bytes differ on the way back.
fn first_difference(text: &str, body: &[u8], from: Encoding) -> usize {
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let back = encode(line, from);
        if body.get(at..at + back.len()) != Some(&back) {
            return index + 1;
        }
        at += back.len();
    }
    text.lines().count().max(1)
}

/// True when `bytes`, read as `text`, could be of this other encoding, too.
///
/// Half-width katakana of the one are ideographs of the other, two and two; but no sentence is made
/// of ideographs alone, so where both can be read, the kana decide.
fn fits(bytes: &[u8], text: &str, other: Encoding) -> bool {
    let otherwise = decode(bytes, other);
    let kana = text.chars().filter(|c| matches!(c, '\u{3001}'..='\u{3002}' | '\u{3041}'..='\u{30fc}')).count();
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    !otherwise.contains('\u{fffd}') && (reads_as_japanese(&otherwise) || kana * 5 < beyond)
}

/// True when words of UTF-8 stand among the others: two editors saved parts of one file, and the one
/// table makes nonsense of what the other wrote.
fn is_mixed(bytes: &[u8]) -> bool {
    let words = |text: &str| text.chars().zip(text.chars().skip(1)).any(|(one, next)| is_usual(one) && is_usual(next));
    bytes.utf8_chunks().any(|chunk| words(chunk.valid()))
}

/// True when at least three in four of the characters beyond ASCII are those that Japanese text is
/// made of. What a wrong table gives is half-width katakana and rare ideographs instead.
fn reads_as_japanese(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let usual = text.chars().filter(|c| is_usual(*c)).count();
    usual * 4 >= beyond * 3
}

fn is_usual(c: char) -> bool {
    match c {
        '\u{3000}'..='\u{30ff}' | '\u{ff01}'..='\u{ff5e}' => true,
        '\u{4e00}'..='\u{9fff}' => {
            let mut buffer = [0; 4];
            // The first level of JIS X 0208, the ideographs in daily use.
            matches!(SHIFT_JIS.encode(c.encode_utf8(&mut buffer)).0.as_ref(), [0x88..=0x98, _])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "status: draft # 下書き\r\ndirection: 防災と窓口の改善を進める。①㈱～－\r\n";

    #[test]
    fn every_encoding_comes_back_as_the_same_text() {
        let simple = TEXT.replace("①㈱～－", "");
        for (from, text) in [
            (Encoding::ShiftJis, TEXT),
            (Encoding::EucJp, TEXT),
            (Encoding::Iso2022Jp, simple.as_str()),
            (Encoding::Utf16Le, TEXT),
            (Encoding::Utf16Be, TEXT),
        ] {
            assert_eq!(convert(&encode(text, from), from).as_deref(), Ok(text), "{from:?}");
        }
        let marked: Vec<u8> = [0xFE, 0xFF].into_iter().chain(encode(TEXT, Encoding::Utf16Be).into_owned()).collect();
        assert_eq!(convert(&marked, Encoding::Utf16Be).as_deref(), Ok(TEXT));
    }

    #[test]
    fn the_other_table_is_never_taken() {
        assert!(convert(&encode(TEXT, Encoding::ShiftJis), Encoding::EucJp).is_err());
        assert!(convert(&encode(TEXT, Encoding::EucJp), Encoding::ShiftJis).is_err());
        // Half-width katakana alone are two ideographs or four katakana: nobody can tell.
        let half = encode("title: ｱｲｳｴ\n", Encoding::ShiftJis).into_owned();
        assert_eq!(convert(&half, Encoding::ShiftJis), Err(Unconverted::Uncertain));
        assert_eq!(convert(&half, Encoding::EucJp), Err(Unconverted::Uncertain));
        // The first line was saved as UTF-8, the others were not.
        let mixed: Vec<u8> = "# 計画\n".bytes().chain(encode(TEXT, Encoding::ShiftJis).into_owned()).collect();
        assert_eq!(convert(&mixed, Encoding::ShiftJis), Err(Unconverted::Uncertain));
        // Latin letters with accents are none of these encodings.
        assert_eq!(convert(b"title: r\xe9sum\xe9 \n", Encoding::ShiftJis).ok(), None);
    }

    #[test]
    fn a_character_that_would_not_come_back_is_told_by_its_line() {
        // 外字 of one office (F040), and an ideograph of the list that CP932 has twice (ED40).
        for bytes in [[0xF0, 0x40], [0xED, 0x40]] {
            let mut file = encode(TEXT, Encoding::ShiftJis).into_owned();
            file.extend_from_slice(&bytes);
            file.push(b'\n');
            assert_eq!(convert(&file, Encoding::ShiftJis), Err(Unconverted::OneWay { line: 3 }));
        }
        let mut odd = encode(TEXT, Encoding::Utf16Le).into_owned();
        odd.push(0x41);
        assert!(matches!(convert(&odd, Encoding::Utf16Le), Err(Unconverted::OneWay { .. })));
    }
}
