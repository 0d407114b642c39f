//! What is said of how a memo was divided.

use crate::ids::ItemId;
use crate::lang::Say;
use crate::say;

/// Headings of two levels.
pub(super) fn two_levels() -> Say {
    say!(
        "見出しが２段あるため、章の番号は通し番号にしました（印字の番号は mark にあります）。",
        "there are two levels of headings: sections are numbered through (the printed marks stand under mark)."
    )
}

/// Words after an empty line that seem to belong to nothing.
pub(super) fn apart() -> Say {
    say!(
        "空いた行の後の文です。前の項目の続きとしましたが、別の文かもしれません。",
        "words after an empty line: taken for the item before; they may stand alone."
    )
}

/// Words at the end that have no number.
pub(super) fn closed(number: u16) -> Say {
    say!(
        "最後の番号の後の文は、全体の結びとして章 {number} にしました（番号と見出し「結び」は文書にありません）。",
        "the words after the last number close the whole memo: section {number} (number and heading are ours)."
    )
}

/// Words between a heading and its first number.
pub(super) fn lead(section: u16, last: u16, id: ItemId) -> Say {
    say!(
        "見出しと最初の番号の間の文は、項目 {id} としました（{section}-{last} までは印字の番号です）。",
        "the words between the heading and its first number are item {id} (up to {section}-{last} the numbers are the memo's)."
    )
}
