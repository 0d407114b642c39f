//! `kpolicy export plan`: a department's plan as a workbook to fill in.

use std::path::PathBuf;

use crate::city::CityFile;
use crate::cli::Global;
use crate::commands::context::{Context, departments};
use crate::edit::Editor;
use crate::error::{Error, Exit};
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::rules::judge;
use crate::say;
use crate::shape::PLAN;
use crate::sheet::data::Data;
use crate::sheet::write::{Source, Todo, write};
use crate::store::write_whole;
use crate::ui::{Ui, harmless};

/// Options of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to write.
    #[command(subcommand)]
    pub what: What,
}

/// What can be exported.
#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// 部の計画を、書き込める Excel の表にします|A department's plan as a workbook to fill in
    Plan(PlanArgs),
}

/// Options of `export plan`.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// 部（名称・略称・記号）|The department
    #[arg(value_name = "部|DEPT")]
    pub department: String,
    /// 書き出すファイル（.xlsx）|File to write (.xlsx)
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: PathBuf,
    /// 同じ名前の表があっても書き出します|Write even over a workbook of that name
    #[arg(long)]
    pub overwrite: bool,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    match &args.what {
        What::Plan(args) => plan(ui, global, args),
    }
}

fn plan(ui: &mut Ui<'_>, global: &Global, args: &PlanArgs) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let number = context.one_year()?;
    context.judged(number)?;
    let judgement = judge(&context.city, &[number], context.day, true)?;
    let Some((year, coverage)) =
        judgement.year(number).and_then(|found| Some((found.year.as_ref()?, found.coverage.as_ref()?)))
    else {
        return Err(context.judged(number).err().unwrap_or_else(|| unreadable("policy")));
    };
    let department = departments(&context, year, std::slice::from_ref(&args.department))?;
    let department = department.first().copied().unwrap_or_default();
    let name = year.departments[department].name().to_owned();
    let Some(file) = year.departments[department].file.map(|id| context.city.file(id)) else {
        return Err(no_plan(&name));
    };
    let plan = data(file)?;
    writable(args)?;
    let own =
        |finding: &&Finding| finding.place.file == year.departments[department].file.unwrap_or(finding.place.file);
    let todo = todo(judgement.findings.iter().filter(own), ui.lang);
    let left = todo.iter().filter(|todo| todo.unfinished).count();
    let source = Source { year, coverage, department, text: &file.text, plan: &plan, todo };
    let bytes = write(&source, ui.lang)?;
    write_whole(&args.output, &bytes)?;
    let path = harmless(&args.output.display().to_string());
    let (ja, number) = (year.year.ja(), year.year);
    ui.screen(&ui.lang.pick(
        format!(
            "{ja}  {name}の計画を、書き込める表にしました\n\n  {path}\n\n提出までに書くこと {left}か所（表の先頭に一覧があります）\n次にすること: 表に書いて保存し、kpolicy import plan {path}\n"
        ),
        format!(
            "fiscal year {number}: the plan of {name} is a sheet to fill in\n\n  {path}\n\nTo write before it is submitted: {left} (listed on the first sheet)\nNext: fill it in, save it, and run kpolicy import plan {path}\n"
        ),
    ))?;
    Ok(Exit::Ok)
}

/// The values of a plan that can be written into.
pub(super) fn data(file: &CityFile) -> Result<Data, Error> {
    let editor = Editor::open(&file.text).filter(|_| file.is_readable());
    editor.map(|editor| Data::root(editor.tree(), &PLAN)).ok_or_else(|| unreadable(&file.path))
}

fn unreadable(path: &str) -> Error {
    let path = harmless(path);
    Error::environment(say!(
        "{path} に読み取れない所があるため、表にできません。",
        "{path} cannot be read as it stands."
    ))
    .hint(say!("kpolicy check {path} で、直す所が分かります。", "kpolicy check {path} tells what to mend."))
}

fn no_plan(name: &str) -> Error {
    Error::environment(say!("{name}の計画がまだありません。", "{name} has no plan yet."))
        .hint(say!("kpolicy new {name} でひな型を作れます。", "kpolicy new {name} makes one to fill in."))
}

/// A workbook that somebody may have filled in is not written over.
fn writable(args: &PlanArgs) -> Result<(), Error> {
    let path = harmless(&args.output.display().to_string());
    let xlsx = args.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if !xlsx {
        return Err(Error::usage(say!(
            "「{path}」には書き出せません。ファイル名の終わりは .xlsx です。",
            "{path}: the name of a workbook ends in .xlsx."
        ))
        .hint(say!("例: -o somu.xlsx", "For example: -o somu.xlsx")));
    }
    if args.output.symlink_metadata().is_ok() && !args.overwrite {
        return Err(Error::environment(say!(
            "「{path}」がすでにあります。書き込んだ内容が失われないよう、上書きしません。",
            "{path} is there already and may have been filled in, so it is left alone."
        ))
        .hint(say!(
            "先に kpolicy import plan {path} で取り込むか、別の名前を付けてください。要らなければ --overwrite です。",
            "Import it first, or name another file; --overwrite replaces it."
        )));
    }
    Ok(())
}

/// What check tells of the plan, as the first sheet lists it.
fn todo<'f>(findings: impl Iterator<Item = &'f Finding>, lang: Lang) -> Vec<Todo> {
    let told = findings.filter(|finding| finding.unfinished || finding.level >= Level::Warning);
    let one = |finding: &Finding| {
        let (heading, detail) = match &finding.todo {
            Some((heading, detail)) if finding.unfinished => {
                (heading.get(lang).to_owned(), detail.get(lang).to_owned())
            }
            _ => (String::new(), finding.message.get(lang).to_owned()),
        };
        let heading = if heading.is_empty() { finding.rule.code.to_owned() } else { heading };
        Todo { unfinished: finding.unfinished, heading, detail, span: finding.place.span }
    };
    told.map(one).collect()
}
