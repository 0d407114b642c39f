//! `kpolicy schema [--check]`: the schemas that editors use, from the present policy and departments.

use crate::cli::Global;
use crate::commands::context::Context;
use crate::date::FiscalYear;
use crate::error::{Error, Exit};
use crate::say;
use crate::schema;
use crate::store::write_whole;
use crate::ui::Ui;

/// Options of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 書き込まずに、古くなっていないかだけを確かめます|Write nothing; say whether they are stale
    #[arg(long)]
    pub check: bool,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    for year in context.years() {
        context.judged(year)?;
        whole(&context, year)?;
    }
    let files = schema::files(&context.city, &context.years());
    let stale: Vec<&(String, String)> = files
        .iter()
        .filter(|(path, text)| std::fs::read_to_string(context.root.join(path)).ok().as_ref() != Some(text))
        .collect();
    let count = files.len();
    if stale.is_empty() {
        let words = say!("入力補助 {count}ファイルは最新です。\n", "{count} schema files are up to date.\n");
        ui.print(words.get(ui.lang))?;
        return Ok(Exit::Ok);
    }
    for (path, text) in &stale {
        if !args.check {
            let target = context.root.join(path);
            if let Some(folder) = target.parent() {
                std::fs::create_dir_all(folder)?;
            }
            write_whole(&target, text.as_bytes())?;
        }
        ui.print(&format!("  {path}\n"))?;
    }
    let count = stale.len();
    if args.check {
        let words = say!(
            "古くなった入力補助が {count}ファイルあります。kpolicy schema で作り直せます。\n",
            "{count} schema files are stale; kpolicy schema writes them anew.\n"
        );
        ui.print(words.get(ui.lang))?;
        return Ok(Exit::Findings);
    }
    let words = say!("入力補助を {count}ファイル書きました。\n", "{count} schema files written.\n");
    ui.print(words.get(ui.lang))?;
    Ok(Exit::Ok)
}

/// Refuses where a file that choices come from cannot be read: schemas would lose them.
fn whole(context: &Context, year: FiscalYear) -> Result<(), Error> {
    let city = &context.city;
    let references = city.years.get(&year).and_then(|files| files.references);
    let mut sources = city.settings_file.into_iter().chain(references).map(|id| city.file(id));
    let Some(broken) = sources.find(|file| !file.is_readable()) else { return Ok(()) };
    let path = &broken.path;
    Err(Error::environment(say!(
        "{path} を読めないため、入力補助を作れません。",
        "schemas cannot be made: {path} cannot be read."
    ))
    .hint(say!("kpolicy check {path} で、直す所が分かります。", "kpolicy check {path} tells what to mend.")))
}
