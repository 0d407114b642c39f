//! `kpolicy import memo`: the memo as it was handed out becomes the year's `policy.yaml`.

mod file;

use std::path::{Path, PathBuf};

use crate::city::{City, CityFile, Doc};
use crate::cli::Global;
use crate::commands::context::root;
use crate::date::{Date, FiscalYear};
use crate::error::{Error, Exit};
use crate::memo::{self, Amended, Memo, NotAmended, Options, Unit};
use crate::model::{PlanDuty, Policy};
use crate::report::diff::unified;
use crate::report::memo::{Read, sheet, text};
use crate::say;
use crate::source::apply;
use crate::store::{create_all, read_work_tree, replace, write_whole};
use crate::ui::{Ui, harmless, without_commands};

/// Options of `import memo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 基本方針の文書（文字のファイル又は PDF）|The memo (text or PDF)
    #[arg(value_name = "ファイル|FILE")]
    pub file: PathBuf,
    /// 書き込まずに変更案を示します|Write nothing; show what would change
    #[arg(long)]
    pub diff: bool,
    /// 今の policy.yaml の言葉を、文書の言葉に置き換えます|Replace words of the present policy.yaml by the memo's
    #[arg(long)]
    pub overwrite: bool,
    /// 年度の途中の改正のとき、その日（省くと文書の日付）|The day of a revision within the year (the memo's date unless said)
    #[arg(long, value_name = "日付|DATE")]
    pub since: Option<String>,
    /// 原文の行ごとの取り込み先（確認表）を書くファイル。- で画面に示します|Write a proof sheet of every source line to this file; - shows it
    #[arg(long, value_name = "ファイル|FILE")]
    pub sheet: Option<PathBuf>,
}

/// What is done to `policy.yaml`.
struct Plan {
    path: String,
    before: Option<String>,
    after: String,
    amended: Option<Amended>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let root = root(global)?;
    let since = args.since.as_deref().map(day).transpose()?;
    let mut memo = Memo::read(&file::read(&args.file)?);
    let said = year_of(&memo);
    let Some(year) = global.year()?.or(said) else { return Err(no_year()) };
    if let Some(said) = said.filter(|said| *said != year) {
        memo.doubt_year(said, year);
    }
    let city = City::load(&read_work_tree(&root)?);
    if let Some(past) = policy_before(&city, year) {
        memo.follow(past);
    }
    memo.name_units(&units(&city, year));
    let plan = plan(&city, &memo, year, Options { since, overwrite: args.overwrite })?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let registered = registered(&city, year);
    let read = Read {
        memo: &memo,
        name: &name,
        year,
        registered: &registered,
        amended: plan.amended.as_ref(),
        lang: ui.lang,
        width: ui.width,
    };
    let mut screen = text(&read);
    if let Some(path) = &args.sheet {
        let sheet = sheet(&memo, &name, year, ui.lang);
        if path == Path::new("-") {
            screen = format!("{sheet}\n{screen}");
        } else {
            write_whole(path, sheet.as_bytes())?;
        }
    }
    finish(ui, args, &root, &plan, &memo, screen)
}

/// Shows or writes, and says what is next.
fn finish(
    ui: &mut Ui<'_>,
    args: &Args,
    root: &Path,
    plan: &Plan,
    memo: &Memo,
    mut screen: String,
) -> Result<Exit, Error> {
    let same = plan.before.as_deref() == Some(plan.after.as_str());
    let kept = plan.amended.iter().flat_map(|amended| &amended.changes).filter(|change| change.overwrites()).count();
    let kept = if args.overwrite { 0 } else { kept };
    if memo.items().next().is_none() {
        return Err(nothing_read(&args.file));
    }
    if !args.diff && !same {
        write(root, plan)?;
    }
    screen.push('\n');
    screen.push_str(&ending(ui, args, plan, (same, kept), memo));
    if args.diff {
        let before = plan.before.as_deref().unwrap_or_default();
        let difference = if same { String::new() } else { unified(&plan.path, before, &plan.after, ui.color) };
        ui.print(&difference)?;
        ui.note(screen.trim_end());
    } else {
        ui.print(&without_commands(&harmless(&screen)))?;
    }
    let clean = memo.doubts().next().is_none() && kept == 0 && (same || !args.diff);
    Ok(if clean { Exit::Ok } else { Exit::Findings })
}

/// Writes the file: a new one with its folder or not at all, a present one only as it was read.
fn write(root: &Path, plan: &Plan) -> Result<(), Error> {
    let Some(before) = &plan.before else {
        return create_all(root, &[(plan.path.clone(), plan.after.clone())]);
    };
    replace(root, &plan.path, before.as_bytes(), plan.after.as_bytes()).map_err(|why| why.explained(&plan.path))
}

/// What was written, what is left to decide, and the next command.
fn ending(ui: &Ui<'_>, args: &Args, plan: &Plan, (same, kept): (bool, usize), memo: &Memo) -> String {
    let path = &plan.path;
    let mut out = match (same, args.diff) {
        (true, _) => String::new(),
        (false, false) => ui.lang.pick(format!("{path} に書きました。\n"), format!("Written to {path}.\n")),
        (false, true) => ui.lang.pick("まだ書き込んでいません。\n".to_owned(), "Nothing is written yet.\n".to_owned()),
    };
    if kept > 0 {
        out.push_str(&ui.lang.pick(
            format!("今の言葉を残した所 {kept}。文書の言葉に置き換えるには --overwrite を付けてください。\n"),
            format!("Words kept as they are: {kept}. --overwrite replaces them by the memo's.\n"),
        ));
    }
    let doubts = memo.doubts().count();
    if doubts > 0 {
        out.push_str(&ui.lang.pick(
            format!("判断できない所が {doubts}か所あります。原本と比べ、policy.yaml を直してください。\n"),
            format!("{doubts} places could not be decided. Compare with the original and mend policy.yaml.\n"),
        ));
    }
    let marks = plan.after.matches("（確認）").count();
    if marks > 0 {
        out.push_str(&ui.lang.pick(
            format!("案に付けた（確認）の印 {marks}。確かめたら消してください。\n"),
            format!("Proposals marked （確認）, to be confirmed: {marks}.\n"),
        ));
    }
    let file = args.file.display();
    let next = match (args.diff, args.sheet.is_some()) {
        _ if same && doubts == 0 => return out,
        (true, _) => format!("kpolicy import memo {file}"),
        (false, false) => format!("kpolicy import memo {file} --sheet -"),
        (false, true) => format!("kpolicy check {path}"),
    };
    out.push_str(&ui.lang.pick(format!("次にすること: {next}\n"), format!("Next: {next}\n")));
    out
}

/// The file as it would be.
fn plan(city: &City, memo: &Memo, year: FiscalYear, options: Options) -> Result<Plan, Error> {
    let present = city.years.get(&year).and_then(|files| files.policy).map(|id| city.file(id));
    let Some(file) = present else {
        let after = memo::write_policy(memo, year);
        return Ok(Plan { path: format!("policy/{year}/policy.yaml"), before: None, after, amended: None });
    };
    if !file.is_readable() {
        return Err(unreadable(file));
    }
    if memo.front.title.is_some() && memo::is_unwritten(&file.text) {
        let after = memo::write_policy(memo, year);
        return Ok(Plan { path: file.path.clone(), before: Some(file.text.to_string()), after, amended: None });
    }
    let amended = memo::amend(&file.text, memo, options).map_err(|why| match why {
        NotAmended::Unreadable => unreadable(file),
        NotAmended::Refused(at) => refused(file, at),
    })?;
    let after = apply(&file.text, &amended.edits).text.into_owned();
    Ok(Plan { path: file.path.clone(), before: Some(file.text.to_string()), after, amended: Some(amended) })
}

/// The policy of the year before.
fn policy_before(city: &City, year: FiscalYear) -> Option<&Policy> {
    let last = year.0.checked_sub(1).map(FiscalYear)?;
    city.file(city.years.get(&last)?.policy?).policy()
}

/// The departments and divisions of the year, else of the year before.
fn units(city: &City, year: FiscalYear) -> Vec<Unit> {
    let of = |year: FiscalYear| match &city.file(city.years.get(&year)?.organization?).doc {
        Doc::Organization(organization) if !organization.departments.is_empty() => Some(organization),
        _ => None,
    };
    let last = year.0.checked_sub(1).map(FiscalYear);
    let Some(organization) = of(year).or_else(|| of(last?)) else { return Vec::new() };
    let mut units = Vec::new();
    for department in &organization.departments {
        let (id, plans) = (&department.id.value, department.plan == PlanDuty::Required);
        units.extend(department.name.as_ref().map(|name| Unit { id: id.clone(), name: name.value.to_string(), plans }));
        units.extend(department.divisions.iter().filter_map(|division| {
            let name = division.name.as_ref()?.value.to_string();
            Some(Unit { id: format!("{id}/{}", division.id.value), name, plans })
        }));
    }
    units
}

/// The registered titles of a year.
fn registered(city: &City, year: FiscalYear) -> Vec<(String, String)> {
    let file = city.years.get(&year).and_then(|files| files.references).map(|id| &city.file(id).doc);
    let Some(Doc::References(references)) = file else { return Vec::new() };
    let titled = references.references.iter().filter_map(|entry| Some((entry.title.as_ref()?, &entry.id)));
    titled.map(|(title, id)| (title.value.to_string(), id.value.to_string())).collect()
}

/// The year that the title names.
fn year_of(memo: &Memo) -> Option<FiscalYear> {
    let title = memo.front.title.as_ref()?;
    let end = title.find("年度")? + "年度".len();
    let starts = title[..end].char_indices().map(|(at, _)| at);
    starts.filter_map(|at| FiscalYear::parse_typed(&title[at..end])).next()
}

fn day(text: &str) -> Result<Date, Error> {
    Date::parse_iso(text).or_else(|| Date::parse_loose(text)).ok_or_else(|| {
        Error::usage(say!("日付「{text}」が分かりません。", "{text} is no date."))
            .hint(say!("例: --since 2025-10-01", "For example: --since 2025-10-01"))
    })
}

fn no_year() -> Error {
    Error::usage(say!("どの年度の基本方針か分かりません。", "it is not clear for which fiscal year the memo is."))
        .hint(say!("例: kpolicy import memo 文書.txt --year 2026", "For example: kpolicy import memo FILE --year 2026"))
}

fn nothing_read(path: &Path) -> Error {
    let name = path.display();
    Error::environment(say!("「{name}」から項目を読み取れませんでした。", "no item was found in {name}."))
        .hint(say!("基本方針の文書かどうかを確かめてください。", "Check that this is the memo."))
}

fn unreadable(file: &CityFile) -> Error {
    let path = &file.path;
    Error::environment(say!("今の {path} を読めないため、取り込めません。", "the present {path} cannot be read."))
        .hint(say!("kpolicy check {path} で、直す所が分かります。", "kpolicy check {path} tells what to mend."))
}

fn refused(file: &CityFile, at: usize) -> Error {
    let path = &file.path;
    let line = file.lines().line(u32::try_from(at).unwrap_or(u32::MAX));
    Error::environment(say!(
        "{path} の {line}行は、書き加えられない形です。",
        "line {line} of {path} has a form that cannot be written into."
    ))
    .hint(say!(
        "括弧 {{ }} [ ] を使わず、１つを１行に書き直してください。",
        "Write it without brackets, one entry a line."
    ))
}
