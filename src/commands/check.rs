//! `kpolicy check`: the whole city is validated, the findings of the named places are reported.

use std::path::PathBuf;

use crate::city::City;
use crate::cli::Global;
use crate::commands::context::{Context, root, write_result};
use crate::commands::mend;
use crate::error::{Error, Exit};
use crate::finding::Finding;
use crate::model::Level;
use crate::place::FileId;
use crate::report::text::{Counts, Screen};
use crate::report::{concise, json, markdown};
use crate::rules::{self, Judgement};
use crate::source::Readable;
use crate::store::git::History;
use crate::store::read_work_tree;
use crate::ui::Ui;
use crate::{rules::Rule, say};

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）又はファイル。- は標準入力。省くと全体|Departments or files; - reads stdin; all unless named
    #[arg(value_name = "部|DEPT")]
    pub targets: Vec<String>,
    /// 直し方の決まっているものを直します|Mend what has a certain fix
    #[arg(long, conflicts_with = "rev")]
    pub fix: bool,
    /// 書き込まずに変更案を示します|Show what would change; write nothing
    #[arg(long, conflicts_with = "rev")]
    pub diff: bool,
    /// 人の目で確かめたい直し方も使います|Use fixes that a person should look at, too
    #[arg(
        long,
        conflicts_with = "rev",
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub unsafe_fixes: bool,
    /// 要確認も詳しく示します|Show warnings in full
    #[arg(long)]
    pub warnings: bool,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["text", "concise", "json", "markdown"], default_value = "text", hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators")]
    pub format: String,
    /// この重さ以上の指摘があれば終了コードを 1 にします|Exit 1 at findings of this level or over
    #[arg(long, value_name = "重さ|LEVEL", value_parser = ["error", "warning", "info", "never"], default_value = "error", hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators")]
    pub fail_level: String,
    /// この点検だけを行います（番号、K2 のような組、名前）|Report only these rules (code, family such as K2, or name)
    #[arg(
        long,
        value_name = "番号|CODE",
        value_delimiter = ',',
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub select: Vec<String>,
    /// この点検を行いません|Leave these rules out
    #[arg(
        long,
        value_name = "番号|CODE",
        value_delimiter = ',',
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub ignore: Vec<String>,
    /// 詳しく示す指摘の数の上限（0 は全て）|Most findings shown in full (0: all)
    #[arg(
        long,
        value_name = "数|N",
        default_value_t = 100,
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub max_diagnostics: usize,
    /// 標準入力の内容を、このファイルのものとして点検します|Where the text on stdin belongs
    #[arg(
        long,
        value_name = "ファイル|FILE",
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub stdin_filename: Option<String>,
    /// git のこの版を点検します|Check this git revision
    #[arg(
        long,
        value_name = "版|REV",
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub rev: Option<String>,
}

/// Which findings to report.
enum Wanted {
    All,
    /// Some departments and files.
    Some {
        departments: Vec<String>,
        files: Vec<FileId>,
    },
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let mut context = open(global, args)?;
    let filter = Filter::new(args)?;
    if args.fix || args.diff || args.unsafe_fixes {
        let wanted = wanted(&context, args)?;
        let take = |city: &City, finding: &Finding| filter.takes(finding.rule) && wanted.takes(city, finding);
        let (mended, exit) = mend::run(ui, &context, args, &take)?;
        if args.diff {
            return Ok(exit);
        }
        context.city = City::load(&mended);
    }
    let wanted = wanted(&context, args)?;
    let years = context.years();
    let judgement = rules::judge(&context.city, &years, context.day, context.asked.is_some())?;
    say_what_was_left_out(ui, &context, &judgement);
    let findings: Vec<&Finding> = judgement
        .findings
        .iter()
        .filter(|finding| filter.takes(finding.rule) && wanted.takes(&context.city, finding))
        .filter(|finding| of_year(&context, finding.place.file))
        .collect();
    let text = render(ui, &context, args, &judgement, &findings, &wanted);
    write_result(ui, args.output.as_deref(), &text)?;
    let fail = Level::from_id(&args.fail_level);
    let failed = fail.is_some_and(|fail| findings.iter().any(|finding| finding.level >= fail));
    Ok(if failed { Exit::Findings } else { Exit::Ok })
}

fn open(global: &Global, args: &Args) -> Result<Context, Error> {
    let stdin = args.targets.iter().any(|target| target == "-");
    if !stdin {
        if args.stdin_filename.is_some() {
            return Err(Error::usage(say!(
                "--stdin-filename は、標準入力（-）を点検するときに使います。",
                "--stdin-filename goes with -, which reads stdin."
            ))
            .hint(say!(
                "例: kpolicy check - --stdin-filename departments/2025/somu.yaml",
                "For example: kpolicy check - --stdin-filename departments/2025/somu.yaml"
            )));
        }
        return Context::open(global, args.rev.as_deref());
    }
    let root = root(global)?;
    let mut snapshot = match &args.rev {
        Some(revision) => History::require(&root)?.snapshot(revision)?,
        None => read_work_tree(&root)?,
    };
    let name = args.stdin_filename.as_deref().ok_or_else(|| {
        Error::usage(say!("標準入力がどのファイルの内容かを示してください。", "say which file the text on stdin is."))
            .hint(say!(
                "例: kpolicy check - --stdin-filename departments/2025/somu.yaml",
                "For example: kpolicy check - --stdin-filename departments/2025/somu.yaml"
            ))
    })?;
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
    snapshot.overlay(stdin_path(&root, name), bytes);
    Context::of(global, root, &snapshot)
}

fn stdin_path(root: &std::path::Path, name: &str) -> String {
    let slashed = name.replace('\\', "/");
    let path = std::path::Path::new(&slashed);
    let below = if path.is_absolute() { crate::store::relative(root, path) } else { None };
    below.unwrap_or_else(|| slashed.trim_start_matches("./").to_owned())
}

/// Which rules to report.
struct Filter {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Filter {
    fn new(args: &Args) -> Result<Filter, Error> {
        for word in args.select.iter().chain(&args.ignore) {
            let mut all = rules::RULES.iter().map(|rule| (rule.code, rule.name)).chain(rules::LATER.iter().copied());
            let known = all.any(|(code, name)| names(word, code, name));
            if !known {
                return Err(Error::usage(say!(
                    "「{word}」という点検の決まりはありません。",
                    "there is no rule {word}."
                ))
                .hint(say!(
                    "例: K301、K3（組）、unanswered-item。一覧は kpolicy explain で見られます。",
                    "For example: K301, K3 (a family), unanswered-item. kpolicy explain lists them."
                )));
            }
        }
        Ok(Filter { select: args.select.clone(), ignore: args.ignore.clone() })
    }

    fn takes(&self, rule: &Rule) -> bool {
        let any = |words: &[String]| words.iter().any(|word| names(word, rule.code, rule.name));
        (self.select.is_empty() || any(&self.select)) && !any(&self.ignore)
    }
}

fn names(word: &str, code: &str, name: &str) -> bool {
    let typed = word.to_ascii_uppercase();
    name == word || (typed.starts_with('K') && typed.len() >= 2 && code.starts_with(&typed))
}

fn wanted(context: &Context, args: &Args) -> Result<Wanted, Error> {
    if args.targets.is_empty() {
        return Ok(Wanted::All);
    }
    let (mut departments, mut files) = (Vec::new(), Vec::new());
    for target in &args.targets {
        if target == "-" {
            let path = args.stdin_filename.as_deref().map(|name| stdin_path(&context.root, name)).unwrap_or_default();
            files.extend(context.city.find(&path));
            continue;
        }
        let path = context.city_path(target);
        let below: Vec<FileId> = path.iter().flat_map(|path| files_at(&context.city, path)).collect();
        if !below.is_empty() {
            let before = files.len();
            files.extend(below.into_iter().filter(|file| of_year(context, *file)));
            if files.len() == before {
                return Err(other_year(context, target));
            }
        } else {
            departments.push(context.department(target)?);
        }
    }
    // A plan named by its path brings the findings about its department, such as K306.
    for file in &files {
        departments.extend(context.city.file(*file).role.department.clone());
    }
    Ok(Wanted::Some { departments, files })
}

/// True for a file of the year asked for, or of none; for every file when no year was asked for.
fn of_year(context: &Context, file: FileId) -> bool {
    let year = context.city.file(file).role.year;
    context.asked.is_none_or(|asked| year.is_none_or(|year| year == asked))
}

fn other_year(context: &Context, target: &str) -> Error {
    let (ja, year) = context.asked.map(|year| (year.ja(), year.to_string())).unwrap_or_default();
    Error::usage(say!("{target} は、{ja}のファイルではありません。", "{target} is no file of fiscal year {year}."))
        .hint(say!("--year を省くか、その年度を示してください。", "Leave --year out, or name the file's year."))
}

/// The file at a path, or those below it.
pub(super) fn files_at<'c>(city: &'c City, path: &'c str) -> impl Iterator<Item = FileId> + 'c {
    // The root itself is the empty path.
    let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
    city.file_ids().filter(move |id| city.file(*id).path == path || city.file(*id).path.starts_with(&folder))
}

impl Wanted {
    fn takes(&self, city: &City, finding: &Finding) -> bool {
        match self {
            Wanted::All => true,
            Wanted::Some { departments, files } => {
                let own = finding.department.as_ref().is_some_and(|id| departments.contains(id));
                let plan = city.file(finding.place.file).role.department.is_some();
                files.contains(&finding.place.file) || (own && (plan || departments.len() >= files.len()))
            }
        }
    }

    /// The department, where just one was asked for.
    fn one(&self) -> Option<String> {
        match self {
            Wanted::Some { departments, .. } => match departments.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            },
            Wanted::All => None,
        }
    }
}

/// With an unreadable policy or organization, most rules cannot run: one line says so.
fn say_what_was_left_out(ui: &mut Ui<'_>, context: &Context, judgement: &Judgement<'_>) {
    for year in judgement.years.iter().filter(|year| year.year.is_none()) {
        let files = context.city.years.get(&year.number);
        let broken = files.into_iter().flat_map(|files| [files.policy, files.organization]).flatten();
        let paths: Vec<&str> = broken
            .map(|id| context.city.file(id))
            .filter(|file| !file.is_readable())
            .map(|file| file.path.as_str())
            .collect();
        let (ja, number, paths) = (year.number.ja(), year.number, paths.join("、"));
        let words = say!(
            "{ja}: {paths} を読めないため、項目や部との照らし合わせ（K201〜K204、K3、K5）は行っていません。",
            "fiscal year {number}: {paths} cannot be read, so nothing was compared with items and departments (K201-K204, K3, K5)."
        );
        ui.note(words.get(ui.lang));
    }
}

fn render(
    ui: &Ui<'_>,
    context: &Context,
    args: &Args,
    judgement: &Judgement<'_>,
    findings: &[&Finding],
    wanted: &Wanted,
) -> String {
    let city = &context.city;
    let counts = counts(city, judgement);
    let numbers: Vec<u16> = judgement.years.iter().map(|year| year.number.0).collect();
    match args.format.as_str() {
        "json" => json::write(city, findings, &counts, &numbers, ui.lang),
        "markdown" => markdown::write(city, findings, ui.lang),
        "concise" => concise::write(city, findings, ui.lang),
        _ => {
            let years: Vec<String> = judgement
                .years
                .iter()
                .map(|year| ui.lang.pick(year.number.ja(), format!("fiscal year {}", year.number)))
                .collect();
            let screen = Screen {
                city,
                findings,
                counts,
                years: years.join(ui.lang.pick("・", ", ")),
                names: context.names(),
                one: wanted.one(),
                warnings: args.warnings || ui.verbose,
                most: if args.max_diagnostics == 0 { usize::MAX } else { args.max_diagnostics },
                lang: ui.lang,
                columns: ui.width,
                color: ui.color && args.output.is_none(),
            };
            screen.text()
        }
    }
}

fn counts<'c>(city: &'c City, judgement: &Judgement<'_>) -> Counts<'c> {
    let judged = |file: &&crate::city::CityFile| file.role.year.is_none_or(|year| judgement.year(year).is_some());
    let files: Vec<_> = city.files.iter().filter(judged).collect();
    let plans = files.iter().filter(|file| file.role.department.is_some()).count();
    let broken = files.iter().filter(|file| file.readable != Readable::Whole).map(|file| file.path.as_str()).collect();
    Counts { files: files.len(), plans, unreadable: broken }
}
