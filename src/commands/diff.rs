//! `kpolicy diff`: what a change does, in the words of plans and policy instead of lines.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::city::City;
use crate::cli::Global;
use crate::commands::context::{Context, root, write_result};
use crate::diff::{Diff, compare};
use crate::error::{Error, Exit};
use crate::report::diff_text::Screen;
use crate::report::{diff_json, diff_markdown, diff_rows};
use crate::say;
use crate::store::git::History;
use crate::store::read_work_tree;
use crate::ui::{Ui, harmless};

/// Options of `diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 比べる元の版。省くと最後のコミット。「元の版..新しい版」で２つの版を、「...」で分かれた所から比べます|What to compare with: the last commit unless given. BASE..HEAD compares two revisions, BASE...HEAD from where they parted
    #[arg(value_name = "版|BASE")]
    pub base: Option<String>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["text", "markdown", "json"], default_value = "text")]
    pub format: String,
    /// 記載が１つでも失われたら終了コードを 1 にします|Exit 1 where an answer is lost, and name each
    #[arg(long)]
    pub fail_on_regression: bool,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let root = root(global)?;
    let history = History::require(&root)?;
    let range = Range::parse(args.base.as_deref().unwrap_or("HEAD"), &history)?;
    let before = City::load(&history.snapshot(&range.base)?);
    let (after, outside) = match &range.head {
        Some(head) => (history.snapshot(head)?, BTreeSet::new()),
        None => {
            let (files, known) = (read_work_tree(&root)?, history.known_paths()?);
            let paths = files.entries().map(|(path, _)| path.to_owned());
            let outside = paths.filter(|path| !known.contains(path)).collect();
            (files, outside)
        }
    };
    let context = Context::of(global, root, &after)?;
    let diff = compare(&before, &context.city, &outside, context.day, context.asked)?;
    let sides = range.sides(ui);
    let text = match args.format.as_str() {
        "json" => diff_json::write(&diff, &range.shown, range.head.as_deref(), ui.lang),
        "markdown" => diff_markdown::write(&diff, &sides, ui.lang),
        _ => {
            let color = ui.color && args.output.is_none();
            let next = range.head.as_ref().map(|head| format!(" --rev {head}")).unwrap_or_default();
            let next = format!("kpolicy check{next}");
            Screen { diff: &diff, sides, next, lang: ui.lang, columns: ui.width, color }.text()
        }
    };
    write_result(ui, args.output.as_deref(), &text)?;
    if args.fail_on_regression { ratchet(ui, &context, &diff) } else { Ok(Exit::Ok) }
}

/// Names each lost cell. A year that cannot be put together any more cannot pass.
fn ratchet(ui: &mut Ui<'_>, context: &Context, diff: &Diff) -> Result<Exit, Error> {
    for year in diff.years.iter().filter(|year| year.before.is_some() && year.after.is_none()) {
        context.judged(year.year)?;
    }
    let lost: Vec<_> = diff.lost().collect();
    if lost.is_empty() {
        return Ok(Exit::Ok);
    }
    let count = lost.len();
    let mut text = say!("記載が失われた項目 {count}\n", "answers lost: {count}\n").get(ui.lang).to_owned();
    for (year, department, cell) in lost {
        let turned = diff_rows::turned(cell, "->", ui.lang);
        let (ja, name, leaf, title) = (year.ja(), &department.name, cell.leaf, &cell.title);
        let line = say!("  {ja} {name} {leaf} {title}（{turned}）\n", "  {year} {name} {leaf} {title} ({turned})\n");
        text.push_str(line.get(ui.lang));
    }
    // The reason of a failure is said even where remarks are not wanted.
    _ = write!(ui.err, "{}", harmless(&text));
    Ok(Exit::Findings)
}

/// The two versions that are compared.
struct Range {
    base: String,
    /// None for the files as they are now.
    head: Option<String>,
    /// The base as it was typed.
    shown: String,
}

impl Range {
    fn parse(text: &str, history: &History) -> Result<Range, Error> {
        let named = |part: &str| if part.is_empty() { "HEAD".to_owned() } else { part.to_owned() };
        if let Some((base, head)) = text.split_once("...") {
            let (base, head) = (named(base), named(head));
            return Ok(Range { base: history.merge_base(&base, &head)?, head: Some(head), shown: base });
        }
        if let Some((base, head)) = text.split_once("..") {
            let (base, head) = (named(base), named(head));
            return Ok(Range { shown: base.clone(), base, head: Some(head) });
        }
        Ok(Range { base: text.to_owned(), head: None, shown: text.to_owned() })
    }

    /// Both versions in words.
    fn sides(&self, ui: &Ui<'_>) -> [String; 2] {
        let named = |revision: &str| match revision {
            "HEAD" => ui.lang.pick("最後のコミット", "the last commit").to_owned(),
            other => other.to_owned(),
        };
        let now = || ui.lang.pick("今のファイル", "the present files").to_owned();
        [named(&self.shown), self.head.as_deref().map_or_else(now, named)]
    }
}
