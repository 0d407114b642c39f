//! Bytes to text, or the name of the encoding that they are probably in.

use arcstr::ArcStr;
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

/// An encoding other than UTF-8 that Japanese offices save files in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Shift_JIS with Microsoft's extensions (CP932), what Excel and old editors save.
    ShiftJis,
    /// EUC-JP, from Unix systems.
    EucJp,
    /// ISO-2022-JP, from mail.
    Iso2022Jp,
    /// UTF-16 little endian, "Unicode" of old Windows programs.
    Utf16Le,
    /// UTF-16 big endian.
    Utf16Be,
}

impl Encoding {
    /// The name editors show.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::ShiftJis => "Shift_JIS (CP932)",
            Encoding::EucJp => "EUC-JP",
            Encoding::Iso2022Jp => "ISO-2022-JP",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        }
    }
}

/// The text of `bytes`, or the first line (from 1) that is not UTF-8 and a guess.
///
/// ISO-2022-JP is valid ASCII, so its escape sequences are looked for first.
pub fn decode_bytes(bytes: Vec<u8>) -> Result<ArcStr, (usize, Option<Encoding>)> {
    if let Some(encoding) = escape_or_mark(&bytes) {
        return Err((1, Some(encoding)));
    }
    // Looked through many bytes at a time; only the words for a fault need to know where it is.
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return Ok(ArcStr::from(text));
    }
    String::from_utf8(bytes).map(ArcStr::from).map_err(|error| {
        let bytes = error.as_bytes();
        let good = bytes.get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        // Japanese words before the first bad byte: the file is UTF-8, a part of it is damaged.
        let damaged = good.iter().filter(|byte| !byte.is_ascii()).count() > 12;
        (line, if damaged { None } else { guess(bytes) })
    })
}

fn escape_or_mark(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some(Encoding::Utf16Le);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some(Encoding::Utf16Be);
    }
    let escape = memchr::memchr(0x1b, bytes).is_some()
        && bytes.windows(3).any(|w| matches!(w, [0x1B, b'$', b'B' | b'@'] | [0x1B, b'(', b'J' | b'I']));
    let clean = escape && !ISO_2022_JP.decode_without_bom_handling(bytes).1;
    if clean { Some(Encoding::Iso2022Jp) } else { utf16_without_mark(bytes) }
}

/// The ASCII signs of UTF-16 have a zero in every other byte; a UTF-8 text has none. A few zeros on
/// the other side are ideographs such as 一 (U+4E00).
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 || head.iter().all(|b| *b == 0) {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let readable = |encoding: &'static encoding_rs::Encoding| !encoding.decode_without_bom_handling(bytes).1;
    if odd * 8 > head.len() && even * 4 < odd && readable(UTF_16LE) {
        Some(Encoding::Utf16Le)
    } else if even * 8 > head.len() && odd * 4 < even && readable(UTF_16BE) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// EUC-JP text often decodes as Shift_JIS too, but then mostly into half-width katakana.
fn guess(bytes: &[u8]) -> Option<Encoding> {
    let (sjis, _, sjis_bad) = SHIFT_JIS.decode(bytes);
    let (euc, _, euc_bad) = EUC_JP.decode(bytes);
    let half = |text: &str| text.chars().filter(|c| ('\u{ff61}'..='\u{ff9f}').contains(c)).count();
    match (sjis_bad, euc_bad) {
        (false, true) => Some(Encoding::ShiftJis),
        (true, false) => Some(Encoding::EucJp),
        (false, false) if half(&sjis) > half(&euc) => Some(Encoding::EucJp),
        (false, false) => Some(Encoding::ShiftJis),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_named() {
        let text = "status: draft\ndirection: 防災と窓口の改善を進める。\n";
        let sjis = SHIFT_JIS.encode(text).0.into_owned();
        assert!(matches!(decode_bytes(sjis), Err((_, Some(Encoding::ShiftJis)))));
        let euc = EUC_JP.encode(text).0.into_owned();
        assert!(matches!(decode_bytes(euc), Err((_, Some(Encoding::EucJp)))));
        let jis = ISO_2022_JP.encode(text).0.into_owned();
        assert!(matches!(decode_bytes(jis), Err((1, Some(Encoding::Iso2022Jp)))));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(decode_bytes(wide.clone()), Err((1, Some(Encoding::Utf16Le)))));
        let one: Vec<u8> = format!("name: 国分 一郎\n{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(matches!(decode_bytes(one), Err((1, Some(Encoding::Utf16Be)))));
        assert_eq!(decode_bytes(text.as_bytes().to_vec()).as_deref(), Ok(text));
        let ideographs: Vec<u8> = "name: 国分 一郎\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(matches!(decode_bytes(ideographs), Err((1, Some(Encoding::Utf16Be)))));
        let mut damaged = text.as_bytes().to_vec();
        damaged.extend([b'\n', 0x83, 0x8b]);
        assert_eq!(decode_bytes(damaged), Err((4, None)));
        assert_eq!(decode_bytes(vec![0; 64]).map(|t| t.len()), Ok(64));
    }
}
