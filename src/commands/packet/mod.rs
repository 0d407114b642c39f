//! `kpolicy packet`: the interview papers, one file a department, whole or not at all.

mod day;
pub(super) mod fonts;
mod papers;
pub(super) mod render;
mod submitted;

use std::path::{Path, PathBuf};

use clap_complete::engine::ArgValueCompleter;

use crate::city::year::Year;
use crate::cli::Global;
use crate::commands::context::{Context, departments};
use crate::completion;
use crate::coverage::{Coverage, Summary};
use crate::date::Date;
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::packet::{Audience, Inputs, Options, Provenance, Submission};
use crate::report::wrap::pad;
use crate::rules::{self, Judged};
use crate::store::git::{self, History};
use crate::store::{list, make_folder, write_whole};
use crate::ui::Ui;
use papers::{Press, Written};

/// Options of `packet`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）。省くと全て|Departments; all unless named
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::departments))]
    pub departments: Vec<String>,
    /// 全ての部（省いたときと同じです）|All departments (as when none is named)
    #[arg(long, conflicts_with = "departments")]
    pub all: bool,
    /// この日に面談する部を、面談の順に。当日の表紙も作ります（例 2025-04-03）|Those interviewed on this day, in that order, with a cover for the day (such as 2025-04-03)
    #[arg(long, value_name = "日付|DATE", conflicts_with_all = ["departments", "all"])]
    pub on: Option<String>,
    /// 誰のための資料か。省くと、部を挙げたときは部用、それ以外は面談者用|For whom; the department's own where one is named, else the interviewer's
    #[arg(long = "for", value_name = "interviewer|department", value_parser = ["interviewer", "department"])]
    pub audience: Option<String>,
    /// 形式（コンマで区切って複数）|Formats, separated by commas
    #[arg(long, value_name = "形式|FORMAT", value_delimiter = ',', value_parser = ["pdf", "html", "markdown", "json"], default_value = "pdf")]
    pub format: Vec<String>,
    /// 書き出すフォルダー（省くと packets/年度）|Folder to write to (packets/YEAR unless said)
    #[arg(short, long, value_name = "フォルダー|DIR")]
    pub output: Option<PathBuf>,
    /// PDF の書体にない字を探すフォルダー|Folder of fonts for characters that the PDF's own lack
    #[arg(long, value_name = "フォルダー|DIR", hide_short_help = true)]
    pub font_dir: Option<PathBuf>,
    /// 全ての項目の本文を付けます|Append the wording of all items
    #[arg(long)]
    pub full: bool,
    /// git のこの版について作ります|Of this git revision
    #[arg(long, value_name = "版|REV", hide_short_help = true)]
    pub rev: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, args.rev.as_deref())?;
    let judgement = rules::judge(&context.city, &[context.one_year()?], context.day, true)?;
    let Judged { year, links, coverage, .. } = context.shown_of(ui, &judgement)?;
    let on = args.on.as_deref().map(day::parse).transpose()?;
    let chosen = match on {
        Some(on) => day::departments(year, on)?,
        None => departments(&context, year, &args.departments)?,
    };
    let audience = audience(args);
    let folder = folder(&context, args.output.as_deref(), year)?;
    let source = context.provenance(args.rev.as_deref())?;
    let options = Options { audience, full: args.full, lang: ui.lang, provenance: Provenance::from(source.clone()) };
    let fonts = match args.format.iter().any(|format| format == "pdf") {
        true => Some(fonts::Set::open(args.font_dir.as_deref(), &context.city)?),
        false => None,
    };
    let submissions = match &source {
        Some(_) => submissions(&context, args, year, &chosen, fonts.as_ref())?,
        None => Vec::new(),
    };
    let inputs = Inputs { year, links, coverage, department: 0, findings: &judgement.findings };
    let (formats, fonts) = (args.format.as_slice(), fonts.as_ref());
    let press = Press { inputs, submissions: &submissions, options: &options, formats, folder: &folder, fonts };
    let (mut written, mut failed) = press.run(&chosen);
    if let (Some(on), None) = (on, &failed) {
        match press.cover(on, &chosen) {
            Ok(cover) => drop(written.splice(0..0, cover)),
            Err(error) => failed = Some(error),
        }
    }
    match (written.is_empty(), failed) {
        (true, Some(error)) => return Err(error),
        (_, before) => failed = before.or(list(&folder).err()),
    }
    let told = Told { context: &context, year, coverage, on, ignored: args.output.is_none() };
    told.report(ui, &written, source.as_ref())?;
    failed.map_or(Ok(Exit::Ok), Err)
}

fn audience(args: &Args) -> Audience {
    match args.audience.as_deref() {
        Some("department") => Audience::Department,
        Some(_) => Audience::Interviewer,
        None if args.departments.is_empty() => Audience::Interviewer,
        None => Audience::Department,
    }
}

/// The folder that papers are written to, made where it is not there.
pub(super) fn folder(context: &Context, output: Option<&Path>, year: &Year<'_>) -> Result<PathBuf, Error> {
    let packets = context.root.join("packets");
    let folder = output.map(Path::to_path_buf).unwrap_or_else(|| packets.join(year.year.to_string()));
    make_folder(&folder)?;
    // Kept out of git whatever the city's own settings of git say.
    let ignore = packets.join(".gitignore");
    if output.is_none() && ignore.symlink_metadata().is_err() {
        write_whole(&ignore, b"*\n")?;
    }
    Ok(folder)
}

/// What these departments handed in last.
fn submissions(
    context: &Context,
    args: &Args,
    year: &Year<'_>,
    chosen: &[usize],
    fonts: Option<&fonts::Set>,
) -> Result<Vec<(usize, Submission)>, Error> {
    let history = History::require(&context.root)?;
    let mut found = submitted::find(&history, args.rev.as_deref().unwrap_or("HEAD"), year, chosen)?;
    if let Some(fonts) = fonts {
        for (_, submission) in &mut found {
            submission.text = submission.text.as_ref().map(|text| fonts.settable(text));
            submission.commit.subject = fonts.settable(&submission.commit.subject);
        }
    }
    Ok(found)
}

/// What was made, for the screen.
struct Told<'a> {
    context: &'a Context,
    year: &'a Year<'a>,
    coverage: &'a Coverage,
    on: Option<Date>,
    /// True where the papers are kept out of git.
    ignored: bool,
}

impl Told<'_> {
    fn report(&self, ui: &mut Ui<'_>, written: &[Written], provenance: Option<&git::Provenance>) -> Result<(), Error> {
        let mut text = self.heading(written, ui.lang);
        for paper in written {
            text.push_str(&self.line(paper, ui.lang));
        }
        text.push('\n');
        if let Some(commit) = provenance {
            text.push_str(&uncommitted(&commit.changed, ui.lang));
        }
        text.push_str(ui.lang.pick("取扱注意の資料です。", "Handle with care."));
        if self.ignored {
            text.push_str(ui.lang.pick("packets/ は git の対象外です。", " packets/ is not kept in git."));
        }
        text.push('\n');
        ui.screen(&text)
    }

    fn heading(&self, written: &[Written], lang: Lang) -> String {
        let papers: std::collections::BTreeSet<usize> = written.iter().filter_map(|paper| paper.department).collect();
        let (ja, number, count) = (self.year.year.ja(), self.year.year, papers.len());
        let (day_ja, day_en) = match self.on {
            Some(on) => (format!("{} ", self.year.year.day_ja(on)), format!(" interviewed on {on}")),
            None => (String::new(), String::new()),
        };
        lang.pick(
            format!("{ja}  面談資料を作りました（{day_ja}{count}部）\n\n"),
            format!("fiscal year {number}: papers of {count} departments{day_en} written\n\n"),
        )
    }

    fn line(&self, paper: &Written, lang: Lang) -> String {
        let path = paper.path.strip_prefix(&self.context.root).unwrap_or(&paper.path);
        let path = path.display().to_string().replace('\\', "/");
        let mut notes = Vec::new();
        if let Some(pages) = paper.pages {
            let number = crate::date::city_digits(u32::try_from(pages).unwrap_or(u32::MAX));
            let plural = if pages == 1 { "" } else { "s" };
            notes.push(lang.pick(format!("{number}ページ"), format!("{pages} page{plural}")));
        }
        let mut name = lang.pick("当日の表紙", "cover of the day");
        if let Some(department) = paper.department {
            name = self.year.departments[department].name();
            let missing = Summary::of_department(&self.coverage.leaves, department).missing;
            if missing > 0 {
                notes.push(lang.pick(format!("未記載 {missing}"), format!("missing {missing}")));
            }
        }
        let line = format!("  {}  {} {}", pad(&path, 42), pad(name, 14), notes.join(" "));
        format!("{}\n", line.trim_end())
    }
}

/// What the papers hold that no commit does.
fn uncommitted(changed: &[String], lang: Lang) -> String {
    if changed.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = changed.iter().take(4).map(|path| path.rsplit('/').next().unwrap_or(path)).collect();
    let (names, more) = (names.join("、"), changed.len().saturating_sub(4));
    let more = match more {
        0 => String::new(),
        _ => lang.pick(format!("、ほか {more}件"), format!(" and {more} more")),
    };
    lang.pick(
        format!("コミットしていない変更を含みます（{names}{more}）。各ページにそう印字しました。\n"),
        format!("They hold changes that are not committed ({names}{more}); every page says so.\n"),
    )
}
