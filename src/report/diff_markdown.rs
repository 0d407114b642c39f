//! `kpolicy diff --format markdown`: the comment on a merge request. No text of a plan can act as
//! markup.

use crate::diff::{DepartmentDiff, Diff, FileDiff, Note, YearDiff};
use crate::lang::Lang;
use crate::model::Level;
use crate::report::diff_rows::{self, Row, Told};
use crate::report::escape::markdown as escape;
use crate::wording::{Piece, pieces};

/// More findings of one kind than these are only counted: a comment has a limit.
const MOST: usize = 200;

/// The whole comment.
pub fn write(diff: &Diff, sides: &[String; 2], lang: Lang) -> String {
    let mut text = String::new();
    for year in &diff.years {
        of_year(&mut text, year, diff.years.len() > 1, lang);
    }
    if diff.years.is_empty() {
        let [old, new] = sides.each_ref().map(|side| escape(side));
        text.push_str(&lang.pick(
            format!("### 方針と計画の内容に変更はありません（{old} から {new} まで）\n\n"),
            format!("### The policy and the plans say the same (from {old} to {new})\n\n"),
        ));
    }
    for file in &diff.files {
        of_file(&mut text, file, lang);
    }
    ending(&mut text, diff, lang);
    text
}

fn of_year(text: &mut String, year: &YearDiff, several: bool, lang: Lang) {
    if several {
        let (ja, number) = (year.year.ja(), year.year);
        text.push_str(&lang.pick(format!("## {ja}\n\n"), format!("## Fiscal year {number}\n\n")));
    }
    // Departments whose plan changed stand first, with a table each; others are named in a line.
    for department in year.departments.iter().filter(|department| is_own(department)) {
        of_department(text, department, lang);
    }
    if !year.wording.is_empty() {
        text.push_str(lang.pick("### 基本方針の文言の変更\n\n", "### Wording of the basic policy\n\n"));
        text.push_str(lang.pick("| 項目 | 変更 |\n|---|---|\n", "| Item | Change |\n|---|---|\n"));
        for wording in &year.wording {
            let mark = match wording.unmarked {
                true => lang.pick("<br>改めたこと（amended）が書かれていません", "<br>not marked as amended"),
                false => "",
            };
            let marked = marked(&pieces(&wording.before, &wording.after));
            text.push_str(&format!("| {} | {marked}{mark} |\n", wording.id));
        }
        text.push('\n');
    }
    for file in &year.files {
        of_file(text, file, lang);
    }
    text.push_str(&others(year, lang));
}

fn is_own(department: &DepartmentDiff) -> bool {
    department.plan != crate::diff::Fate::Same
}

fn of_department(text: &mut String, department: &DepartmentDiff, lang: Lang) {
    let count = |summary: &Option<crate::coverage::Summary>| {
        summary.as_ref().map_or("-".to_owned(), |summary| format!("{}/{}", summary.answered, summary.required))
    };
    let (old, new) = (count(&department.before), count(&department.after));
    let counts = if old == new { new } else { format!("{old} → **{new}**") };
    let name = escape(&department.name);
    text.push_str(&lang.pick(
        format!("### {name}の計画の変更　記載 {counts}\n\n"),
        format!("### {name}: changes of the plan, answered {counts}\n\n"),
    ));
    table(text, &diff_rows::of_department(department, "→", lang), lang);
}

fn of_file(text: &mut String, file: &FileDiff, lang: Lang) {
    let path = escape(&file.path);
    text.push_str(&lang.pick(format!("### {path} の変更\n\n"), format!("### Changes of {path}\n\n")));
    let mut rows: Vec<Row> = diff_rows::of_file(file, lang).into_iter().collect();
    rows.extend(diff_rows::fields(file.changes.iter(), lang));
    table(text, &rows, lang);
}

fn table(text: &mut String, rows: &[Row], lang: Lang) {
    if rows.is_empty() {
        text.push_str(lang.pick("欄の内容に変更はありません。\n\n", "No field changed.\n\n"));
        return;
    }
    text.push_str(lang.pick("| | 変更 |\n|---|---|\n", "| | change |\n|---|---|\n"));
    for row in rows {
        let told = match &row.told {
            Told::Words(words) => escape(words),
            Told::List(list) => list.iter().map(|entry| escape(entry)).collect::<Vec<_>>().join("<br>"),
            Told::Turned(old, new) => format!("{} → **{}**", escape(old), escape(new)),
            Told::Marked(pieces) => marked(pieces),
        };
        text.push_str(&format!("| {} | {told} |\n", escape(&row.label)));
    }
    text.push('\n');
}

/// Tags, since the signs of Markdown do not work next to Japanese marks.
fn marked(pieces: &[Piece]) -> String {
    let mark = |tag: &str, text: &str| match text.is_empty() {
        true => String::new(),
        false => format!("<{tag}>{}</{tag}>", escape(text)),
    };
    let piece = |piece: &Piece| match piece {
        Piece::Same(same) => escape(same),
        Piece::Changed(old, new) => mark("del", old) + &mark("ins", new),
    };
    pieces.iter().map(piece).collect()
}

/// Departments that wrote nothing themselves, but stand otherwise than before.
fn others(year: &YearDiff, lang: Lang) -> String {
    let others: Vec<String> = year
        .departments
        .iter()
        .filter(|department| !is_own(department))
        .map(|department| {
            let cells =
                department.cells.iter().map(|cell| format!("{} {}", cell.leaf, diff_rows::turned(cell, "→", lang)));
            let cells = escape(&cells.collect::<Vec<_>>().join(lang.pick("、", ", ")));
            lang.pick(
                format!("- {}: {cells}\n", escape(&department.name)),
                format!("- {}: {cells}\n", escape(&department.name)),
            )
        })
        .collect();
    if others.is_empty() {
        return lang.pick("ほかの部への影響はありません。\n\n", "No other department is affected.\n\n").to_owned();
    }
    lang.pick("ほかの部への影響\n\n", "Other departments affected\n\n").to_owned() + &others.concat() + "\n"
}

fn ending(text: &mut String, diff: &Diff, lang: Lang) {
    let findings = &diff.findings;
    let of = |notes: &[Note], level: Level| notes.iter().filter(|note| note.level == level).count();
    let (errors, old) = (of(&findings.new, Level::Error), of(&findings.remaining, Level::Error));
    let (warnings, olds) = (of(&findings.new, Level::Warning), of(&findings.remaining, Level::Warning));
    let gone = findings.gone.iter().filter(|note| note.level != Level::Info).count();
    text.push_str(&lang.pick(
        format!("この変更による要修正 {errors}、要確認 {warnings}（なくなったもの {gone}）。変更より前からある要修正 {old}、要確認 {olds}。\n"),
        format!("This change brings {errors} errors and {warnings} warnings, and removes {gone}. From before: {old} errors, {olds} warnings.\n"),
    ));
    let shown = |notes: &[Note]| notes.iter().filter(|note| note.level != Level::Info).cloned().collect::<Vec<_>>();
    let (new, remaining) = (shown(&findings.new), shown(&findings.remaining));
    let count = new.len() + remaining.len();
    if count == 0 {
        return;
    }
    text.push_str(&lang.pick(
        format!("\n<details><summary>要修正と要確認の一覧（{count}）</summary>\n"),
        format!("\n<details><summary>Errors and warnings ({count})</summary>\n"),
    ));
    list(text, lang.pick("この変更によるもの", "Brought by this change"), &new, lang);
    list(text, lang.pick("前からあるもの", "From before"), &remaining, lang);
    text.push_str("\n</details>\n");
}

fn list(text: &mut String, heading: &str, notes: &[Note], lang: Lang) {
    if notes.is_empty() {
        return;
    }
    text.push_str(&format!("\n{heading}\n\n"));
    for note in notes.iter().take(MOST) {
        let (path, line) = (escape(&note.path), note.line);
        text.push_str(&format!("- {path}:{line} {} {}\n", note.code, escape(note.message.get(lang))));
    }
    let rest = notes.len().saturating_sub(MOST);
    if rest > 0 {
        text.push_str(&lang.pick(format!("- ほか {rest}件\n"), format!("- and {rest} more\n")));
    }
}
