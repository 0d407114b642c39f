//! `kpolicy handover`: the papers for a successor in one department, whole or not at all.

mod past;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap_complete::engine::ArgValueCompleter;

use crate::city::year::Year;
use crate::cli::Global;
use crate::commands::context::{Context, departments};
use crate::commands::packet::render::{Failure, date, ending, render};
use crate::commands::packet::{folder, fonts};
use crate::completion;
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::handover::{Handover, Options, build, posts};
use crate::lang::Lang;
use crate::links::Links;
use crate::nearest::{fold, nearest};
use crate::packet::{Inputs, Provenance};
use crate::report::wrap::pad;
use crate::report::{escape, pages};
use crate::say;
use crate::store::write_whole;
use crate::ui::Ui;

/// Options of `handover`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）|The department
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::departments))]
    pub department: String,
    /// 引き継ぐ職。省くと部の全ての職|The post; all of the department's unless given
    #[arg(long, value_name = "職|POST")]
    pub post: Option<String>,
    /// 形式（コンマで区切って複数）|Formats, separated by commas
    #[arg(long, value_name = "形式|FORMAT", value_delimiter = ',', value_parser = ["pdf", "html", "markdown", "json"], default_value = "pdf")]
    pub format: Vec<String>,
    /// 書き出すフォルダー（省くと packets/年度）|Folder to write to (packets/YEAR unless said)
    #[arg(short, long, value_name = "フォルダー|DIR")]
    pub output: Option<PathBuf>,
    /// PDF の書体にない字を探すフォルダー|Folder of fonts for characters that the PDF's own lack
    #[arg(long, value_name = "フォルダー|DIR", hide_short_help = true)]
    pub font_dir: Option<PathBuf>,
    /// git のこの版について作ります|Of this git revision
    #[arg(long, value_name = "版|REV", hide_short_help = true)]
    pub rev: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, args.rev.as_deref())?;
    let year = context.shown(ui)?;
    let department = departments(&context, &year, std::slice::from_ref(&args.department))?.first().copied();
    let department = department.unwrap_or_default();
    let post = args.post.as_deref().map(|post| known_post(&year, department, post)).transpose()?;
    let source = context.provenance(args.rev.as_deref())?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let path = format!("departments/{}/{}.yaml", year.year, year.departments[department].id());
    let path = year.departments[department].file.map_or(path, |file| context.city.file(file).path.clone());
    let past = past::read(&context, &path, args.rev.as_deref(), source.as_ref(), ui.lang)?;
    let provenance = match (&args.rev, source) {
        (Some(revision), Some(found)) => Provenance::Revision {
            revision: revision.clone(),
            commit: found.commit,
            date: crate::packet::Day(found.date),
        },
        (_, source) => Provenance::from(source),
    };
    let options = Options { post, lang: ui.lang, provenance };
    let inputs = Inputs { year: &year, links: &links, coverage: &coverage, department, findings: &[] };
    let handover = build(inputs, past, &options);
    let fonts = match args.format.iter().any(|format| format == "pdf") {
        true => Some(fonts::Set::open(args.font_dir.as_deref(), &context.city)?),
        false => None,
    };
    let made = make(&handover, &args.format, fonts.as_ref(), ui.lang).map_err(|failure| match failure {
        Failure::Absent(absent) => refuse(&context, &year, department, fonts.as_ref(), absent),
        Failure::Other(error) => error,
    })?;
    let folder = folder(&context, args.output.as_deref(), &year)?;
    let mut written = Vec::new();
    for (format, bytes, pages) in made {
        // Names come from ids only, which are safe as file names.
        let path = folder.join(format!("{}-handover.{}", handover.department.id, ending(format)));
        write_whole(&path, &bytes)?;
        written.push((path, pages));
    }
    ui.screen(&screen(&context, &handover, &written, args.output.is_none(), ui.lang))?;
    Ok(Exit::Ok)
}

/// A post as the department writes it.
fn known_post(year: &Year<'_>, department: usize, asked: &str) -> Result<String, Error> {
    let posts = posts(year, department);
    if let Some(post) = posts.iter().find(|post| fold(post) == fold(asked)) {
        return Ok(post.clone());
    }
    let name = year.departments[department].name();
    let mut error = Error::usage(say!("{name}に「{asked}」という職はありません。", "{name} has no post {asked}."));
    if let Some(near) = nearest(asked, posts.iter().map(String::as_str)) {
        error = error.hint(say!("  もしかして: {near}", "  did you mean: {near}"));
    }
    let (ja, en) = (posts.join("、"), posts.join(", "));
    Err(if posts.is_empty() {
        error.hint(say!("  職の記載がありません。--post を省いてください。", "  No post is written; leave --post out."))
    } else {
        error.hint(say!("  ある職: {ja}", "  posts: {en}"))
    })
}

type Made<'a> = (&'a str, Vec<u8>, Option<usize>);

/// All formats; nothing is written unless all of them can be made.
fn make<'a>(
    handover: &Handover,
    formats: &'a [String],
    fonts: Option<&fonts::Set>,
    lang: Lang,
) -> Result<Vec<Made<'a>>, Failure> {
    let made_on = date(&handover.provenance, handover.day);
    let mut made: Vec<Made<'a>> = Vec::new();
    for format in formats {
        let (bytes, pages) = match (format.as_str(), fonts) {
            ("json", _) => (escape::json(handover).into_bytes(), None),
            ("pdf", Some(set)) => {
                let printable = past::printable(handover, &set.fonts);
                render(&pages::handover(&printable, lang), format, fonts, made_on)?
            }
            _ => render(&pages::handover(handover, lang), format, fonts, made_on)?,
        };
        made.push((format, bytes, pages));
    }
    Ok(made)
}

fn refuse(
    context: &Context,
    year: &Year<'_>,
    department: usize,
    fonts: Option<&fonts::Set>,
    absent: Vec<crate::pdf::Wanted>,
) -> Error {
    let own: Vec<_> = year.departments[department].file.into_iter().collect();
    let mut places = own.clone();
    places.extend(context.city.file_ids().filter(|id| !own.contains(id)));
    let absent: BTreeSet<_> = absent.into_iter().collect();
    let whose = [year.departments[department].name()];
    match fonts {
        Some(set) => set.refuse("引継書", &context.city, &whose, &places, &absent),
        None => Error::environment(say!("PDF を作れません。", "cannot write PDF.")),
    }
}

fn screen(
    context: &Context,
    handover: &Handover,
    written: &[(PathBuf, Option<usize>)],
    ignored: bool,
    lang: Lang,
) -> String {
    let (ja, number) = (crate::date::FiscalYear(handover.fiscal_year).ja(), handover.fiscal_year);
    let name = &handover.department.name;
    let mut text = lang.pick(
        format!("{ja}  {name}の引継書を作りました\n\n"),
        format!("fiscal year {number}: handover papers of {name} written\n\n"),
    );
    let shown = |path: &Path| path.strip_prefix(&context.root).unwrap_or(path).display().to_string().replace('\\', "/");
    for (path, pages) in written {
        let pages = pages.map_or_else(String::new, |pages| {
            let number = crate::date::city_digits(u32::try_from(pages).unwrap_or(u32::MAX));
            lang.pick(format!("{number}ページ"), format!("{pages} pages"))
        });
        text.push_str(&format!("  {}\n", format!("{}  {pages}", pad(&shown(path), 42)).trim_end()));
    }
    text.push('\n');
    let unmet = handover.goals.iter().filter(|goal| goal.unmet).count();
    let (goals, open) = (handover.goals.len(), handover.open_matters.len());
    text.push_str(&lang.pick(
        format!("目標 {goals}（届いていないもの {unmet}）、残っていること {open}\n"),
        format!("goals: {goals} (not reached: {unmet}), open matters: {open}\n"),
    ));
    if handover.records.iter().any(|record| record.withheld) {
        text.push_str(lang.pick(
            "発令の前のため、氏名は載せていません。\n",
            "The appointment is not in force yet, so no names are printed.\n",
        ));
    }
    if !handover.past.in_git {
        text.push_str(lang.pick(
            "git 管理外のため、年度内の変更とその理由は空欄です。\n",
            "Not kept in git, so nothing tells what changed and why.\n",
        ));
    } else if handover.past.uncommitted {
        text.push_str(lang.pick(
            "コミットしていない変更を含みます。各ページにそう印字しました。\n",
            "They hold changes that are not committed; every page says so.\n",
        ));
    }
    text.push_str(lang.pick("取扱注意の資料です。", "Handle with care."));
    if ignored {
        text.push_str(lang.pick("packets/ は git の対象外です。", " packets/ is not kept in git."));
    }
    text.push('\n');
    text
}
