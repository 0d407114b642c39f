//! Why a repository cannot be read, and the way out.

use std::path::Path;

use git2::{ErrorClass, ErrorCode};

use crate::error::Error;
use crate::say;

/// A repository that is there but cannot be read: what, why, and the way out.
pub(super) fn refused(root: &Path, error: &git2::Error) -> Error {
    let detail = error.message().to_owned();
    let place = root.display().to_string();
    if error.class() == ErrorClass::Config && error.code() == ErrorCode::Owner || error.code() == ErrorCode::Owner {
        return Error::environment(say!(
            "履歴を読めません: フォルダーの所有者が、実行した人と異なります。",
            "the history cannot be read: the folder belongs to another user."
        ))
        .hint(say!(
            "信頼できるフォルダーであれば、次を実行してください。\n  git config --global --add safe.directory {place}",
            "If you trust the folder, run:\n  git config --global --add safe.directory {place}"
        ));
    }
    if detail.contains("unknown object format") || detail.contains("unsupported extension") {
        return Error::environment(say!(
            "履歴を読めません: この形式の git リポジトリーには対応していません（{detail}）。",
            "the history cannot be read: this kind of git repository is not supported ({detail})."
        ))
        .hint(say!("点検（kpolicy check）は履歴がなくても使えます。", "kpolicy check works without any history."));
    }
    Error::environment(say!("履歴を読めません（{detail}）。", "the history cannot be read ({detail})."))
}
