//! `kpolicy coverage`: items by department, and the gaps.

use std::path::PathBuf;

use crate::cli::Global;
use crate::commands::context::{Context, departments, items, write_result};
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::links::Links;
use crate::report::coverage_json::View;
use crate::report::coverage_table::By;
use crate::report::{coverage_csv, coverage_gaps, coverage_json, coverage_markdown, coverage_table};
use crate::ui::Ui;

/// Options of `coverage`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）。省くと全て|Departments; all unless named
    #[arg(value_name = "部|DEPT")]
    pub departments: Vec<String>,
    /// 応えのない所と、誰がどこに書くかを示します|Show the gaps: who writes what, and where
    #[arg(long)]
    pub gaps: bool,
    /// この項目だけを示します（例 1-6）|Only this item (such as 1-6)
    #[arg(long, value_name = "番号|ID")]
    pub item: Vec<String>,
    /// 行の単位|What a row is
    #[arg(long, value_name = "item|clause", value_parser = ["item", "clause"], default_value = "item")]
    pub by: String,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["table", "json", "csv", "markdown"], default_value = "table")]
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
    let context = Context::open(global, args.rev.as_deref())?;
    let year = context.judged(context.one_year()?)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let shown = departments(&context, &year, &args.departments)?;
    let items = items(&year, &args.item)?;
    let view = View { year: &year, links: &links, coverage: &coverage, departments: shown, items };
    let by = if args.by == "clause" { By::Clause } else { By::Item };
    let text = match args.format.as_str() {
        "json" => coverage_json::write(&view),
        "csv" => coverage_csv::write(&view, by, ui.lang),
        "markdown" if args.gaps => coverage_gaps::markdown(&view, ui.lang),
        "markdown" => coverage_markdown::write(&view, by, ui.lang),
        _ if args.gaps => coverage_gaps::write(&view, ui.lang, ui.width),
        _ => coverage_table::write(&view, by, ui.lang, ui.width, ui.color && args.output.is_none()),
    };
    write_result(ui, args.output.as_deref(), &text)?;
    Ok(Exit::Ok)
}
