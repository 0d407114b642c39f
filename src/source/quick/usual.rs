//! What nearly every file is written with. Each question here is answered "no" wherever the line scan
//! might find a slip: a sign of another width, a space of another width, or what nobody can see.

use crate::nearest::is_settled;

/// True without tabs, CR, control characters, what nobody can see, spaces of other widths than the
/// ASCII one and the Japanese one, and letters beyond the first plane. There is no branch, so that many
/// bytes are looked at together; which letters the lead bytes `c2`, `d8` and `e1` begin is not asked.
pub(super) fn has_usual_characters(bytes: &[u8]) -> bool {
    let odd =
        |byte: u8| ((byte < b' ') & (byte != b'\n')) | matches!(byte, 0x7f | 0xc0..=0xc2 | 0xd8 | 0xe1 | 0xed | 0xf0..);
    // U+2000 to 200F, 2028 to 202F and 205F to 206F; the mark of byte order and U+FFF9 and after.
    let hidden = |one: u8, two: u8, three: u8| {
        let general =
            (two == 0x80) & ((three <= 0x8f) | (0xa8..=0xaf).contains(&three)) | (two == 0x81) & (three >= 0x9f);
        let last = (two == 0xbb) & (three == 0xbf) | (two == 0xbf) & (three >= 0xb9);
        (one == 0xe2) & general | (one == 0xef) & last
    };
    let from = |at: usize| bytes.get(at..).unwrap_or_default().iter();
    let hidden =
        from(0).zip(from(1)).zip(from(2)).fold(false, |any, ((one, two), three)| any | hidden(*one, *two, *three));
    !bytes.iter().fold(hidden, |any, byte| any | odd(*byte))
}

/// The Japanese space.
pub(super) const WIDE: &str = "\u{3000}";

/// True where a name means what it says: no letter of it has another form that is meant.
pub(super) fn is_usual_name(name: &str) -> bool {
    let usual = |c: char| is_settled(c) || matches!(c, '（' | '）');
    name.is_ascii() || (name.chars().all(usual) && !name.starts_with(['ー', '・']))
}

/// True where the words after a dash may be a field that was meant.
pub(super) fn may_be_field(entry: &str) -> bool {
    !entry.is_ascii() && (memchr::memchr(b':', entry.as_bytes()).is_some() || entry.contains('：'))
}

/// True where the signs and spaces at the ends of a value were meant to be those of ASCII.
pub(super) fn has_wide_sign(value: &str) -> bool {
    value.starts_with(['｜', '＞', '［', '｛', '\u{3000}']) || value.ends_with(WIDE)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::source::chars::{is_invisible, is_wide_space};

    /// One by one, since texts made by chance seldom have the one letter that matters.
    #[test]
    fn no_usual_character_is_one_that_the_line_scan_tells_of() {
        let usual = |c: &char| has_usual_characters(format!("a{c}a").as_bytes());
        assert!("\n ~市、ー！※→ｶ㎡×αд".chars().all(|c| usual(&c)));
        for c in ('\0'..=char::MAX).filter(usual) {
            assert!(!is_invisible(c) && (c == '\u{3000}' || !is_wide_space(c)), "{c:?}");
            assert!(!matches!(c, '\t' | '\r'), "{c:?}");
        }
        for c in ['\u{200b}', '\u{feff}'] {
            assert!(!has_usual_characters(format!("a{c}").as_bytes()), "{c:?} at the end");
        }
    }

    #[test]
    fn a_usual_name_has_no_other_form() {
        for c in ('\u{80}'..=char::MAX).filter(|c| is_usual_name(&format!("a{c}a")) && !matches!(c, '（' | '）')) {
            assert!(c.nfkc().eq([c]), "{c:?}");
        }
    }
}
