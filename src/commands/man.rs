//! `kpolicy man [-o DIR]`: the manual for `man kpolicy`, from the same words as `--help`.

use std::path::PathBuf;

use clap_mangen::Man;

use crate::cli::Global;
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::say;
use crate::store::{make_folder, write_whole};
use crate::ui::Ui;

/// Options of `man`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 全ての命令の説明書を書き出すフォルダー。省くと、全体の説明書を画面に出します|Folder for the pages of all commands; without it, the page of kpolicy goes to the screen
    #[arg(short, long, value_name = "フォルダー|DIR")]
    pub output: Option<PathBuf>,
}

/// Headings that the generator writes in English.
const HEADINGS: [(&str, &str); 5] =
    [("NAME", "名前"), ("SYNOPSIS", "書式"), ("DESCRIPTION", "説明"), ("OPTIONS", "オプション"), ("VERSION", "版")];

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, _: &Global, args: &Args) -> Result<Exit, Error> {
    let pages = pages(ui.lang)?;
    let Some(folder) = &args.output else {
        let main = pages.into_iter().next().map(|(_, text)| text).unwrap_or_default();
        ui.print(&main)?;
        return Ok(Exit::Ok);
    };
    make_folder(folder)?;
    for (name, text) in &pages {
        write_whole(&folder.join(name), text.as_bytes())?;
    }
    let (count, place) = (pages.len(), folder.display().to_string());
    let words = say!("{place} に説明書を {count}ファイル書きました。\n", "{count} manual pages written to {place}.\n");
    ui.screen(words.get(ui.lang))?;
    Ok(Exit::Ok)
}

/// Every page with its file name; that of the program first.
fn pages(lang: Lang) -> Result<Vec<(String, String)>, Error> {
    let mut whole = super::command(lang);
    whole.build();
    let mut pages = vec![("kpolicy.1".to_owned(), page(&whole, lang)?)];
    for command in whole.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("kpolicy-{}", command.get_name());
        let usage = format!("kpolicy {}", command.get_name());
        let command = command.clone().name(name.clone()).bin_name(usage).display_name(name.clone());
        pages.push((format!("{name}.1"), page(&command, lang)?));
    }
    Ok(pages)
}

fn page(command: &clap::Command, lang: Lang) -> Result<String, Error> {
    let mut text = Vec::new();
    Man::new(command.clone()).manual(lang.pick("kpolicy の説明書", "The manual of kpolicy")).render(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let heading = |line: &str| {
        let name = line.strip_prefix(".SH ")?;
        let (_, ja) = HEADINGS.iter().find(|(en, _)| *en == name)?;
        Some(format!(".SH {}", lang.pick(*ja, name)))
    };
    Ok(text.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n").collect())
}
