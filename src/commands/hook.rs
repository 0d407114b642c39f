//! `kpolicy hook install`: git itself has every commit checked. A hook that is there already is kept
//! and runs first.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Global;
use crate::commands::context::root;
use crate::error::{Error, Exit};
use crate::say;
use crate::store::git::{History, Hooks};
use crate::store::write_program;
use crate::templates;
use crate::ui::Ui;

/// git asks `pre-commit` before a commit, and `pre-merge-commit` before one that a merge makes by
/// itself: two branches may each be right and their merge wrong.
const NAMES: [&str; 2] = ["pre-commit", "pre-merge-commit"];
/// Only our own scripts hold it.
const MARK: &str = "# kpolicy hook: ";

/// Options of `hook`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// install: コミットの前に点検が行われるようにします|install: have every commit checked
    #[arg(value_name = "install", value_parser = ["install"], required = true)]
    pub action: String,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, _: &Args) -> Result<Exit, Error> {
    let root = root(global)?;
    let history = History::require(&root)?;
    let hooks = history.hooks()?;
    fs::create_dir_all(&hooks.folder).map_err(|error| unwritable(&hooks.folder, &error))?;
    // Look at both before either is touched.
    let kept = NAMES.map(|name| in_the_way(&hooks.folder, name));
    let kept: Vec<Option<PathBuf>> = kept.into_iter().collect::<Result<_, _>>()?;
    for (name, kept) in NAMES.iter().zip(&kept) {
        if let Some(aside) = kept {
            keep(&hooks.folder.join(name), aside)?;
        }
        let script = templates::hook(name, history.city_below_top(), program(&hooks).as_deref());
        write_program(&hooks.folder.join(name), script.as_bytes())?;
    }
    report(ui, &hooks, kept.into_iter().flatten().collect())
}

/// Where a hook that somebody else wrote is to be kept; none where there is none.
fn in_the_way(folder: &Path, name: &str) -> Result<Option<PathBuf>, Error> {
    let (hook, aside) = (folder.join(name), folder.join(format!("{name}.before-kpolicy")));
    let Ok(there) = hook.symlink_metadata() else { return Ok(None) };
    let ours = there.is_file() && fs::read(&hook).is_ok_and(|text| String::from_utf8_lossy(&text).contains(MARK));
    if ours {
        return Ok(None);
    }
    // Kept by a run that was stopped before it went on.
    if there.is_file() && aside.is_file() && fs::read(&hook).ok() == fs::read(&aside).ok() {
        return Ok(None);
    }
    if there.is_dir() || aside.symlink_metadata().is_ok() {
        let (hook, aside) = (hook.display(), aside.display());
        return Err(Error::environment(say!(
            "今のフック（{hook}）を残しておく場所（{aside}）が空いていないため、何も書き込みませんでした。",
            "nothing was written: the present hook ({hook}) cannot be kept, because {aside} is there already."
        ))
        .hint(say!(
            "今のフックに次の行を加えるか、どちらかを取り除いてから、もう一度実行してください。\n  kpolicy check --staged || exit 1",
            "Add this line to the present hook, or remove one of the two and run this again.\n  kpolicy check --staged || exit 1"
        )));
    }
    Ok(Some(aside))
}

/// Keeps a hook under another name. It stays in force until the new one takes its place; where the
/// disk knows no second name for a file, it is moved.
fn keep(hook: &Path, aside: &Path) -> Result<(), Error> {
    let linked = hook.symlink_metadata().is_ok_and(|there| there.is_file()) && fs::hard_link(hook, aside).is_ok();
    if linked { Ok(()) } else { fs::rename(hook, aside).map_err(|error| unwritable(hook, &error)) }
}

/// This program's own place, for windows and editors that know no `PATH`; not in a file that
/// others receive.
fn program(hooks: &Hooks) -> Option<String> {
    let own = std::env::current_exe().ok().filter(|_| hooks.private)?;
    own.to_str().map(|path| path.replace('\\', "/"))
}

fn unwritable(place: &Path, error: &std::io::Error) -> Error {
    let place = place.display();
    Error::environment(say!("「{place}」に書き込めません: {error}", "cannot write {place}: {error}"))
        .hint(say!("このフォルダーに書き込めるかを確かめてください。", "Check that you may write there."))
}

fn report(ui: &mut Ui<'_>, hooks: &Hooks, kept: Vec<PathBuf>) -> Result<Exit, Error> {
    let folder = hooks.folder.display();
    let mut text = ui.lang.pick(
        format!("コミットの前に点検が行われるようにしました（{folder}）。\n"),
        format!("Every commit is checked from now on ({folder}).\n"),
    );
    for aside in kept {
        let name = aside.file_name().unwrap_or_default().display().to_string();
        text.push_str(&ui.lang.pick(
            format!("前からあったフックは {name} として残し、先に動かします。\n"),
            format!("The hook that was there is kept as {name} and runs first.\n"),
        ));
    }
    text.push_str(ui.lang.pick(
        "コミットが止まるのは、その変更で要修正の指摘が増えるときだけです。\n急ぐときは git commit --no-verify で、点検せずにコミットできます。\n",
        "A commit is stopped only when it brings errors of its own.\ngit commit --no-verify commits without the check.\n",
    ));
    ui.screen(&text)?;
    Ok(Exit::Ok)
}
