//! `kpolicy rollover YEAR`: the next year's folders from last year's. What is there is left as it is,
//! so that it can be run again after the memo or the organization was changed.

mod screen;

use std::path::Path;

use crate::city::{City, YearFiles};
use crate::cli::Global;
use crate::commands::context::{Context, root};
use crate::commands::new::{Begun, Desk, begin};
use crate::date::FiscalYear;
use crate::error::{Error, Exit};
use crate::place::FileId;
use crate::store::{Snapshot, create_all, read_work_tree, write_whole};
use crate::ui::Ui;
use crate::{rollover, say, schema};

/// Options of `rollover`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 始める年度（2026、r8、令和８年度）|The fiscal year to begin (2026, r8)
    #[arg(value_name = "年度|YEAR")]
    pub new_year: String,
}

/// What a run makes.
struct Made {
    /// The policy side.
    policy: Vec<(String, String)>,
    plans: Vec<Begun>,
    /// Schemas that are new or out of date.
    schemas: Vec<(String, String)>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let year = FiscalYear::parse_typed(&args.new_year).ok_or_else(|| {
        let text = &args.new_year;
        Error::usage(say!("年度「{text}」が分かりません。", "{text} is no fiscal year."))
            .hint(say!("例: kpolicy rollover 2026、kpolicy rollover r8", "For example: kpolicy rollover 2026"))
    })?;
    let root = root(global)?;
    let mut snapshot = read_work_tree(&root)?;
    let policy = policy_side(&City::load(&snapshot), &root, year)?;
    for (path, text) in &policy {
        snapshot.overlay(path, text.as_bytes().to_vec());
    }
    let desk = Desk::of(global, root.clone(), snapshot, year)?;
    let absent: Vec<String> =
        desk.departments()?.into_iter().filter(|(_, file)| file.is_none()).map(|(id, _)| id).collect();
    let plans = begin(&desk, global, &absent)?;
    let mut snapshot = desk.snapshot;
    for plan in &plans {
        snapshot.overlay(&plan.path, plan.text.as_bytes().to_vec());
    }
    let made = Made { schemas: schemas(&root, &snapshot, year), policy, plans };
    write(&root, &made)?;
    let context = Context::of(global, root, &snapshot)?;
    let built = context.judged(year)?;
    let text = screen::screen(&built, &made, ui.lang);
    ui.screen(&text)?;
    Ok(Exit::Ok)
}

/// The files of the policy side that the year does not have yet.
fn policy_side(city: &City, root: &Path, year: FiscalYear) -> Result<Vec<(String, String)>, Error> {
    let last = year.0.checked_sub(1).map(FiscalYear);
    let past = last.and_then(|last| city.years.get(&last)).ok_or_else(|| no_past(city, year))?;
    let now = city.years.get(&year).cloned().unwrap_or_default();
    let mut files = Vec::new();
    type Slot = fn(&YearFiles) -> Option<FileId>;
    let slots: [(&str, Slot); 4] = [
        ("policy", |files| files.policy),
        ("organization", |files| files.organization),
        ("references", |files| files.references),
        ("interviews", |files| files.interviews),
    ];
    for (name, slot) in slots {
        let path = format!("policy/{year}/{name}.yaml");
        if slot(&now).is_some() || root.join(&path).symlink_metadata().is_ok() {
            continue;
        }
        let old = slot(past).map(|file| city.file(file));
        let text = match (name, old) {
            ("organization", None) => return Err(no_past(city, year)),
            ("organization", Some(old)) => rollover::organization(&old.text, year).ok_or_else(|| unread(&old.path))?,
            ("references", Some(old)) => rollover::references(&old.text, year).ok_or_else(|| unread(&old.path))?,
            _ => rollover::blank(name, year),
        };
        files.push((path, text));
    }
    Ok(files)
}

fn no_past(city: &City, year: FiscalYear) -> Error {
    let last = FiscalYear(year.0.saturating_sub(1));
    let (ja, before) = (year.ja(), last.ja());
    let known: Vec<String> = city.years.keys().map(ToString::to_string).collect();
    let known = if known.is_empty() { "-".to_owned() } else { known.join(", ") };
    Error::usage(say!(
        "{ja}を始められません: {before}の部と課（policy/{last}/organization.yaml）がありません。",
        "fiscal year {year} cannot begin: there is no policy/{last}/organization.yaml to go on from."
    ))
    .hint(say!(
        "ある年度: {known}\n続きでない年度を始めるときは kpolicy init --year {year} です。",
        "years there are: {known}\nkpolicy init --year {year} begins a year that follows none."
    ))
}

fn unread(path: &str) -> Error {
    Error::environment(say!(
        "昨年度の {path} を読めないため、何も作りませんでした。",
        "nothing was written: last year's {path} cannot be read."
    ))
    .hint(say!("kpolicy check {path} で、直す所が分かります。", "kpolicy check {path} tells what to mend."))
}

/// The schemas that are not on disk as they should be.
fn schemas(root: &Path, snapshot: &Snapshot, year: FiscalYear) -> Vec<(String, String)> {
    let files = schema::files(&City::load(snapshot), &[year]);
    let differs =
        |(path, text): &(String, String)| std::fs::read_to_string(root.join(path)).ok().as_ref() != Some(text);
    files.into_iter().filter(differs).collect()
}

/// All new files or none; then the schemas that are out of date, which nobody writes by hand.
fn write(root: &Path, made: &Made) -> Result<(), Error> {
    let is_new = |(path, _): &&(String, String)| root.join(path).symlink_metadata().is_err();
    let plans = made.plans.iter().map(|plan| (plan.path.clone(), plan.text.clone()));
    let new: Vec<(String, String)> =
        made.policy.iter().cloned().chain(plans).chain(made.schemas.iter().filter(is_new).cloned()).collect();
    let stale: Vec<&(String, String)> = made.schemas.iter().filter(|schema| !is_new(schema)).collect();
    create_all(root, &new)?;
    stale.into_iter().try_for_each(|(path, text)| write_whole(&root.join(path), text.as_bytes()))
}
