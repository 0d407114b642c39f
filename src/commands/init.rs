//! `kpolicy init`: a folder in which a city begins. What is there is left as it is.

use std::path::{Path, PathBuf};

use crate::city::City;
use crate::cli::Global;
use crate::commands::command;
use crate::date::{Date, FiscalYear};
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::store::{Snapshot, create_all, read_work_tree};
use crate::templates::begin::{self, SERVERS};
use crate::ui::Ui;
use crate::{say, schema};

/// Options of `init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 作る場所（省くと、今のフォルダー）|Where (else the present folder)
    #[arg(value_name = "フォルダー|DIR")]
    pub folder: Option<PathBuf>,
    /// 市の名前（例 国分寺市）|The city's name
    #[arg(long, value_name = "名称|NAME")]
    pub city: Option<String>,
    /// 変更の提案のたびに点検が行われるようにする設定も作ります|Also write the settings by which a server checks every change
    #[arg(long, value_name = "github|gitlab|gitea", value_parser = ["github", "gitlab", "gitea"])]
    pub ci: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let folder = args.folder.clone().or_else(|| global.root.clone()).unwrap_or_else(|| PathBuf::from("."));
    if folder.exists() && !folder.is_dir() {
        let place = folder.display();
        return Err(Error::usage(say!("「{place}」はフォルダーではありません。", "{place} is no folder."))
            .hint(say!("別の名前を示してください。", "Name another one.")));
    }
    let year = match global.year()? {
        Some(year) => year,
        None => newest(&folder).map_or_else(|| coming(global), Ok)?,
    };
    let name = args.city.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let mut files = begin::city(begin::City { name, lang: ui.lang, year });
    if let Some((_, path, text)) = SERVERS.iter().find(|(server, ..)| Some(*server) == args.ci.as_deref()) {
        files.push(((*path).to_owned(), (*text).to_owned()));
    }
    let is_there = |path: &str| folder.join(path).symlink_metadata().is_ok();
    files.extend(schemas(&folder, &files, year)?);
    let (kept, new): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_there(path));
    create_all(&folder, &new)?;
    let kept: Vec<String> = kept.into_iter().map(|(path, _)| path).collect();
    let new: Vec<String> = new.into_iter().map(|(path, _)| path).collect();
    ui.screen(&words(&folder, year, &new, &kept, ui.lang))?;
    Ok(Exit::Ok)
}

/// The newest year of a city that was begun before.
fn newest(folder: &Path) -> Option<FiscalYear> {
    let entries = std::fs::read_dir(folder.join("policy")).ok()?.flatten();
    entries.filter_map(|entry| FiscalYear::parse_folder(entry.file_name().to_str()?)).max()
}

/// The present fiscal year; from January on the next one, for which the memo is being written.
fn coming(global: &Global) -> Result<FiscalYear, Error> {
    let day = global.today()?.unwrap_or_else(Date::today_in_japan);
    Ok(day.plus_days(90).fiscal_year())
}

/// The schemas of the city as it will be.
fn schemas(folder: &Path, files: &[(String, String)], year: FiscalYear) -> Result<Vec<(String, String)>, Error> {
    let city_there = ["policy", "departments"].iter().all(|name| folder.join(name).is_dir());
    let mut snapshot = if city_there { read_work_tree(folder)? } else { Snapshot::default() };
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("policy/")) {
        if !snapshot.contains(path) {
            snapshot.overlay(path, text.as_bytes().to_vec());
        }
    }
    Ok(schema::files(&City::load(&snapshot), &[year]))
}

fn words(folder: &Path, year: FiscalYear, new: &[String], kept: &[String], lang: Lang) -> String {
    let ja = year.ja();
    let list = |paths: &[String]| paths.iter().map(|path| format!("  {path}\n")).collect::<String>();
    let place = folder.display();
    let head = match (new.len(), place.to_string().as_str()) {
        (count, _) if count > 0 && !kept.is_empty() => say!(
            "{ja}  足りないファイルを作りました（{count}ファイル）\n",
            "Fiscal year {year}: {count} files that were missing were created\n"
        ),
        (0, _) => say!("{ja}  新しく作るものはありません。\n", "Fiscal year {year}: there is nothing to create.\n"),
        (count, ".") => say!(
            "{ja}  市のフォルダーを始めました（{count}ファイル）\n",
            "Fiscal year {year}: a city begins ({count} files)\n"
        ),
        (count, place) => say!(
            "{ja}  市のフォルダーを「{place}」に始めました（{count}ファイル）\n",
            "Fiscal year {year}: a city begins in {place} ({count} files)\n"
        ),
    };
    let mut text = format!("{}\n{}", head.get(lang), list(new));
    if !kept.is_empty() {
        let count = kept.len();
        let words = say!(
            "\nもうある {count}ファイルは、そのままにしました\n",
            "\n{count} files that are there stay as they are\n"
        );
        text.push_str(words.get(lang));
        text.push_str(&list(kept));
    }
    text + &steps(folder, year, lang)
}

/// What comes next, in the order in which it is done.
fn steps(folder: &Path, year: FiscalYear, lang: Lang) -> String {
    let imports = command(lang).find_subcommand("import").is_some();
    let place = folder.display();
    let mut steps = Vec::new();
    if folder != Path::new(".") {
        steps.push(say!("フォルダーへ移ります: cd {place}", "Go there: cd {place}"));
    }
    steps.push(say!(
        "部と課を書きます: policy/{year}/organization.yaml の「（記入）」（残りは kpolicy check で分かります）",
        "Write the departments: （記入） in policy/{year}/organization.yaml (kpolicy check tells what is left)"
    ));
    steps.push(if imports {
        say!(
            "基本方針の文書を取り込みます: kpolicy import memo 文書 --year {year}",
            "Import the memo: kpolicy import memo FILE --year {year}"
        )
    } else {
        say!(
            "基本方針を書きます: policy/{year}/policy.yaml の「（記入）」",
            "Write the memo: （記入） in policy/{year}/policy.yaml"
        )
    });
    steps.push(say!(
        "各部の計画のひな型を作ります: kpolicy new --all、続けて kpolicy schema",
        "Make the plans to be filled in: kpolicy new --all, then kpolicy schema"
    ));
    let mut text = lang.pick("\n次にすること\n", "\nnext\n").to_owned();
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&format!("  {} {}\n", index + 1, step.get(lang)));
    }
    text
}
