//! The summary of `--fix`: what was mended, what was held back and why, and which flag does more.

use std::collections::BTreeMap;

use crate::commands::check::Args;
use crate::fix::{FixedFile, HeldBack, Outcome, Reason};
use crate::lang::{Lang, Say};
use crate::report::wrap::wrap;
use crate::say;
use crate::ui::Ui;

/// The summary, line by line, as wide as the terminal.
pub(super) fn summary(ui: &Ui<'_>, outcome: &Outcome, args: &Args) -> String {
    let mut lines = vec![head(outcome, args)];
    lines.extend(outcome.files.iter().map(line));
    lines.extend(held(&outcome.held));
    if outcome.unsafe_left > 0 {
        let left = outcome.unsafe_left;
        lines.push(say!(
            "人が確かめたい直し方 {left}か所: --fix --unsafe-fixes --diff で見られます。",
            "{left} have a likely fix: look at them with --fix --unsafe-fixes --diff"
        ));
    }
    lines.iter().flat_map(|line| indented(line.get(ui.lang), ui.width)).collect()
}

/// A line wrapped under its own indentation.
fn indented(line: &str, columns: usize) -> impl Iterator<Item = String> {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let wrapped = wrap(words.trim_end(), columns.saturating_sub(indent));
    wrapped.into_iter().map(move |part| format!("{:indent$}{part}\n", ""))
}

fn head(outcome: &Outcome, args: &Args) -> Say {
    let flags = if args.unsafe_fixes { "--fix --unsafe-fixes" } else { "--fix" };
    let (count, files) = (outcome.applied(), outcome.files.len());
    let plural = if files == 1 { "file" } else { "files" };
    if count == 0 && outcome.held.is_empty() {
        say!("直し方の決まっているものはありません。", "Nothing has a certain fix.")
    } else if count == 0 {
        say!("直したものはありません。", "Nothing was mended.")
    } else if args.diff {
        say!(
            "{count}か所を直せます（{files}ファイル）。直すには --diff を付けずに {flags} を使います。",
            "{count} can be mended in {files} {plural}. Use {flags} without --diff to mend them."
        )
    } else {
        say!("{count}か所を直しました（{files}ファイル）。", "{count} mended in {files} {plural}.")
    }
}

/// `departments/2025/somu.yaml  K004 2、K212 1（Shift_JIS (CP932) から UTF-8 へ）`
fn line(file: &FixedFile) -> Say {
    let codes: Vec<String> = file.applied.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let (path, ja, en) = (&file.path, codes.join("、"), codes.join(", "));
    match file.converted.as_ref().map(|converted| converted.from.name()) {
        Some(name) => {
            say!("  {path}  {ja}（文字コードを {name} から UTF-8 へ）", "  {path}  {en} (encoding: {name} to UTF-8)")
        }
        None => say!("  {path}  {ja}", "  {path}  {en}"),
    }
}

/// The fixes of a file that have the same reason stand together: places, then the reason.
fn held(held: &[HeldBack]) -> Vec<Say> {
    let mut groups: BTreeMap<(&str, Reason), Vec<Say>> = BTreeMap::new();
    for fix in held {
        groups.entry((&fix.path, fix.reason)).or_default().extend(place(fix));
    }
    let mut lines = Vec::new();
    for ((path, reason), places) in groups {
        let ja: Vec<&str> = places.iter().map(|place| place.get(Lang::Ja)).collect();
        let en: Vec<&str> = places.iter().map(|place| place.get(Lang::En)).collect();
        let (ja, en) = (ja.join("、"), en.join(", "));
        let words = reason.words();
        lines.push(say!("  {path}  {ja}", "  {path}  {en}"));
        lines.push(Say { ja: format!("    {}", words.ja).into(), en: format!("    {}", words.en).into() });
    }
    lines
}

/// `K004（12行目）`
fn place(fix: &HeldBack) -> Option<Say> {
    let code = fix.code?;
    Some(match fix.line {
        Some(line) => say!("{code}（{line}行目）", "{code} (line {line})"),
        None => Say::same(code),
    })
}
