//! `kpolicy diff` on the terminal.

use crate::diff::{DepartmentDiff, Diff, FileDiff, Findings, Note, YearDiff};
use crate::lang::Lang;
use crate::model::Level;
use crate::report::diff_rows::{self, Row, Told};
use crate::report::wrap::{pad, width, wrap};
use crate::ui::{Tone, harmless, paint};
use crate::wording::{Piece, pieces};

/// What is compared, and how it is shown.
pub struct Screen<'a> {
    /// What a change does.
    pub diff: &'a Diff,
    /// Names of the two versions, as people know them.
    pub sides: [String; 2],
    /// The command that shows how to mend what came.
    pub next: String,
    /// The language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// True when colours are wanted.
    pub color: bool,
}

impl Screen<'_> {
    /// The whole screen.
    pub fn text(&self) -> String {
        let lang = self.lang;
        let [old, new] = self.sides.each_ref().map(|side| harmless(side));
        let mut text = String::new();
        for year in &self.diff.years {
            let (ja, number) = (year.year.ja(), year.year);
            self.wrapped(
                &mut text,
                "",
                &lang.pick(
                    format!("{ja}の変更  {old} から {new} まで"),
                    format!("Fiscal year {number}: from {old} to {new}"),
                ),
            );
            self.year(&mut text, year);
            text.push('\n');
        }
        if self.diff.years.is_empty() {
            let none = lang.pick(
                format!("{old} から {new} まで: 方針と計画の内容に変更はありません。"),
                format!("From {old} to {new}: the policy and the plans say the same."),
            );
            self.wrapped(&mut text, "", &none);
            text.push('\n');
        }
        for file in &self.diff.files {
            self.file(&mut text, file);
            text.push('\n');
        }
        self.findings(&mut text, &self.diff.findings);
        text
    }

    fn year(&self, text: &mut String, year: &YearDiff) {
        for department in &year.departments {
            text.push('\n');
            self.department(text, department);
        }
        if !year.wording.is_empty() {
            text.push_str(self.lang.pick("\n基本方針の文言\n", "\nWording of the basic policy\n"));
        }
        for wording in &year.wording {
            let mark = match wording.unmarked {
                true => self.lang.pick("（改めたことが書かれていません）", " (not marked as amended)"),
                false => "",
            };
            text.push_str(&format!("  {}{}\n", wording.id, paint(self.color, Tone::Warning, mark)));
            self.wrapped(text, "    ", &self.marked(&pieces(&wording.before, &wording.after)));
        }
        for file in &year.files {
            text.push('\n');
            self.file(text, file);
        }
    }

    fn department(&self, text: &mut String, department: &DepartmentDiff) {
        let count = |summary: &Option<crate::coverage::Summary>| {
            summary.as_ref().map_or("-".to_owned(), |summary| format!("{}/{}", summary.answered, summary.required))
        };
        let (old, new) = (count(&department.before), count(&department.after));
        let counts = match old == new {
            true => new,
            false => format!("{old} -> {new}"),
        };
        let name = harmless(&department.name);
        text.push_str(&self.lang.pick(format!("{name}  記載 {counts}\n"), format!("{name}: answered {counts}\n")));
        self.rows(text, &diff_rows::of_department(department, "->", self.lang));
    }

    fn file(&self, text: &mut String, file: &FileDiff) {
        text.push_str(&format!("{}\n", harmless(&file.path)));
        let mut rows: Vec<Row> = diff_rows::of_file(file, self.lang).into_iter().collect();
        rows.extend(diff_rows::fields(file.changes.iter(), self.lang));
        self.rows(text, &rows);
    }

    /// Rows side by side where the headings are short, one under the other where they are not.
    fn rows(&self, text: &mut String, rows: &[Row]) {
        const WIDEST: usize = 26;
        let column = rows.iter().map(|row| width(&row.label)).filter(|label| *label <= WIDEST).max().unwrap_or(0) + 2;
        for row in rows {
            let told = match &row.told {
                Told::Words(words) => words.clone(),
                Told::List(list) => list.join("\n"),
                Told::Turned(old, new) => format!("{old} -> {new}"),
                Told::Marked(pieces) => self.marked(pieces),
            };
            let (label, told) = (harmless(&row.label), harmless(&told));
            if width(&label) > WIDEST {
                self.wrapped(text, "  ", &label);
                self.wrapped(text, "      ", &told);
                continue;
            }
            let room = self.columns.saturating_sub(column + 2).max(20);
            for (index, line) in wrap(&told, room).iter().enumerate() {
                let head = if index == 0 { pad(&label, column) } else { " ".repeat(column) };
                text.push_str(&format!("  {head}{line}\n"));
            }
        }
    }

    /// 【旧 -> 新】 within the text; a long stretch that stayed is cut in its middle.
    fn marked(&self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Same(same) => text.push_str(&shortened(same, index > 0, index + 1 < pieces.len())),
                Piece::Changed(old, new) if old.is_empty() => text.push_str(&format!("【+{new}】")),
                Piece::Changed(old, new) if new.is_empty() => text.push_str(&format!("【-{old}】")),
                Piece::Changed(old, new) => text.push_str(&format!("【{old} -> {new}】")),
            }
        }
        text
    }

    fn findings(&self, text: &mut String, findings: &Findings) {
        let lang = self.lang;
        let counted = |notes: &[Note]| notes.iter().filter(|note| note.level != Level::Info).count();
        let (new, gone, left) = (counted(&findings.new), counted(&findings.gone), counted(&findings.remaining));
        for note in findings.new.iter().filter(|note| note.level != Level::Info) {
            let tone = if note.level == Level::Error { Tone::Error } else { Tone::Warning };
            let level = paint(self.color, tone, note.level.name().get(lang));
            let at = format!("{}:{}", note.path, note.line);
            text.push_str(&format!("{level} {} {}\n", note.code, harmless(&at)));
            self.wrapped(text, "  ", note.message.get(lang));
        }
        if new > 0 {
            text.push('\n');
        }
        let line = lang.pick(
            format!("要修正と要確認: 新たに {new}、なくなったもの {gone}、前からあるもの {left}"),
            format!("Errors and warnings: {new} new, {gone} gone, {left} from before"),
        );
        self.wrapped(text, "", &line);
        if new > 0 {
            let next = harmless(&self.next);
            text.push_str(
                &lang.pick(format!("次にすること: {next} （直し方）\n"), format!("Next: {next} (how to mend them)\n")),
            );
        }
    }

    fn wrapped(&self, text: &mut String, indent: &str, words: &str) {
        for line in wrap(&harmless(words), self.columns.saturating_sub(indent.len())) {
            text.push_str(&format!("{indent}{line}\n"));
        }
    }
}

/// The ends of a long stretch that stand next to a change.
fn shortened(same: &str, after_change: bool, before_change: bool) -> String {
    const NEAR: usize = 16;
    let count = same.chars().count();
    let head: String = same.chars().take(NEAR).collect();
    let tail: String = same.chars().skip(count.saturating_sub(NEAR)).collect();
    match (after_change, before_change) {
        (true, true) if count > NEAR * 2 + 4 => format!("{head}...{tail}"),
        (true, false) if count > NEAR + 4 => format!("{head}..."),
        (false, true) if count > NEAR + 4 => format!("...{tail}"),
        _ => same.to_owned(),
    }
}
