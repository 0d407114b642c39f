//! `kpolicy rollover YEAR`: the next year's folders from last year's. What is there is left as it is,
//! so that it can be run again after the memo or the organization was changed.

use std::collections::BTreeSet;
use std::path::Path;

use crate::city::year::Year;
use crate::city::{City, YearFiles};
use crate::cli::Global;
use crate::commands::command;
use crate::commands::context::{Context, root};
use crate::commands::new::{Begun, Desk, begin, table};
use crate::date::FiscalYear;
use crate::error::{Error, Exit};
use crate::lang::{Lang, bi};
use crate::place::FileId;
use crate::skeleton::{self, ItemTurn, Turn};
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
    let text = screen(&built, &made, ui.lang);
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

fn screen(year: &Year<'_>, made: &Made, lang: Lang) -> String {
    let (ja, number) = (year.year.ja(), year.year);
    let nothing = made.policy.is_empty() && made.plans.is_empty();
    let head = if nothing {
        say!("{ja}  新しく作るものはありません。\n", "Fiscal year {number}: there is nothing to create.\n")
    } else {
        say!("{ja}を始めました\n\n", "Fiscal year {number} begins\n\n")
    };
    let mut text = head.get(lang).to_owned();
    text.extend(made.policy.iter().map(|(path, _)| format!("  {path}\n")));
    text.push_str(&table(&made.plans, lang));
    let items = turns(year);
    text.push_str(&items.as_ref().map(|turns| turned(turns, lang)).unwrap_or_default());
    text.push_str(&left_behind(year, lang));
    let last = FiscalYear(year.year.0.saturating_sub(1));
    let before = last.ja();
    text.push_str(
        say!(
            "\n{before}は、policy/{last}/policy.yaml に closed: true と書くまで、続けて点検します。\n年度を示さない命令は{ja}のものになります（{before}は --year {last}）。\n",
            "\nFiscal year {last} is still checked, until policy/{last}/policy.yaml says closed: true.\nCommands that name no year now speak of {number} (--year {last} for the other).\n"
        )
        .get(lang),
    );
    text + &next(year, made, items.is_some(), lang)
}

/// The items of both memos; nothing while one of them is still to be written.
fn turns(year: &Year<'_>) -> Option<Vec<ItemTurn>> {
    let last = FiscalYear(year.year.0.checked_sub(1)?);
    let file = year.city.years.get(&last)?.policy.map(|file| year.city.file(file))?;
    let turns = skeleton::turns(file.policy().filter(|_| file.is_readable())?, year.docs.policy);
    turns.iter().any(|turn| turn.after.is_some()).then_some(turns)
}

/// How many items stay, and which do not.
fn turned(turns: &[ItemTurn], lang: Lang) -> String {
    let count = |wanted: Turn| turns.iter().filter(|turn| turn.turn == wanted).count();
    let (same, changed, new, gone) = (count(Turn::Same), count(Turn::Changed), count(Turn::New), count(Turn::Gone));
    let words = say!(
        "\n基本方針の項目  昨年度と同じ {same}、文言が変わった {changed}、新しい {new}、なくなった {gone}\n",
        "\nItems of the memo: {same} as last year, {changed} reworded, {new} new, {gone} gone\n"
    );
    let mut text = words.get(lang).to_owned();
    for turn in turns {
        let word = match turn.turn {
            Turn::Same if turn.before == turn.after => continue,
            Turn::Same => bi("番号が変わった", "renumbered"),
            Turn::Changed => bi("文言が変わった", "reworded  "),
            Turn::New => bi("新しい        ", "new       "),
            Turn::Gone => bi("なくなった    ", "gone      "),
        };
        let id = turn.after.or(turn.before).map(|id| id.to_string()).unwrap_or_default();
        let was = turn.before.filter(|before| turn.after.is_some_and(|after| after != *before));
        let was =
            was.map(|was| say!("（昨年度は {was}）", " (last year {was})").get(lang).to_owned()).unwrap_or_default();
        text.push_str(&format!("  {}  {id} {}{was}\n", word.get(lang), turn.title));
    }
    text
}

/// Plans of departments that are no more, and last year's goals that nobody goes on with.
fn left_behind(year: &Year<'_>, lang: Lang) -> String {
    let mut text = String::new();
    let known = |id: &str| year.docs.organization.departments.iter().any(|unit| unit.id.value == id);
    let strays: Vec<&str> = year
        .files
        .plans
        .iter()
        .filter(|(id, _)| !known(id))
        .map(|(_, file)| year.city.file(*file).path.as_str())
        .collect();
    if !strays.is_empty() {
        let list = strays.join("\n  ");
        let words = say!(
            "\norganization.yaml にない部の計画があります。ひな型のままなら消してください。\n  {list}\n",
            "\nPlans of departments that organization.yaml does not have; delete them if nobody wrote into them.\n  {list}\n"
        );
        text.push_str(words.get(lang));
    }
    let carried: BTreeSet<*const crate::model::Goal> = (0..year.departments.len())
        .flat_map(|index| skeleton::carried(year, index))
        .map(|it| std::ptr::from_ref(it.goal))
        .collect();
    let last = FiscalYear(year.year.0.saturating_sub(1));
    let mut lost: Vec<String> = Vec::new();
    for (id, file) in year.city.years.get(&last).into_iter().flat_map(|files| &files.plans) {
        let goals = year.city.file(*file).plan().into_iter().flat_map(|plan| &plan.goals);
        let open = goals.filter(|goal| !carried.contains(&std::ptr::from_ref(*goal)));
        lost.extend(open.map(|goal| format!("{id} {} {}", goal.id(), goal.name())));
    }
    if !lost.is_empty() {
        let (count, list) = (lost.len(), lost.join("\n  "));
        let words = say!(
            "\n引き継ぐ部のない昨年度の目標が {count}件あります。引き継ぐ部の predecessors に、前の部を書いてください。\n  {list}\n",
            "\n{count} goals of last year go on nowhere. Name their department in predecessors of the one that goes on with them.\n  {list}\n"
        );
        text.push_str(words.get(lang));
    }
    text
}

/// What comes next.
fn next(year: &Year<'_>, made: &Made, memo: bool, lang: Lang) -> String {
    let number = year.year;
    let imports = command(lang).find_subcommand("import").is_some();
    let mut steps = Vec::new();
    if !memo && imports {
        steps.push(say!(
            "基本方針を取り込みます: kpolicy import memo 文書 --year {number}",
            "Import the memo: kpolicy import memo FILE --year {number}"
        ));
    } else if !memo {
        steps.push(say!(
            "基本方針を書きます: policy/{number}/policy.yaml",
            "Write the memo: policy/{number}/policy.yaml"
        ));
    }
    if made.policy.iter().any(|(path, _)| path.ends_with("/organization.yaml")) {
        steps.push(say!(
            "組織が変わるときは policy/{number}/organization.yaml を直し、もう一度 kpolicy rollover {number}",
            "Where departments change: policy/{number}/organization.yaml, then kpolicy rollover {number} again"
        ));
    }
    if !memo || made.plans.is_empty() {
        steps.push(say!(
            "今の計画に足りない所を加えます: kpolicy new --all --missing --year {number}",
            "Add what the plans lack: kpolicy new --all --missing --year {number}"
        ));
    }
    if memo && !made.plans.is_empty() {
        steps.push(say!(
            "計画の「（記入）」と（確認）を書き換え、kpolicy check",
            "Write over （記入） and confirm （確認）, then kpolicy check"
        ));
    }
    let mut text = lang.pick("\n次にすること\n", "\nnext\n").to_owned();
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&format!("  {} {}\n", index + 1, step.get(lang)));
    }
    text
}
