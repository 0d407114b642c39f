//! `kpolicy completions SHELL`: the script by which a shell asks what can be typed.

use crate::cli::Global;
use crate::completion::{SHELLS, script};
use crate::error::{Error, Exit};
use crate::say;
use crate::ui::Ui;

/// Options of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 端末で動いているもの|The shell
    #[arg(value_name = "種類|SHELL", value_parser = SHELLS)]
    pub shell: String,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, _: &Global, args: &Args) -> Result<Exit, Error> {
    let program = std::env::current_exe().map_err(|error| {
        Error::environment(say!(
            "kpolicy の場所が分かりません: {error}",
            "the place of the program is unknown: {error}"
        ))
    })?;
    let Some(program) = program.to_str() else {
        let place = program.display().to_string();
        return Err(Error::environment(say!(
            "kpolicy の場所の名前に、文字として読めないものがあります: {place}",
            "the place of kpolicy is no readable text: {place}"
        ))
        .hint(say!("kpolicy を別のフォルダーに移してください。", "Move kpolicy to another folder.")));
    };
    ui.print(&script(&args.shell, program)?)?;
    Ok(Exit::Ok)
}
