//! `kpolicy show`: an item's wording, who must answer and who does; a department; a goal.

mod target;

use clap_complete::engine::ArgValueCompleter;

use crate::city::year::Year;
use crate::cli::Global;
use crate::commands::context::Context;
use crate::completion;
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::links::Links;
use crate::report::show::{View, department, goal, item};
use crate::store::git::{History, Opened};
use crate::ui::Ui;

use target::Target;

/// Options of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 項目（1-6、1-6-a）、部（総務部）、目標（somu:G1、G1）。「防災」のような言葉でも探せます|An item (1-6, 1-6-a), a department, a goal (somu:G1, G1), or a word to look for
    #[arg(value_name = "対象|WHAT", required = true, add = ArgValueCompleter::new(completion::shown))]
    pub what: String,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let year = context.shown(ui)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let view =
        View { year: &year, links: &links, coverage: &coverage, lang: ui.lang, columns: ui.width.clamp(40, 100) };
    let text = match target::find(&context, &year, &args.what)? {
        Target::Item(index, leaf) => item(&view, index, leaf),
        Target::Department(index) => department(&view, index) + &last_change(&context, &year, index, ui.lang),
        Target::Goal(index, number) => goal(&view, index, number),
    };
    ui.screen(&text)?;
    Ok(Exit::Ok)
}

/// Who last changed a department's plan, and why; nothing where there is no history to ask.
fn last_change(context: &Context, year: &Year<'_>, index: usize, lang: Lang) -> String {
    let path = year.departments[index].file.map(|file| &year.city.file(file).path);
    let history = match History::open(&context.root) {
        Ok(Opened::Repository(history)) => history,
        Ok(Opened::None) | Err(_) => return String::new(),
    };
    let Some(Ok(Some(note))) = path.map(|path| history.last_change(path)) else { return String::new() };
    let (day, date, author, subject) = (note.date.long_ja(), note.date, note.author, note.subject);
    lang.pick(
        format!("\n最後の変更  {day}  {author}  {subject}\n"),
        format!("\nLast change: {date}, {author}: {subject}\n"),
    )
}
