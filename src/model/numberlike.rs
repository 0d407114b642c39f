//! Plain texts that some YAML reader takes for a number, a boolean or null.

use unicode_normalization::UnicodeNormalization;

/// True for `-?(0|[1-9][0-9]*)(\.[0-9]+)?`, the numbers that every reader takes alike.
pub fn is_canonical_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits)
}

/// Digits up to which every program keeps a number as it is written.
pub const MAX_DIGITS: usize = 15;

/// True for a canonical number that some programs, this one too, could only keep rounded.
pub fn would_be_rounded(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    digits > MAX_DIGITS
}

/// The canonical form of what is surely meant as a number: `012`, `1_000`, `+3`, `.5`, `1e3`, and
/// `１２` or `1,200` as offices write them. Nothing for other bases, infinities or words.
pub fn canonical_number(text: &str) -> Option<String> {
    let folded: String = text.nfkc().map(|c| if c == '−' { '-' } else { c }).filter(|c| !c.is_whitespace()).collect();
    let bare = without_commas(&folded)?.replace('_', "");
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let starts = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let plain = if digits.contains(['e', 'E']) && starts {
        let value: f64 = digits.parse().ok()?;
        (value.is_finite() && value < 1e15).then(|| value.to_string())?
    } else {
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() && digits.bytes().any(|b| b.is_ascii_digit()) { "0" } else { whole };
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    };
    let canonical = format!("{sign}{plain}");
    is_canonical_number(&canonical).then_some(canonical)
}

/// Drops the commas between groups of three digits; nothing where they stand elsewhere.
fn without_commas(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.trim_start_matches(['-', '+']).len());
    if !grouped || rest.iter().any(|group| group.len() != 3) {
        return None;
    }
    let whole = format!("{first}{}", rest.concat());
    Some(fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

/// True when YAML 1.1 or YAML 1.2 (core) reads the plain text as a number, boolean or null.
/// Dates and times of day (`10:30`) are left out (CONTRACT 1).
pub fn is_number_like(text: &str) -> bool {
    text.is_ascii() && (is_null(text) || is_boolean(text) || is_integer(text) || is_float(text))
}

/// True when the plain text is null for every reader.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// True when YAML 1.1 or 1.2 reads the plain text as a truth value.
pub(super) fn is_boolean(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "true", "false", "on", "off"];
    if !words.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let title = text.starts_with(|c: char| c.is_ascii_uppercase()) && text[1..] == lower[1..];
    text == lower || title || text == lower.to_ascii_uppercase()
}

fn is_integer(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let all =
        |part: &str, ok: fn(&u8) -> bool| part.bytes().any(|b| b != b'_') && part.bytes().all(|b| b == b'_' || ok(&b));
    if let Some(hex) = unsigned.strip_prefix("0x") {
        return all(hex, u8::is_ascii_hexdigit);
    }
    if let Some(octal) = unsigned.strip_prefix("0o") {
        return all(octal, |b| (b'0'..=b'7').contains(b));
    }
    if let Some(binary) = unsigned.strip_prefix("0b") {
        return all(binary, |b| matches!(b, b'0' | b'1'));
    }
    unsigned.starts_with(|c: char| c.is_ascii_digit()) && all(unsigned, u8::is_ascii_digit)
}

fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let some = mantissa.bytes().any(|b| b.is_ascii_digit());
    let begins = mantissa.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let power = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['+', '-']).unwrap_or(e);
        !e.is_empty() && e.bytes().all(|b| b.is_ascii_digit())
    });
    some && begins && power && digits(whole) && digits(fraction) && (mantissa.contains('.') || exponent.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_like() {
        for text in [
            "1.10", "012", "1_000", "no", "~", "Yes", "ON", "0x1F", "1e5", ".5", "+3", "-7", "1.", ".inf", "n", "0o17",
            "1E+3",
        ] {
            assert!(is_number_like(text), "{text}");
        }
        for text in [
            "2025-04-01",
            "10:30",
            "1-6",
            "yES",
            "一",
            "30%",
            "1,234",
            "v1",
            "",
            "nope",
            "0x",
            "1e",
            "e5",
            ".",
            "_1",
            "-",
        ] {
            assert!(!is_number_like(text), "{text}");
        }
        for text in ["0", "12", "-3", "1.10", "0.5"] {
            assert!(is_canonical_number(text), "{text}");
        }
        assert!(!would_be_rounded("-0.000000000000000000123456789012345") && !would_be_rounded("999999999999999"));
        assert!(would_be_rounded("9007199254740993") && would_be_rounded("0.1234567890123456"));
        for text in ["012", "1.", ".5", "+1", "1e5", "1_000", "--1", ""] {
            assert!(!is_canonical_number(text), "{text}");
        }
        for (text, canonical) in [
            ("012", "12"),
            ("1_000", "1000"),
            ("+3", "3"),
            (".5", "0.5"),
            ("1.", "1"),
            ("00", "0"),
            ("-012", "-12"),
            ("1e3", "1000"),
            ("１２", "12"),
            ("１，２００", "1200"),
            ("-1,200.5", "-1200.5"),
        ] {
            assert_eq!(canonical_number(text).as_deref(), Some(canonical), "{text}");
        }
        for text in ["0x1F", "yes", "", ".", "12件", "1,2", "1,2000", "~", ".inf", "1.2.3", "0o17", "--1", ","] {
            assert_eq!(canonical_number(text), None, "{text}");
        }
    }
}
