//! `check --fix`: the certain fixes, tried in memory and then written whole; `--diff` shows them.

use crate::city::City;
use crate::commands::check::Args;
use crate::commands::context::Context;
use crate::error::{Error, Exit};
use crate::finding::Finding;
use crate::fix::{Choice, FixedFile, Outcome, fix};
use crate::report::diff::unified;
use crate::store::{Snapshot, read_work_tree, write_whole};
use crate::ui::{Ui, harmless};
use crate::{rules, say};

/// Fixes what `wanted` takes; returns the files as they are afterwards.
pub(super) fn run(
    ui: &mut Ui<'_>,
    context: &Context,
    args: &Args,
    wanted: &dyn Fn(&City, &Finding) -> bool,
) -> Result<(Snapshot, Exit), Error> {
    if args.targets.iter().any(|target| target == "-") {
        return Err(Error::usage(say!("標準入力の内容は直せません。", "text on stdin cannot be mended."))
            .hint(say!("部又はファイルを示してください。", "Name a department or a file.")));
    }
    let mut snapshot = read_work_tree(&context.root)?;
    let years = context.years();
    let judge = |city: &City| Ok(rules::judge(city, &years, context.day, context.asked.is_some())?.findings);
    let outcome = fix(&snapshot, &Choice { all: args.unsafe_fixes, wanted, judge: &judge })?;
    if args.diff {
        let text: String =
            outcome.files.iter().map(|file| unified(&file.path, &file.before, &file.after, ui.color)).collect();
        ui.print(&text)?;
    }
    for file in &outcome.files {
        if !args.diff {
            write_whole(&context.root.join(&file.path), file.after.as_bytes())?;
        }
        snapshot.overlay(file.path.clone(), file.after.clone().into_bytes());
    }
    let summary = summary(ui, &outcome, args.diff);
    if args.output.format == "text" || args.diff {
        ui.note(summary.trim_end());
    }
    Ok((snapshot, if outcome.files.is_empty() { Exit::Ok } else { Exit::Findings }))
}

/// What was mended, what was held back, and which flag frees it.
fn summary(ui: &Ui<'_>, outcome: &Outcome, only_shown: bool) -> String {
    let (count, files) = (outcome.applied(), outcome.files.len());
    let mut text = if count == 0 {
        ui.lang.pick("直し方の決まっているものはありません。\n", "Nothing has a certain fix.\n").to_owned()
    } else if only_shown {
        ui.lang.pick(
            format!("{count}か所を直せます（{files}ファイル）。直すには --diff を付けずに --fix を使います。\n"),
            format!("{count} can be mended in {files} files. Use --fix without --diff to mend them.\n"),
        )
    } else {
        ui.lang.pick(
            format!("{count}か所を直しました（{files}ファイル）。\n"),
            format!("{count} mended in {files} files.\n"),
        )
    };
    text.extend(outcome.files.iter().map(|file| line(file, ui)));
    for (path, held) in &outcome.held {
        let path = harmless(path);
        text.push_str(&ui.lang.pick(
            format!("  {path}  {held}か所は、直すとほかの内容が変わるおそれがあるため、そのままにしました。\n"),
            format!("  {path}: {held} left alone, because mending might change something else.\n"),
        ));
    }
    if outcome.unsafe_left > 0 {
        let left = outcome.unsafe_left;
        text.push_str(&ui.lang.pick(
            format!("人の目で確かめたい直し方が {left}か所あります: --fix --unsafe-fixes --diff で見られます。\n"),
            format!("{left} have a likely fix: look at them with --fix --unsafe-fixes --diff\n"),
        ));
    }
    text
}

/// `departments/2025/somu.yaml  K004 2、K212 1`
fn line(file: &FixedFile, ui: &Ui<'_>) -> String {
    let codes: Vec<String> = file.applied.iter().map(|(code, count)| format!("{code} {count}")).collect();
    format!("  {}  {}\n", harmless(&file.path), codes.join(ui.lang.pick("、", ", ")))
}
