//! `kpolicy fmt`: the layout of plans and policy files made tidy, their content left as it is.

use clap_complete::engine::ArgValueCompleter;

use crate::city::CityFile;
use crate::cli::Global;
use crate::commands::check::wanted::files_at;
use crate::commands::context::Context;
use crate::completion;
use crate::error::{Error, Exit};
use crate::fmt::{WhyNot, format};
use crate::place::FileId;
use crate::report::diff::unified;
use crate::say;
use crate::source::{Readable, Vocabulary};
use crate::store::replace;
use crate::ui::Ui;

/// Options of `fmt`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 部（名称・略称・記号）又はファイル。省くと全体（締めた年度を除く）|Departments or files; all but closed years unless named
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::targets))]
    pub targets: Vec<String>,
    /// 書き込まずに、整っていないファイルを示します|Write nothing; list the files that are not tidy
    #[arg(long, conflicts_with = "diff")]
    pub check: bool,
    /// 書き込まずに変更案を示します|Write nothing; show what would change
    #[arg(long)]
    pub diff: bool,
}

/// A file whose layout changes.
struct Tidied<'c> {
    file: &'c CityFile,
    after: String,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let files = wanted(&context, &args.targets)?;
    let (mut tidied, mut left) = (Vec::new(), Vec::new());
    for file in files.iter().map(|id| context.city.file(*id)) {
        match tidy(file) {
            Ok(Some(after)) => tidied.push(Tidied { file, after }),
            Ok(None) => {}
            Err(why) => left.push((file, why)),
        }
    }
    let writes = !args.check && !args.diff;
    for Tidied { file, after } in &tidied {
        if writes {
            replace(&context.root, &file.path, file.text.as_bytes(), after.as_bytes())
                .map_err(|why| why.explained(&file.path))?;
        }
        match args.diff {
            true => ui.print(&unified(&file.path, &file.text, after, ui.color))?,
            false => ui.screen(&format!("  {}\n", file.path))?,
        }
    }
    for (file, why) in &left {
        say_why_left(ui, file, *why);
    }
    let counts = Counts { tidied: tidied.len(), whole: files.len() - left.len(), left: left.len() };
    let summary = summary(ui, args, &counts);
    if args.diff {
        ui.note(summary.trim_end())
    } else {
        ui.print(&summary)?
    }
    let clean = left.is_empty() && (writes || tidied.is_empty());
    Ok(if clean { Exit::Ok } else { Exit::Findings })
}

fn tidy(file: &CityFile) -> Result<Option<String>, WhyNot> {
    // Not opened, not UTF-8, or one field under two names: the text alone does not show it.
    if file.readable != Readable::Whole || !file.faults.is_empty() {
        return Err(WhyNot::Broken);
    }
    match file.role.kind {
        Some(kind) => format(&file.text, kind.vocabulary()),
        None => format(&file.text, &Vocabulary::default()),
    }
}

/// The files that are asked for. A closed year is only touched where it is named.
fn wanted(context: &Context, targets: &[String]) -> Result<Vec<FileId>, Error> {
    let city = &context.city;
    let of_year = |id: &FileId| context.asked.is_none_or(|asked| city.file(*id).role.year == Some(asked));
    let closed = |id: &FileId| {
        let files = city.file(*id).role.year.and_then(|year| city.years.get(&year));
        let policy = files.and_then(|files| files.policy).and_then(|policy| city.file(policy).policy());
        context.asked.is_none() && policy.is_some_and(|policy| policy.closed)
    };
    if targets.is_empty() {
        let all: Vec<FileId> = city.file_ids().filter(|id| of_year(id) && !closed(id)).collect();
        let year = context.asked.map(|year| year.to_string()).unwrap_or_default();
        return if all.is_empty() { Err(nothing(&year)) } else { Ok(all) };
    }
    let mut found: Vec<FileId> = Vec::new();
    for target in targets {
        let path = context.city_path(target);
        let below: Vec<FileId> = path.iter().flat_map(|path| files_at(city, path)).collect();
        let before = found.len();
        if below.is_empty() {
            let department = context.department(target)?;
            let own = |id: &FileId| city.file(*id).role.department.as_deref() == Some(department.as_str());
            found.extend(city.file_ids().filter(|id| own(id) && of_year(id) && !closed(id)));
        } else {
            found.extend(below.into_iter().filter(of_year));
        }
        if found.len() == before {
            return Err(nothing(target));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn nothing(target: &str) -> Error {
    Error::usage(say!("「{target}」に当たるファイルがありません。", "there is no file of {target}.")).hint(say!(
        "まだ書かれていないか、年度が違います。締めた年度のものは、--year で年度を示すと整えます。",
        "Nothing is written yet, or the year is another. Files of a closed year need --year."
    ))
}

/// A file that is left alone is named, with the way out.
fn say_why_left(ui: &mut Ui<'_>, file: &CityFile, why: WhyNot) {
    let path = &file.path;
    let words = match why {
        WhyNot::Broken => say!(
            "{path} は、読み取れない所があるため、そのままにしました。\n  kpolicy check {path} で、直す所が分かります。",
            "{path} is left alone, because parts of it cannot be read.\n  kpolicy check {path} tells what to mend."
        ),
        WhyNot::Unsure => say!(
            "{path} は、整えると内容が変わるおそれがあるため、そのままにしました。\n  このファイルの書式は手で整えてください。",
            "{path} is left alone, because tidying might change its content.\n  Tidy this one by hand."
        ),
    };
    ui.note(words.get(ui.lang));
}

/// How many files were looked at, and what became of them.
struct Counts {
    tidied: usize,
    whole: usize,
    left: usize,
}

fn summary(ui: &Ui<'_>, args: &Args, counts: &Counts) -> String {
    let Counts { tidied, whole, left } = counts;
    let words = match (tidied, args.check || args.diff) {
        (0, _) if *whole == 0 => return String::new(),
        (0, _) if *left > 0 => say!(
            "ほかの {whole}ファイルの書式は整っています。\n",
            "The layout of all others is tidy (files: {whole}).\n"
        ),
        (0, _) => say!("書式は整っています（{whole}ファイル）。\n", "The layout is tidy (files: {whole}).\n"),
        (_, false) => say!(
            "{tidied}ファイルの書式を整えました。内容は変えていません。\n",
            "Tidied {tidied} of {whole} files; their content is as it was.\n"
        ),
        (_, true) => say!(
            "{tidied}ファイルの書式が整っていません。kpolicy fmt で整えられます。\n",
            "Not tidy: {tidied} of {whole} files. kpolicy fmt tidies them.\n"
        ),
    };
    words.get(ui.lang).to_owned()
}
