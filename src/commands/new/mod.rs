//! `kpolicy new`: a plan to be filled in; `--missing`: what a begun plan lacks. A file that is there
//! is never overwritten.

mod begin;
mod complete;

use std::path::PathBuf;

use crate::cli::Global;
use crate::commands::context::{Context, root};
use crate::date::FiscalYear;
use crate::error::{Error, Exit};
use crate::model::PlanDuty;
use crate::say;
use crate::store::{Snapshot, read_work_tree};
use crate::ui::Ui;

pub(super) use begin::{Begun, begin, table};

/// Options of `new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部等（記号、名称、略称）|Departments (id, name or short name)
    #[arg(value_name = "部|DEPT", required_unless_present = "all", conflicts_with = "all")]
    pub departments: Vec<String>,
    /// 計画を出す全ての部等の分を作ります（ある計画はそのままです）|All departments that write a plan; plans that are there stay as they are
    #[arg(long)]
    pub all: bool,
    /// 書きかけの計画に、まだ応えていない項目などの書く場所を加えます（今の内容は変えません）|Add to begun plans a place for what they still lack; nothing that is there changes
    #[arg(long)]
    pub missing: bool,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let desk = Desk::open(global)?;
    let (there, absent) = sort(&desk, args)?;
    let named_twice = (!args.all && !args.missing).then(|| there.first()).flatten();
    if let Some((_, path)) = named_twice {
        return Err(is_there(path));
    }
    let begun = begin(&desk, global, &absent)?;
    let files: Vec<(String, String)> = begun.iter().map(|begun| (begun.path.clone(), begun.text.clone())).collect();
    let completed = if args.missing { complete::complete(&desk, global, &there)? } else { Vec::new() };
    crate::store::create_all(&desk.root, &files)?;
    complete::write(&desk, &completed)?;
    let ja = desk.year.ja();
    let year = desk.year;
    let mut screen = String::new();
    if !begun.is_empty() {
        let words = say!("{ja}  計画のひな型を作りました\n\n", "Fiscal year {year}: plans to be filled in\n\n");
        screen = format!("{}{}", words.get(ui.lang), table(&begun, ui.lang));
    }
    if args.missing {
        screen.push_str(&complete::words(&completed, ui.lang));
    } else if !there.is_empty() {
        let (count, names) =
            (there.len(), there.iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>().join("\n  "));
        let words = say!(
            "\nもうある計画 {count}件は、そのままにしました（足りない所は --missing で加えられます）\n  {names}\n",
            "\n{count} plans that are there stay as they are (--missing adds what they lack)\n  {names}\n"
        );
        screen.push_str(words.get(ui.lang));
    }
    screen.push_str(&next(&begun, &completed, ui.lang));
    ui.screen(screen.trim_start_matches('\n'))?;
    Ok(Exit::Ok)
}

/// The one next command.
fn next(begun: &[Begun], completed: &[complete::Completed], lang: crate::lang::Lang) -> String {
    let names: Vec<&str> = begun
        .iter()
        .map(|begun| begun.name.as_str())
        .chain(completed.iter().filter(|completed| completed.changes()).map(|completed| completed.name.as_str()))
        .collect();
    let typed = match names.as_slice() {
        [] => return String::new(),
        [name] => format!("kpolicy check {name}"),
        _ => "kpolicy check".to_owned(),
    };
    let words = say!(
        "\n「（記入）」を探して書き換えます（点検は {typed}）\n",
        "\nLook for （記入） and write over it ({typed} checks)\n"
    );
    words.get(lang).to_owned()
}

/// The city, and the year that plans are written for.
pub(super) struct Desk {
    /// The city's folder.
    pub(super) root: PathBuf,
    /// Its files.
    pub(super) snapshot: Snapshot,
    /// Which year.
    pub(super) year: FiscalYear,
    /// The city as it was read.
    context: Context,
}

impl Desk {
    fn open(global: &Global) -> Result<Desk, Error> {
        let root = root(global)?;
        let snapshot = read_work_tree(&root)?;
        let context = Context::of(global, root.clone(), &snapshot)?;
        let year = context.one_year()?;
        Ok(Desk { root, snapshot, year, context })
    }

    /// The same city with other files, for another year.
    pub(super) fn of(global: &Global, root: PathBuf, snapshot: Snapshot, year: FiscalYear) -> Result<Desk, Error> {
        let context = Context::of(global, root.clone(), &snapshot)?;
        Ok(Desk { root, snapshot, year, context })
    }

    /// The departments that write a plan, by id, with the file where there is one: all that must, and
    /// those that may and do.
    pub(super) fn departments(&self) -> Result<Vec<(String, Option<String>)>, Error> {
        let year = self.context.judged(self.year)?;
        let units = year.docs.organization.departments.iter().filter(|unit| unit.plan != PlanDuty::None);
        let mut departments: Vec<(String, Option<String>)> = Vec::new();
        for unit in units {
            let id = &unit.id.value;
            let file = year.files.plans.get(id).map(|file| self.context.city.file(*file).path.clone());
            let counts = unit.plan == PlanDuty::Required || file.is_some();
            if counts && !departments.iter().any(|(other, _)| other == id) {
                departments.push((id.clone(), file));
            }
        }
        Ok(departments)
    }

    /// A department as typed, with its file.
    fn department(&self, text: &str) -> Result<(String, Option<String>), Error> {
        let id = self.context.department(text)?;
        let year = self.context.judged(self.year)?;
        let unit = year.docs.organization.departments.iter().find(|unit| unit.id.value == id);
        if !unit.is_some_and(|unit| unit.plan != PlanDuty::None) {
            let (ja, number) = (self.year.ja(), self.year);
            return Err(Error::usage(say!(
                "{text}は、{ja}に計画を作る部等ではありません。",
                "{text} writes no plan in fiscal year {number}."
            ))
            .hint(say!(
                "計画を作るときは、policy/{number}/organization.yaml の plan を required か voluntary に変えてください。",
                "If it shall, set plan to required or voluntary in policy/{number}/organization.yaml."
            )));
        }
        let file = year.files.plans.get(&id).map(|file| self.context.city.file(*file).path.clone());
        Ok((id, file))
    }
}

/// A department's id and its file.
type There = (String, String);

/// The departments asked for: those whose file is there, and those without.
fn sort(desk: &Desk, args: &Args) -> Result<(Vec<There>, Vec<String>), Error> {
    let asked = match args.all {
        true => desk.departments()?,
        false => args.departments.iter().map(|text| desk.department(text)).collect::<Result<_, _>>()?,
    };
    let (mut there, mut absent) = (Vec::new(), Vec::new());
    for (id, file) in asked {
        match file {
            Some(path) if !there.contains(&(id.clone(), path.clone())) => there.push((id, path)),
            None if !absent.contains(&id) => absent.push(id),
            _ => {}
        }
    }
    Ok((there, absent))
}

fn is_there(path: &str) -> Error {
    let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path);
    Error::usage(say!("{path} がもうあるため、何も作りませんでした。", "nothing was written: {path} is there already."))
        .hint(say!(
            "足りない所を書き足すときは kpolicy new {stem} --missing です（今の内容は変わりません）。",
            "kpolicy new {stem} --missing adds what it lacks, and changes nothing that is there."
        ))
}
