//! `kpolicy import`: what others wrote, taken over. One file a kind of paper.

pub mod memo;

use clap::Subcommand;

use crate::cli::Global;
use crate::error::{Error, Exit};
use crate::ui::Ui;

/// Options of `import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is taken over.
    #[command(subcommand)]
    pub what: What,
}

/// What can be taken over.
#[derive(Debug, Subcommand)]
pub enum What {
    /// 基本方針の文書（文字のファイル又は PDF）を policy.yaml に取り込みます|Read the memo (text or PDF) into policy.yaml
    Memo(memo::Args),
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    match &args.what {
        What::Memo(args) => memo::run(ui, global, args),
    }
}
