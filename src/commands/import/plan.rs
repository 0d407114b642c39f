//! `kpolicy import plan`: what was written into a sheet, brought into the plan.

use std::path::PathBuf;

use crate::city::year::Year;
use crate::cli::Global;
use crate::commands::context::Context;
use crate::commands::export::data;
use crate::commands::import::file::bytes;
use crate::edit::Editor;
use crate::error::{Error, Exit};
use crate::report::diff::unified;
use crate::report::imported::Imported;
use crate::say;
use crate::shape::PLAN;
use crate::sheet::change::change;
use crate::sheet::data::Data;
use crate::sheet::merge::merge;
use crate::sheet::read::{Book, MAX_BYTES, read};
use crate::sheet::words::Words;
use crate::store::replace;
use crate::ui::{Ui, harmless};

/// Options of `import plan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 書き込んだ表（kpolicy export plan で書き出した .xlsx）|The filled-in workbook (made by kpolicy export plan)
    #[arg(value_name = "ファイル|FILE")]
    pub file: PathBuf,
    /// 書き込まずに、変更の前後を示します|Write nothing; show what would change
    #[arg(long)]
    pub diff: bool,
    /// 今ある言葉の書き換えと、消した行の削除も行います|Replace words that are there, and take out deleted rows, too
    #[arg(long)]
    pub overwrite: bool,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let book = read(&bytes(&args.file, MAX_BYTES as u64)?)?;
    let number = whose(&context, &book)?;
    let year = context.judged(number)?;
    let department = department(&year, &book)?;
    let (name, unit) = (year.departments[department].name().to_owned(), year.departments[department].index);
    let file = year.departments[department].file.map(|id| context.city.file(id)).ok_or_else(|| {
        let ja = number.ja();
        Error::environment(say!(
            "{ja}の{name}の計画がありません。",
            "there is no plan of {name} for fiscal year {number}."
        ))
        .hint(say!("kpolicy new {name} でひな型を作ってから取り込んでください。", "Make one first: kpolicy new {name}"))
    })?;
    let now = data(file)?;
    let base = Editor::open(&book.plan).map(|editor| Data::root(editor.tree(), &PLAN)).ok_or_else(damaged)?;
    let words = Words::new(&year, unit, &base, ui.lang);
    let viewpoints: Vec<String> =
        year.docs.policy.viewpoints.iter().map(|viewpoint| viewpoint.id.value.clone()).collect();
    let merge = merge(&book, &base, &now, &words, &viewpoints, ui.lang);
    let changed = change(&file.text, &merge, args.overwrite).ok_or_else(unsure)?;
    let (ja, path) = (number.ja(), harmless(&args.file.display().to_string()));
    let heading = ui.lang.pick(
        format!("{ja}  {name}の表（{path}）を読みました"),
        format!("fiscal year {number}: read the sheet of {name} ({path})"),
    );
    let next = match (args.diff, merge.problems.is_empty()) {
        (false, _) => format!("check {name}"),
        (true, _) => format!("import plan {path}"),
    };
    let told = Imported {
        heading,
        file,
        merge: &merge,
        refused: &changed.refused,
        overwrite: args.overwrite,
        dry: args.diff,
        next,
    };
    if args.diff {
        // With what only --overwrite writes: it is what one wants to see before.
        let whole = change(&file.text, &merge, true).ok_or_else(unsure)?;
        ui.print(&unified(&file.path, &file.text, &whole.text, ui.color))?;
        ui.note(told.text(ui.lang).trim_end());
        let differs = whole.text != file.text;
        return Ok(if differs || told.is_open() { Exit::Findings } else { Exit::Ok });
    }
    if changed.text != file.text {
        replace(&context.root, &file.path, file.text.as_bytes(), changed.text.as_bytes())
            .map_err(|why| why.explained(&file.path))?;
    }
    ui.screen(&told.text(ui.lang))?;
    Ok(if told.is_open() { Exit::Findings } else { Exit::Ok })
}

/// The year of a workbook of this city.
fn whose(context: &Context, book: &Book) -> Result<crate::date::FiscalYear, Error> {
    let city = context.city.settings().city.as_ref().map(|city| city.value.as_str()).unwrap_or_default();
    let theirs = harmless(&book.city);
    if city != book.city {
        return Err(Error::environment(say!(
            "これは「{theirs}」の表です。「{city}」の計画には取り込みません。",
            "this is a workbook of {theirs}; it is not imported into {city}."
        ))
        .hint(say!("市のフォルダーは -C で示せます。", "Name the city's folder with -C.")));
    }
    let year = book.year.filter(|year| context.city.years.contains_key(year)).ok_or_else(damaged)?;
    if let Some(asked) = context.asked.filter(|asked| *asked != year) {
        let (ja, theirs) = (asked.ja(), year.ja());
        return Err(Error::usage(say!(
            "これは{theirs}の表です（{ja}ではありません）。",
            "this is a workbook of fiscal year {year}, not {asked}."
        ))
        .hint(say!("--year を省いてください。", "Leave --year out.")));
    }
    Ok(year)
}

fn department(year: &Year<'_>, book: &Book) -> Result<usize, Error> {
    let found = year.departments.iter().position(|department| department.id() == book.department);
    found.ok_or_else(|| {
        let name = harmless(&book.department);
        Error::environment(say!(
            "この表の部「{name}」は、計画を作る部にありません。",
            "the department {name} of this workbook writes no plan."
        ))
        .hint(say!("organization.yaml を確かめてください。", "Look into organization.yaml."))
    })
}

fn damaged() -> Error {
    Error::environment(say!(
        "この表は、書き出した時の写しが壊れているため、取り込めません。",
        "the copy that this workbook carries is damaged."
    ))
    .hint(say!(
        "kpolicy export plan で書き出し直した表に、書いた内容を写してください。",
        "Export the plan anew and copy what was written into it."
    ))
}

fn unsure() -> Error {
    Error::environment(say!(
        "計画に書き込むと、ほかの所まで変わるおそれがあるため、何も書き込んでいません。",
        "nothing was written, because more might change than was meant."
    ))
    .hint(say!(
        "kpolicy fmt で書式を整えてから、もう一度取り込んでください。",
        "Tidy the file with kpolicy fmt and import again."
    ))
}
