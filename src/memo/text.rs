//! Bytes to characters: UTF-8, or what Japanese offices save.

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::source::{Encoding, decode_bytes};

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// From this line on they are in no encoding that is known.
    Damaged(usize),
}

/// The characters of a file, and the encoding where it is not UTF-8.
pub fn characters(bytes: Vec<u8>) -> Result<(String, Option<Encoding>), Unread> {
    let copy = bytes.clone();
    let (text, encoding) = match decode_bytes(bytes) {
        Ok(text) => (text.to_string(), None),
        Err((line, None)) => return Err(Unread::Damaged(line)),
        Err((_, Some(encoding))) => {
            let reader = match encoding {
                Encoding::ShiftJis => SHIFT_JIS,
                Encoding::EucJp => EUC_JP,
                Encoding::Iso2022Jp => ISO_2022_JP,
                Encoding::Utf16Le => UTF_16LE,
                Encoding::Utf16Be => UTF_16BE,
            };
            (reader.decode_with_bom_removal(&copy).0.into_owned(), Some(encoding))
        }
    };
    let bare = text.strip_prefix('\u{feff}').map(str::to_owned);
    Ok((bare.unwrap_or(text), encoding))
}
