//! kpolicy: does every department's plan answer the city's basic policy?
//!
//! Data flows one way; each arrow is one module boundary:
//!
//! ```text
//! store      where bytes come from: work tree, revision, index, open buffer
//!   → source   size, encoding, line shapes; one parse into a spanned tree (files in plain block style
//!              by a reader of our own); recovery; edits
//!   → model    decoded by hand by the tables of `shape`; ids parsed at the border; places kept
//!   → city     all files; for each fiscal year the ones that belong together
//!   → links    the only join of citations to items and of names to what they name
//!   → coverage who answers what · rules what is wrong · packet what goes into the mayor's room
//!              · status where each department stands on a day
//!              · handover what a successor needs
//!              · sheet a plan as a workbook to fill in, and back
//!   → report   words and formats · pdf the papers on A4 · fix edits at places, tried in memory first
//!              · fmt the layout of one file, its content kept
//!              · mentions every place that names a thing · rename another id in all of them
//!              · skeleton what a new plan says, and what a begun one lacks · rollover the next year
//! lsp        the editor's questions, over the same loader with open buffers laid over the files
//! commands   one file a command, over all of the above
//! ```
//!
//! What is written into a file goes through `edit`: values in block style, at places, every other
//! character kept.
//!
//! Beside the flow stand `cores` (work shared out among them), `shape` (the data dictionary that
//! decoder, schemas and explanations share), `explain` (what each field is for), `completion` (what a
//! shell may offer), `lang` (two languages at one spot), `place` (bytes, lines, columns), `date`, `ids`
//! and `nearest` (what a mistyped word was meant to be).
//! Where two versions are compared, `fingerprint` knows a finding again and `baseline` tells what a
//! change brings. `templates` are files that a city's repository receives.
//!
//! A rule is a file in `rules/` and two lines in its `mod.rs`; a command a file in `commands/`; a
//! format a file in `report/`.

pub mod baseline;
pub mod city;
mod cores;
pub mod coverage;
pub mod date;
pub mod diff;
pub mod edit;
pub mod error;
pub mod explain;
pub mod finding;
pub mod fingerprint;
pub mod fix;
pub mod fmt;
pub mod handover;
pub mod ids;
pub mod lang;
pub mod links;
pub mod lsp;
pub mod memo;
pub mod mentions;
pub mod model;
pub mod nearest;
pub mod packet;
pub mod pdf;
pub mod place;
pub mod rename;
pub mod report;
pub mod rollover;
pub mod rules;
pub mod schema;
pub mod shape;
pub mod sheet;
pub mod skeleton;
pub mod source;
pub mod status;
pub mod store;
pub mod templates;
pub mod wording;

pub mod cli;
pub mod commands;
pub mod completion;
pub mod ui;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::ui::{ColorChoice, Ui};

/// The whole program: parses, runs one command, prints, and says how it ended.
pub fn main(args: &[OsString], out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let lang = language(args);
    if completion::answer(args, || commands::command(lang), out) {
        return Exit::Ok;
    }
    let mut out = Noticing { out, any: false };
    let ended = parsed(args, lang, &mut out, err);
    ended.unwrap_or_else(|told| {
        let told = ui::without_commands(&ui::harmless(&told));
        _ = writeln!(err, "{}", told.trim_end());
        if cli::early_json(args) && !out.any {
            _ = ui::print(&mut out, &report::failure::json(&told));
        }
        Exit::CouldNotRun
    })
}

/// Runs the command, or says why it could not be run.
fn parsed(args: &[OsString], lang: Lang, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, String> {
    let cli = match commands::parse(args, lang) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, lang, out),
    };
    let takes_color = takes_color();
    let color = match cli.global.color() {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            std::io::stdout().is_terminal() && wanted && takes_color
        }
    };
    let mut ui = Ui { out, err, lang, color, width: columns(), quiet: cli.global.quiet, verbose: cli.global.verbose };
    run_guarded(&mut ui, cli).map_err(|error| error.text(lang))
}

/// A stream that knows whether anything was written to it.
struct Noticing<'w> {
    out: &'w mut dyn Write,
    any: bool,
}

impl Write for Noticing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.any = true;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Runs the command; a panic becomes an error that cannot be taken for a pass.
fn run_guarded(ui: &mut Ui<'_>, cli: commands::Cli) -> Result<Exit, Error> {
    let silent = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let ended = catch_unwind(AssertUnwindSafe(|| commands::run(ui, &cli.global, cli.command)));
    std::panic::set_hook(silent);
    ended.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let detail = text.unwrap_or_default().to_owned();
        Err(Error::environment(say!(
            "点検は行われていません。kpolicy の中で思わぬことが起きました（{detail}）。",
            "nothing was checked: something unexpected happened inside kpolicy ({detail})."
        ))
        .hint(say!(
            "この画面の写しと、点検しようとしたファイルを添えて、配布元に知らせてください。",
            "Please report it with a copy of this screen and the file that was to be checked."
        )))
    })
}

/// Help is a result; all else is told.
fn usage(error: &clap::Error, lang: Lang, out: &mut dyn Write) -> Result<Exit, String> {
    use clap::error::ErrorKind;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = format!("{}\n", error.render().to_string().trim_end());
            ui::print(out, &text).map(|()| Exit::Ok).map_err(|error| error.text(lang))
        }
        _ => Err(cli::error::text(error, lang)),
    }
}

/// `--lang`, `KPOLICY_LANG`, the city's own `lang`, the locale, else Japanese.
fn language(args: &[OsString]) -> Lang {
    cli::early_lang(args).or_else(|| city_lang(args)).or_else(cli::locale_lang).unwrap_or_default()
}

/// The language in the city's settings, read before anything else so that even errors speak it.
fn city_lang(args: &[OsString]) -> Option<Lang> {
    let root = match cli::early_root(args) {
        Some(root) => root,
        None => store::find_root(&std::env::current_dir().ok()?).ok()?,
    };
    let mut snapshot = store::Snapshot::default();
    let path = "policy/kpolicy.yaml";
    let file = root.join(path);
    if !file.symlink_metadata().ok()?.is_file() {
        return None;
    }
    snapshot.insert(path, store::Entry::File(store::Content::Disk(file)));
    city::City::load(&snapshot).settings().lang
}

/// False where colours would be shown as signs: a window of Windows has to be told that they come.
#[cfg(windows)]
fn takes_color() -> bool {
    anstyle_query::windows::enable_ansi_colors() == Some(true) || anstyle_query::term_supports_ansi_color()
}

#[cfg(not(windows))]
fn takes_color() -> bool {
    true
}

/// Columns of the terminal: `COLUMNS` where it makes sense, else 80.
fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
    said.filter(|columns| *columns >= 20).unwrap_or(80).min(400)
}
