//! Completion in shells: what can be typed next, from the city at hand.
//!
//! The script of `kpolicy completions SHELL` asks this program with [`VARIABLE`] set and the words
//! after `--`. Outside a city, and whatever goes wrong, there is nothing to offer and nothing said.

mod bash;
mod offer;
mod town;

use std::ffi::OsString;
use std::io::Write;

use clap_complete::env::Shells;

pub use offer::{departments, explained, items, renamed, shown, targets, years};

/// Says which shell asks. A name of our own: one that others may have set must not make `check`
/// answer a shell instead of checking.
pub const VARIABLE: &str = "KPOLICY_COMPLETE";

/// The shells there are scripts for.
pub const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// Answers a shell, if one asks; true when it did.
pub fn answer(args: &[OsString], command: impl FnOnce() -> clap::Command, out: &mut dyn Write) -> bool {
    let asked = std::env::var(VARIABLE).unwrap_or_default();
    let Some(at) = args.iter().position(|arg| arg == "--").filter(|at| *at == 1) else { return false };
    let Some(shell) = SHELLS.iter().find(|name| **name == asked) else { return false };
    let words = args[at + 1..].to_vec();
    let here = std::env::current_dir().ok();
    let mut command = command();
    let mut text = Vec::new();
    let done = if *shell == "bash" {
        bash::complete(&mut command, &words, here.as_deref(), &mut text)
    } else {
        let shells = Shells::builtins();
        let Some(completer) = shells.completer(shell).filter(|_| !words.is_empty()) else { return true };
        completer.write_complete(&mut command, words, here.as_deref(), &mut text)
    };
    if done.is_ok() {
        // Names of a city must not act on a terminal.
        let text = String::from_utf8_lossy(&text).into_owned();
        _ = out.write_all(printable(&text).as_bytes()).and_then(|()| out.flush());
    }
    true
}

/// The text without what acts on a terminal; what separates the candidates stays.
fn printable(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\n' | '\t' | '\u{b}') || !crate::ui::is_hidden(*c)).collect()
}

/// The script that makes a shell ask.
pub fn script(shell: &str, program: &str) -> std::io::Result<String> {
    let mut text = Vec::new();
    if let Some(completer) = Shells::builtins().completer(shell) {
        completer.write_registration(VARIABLE, "kpolicy", "kpolicy", program, &mut text)?;
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    // zsh would drop what does not begin with the typed word: 防 finds 1-2.
    Ok(text.replace("_describe -V 'values' other", "_describe -V 'values' other -U"))
}
