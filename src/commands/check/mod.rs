//! `kpolicy check`: the whole city is validated, the findings of the named places are reported.
//!
//! One question a file: where the city comes from (`basis`), what was there before (`before`),
//! which rules (`filter`), which places (`wanted`), what is mended (`mend`, `mended`), what comes
//! out (`output`), where to (`target`), what a CI runner gets besides (`ci`), when again (`watch`).

mod basis;
mod before;
mod ci;
mod filter;
mod mend;
mod mended;
mod output;
mod target;
pub(super) mod wanted;
mod watch;

use clap_complete::engine::ArgValueCompleter;

use crate::city::City;
use crate::cli::Global;
use crate::completion;
use crate::error::{Error, Exit};
use crate::finding::Finding;
use crate::rules;
use crate::ui::Ui;

use wanted::{of_year, wanted};

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）又はファイル。- は標準入力。省くと全体|Departments or files; - reads stdin; all unless named
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::targets))]
    pub targets: Vec<String>,
    /// 直し方の決まっているものを直します|Mend what has a certain fix
    #[arg(long)]
    pub fix: bool,
    /// 書き込まずに変更案を示します|Show what would change; write nothing
    #[arg(long)]
    pub diff: bool,
    /// 人の目で確かめたい直し方も使います|Use fixes that a person should look at, too
    #[arg(long, hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators")]
    pub unsafe_fixes: bool,
    /// 保存するたびに、もう一度点検します（Ctrl+C で終わります）|Check again after every save, until Ctrl+C
    #[arg(long, hide_short_help = true, conflicts_with_all = ["fix", "diff", "unsafe_fixes", "rev", "staged", "merge_with"])]
    pub watch: bool,
    /// What comes out.
    #[command(flatten)]
    pub output: output::Output,
    /// Which rules.
    #[command(flatten)]
    pub filter: filter::Filter,
    /// Which files.
    #[command(flatten)]
    pub basis: basis::Basis,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    if args.watch { watch::run(ui, global, args) } else { once(ui, global, args) }
}

/// One check.
fn once(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let (mut context, before) = args.basis.open(global, args.targets.iter().any(|target| target == "-"))?;
    args.filter.check()?;
    args.output.check()?;
    let stdin = args.basis.stdin_path(&context.root);
    if args.fix || args.diff || args.unsafe_fixes {
        let wanted = wanted(&context, &args.targets, stdin.as_deref())?;
        let take = |city: &City, finding: &Finding| args.filter.takes(finding.rule) && wanted.takes(city, finding);
        let (mended, exit) = mend::run(ui, &context, args, &take)?;
        if args.diff {
            return Ok(exit);
        }
        context.city = City::load(&mended);
    }
    let wanted = wanted(&context, &args.targets, stdin.as_deref())?;
    let years = context.years();
    let judgement = match &before {
        Some(before) => before.judge(&context, &years)?,
        None => rules::judge(&context.city, &years, context.day, context.asked.is_some())?,
    };
    output::say_what_was_left_out(ui, &context, &judgement);
    let brought = before.as_ref().map(|before| before.brought(&context, &judgement)).transpose()?;
    let brought = brought.unwrap_or_else(|| vec![true; judgement.findings.len()]);
    let reported = judgement.findings.iter().zip(brought).filter(|(finding, _)| {
        args.filter.takes(finding.rule) && wanted.takes(&context.city, finding) && of_year(&context, finding.place.file)
    });
    let (new, old): (Vec<_>, Vec<_>) = reported.partition(|(_, brought)| *brought);
    let findings: Vec<&Finding> = new.into_iter().map(|(finding, _)| finding).collect();
    args.output.write(ui, &context, &judgement, &findings, &wanted)?;
    let halfway = args.basis.is_work_tree() && output::say_what_is_unfinished(ui, &context.root);
    output::say_where_conflicts_are(ui, args.basis.merge_with.as_deref(), &findings);
    before::say_what_was_there(ui, &old.into_iter().map(|(finding, _)| finding).collect::<Vec<_>>());
    let exit = if halfway || args.output.fails(&findings) { Exit::Findings } else { Exit::Ok };
    drop(judgement);
    if !args.watch {
        // The program ends, and the system takes all of it back at once, not text by text.
        std::mem::forget(context);
    }
    Ok(exit)
}
