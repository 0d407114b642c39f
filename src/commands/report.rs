//! `kpolicy report`: one page of the whole city, for reading, handing out and printing.

use std::path::PathBuf;

use crate::cli::Global;
use crate::commands::context::Context;
use crate::commands::history;
use crate::error::{Error, Exit};
use crate::packet::Provenance;
use crate::report::history::Step;
use crate::report::report_html::{self, Inputs};
use crate::rules::{self, Judged};
use crate::store::git::{History, Opened};
use crate::store::write_whole;
use crate::ui::Ui;

/// Versions that the line of the past is drawn from, at most: the newest.
const VERSIONS: usize = 60;

/// Options of `report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 書き出すファイル（例 report.html）|The file to write (such as report.html)
    #[arg(short, long, value_name = "ファイル|FILE", required = true)]
    pub output: PathBuf,
    /// git のこの版について作ります|Of this git revision
    #[arg(long, value_name = "版|REV", hide_short_help = true)]
    pub rev: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let revision = args.rev.as_deref();
    let context = Context::open(global, revision)?;
    let judgement = rules::judge(&context.city, &[context.one_year()?], context.day, true)?;
    let Judged { year, links, coverage, .. } = context.shown_of(ui, &judgement)?;
    let provenance = Provenance::from(context.provenance(revision)?);
    let steps = past(&context, revision)?;
    let inputs = Inputs { year, links, coverage, findings: &judgement.findings, steps: &steps };
    let page = report_html::write(&inputs, provenance, ui.lang);
    write_whole(&args.output, page.as_bytes())?;
    let (file, ja, number) = (args.output.display(), year.year.ja(), year.year);
    let (departments, missing) = (year.departments.len(), coverage.summary.missing);
    let (unread_ja, unread_en) = match coverage.summary.unreadable {
        0 => (String::new(), String::new()),
        count => (format!("、読取不可 {count}"), format!(", unreadable {count}")),
    };
    ui.screen(&ui.lang.pick(
        format!(
            "{ja}  ページを作りました（{departments}部、未記載 {missing}{unread_ja}）\n\n  {file}\n\nブラウザーで開けます。ネットワークは要りません。各部の計画の文を含みます。\n"
        ),
        format!(
            "fiscal year {number}: page written ({departments} departments, missing {missing}{unread_en})\n\n  {file}\n\nIt opens in a browser and needs no network. It holds the words of the plans.\n"
        ),
    ))?;
    Ok(Exit::Ok)
}

/// The counts over the newest versions; none outside git or before the first commit.
fn past(context: &Context, revision: Option<&str>) -> Result<Vec<Step>, Error> {
    let Opened::Repository(git) = History::open(&context.root)? else { return Ok(Vec::new()) };
    if git.provenance()?.is_none() {
        return Ok(Vec::new());
    }
    let mut versions = git.versions(revision.unwrap_or("HEAD"))?;
    versions.drain(..versions.len().saturating_sub(VERSIONS));
    history::steps(&git, versions, context.one_year()?, context.day)
}
