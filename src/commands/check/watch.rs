//! `check --watch`: checks again after each save, until Ctrl+C. No daemon, no state beside this run.
//!
//! The folder is looked at twenty times a second: names, sizes and times only. That is the same on
//! every system and on the network drives of a city hall, where the system tells nobody what
//! another computer saved; and it costs next to nothing, because a city is a few dozen files.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use crate::cli::Global;
use crate::commands::check::{Args, once};
use crate::commands::context::root;
use crate::error::{Error, Exit};
use crate::say;
use crate::store::{Content, Entry, read_work_tree};
use crate::ui::{Ui, harmless};

/// Between two looks; more where a look itself takes long.
const PAUSE: Duration = Duration::from_millis(50);

/// A burst of saves is waited for until a look finds nothing new, but no longer than this.
const BURST: Duration = Duration::from_millis(400);

/// What a look sees: size and time of each file; none where it cannot be told at this moment.
type Seen = BTreeMap<String, Option<(u64, SystemTime)>>;

/// Checks now and after every change.
pub(super) fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    if args.targets.iter().any(|target| target == "-") {
        return Err(Error::usage(say!(
            "標準入力（-）は --watch と一緒に使えません。",
            "stdin (-) cannot be used with --watch."
        ))
        .hint(say!("部又はファイルを示してください。", "Name a department or a file.")));
    }
    let folder = root(global)?;
    let terminal = args.output.on_screen() && std::io::stdout().is_terminal();
    let mut seen = look(&folder);
    once(ui, global, args)?;
    loop {
        waiting(ui);
        seen = change(&folder, seen);
        if !begin_screen(ui, terminal)? {
            return Ok(Exit::Ok);
        }
        // A moment in which something cannot be read is over with the next save.
        if let Err(error) = once(ui, global, args) {
            _ = writeln!(ui.err, "{}", harmless(&error.text(ui.lang)));
        }
    }
}

fn waiting(ui: &mut Ui<'_>) {
    let words = say!(
        "保存すると、もう一度点検します。終わるには Ctrl+C を押します。",
        "Checks again when you save. Ctrl+C ends."
    );
    ui.note(words.get(ui.lang));
}

/// A clean screen on a terminal, a line elsewhere; false when nobody reads any more.
fn begin_screen(ui: &mut Ui<'_>, terminal: bool) -> Result<bool, Error> {
    let line = "-".repeat(ui.width.min(78));
    let text = if terminal { "\u{1b}[H\u{1b}[2J\u{1b}[3J".to_owned() } else { format!("{line}\n") };
    match ui.out.write_all(text.as_bytes()).and_then(|()| ui.out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Waits until something differs from `seen` and a burst of saves is over; what is seen then.
fn change(folder: &Path, seen: Seen) -> Seen {
    let mut pause = PAUSE;
    loop {
        std::thread::sleep(pause);
        let begun = Instant::now();
        let mut now = look(folder);
        // Never busy for more than a fifth of the time.
        pause = PAUSE.max(begun.elapsed() * 4);
        if now == seen {
            continue;
        }
        let begun = Instant::now();
        while begun.elapsed() < BURST {
            std::thread::sleep(PAUSE);
            let next = look(folder);
            if next == now {
                break;
            }
            now = next;
        }
        return now;
    }
}

/// The files of the city, as the check itself would list them. In a moment in which a folder cannot
/// be listed, nothing is seen.
fn look(folder: &Path) -> Seen {
    let Ok(snapshot) = read_work_tree(folder) else { return Seen::new() };
    let files = snapshot.entries().map(|(path, entry)| {
        let state = match entry {
            Entry::File(Content::Disk(file)) => std::fs::symlink_metadata(file).ok(),
            _ => None,
        };
        (path.to_owned(), state.and_then(|state| Some((state.len(), state.modified().ok()?))))
    });
    files.collect()
}
