//! `kpolicy packet`: the interview papers, one file a department, whole or not at all.

pub(super) mod fonts;
mod papers;
pub(super) mod render;

use std::path::{Path, PathBuf};

use crate::city::year::Year;
use crate::cli::Global;
use crate::commands::context::{Context, departments};
use crate::coverage::{Coverage, Summary};
use crate::error::{Error, Exit};
use crate::links::Links;
use crate::packet::{Audience, Inputs, Options, Provenance};
use crate::report::wrap::pad;
use crate::rules;
use crate::say;
use crate::store::git::{self, History, Opened};
use crate::store::write_whole;
use crate::ui::Ui;
use papers::{Press, Written};

/// Options of `packet`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）。省くと全て|Departments; all unless named
    #[arg(value_name = "部|DEPT")]
    pub departments: Vec<String>,
    /// 全ての部（省いたときと同じです）|All departments (as when none is named)
    #[arg(long, conflicts_with = "departments")]
    pub all: bool,
    /// 誰のための資料か。省くと、部を挙げたときは部用、全ての部のときは面談者用|For whom; the department's own where one is named, else the interviewer's
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
    let year = context.judged(context.one_year()?)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let chosen = departments(&context, &year, &args.departments)?;
    let audience = audience(args);
    let folder = folder(&context, args.output.as_deref(), &year)?;
    let source = provenance(&context, args.rev.as_deref())?;
    let options = Options { audience, full: args.full, lang: ui.lang, provenance: Provenance::from(source.clone()) };
    let findings = rules::judge(&context.city, &[year.year], context.day, true)?.findings;
    let fonts = match args.format.iter().any(|format| format == "pdf") {
        true => Some(fonts::Set::open(args.font_dir.as_deref(), &context.city)?),
        false => None,
    };
    let inputs = Inputs { year: &year, links: &links, coverage: &coverage, department: 0, findings: &findings };
    let press = Press { inputs, options: &options, formats: &args.format, folder: &folder, fonts: fonts.as_ref() };
    let (written, failed) = press.run(&chosen);
    if written.is_empty()
        && let Some(error) = failed
    {
        return Err(error);
    }
    report(ui, &context, &year, &coverage, &written, source.as_ref(), args.output.is_none())?;
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
    std::fs::create_dir_all(&folder).map_err(|error| {
        let place = folder.display().to_string();
        Error::environment(say!(
            "フォルダー「{place}」を作れません: {error}",
            "cannot make the folder {place}: {error}"
        ))
        .hint(say!("-o で、書き込めるフォルダーを示してください。", "Name a folder that may be written to with -o."))
    })?;
    // Kept out of git whatever the city's own settings of git say.
    let ignore = packets.join(".gitignore");
    if output.is_none() && ignore.symlink_metadata().is_err() {
        write_whole(&ignore, b"*\n")?;
    }
    Ok(folder)
}

/// The commit the papers are made of; none outside git, or before the first commit.
pub(super) fn provenance(context: &Context, rev: Option<&str>) -> Result<Option<git::Provenance>, Error> {
    if let Some(revision) = rev {
        return History::require(&context.root)?.provenance_of(revision).map(Some);
    }
    match History::open(&context.root)? {
        Opened::None => Ok(None),
        Opened::Repository(history) => history.provenance(),
    }
}

fn report(
    ui: &mut Ui<'_>,
    context: &Context,
    year: &Year<'_>,
    coverage: &Coverage,
    written: &[Written],
    provenance: Option<&git::Provenance>,
    ignored: bool,
) -> Result<(), Error> {
    let papers: std::collections::BTreeSet<usize> = written.iter().map(|paper| paper.department).collect();
    let (ja, number, count) = (year.year.ja(), year.year, papers.len());
    let mut text = ui.lang.pick(
        format!("{ja}  面談資料を作りました（{count}部）\n\n"),
        format!("fiscal year {number}: papers of {count} departments written\n\n"),
    );
    let shown = |path: &Path| path.strip_prefix(&context.root).unwrap_or(path).display().to_string().replace('\\', "/");
    for Written { path, department, pages } in written {
        let missing = Summary::of_department(&coverage.leaves, *department).missing;
        let mut notes = Vec::new();
        if let Some(pages) = pages {
            let number = crate::date::city_digits(u32::try_from(*pages).unwrap_or(u32::MAX));
            notes.push(ui.lang.pick(format!("{number}ページ"), format!("{pages} pages")));
        }
        if missing > 0 {
            notes.push(ui.lang.pick(format!("未記載 {missing}"), format!("missing {missing}")));
        }
        let line = format!(
            "  {}  {} {}",
            pad(&shown(path), 42),
            pad(year.departments[*department].name(), 14),
            notes.join(" ")
        );
        text.push_str(&format!("{}\n", line.trim_end()));
    }
    text.push('\n');
    if let Some(commit) = provenance
        && !commit.changed.is_empty()
    {
        let names: Vec<&str> =
            commit.changed.iter().take(4).map(|path| path.rsplit('/').next().unwrap_or(path)).collect();
        let (names, more) = (names.join("、"), commit.changed.len().saturating_sub(4));
        let more = if more > 0 {
            ui.lang.pick(format!("、ほか {more}件"), format!(" and {more} more"))
        } else {
            String::new()
        };
        text.push_str(&ui.lang.pick(
            format!("コミットしていない変更を含みます（{names}{more}）。各ページにそう印字しました。\n"),
            format!("They hold changes that are not committed ({names}{more}); every page says so.\n"),
        ));
    }
    text.push_str(ui.lang.pick("取扱注意の資料です。", "Handle with care."));
    if ignored {
        text.push_str(ui.lang.pick("packets/ は git の対象外です。", " packets/ is not kept in git."));
    }
    text.push('\n');
    ui.screen(&text)
}
