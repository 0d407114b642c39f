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

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

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

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 計画を点検し、直し方を示します|Check the plans and say how to mend them
    Check(check::Args),
    /// 項目と部の対応表と、応えのない項目を示します|Show items by department, and the gaps
    Coverage(coverage::Args),
    /// 全部の状況を一画面で示します|Show where every department stands
    Status(status::Args),
    /// 計画のひな型を作り、足りない項目を書き足します|Start a plan, or add what it lacks
    New(new::Args),
    /// 面談資料を作ります|Build the interview papers
    Packet(packet::Args),
    /// 配布や印刷のためのページ（HTML）を作ります|Write the report page
    Report(report::Args),
    /// 後任者への引継資料を作ります|Build papers for a successor
    Handover(handover::Args),
    /// 変更で何が変わるかを示します|Show what a change does
    Diff(diff::Args),
    /// 記載状況の推移を示します|Show coverage over time
    History(history::Args),
    /// 項目・部・目標の内容を示します|Show an item, a department or a goal
    Show(show::Args),
    /// 項目・部・目標などを一覧にします|List items, departments, goals and more
    List(list::Args),
    /// 番号（K301 など）や欄の意味を示します|Explain a rule or a field
    Explain(explain::Args),
    /// 記号や番号を、使っている所も含めて改めます|Rename an id everywhere
    Rename(rename::Args),
    /// 新しい年度を始めます（組織と目標を引き継ぎます）|Begin the next fiscal year
    Rollover(rollover::Args),
    /// 新しい市のフォルダーを作ります|Begin a city
    Init(init::Args),
    /// 計画を Excel の表に書き出します|Write a plan as a sheet to fill in
    Export(export::Args),
    /// 基本方針の文書や、書き込んだ計画の表を取り込みます|Bring in the memo, or a filled-in sheet of a plan
    Import(import::Args),
    /// 書式を整えます（内容は変えません）|Tidy the layout, never the content
    Fmt(fmt::Args),
    /// （管理者向け）編集ソフトの入力補助を作ります|Write the schemas that editors use
    Schema(schema::Args),
    /// （管理者向け）編集ソフトに、点検・候補・説明を出します|Serve an editor: findings, candidates, explanations
    Lsp(lsp::Args),
    /// （管理者向け）コミットの前に点検が行われるようにします|Have every commit checked
    Hook(hook::Args),
    /// （管理者向け）端末で番号や名称の候補を出すための設定を表示します|Print what makes a shell complete ids and names
    Completions(completions::Args),
    /// （管理者向け）man 形式の説明書を作ります|Write manual pages
    Man(man::Args),
}

/// Runs a command.
pub fn run(ui: &mut Ui<'_>, global: &Global, command: Option<Command>) -> Result<Exit, Error> {
    match command {
        None => home::run(ui, global),
        Some(Command::Check(args)) => check::run(ui, global, &args),
        Some(Command::Coverage(args)) => coverage::run(ui, global, &args),
        Some(Command::Status(args)) => status::run(ui, global, &args),
        Some(Command::New(args)) => new::run(ui, global, &args),
        Some(Command::Packet(args)) => packet::run(ui, global, &args),
        Some(Command::Report(args)) => report::run(ui, global, &args),
        Some(Command::Handover(args)) => handover::run(ui, global, &args),
        Some(Command::Diff(args)) => diff::run(ui, global, &args),
        Some(Command::History(args)) => history::run(ui, global, &args),
        Some(Command::Show(args)) => show::run(ui, global, &args),
        Some(Command::List(args)) => list::run(ui, global, &args),
        Some(Command::Explain(args)) => explain::run(ui, global, &args),
        Some(Command::Rename(args)) => rename::run(ui, global, &args),
        Some(Command::Rollover(args)) => rollover::run(ui, global, &args),
        Some(Command::Init(args)) => init::run(ui, global, &args),
        Some(Command::Export(args)) => export::run(ui, global, &args),
        Some(Command::Import(args)) => import::run(ui, global, &args),
        Some(Command::Fmt(args)) => fmt::run(ui, global, &args),
        Some(Command::Schema(args)) => schema::run(ui, global, &args),
        Some(Command::Lsp(args)) => lsp::run(ui, global, &args),
        Some(Command::Hook(args)) => hook::run(ui, global, &args),
        Some(Command::Completions(args)) => completions::run(ui, &args),
        Some(Command::Man(args)) => man::run(ui, &args),
    }
}

/// Parses the arguments, help and errors in `lang`.
pub fn parse(args: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    // The words of all commands are put into a language only where somebody will read them.
    let matches = Cli::command().try_get_matches_from(args).or_else(|_| command(lang).try_get_matches_from(args))?;
    Cli::from_arg_matches(&matches)
}

/// The whole command line, in one language.
pub fn command(lang: Lang) -> clap::Command {
    localize(Cli::command(), lang)
}
