//! `kpolicy import plan`.

use std::path::PathBuf;

use crate::cli::Global;
use crate::error::{Error, Exit};
use crate::ui::Ui;

/// Options of `import plan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 取り込む表（.xlsx）|The workbook
    #[arg(value_name = "ファイル|FILE")]
    pub file: PathBuf,
}

/// Runs the command.
pub fn run(_ui: &mut Ui<'_>, _global: &Global, _args: &Args) -> Result<Exit, Error> {
    Ok(Exit::Ok)
}
