//! One file a command. Each file's `Args` doc comments are the help; its `run` is the command.

pub mod check;
pub mod completions;
mod context;
pub mod coverage;
pub mod diff;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod handover;
pub mod history;
mod home;
pub mod hook;
pub mod import;
pub mod init;
pub mod list;
pub mod lsp;
pub mod man;
pub mod new;
pub mod packet;
pub mod rename;
pub mod report;
pub mod rollover;
pub mod schema;
pub mod show;
pub mod status;

use std::ffi::OsString;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::cli::{Global, localize};
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::ui::Ui;

pub use context::Context;

/// 市政運営の基本方針に、各部の計画がもれなく応えているかを点検し、面談資料を作ります。|Checks that every department's plan answers the city's basic policy, and builds the interview papers.
#[derive(Debug, Parser)]
#[command(
    name = "kpolicy",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do; without it, the state of the city in a few lines.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands from one list: what each is called, its words in the help, and the file that is it.
macro_rules! commands {
    ($($(#[$words:meta])* $variant:ident($file:ident),)*) => {
        /// The commands, in the order of the help.
        #[derive(Debug, Subcommand)]
        pub enum Command {
            $($(#[$words])* $variant($file::Args),)*
        }

        /// Runs a command.
        pub fn run(ui: &mut Ui<'_>, global: &Global, command: Option<Command>) -> Result<Exit, Error> {
            match command {
                None => home::run(ui, global),
                $(Some(Command::$variant(args)) => $file::run(ui, global, &args),)*
            }
        }

        /// What one command takes; none for a word that is no command's name.
        fn taken_by(name: &str) -> Option<clap::Command> {
            match name {
                $(stringify!($file) => Some($file::Args::augment_args(clap::Command::new(stringify!($file)))),)*
                _ => None,
            }
        }
    };
}

commands! {
    /// 計画を点検し、直し方を示します|Check the plans and say how to mend them
    Check(check),
    /// 項目と部の対応表と、応えのない項目を示します|Show items by department, and the gaps
    Coverage(coverage),
    /// 全部の状況を一画面で示します|Show where every department stands
    Status(status),
    /// 計画のひな型を作り、足りない項目を書き足します|Start a plan, or add what it lacks
    New(new),
    /// 面談資料を作ります|Build the interview papers
    Packet(packet),
    /// 配布や印刷のためのページ（HTML）を作ります|Write the report page
    Report(report),
    /// 後任者への引継資料を作ります|Build papers for a successor
    Handover(handover),
    /// 変更で何が変わるかを示します|Show what a change does
    Diff(diff),
    /// 記載状況の推移を示します|Show coverage over time
    History(history),
    /// 項目・部・目標の内容を示します|Show an item, a department or a goal
    Show(show),
    /// 項目・部・目標などを一覧にします|List items, departments, goals and more
    List(list),
    /// 番号（K301 など）や欄の意味を示します|Explain a rule or a field
    Explain(explain),
    /// 記号や番号を、使っている所も含めて改めます|Rename an id everywhere
    Rename(rename),
    /// 新しい年度を始めます（組織と目標を引き継ぎます）|Begin the next fiscal year
    Rollover(rollover),
    /// 新しい市のフォルダーを作ります|Begin a city
    Init(init),
    /// 計画を Excel の表に書き出します|Write a plan as a sheet to fill in
    Export(export),
    /// 基本方針の文書や、書き込んだ計画の表を取り込みます|Bring in the memo, or a filled-in sheet of a plan
    Import(import),
    /// 書式を整えます（内容は変えません）|Tidy the layout, never the content
    Fmt(fmt),
    /// （管理者向け）編集ソフトの入力補助を作ります|Write the schemas that editors use
    Schema(schema),
    /// （管理者向け）編集ソフトに、点検・候補・説明を出します|Serve an editor: findings, candidates, explanations
    Lsp(lsp),
    /// （管理者向け）コミットの前に点検が行われるようにします|Have every commit checked
    Hook(hook),
    /// （管理者向け）端末で番号や名称の候補を出すための設定を表示します|Print what makes a shell complete ids and names
    Completions(completions),
    /// （管理者向け）man 形式の説明書を作ります|Write manual pages
    Man(man),
}

/// Parses the arguments, help and errors in `lang`.
pub fn parse(args: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    // A line that is right with the command it names alone is right among all of them, and means the
    // same, so the others need not be made ready. For any other line somebody will read their words.
    let matches = short(args).try_get_matches_from(args).or_else(|_| command(lang).try_get_matches_from(args))?;
    Cli::from_arg_matches(&matches)
}

/// The command line with no command but the one that is named first.
fn short(args: &[OsString]) -> clap::Command {
    let root = clap::Command::new("kpolicy").version(env!("CARGO_PKG_VERSION"));
    let root = root.disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true);
    let root = Global::augment_args(root);
    match args.iter().skip(1).filter_map(|arg| arg.to_str()).find_map(taken_by) {
        Some(named) => root.subcommand(named),
        None => root,
    }
}

/// The whole command line, in one language.
pub fn command(lang: Lang) -> clap::Command {
    localize(Cli::command(), lang)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words that are commands, options, values of options or none of them.
    fn word() -> impl Strategy<Value = String> {
        let commands = Cli::command().get_subcommands().map(|sub| sub.get_name().to_owned()).collect::<Vec<_>>();
        let others = ["-C", "--root", "-q", "--lang", "ja", "--format", "json", "-o", "a", "--", "memo", "K301", "-hV"];
        prop_oneof![proptest::sample::select(commands), proptest::sample::select(others.map(str::to_owned).to_vec())]
    }

    proptest! {
        #[test]
        fn a_line_that_is_right_with_its_own_command_means_the_same_among_all(words in prop::collection::vec(word(), 0..6)) {
            let line = || std::iter::once("kpolicy").chain(words.iter().map(String::as_str)).map(OsString::from);
            let args = line().collect::<Vec<_>>();
            if let Ok(read) = short(&args).try_get_matches_from(&args) {
                let read = Cli::from_arg_matches(&read).map(|cli| format!("{cli:?}"));
                let among_all = Cli::command().try_get_matches_from(&args).and_then(|all| Cli::from_arg_matches(&all));
                prop_assert_eq!(read.ok(), among_all.ok().map(|cli| format!("{cli:?}")));
            }
        }
    }

    #[test]
    fn a_right_line_needs_no_other_command() {
        for line in ["", "check", "--lang ja check kaikei -q", "show check", "import memo a.txt", "-C a list items"] {
            let args = ["kpolicy"].into_iter().chain(line.split_whitespace()).map(OsString::from).collect::<Vec<_>>();
            assert!(short(&args).try_get_matches_from(&args).is_ok(), "{line}");
        }
    }

    #[test]
    fn every_command_is_read_by_itself() {
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            assert!(taken_by(name).is_some_and(|taken| taken.get_name() == name), "{name}");
        }
    }
}
