//! Why a repository cannot be read, and the way out.

use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode};

use crate::error::Error;
use crate::say;
use crate::store::git::History;

/// A repository that is there but cannot be read: what, why, and the way out.
pub(super) fn refused(place: &Path, error: &git2::Error) -> Error {
    let detail = error.message().to_owned();
    if error.code() == ErrorCode::Owner {
        let place = quoted(&top(place));
        return Error::environment(say!(
            "履歴を読めません: フォルダーの所有者が、実行した人と異なります。",
            "the history cannot be read: the folder belongs to another user."
        ))
        .hint(say!(
            "信頼できるフォルダーであれば、次を実行してください。\n  git config --global --add safe.directory {place}",
            "If you trust the folder, run:\n  git config --global --add safe.directory {place}"
        ));
    }
    if error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Odb {
        return Error::environment(say!(
            "履歴を読めません: 履歴の中身の一部が、手元にありません（{detail}）。",
            "the history cannot be read: a part of what it holds is not here ({detail})."
        ))
        .hint(say!(
            "取得するものを絞った複製（--filter）のときは、次を実行すると残りを取得します。\n  git fetch --refetch --no-filter\nそうでないときは、git fsck で履歴が壊れていないかを確かめてください。",
            "Where only a part was fetched (--filter), this fetches the rest:\n  git fetch --refetch --no-filter\nOtherwise run git fsck to see whether the history is whole."
        ))
        .hint(say!(
            "今のファイルの点検であれば、履歴がなくても kpolicy check だけで使えます。",
            "To check the files as they are now, kpolicy check alone will do; it needs no history."
        ));
    }
    if detail.contains("unknown object format") || detail.contains("unsupported extension") {
        let refusal = Error::environment(say!(
            "履歴を読めません: この形式の git リポジトリーには対応していません（{detail}）。",
            "the history cannot be read: this kind of git repository is not supported ({detail})."
        ));
        let refusal = if detail.contains("refstorage") {
            refusal.hint(say!(
                "次を実行すると、読める形式に変わります（履歴は変わりません）。\n  git refs migrate --ref-format=files",
                "This turns it into a form that can be read; the history stays as it is:\n  git refs migrate --ref-format=files"
            ))
        } else {
            refusal
        };
        return refusal.hint(say!(
            "今のファイルの点検であれば、履歴がなくても kpolicy check だけで使えます。",
            "To check the files as they are now, kpolicy check alone will do; it needs no history."
        ));
    }
    Error::environment(say!("履歴を読めません（{detail}）。", "the history cannot be read ({detail}).")).hint(say!(
        "git fsck で履歴が壊れていないかを確かめてください。今のファイルの点検は kpolicy check だけで使えます。",
        "Run git fsck to see whether the history is whole. kpolicy check alone needs no history."
    ))
}

impl History {
    /// A revision that is not there: not fetched, or mistyped.
    pub(super) fn unknown_revision(&self, revision: &str, error: &git2::Error) -> Error {
        if self.repository.is_shallow() {
            return self.shallow().hint(say!(
                "版の名前「{revision}」が正しいことも確かめてください。",
                "Check the name of the revision, too: {revision}"
            ));
        }
        if self.repository.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch) {
            return Error::usage(say!("まだ１度もコミットされていません。", "nothing has been committed yet."))
                .hint(say!("最初のコミットの後に使えます。", "It can be used after the first commit."));
        }
        let detail = error.message().to_owned();
        let unknown = Error::usage(say!(
            "版「{revision}」が見つかりません（{detail}）。",
            "there is no revision {revision} ({detail})."
        ));
        // Servers that run checks fetch branches under the name of the place they come from.
        let remote = format!("origin/{revision}");
        if self.repository.revparse_single(&remote).is_ok() {
            return unknown.hint(say!("  もしかして: {remote}", "  did you mean: {remote}"));
        }
        unknown.hint(say!("例: HEAD、main、v2025.4", "For example: HEAD, main, v2025.4"))
    }

    /// The history is there only in part: which server runs us decides what to write where.
    pub(super) fn shallow(&self) -> Error {
        let count = self.commits();
        let refusal = Error::environment(say!(
            "変更の比較ができません: 履歴が途中までしか取得されていません（最新の {count}件）。",
            "changes cannot be compared: only a part of the history was fetched (the newest {count})."
        ));
        let runs = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if runs("GITLAB_CI") {
            refusal.hint(say!(
                "  GitLab では .gitlab-ci.yml に次の２行を加えてください。\n    variables:\n      GIT_DEPTH: \"0\"",
                "  On GitLab, add these two lines to .gitlab-ci.yml:\n    variables:\n      GIT_DEPTH: \"0\""
            ))
        } else if runs("GITHUB_ACTIONS") {
            refusal.hint(say!(
                "  actions/checkout を使う所に次の２行を加えてください。\n    with:\n      fetch-depth: 0",
                "  Where actions/checkout is used, add these two lines:\n    with:\n      fetch-depth: 0"
            ))
        } else {
            refusal.hint(say!(
                "  次を実行すると、残りの履歴を取得します。\n    git fetch --unshallow",
                "  This fetches the rest of the history:\n    git fetch --unshallow"
            ))
        }
    }

    fn commits(&self) -> usize {
        let walk = self.repository.revwalk().and_then(|mut walk| walk.push_head().map(|()| walk));
        walk.map_or(0, Iterator::count)
    }
}

/// The folder git asks about: the nearest one above that holds `.git`.
fn top(place: &Path) -> PathBuf {
    // On Windows the real path begins with signs that git does not take.
    let full = if cfg!(windows) { std::path::absolute(place) } else { place.canonicalize() };
    let full = full.unwrap_or_else(|_| place.to_path_buf());
    full.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&full).to_path_buf()
}

/// A path as it can be typed.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/._-:".contains(c));
    match plain {
        true => text,
        // To the prompt of Windows single quotes are letters like any other.
        false if cfg!(windows) => format!("\"{text}\""),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}
