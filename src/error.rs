//! What stops a run, in words: what, why, and the way out. Exit 2 always says its reason.

use std::path::Path;

use crate::lang::{Lang, Say};
use crate::say;

/// How a run ends. 2 beats 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Clean: nothing at or over the fail level.
    Ok = 0,
    /// Findings at or over the fail level, or a gate failed.
    Findings = 1,
    /// Could not run.
    CouldNotRun = 2,
}

/// A reason why the run could not be done.
#[derive(Debug, Clone)]
pub struct Error {
    /// What, and why.
    pub message: Say,
    /// The way out, line by line.
    pub hints: Vec<Say>,
}

impl Error {
    /// Something about the folder, the machine or git.
    pub fn environment(message: Say) -> Error {
        Error { message, hints: Vec::new() }
    }

    /// Something about what was typed.
    pub fn usage(message: Say) -> Error {
        Error::environment(message)
    }

    /// Adds a line of the way out.
    pub fn hint(mut self, hint: Say) -> Error {
        self.hints.push(hint);
        self
    }

    /// No city from here upwards.
    pub fn no_city(missing: &[&str]) -> Error {
        let (ja, en) = (missing.join(" と "), missing.join(" and "));
        let found_one = missing.len() == 1;
        let mut error = Error::environment(say!("市のフォルダーが見つかりません。", "no city's folder here."));
        error = error.hint(say!(
            "  探した場所: このフォルダーと、その上の全てのフォルダー\n  必要なもの: policy フォルダーと departments フォルダーの両方",
            "  looked in: this folder and all folders above it\n  needed: both a policy folder and a departments folder"
        ));
        if found_one {
            error = error.hint(say!("  このフォルダーに足りないもの: {ja}", "  missing in this folder: {en}"));
        }
        error.hint(say!(
            "\n市のフォルダーへ移るか、kpolicy -C フォルダー check と場所を示してください。",
            "\nGo to the city's folder, or name it: kpolicy -C FOLDER check"
        ))
    }

    /// The folder named by `-C` lacks something.
    pub fn incomplete_city(root: &Path, missing: &[&str]) -> Error {
        let (place, list_ja, list_en) = (root.display(), missing.join("、"), missing.join(", "));
        if !root.exists() {
            return Error::environment(say!("フォルダー「{place}」がありません。", "there is no folder {place}."));
        }
        Error::environment(say!(
            "フォルダー「{place}」は市のフォルダーではありません: {list_ja} フォルダーがありません。",
            "{place} is not a city's folder: it has no {list_en} folder."
        ))
        .hint(say!(
            "policy フォルダーと departments フォルダーのある場所を示してください。",
            "Name the folder that has both policy and departments."
        ))
    }

    /// The text as it is printed.
    pub fn text(&self, lang: Lang) -> String {
        let mut lines = vec![self.message.get(lang).to_owned()];
        lines.extend(self.hints.iter().map(|hint| hint.get(lang).to_owned()));
        lines.join("\n")
    }
}

/// A failed write.
impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::environment(say!("結果を書き出せません: {error}", "cannot write the result: {error}"))
    }
}
