//! A file from outside the city, read no further than it makes sense.

use std::io::Read;
use std::path::Path;

use crate::error::Error;
use crate::say;
use crate::ui::harmless;

/// The bytes of a file, at most one more than `most`.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let shown = harmless(&path.display().to_string());
    let failed = |error: &dyn std::fmt::Display| {
        Error::environment(say!("「{shown}」を読めません: {error}", "cannot read {shown}: {error}")).hint(say!(
            "ファイル名と場所を確かめてください。ほかのソフトで開いたままのときは、保存して閉じてください。",
            "Check its name and place, and close it in other programs."
        ))
    };
    let about = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Error::environment(say!("「{shown}」というファイルがありません。", "there is no file {shown}."))
                .hint(say!("ファイル名と場所を確かめてください。", "Check its name and place."))
        }
        _ => failed(&error),
    })?;
    if !about.is_file() {
        return Err(Error::environment(say!("「{shown}」はファイルではありません。", "{shown} is no file."))
            .hint(say!("フォルダーではなく、取り込むファイルを示してください。", "Name the file, not its folder.")));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| failed(&error))?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    Ok(bytes)
}
