//! `kpolicy import`: what was written elsewhere, brought in.

pub mod plan;

use crate::cli::Global;
use crate::error::{Error, Exit};
use crate::ui::Ui;

/// Options of `import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to read.
    #[command(subcommand)]
    pub what: What,
}

/// What can be imported.
#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// 書き込んだ計画の表を取り込みます|Read a filled-in sheet of a plan back
    Plan(plan::Args),
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    match &args.what {
        What::Plan(args) => plan::run(ui, global, args),
    }
}
