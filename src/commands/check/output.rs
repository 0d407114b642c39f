//! What comes out: the format, and where it goes.

use std::ffi::OsString;
use std::path::Path;

use crate::city::City;
use crate::commands::check::ci::Ci;
use crate::commands::check::target::{Target, targets, write_all};
use crate::commands::check::wanted::Wanted;
use crate::commands::context::Context;
use crate::date::FiscalYear;
use crate::error::Error;
use crate::finding::Finding;
use crate::model::Level;
use crate::report::checked::{Checked, Counts, FORMATS, format};
use crate::rules::Judgement;
use crate::say;
use crate::source::Readable;
use crate::store::Unfinished;
use crate::ui::Ui;

/// The form of the result.
#[derive(Debug, clap::Args)]
pub struct Output {
    /// 要確認も詳しく示します|Show warnings in full
    #[arg(long)]
    pub warnings: bool,
    /// 結果をファイルに書きます（例 result.txt、sarif=result.sarif）|Write the result to a file (result.txt, sarif=result.sarif)
    #[arg(short, long, value_name = "[形式=]ファイル|[FORMAT=]FILE", long_help = TO_FILES)]
    pub output: Vec<OsString>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = clap::builder::PossibleValuesParser::new(FORMATS.iter().map(|format| format.0)), default_value = "auto", hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators", long_help = IN_CI)]
    pub format: String,
    /// この重さ以上の指摘があれば終了コードを 1 にします|Exit 1 at findings of this level or over
    #[arg(long, value_name = "重さ|LEVEL", value_parser = ["error", "warning", "info", "never"], default_value = "error", hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators")]
    pub fail_level: String,
    /// 詳しく示す指摘の数の上限（0 は全て）|Most findings shown in full (0: all)
    #[arg(
        long,
        value_name = "数|N",
        default_value_t = 100,
        hide_short_help = true,
        help_heading = "CI・管理者向け|For CI and administrators"
    )]
    pub max_diagnostics: usize,
    /// 指摘の代わりに、決まりごとの件数を示します|Show how many findings each rule has, instead of them
    #[arg(long, hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators")]
    pub statistics: bool,
}

/// What `--help` says of `-o` besides.
const TO_FILES: &str = "\
くり返せます。形式を付けたファイルにはその形式で書き、画面には --format の形式で示します。形式を付けないファイルには、画面の代わりに --format の形式で書きます。\
|May be repeated. A file with a format is written in that format, and the screen still shows --format. A file without one takes --format in place of the screen.";

/// What `--help` says of `--format` besides.
const IN_CI: &str = "\
auto は text と同じです。GITHUB_ACTIONS=true のときは、その後に注釈（github と同じもの）も示し、GITHUB_STEP_SUMMARY があれば、そのファイルに要約（markdown）を書き足します。
github gitlab sarif junit rdjson checkstyle のファイル名は、CI の作業フォルダー（GITHUB_WORKSPACE、CI_PROJECT_DIR）から、その外では市のフォルダーからの道筋です。\
|auto is text. Under GITHUB_ACTIONS=true annotations (as github gives them) follow it, and where GITHUB_STEP_SUMMARY names a file, a summary (markdown) is added to it.
Paths in github gitlab sarif junit rdjson checkstyle begin at the CI job's folder (GITHUB_WORKSPACE, CI_PROJECT_DIR), elsewhere at the city's.";

impl Output {
    /// Refuses what cannot be written, before anything is done.
    pub(super) fn check(&self) -> Result<(), Error> {
        targets(&self.output, &self.format).map(|_| ())
    }

    /// True where the result is for people to read.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.format.as_str(), "auto" | "text")
    }

    /// Writes the findings in the format asked for.
    pub(super) fn write(
        &self,
        ui: &mut Ui<'_>,
        context: &Context,
        judgement: &Judgement<'_>,
        findings: &[&Finding],
        wanted: &Wanted,
    ) -> Result<(), Error> {
        let targets = targets(&self.output, &self.format)?;
        let ci = Ci::of_environment(&context.root);
        let years: Vec<FiscalYear> = judgement.years.iter().map(|year| year.number).collect();
        let checked = Checked {
            city: &context.city,
            findings,
            counts: counts(&context.city, judgement),
            years: &years,
            names: context.names(),
            one: wanted.one(),
            asked: wanted.departments(),
            below: ci.below.clone(),
            warnings: self.warnings || ui.verbose,
            statistics: self.statistics,
            most: if self.max_diagnostics == 0 { usize::MAX } else { self.max_diagnostics },
            lang: ui.lang,
            columns: ui.width,
            color: false,
        };
        if targets.iter().all(Target::has_format) {
            let shown = Checked { color: ui.color, ..checked.clone() };
            ui.print(&format(&self.format).map(|write| write(&shown)).unwrap_or_default())?;
        }
        if self.format == "auto" {
            ci.tell(ui, &checked)?;
        }
        write_all(&targets, &checked)
    }

    /// True when people read the result as it comes.
    pub(super) fn on_screen(&self) -> bool {
        self.output.is_empty() && self.is_text()
    }

    /// True when a finding is as heavy as the level that fails a run.
    pub(super) fn fails(&self, findings: &[&Finding]) -> bool {
        let fail = Level::from_id(&self.fail_level);
        fail.is_some_and(|fail| findings.iter().any(|finding| finding.level >= fail))
    }
}

/// With an unreadable policy or organization, most rules cannot run: one line says so.
pub(super) fn say_what_was_left_out(ui: &mut Ui<'_>, context: &Context, judgement: &Judgement<'_>) {
    for year in judgement.years.iter().filter(|year| year.year.is_none()) {
        let files = context.city.years.get(&year.number);
        let broken = files.into_iter().flat_map(|files| [files.policy, files.organization]).flatten();
        let paths: Vec<&str> = broken
            .map(|id| context.city.file(id))
            .filter(|file| !file.is_readable())
            .map(|file| file.path.as_str())
            .collect();
        let (ja, number, paths) = (year.number.ja(), year.number, paths.join("、"));
        let words = say!(
            "{ja}: {paths} を読めないため、項目や部との照らし合わせ（K201〜K204、K3、K5）は行っていません。",
            "fiscal year {number}: {paths} cannot be read, so nothing was compared with items and departments (K201-K204, K3, K5)."
        );
        ui.note(words.get(ui.lang));
    }
}

/// A change of several files that was stopped halfway is said even where only findings are wanted: the
/// city is neither what it was nor what it was to be. True when there is one.
pub(super) fn say_what_is_unfinished(ui: &mut Ui<'_>, root: &Path) -> bool {
    let left = Unfinished::find(root);
    if let Some(left) = &left {
        _ = writeln!(ui.err, "{}", left.words(root).get(ui.lang));
    }
    left.is_some()
}

/// The signs of a conflict stand in the merge made in memory: nobody will find them in a file.
pub(super) fn say_where_conflicts_are(ui: &mut Ui<'_>, merged_with: Option<&str>, findings: &[&Finding]) {
    if let Some(revision) = merged_with
        && findings.iter().any(|finding| finding.rule.code == "K003")
    {
        let words = say!(
            "K003 の行は「{revision}」と併せた結果の行です。手元のファイルに印はありません。git merge {revision} で併せてから直してください。",
            "The lines of K003 are those of the merge with {revision}; the files here hold no such marks. Run git merge {revision}, then mend them."
        );
        ui.note(words.get(ui.lang));
    }
}

fn counts<'c>(city: &'c City, judgement: &Judgement<'_>) -> Counts<'c> {
    let judged = |file: &&crate::city::CityFile| file.role.year.is_none_or(|year| judgement.year(year).is_some());
    let files: Vec<_> = city.files.iter().map(AsRef::as_ref).filter(judged).collect();
    let plans = files.iter().filter(|file| file.role.department.is_some()).count();
    let broken = files.iter().filter(|file| file.readable != Readable::Whole).map(|file| file.path.as_str()).collect();
    Counts { files: files.len(), plans, unreadable: broken }
}
