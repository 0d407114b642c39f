//! The command line as typed. Help is written as `日本語|English` at each argument and split by
//! [`localize`]; clap's own errors are told in [`error`].

pub mod error;
mod localize;

use std::ffi::OsString;
use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use crate::completion;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::lang::Lang;
use crate::say;
use crate::ui::ColorChoice;

pub use localize::localize;

/// Options of every command.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// 市のフォルダー（省くと、このフォルダーから上へ探します）|The city's folder (else it is looked for from here upwards)
    #[arg(short = 'C', long = "root", global = true, value_name = "フォルダー|DIR")]
    pub root: Option<PathBuf>,
    /// 年度（2025、r7、令和７年度）|Fiscal year (2025, r7, 令和７年度)
    #[arg(long, global = true, value_name = "年度|YEAR", add = ArgValueCompleter::new(completion::years))]
    pub year: Option<String>,
    /// 表示の言語|Language of messages
    #[arg(long, global = true, value_name = "ja|en", value_parser = ["ja", "en"])]
    pub lang: Option<String>,
    /// 色を付けるか|When to colour
    #[arg(long, global = true, value_name = "auto|always|never", value_parser = ["auto", "always", "never"], hide_short_help = true)]
    pub color: Option<String>,
    /// 点検の結果だけを表示します|Print results only
    #[arg(short, long, global = true, hide_short_help = true)]
    pub quiet: bool,
    /// 要確認や参考も詳しく表示します|Show warnings and remarks in full, too
    #[arg(short, long, global = true, hide_short_help = true)]
    pub verbose: bool,
    /// この日の時点として判断します（例 2025-04-01）|Judge as of this day (such as 2025-04-01)
    #[arg(long, global = true, value_name = "日付|DATE", hide_short_help = true)]
    pub today: Option<String>,
    /// 使い方を表示します（--help で全て）|Show help (all of it with --help)
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 版を表示します|Show the version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

impl Global {
    /// The year asked for, if one was.
    pub fn year(&self) -> Result<Option<FiscalYear>, Error> {
        let Some(text) = &self.year else { return Ok(None) };
        FiscalYear::parse_typed(text).map(Some).ok_or_else(|| {
            Error::usage(say!("年度「{text}」が分かりません。", "{text} is no fiscal year."))
                .hint(say!("例: --year 2025、--year r7、--year 令和７年度", "For example: --year 2025, --year r7"))
        })
    }

    /// The day asked for by `--today` or `KPOLICY_TODAY`, if any.
    pub fn today(&self) -> Result<Option<Date>, Error> {
        let from_environment = std::env::var("KPOLICY_TODAY").ok().filter(|text| !text.is_empty());
        let Some(text) = self.today.clone().or(from_environment) else { return Ok(None) };
        Date::parse_iso(&text).or_else(|| Date::parse_loose(&text)).map(Some).ok_or_else(|| {
            Error::usage(say!("日付「{text}」が分かりません。", "{text} is no date."))
                .hint(say!("例: --today 2025-04-01", "For example: --today 2025-04-01"))
        })
    }

    /// When to colour.
    pub fn color(&self) -> ColorChoice {
        match self.color.as_deref() {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        }
    }
}

/// The language asked for on the command line or in the environment, before anything is parsed.
pub fn early_lang(args: &[OsString]) -> Option<Lang> {
    let mut args = args.iter().map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        if let Some(tag) = arg.strip_prefix("--lang=") {
            return Lang::from_tag(tag);
        }
        if arg == "--lang" {
            return args.next().and_then(|tag| Lang::from_tag(&tag));
        }
    }
    std::env::var("KPOLICY_LANG").ok().and_then(|tag| Lang::from_tag(&tag))
}

/// The year named by `--year`, before anything is parsed.
pub fn early_year(args: &[OsString]) -> Option<FiscalYear> {
    let mut args = args.iter().map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        if let Some(year) = arg.strip_prefix("--year=") {
            return FiscalYear::parse_typed(year);
        }
        if arg == "--year" {
            return FiscalYear::parse_typed(&args.next()?);
        }
    }
    None
}

/// The folder named by `-C`, before anything is parsed.
pub fn early_root(args: &[OsString]) -> Option<PathBuf> {
    let mut args = args.iter().skip(1);
    while let Some(arg) = args.next() {
        let text = arg.to_string_lossy();
        // `-C DIR`, `-CDIR`, `-C=DIR`, also behind options without a value: `-qC DIR`.
        let short = text.strip_prefix('-').map(|rest| rest.trim_start_matches(['q', 'v']));
        let attached = short.and_then(|rest| rest.strip_prefix('C'));
        let attached = attached.map(|rest| rest.strip_prefix('=').unwrap_or(rest));
        match attached.or_else(|| text.strip_prefix("--root=")) {
            Some("") => return args.next().map(PathBuf::from),
            Some(folder) => return Some(PathBuf::from(folder)),
            None if text == "--root" => return args.next().map(PathBuf::from),
            None => {}
        }
    }
    None
}

/// True where JSON is what stdout was asked for, whether or not the words can be parsed.
pub fn early_json(args: &[OsString]) -> bool {
    let (mut command, mut json, mut to_file) = (None, false, false);
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        match &*arg {
            "--" => break,
            "-C" | "--root" | "--year" | "--lang" | "--color" | "--today" => drop(args.next()),
            "--format" => json = args.next().is_some_and(|format| format == "json"),
            // `check -o sarif=FILE` is a result besides.
            "-o" | "--output" => to_file |= args.next().is_some_and(|file| !file.contains('=')),
            other if other.starts_with("--format=") => json = other == "--format=json",
            other if other.starts_with("-o") => to_file |= !other[2..].trim_start_matches('=').contains('='),
            other if other.starts_with("--output=") => to_file |= other.matches('=').count() == 1,
            other if !other.starts_with('-') && command.is_none() => command = Some(other.to_owned()),
            _ => {}
        }
    }
    // `packet` and `handover` write it to files.
    let prints = ["check", "coverage", "status", "list", "diff", "history"];
    json && !to_file && command.is_some_and(|command| prints.contains(&command.as_str()))
}

/// The language of the locale, if it says one.
pub fn locale_lang() -> Option<Lang> {
    let variable = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    variable.and_then(|tag| Lang::from_tag(&tag))
}
