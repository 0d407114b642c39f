//! `-o`: files, each in its own format or in that of `--format`.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::error::Error;
use crate::report::checked::{Checked, format};
use crate::say;
use crate::store::write_whole;

/// A file to write.
pub(super) struct Target {
    path: PathBuf,
    format: String,
    /// True where the format was given with the file.
    own: bool,
}

impl Target {
    /// True where the format was given with the file, as in `sarif=result.sarif`.
    pub(super) fn has_format(&self) -> bool {
        self.own
    }
}

/// The files named by `-o`. What stands before `=` is a format only where there is such a one.
pub(super) fn targets(named: &[OsString], other: &str) -> Result<Vec<Target>, Error> {
    let mut targets: Vec<Target> = Vec::new();
    for name in named {
        let own = name.to_str().and_then(|text| text.split_once('=')).filter(|(word, _)| format(word).is_some());
        let target = match own {
            Some((word, path)) => Target { path: path.into(), format: word.to_owned(), own: true },
            None => Target { path: name.into(), format: other.to_owned(), own: false },
        };
        if target.path.as_os_str().is_empty() || target.path.as_os_str() == "-" {
            return Err(Error::usage(say!(
                "-o には、書き込むファイルの名前が要ります。",
                "-o needs the name of a file to write."
            ))
            .hint(say!(
                "例: -o sarif=result.sarif。画面に示すには --format sarif を使います。",
                "For example: -o sarif=result.sarif. To print it, use --format sarif."
            )));
        }
        if targets.iter().any(|earlier| earlier.path == target.path) {
            let path = target.path.display().to_string();
            return Err(Error::usage(say!("-o に「{path}」が２度あります。", "-o names {path} twice."))
                .hint(say!("形式ごとに別のファイルを示してください。", "Name a file of its own for each format.")));
        }
        targets.push(target);
    }
    Ok(targets)
}

/// Writes every file that can be written; the first that cannot decides how the run ends.
pub(super) fn write_all(targets: &[Target], checked: &Checked<'_>) -> Result<(), Error> {
    let write = |target: &Target| {
        let text = format(&target.format).map(|write| write(checked)).unwrap_or_default();
        write_whole(&target.path, text.as_bytes())
    };
    let ended: Vec<Result<(), Error>> = targets.iter().map(write).collect();
    ended.into_iter().collect()
}
