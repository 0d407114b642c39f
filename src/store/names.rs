//! Names that are not written: what one system takes for a device is no file on any.

use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::ids::is_reserved;
use crate::lang::Say;
use crate::say;

/// Makes a folder for results, and those above it.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    check_folder(folder)?;
    fs::create_dir_all(folder).map_err(|error| {
        let place = folder.display().to_string();
        let failed = Error::environment(say!(
            "フォルダー「{place}」を作れません: {error}",
            "cannot make the folder {place}: {error}"
        ));
        match error.kind() {
            io::ErrorKind::InvalidFilename => failed.hint(not_taken()),
            _ => failed.hint(say!(
                "-o で、書き込めるフォルダーを示してください。",
                "Name a folder that may be written to with -o."
            )),
        }
    })
}

/// Refuses a folder that is called like a device, and one that would have to be made on the way to it.
pub(super) fn check_folder(folder: &Path) -> Result<(), Error> {
    let new = folder.ancestors().take_while(|above| *above == folder || above.symlink_metadata().is_err());
    new.into_iter().try_for_each(check)
}

/// Refuses what Windows takes for a device, whatever ending it has: `NUL`, `con.html`, `COM¹`. Files
/// go from one system to another, so no system writes one.
pub(super) fn check(path: &Path) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end();
    let plain = stem.replace('¹', "1").replace('²', "2").replace('³', "3");
    if !is_reserved(&plain) && !["conin$", "conout$"].contains(&stem) {
        return Ok(());
    }
    let place = path.display().to_string();
    Err(Error::environment(say!(
        "「{place}」という名前のものは作りません: Windows では機器の名前（CON、NUL、AUX など）になり、開けません。",
        "nothing is called {place}: Windows takes it for a device (CON, NUL, AUX and so on) and cannot open it."
    ))
    .hint(say!("別の名前を示してください。", "Give another name.")))
}

/// The way out where the system takes a name for none.
pub(super) fn not_taken() -> Say {
    say!(
        "名前が長すぎるか、使えない字があります。短い名前にするか、より上のフォルダーに移してください。",
        "The name is too long or has characters that cannot be used. Give a shorter one, or move nearer to the top folder."
    )
}
