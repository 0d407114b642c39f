//! The memo's file: text in an encoding of Japanese offices, or a PDF with text in it.

use std::io::Read;
use std::path::Path;

use crate::error::Error;
use crate::memo::{self, Unread};
use crate::say;

/// No memo is longer; a PDF with pictures may be.
const LARGEST: u64 = 64 << 20;

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, Error> {
    let bytes = bytes(path)?;
    let name = path.display();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Error::usage(say!(
            "「{name}」は Word などのファイルで、そのままでは読めません。",
            "{name} is a file of an office program, which is not read as it is."
        ))
        .hint(say!(
            "文字のファイル（テキスト形式）か PDF で保存し直して、それを示してください。",
            "Save it as plain text or PDF, and name that file."
        )));
    }
    memo::characters(bytes).map(|(text, _)| text).map_err(|Unread::Damaged(line)| {
        Error::environment(say!(
            "「{name}」の {line}行から先を、文字として読めません。",
            "{name} is no text from line {line} on."
        ))
        .hint(say!(
            "メモ帳などで開き、文字コード UTF-8 で保存し直してください。",
            "Open it in an editor and save it as UTF-8."
        ))
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let name = path.display();
    let failed = |error: std::io::Error| {
        Error::environment(say!("「{name}」を読めません: {error}", "cannot read {name}: {error}"))
            .hint(say!("ファイルの名前と場所を確かめてください。", "Check the name and place of the file."))
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::environment(say!(
            "「{name}」は大きすぎます（64MB まで）。",
            "{name} is too large (64 MB at most)."
        ))
        .hint(say!("基本方針の文書だけを取り出してください。", "Take only the memo out of it.")));
    }
    Ok(bytes)
}
