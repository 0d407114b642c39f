//! The memo's file: text in an encoding of Japanese offices, or a PDF with text in it.

use std::path::Path;

use crate::commands::import::file::bytes;
use crate::error::Error;
use crate::memo::{self, NoText, Unread};
use crate::say;

/// No memo is longer; a PDF with pictures may be.
const LARGEST: u64 = 64 << 20;

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, Error> {
    let bytes = bytes(path, LARGEST)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(path));
    }
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
    if bytes.starts_with(b"%PDF-") {
        return memo::pdf_text(bytes).map_err(|why| no_text(path, why));
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

/// Why a PDF gives no text, and the way out.
fn no_text(path: &Path, why: NoText) -> Error {
    let name = path.display();
    let by_hand = say!(
        "文字のファイルにして取り込むこともできます（PDF を開いて全てを選び、写して、メモ帳に貼って保存します）。",
        "A text file can be read as well: open the PDF, select all, copy, paste into an editor and save."
    );
    let typed = say!(
        "文字認識（OCR）をした PDF か、作成元の文書から作った PDF を使ってください。打ち直した文字のファイルも読めます。",
        "Use a PDF with recognised text (OCR), the one made from the original document, or a typed text file."
    );
    match why {
        NoText::Scanned(pages) => Error::environment(say!(
            "「{name}」には文字がありません。紙を読み取った画像（{pages}ページ）と思われます。",
            "{name} holds no text: it looks like a scan ({pages} pages)."
        ))
        .hint(typed),
        NoText::Unmapped(count) => Error::environment(say!(
            "「{name}」には、どの字か分からない文字が {count}あります。取り込むと字が抜けるため、読みません。",
            "{name} has {count} characters of which the PDF does not say what they are; they would be lost."
        ))
        .hint(by_hand),
        NoText::Vertical => Error::environment(say!(
            "「{name}」は縦書きの PDF で、そのままでは読めません。",
            "{name} is set vertically, which is not read as it is."
        ))
        .hint(by_hand),
        NoText::Locked => Error::environment(say!(
            "「{name}」は、開くのにパスワードが要ります。",
            "{name} needs a password to be opened."
        ))
        .hint(say!("パスワードのない PDF で保存し直してください。", "Save it without a password.")),
        NoText::Broken => Error::environment(say!(
            "「{name}」は、PDF として読めません。壊れているか、長すぎます。",
            "{name} cannot be read as a PDF: it is damaged or too long."
        ))
        .hint(by_hand),
    }
}

fn too_large(path: &Path) -> Error {
    let name = path.display();
    Error::environment(say!("「{name}」は大きすぎます（64MB まで）。", "{name} is too large (64 MB at most)."))
        .hint(say!("基本方針の文書だけを取り出してください。", "Take only the memo out of it."))
}
