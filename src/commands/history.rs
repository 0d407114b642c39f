//! `kpolicy history`: the counts of one fiscal year, commit by commit.

use std::path::PathBuf;

use crate::city::year::PlanState;
use crate::city::{City, Loader, Year};
use crate::cli::Global;
use crate::commands::context::{Context, root, write_result};
use crate::coverage::Coverage;
use crate::date::{Date, FiscalYear};
use crate::error::{Error, Exit};
use crate::links::Links;
use crate::report::history::{self, Step};
use crate::say;
use crate::store::git::{History, Version};
use crate::ui::Ui;

/// Options of `history`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 版の範囲（例 main、v2025.4..HEAD）。省くと今の版まで|Revisions (such as main or v2025.4..HEAD); all up to now unless given
    #[arg(value_name = "範囲|RANGE")]
    pub range: Option<String>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["table", "json", "csv"], default_value = "table")]
    pub format: String,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let root = root(global)?;
    let history = History::require(&root)?;
    let range = args.range.as_deref().unwrap_or("HEAD");
    let versions = history.versions(range)?;
    if history.is_shallow() {
        ui.note(
            say!(
                "履歴が途中までしか取得されていないため、それより前は含みません。",
                "only a part of the history was fetched; what came before is not shown."
            )
            .get(ui.lang),
        );
    }
    let end = match range.rsplit_once("..") {
        Some((_, "")) => "HEAD",
        Some((_, end)) => end,
        None => range,
    };
    let newest = Context::of(global, root, &history.snapshot(end)?)?;
    let (number, day) = (newest.one_year()?, newest.day);
    let steps = steps(&history, versions, number, day)?;
    let text = match args.format.as_str() {
        "json" => history::json(number, &steps),
        "csv" => history::csv(&steps, ui.lang),
        _ => history::table(number, &steps, ui.lang, ui.width),
    };
    write_result(ui, args.output.as_deref(), &text)?;
    Ok(Exit::Ok)
}

/// The counts of every version that has the year.
pub(super) fn steps(
    history: &History,
    versions: Vec<Version>,
    number: FiscalYear,
    day: Date,
) -> Result<Vec<Step>, Error> {
    let mut loader = Loader::default();
    let mut steps = Vec::new();
    for version in versions {
        let city = loader.load(&version.files, &mut |id| history.entry(id))?;
        if city.years.contains_key(&number) {
            steps.push(step(&city, number, day, version.commit));
        }
    }
    Ok(steps)
}

/// The counts of one version; none of them where its policy or organization is absent or broken.
fn step(city: &City, number: FiscalYear, day: Date, commit: crate::store::git::CommitNote) -> Step {
    let judged = Year::new(city, number, day).ok().flatten().map(|year| {
        let plans = |department: &&crate::city::Department<'_>| department.state != PlanState::Missing;
        let plans = year.departments.iter().filter(plans).count();
        (plans, Coverage::new(&year, &Links::new(&year)).summary)
    });
    let (plans, summary) = judged.unzip();
    Step { commit, plans, summary }
}
