//! `kpolicy coverage`: items by department, and the gaps.

mod least;

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::Global;
use crate::commands::context::{Context, departments, items, write_result};
use crate::commands::coverage::least::Least;
use crate::completion;
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::links::Links;
use crate::packet::Provenance;
use crate::report::coverage_json::View;
use crate::report::coverage_table::By;
use crate::report::{
    coverage_csv, coverage_gaps, coverage_json, coverage_markdown, coverage_references, coverage_table, coverage_xlsx,
};
use crate::say;
use crate::store::write_whole;
use crate::ui::{Ui, harmless, without_commands};

/// Options of `coverage`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）。省くと全て|Departments; all unless named
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::departments))]
    pub departments: Vec<String>,
    /// 応えのない所と、誰がどこに書くかを示します|Show the gaps: who writes what, and where
    #[arg(long)]
    pub gaps: bool,
    /// この項目だけを示します（例 1-6）|Only this item (such as 1-6)
    #[arg(long, value_name = "番号|ID", add = ArgValueCompleter::new(completion::items))]
    pub item: Vec<String>,
    /// 行の単位（reference は計画・指針と、それを挙げた目標）|What a row is (reference: plans and guidelines, and the goals that name them)
    #[arg(long, value_name = "item|clause|reference", value_parser = ["item", "clause", "reference"], default_value = "item")]
    pub by: String,
    /// 記載の割合がこれに足りなければ、足りない所を挙げて終了コード 1 で終わります|Exit 1, naming what is lacking, unless this much is answered
    #[arg(long, value_name = "割合|PERCENT", allow_hyphen_values = true)]
    pub min: Option<String>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["table", "json", "csv", "markdown", "xlsx"], default_value = "table")]
    pub format: String,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
    /// git のこの版について示します|Of this git revision
    #[arg(long, value_name = "版|REV", hide_short_help = true)]
    pub rev: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let least = args.min.as_deref().map(Least::read).transpose()?;
    refuse(args)?;
    let context = Context::open(global, args.rev.as_deref())?;
    let year = context.shown(ui)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let shown = departments(&context, &year, &args.departments)?;
    let items = items(&year, &args.item)?;
    let view = View { year: &year, links: &links, coverage: &coverage, departments: shown, items };
    match &args.output {
        Some(path) if args.format == "xlsx" => write_whole(path, &workbook(ui, &context, args, &view)?)?,
        path => write_result(ui, path.as_deref(), &text(ui, args, &view))?,
    }
    match least.and_then(|least| least.lacking(&view, ui.lang)) {
        Some(lacking) => {
            // Said even where only findings are wanted: it is why the run fails.
            _ = write!(ui.err, "{}", without_commands(&harmless(&lacking)));
            Ok(Exit::Findings)
        }
        None => Ok(Exit::Ok),
    }
}

/// What cannot be asked for at once.
fn refuse(args: &Args) -> Result<(), Error> {
    let book = args.format == "xlsx";
    if book && args.by == "reference" {
        return Err(Error::usage(say!(
            "--by reference の結果は xlsx では書けません。",
            "--by reference cannot be written as xlsx."
        ))
        .hint(say!(
            "--format csv なら、表計算で開けるファイルになります。",
            "--format csv gives a file that a spreadsheet opens."
        )));
    }
    if book && args.output.is_none() {
        return Err(Error::usage(say!(
            "xlsx は表計算のファイルなので、画面には出せません。",
            "xlsx is a workbook, which cannot be shown on a screen."
        ))
        .hint(say!(
            "書き出すファイルを示してください: kpolicy coverage --format xlsx -o 対応表.xlsx",
            "Name the file to write: kpolicy coverage --format xlsx -o coverage.xlsx"
        )));
    }
    if args.by == "reference" && (args.min.is_some() || args.gaps) {
        return Err(Error::usage(say!(
            "--by reference は、--min や --gaps と一緒には使えません。--min と --gaps は項目への記載を数えます。",
            "--by reference does not go with --min or --gaps, which count answers to items."
        ))
        .hint(say!("どちらかを取ってください。", "Leave one of them out.")));
    }
    Ok(())
}

fn text(ui: &Ui<'_>, args: &Args, view: &View<'_>) -> String {
    let by = if args.by == "clause" { By::Clause } else { By::Item };
    let color = ui.color && args.output.is_none();
    match (args.by.as_str(), args.format.as_str()) {
        ("reference", "json") => coverage_references::json(view),
        ("reference", "csv") => coverage_references::csv(view, ui.lang),
        ("reference", "markdown") => coverage_references::markdown(view, ui.lang),
        ("reference", _) => coverage_references::write(view, ui.lang, ui.width, color),
        (_, "json") => coverage_json::write(view),
        (_, "csv") if args.gaps => coverage_gaps::csv(view, ui.lang),
        (_, "csv") => coverage_csv::write(view, by, ui.lang),
        (_, "markdown") if args.gaps => coverage_gaps::markdown(view, ui.lang),
        (_, "markdown") => coverage_markdown::write(view, by, ui.lang),
        _ if args.gaps => coverage_gaps::write(view, ui.lang, ui.width),
        _ => coverage_table::write(view, by, ui.lang, ui.width, color),
    }
}

fn workbook(ui: &Ui<'_>, context: &Context, args: &Args, view: &View<'_>) -> Result<Vec<u8>, Error> {
    let provenance = Provenance::from(context.provenance(args.rev.as_deref())?);
    let by = if args.by == "clause" { By::Clause } else { By::Item };
    let source = coverage_xlsx::Source { view, by, provenance: &provenance, gaps: args.gaps };
    coverage_xlsx::write(&source, ui.lang)
}
