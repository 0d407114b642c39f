//! Why a fix was held back, in words.

use crate::lang::Say;
use crate::say;
use crate::source::Encoding;

/// A fix that was not applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldBack {
    /// Path below the root.
    pub path: String,
    /// The line (from 1); none for a whole file.
    pub line: Option<u32>,
    /// Code of the finding; none for a file whose fixes are all held back together.
    pub code: Option<&'static str>,
    /// Why.
    pub reason: Reason,
}

/// Why a fix cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Something that the fix does not name would differ.
    ChangesElse,
    /// The file could not be read afterwards.
    Unreadable,
    /// An error that was not there before would appear.
    NewError(&'static str),
    /// What it is to mend would still be there.
    StillThere,
    /// It overlaps another fix, and ten rounds were not enough.
    Overlaps,
    /// A character of the other encoding, on this line, would not come back.
    OneWay(usize),
    /// It is not certain that the file is in this encoding.
    Uncertain(Encoding),
    /// The file was saved by someone else meanwhile.
    ChangedMeanwhile,
    /// A folder on the way to it is a link.
    BehindLink,
}

impl Reason {
    /// One sentence: why, and where it helps, what to do.
    pub fn words(self) -> Say {
        match self {
            Reason::ChangesElse => {
                say!(
                    "直すとほかの内容も変わるため、そのままにしました。",
                    "left alone, because mending would change something else."
                )
            }
            Reason::Unreadable => say!(
                "これだけを直してもファイルを読めるようにならないため、そのままにしました。",
                "left alone, because the file could not be read even then."
            ),
            Reason::NewError(code) => say!(
                "直すと別の要修正（{code}）が出るため、そのままにしました。",
                "left alone, because another error ({code}) would appear."
            ),
            Reason::StillThere => say!(
                "この直し方では指摘がなくならないため、そのままにしました。",
                "left alone, because the finding would still be there."
            ),
            Reason::Overlaps => say!(
                "ほかの直し方と重なるため、そのままにしました。もう一度 --fix を使ってください。",
                "left alone, because it overlaps other fixes. Use --fix once more."
            ),
            Reason::OneWay(line) => say!(
                "{line}行目に、UTF-8 に変えると元に戻せない文字があるため、文字コードを変えませんでした。外字などの特別な文字です。編集ソフトで開いて打ち直してください。",
                "not converted: line {line} holds a character that could not be turned back, such as one made for your office. Type it anew in an editor."
            ),
            Reason::Uncertain(encoding) => {
                let name = encoding.name();
                say!(
                    "{name} だと言い切れないため、文字コードを変えませんでした。VS Code の右下で文字コードの名前を押し、「エンコード付きで再度開く」で文字が正しく見えるものを選び、「エンコード付きで保存」で UTF-8 を選びます。",
                    "not converted, because it is not certain that it is {name}. In VS Code press the encoding at the lower right, choose \"Reopen with Encoding\" until the words look right, then \"Save with Encoding\" and UTF-8."
                )
            }
            Reason::ChangedMeanwhile => say!(
                "点検の間にファイルが保存されたため、書き込みませんでした。もう一度 --fix を使ってください。",
                "not written, because the file was saved meanwhile. Use --fix once more."
            ),
            Reason::BehindLink => say!(
                "途中のフォルダーが別の場所への近道（リンク）のため、書き込みませんでした。",
                "not written, because a folder on the way is a link to another place."
            ),
        }
    }
}
