//! `kpolicy status`: where every department stands, on one screen.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::Global;
use crate::commands::context::{Context, departments, write_result};
use crate::completion;
use crate::date::FiscalYear;
use crate::error::{Error, Exit};
use crate::report::status::{Screen, json, one, write};
use crate::rules;
use crate::say;
use crate::status::Status;
use crate::ui::Ui;

/// Options of `status`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）。示すと、その部の宿題や応えのない所を行ごとに示します|A department: its open entries, line by line
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::departments))]
    pub department: Option<String>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub format: String,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let number = context.one_year()?;
    let judged = context.shown(ui)?;
    let only = match &args.department {
        Some(text) => departments(&context, &judged, std::slice::from_ref(text))?.first().copied(),
        None => None,
    };
    let years = years(&context, number);
    let judgement = rules::judge(&context.city, &years, context.day, context.asked.is_some())?;
    let status = Status::new(&context.city, &judgement, number, ui.lang);
    let ja = number.ja();
    let status = status.ok_or_else(|| {
        Error::environment(say!("{ja}をまとめられません。", "fiscal year {number} cannot be put together."))
    })?;
    let color = ui.color && args.output.is_none();
    let shown = Screen { status: &status, lang: ui.lang, columns: ui.width, color };
    let text = match (args.format.as_str(), only) {
        ("json", only) => json::write(&status, only),
        (_, Some(only)) => one::write(shown, &status.departments[only]),
        (_, None) => write(shown),
    };
    write_result(ui, args.output.as_deref(), &text)?;
    Ok(Exit::Ok)
}

/// The year that is shown, and the others that are still open: what they left over is told.
fn years(context: &Context, number: FiscalYear) -> Vec<FiscalYear> {
    let city = &context.city;
    let open = |(year, files): &(&FiscalYear, &crate::city::YearFiles)| {
        let policy = files.policy.and_then(|id| city.file(id).policy());
        **year != number && files.organization.is_some() && policy.is_some_and(|policy| !policy.closed)
    };
    let others = city.years.iter().filter(open).map(|(year, _)| *year);
    std::iter::once(number).chain(others).collect()
}
