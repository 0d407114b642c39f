//! `kpolicy list`: what there is of one kind.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use clap_complete::engine::ArgValueCompleter;

use crate::cli::Global;
use crate::commands::context::{Context, write_result};
use crate::completion;
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::links::Links;
use crate::report::list::{self, KINDS, Kind, Source};
use crate::say;
use crate::ui::Ui;

/// Options of `list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 何を一覧にするか。「項目」「部」などの日本語でも書けます|What to list
    #[arg(value_name = "種類|KIND", value_parser = kinds())]
    pub kind: Option<String>,
    /// 部（名称・略称・記号）。示すと、その部のものだけにします|Only what belongs to this department
    #[arg(value_name = "部|DEPT", add = ArgValueCompleter::new(completion::departments))]
    pub department: Option<String>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub format: String,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(KINDS.iter().map(|kind| PossibleValue::new(kind.id).alias(kind.name.ja)))
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let year = context.shown(ui)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let kind = args.kind.as_deref().and_then(list::kind).ok_or_else(no_kind)?;
    let department = args.department.as_ref().map(|text| context.department(text)).transpose()?;
    if department.is_some() && !kind.of_departments {
        return Err(no_departments(kind));
    }
    let source = Source { year: &year, links: &links, coverage: &coverage, lang: ui.lang };
    let text = match args.format.as_str() {
        "json" => list::json(&source, kind, department.as_deref()),
        _ => list::text(&source, kind, department.as_deref(), ui.width),
    };
    write_result(ui, args.output.as_deref(), &text)?;
    Ok(Exit::Ok)
}

fn no_kind() -> Error {
    let ja: Vec<String> = KINDS.iter().map(|kind| format!("{}（{}）", kind.id, kind.name.ja)).collect();
    let en: Vec<&str> = KINDS.iter().map(|kind| kind.id).collect();
    let (ja, en) = (ja.join("、"), en.join(", "));
    Error::usage(say!(
        "何を一覧にするかを書いてください（例 kpolicy list goals）。",
        "say what to list, such as: kpolicy list goals"
    ))
    .hint(say!("  使えるもの: {ja}", "  kinds: {en}"))
}

fn no_departments(kind: &Kind) -> Error {
    let (ja, en, id) = (kind.name.ja, kind.name.en, kind.id);
    let able: Vec<&str> = KINDS.iter().filter(|kind| kind.of_departments).map(|kind| kind.id).collect();
    let (able_ja, able_en) = (able.join("、"), able.join(", "));
    Error::usage(say!("「{ja}」は部ごとには分けられません。", "{en} belong to no department."))
        .hint(say!("  部で絞れるもの: {able_ja}", "  kinds that do: {able_en}"))
        .hint(say!("kpolicy list {id} で全てを見られます。", "kpolicy list {id} shows them all."))
}
