//! What comes out: the format, and where it goes.

use std::path::PathBuf;

use crate::city::City;
use crate::commands::check::wanted::Wanted;
use crate::commands::context::{Context, write_result};
use crate::date::FiscalYear;
use crate::error::Error;
use crate::finding::Finding;
use crate::model::Level;
use crate::report::checked::{Checked, Counts, FORMATS};
use crate::rules::Judgement;
use crate::say;
use crate::source::Readable;
use crate::ui::Ui;

/// The form of the result.
#[derive(Debug, clap::Args)]
pub struct Output {
    /// 要確認も詳しく示します|Show warnings in full
    #[arg(long)]
    pub warnings: bool,
    /// 結果をファイルに書きます|Write the result to a file
    #[arg(short, long, value_name = "ファイル|FILE")]
    pub output: Option<PathBuf>,
    /// 結果の形式|Format of the result
    #[arg(long, value_name = "形式|FORMAT", value_parser = clap::builder::PossibleValuesParser::new(FORMATS.iter().map(|format| format.0)), default_value = "text", hide_short_help = true, help_heading = "CI・管理者向け|For CI and administrators")]
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
}

impl Output {
    /// Writes the findings in the format asked for.
    pub(super) fn write(
        &self,
        ui: &mut Ui<'_>,
        context: &Context,
        judgement: &Judgement<'_>,
        findings: &[&Finding],
        wanted: &Wanted,
    ) -> Result<(), Error> {
        let years: Vec<FiscalYear> = judgement.years.iter().map(|year| year.number).collect();
        let checked = Checked {
            city: &context.city,
            findings,
            counts: counts(&context.city, judgement),
            years: &years,
            names: context.names(),
            one: wanted.one(),
            warnings: self.warnings || ui.verbose,
            most: if self.max_diagnostics == 0 { usize::MAX } else { self.max_diagnostics },
            lang: ui.lang,
            columns: ui.width,
            color: ui.color && self.output.is_none(),
        };
        let text: String =
            FORMATS.iter().filter(|(name, _)| *name == self.format).map(|(_, write)| write(&checked)).collect();
        write_result(ui, self.output.as_deref(), &text)
    }

    /// True when people read the result as it comes.
    pub(super) fn on_screen(&self) -> bool {
        self.output.is_none() && self.format == "text"
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

fn counts<'c>(city: &'c City, judgement: &Judgement<'_>) -> Counts<'c> {
    let judged = |file: &&crate::city::CityFile| file.role.year.is_none_or(|year| judgement.year(year).is_some());
    let files: Vec<_> = city.files.iter().filter(judged).collect();
    let plans = files.iter().filter(|file| file.role.department.is_some()).count();
    let broken = files.iter().filter(|file| file.readable != Readable::Whole).map(|file| file.path.as_str()).collect();
    Counts { files: files.len(), plans, unreadable: broken }
}
