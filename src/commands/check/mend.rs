//! `check --fix`: the certain fixes, tried in memory and then written whole; `--diff` shows them.

use crate::city::City;
use crate::commands::check::{Args, mended};
use crate::commands::context::Context;
use crate::error::{Error, Exit};
use crate::finding::Finding;
use crate::fix::{Choice, FixedFile, HeldBack, Outcome, Reason, fix};
use crate::report::diff::unified;
use crate::store::{NotReplaced, Snapshot, Unfinished, read_work_tree, replace};
use crate::ui::Ui;
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
    if let Some(left) = Unfinished::find(&context.root) {
        // Edits would make it impossible to finish.
        return Err(Error::environment(left.words(&context.root)));
    }
    let mut snapshot = read_work_tree(&context.root)?;
    let years = context.years();
    let judge = |city: &City| Ok(rules::judge(city, &years, context.day, context.asked.is_some())?.findings);
    let mut outcome = fix(&snapshot, &Choice { all: args.unsafe_fixes, wanted, judge: &judge })?;
    let mut failed = None;
    if args.diff {
        let text: String = outcome.files.iter().map(|file| change(ui, file)).collect();
        ui.print(&text)?;
    } else {
        failed = write(context, &mut outcome);
    }
    for file in &outcome.files {
        snapshot.overlay(file.path.clone(), file.after.clone().into_bytes());
    }
    let summary = mended::summary(ui, &outcome, args);
    // Where the first file could not be written there is nothing to sum up but the refusal.
    let silent = failed.is_some() && outcome.files.is_empty() && outcome.held.is_empty();
    if !silent && (args.output.is_text() || args.diff || failed.is_some()) {
        ui.note(summary.trim_end());
    }
    match failed {
        Some(error) => Err(error),
        None => Ok((snapshot, if outcome.files.is_empty() { Exit::Ok } else { Exit::Findings })),
    }
}

/// Writes the files; those that cannot be written are taken out of `outcome`. The first refusal of
/// the system ends it: what was written until then is whole, and the summary names it.
fn write(context: &Context, outcome: &mut Outcome) -> Option<Error> {
    let mut failed = None;
    let files = std::mem::take(&mut outcome.files);
    for file in files {
        if failed.is_some() {
            continue;
        }
        let reason = match replace(&context.root, &file.path, file.bytes_before(), file.after.as_bytes()) {
            Ok(()) => {
                outcome.files.push(file);
                continue;
            }
            Err(NotReplaced::Changed) => Reason::ChangedMeanwhile,
            Err(NotReplaced::BehindLink) => Reason::BehindLink,
            Err(NotReplaced::Failed(error)) => {
                failed = Some(error);
                continue;
            }
        };
        outcome.held.retain(|held| held.path != file.path);
        outcome.held.push(HeldBack { path: file.path, line: None, code: None, reason });
    }
    outcome.held.sort();
    failed
}

/// The change of one file. A difference of bytes could not be read, so a conversion is told in words.
fn change(ui: &Ui<'_>, file: &FixedFile) -> String {
    let mut text = String::new();
    if let Some(converted) = &file.converted {
        let (path, name, lines) = (&file.path, converted.from.name(), file.before.lines().count());
        let words = say!(
            "{path}: 文字コードを {name} から UTF-8 に変えます（{lines}行）。\n",
            "{path}: the encoding changes from {name} to UTF-8 ({lines} lines).\n"
        );
        text.push_str(&crate::ui::harmless(words.get(ui.lang)));
    }
    if file.before != file.after {
        text.push_str(&unified(&file.path, &file.before, &file.after, ui.color));
    }
    text
}
