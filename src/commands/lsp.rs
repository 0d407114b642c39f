//! `kpolicy lsp`: the language server over stdin and stdout.

use std::time::Duration;

use lsp_server::Connection;

use crate::cli::Global;
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::lsp::{Options, serve};
use crate::store::check_root;
use crate::ui::Ui;

/// Options of `lsp`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 標準の入力と出力で話します（いつもそうします）|Speak over stdin and stdout (it always does)
    #[arg(long, hide_short_help = true)]
    pub stdio: bool,
}

/// How long the last messages may take on their way out.
const PARTING: Duration = Duration::from_secs(2);

/// Runs the command. Nothing but messages of the protocol may reach stdout.
pub fn run(_ui: &mut Ui<'_>, global: &Global, _args: &Args) -> Result<Exit, Error> {
    if let Some(root) = &global.root {
        check_root(root)?;
    }
    let said = global.lang.clone().or_else(|| std::env::var("KPOLICY_LANG").ok());
    let root = global.root.as_ref().map(|root| std::path::absolute(root).unwrap_or_else(|_| root.clone()));
    let options =
        Options { root, lang: said.and_then(|tag| Lang::from_tag(&tag)), today: global.today()?, ..Options::default() };
    let (connection, threads) = Connection::stdio();
    let ended = serve(&connection, options);
    drop(connection);
    // What was said last must reach the client; one that reads no more is not waited for.
    let (sender, joined) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(threads.join().is_ok()));
    _ = joined.recv_timeout(PARTING);
    Ok(ended)
}
