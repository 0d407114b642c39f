//! `kpolicy import`: what was written elsewhere, brought in. One file a kind of paper.

mod file;
pub mod memo;
pub mod plan;

use clap::Subcommand;

use crate::cli::Global;
use crate::error::{Error, Exit};
use crate::ui::Ui;

/// Options of `import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is brought in.
    #[command(subcommand)]
    pub what: What,
}

/// What can be brought in.
#[derive(Debug, Subcommand)]
pub enum What {
    /// 基本方針の文書（文字のファイル又は PDF）を policy.yaml に取り込みます|Read the memo (text or PDF) into policy.yaml
    Memo(memo::Args),
    /// 書き込んだ計画の表を取り込みます|Read a filled-in sheet of a plan back
    Plan(plan::Args),
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    match &args.what {
        What::Memo(args) => memo::run(ui, global, args),
        What::Plan(args) => plan::run(ui, global, args),
    }
}
