//! `kpolicy rename OLD NEW`: another id, in every place that names it, in all files or in none.

use std::path::Path;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::Global;
use crate::commands::context::Context;
use crate::completion;
use crate::date::FiscalYear;
use crate::error::{Error, Exit};
use crate::place::Place;
use crate::rename::{Outcome, Rename, Renamed, ask, rename};
use crate::report::diff::unified;
use crate::store::{NotReplaced, Rewrite, Unfinished, read_work_tree, replace_all};
use crate::ui::{Ui, harmless};
use crate::{say, schema};

/// Options of `rename`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 今の番号や記号（1-6、1-6-a、somu、somu/bosai、somu:G3、計画・指針の記号）|The id as it is (1-6, 1-6-a, somu, somu/bosai, somu:G3, a registered plan)
    #[arg(value_name = "今|OLD", add = ArgValueCompleter::new(completion::renamed))]
    pub old: String,
    /// 新しい番号や記号|The new id
    #[arg(value_name = "新|NEW")]
    pub new: String,
    /// 書き込まずに変更案を示します|Write nothing; show what would change
    #[arg(long)]
    pub diff: bool,
}

/// Places in texts that are listed; the rest is counted.
const MOST: usize = 10;

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let root = super::context::root(global)?;
    let typed = typed(global, args);
    if let Some(left) = Unfinished::find(&root) {
        let same = left.typed == typed;
        finish(ui, &root, &left, args.diff)?;
        if same {
            return Ok(Exit::Ok);
        }
    }
    let snapshot = read_work_tree(&root)?;
    let context = Context::of(global, root, &snapshot)?;
    let wanted = ask(&context.city, context.asked, &args.old, &args.new)?;
    let outcome = rename(&snapshot, &context.city, &wanted, context.day)?;
    if args.diff {
        let text: String = outcome.files.iter().map(|file| change(ui, file)).collect();
        ui.print(&text)?;
        let summary = summary(ui, &context, &wanted, &outcome, true);
        ui.note(summary.trim_end());
        return Ok(Exit::Findings);
    }
    write(&context, &outcome, &typed)?;
    let summary = summary(ui, &context, &wanted, &outcome, false);
    ui.screen(&summary)?;
    Ok(Exit::Ok)
}

/// The change of one file; of one that only moves, its two names.
fn change(ui: &Ui<'_>, file: &Renamed) -> String {
    let mut text = match &file.to {
        Some(to) => harmless(&format!("{} -> {to}\n", file.path)),
        None => String::new(),
    };
    if file.before != file.after {
        text.push_str(&unified(&file.path, &file.before, &file.after, ui.color));
    }
    text
}

/// The command as it was typed.
fn typed(global: &Global, args: &Args) -> Vec<String> {
    let mut words = vec!["rename".to_owned(), args.old.clone(), args.new.clone()];
    words.extend(global.year.iter().flat_map(|year| ["--year".to_owned(), year.clone()]));
    words
}

/// Finishes what an earlier run began.
fn finish(ui: &mut Ui<'_>, root: &Path, left: &Unfinished, diff: bool) -> Result<(), Error> {
    let command = left.command();
    if diff {
        return Err(Error::environment(say!(
            "前回の {command} が途中で止まったままのため、変更案を示せません。",
            "an earlier {command} was stopped halfway, so no change can be shown."
        ))
        .hint(say!("先に {command} を実行して仕上げてください。", "Finish it first: {command}")));
    }
    let files = left.finish(root)?;
    let count = files.len();
    let mut text = ui.lang.pick(
        format!("途中で止まっていた {command} を仕上げました（{count}ファイル）。\n"),
        format!("Finished {command}, which had been stopped halfway (files: {count}).\n"),
    );
    files.iter().for_each(|path| text.push_str(&format!("  {path}\n")));
    ui.screen(&text)
}

fn write(context: &Context, outcome: &Outcome, typed: &[String]) -> Result<(), Error> {
    let rewrite = |file: &Renamed| Rewrite {
        path: file.path.clone(),
        to: file.to.clone(),
        before: file.before.clone().into_bytes(),
        after: file.after.clone().into_bytes(),
    };
    let files: Vec<Rewrite> = outcome.files.iter().map(rewrite).collect();
    replace_all(&context.root, &files, typed).map_err(|(path, why)| {
        // Of a failure it is said already what became of the others.
        let failed = matches!(why, NotReplaced::Failed(_));
        let error = why.explained(&path);
        if failed {
            error
        } else {
            error.hint(say!("どのファイルも元のままです。", "Every file is as it was."))
        }
    })
}

fn summary(ui: &Ui<'_>, context: &Context, wanted: &Rename, outcome: &Outcome, diff: bool) -> String {
    let (old, new, kind) = (&wanted.old, &wanted.new, wanted.old.kind());
    let (files, count) = (outcome.files.len(), outcome.count());
    let years: Vec<String> = wanted.years.iter().map(|year| year.ja()).collect();
    let numbers: Vec<String> = wanted.years.iter().map(ToString::to_string).collect();
    let (years, numbers, ja, en) = (years.join("・"), numbers.join(", "), kind.ja, kind.en);
    let head = if diff {
        say!(
            "{years}  {ja} {old} を {new} に改められます（{files}ファイル、{count}か所）。改めるには --diff を付けずに行ってください。\n",
            "Fiscal year {numbers}: the {en} {old} can become {new} (files: {files}, places: {count}). Leave --diff out to do it.\n"
        )
    } else {
        say!(
            "{years}  {ja} {old} を {new} に改めました（{files}ファイル、{count}か所）。\n",
            "Fiscal year {numbers}: the {en} {old} is now {new} (files: {files}, places: {count}).\n"
        )
    };
    let mut text = head.get(ui.lang).to_owned();
    if !diff {
        outcome.files.iter().for_each(|file| text.push_str(&line(ui, file)));
    }
    if let Some(link) = &outcome.link {
        let (path, before) = (&context.city.file(link.file).path, FiscalYear(link.year.0.saturating_sub(1)));
        let ja = before.ja();
        let words = say!(
            "{ja}の記号は {old} のままのため、{path} の predecessors に {old} を書き加えて、年度のつながりを残します。\n",
            "Fiscal year {before} keeps {old}; predecessors in {path} now names it, so that the years stay linked.\n"
        );
        text.push_str(words.get(ui.lang));
    }
    text.push_str(&left(ui, context, wanted, &outcome.left));
    if !diff {
        text.push_str(&next(ui, context));
    }
    text
}

fn line(ui: &Ui<'_>, file: &Renamed) -> String {
    let (path, count) = (&file.path, file.count);
    let moved = file.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
    match count {
        0 => format!("  {path}{moved}\n"),
        _ => say!("  {path}{moved}  {count}か所\n", "  {path}{moved}  {count}\n").get(ui.lang).to_owned(),
    }
}

/// Where texts and remarks still say the old id.
fn left(ui: &Ui<'_>, context: &Context, wanted: &Rename, places: &[Place]) -> String {
    if places.is_empty() {
        return String::new();
    }
    let (word, count) = (wanted.old.own_id(), places.len());
    let head = say!(
        "文章や注記の中の「{word}」は、そのままにしました（{count}か所）。見直してください。\n",
        "Texts and remarks that say {word} are left as they are ({count}). Look at them.\n"
    );
    let mut text = head.get(ui.lang).to_owned();
    for place in places.iter().take(MOST) {
        let path = &context.city.file(place.file).path;
        text.push_str(&format!("  {path}:{}\n", context.city.position(*place).line));
    }
    if count > MOST {
        let more = count - MOST;
        text.push_str(say!("  ほか {more}か所\n", "  and {more} more\n").get(ui.lang));
    }
    text
}

/// The one thing to do next: schemas that hold the old id, else a check.
fn next(ui: &Ui<'_>, context: &Context) -> String {
    let Ok(snapshot) = read_work_tree(&context.root) else { return String::new() };
    let city = crate::city::City::load(&snapshot);
    let years: Vec<_> = city.years.keys().copied().collect();
    let stale = schema::files(&city, &years)
        .into_iter()
        .any(|(path, text)| std::fs::read_to_string(context.root.join(path)).is_ok_and(|written| written != text));
    let words = if stale {
        say!(
            "次にすること: kpolicy schema （編集ソフトの入力補助が古くなりました）\n",
            "Next: kpolicy schema (what editors offer is out of date)\n"
        )
    } else {
        say!("次にすること: kpolicy check\n", "Next: kpolicy check\n")
    };
    words.get(ui.lang).to_owned()
}
